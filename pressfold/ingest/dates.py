"""A calendar day in a line of text, in any language whose month names CLDR has.

3/4/2026 is a date where the language has one way to read it, and none in English.
"""

import datetime as dt
import re
import unicodedata
from functools import cache

from pressfold.ingest.lexicon import WORD, every, key
from pressfold.language import Tag, locale

CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)")  # a time of day
YEAR_OR_CLOCK = re.compile(rf"\b(?:19|20)\d\d\b|{CLOCK.pattern}")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.]\s?(\d{1,2})[-/.]\s?(\d{1,2})(?!\d)")
_EAST = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_ERA = re.compile(r"(令和|平成|昭和)\s?(元|\d{1,2})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_BEFORE = {"令和": 2018, "平成": 1988, "昭和": 1925}  # the year before the first of an era
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4})(?!\d)")
_SHORT = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{2})(?=[\s,|·–-]+\d{1,2}[:.]\d{2})")  # 05.02.25 10:22
# Which of a day and a month stands first is the same in all countries of these languages; English has both ways.
_SLASHED = re.compile(r"(?<![\d-])(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?![\d-])")
_TIME = re.compile(
    r"(?:[^\W\d_]{1,5}\s?)?(?<!\d)\d{1,2}\s?(?:[:h.時时]\s?\d{2}(?:[:m分]?\d{0,2})?|h)\s?(?:분|分|uhr|h|hs|hrs|godz)?\s?(?:[ap]\.?m\.?|น\.?)?",
    re.IGNORECASE,
)
_CLOCKED = re.compile(r"(?<!\d)\d{1,2}:\s?\d{2}(?!\d)")  # 12:20pm Jan 7: of the seventh, not of the twentieth
_ZONE = re.compile(
    r"(?<![\w])\(?(?:[A-Z]{2,4}T|ET|GMT|UTC|МСК|MEZ|MESZ|WIB|WITA|WIT|بتوقيت\s\S+)(?:[+-]\d{1,2})?\)?(?![\w])|"
    r"(?<!\S)[صم](?!\S)"  # Arabic for a.m. and p.m.
)
_SOLAR = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
# CLDR has one set of Arabic month names; the Levant and the Maghreb write others. Other papers spell or shorten them so.
_MORE = {
    "ar": (
        "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول",
        "جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية|أوت|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
        "يناير|فبراير|مارس|أبريل|ماي|يونيو|يوليوز|غشت|شتنبر|أكتوبر|نونبر|دجنبر",
    ),
    "bn": ("জানুয়ারি|ফেব্রুয়ারি|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর",),
    "hi": ("जनवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितम्बर|अक्टूबर|नवम्बर|दिसम्बर",),
    "bg": ("яну|фев|мар|апр|май|юни|юли|авг|сеп|окт|ное|дек",),
}


_ALSO = {"sr": (Tag("sr-Latn"),)}  # the other script of a language that has two
_BUDDHIST = 543  # years that Thai calendars are ahead


@cache
def _months(language: Tag) -> dict[str, int]:
    found: dict[str, int] = {}
    for tag in (language, *_ALSO.get(language, ()), Tag("en")):
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


@cache
def _weekdays(language: Tag) -> frozenset[str]:
    names = [
        str(name)
        for tag in (language, *_ALSO.get(language, ()), Tag("en"))
        for width in ("wide", "abbreviated")
        for name in locale(tag).days["format"][width].values()
    ]
    return frozenset(key(name) for name in names)


@cache
def _day_first(language: Tag) -> bool:
    """Whether 3/4/2026 can only be the third of April in a language."""
    return language != "en" and str(locale(language).date_formats["short"].pattern).lstrip("\u200e\u200f").startswith(
        "d"
    )


def find_day(text: str, language: Tag) -> dt.date | None:
    """The first whole date (day, month and year) in a line."""
    taken = take_day(text, language)
    return taken[0] if taken else None


def western(text: str) -> str:
    """A text with its digits as the Latin script writes them."""
    return "".join(str(unicodedata.decimal(ch)) if ch.isdecimal() else ch for ch in text)


def take_day(text: str, language: Tag) -> tuple[dt.date, str] | None:
    """(the first whole date of a line, what the line says besides its dates, times and weekdays)."""
    if not re.search(r"\d", text):
        return None
    plain = western(text)
    found = _numeric(plain) or _slashed(plain, language) or _worded(plain, language)
    if not found:
        return None
    day, start, end = found
    rest = f"{plain[:start]} {plain[end:]}"
    rest = _ZONE.sub(" ", _TIME.sub(" ", _SHORTEST.sub(_agency, rest)))
    return day, " ".join(_without_weekdays(rest.split(), language))


