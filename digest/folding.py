"""Names as keys: spellings of one name that differ only in dress compare equal.

Pure: strings in, strings out. (`digest.text.fold` keeps every offset and so must keep accents; a key
points nowhere and may lose them.)
"""

import functools
import unicodedata

__all__ = ["folded"]

#: What Arabic leaves out or writes in two ways: vowel signs, hamza and the stretched line;
#: alif maqsura, ta marbuta.
_ARABIC_MARKS = frozenset("\u0640\u0670" + "".join(map(chr, range(0x064B, 0x0656))))
_ARABIC_LETTERS = str.maketrans({"ى": "ي", "ة": "ه", "ٱ": "ا", "ی": "ي", "ک": "ك"})
#: The dot under Devanagari letters of loanwords, which many leave out.
_NUKTA = "\u093c"

#: Letters with a stroke or without a dot, which no decomposition takes apart.
_STROKES = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


@functools.lru_cache(maxsize=16384)
def folded(name: str) -> str:
    """A name or query as a key: no case, accents, hyphens, punctuation or doubled spaces.

    Accents go from Latin, Greek and Cyrillic letters alone: in Hangul and the Indic scripts the marks
    are letters, and Cyrillic й is one too. Of Arabic and Hindi go the marks that are left out as often as
    written.
    """
    if name.isascii():
        plain = name.lower()
    else:
        small = unicodedata.normalize("NFKD", name).casefold()
        parts = unicodedata.normalize("NFKD", small)
        plain = unicodedata.normalize("NFC", "".join(_without_accents(parts))).translate(_STROKES)
        plain = plain.translate(_ARABIC_LETTERS)
    return " ".join("".join(char if _is_letter(char) else " " for char in plain).split())


def _is_letter(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"


def _without_accents(decomposed: str) -> list[str]:
    """The characters of a decomposed text, without the accents that its alphabet can spare."""
    kept: list[str] = []
    for char in decomposed:
        if char in _ARABIC_MARKS or char == _NUKTA:
            continue
        is_accent = "\u0300" <= char <= "\u036f"
        if is_accent and not (kept and kept[-1] == "и" and char == "\u0306"):
            continue
        kept.append(char)
    return kept
