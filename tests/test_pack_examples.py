"""Every example of every language pack, positive and negative, read by the engine."""

import datetime as dt

import pytest

from digest.facts import Article, Visit
from digest.packs import available_languages, load_pack
from digest.packs.schema import Example
from digest.reading import read

#: The day on which all examples were written: a Monday.
REFERENCE = dt.date(2024, 6, 17)

CASES = [
    pytest.param(language, example, id=f"{language}-{number}")
    for language in available_languages()
    for number, example in enumerate(load_pack(language).examples, start=1)
]


def _value(visit: Visit, key: str) -> tuple[str, ...]:
    """What a visit says for a key of an example; several values where several count."""
    found: dict[str, tuple[object, ...]] = {
        "visitor": tuple(v.name or f"{v.country} {v.role}" for v in visit.visitors),
        "country": (visit.country,),
        "place": tuple(d.place for d in visit.destinations),
        "host": tuple(h.name for h in visit.hosts),
        "start": (visit.start,),
        "end": (visit.end,),
        "status": (visit.status,),
        "purpose": (visit.purpose,),
        "salience": (visit.salience,),
    }
    return tuple(str(value) for value in found[key] if value is not None)


def _problem(example: Example) -> str | None:
    """How the reading differs from what the example demands; None where it does not."""
    article = Article(text=example.text, title=example.title, published_at=REFERENCE)
    left = list(read(article).visits)
    for wanted in example.visits:
        fitting = [v for v in left if all(text in _value(v, key) for key, text in wanted.items())]
        if not fitting:
            return f"no visit with {dict(wanted)}; left: {[v.to_json() for v in left]}"
        left.remove(fitting[0])
    return f"too many: {[v.to_json() for v in left]}" if left else None


@pytest.mark.parametrize(("language", "example"), CASES)
def test_example_gives_exactly_its_visits(language: str, example: Example) -> None:
    """A positive example gives its visits and no other; a negative one gives none.

    A known failure must fail: once it is mended, its mark has to go.
    """
    problem = _problem(example)

    if example.known_failure is None:
        assert problem is None, f"{language}: {example.text}: {problem}"
    else:
        assert problem is not None, f"{language}: mended, remove known_failure: {example.text}"


@pytest.mark.parametrize("language", available_languages())
def test_pack_has_examples_of_both_sides(language: str) -> None:
    """A pack shows what its language tells as a visit, and what it does not."""
    examples = load_pack(language).examples

    assert sum(bool(e.visits) for e in examples) >= 40
    assert sum(not e.visits for e in examples) >= 20
