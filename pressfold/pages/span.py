"""A stretch of time as at most 36 periods: months, quarters or years."""

from collections.abc import Collection

import msgspec

from pressfold.language import Tag
from pressfold.pages.calendar import period_name

MOST = 36  # periods: three years of months, nine of quarters, else years
SIZES = {"month": 1, "quarter": 3, "year": 12}  # in months


class Span(msgspec.Struct, frozen=True):
    """Periods of one kind without a gap between them; `first` is the first one's number, counted from the year 0."""

    unit: str
    first: int
    length: int

    def place(self, month: str) -> int:
        """Which of the periods a month lies in; less than 0 where it lies before them all."""
        return _number(month) // SIZES[self.unit] - self.first

    def begins(self, place: int) -> str:
        """The month with which a period begins."""
        year, month = divmod((self.first + place) * SIZES[self.unit], 12)
        return f"{year:04}-{month + 1:02}"

    def name(self, place: int, lang: Tag) -> str:
        """A period in the words of a language, as they stand within a sentence."""
        return period_name(self.unit, self.begins(place), lang)


def span(months: Collection[str]) -> Span:
    """From the first of some months to the last, in the shortest periods of which 36 are enough; at most 36 years."""
    first, last = _number(min(months)), _number(max(months))
    unit = next((unit for unit, size in SIZES.items() if last // size - first // size < MOST), "year")
    end = last // SIZES[unit]
    begin = max(first // SIZES[unit], end - MOST + 1)
    return Span(unit, begin, end - begin + 1)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1
