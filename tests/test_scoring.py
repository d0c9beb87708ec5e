"""The scorer: its rules one by one, and the same figures as the shared evaluation."""

import copy
import importlib.util
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.scoring import (
    SLOTS,
    Gold,
    Person,
    Score,
    Told,
    figures,
    pair_up,
    same_date,
    same_name,
    same_person,
    same_words,
    score_articles,
)

SHARED = Path(__file__).parents[2] / "shared" / "evaluation" / "score.py"
PUTIN = {"name": "Vladimir Putin", "country": "RU"}
KIM = {"name": "Kim Jong Un", "country": "KP"}

TO_KOREA: dict[str, Any] = {
    "salience": "headline",
    "scope": "international",
    "visitors": [PUTIN],
    "destinations": [{"country": "KP", "place": "Pyongyang"}],
    "hosts": [KIM],
    "start": "2024-06-18",
    "end": "2024-06-19",
    "status": "planned",
    "kind": "state",
    "purpose_text": "kemitraan strategis",
}


def article(*visits: dict[str, Any], text: str = "Teks.") -> dict[str, Any]:
    return {"id": "a", "lang": "id", "title": None, "text": text, "visits": list(visits)}


def answer(**changes: Any) -> dict[str, Any]:
    """The annotated visit as the command would tell it, with changes."""
    told = copy.deepcopy(TO_KOREA)
    told["purpose"] = told.pop("purpose_text")
    return told | changes


def score(gold: dict[str, Any], *answers: dict[str, Any]) -> Score:
    return score_articles([Gold.from_json(gold)], {"a": [Told.from_json(a) for a in answers]})


def figures_of(gold: dict[str, Any], *answers: dict[str, Any]) -> dict[str, float]:
    return figures(score(gold, *answers).counts)


def test_the_annotation_itself_is_the_best_answer() -> None:
    got = figures_of(article(TO_KOREA), answer())

    assert {name: value for name, value in got.items() if not math.isnan(value)} == {
        name: 1.0 for name in ("core_p", "core_r", "core_f1", "headline", "full", *SLOTS)
    }


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", True),
        ("Kim Jong-un", "KIM JONG UN", True),
        ("Putin", "Vladimir Putin", True),
        ("Susilo Bambang Yudhoyono", "Susilo B. Yudhoyono", True),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", True),
        ("Ma Ying-jeou", "Maying Jeou", True),
        ("Xi Jinping", "Li Qiang", False),
        ("Kim Jong Un", None, False),
        (None, None, False),
    ],
)
def test_names_are_the_same_in_other_spellings(one: str | None, other: str | None, same: bool) -> None:
    assert same_name(one, other) is same


def test_a_name_in_its_own_script_counts_where_it_stands_in_the_text_and_the_country_agrees() -> None:
    gold = Person("Wi Seong-gon", "KR")

    assert same_person(gold, Person("위성곤", "KR"), "위성곤 의원은")
    assert not same_person(gold, Person("위성곤", "JP"), "위성곤 의원은")
    assert not same_person(gold, Person("위성곤", "KR"), "다른 의원은")
    assert not same_person(gold, Person("Orang Lain", "KR"), "Orang Lain")


def test_an_annotation_without_a_name_is_met_by_the_country() -> None:
    assert same_person(Person(None, "JP"), Person("Yoko Kamikawa", "JP"), "")
    assert not same_person(Person(None, "JP"), Person(None, "KR"), "")
    assert same_person(Person(None, None), Person(None, None), "")
    assert not same_person(Person(None, None), Person("Someone", None), "")


@pytest.mark.parametrize(
    ("gold", "told", "same"),
    [
        ("2024-06-18", "2024-06-18", True),
        ("2024-06-18", "2024-06-19", False),
        ("2024-06-18", "2024-06", True),
        ("2024-06", "2024-06-18", True),
        ("2024-06", "2024", False),
        ("2024", "2024-06-18", True),
        ("2024-06-18", None, False),
        (None, None, False),
    ],
)
def test_dates_agree_as_far_as_both_go(gold: str | None, told: str | None, same: bool) -> None:
    assert same_date(gold, told) is same


def test_half_of_the_trigrams_in_common_is_the_same_purpose() -> None:
    assert same_words("menghadiri KTT G20", "menghadiri KTT G20 di Bali")
    assert same_words("북러 정상회담", "북·러 정상회담을 위해")
    assert not same_words("menghadiri KTT G20", "bertemu Presiden Xi")
    assert not same_words("menghadiri KTT G20", None)


def test_another_country_is_an_answer_but_no_hit() -> None:
    got = score(article(TO_KOREA), answer(destinations=[{"country": "VN", "place": None}]))

    assert got.counts["answers"] == 1
    assert got.counts["hits"] == 0
    assert [miss.sort for miss in got.misses] == ["wrong"]


def test_only_the_lead_visitor_has_to_be_met() -> None:
    gold = article(TO_KOREA | {"visitors": [PUTIN, {"name": "Sergey Lavrov", "country": "RU"}]})

    assert figures_of(gold, answer())["core_r"] == 1.0
    assert figures_of(gold, answer(visitors=[{"name": "Sergey Lavrov", "country": "RU"}]))["core_r"] == 0.0


def test_the_best_pair_is_made_first() -> None:
    golds = [Told.from_json(TO_KOREA), Told.from_json(TO_KOREA | {"start": "2023-09-12"})]
    answers = [Told.from_json(answer(start="2023-09-12")), Told.from_json(answer())]

    assert pair_up(golds, answers, "") == {0: 1, 1: 0}


