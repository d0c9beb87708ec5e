"""How long `/brief korea` takes over a million articles, against bare SQLite queries for the same rows.

The queries are those that somebody would write who knew the tables and the names, and nothing else: the
reports of the trips by the index of countries, the headlines by the indexes of words, as plain tuples.
Both sides run in turn in one process.
"""

import contextlib
import datetime as dt
import itertools
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bench.rows import Row
from bot.adapters.sqlite_store import SqliteStore
from bot.adapters.store_codec import to_moment, to_text
from bot.adapters.store_reports import country_key
from bot.adapters.store_words import short_words, words_in_titles
from bot.commands import Access, House, brief
from bot.findings import find
from bot.model import Feed
from bot.topic_reading import understand
from digest.facts import Destination, Kind, PartialDate, Party, Salience, Span, Status, Visit
from digest.folding import folded
from digest.travellers import keys_of
from digest.trips import Report
from digest.world import Person, load_world

ARTICLES = 1_000_000
#: One article in so many reports a visit, and so many reports tell of one trip.
REPORTING = 10
REPORTS_OF_A_TRIP = 4
DAYS = 730
FEEDS = 60
ROUNDS = 15
TARGET = 5
NOW = dt.datetime(2024, 6, 18, 7, 30, tzinfo=dt.UTC)
LOOKBACK = dt.timedelta(days=30)
TOPIC = "korea"

_LANGUAGES = ("en", "en", "ko", "zh")
#: Subjects, verbs and objects of headlines.
_WORDS = {
    "en": (
        ("Ministers in", "Traders in", "Farmers of", "Athletes from", "Doctors in", "Students of"),
        ("discuss", "reject", "welcome", "await", "question", "celebrate"),
        ("new rules", "higher prices", "a late spring", "two strikes", "the final", "a merger"),
    ),
    "ko": (
        ("장관들", "상인들", "농부들", "선수들", "의사들", "학생들"),
        ("논의한", "거부한", "환영한", "기다리는", "묻는", "축하한"),
        ("새 규칙", "오른 값", "늦은 봄", "두 파업", "결승전", "합병"),
    ),
    "zh": (
        ("部长们", "商人", "农民", "运动员", "医生", "学生"),
        ("讨论", "拒绝", "欢迎", "等待", "质疑", "庆祝"),
        ("新规定", "涨价", "晚春", "两场罢工", "决赛", "合并"),
    ),
}
_ARTICLE = """
    insert into articles (id, feed_url, canonical_link, link, title, folded_title, short_words, text,
        language, published_at, fetched_at, dated_at)
    values (?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?)
    """
_REPORTS = """
    select distinct r.id, r.trip_id, r.visit, r.received_at, a.title, a.link, a.language, a.published_at,
        f.name
    from trip_keys k join reports r on r.trip_id = k.trip_id
    join articles a on a.id = r.article_id join feeds f on f.url = a.feed_url
    where k.key in ('country:KP', 'country:KR') and k.last_on >= ? and k.first_on <= ?
    """
_HEADLINES = """
    select a.id, a.title, a.link, a.language, a.published_at, a.dated_at, f.name, f.settings
    from {index} join articles a on a.id = {index}.rowid join feeds f on f.url = a.feed_url
    where {index} match ? and a.dated_at >= ? and {index}.rowid >= ?
    and not exists (select 1 from reports r where r.article_id = a.id)
    order by {index}.rowid desc limit 500
    """


class _Now:
    """The clock of the briefing."""

    def now(self) -> dt.datetime:
        return NOW


