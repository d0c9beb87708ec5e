"""Entries out of every kind of feed, also of broken and hostile ones."""

import datetime as dt
import gc
import json

import pytest

from bot.adapters.feed_parse import ParseFailure, parse_feed
from bot.model import Entry

NOW = dt.datetime(2024, 6, 20, 12, tzinfo=dt.UTC)
URL = "https://news.example/world/feed.xml"
CYRILLIC = "Президент России Владимир Путин прибыл в Северную Корею с визитом, сообщает корреспондент."
HANGUL = "푸틴 러시아 대통령이 평양에 도착해 김정은 국무위원장과 정상회담을 시작했다고 통신이 전했다."
HAN = "普京抵达平壤进行国事访问，金正恩到机场迎接，双方将举行会谈。"


def entries(content: bytes | str, *, url: str = URL, content_type: str | None = None) -> tuple[Entry, ...]:
    body = content.encode() if isinstance(content, str) else content
    parsed = parse_feed(body, url=url, now=NOW, content_type=content_type)
    assert not isinstance(parsed, ParseFailure), parsed.reason
    return parsed


def rss(items: str, *, head: str = "", version: str = "2.0") -> str:
    return (
        f'<?xml version="1.0"?><rss version="{version}" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>News</title><link>https://news.example/</link>{head}{items}</channel></rss>"
    )


def test_rss_2() -> None:
    """The longer of content and description is the text; the id is the feed's own, the link absolute."""
    feed = rss(
        "<item><title>Putin &amp;amp; &lt;b&gt;Kim&lt;/b&gt;</title>"
        "<link>../p/1?a=1&amp;b=2</link><guid>77</guid>"
        "<pubDate>Tue, 18 Jun 2024 02:30:00 +0900</pubDate><description>Short.</description>"
        "<content:encoded><![CDATA[<p>Putin arrived.</p><p>Kim met him.</p>]]></content:encoded></item>",
        head="<language>id-ID</language>",
    )

    assert entries(feed) == (
        Entry(
            id="77",
            link="https://news.example/p/1?a=1&b=2",
            title="Putin & Kim",
            text="Putin arrived.\nKim met him.",
            published_at=dt.datetime(2024, 6, 17, 17, 30, tzinfo=dt.UTC),
            language="id",
        ),
    )


@pytest.mark.parametrize("version", ["0.91", "0.92"])
def test_old_rss(version: str) -> None:
    """RSS 0.9x has neither ids nor times, and is read."""
    feed = rss("<item><title>Visit</title><link>https://a.example/1</link></item>", version=version)

    assert entries(feed) == (Entry(id=None, link="https://a.example/1", title="Visit", text=""),)


def test_rss_1() -> None:
    """RSS 1.0 keeps its items beside the channel, and its times in Dublin Core."""
    feed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>t</title></channel>'
        '<item rdf:about="https://a.example/1"><title>訪朝</title><link>https://a.example/1</link>'
        "<description>本文</description><dc:date>2024-06-18T02:30:00+09:00</dc:date></item></rdf:RDF>"
    )

    (entry,) = entries(feed)
    assert (entry.id, entry.title, entry.text) == ("https://a.example/1", "訪朝", "本文")
    assert entry.published_at == dt.datetime(2024, 6, 17, 17, 30, tzinfo=dt.UTC)


def test_atom() -> None:
    """Plain, escaped and inline HTML; xml:base, xml:lang; `updated` where nothing was published."""
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko" xml:base="https://b.example/x/">'
        '<entry xml:lang="ja"><title type="text">a &lt;b&gt; &amp;amp;</title><link href="rel/1"/>'
        "<id>urn:1</id><updated>2024-06-18T02:30:00Z</updated>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One &amp; two</p><p>3</p></div>'
        '</content></entry><entry><title type="html">&lt;b&gt;x&lt;/b&gt; &amp;amp; y</title><id>urn:2</id>'
        "<published>2024-06-17T00:00:00Z</published><updated>2024-06-18T00:00:00Z</updated>"
        '<summary type="text">line one\nline &lt;two&gt;</summary></entry></feed>'
    )

    assert entries(feed) == (
        Entry(
            id="urn:1",
            link="https://b.example/x/rel/1",
            title="a <b> &amp;",
            text="One & two\n3",
            published_at=dt.datetime(2024, 6, 18, 2, 30, tzinfo=dt.UTC),
            language="ja",
        ),
        Entry(
            id="urn:2",
            link=None,
            title="x & y",
            text="line one\nline <two>",
            published_at=dt.datetime(2024, 6, 17, tzinfo=dt.UTC),
            language="ko",
        ),
    )


