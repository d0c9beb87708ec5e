"""Reading the times that feeds give; what is not surely understood is None.

Pure: `now` is an argument. feedparser's own times are not used: it reads "2024년 6월 18일" and
"2016/6/29" as 1 November, and takes zones that it does not know ("KST", "WIB") for UTC.
"""

import datetime as dt
import re

__all__ = ["read_feed_time"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = re.compile(
    r"jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?"
    r"|nov(ember)?|dec(ember)?"
)
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
_ZONE = r"(?P<zone>[+-]\d\d:?\d\d|[a-z]{1,5}(?:[+-]\d\d:?\d\d)?)?"
#: RFC 822 as RSS has it: "Tue, 18 Jun 2024 02:30:00 +0900".
_RFC_822 = re.compile(
    rf"(?:[a-z]{{3,9}},?\s+)?(?P<day>\d{{1,2}})[ -](?P<month>[a-z]{{3,9}})[ -](?P<year>\d{{4}}|\d\d)"
    rf"(?:\s+{_CLOCK}\s*{_ZONE})?"
)
#: ISO 8601 as Atom and JSON Feed have it, also with a space for the T.
_ISO_8601 = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)(?:(?:t|\s+){_CLOCK}\s*{_ZONE})?")
#: Hours from UTC of the zone names that mean one thing only (or, as "EST", that RFC 822 defines).
_ZONE_HOURS = {
    "": 0, "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "cet": 1, "cest": 2, "met": 1, "mest": 2,
    "eet": 2, "eest": 3, "msk": 3, "trt": 3, "wib": 7, "ict": 7, "wita": 8, "sgt": 8, "myt": 8, "hkt": 8,
    "wit": 9, "kst": 9, "jst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
#: Nobody publishes before the web did, nor later than any clock on Earth shows, with a day for bad clocks.
_FIRST_YEAR = 1990
_MAX_AHEAD = dt.timedelta(days=2)


def read_feed_time(text: object, now: dt.datetime) -> dt.datetime | None:
    """The time, or None where the text is no time, or not one an article can have at `now`.

    It keeps the feed's own distance from UTC: what an article calls "today" is the day there.
    """
    if not isinstance(text, str):
        return None
    text = text.strip().lower()
    match = _ISO_8601.fullmatch(text) or _RFC_822.fullmatch(text)
    if match is None:
        return None
    month, offset = _month(match["month"]), _offset(match["zone"] or "")
    if month is None or offset is None:
        return None
    try:
        local = dt.datetime(
            _year(match["year"]),
            month,
            int(match["day"]),
            int(match["hour"] or 0),
            int(match["minute"] or 0),
            min(int(match["second"] or 0), 59),  # a leap second is written :60
            tzinfo=dt.timezone(offset),
        )
        local.astimezone(dt.UTC)  # refuses a time whose day lies outside the calendar there
    except (ValueError, OverflowError):
        return None
    return local if local.year >= _FIRST_YEAR and local <= now + _MAX_AHEAD else None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 2:
        year += 1900 if year >= 90 else 2000
    return year


def _month(text: str) -> int | None:
    """The month's number; names in other languages than English ("Mei", "Juni") are not read."""
    if text.isdigit():
        return int(text)
    return _MONTHS.index(text[:3]) + 1 if _MONTH_NAMES.fullmatch(text) else None


def _offset(zone: str) -> dt.timedelta | None:
    """The zone's distance from UTC: "+0900", "gmt+09:00", "kst"."""
    name, sign, digits = re.fullmatch(r"([a-z]*)([+-]?)([\d:]*)", zone).groups()  # type: ignore[union-attr]
    if name not in _ZONE_HOURS:
        return None
    hours = _ZONE_HOURS[name]
    if not sign:
        return dt.timedelta(hours=hours)
    if hours:
        return None
    digits = digits.replace(":", "")
    distance = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if distance >= dt.timedelta(hours=15):
        return None
    return distance if sign == "+" else -distance
