"""A calendar day in a line of text, in any language whose month names CLDR has. Two-sided forms (3/4/2026) are no date."""

import datetime as dt
import re
import unicodedata
from functools import cache

from pressfold.ingest.lexicon import key
from pressfold.language import Tag, locale

_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_EAST = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4})(?!\d)")
_WORDS = re.compile(r"[^\W\d_]+(?:\.|(?=\W|$))|\d+")
# CLDR has one set of Arabic month names; the Levant and the Maghreb write others. Case endings that CLDR has not, too.
_MORE = {
    "ar": (
        "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول",
        "جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية|أوت|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
    ),
}


@cache
def _months(language: Tag) -> dict[str, int]:
    found: dict[str, int] = {}
    for tag in (language, Tag("en")):
        months = locale(tag).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    folded = key(str(name))
                    if len(folded) > 1 and not folded.isdecimal():
                        found.setdefault(folded, int(number))
    for names in _MORE.get(language, ()):
        for number, name in enumerate(names.split("|"), 1):
            found.setdefault(key(name), number)
    return found


def find_day(text: str, language: Tag) -> dt.date | None:
    """The first whole date (day, month and year) in a line."""
    plain = "".join(str(unicodedata.decimal(ch)) if ch.isdecimal() else ch for ch in text)
    for pattern in (_ISO, _EAST):
        if match := pattern.search(plain):
            return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DOTTED.search(plain):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if match[2] == "." or first > 12 or first == second:
            return _day(year, second, first)
        return _day(year, first, second) if second > 12 else None
    return _worded(plain, _months(language))


def _worded(text: str, months: dict[str, int]) -> dt.date | None:
    """18 February 2026, February 18, 2026, 18 de febrero de 2026, 18. Februar 2026."""
    words = [key(word) for word in _WORDS.findall(text)]
    for at in range(len(words)):
        for span in (2, 1):
            month = months.get(" ".join(words[at : at + span]))
            if month is None:
                continue
            before = [int(w) for w in words[max(0, at - 2) : at] if w.isdecimal() and int(w) <= 31]
            after = [int(w) for w in words[at + span : at + span + 3] if w.isdecimal()]
            years = [n for n in after if 1900 <= n <= 2100]
            days = before[-1:] or [n for n in after if 1 <= n <= 31]
            if years and days:
                return _day(years[0], month, days[0])
            break
    return None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None
