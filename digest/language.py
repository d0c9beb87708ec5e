"""Which language a text is in: its letters where they tell, else CLD2, whose tables pycld2 brings along.

Pure: no network, and nothing to load.
"""

import re
from collections.abc import Collection, Mapping

import pycld2

__all__ = ["detect_language"]

#: Scripts that settle the language, or leave few; the share of letters that must be in it.
SCRIPTS: Mapping[str, tuple[re.Pattern[str], float]] = {
    "ko": (re.compile(r"[\uac00-\ud7a3]"), 0.25),
    "ja": (re.compile(r"[\u3040-\u30ff]"), 0.08),
    "zh": (re.compile(r"[\u4e00-\u9fff]"), 0.3),
}
#: Cyrillic letters that Russian lacks.
NOT_RUSSIAN = re.compile(r"[\u0400-\u040f\u0450\u0452-\u052f]")
CYRILLIC = re.compile(r"[а-я]")
#: What CLD2 calls languages by another code than ours.
CODES: Mapping[str, str | None] = {"un": None, "iw": "he", "jw": "jv"}
#: Everyday words, and those of the news. To CLD2 a headline full of foreign names is in whatever language;
#: these tell it.
EVERYDAY: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "de": "am an auf aus außenminister bei besuch bis das dem den der des die ein eine"
        " er für gespräche hat ihr im ist minister mit nach nicht noch präsident reise"
        " reist reiste sei seine sich sie sind traf trifft und vom von vor war wegen wie"
        " will wird zu zum zur über",
        "en": "after an and are at been before but by for foreign from had has have he her his is it"
        " its meets minister not of on president prime said she state summit talks that the their"
        " they to trip visit visits was were who will with",
        "es": "a al ante como con cumbre de del desde el ella ellos en entre este gira ha hoy"
        " la las llegó lo los ministra ministro más para pero por presidenta presidente primer que"
        " reunión se sin sobre su sus tras un una viaje viajó visita visitará y ya",
        "fr": "a après au aux avec ce cette chez dans de des du elle en est et il la le les leur"
        " mais ministre ne ont par pas pour président présidente qui rencontre sa se ses"
        " sommet son sur un une visite voyage à été",
        "id": "ada akan antara atas bagi bahwa bantuan batal berkunjung bertemu bertolak bisa bulan"
        " dalam dan dari dengan di hari ini itu jepang jerman juga juni ke kepada kunjungan lalu"
        " lawatan lewat luar melalui membahas menghadiri mengirim menlu menteri minggu negeri oleh"
        " pada para perdana prancis presiden rusia saat sebagai soal sudah telah tengah terhadap"
        " tiba tidak ukraina untuk usai yang",
        "pt": "a ao aos as até com como da das de dele do dos e ela em entre foi mais mas ministra"
        " ministro na nas no nos nunca não o os ou para pela pelo por presidente que se sem sobre"
        " sua um uma viagem viajou visita visitou à às é",
        "tr": "bakan bakanı başkan başkanı bir bu cumhurbaşkanı da daha dışişleri etti geldi gibi gitti"
        " gelecek geliyor gidecek gidiyor görüşecek görüştü gün ile için kadar ki lideri olan olarak oldu"
        " sonra uçtu ve ya ziyaret ziyareti ziyaretini önce",
    }.items()
}
#: So many more of them than of the words of CLD2's own answer speak against it; against a language that is
#: not listed here they must be such a share of all words.
MARGIN, SHARE = 2, 0.3
#: Written Indonesian and Malay differ in few words.
TWINS = ("id", "ms")
#: Everyday words that only one of the twins writes so.
TELLTALES: Mapping[str, frozenset[str]] = {
    "id": frozenset({
        "bahwa", "karena", "mengatakan", "bisa", "kemarin", "kantor", "polisi", "senin", "kamis",
        "jumat", "maret", "juni", "juli", "agustus", "desember", "ujar", "tutur", "sedangkan", "tapi",
        "yakni", "usai", "rencana", "pekan", "pemerintah", "pemerintahan", "dijadwalkan", "jadwal",
        "ditargetkan", "merampungkan", "mengungkapkan", "menlu", "wapres", "dubes", "prancis", "jepang",
        "kairo", "moskow", "inggris", "tiongkok", "serikat", "besok", "sore", "bandara", "istri", "mitranya",
    }),
    "ms": frozenset({
        "bahawa", "kerana", "semalam", "polis", "rasmi", "isnin", "khamis", "jumaat", "mac", "jun",
        "julai", "ogos", "disember", "ialah", "iaitu", "daripada", "manakala", "berkenaan", "susulan",
        "antarabangsa", "menerusi", "dijangka", "dijadual", "sempena", "semasa", "lapan", "bilion",
        "kewangan", "tentera", "agensi", "mesyuarat", "perbincangan", "kemuncak", "perancis", "jepun",
        "kaherah", "syarikat", "esok", "isteri", "pelarian", "berlepas", "tetamu", "rakan", "rundingan",
    }),
}  # fmt: skip
#: Characters in which they are counted.
LONGER_SAMPLE = 4000
#: Characters that decide; more would only cost time.
SAMPLE = 500
#: Fewer letters than this tell nothing; with fewer than the second, everyday words are asked too.
FEWEST, MANY = 12, 250

