"""The guard decides by the address that is connected to, and knows private names of the configuration."""

import socket

import pytest

from bot.adapters.address_guard import (
    BlockedAddressError,
    guarded_sockets,
    is_public_address,
    names_private_host,
)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
    ],
)
def test_private_addresses_are_not_public(address: str) -> None:
    """Loopback, local networks, cloud metadata and all IPv6 clothes that an IPv4 address can wear."""
    assert not is_public_address(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "203.104.153.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_public_addresses_are_public(address: str) -> None:
    """The addresses of the internet may be connected to."""
    assert is_public_address(address)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST.", "rss", "nas.local", "feeds.internal", "127.0.0.1", "10.0.0.5", "::1"]
)
def test_a_host_that_is_written_as_private_is_known(host: str) -> None:
    """These names in a configuration say that a machine nearby is meant."""
    assert names_private_host(host)


@pytest.mark.parametrize("host", ["www.antaranews.com", "localhost.example.org", "1.1.1.1"])
def test_a_host_on_the_internet_is_not_written_as_private(host: str) -> None:
    """A public name stays guarded, also where it resolves to a private address."""
    assert not names_private_host(host)


def test_the_socket_factory_refuses_before_a_socket_exists() -> None:
    """What may not be asked gets no socket, and the error says which address it was."""
    make = guarded_sockets(lambda address: address != "127.0.0.2")

    with pytest.raises(BlockedAddressError, match=r"127\.0\.0\.2 is a private address"):
        make((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.2", 80)))
    with make((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 80))) as allowed:
        assert allowed.family == socket.AF_INET
