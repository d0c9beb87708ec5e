"""A briefing as a web page: well formed, complete, and safe to open."""

from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings

from bot.model import Briefing
from bot.render.html import render_html
from bot.render.wording import load_wording
from digest.facts import Party
from tests.briefings import AWKWARD, any_briefing, item, korea, source

_WITHOUT_END = {"meta"}


class Page(HTMLParser):
    """Reads a page: its text, its links, its elements; fails on one that is not closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.links: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in _WITHOUT_END:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page(briefing: Briefing) -> Page:
    return Page(render_html(briefing, load_wording(briefing.language)))


@pytest.mark.parametrize(
    "words",
    [
        "Vladimir Putin",
        "Pyongyang",
        "Kim Jong Un",
        "persahabatan",
        "planned",
        "Selasa",
        "Seoul markets",
        "Slow Post",
    ],
)
def test_the_page_tells_everything(words: str) -> None:
    assert words in page(korea()).text


def test_links_lead_where_the_source_said() -> None:
    assert "https://news.example/Kantor?a=1&b=2" in page(korea()).links


def test_only_web_addresses_are_links() -> None:
    odd = korea(items=(item(sources=(source(url="javascript:alert(1)"),)),), headlines=())

    assert page(odd).links == []


def test_the_news_is_text_never_markup() -> None:
    odd = item(
        visitors=(Party(name=AWKWARD, country=None),),
        purpose=AWKWARD,
        sources=(source(AWKWARD, evidence=AWKWARD),),
    )
    plain, awkward = page(korea()), page(korea(items=(odd,), query=AWKWARD, note=AWKWARD))

    assert awkward.tags <= plain.tags
    assert "<b>&</b>" in awkward.text


def test_the_page_says_which_language_each_part_is_in() -> None:
    """So that a reader's own tools pronounce, hyphenate and translate it rightly."""
    attributes = page(korea(language="ko")).attributes

    assert ("html", "lang", "ko") in attributes
    assert ("blockquote", "lang", "id") in attributes


def test_the_page_needs_no_other_file() -> None:
    assert not [name for _, name, _ in page(korea()).attributes if name == "src"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_briefing())
def test_any_briefing_is_a_well_formed_page(briefing: Briefing) -> None:
    assert page(briefing).text.strip()