def _without_weekdays(words: list[str], language: Tag) -> list[str]:
    """The words, and the dashes between them; Hebrew and Vietnamese need two words for a day of the week."""
    weekdays = _weekdays(language)
    kept: list[str] = []
    for word in words:
        if kept and key(f"{kept[-1]} {word}") in weekdays:
            kept.pop()
        elif word in "–—-|" or (key(word) and key(word) not in weekdays):
            kept.append(word)
    return kept


_SHORTEST = re.compile(r"\(([^()]{1,4})\)")  # a weekday, a half of the day


def _agency(bracket: re.Match[str]) -> str:
    return bracket[0] if key(bracket[1]) in every("agency") else " "


def _numeric(text: str) -> tuple[dt.date, int, int] | None:
    for pattern in (_ISO, _EAST):
        if match := pattern.search(text):
            day = _day(int(match[1]), int(match[2]), int(match[3]))
            return (day, *match.span()) if day else None
    if match := _ERA.search(text):
        year = 1 if match[2] == "元" else int(match[2])
        day = _day(_BEFORE[match[1]] + year, int(match[3]), int(match[4]))
        return (day, *match.span()) if day else None
    if match := _SHORT.search(text):
        day = _day(2000 + int(match[3]), int(match[2]), int(match[1]))
        return (day, *match.span(0)) if day else None
    if match := _DOTTED.search(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if match[2] == "." or first > 12 or first == second:
            day = _day(year, second, first)
        else:
            day = _day(year, first, second) if second > 12 else None
        return (day, *match.span()) if day else None
    return None


def _slashed(text: str, language: Tag) -> tuple[dt.date, int, int] | None:
    match = _SLASHED.search(text) if _day_first(language) else None
    day = _day(int(match[4]), int(match[3]), int(match[1])) if match else None
    return (day, *match.span()) if match and day else None


def _worded(text: str, language: Tag) -> tuple[dt.date, int, int] | None:
    """18 February 2026, February 18, 2026, 18 de febrero de 2026, 2026. február 18., ۲۲ دی ۱۴۰۴."""
    months = _months(language)
    text = _CLOCKED.sub(lambda clock: "_" * len(clock[0]), text)
    spans = [match.span() for match in WORD.finditer(text)]
    words = [key(text[start:end]) for start, end in spans]
    for at in range(len(words)):
        for span in (2, 1):
            name = " ".join(words[at : at + span])
            solar = language == "fa" and name in _SOLAR
            month = _SOLAR.index(name) + 1 if solar else months.get(name)
            if month is None and name[:1] == "ב":
                month = months.get(name[1:])  # Hebrew writes the preposition onto the name
            if month is None or (name in _weekdays(language) and months.keys() & set(words[at + 1 : at + 4])):
                continue  # no month, or a day of the week before one: mar 29 octubre 2024
            near = [n for n in (*range(at - 1, at - 3, -1), *range(at + span, at + span + 3)) if 0 <= n < len(words)]
            numbers = {n: int(digits[0]) for n in near if (digits := re.match(r"\d{1,4}(?!\d)", words[n]))}
            if language == "th":
                numbers = {n: number - _BUDDHIST if number > 2400 else number for n, number in numbers.items()}
            years = [n for n in numbers if (1300 <= numbers[n] <= 1500 if solar else 1900 <= numbers[n] <= 2100)]
            days = [n for n in numbers if 1 <= numbers[n] <= 31]
            if years and days:
                used = [at, at + span - 1, years[-1], days[0]]
                make = _solar_day if solar else _day
                day = make(numbers[years[-1]], month, numbers[days[0]])
                return (day, spans[min(used)][0], spans[max(used)][1]) if day else None
            break
    return None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def _solar_day(year: int, month: int, day: int) -> dt.date | None:
    """A day of the Iranian calendar: the 33-year rule of leap years, which holds from 1304 to 1472."""
    if not (1304 <= year <= 1472 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    leaps = sum((n % 33) in (1, 5, 9, 13, 17, 22, 26, 30) for n in range(1, year))
    days = 365 * (year - 1) + leaps + (31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)) + day - 1
    return dt.date(622, 3, 21) + dt.timedelta(days=days)
