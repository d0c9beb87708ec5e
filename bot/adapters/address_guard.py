"""Which network addresses a feed may lead to.

A feed is written by strangers, so neither a redirect nor an article's link may make the bot ask
the machines around it. The check is made on the address that is connected to, because a name can
resolve to anything.
"""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

__all__ = ["BlockedAddressError", "guarded_sockets", "is_public_address", "names_private_host"]

#: What aiohttp hands to a socket factory: family, type, protocol, canonical name, socket address.
_Address = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[Any, ...]]

#: IPv6 ranges that carry an IPv4 address in their last 32 bits, and what `ipaddress` has no method for.
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_PRIVATE_SUFFIXES = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".home.arpa", ".corp")


class BlockedAddressError(OSError):
    """The address is not on the public internet."""


def is_public_address(address: str) -> bool:
    """Whether an IP address is on the public internet, also where it is wrapped in IPv6."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if any(ip in network for network in _NAT64):
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public_address(str(wrapped))
    return ip.is_global and not ip.is_multicast


def names_private_host(host: str) -> bool:
    """Whether a host name says by itself that it is private: `localhost`, `10.0.0.5`, `nas.local`, `rss`.

    Who writes such a name into the configuration wants that machine asked.
    """
    host = host.rstrip(".").lower()
    try:
        return not is_public_address(host)
    except ValueError:
        return "." not in host or host.endswith(_PRIVATE_SUFFIXES)


def guarded_sockets(is_allowed: Callable[[str], bool]) -> Callable[[_Address], socket.socket]:
    """A socket factory for `aiohttp.TCPConnector` that refuses what `is_allowed` refuses."""

    def make(address: _Address) -> socket.socket:
        family, kind, protocol, _, place = address
        if not is_allowed(place[0]):
            raise BlockedAddressError(f"blocked: {place[0]} is a private address")
        return socket.socket(family, kind, protocol)

    return make
