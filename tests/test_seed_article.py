"""The article that started it all: an Indonesian report of an announced trip, read on 17 June 2024.

Its words here are our own; what it tells, and the wrong weekday in it, is what the report told.
"""

import datetime as dt

from digest.explain import explain
from digest.facts import Article, Kind, Salience, Status, Visit
from digest.reading import read

TEXT = """\
Presiden Rusia Vladimir Putin akan berkunjung ke Korea Utara untuk menemui Kim Jong Un, Selasa (16/6/2024). \
Lawatan itu oleh Kremlin disebut bertujuan "mempererat persahabatan".
Barat menduga Pyongyang memasok senjata ke Moskow, dugaan yang disangkal keduanya. Menurut pengamat, Putin \
berkunjung ke Korea Utara dalam rangka mencari amunisi bagi perang yang ia kobarkan sejak Februari 2022.
Lawatan itu terjadi sembilan bulan setelah Putin menyambut Kim Jong Un dalam perjalanan langka ke Timur Jauh \
Rusia. Kremlin menambahkan, sesudah itu Putin akan melakukan perjalanan ke Vietnam.
Washington dan Seoul menuding Rusia membantu program satelit Korea Utara. Seoul mengumumkan sanksi terhadap \
sejumlah warga Rusia dan Korea Utara. Putin dan Kim Jong Un sudah pernah bertemu dan saling memberi hadiah.
"""


def _visits() -> dict[tuple[str | None, str], Visit]:
    reading = read(Article(text=TEXT, published_at=dt.date(2024, 6, 17)))
    assert reading.language == "id"
    return {(visit.visitors[0].name, visit.country): visit for visit in reading.visits}


def test_three_trips_and_nothing_else() -> None:
    """Putin to North Korea and Vietnam, Kim to Russia; sanctions, gifts and accusations are no trips."""
    assert set(_visits()) == {
        ("Vladimir Putin", "KP"),
        ("Kim Jong Un", "RU"),
        ("Vladimir Putin", "VN"),
    }


def test_the_announced_trip_keeps_both_dates() -> None:
    """The 16th was a Sunday; an announcement of the 17th means the Tuesday, and says that it is in doubt."""
    visit = _visits()["Vladimir Putin", "KP"]

    assert str(visit.start) == "2024-06-18"
    assert visit.date_conflict
    assert [str(day) for day in visit.start_alternatives] == ["2024-06-16"]
    assert visit.status is Status.PLANNED
    assert visit.salience is Salience.HEADLINE
    assert [host.name for host in visit.hosts] == ["Kim Jong Un"]
    assert visit.purpose == "mempererat persahabatan"


def test_the_next_stop_has_no_invented_date() -> None:
    """Vietnam comes after North Korea: planned, no date, and it knows the stop before it."""
    visits = _visits()
    vietnam = visits["Vladimir Putin", "VN"]

    assert (vietnam.status, vietnam.start, vietnam.end, vietnam.kind) == (
        Status.PLANNED,
        None,
        None,
        Kind.UNKNOWN,
    )
    assert list(visits.values())[vietnam.follows or 0] is visits["Vladimir Putin", "KP"]


def test_the_trip_that_is_history_is_background() -> None:
    """Nine months before: Kim Jong Un in the Russian Far East, received by Putin."""
    visit = _visits()["Kim Jong Un", "RU"]

    assert str(visit.start) == "2023-09"
    assert visit.status is Status.COMPLETED
    assert visit.salience is Salience.BACKGROUND
    assert [place.place for place in visit.destinations] == ["Russian Far East"]
    assert [host.name for host in visit.hosts] == ["Vladimir Putin"]


def test_every_visit_shows_its_sentence_and_rule() -> None:
    """Evidence is a span of the article, and the rule names the pack."""
    for visit in _visits().values():
        assert TEXT[visit.evidence.start : visit.evidence.end] == visit.evidence.text
        assert visit.rule.startswith("id/")


def test_the_derivation_can_be_shown() -> None:
    """`explain` names triggers, candidates with scores, and the two readings of the date."""
    lines = "\n".join(explain(Article(text=TEXT, published_at=dt.date(2024, 6, 17))))

    assert "trigger 'berkunjung'" in lines
    assert "visitor Vladimir Putin: " in lines
    assert "2024-06-16 (weekday and date disagree)" in lines
