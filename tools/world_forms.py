"""Inflected forms of names: cases of Russian nouns, and what follows from an adjective's first form.

Pure: strings in, strings out. Rules and no dictionary: a word that a rule would bend wrongly is marked
`fixed` in its source and its forms are listed there.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

__all__ = ["ADJECTIVES", "german_genitive", "russian_cases", "russian_cases_of_person"]

#: Endings of the oblique cases (genitive, dative, accusative, instrumental, prepositional) of what may
#: stand before them in the nominative; the first ending that fits counts. An empty tuple: never bent.
_NOUNS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    (r".*[аеёиоуыэюя]а", 0, ()),
    (r".*ия", 1, ("и", "ю", "ей")),
    (r".*[гкх]а", 1, ("и", "е", "у", "ой")),
    (r".*[жчшщ]а", 1, ("и", "е", "у", "ей")),
    (r".*ца", 1, ("ы", "е", "у", "ей")),
    (r".*а", 1, ("ы", "е", "у", "ой")),
    (r".*я", 1, ("и", "е", "ю", "ей")),
    (r".*ий", 1, ("я", "ю", "ем", "и")),
    (r".*й", 1, ("я", "ю", "ем", "е")),
    (r".*ль", 1, ("я", "ю", "ем", "е")),
    (r".*ь", 1, ("и", "ью")),
    (r".*[жчшщц]", 0, ("а", "у", "ем", "е")),
    (r".*[бвгдзклмнпрстфх]", 0, ("а", "у", "ом", "е")),
    (r".*(таты|раты|анды|цы)", 1, ("ов", "ам", "ами", "ах")),
    (r".*ы", 1, ("", "ам", "ами", "ах")),
)
#: The same of adjectives used as names or before them: "Северная Корея", "Зеленский".
_ATTRIBUTES: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    (r".*ая", 2, ("ой", "ой", "ую", "ой", "ой")),
    (r".*яя", 2, ("ей", "ей", "юю", "ей", "ей")),
    (r".*ое", 2, ("ого", "ому", "ое", "ым", "ом")),
    (r".*[гкх]ий", 2, ("ого", "ому", "ого", "им", "ом")),
    (r".*ий", 2, ("его", "ему", "его", "им", "ем")),
    (r".*[ыо]й", 2, ("ого", "ому", "ого", "ым", "ом")),
    (r".*[ыи]е", 1, ("х", "м", "е", "ми", "х")),
    (r".*овы", 1, ("ых", "ым", "ы", "ыми", "ых")),
)
#: First names that lose a vowel.
_FLEETING = MappingProxyType(
    {"Павел": "Павл", "Пётр": "Петр", "Петр": "Петр", "Лев": "Льв", "Египет": "Египт"}
)
_CONSONANTS = "бвгджзклмнпрстфхцчшщ"
#: Parts of names that stay as they are: "Абдель Фаттаха ас-Сиси", "Хамада Аль Тани", "Хермана Ван Ромпея".
_NEVER_BENT = frozenset({"Абд", "Абдель", "Абдул", "Абу", "Аль", "Бен", "Ван"})


def russian_cases(name: str) -> list[str]:
    """The oblique cases of a country's or place's name ("Северная Корея", "Ростов-на-Дону")."""
    words = name.split(" ")
    if not _bendable(name) or (len(words) > 1 and "и" in words):
        return []
    head, glue, tail = words[-1].partition("-на-")
    words[-1] = head
    last = len(words) - 1
    bent = [_attribute(word) if i < last else None for i, word in enumerate(words)]
    columns = [cases or _noun(word) for cases, word in zip(bent, words, strict=True)]
    if words[0] == "Республика":
        columns[1:] = [[word] * 5 for word in words[1:]]
    return _joined(columns, name, glue + tail)


#: The oblique cases, in the order in which they are listed.
CASES = ("gen", "dat", "acc", "ins", "loc")


def russian_cases_of_person(name: str, *, slavic: bool, woman: bool, last_only: bool) -> dict[str, str]:
    """The oblique cases of a full name or of a surname alone, by `CASES`; empty where it is never bent.

    Args:
        name: In the nominative: "Владимир Путин", "Путин".
        slavic: A surname in -ов or -ин has the instrumental in -ым ("Путиным", but "Цзиньпином").
        woman: Words that end in a consonant stay as they are ("Ангелы Меркель", "Кэтрин Тай").
        last_only: Only the last word is bent ("Ким Чен Ына").
    """
    words = name.split(" ")
    if not _bendable(name):
        return {}
    columns = []
    for i, word in enumerate(words):
        small = word[0].islower() and "-" not in word
        part = i < len(words) - 1 and (last_only or word in _NEVER_BENT)
        stays = small or part or (woman and word[-1] in _CONSONANTS + "йь")
        alone = i > 0 or len(words) == 1
        bent = _surname(word, slavic=slavic, woman=woman) if alone and not stays else None
        columns.append([word] * 5 if stays else bent or _noun(word, man=not woman))
    forms = (" ".join(parts) for parts in zip(*columns, strict=True))
    return {case: form for case, form in zip(CASES, forms, strict=True) if form != name}


def _bendable(name: str) -> bool:
    """Whether it is written in small Cyrillic letters: "США" and "Кот-д'Ивуар" stay as they are."""
    return bool(re.fullmatch(r"[А-ЯЁа-яё -]+", name)) and not name.isupper()


def _joined(columns: list[list[str]], name: str, tail: str = "") -> list[str]:
    forms = (" ".join(parts) + tail for parts in zip(*columns, strict=True))
    return [form for form in dict.fromkeys(forms) if form != name]


def _surname(word: str, *, slavic: bool, woman: bool) -> list[str] | None:
    """The five cases of a surname that is bent as no noun is."""
    if slavic and woman and re.fullmatch(r".*([оеё]в|[иы]н)а", word):
        return [word[:-1] + ending for ending in ("ой", "ой", "у", "ой", "ой")]
    if slavic and not woman and re.fullmatch(r".*([оеё]в|[иы]н)", word):
        return [word + ending for ending in ("а", "у", "а", "ым", "е")]
    return _attribute(word)


def _attribute(word: str) -> list[str] | None:
    """The five cases of an adjective."""
    for pattern, cut, endings in _ATTRIBUTES:
        if re.fullmatch(pattern, word):
            return [word[:-cut] + ending for ending in endings]
    return None


def _noun(word: str, *, man: bool = False) -> list[str]:
    """Genitive, dative, accusative, instrumental and prepositional of a noun; a man's in -ь is masculine."""
    if man and word.endswith("ь"):
        return [word[:-1] + ending for ending in ("я", "ю", "я", "ем", "е")]
    if word in ("острова", "Острова"):
        return [word[:-1] + ending for ending in ("ов", "ам", "а", "ами", "ах")]
    stem = _FLEETING.get(word, word)
    for pattern, cut, endings in _NOUNS:
        if re.fullmatch(pattern, word):
            return _five(word, stem[: len(stem) - cut], endings)
    return [word] * 5


