"""The article is taken out of a page, and nothing out of a page without one."""

import pytest

from bot.adapters.article_text import read_page

PARAGRAPHS = [
    "Presiden Rusia Vladimir Putin akan berkunjung ke Korea Utara pekan ini.",
    "Kremlin menyebut lawatan itu kunjungan persahabatan yang direncanakan sejak tahun lalu.",
]


def page(title: str, paragraphs: list[str], charset: str = "utf-8") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html><head><meta charset={charset}><meta property="og:title" content="{title}">'
        f"<title>{title} - Kabar</title><script>var tracking = 1</script></head><body>"
        f"<nav><ul><li><a href=/>Beranda</a></li><li><a href=/dunia>Dunia</a></li></ul></nav>"
        f"<article><h1>{title}</h1>{body}</article>"
        f"<table><tr><td>Kurs</td></tr></table><footer>Kabar 2024</footer></body></html>"
    ).encode(charset)


def test_the_text_is_the_article() -> None:
    """Menus, tables, the footer and the repeated heading stay out; a paragraph is a line."""
    found = read_page(page("Putin ke Pyongyang", PARAGRAPHS))

    assert found is not None
    assert found.title == "Putin ke Pyongyang"
    assert found.text.split("\n") == PARAGRAPHS


def test_a_national_charset_is_read() -> None:
    """Korean outlets still serve EUC-KR."""
    paragraphs = [
        "푸틴 러시아 대통령이 18일 평양에 도착해 김정은 국무위원장과 정상회담을 한다고 크렘린궁이 밝혔다.",
        "푸틴 대통령은 이어 베트남을 방문해 또럼 국가주석과 경제 협력을 논의할 예정이라고 대변인이 전했다.",
    ]

    found = read_page(page("푸틴 방북", paragraphs, "euc-kr"))

    assert found is not None
    assert (found.title, found.text.split("\n")) == ("푸틴 방북", paragraphs)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"just text",
        b"\x89PNG\r\n\x1a\n\0\0" * 100,
        b"<html><body></body></html>",
        page("Kabar", []),
        page("Kabar", ["Masuk"]),
        b"<html><body>" + b"<div>" * 50_000,
    ],
)
def test_a_page_without_an_article_gives_nothing(content: bytes) -> None:
    """Neither a menu nor a binary file is told as an article."""
    assert read_page(content) is None
