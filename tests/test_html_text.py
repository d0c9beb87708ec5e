"""HTML becomes plain text: paragraphs kept, code dropped, entities resolved once."""

import pytest

from bot.adapters.html_text import html_to_text, one_line, plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<p>One<p>Two", "One\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<div>A <b>bold</b>\n  word</div>tail", "A bold word\ntail"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<script>var x = '<p>no</p>'</script><p>yes</p><style>p{}</style>after", "yes\nafter"),
        ("<p>AT&amp;T &amp;lt;b&amp;gt; &#8220;q&#8221;</p>", "AT&T &lt;b&gt; “q”"),
        ("plain &amp;amp; simple", "plain &amp; simple"),
        ("First paragraph.\n\nSecond one, 3 < 4.", "First paragraph.\nSecond one, 3 < 4."),
        ("<p>if 3 < 4</p>", "if 3 < 4"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("<!-- note --><p>text</p><!-- open", "text"),
        ('<?xml version="1.0" encoding="euc-kr"?><p>푸틴 대통령</p>', "푸틴 대통령"),
        ("<html><head><title>no</title></head><body><p>a</p></body></html><p>b", "a\nb"),
        ("<p>a</p></body></html><p>b</p>", "a\nb"),
        ("<p>\u00a0 \u3000</p>", ""),
        ("", ""),
        ("<p>kunjung\u00adan ke\u200b Pyongyang</p>", "kunjungan ke Pyongyang"),
    ],
)
def test_html_becomes_text(markup: str, text: str) -> None:
    """Each block is a line, as a reader would see it."""
    assert html_to_text(markup) == text


def test_text_is_composed() -> None:
    """Hangul and accents written as parts are put together, else no name is found in them."""
    assert one_line("\u1111\u116e\u1110\u1175\u11ab e\u0301") == "푸틴 é"


def test_plain_text_keeps_its_lines() -> None:
    """Spaces are tidied inside of lines; a tag in plain text is text."""
    assert plain_text("  a \t b\r\n\r\n<c> &amp;\u2028d\x00") == "a b\n<c> &amp;\nd"


def test_deep_nesting_does_no_harm() -> None:
    """A hundred thousand open tags are no reason to fall over."""
    assert "start" in html_to_text("<p>start</p>" + "<div>" * 100_000 + "end")


def test_half_a_surrogate_does_no_harm() -> None:
    """What cannot be encoded does not stop the rest."""
    assert html_to_text("<p>a\ud83d b</p>") == "a? b"
