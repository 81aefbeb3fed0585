"""Articles over time, as pictures of bounded size and in words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from pressfold.language import Tag, direction, name
from pressfold.pages.address import company_address
from pressfold.pages.calendar import period_name, short_month
from pressfold.pages.columns import HEIGHT, LOW, lines, outline, share, stacked
from pressfold.pages.frame import Site, month_link
from pressfold.pages.span import Span, span
from pressfold.pages.view import Link
from pressfold.pages.view.timeline import Mark, Period, Scale, Series, Step, Timeline

LEAST = 3  # articles, in two periods: of fewer a picture says nothing
SERIES = 6  # languages that are told apart; of more than these the last stands for all that are left
YEAR = 12
MONTHS, YEARS = 6, 7  # for the names of so many there is room below a picture, on a phone too


def timeline(site: Site, slug: str) -> Timeline | None:
    """A company's articles; None where there are too few for a picture."""
    counts = site.catalog.spread(f"company/{slug}")
    found = span([month for month, _ in counts])
    tongues, columns = by_language(found, counts)
    totals = [sum(column) for column in columns]
    if sum(totals) < LEAST or sum(map(bool, totals)) < 2:
        return None
    lang, most = site.config.language, max(totals)
    months, years = _axis(found, lang)
    return Timeline(
        unit=found.unit,
        length=found.length,
        height=HEIGHT,
        count=sum(totals),
        first=_link(found, 0, lang),
        last=_link(found, found.length - 1, lang),
        peak=_link(found, totals.index(most), lang) if totals.count(most) == 1 else None,
        most=most,
        periods=tuple(_periods(found, columns, lang, company_address(slug))),
        series=tuple(_series(tongues, columns, lang)),
        lines=lines(most),
        months=months,
        years=years,
    )


def _periods(found: Span, columns: Sequence[tuple[int, ...]], lang: Tag, folder: str) -> Iterator[Period]:
    """Those that have articles, newest first."""
    for place, counts in reversed([*enumerate(columns)]):
        if any(counts):
            yield Period(link=_link(found, place, lang, folder), count=sum(counts), counts=counts)


def _series(tongues: Sequence[str], columns: Sequence[tuple[int, ...]], lang: Tag) -> Iterator[Series]:
    """The articles in each language through all periods, and their bars."""
    rows = zip(*columns, strict=True)
    for tag, row, bars in zip(tongues, rows, stacked(columns, turned(lang)), strict=True):
        yield Series(language=name(Tag(tag), lang) if tag else "", count=sum(row), bars=bars)


def outlines(site: Site) -> tuple[Scale | None, Mapping[str, tuple[Step, ...]]]:
    """(what the pictures of all companies have in common, the outline of each); none where all is of one month."""
    lang, counts = site.config.language, site.catalog.months_of("company")
    months = {month for counted in counts.values() for month in counted}
    if len(months) < 2:
        return None, {}
    found = span(months)
    rows = {slug: _row(found, counted.items()) for slug, counted in counts.items()}
    most = max(map(max, rows.values()))
    scale = Scale(
        unit=found.unit,
        length=found.length,
        height=LOW,
        first=_link(found, 0, lang),
        last=_link(found, found.length - 1, lang),
        most=most,
    )
    return scale, {slug: outline(row, most, turned(lang)) for slug, row in rows.items()}


def by_language(found: Span, counts: Mapping[tuple[str, str], int]) -> tuple[list[str], list[tuple[int, ...]]]:
    """(languages, the largest first, and the last one empty where it stands for all others; of each period the counts)."""
    placed = {key: count for key, count in counts.items() if found.place(key[0]) >= 0}
    sizes = Counter[str]()
    for (_, tag), count in placed.items():
        sizes[tag] += count
    tongues = sorted(sizes, key=lambda tag: (-sizes[tag], tag))
    if len(tongues) > SERIES:
        tongues = [*tongues[: SERIES - 1], ""]
    rows: dict[str, list[tuple[str, int]]] = {tag: [] for tag in tongues}
    for (month, tag), count in placed.items():
        rows[tag if tag in rows else ""].append((month, count))
    return tongues, list(zip(*(_row(found, row) for row in rows.values()), strict=True))


def _row(found: Span, counts: Iterable[tuple[str, int]]) -> list[int]:
    """How many there are in each period."""
    row = [0] * found.length
    for month, count in counts:
        if found.place(month) >= 0:
            row[found.place(month)] += count
    return row


def _axis(found: Span, lang: Tag) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """(the names of months, of years): months where it is a year at most, in the middle of columns; else years alone."""
    turns = [place for place in range(found.length) if found.begins(place).endswith("-01")]
    if found.unit != "month" or found.length > YEAR:
        years = _apart(turns, -(-found.length // YEARS))
        return (), tuple(_mark(found, place, 0, lang, partial(period_name, "year")) for place in years)
    step = -(-found.length // MONTHS)
    named = range(turns[0] % step if turns else 0, found.length, step)
    years = [place for place in named if place == named[0] or place in turns]
    return (
        tuple(_mark(found, place, 0.5, lang, short_month) for place in named),
        tuple(_mark(found, place, 0.5, lang, partial(period_name, "year")) for place in years),
    )


def _mark(found: Span, place: int, within: float, lang: Tag, word: Callable[[str, Tag], str]) -> Mark:
    return Mark(at=share(place + within, found.length, turned(lang)), text=word(found.begins(place), lang))


def _apart(turns: Sequence[int], room: int) -> list[int]:
    """Where years are named: where they begin, each far enough from the one before; the first one if the next is."""
    places = [0] if not turns or turns[0] >= room else []
    for place in turns:
        if not places or place - places[-1] >= room:
            places.append(place)
    return places


def turned(lang: Tag) -> bool:
    """Whether a page in a language, and time on it, runs from right to left."""
    return direction(lang) == "rtl"


def _link(found: Span, place: int, lang: Tag, folder: str = "") -> Link:
    """A period by its name; a month below a folder by its page there."""
    if folder and found.unit == "month":
        return month_link(folder, found.begins(place), lang)
    return Link(text=found.name(place, lang), lang=lang, dir=direction(lang))
