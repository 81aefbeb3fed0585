"""Days, months and other periods in the words of a language, as CLDR has them."""

import datetime as dt
from functools import cache

from pressfold.language import Tag, locale, said
from pressfold.pages.view import Day

SKELETONS = {"month": "yMMMM", "quarter": "yQQQQ", "year": "y"}  # CLDR's


@cache
def shown_day(iso: str, lang: Tag) -> Day:
    """A day in the words of a language."""
    return Day(iso=iso, text=said(f"day {iso} {lang}", lambda: _day(iso, lang)))


def _day(iso: str, lang: Tag) -> str:
    from babel.dates import format_date

    return format_date(dt.date.fromisoformat(iso), "long", locale=locale(lang))


@cache
def month_name(month: str, lang: Tag) -> str:
    """`2026-02` as `February 2026`, in the words of a language."""
    return said(f"month {month} {lang}", lambda: _month(month, lang))


def _month(month: str, lang: Tag) -> str:
    written = _formatted(SKELETONS["month"], month, lang)
    return written[:1].upper() + written[1:]


@cache
def period_name(unit: str, month: str, lang: Tag) -> str:
    """`1st quarter 2026`: the period of a kind that begins with a month, in the words of a language."""
    return said(f"{unit} from {month} {lang}", lambda: _formatted(SKELETONS[unit], month, lang))


@cache
def short_month(month: str, lang: Tag) -> str:
    """`Feb` of `2026-02`, in the words of a language."""
    number = int(month[5:])
    # Not the form that stands alone: what Babel has for that depends on the languages that it was asked for before.
    return said(f"short {number} {lang}", lambda: str(locale(lang).months["format"]["abbreviated"][number]))


def _formatted(skeleton: str, month: str, lang: Tag) -> str:
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, dt.date(int(month[:4]), int(month[5:]), 1), locale=locale(lang))