def main() -> None:
    """Build, measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "attache.db"
        began = time.perf_counter()
        _build(path)
        built = time.perf_counter() - began
        _measure(path)
    print(Row(what="  building the database", measured=built, unit="s"))


def _measure(path: Path) -> None:
    """Ask in turn, and print how long it took.

    Raises:
        ValueError: The two sides find different rows.
    """
    house = House(access=Access(), world=load_world(), lookback=LOOKBACK)
    topic = understand(TOPIC, house.world, NOW, house.language)
    names = words_in_titles(topic.mentions[0].terms | {folded(topic.mentions[0].label)})
    with SqliteStore(path) as store, contextlib.closing(sqlite3.connect(path)) as bare:
        found = find(store, [topic], now=NOW, lookback=LOOKBACK)
        told = sum(len(trip.reports) for trip in found.trips) + len(found.headlines)
        if told != len(_bare_rows(bare, names)):
            raise ValueError(f"not the same rows: {told}, and {len(_bare_rows(bare, names))}")
        ours, theirs = _medians(lambda: brief(TOPIC, store, _Now(), house), lambda: _bare_rows(bare, names))
    what = f"/brief {TOPIC} over {ARTICLES} articles, against bare queries"
    print(Row(what=what, measured=ours / theirs, unit="x", at_most=TARGET))
    print(Row(what=f"  /brief {TOPIC}, {len(found.trips)} trips", measured=ours * 1000, unit="ms"))
    print(Row(what=f"  bare queries, {told} rows", measured=theirs * 1000, unit="ms"))


def _build(path: Path) -> None:
    """A database of the store's own making, filled in bulk."""
    with SqliteStore(path) as store:
        store.set_feeds([Feed(url=f"https://f{n}.example/rss", name=f"Outlet {n}") for n in range(FEEDS)])
    db = sqlite3.connect(path)
    db.executescript("pragma synchronous = off; pragma cache_size = -400000;")
    # The index of words is made at once at the end, and nothing is deleted meanwhile.
    for (trigger,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        db.execute(f"drop trigger [{trigger}]")
    chance = random.Random(18)  # noqa: S311 - the same database every time
    db.executemany(_ARTICLE, _articles(chance))
    for table, rows in _trips(chance).items():
        places = ", ".join("?" * len(rows[0]))
        db.executemany(f"insert into {table} values ({places})", rows)  # noqa: S608 - constants
    for table in ("articles_fts", "articles_short"):
        db.execute(f"insert into {table}({table}) values ('rebuild')")  # noqa: S608 - constants
    db.commit()
    db.close()


def _day_of(article: int) -> dt.datetime:
    """When an article came: they come evenly, the last of them now."""
    return NOW - dt.timedelta(days=DAYS) * ((ARTICLES - article) / ARTICLES)


def _articles(chance: random.Random) -> Iterator[tuple[object, ...]]:
    """Rows of articles in three languages, two of which write short words."""
    names = [(code, country) for code, country in load_world().countries.items()]
    for article in range(1, ARTICLES + 1):
        language = chance.choice(_LANGUAGES)
        subjects, verbs, objects = _WORDS[language]
        _, country = chance.choice(names)
        title = " ".join(
            (chance.choice(subjects), country.name(language), chance.choice(verbs), chance.choice(objects))
        )
        key = folded(title)
        at, link = to_moment(_day_of(article)), f"https://f{article % FEEDS}.example/{article}"
        feed = f"https://f{article % FEEDS}.example/rss"
        yield article, feed, link, link, title, key, short_words(key), language, at, at, at


def _trips(chance: random.Random) -> dict[str, list[tuple[object, ...]]]:
    """Rows of trips, their keys and their reports, by table and columns."""
    world = load_world()
    leaders = [person for person in world.people if person.terms[-1].country]
    codes = list(world.countries)
    trips: list[tuple[object, ...]] = []
    trip_keys: list[tuple[object, ...]] = []
    reports: list[tuple[object, ...]] = []
    reporting = iter(range(REPORTING, ARTICLES + 1, REPORTING))
    while articles := list(itertools.islice(reporting, REPORTS_OF_A_TRIP)):
        person, goal = chance.choice(leaders), chance.choice(codes)
        start = _day_of(articles[0]).date() + dt.timedelta(days=chance.randrange(-2, 10))
        report = _report(articles[0], person, goal, start)
        parties = {party.country for party in report.visit.visitors if party.country}
        keys = keys_of(report, world) | {country_key(code) for code in {goal, *parties}}
        trips.append((report.id, start.isoformat(), start.isoformat()))
        trip_keys += [(key, report.id, start.isoformat(), start.isoformat()) for key in keys]
        text = to_text(report.visit)
        reports += [(f"{a}.0", a, report.id, text, to_moment(_day_of(a))) for a in articles]
    return {
        "trips (id, first_on, last_on)": trips,
        "trip_keys (key, trip_id, first_on, last_on)": trip_keys,
        "reports (id, article_id, trip_id, visit, received_at)": reports,
    }


def _report(article: int, person: Person, goal: str, start: dt.date) -> Report:
    """An article's report of a visit."""
    term = person.terms[-1]
    day = PartialDate(start.year, start.month, start.day)
    visit = Visit(
        visitors=(Party(name=person.name, country=term.country, role=term.role),),
        destinations=(Destination(country=goal),),
        start=day,
        end=day,
        status=Status.PLANNED,
        kind=Kind.OFFICIAL,
        purpose="talks on trade",
        salience=Salience.HEADLINE,
        evidence=Span(0, 30, "They will hold talks on trade."),
        rule="en/visit/visit",
        confidence=0.9,
    )
    return Report(
        id=f"{article}.0",
        visit=visit,
        outlet="",
        url=None,
        language="en",
        title="",
        published_at=None,
        received_at=_day_of(article),
        article_id=str(article),
    )


def _bare_rows(db: sqlite3.Connection, names: Mapping[str, str]) -> list[tuple[object, ...]]:
    """The reports of trips from and to the two Koreas, and the headlines with one of their names.

    Args:
        db: The database.
        names: What to look for in each index of words.
    """
    day = NOW.replace(hour=0, minute=0)
    since, until = day - LOOKBACK - dt.timedelta(days=1), day + dt.timedelta(days=1001)
    rows = db.execute(_REPORTS, (since.date().isoformat(), until.date().isoformat())).fetchall()
    # They came evenly, so it is known which is the first of the window.
    first = ARTICLES - int(ARTICLES * ((NOW - since) / dt.timedelta(days=DAYS)))
    for index, match in names.items():
        rows += db.execute(_HEADLINES.format(index=index), (match, to_moment(since), first)).fetchall()
    return rows


def _medians(*jobs: Callable[[], object]) -> list[float]:
    """Seconds a job, each the median of rounds in which the jobs take turns; the first round warms up."""
    taken: list[list[float]] = [[] for _ in jobs]
    for _ in range(ROUNDS + 1):
        for job, times in zip(jobs, taken, strict=True):
            began = time.perf_counter()
            job()
            times.append(time.perf_counter() - began)
    return [statistics.median(times[1:]) for times in taken]


if __name__ == "__main__":
    main()