def _five(word: str, stem: str, endings: tuple[str, ...]) -> list[str]:
    """The five cases from the endings that differ, of a noun of the declension the word shows."""
    if not endings:
        return [word] * 5
    forms = [stem + ending for ending in endings]
    if word.endswith("ия"):
        return [forms[0], forms[0], forms[1], forms[2], forms[0]]
    if word[-1] in "ая":
        return [forms[0], forms[1], forms[2], forms[3], forms[1]]
    if word.endswith("ы"):
        return [forms[0], forms[1], word, forms[2], forms[3]]
    if len(forms) == 2:
        return [forms[0], forms[0], word, forms[1], forms[0]]
    return [forms[0], forms[1], forms[0], forms[2], forms[3]]


def german_genitive(name: str) -> list[str]:
    """ "Russlands"; names with an article or an ending in a hiss have none."""
    bendable = (
        name.isalpha()
        and not name.isupper()
        and not name.endswith(("s", "z", "x", "ß", "ei", "e", "inen", "ln", "insel"))
    )
    return [f"{name}s"] if bendable else []


def _by_ending(rules: Iterable[tuple[str, str]]) -> Callable[[str], list[str]]:
    """A paradigm: the first ending that fits is replaced by each of the others."""
    table = [(ending, replacements.split(" ")) for ending, replacements in rules]

    def paradigm(word: str) -> list[str]:
        for ending, replacements in table:
            if word.endswith(ending):
                stem = word[: len(word) - len(ending)]
                return [word, *(stem + replacement.replace("-", "") for replacement in replacements)]
        return [word]

    return paradigm


def _arabic(word: str) -> list[str]:
    """A relative adjective with its feminine, each with and without the article."""
    if not word.endswith("ي"):
        return [word]
    return [word, f"{word}ة", f"ال{word}", f"ال{word}ة"]


#: What follows from the first form of an adjective or demonym, by language.
ADJECTIVES: Mapping[str, Callable[[str], list[str]]] = MappingProxyType(
    {
        "ru": _by_ending((("кий", "кого кому ким ком кая кой кую кое кие ких кими"),)),
        "ar": _arabic,
        "de": _by_ending((("sch", "sche scher schen sches schem"),)),
        "es": _by_ending(
            (
                ("o", "a os as"),
                ("és", "esa eses esas"),
                ("án", "ana anes anas"),
                ("ol", "ola oles olas"),
                ("í", "íes ís"),
                ("e", "es"),
                ("a", "as"),
            )
        ),
        "fr": _by_ending(
            (
                ("is", "ise ises"),
                ("ien", "iens ienne iennes"),
                ("éen", "éens éenne éennes"),
                ("ec", "ecs ecque ecques"),
                ("turc", "turcs turque turques"),
                ("e", "es"),
                ("", "s e es"),
            )
        ),
        "pt": _by_ending(
            (
                ("ês", "esa eses esas"),
                ("ol", "ola óis olas"),
                ("o", "a os as"),
                ("eu", "eia eus eias"),
                ("e", "es"),
                ("a", "as"),
            )
        ),
    }
)