_EASTERN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
#: What stands around words.
_SIGNS = ".,;:!?()[]\"'«»“”‘’„-–—"


def detect_language(text: str, hint: str | None = None, readable: Collection[str] = ()) -> str | None:
    """ISO 639-1 code of the language, None where a text has too few letters to tell.

    Args:
        text: Title and text.
        hint: The feed's word for it; it decides only between Indonesian and Malay, which share most
            of their words.
        readable: Languages that can be read: between those two, the one of them.
    """
    sample = " ".join(text[:SAMPLE].lower().split())
    letters = sum(map(str.isalpha, sample))
    if letters < FEWEST:
        return None
    if _EASTERN.search(sample):
        for language, (script, share) in SCRIPTS.items():
            if len(script.findall(sample)) >= share * letters:
                return language
    found = _by_cld2(sample)
    if letters < MANY:
        found = _of_few_letters(sample, letters, found)
    if found not in TWINS:
        return found
    told = _by_telltales(text[:LONGER_SAMPLE])
    wished = (told, hint, found if found in readable else None, *sorted(readable))
    return next((code for code in wished if code in TWINS), found)


def _by_cld2(sample: str) -> str | None:
    """What CLD2 takes a text for, None where it does not know; it refuses what cannot be printed."""
    if not sample.isprintable():
        sample = "".join(char if char.isprintable() else " " for char in sample)
    code = pycld2.detect(sample, isPlainText=True, bestEffort=True)[2][0][1].split("-")[0]
    return CODES.get(code, code)


def _of_few_letters(sample: str, letters: int, likely: str | None) -> str | None:
    """The language of a headline, of which CLD2 says much: by its alphabet or by its everyday words."""
    if likely in (None, "mk", "sr") and len(CYRILLIC.findall(sample)) > letters / 2:
        return likely if NOT_RUSSIAN.search(sample) else "ru"
    likely = "id" if likely == "jv" else likely  # Javanese headlines are rarer than Indonesian ones
    words = [word.strip(_SIGNS) for word in sample.split()]
    counts = {code: sum(word in known for word in words) for code, known in EVERYDAY.items()}
    best = max(counts, key=lambda code: counts[code])
    own = "id" if likely in TWINS else likely or ""
    least = 0 if likely is None or own in counts else SHARE * len(words)
    return best if counts[best] >= max(counts.get(own, 0) + MARGIN, least) else likely


def _by_telltales(text: str) -> str | None:
    """Which of the twins has more of its own words in the text; None where they are even."""
    words = re.findall(r"[a-z]+", text.lower())
    counts = {code: sum(word in TELLTALES[code] for word in words) for code in TWINS}
    return None if len(set(counts.values())) == 1 else max(counts, key=lambda code: counts[code])
