"""Which language a text is in: its script first, then py3langid over the languages it may be.

Pure: a model that ships with py3langid, loaded once; no network.
"""

import functools
import re
from collections.abc import Collection, Mapping

from py3langid.langid import MODEL_FILE, LanguageIdentifier

__all__ = ["detect_language"]

#: Scripts that settle the language, or leave few; the share of letters that must be in it.
SCRIPTS: Mapping[str, tuple[str, float]] = {
    "ko": (r"[\uac00-\ud7a3]", 0.25),
    "ja": (r"[\u3040-\u30ff]", 0.08),
    "th": (r"[\u0e00-\u0e7f]", 0.3),
    "el": (r"[\u0370-\u03ff]", 0.3),
    "he": (r"[\u0590-\u05ff]", 0.3),
    "zh": (r"[\u4e00-\u9fff]", 0.3),
}
#: Languages that news in neighbouring scripts may be in; without them a text in one of them would be
#: read as the nearest language that has a pack.
CANDIDATES = (
    "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "en", "es", "et", "fa", "fi", "fr", "hi",
    "hr", "hu", "id", "it", "ja", "jv", "kk", "ko", "lt", "lv", "mk", "mr", "ms", "nb", "ne", "nl", "no",
    "pl", "ps", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "tl", "tr", "uk", "ur",
    "vi", "zh",
)  # fmt: skip
#: Written Indonesian and Malay differ in few words; below this probability of one it is the other.
TWINS, TIE = ("id", "ms"), 0.05
#: Everyday words that only one of the twins writes so.
TELLTALES: Mapping[str, frozenset[str]] = {
    "id": frozenset({
        "bahwa", "karena", "mengatakan", "bisa", "kemarin", "kantor", "polisi", "senin", "kamis",
        "jumat", "maret", "juni", "juli", "agustus", "desember", "ujar", "tutur", "sedangkan", "tapi",
        "yakni", "usai", "rencana", "pekan", "pemerintah", "pemerintahan", "dijadwalkan", "jadwal",
        "ditargetkan", "merampungkan", "mengungkapkan", "menlu", "wapres", "dubes",
    }),
    "ms": frozenset({
        "bahawa", "kerana", "semalam", "polis", "rasmi", "isnin", "khamis", "jumaat", "mac", "jun",
        "julai", "ogos", "disember", "ialah", "iaitu", "daripada", "manakala", "berkenaan", "susulan",
        "antarabangsa", "menerusi", "dijangka", "dijadual", "sempena", "semasa", "lapan", "bilion",
        "kewangan", "tentera", "agensi", "mesyuarat", "perbincangan", "kemuncak",
    }),
}  # fmt: skip
#: Characters in which they are counted.
LONGER_SAMPLE = 4000
#: Characters that decide; more would only cost time.
SAMPLE = 500
#: Fewer letters than this tell nothing.
FEWEST = 12

_LETTER = re.compile(r"[^\W\d_]")


def detect_language(text: str, hint: str | None = None, readable: Collection[str] = ()) -> str | None:
    """ISO 639-1 code of the language, None where a text has too few letters to tell.

    Args:
        text: Title and text.
        hint: The feed's word for it; it decides only between Indonesian and Malay, which share most
            of their words.
        readable: Languages that can be read: between those two, the one of them.
    """
    sample = text[:SAMPLE]
    letters = len(_LETTER.findall(sample))
    if letters < FEWEST:
        return None
    if not sample.isascii():
        for language, (script, share) in SCRIPTS.items():
            if len(re.findall(script, sample)) >= share * letters:
                return language
    ranked = _identifier().rank(sample)
    found, chances = str(ranked[0][0]), dict(ranked)
    if found in TWINS and all(chances.get(code, 0.0) > TIE for code in TWINS):
        told = _by_telltales(text[:LONGER_SAMPLE])
        likelier = found if found in readable else None
        wished = [code for code in (told, hint, likelier, *sorted(readable)) if code in TWINS]
        found = wished[0] if wished else found
    return {"jv": "id", "nb": "no"}.get(found, found)


def _by_telltales(text: str) -> str | None:
    """Which of the twins has more of its own words in the text; None where they are even."""
    words = re.findall(r"[a-z]+", text.lower())
    counts = {code: sum(word in TELLTALES[code] for word in words) for code in TWINS}
    return None if len(set(counts.values())) == 1 else max(counts, key=lambda code: counts[code])


@functools.cache
def _identifier() -> LanguageIdentifier:
    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # Made anew of the columns that are wanted: `set_languages` would keep the whole model too, 28 MB more.
    kept = [column for column, code in enumerate(whole.nb_classes) if code in CANDIDATES]
    return LanguageIdentifier(
        whole.nb_ptc[:, kept],
        whole.nb_pc[kept],
        [whole.nb_classes[column] for column in kept],
        whole.tk_nextmove,
        whole.tk_output,
        norm_probs=True,
        tk_row=whole.tk_row,
    )