def test_json_feed() -> None:
    """JSON Feed 1.0 and 1.1; parts of a wrong type count as absent."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "language": "ko-KR",
        "items": [
            {
                "id": 7,
                "url": "/a",
                "title": "푸틴 <b>",
                "content_html": "<p>하나</p><p>둘</p>",
                "summary": "하",
                "date_published": "2024-06-18T02:30:00+09:00",
            },
            {
                "id": True,
                "external_url": "https://b.example/",
                "title": 5,
                "content_text": "a\n<b>",
                "language": "en",
            },
            {"id": "empty"},
            "no item",
        ],
    }

    assert entries(json.dumps(feed)) == (
        Entry(
            id="7",
            link="https://news.example/a",
            title="푸틴 <b>",
            text="하나\n둘",
            published_at=dt.datetime(2024, 6, 17, 17, 30, tzinfo=dt.UTC),
            language="ko",
        ),
        Entry(id=None, link="https://b.example/", title="", text="a\n<b>", language="en"),
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not a feed: empty"),
        (b" \n\t\xef\xbb\xbf"[3:], "not a feed: empty"),
        (b"\xef\xbb\xbf  ", "not a feed: empty"),
        (b"\0" * 50, "not a feed: empty"),
        (b"<!DOCTYPE html><html><item><title>x</title></item></html>", "not a feed: HTML"),
        (b"\n<!-- wall --><HTML lang=en><title>Just a moment</title>", "not a feed: HTML"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html/>', "not a feed: HTML"),
        (b"<!-- a --><!-- b -->" * 100 + b"<rss>", "no entries"),
        (b'<?xml version="1.0"?><sitemap><url/></sitemap>', "not a feed: XML without entries"),
        (b'<rss version="2.0"><channel><title>t</title></channel></rss>', "no entries"),
        (b'<rss version="2.0"><channel><item/></channel></rss>', "no entries"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"/>', "no entries"),
        (b"hello", "not a feed: neither XML nor JSON"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe", "not a feed: neither XML nor JSON"),
        (b'{"error": "no such feed"}', "not a feed: JSON of another kind"),
        (b"[1, 2]", "not a feed: JSON of another kind"),
        (b'{"version": 1}', "not a feed: JSON of another kind"),
        (b'{"version": "https://jsonfeed.org/version/1"', "not a feed: broken JSON"),
        (b"[" * 100_000, "not a feed: broken JSON"),
        (b'{"a": "\xff"}', "not a feed: broken JSON"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 5}', "no entries"),
    ],
)
def test_what_is_no_feed_is_told_in_plain_words(content: bytes, reason: str) -> None:
    """The admin reads what came instead of a feed."""
    assert parse_feed(content, url=URL, now=NOW) == ParseFailure(reason)


@pytest.mark.parametrize(
    ("charset", "text"), [("windows-1251", CYRILLIC), ("koi8-r", CYRILLIC), ("euc-kr", HANGUL), ("gbk", HAN)]
)
@pytest.mark.parametrize("declared", ["prolog", "header", "nowhere"])
def test_charsets(charset: str, text: str, declared: str) -> None:
    """National charsets are read, declared in the prolog, in the header, or not at all."""
    feed = rss(f"<item><title>{text}</title><description>{text}</description></item>")
    if declared == "prolog":
        feed = feed.replace("?>", f' encoding="{charset}"?>', 1)
    header = f"text/xml; charset={charset}" if declared == "header" else "text/xml"

    assert entries(feed.encode(charset), content_type=header)[0].title == text


@pytest.mark.parametrize(
    "header", ["text/xml; charset=windows-1252", "text/xml; charset=nonsense", "text/html"]
)
def test_utf8_is_utf8_whatever_is_declared(header: str) -> None:
    """A wrong header, a wrong prolog: the bytes decide."""
    feed = rss(f"<item><title>{HANGUL}</title></item>").replace("?>", ' encoding="euc-kr"?>', 1)

    assert entries(feed.encode(), content_type=header)[0].title == HANGUL


def test_a_broken_byte_spoils_one_character_only() -> None:
    """One bad byte in a UTF-8 feed does not turn the rest into gibberish."""
    feed = rss(f"<item><title>{HANGUL}</title><description>X!</description></item>").encode()

    (entry,) = entries(feed.replace(b"X!", b"X\xff!"))
    assert entry.title == HANGUL
    assert entry.text == "X\N{REPLACEMENT CHARACTER}!"


def test_the_prolog_wins_over_a_header_that_cannot_be_true() -> None:
    """A server that calls everything UTF-8 does not spoil a feed which says what it is."""
    feed = rss(f"<item><title>{CYRILLIC}</title></item>").replace("?>", ' encoding="windows-1251"?>', 1)

    assert entries(feed.encode("windows-1251"), content_type="text/xml; charset=utf-8")[0].title == CYRILLIC


def test_utf16() -> None:
    """A byte order mark is enough."""
    assert entries(rss(f"<item><title>{HANGUL}</title></item>").encode("utf-16"))[0].title == HANGUL


def test_truncated_xml_gives_what_is_there() -> None:
    """A feed cut in the middle of a character still has its first entries."""
    feed = rss("<item><title>One</title></item><item><title>둘</title></item>").encode()

    assert entries(feed[: feed.index("둘".encode()) + 1])[0].title == "One"


def test_entities_are_not_expanded() -> None:
    """A bomb stays small, and a file of this machine is not read into a title."""
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "boom"}">' for n in range(9))
    feed = rss("<item><title>a &e8; &file;</title><description>text</description></item>").replace(
        "?>", f'?><!DOCTYPE rss [{bomb}<!ENTITY file SYSTEM "file:///etc/passwd">]>', 1
    )

    (entry,) = entries(feed)
    assert len(entry.title) < 100
    assert "root" not in entry.title


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("//a.example/x", "https://a.example/x"),
        (" /x y\n", "https://news.example/x%20y"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:a@b.example", None),
        ("file:///etc/passwd", None),
        ("http://[broken", None),
    ],
)
def test_links_are_absolute_and_of_the_web(link: str, expected: str | None) -> None:
    """What cannot be opened, or must not, is no link."""
    assert entries(rss(f"<item><title>t</title><link>{link}</link></item>"))[0].link == expected


def test_a_saved_feed_may_link_to_saved_pages() -> None:
    """Files are linked from files only."""
    (entry,) = entries(rss("<item><title>t</title><link>a.html</link></item>"), url="file:///news/feed.xml")

    assert entry.link == "file:///news/a.html"


def test_a_time_that_cannot_be_read_is_none() -> None:
    """feedparser reads this one as 1 November."""
    (entry,) = entries(rss("<item><title>t</title><pubDate>2024년 6월 18일 오전 02:30</pubDate></item>"))

    assert entry.published_at is None


@pytest.mark.parametrize(
    ("tag", "language"),
    [("id-ID", "id"), ("ko_KR", "ko"), ("in", "id"), ("EN", "en"), ("x-klingon", None), ("", None)],
)
def test_language_tags_become_codes(tag: str, language: str | None) -> None:
    """What a feed claims is folded to ISO 639; nonsense is nothing."""
    feed = rss("<item><title>t</title></item>", head=f"<language>{tag}</language>")

    assert entries(feed)[0].language == language


def test_memory_does_not_grow() -> None:
    """A bot that polls for months keeps nothing of what it has parsed."""
    feed = rss("<item><title>t</title><description>&lt;p&gt;x&lt;/p&gt;</description></item>").encode()

    def parse(times: int) -> int:
        for _ in range(times):
            parse_feed(feed, url=URL, now=NOW)
        gc.collect()
        return len(gc.get_objects())

    before = parse(10)
    assert parse(2_000) - before < 500
