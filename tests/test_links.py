"""The key under which one article's many links are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links import canonical_link


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/world/putin-in-pyongyang?id=7&page=2",
        "http://example.org/world/putin-in-pyongyang?id=7&page=2",
        "https://www.example.org/world/putin-in-pyongyang/?id=7&page=2",
        "https://m.example.org/world/putin-in-pyongyang?page=2&id=7",
        "https://amp.example.org/world/putin-in-pyongyang?id=7&page=2#comments",
        "https://example.org/world/putin-in-pyongyang/amp/?id=7&page=2",
        "https://example.org/amp/world/putin-in-pyongyang?id=7&page=2",
        "https://example.org/world/putin-in-pyongyang?id=7&page=2&utm_source=rss&utm_medium=feed",
        "https://example.org/world/putin-in-pyongyang?fbclid=abc&id=7&page=2&gclid=x&at_medium=RSS",
        "https://example.org:443/world/putin-in-pyongyang?id=7&page=2&amp=1",
        "https://EXAMPLE.org/world/putin%2Din%2Dpyongyang?id=7&page=2",
        "https://example-org.cdn.ampproject.org/c/s/example.org/world/putin-in-pyongyang?id=7&page=2",
        "https://www.google.com/amp/s/example.org/world/putin-in-pyongyang?id=7&page=2",
        "https://example-org.bing-amp.com/c/s/example.org/world/putin-in-pyongyang?id=7&page=2",
        "https://example.org/world/putin-in-pyongyang?id=7&page=2&from=rss&output=amp",
        "https://example.org/world//putin-in-pyongyang/index.html?id=7&page=2",
        "https://example.org/world/putin-in-pyongyang;jsessionid=1A2B?id=7&page=2",
        "https://m-www.example.org/world/putin-in-pyongyang/amp.html?id=7&page=2",
    ],
)
def test_canonical_link_is_one_for_the_many_links_of_one_article(url: str) -> None:
    """Scheme, host variants, AMP, fragments and tracking do not tell articles apart."""
    assert canonical_link(url) == "example.org/world/putin-in-pyongyang?id=7&page=2"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://example.org/read?id=7", "https://example.org/read?id=8"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/camp", "https://example.org/c"),
        ("https://id.example.org/a", "https://en.example.org/a"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://bbc.co.uk/news", "https://m.co.uk/news"),
        ("https://example.org/read?cid=7", "https://example.org/read?cid=8"),
        ("https://example.org/read?gallery=7", "https://example.org/read?gallery=8"),
        # EUC-KR and Windows-1251 escapes are not UTF-8, and different all the same.
        ("https://example.org/%B1%E8", "https://example.org/%C0%CC"),
        ("https://example.org/?s=%B1%E8", "https://example.org/?s=%C0%CC"),
        ("file:///seeds/a.xml", "file:///seeds/b.xml"),
    ],
)
def test_canonical_link_keeps_different_articles_apart(first: str, second: str) -> None:
    """What may be another article is never folded away."""
    assert canonical_link(first) != canonical_link(second)


def test_canonical_link_takes_what_is_no_url() -> None:
    """It still equals itself."""
    assert canonical_link(" http://[broken/7 ") == "http://[broken/7"
    assert canonical_link("https://e.org:port/7") == "https://e.org:port/7"


@given(st.text(max_size=60))
def test_canonical_link_takes_any_text(text: str) -> None:
    """A feed may put anything where a link belongs; the key of a key is itself."""
    key = canonical_link(f"https://example.org/{text}")

    assert canonical_link(f"https://{key}") == key
    canonical_link(text)


def test_canonical_link_gets_out_of_any_number_of_caches() -> None:
    """A feed may write whatever it likes, and breaks nothing by it."""
    nested = "https://" + "google.com/amp/s/" * 3000 + "e.org/7"

    assert canonical_link(nested) == "e.org/7"


def test_canonical_link_knows_a_mobile_twin_by_the_beginning_of_its_label() -> None:
    """Outlets with hosts by language have their telephone pages under "m-en." or so."""
    assert canonical_link("https://m-en.example.org/a") == canonical_link("https://en.example.org/a")


def test_canonical_link_is_one_for_both_spellings_of_a_host() -> None:
    """Feeds write a host beyond ASCII as it is read or as it is sent."""
    assert canonical_link("https://новости.рф/7") == canonical_link("http://xn--b1amnebsh.xn--p1ai/7")


def test_rewrites_make_one_link_of_two_hosts() -> None:
    """Field note 8: the longest beginning counts, whole hosts and folders only, and once."""
    rewrites = (
        ("mirror.example", "example.org"),
        ("mirror.example/news", "example.org/world"),
        ("example.org/world", "never.example"),
    )

    assert canonical_link("http://www.mirror.example/a?id=7&utm_id=3", rewrites) == "example.org/a?id=7"
    assert canonical_link("https://mirror.example/news/7", rewrites) == "example.org/world/7"
    assert canonical_link("https://mirror.example/newsroom/7", rewrites) == "example.org/newsroom/7"
    assert canonical_link("https://mirror.example.com/7", rewrites) == "mirror.example.com/7"
