"""Dates and moments, read and written in ISO 8601. The clock is never read here: time is an argument."""

import datetime as dt
import re
from typing import TypeVar

Day = dt.date | dt.datetime  # a calendar day, or an aware moment where the hour is known
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def parse_day(text: str) -> Day:
    """A day `2026-02-11` or an aware moment. Raises ValueError with what is wrong."""
    if _DAY.fullmatch(text):
        return in_range(dt.date.fromisoformat(text))
    return parse_moment(text)


def parse_moment(text: str) -> dt.datetime:
    """A moment with its offset, to the second. Raises ValueError with what is wrong."""
    moment = dt.datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        raise ValueError("the time has no offset")
    if moment.utcoffset() % dt.timedelta(minutes=1):  # type: ignore[operator]  # it is aware
        raise ValueError("the offset has seconds")
    return in_range(moment.replace(microsecond=0))


D = TypeVar("D", bound=dt.date)


def in_range(day: D) -> D:
    """Years of four digits that every time zone can show."""
    if not 1000 <= day.year <= 9998:
        raise ValueError("the year is out of range")
    return day


def iso(moment: Day) -> str:
    """The shortest ISO form; UTC ends in Z."""
    return moment.isoformat().replace("+00:00", "Z")


def day(moment: Day, zone: dt.tzinfo) -> dt.date:
    """The calendar day on which something happened, as the clocks of `zone` show it."""
    return moment.astimezone(zone).date() if isinstance(moment, dt.datetime) else moment


def start(moment: Day, zone: dt.tzinfo) -> dt.datetime:
    """The moment itself, or the first of the day in `zone`."""
    if isinstance(moment, dt.datetime):
        return moment
    return dt.datetime.combine(moment, dt.time.min, zone)
