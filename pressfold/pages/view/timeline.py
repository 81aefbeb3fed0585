"""Views of articles over time, as pictures of bounded size and as tables."""

from pressfold.pages.view import Link, View


class Bar(View, frozen=True):
    """Some articles of a period, in the units of a picture: the middle of the foot, counted from the left and from above."""

    x: int
    y: int
    height: int


class Series(View, frozen=True):
    """The articles in one language, through all periods; `language` is empty for all the other languages together."""

    language: str  # its name, in the page's language
    count: int
    bars: tuple[Bar, ...]


class Period(View, frozen=True):
    """A month, quarter or year that has articles, and how many in each of the series; a month leads to its page."""

    link: Link
    count: int
    counts: tuple[int, ...]


class Mark(View, frozen=True):
    """A word beside a picture: for a line of the grid in units from above, for a time in hundredths of the width."""

    at: float
    text: str


class Timeline(View, frozen=True):
    """A company's articles by time and language, as a picture and as a table; time runs as the page is read.

    The picture is as many times two units wide as it has periods.
    """

    unit: str  # month, quarter or year
    length: int  # how many periods there are between its ends
    height: int
    count: int
    first: Link
    last: Link
    peak: Link | None  # the period with the most articles; None where several have as many
    most: int  # how many these are
    periods: tuple[Period, ...]  # newest first
    series: tuple[Series, ...]  # from below, the largest first
    lines: tuple[Mark, ...]
    months: tuple[Mark, ...]  # empty where the years alone are named
    years: tuple[Mark, ...]


class Scale(View, frozen=True):
    """What the pictures in a list have in common, so that they can be compared."""

    unit: str  # month, quarter or year
    length: int  # how many periods each picture is wide
    height: int
    first: Link
    last: Link
    most: int  # how many articles the whole height is


class Step(View, frozen=True):
    """Periods that follow each other and are as high, from left to right."""

    width: int
    height: int