def test_an_answer_too_many_lowers_precision() -> None:
    elsewhere = answer(visitors=[KIM], destinations=[{"country": "CN", "place": None}])
    got = score(article(TO_KOREA), answer(), elsewhere)

    assert figures(got.counts)["core_p"] == 0.5
    assert [miss.sort for miss in got.misses] == ["invented"]


def test_visits_at_home_are_neither_asked_for_nor_punished() -> None:
    at_home = answer(destinations=[{"country": "RU", "place": "Kazan"}])
    gold_at_home = TO_KOREA | {"scope": "domestic", "destinations": [{"country": "RU", "place": "Kazan"}]}

    assert score(article(TO_KOREA), answer(), at_home).counts["answers"] == 1
    assert score(article(gold_at_home)).counts["visits"] == 0
    assert score(article(gold_at_home), at_home).counts["answers"] == 0


def test_an_article_without_a_visit_is_clean_when_nothing_is_reported() -> None:
    assert figures_of(article())["negatives"] == 1.0
    assert figures_of(article(), answer())["negatives"] == 0.0


def test_full_asks_for_the_first_day_and_the_status_too() -> None:
    undated = article(TO_KOREA | {"start": None})

    assert figures_of(article(TO_KOREA), answer(status="completed"))["full"] == 0.0
    assert figures_of(article(TO_KOREA), answer(start="2024-06-16"))["full"] == 0.0
    assert figures_of(undated, answer(start=None))["full"] == 1.0
    assert figures_of(undated, answer())["full"] == 0.0


def test_slots_are_compared_only_inside_hits_and_where_the_annotation_fills_them() -> None:
    wrong_country = answer(destinations=[{"country": "VN", "place": None}])

    assert math.isnan(figures_of(article(TO_KOREA), wrong_country)["status"])
    assert math.isnan(figures_of(article(TO_KOREA | {"hosts": []}), answer())["host"])
    assert math.isnan(figures_of(article(TO_KOREA | {"kind": "unknown"}), answer())["kind"])


def test_an_article_without_its_answer_is_an_error() -> None:
    """A command that skips an article must not look as if it had found nothing in it."""
    with pytest.raises(KeyError):
        score_articles([Gold.from_json(article())], {})


people = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(
                [None, "", "Vladimir Putin", "Putin", "Kim Jong-un", "Kim Jong Un", "위성곤", "岸田"]
            ),
            "country": st.sampled_from([None, "RU", "KP", "KR"]),
        }
    ),
    max_size=2,
)
dates = st.sampled_from([None, "2024", "2024-06", "2024-06-18", "2024-06-19", "2023-09"])
purposes = st.sampled_from([None, "", "...", "kemitraan strategis", "kemitraan yang strategis", "北朝鮮訪問"])
answered_visits = st.fixed_dictionaries(
    {
        "salience": st.sampled_from(["headline", "background"]),
        "scope": st.sampled_from(["international", "international", "domestic"]),
        "visitors": people,
        "destinations": st.lists(
            st.fixed_dictionaries(
                {
                    "country": st.sampled_from(["KP", "RU", "VN"]),
                    "place": st.sampled_from([None, "Pyongyang", "Hanoi"]),
                }
            ),
            max_size=2,
        ),
        "hosts": people,
        "start": dates,
        "end": dates,
        "status": st.sampled_from([None, "planned", "completed"]),
        "kind": st.sampled_from([None, "unknown", "state", "working"]),
        "purpose": purposes,
    }
)
annotated_visits = st.builds(lambda visit, words: visit | {"purpose_text": words}, answered_visits, purposes)


def same_figures(golds: list[dict[str, Any]], answers: dict[str, list[dict[str, Any]]]) -> None:
    spec = importlib.util.spec_from_file_location("shared_score", SHARED)
    assert spec is not None
    assert spec.loader is not None
    shared = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shared)
    theirs, _ = shared.score(golds, answers)
    ours = score_articles(
        map(Gold.from_json, golds), {key: [Told.from_json(v) for v in told] for key, told in answers.items()}
    ).counts

    wanted = shared.figures(theirs)
    assert {"articles": ours["articles"], "visits": ours["visits"]} | figures(ours) == pytest.approx(
        wanted, abs=0, rel=1e-12, nan_ok=True
    )


@pytest.mark.skipif(not SHARED.exists(), reason="the shared evaluation is not beside this checkout")
@given(
    cases=st.lists(
        st.tuples(st.lists(annotated_visits, max_size=3), st.lists(answered_visits, max_size=4)),
        min_size=1,
        max_size=4,
    )
)
def test_figures_are_those_of_the_shared_evaluation(
    cases: list[tuple[list[dict[str, Any]], list[dict[str, Any]]]],
) -> None:
    golds = [
        article(*visits, text="위성곤 의원은 Putin") | {"id": str(n)} for n, (visits, _) in enumerate(cases)
    ]

    same_figures(golds, {str(n): answers for n, (_, answers) in enumerate(cases)})


@pytest.mark.skipif(not SHARED.exists(), reason="the shared evaluation is not beside this checkout")
def test_figures_are_those_of_the_shared_evaluation_where_everything_agrees_or_nothing_does() -> None:
    same_figures([article(TO_KOREA)], {"a": [answer()]})
    same_figures([article(TO_KOREA)], {"a": []})
    same_figures([article()], {"a": [answer()]})
    same_figures([article(TO_KOREA, TO_KOREA | {"scope": "domestic"})], {"a": [answer(), answer()]})
