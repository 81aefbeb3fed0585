"""Where the article lies in a text: in a dump of a whole page it is the stretch that is richest in running text.

Menus, teasers, comments and notices stand round an article, and some of them are sentences too. A line of running text
is worth its words, any other line costs a few; of all stretches the one that is worth most is the article's.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import msgspec
from msgspec.structs import replace

from pressfold.ingest.buttons import is_section
from pressfold.ingest.dates import CLOCK
from pressfold.ingest.lines import Line
from pressfold.ingest.promotions import NO_HEADING
from pressfold.ingest.scripts import small
from pressfold.ingest.title import is_title

Roles = dict[int, str]

_COST = 8.0  # words of running text that a line of a menu, a teaser or a form is paid with
_INSIDE = 1.0  # what an item of a list, or a line that is known to be furniture, costs: articles hold both
_MOST = 60.0  # words that a single paragraph counts for, so that one long notice is no article
_PAGE = 12  # strange lines outside the stretch, from which a text is a whole page and not an article with its furniture
_NEAR = 6  # lines behind the stretch that are read as any article's end: a date, a byline, an attribution
_SENTENCE = re.compile(r"[.!?…。！？؟۔।][\"'”’»«“)\]』」›‹]*(?:\s|$)|[。！？]")


# What stands over the comments of readers, in one or two words of many languages, alone or with their number.
_TALK = re.compile(
    r"comment|kommentar|comentari|comentário|commenti|komentarz|komentář|komentar|komment|yorum|комментари|коментар|reacties|"
    r"reageer|reageren|diskus|diskuze|discussion|تعليق|دیدگاه|نظرات|תגוב|评论|評論|コメント|댓글|hozzászól|σχόλι|σχολι|bình luận|"
    r"ý kiến|精选留言|精選留言|"
    r"टिप्पणी|responses|antworten",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?<![\d$€£.,])\d{1,2}[:h]\d{2}\b|\bago\b|\bvor \d+ |\bil y a \d|\bhace \d|\b\d+ (?:ore|ساعة) ")
_BULK = 0.7  # of the running text stands before the readers' comments
_TALKERS = 3  # short lines with a time of day near each other, from which the end of a page is a thread of comments


class Bounds(msgspec.Struct, frozen=True):
    """The first and the last line of the article; `page` when the text is a dump, `share` of its running text is inside."""

    first: int
    last: int
    page: bool
    share: float


def bounds(rows: Sequence[Line], roles: Roles) -> Bounds:
    """The richest stretch of a text. In a text that is no whole page it goes from the first sentence to the last."""
    worth = [-_INSIDE if is_row(rows, at) else _worth(line, roles.get(at, "")) for at, line in enumerate(rows)]
    first, last = _richest(worth)
    spoken = [at for at, value in enumerate(worth) if value > 0]
    whole = sum(worth[at] for at in spoken)
    inside = sum(worth[at] for at in spoken if first <= at <= last)
    page = sum(worth[at] == -_COST for at in range(len(rows)) if not first <= at <= last) >= _PAGE
    if not page:
        first, last = (spoken[0], spoken[-1]) if spoken else (0, len(rows) - 1)
    return Bounds(first, last, page, inside / whole if whole else 0.0)


def trim(rows: Sequence[Line], roles: Roles) -> Bounds:
    """Take what stands round the article in a dump of a whole page for the page's."""
    found = bounds(rows, roles)
    if found.page:
        found = replace(found, last=_listed(rows, roles, found.last))
    for at in range(_comments(rows, roles), len(rows)):
        roles.setdefault(at, "page")
    if found.page:
        for at, line in enumerate(rows):
            outside = not found.first <= at <= found.last
            if at not in roles and outside and ((line.prose and not is_title(line)) or at > found.last + _NEAR):
                roles[at] = "page"
        for run in _teasers(rows, roles, found):
            roles.update(dict.fromkeys(run, "page"))
    return found


def _listed(rows: Sequence[Line], roles: Roles, last: int) -> int:
    """The last line of a list of numbers, days or places that stands right behind the text; else the text's last."""
    figures: list[int] = []
    for at in range(last + 1, len(rows)):
        if _FIGURE.match(rows[at].text) and not _DATED.search(rows[at].text) and not rows[at].prose:
            figures.append(at)
        elif (figures and at not in roles) or (not figures and at > last + _LED):
            break
    return figures[-1] if len(figures) >= _FIGURES else last


# A number, a day of a month; no whole date and no time of day, which stand beside headlines and comments.
_FIGURE = re.compile(r"\W{0,2}(?:\d{1,3}[.):]?|[^\W\d_]{3,10}\.? \d{1,2})\s+\S")
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[:h]\d{2}\b|\bago\b")
_SAID = re.compile(r"(?:[^:\d]{2,40}|(?:19|20)\d\d):\s[^:]{0,12}\d[^:]{0,30}$")  # Leeds: £3.38 a litre
_LED = 2  # lines between the text and its list: what leads in, a heading
_FIGURES = 4  # lines from which figures are a list


def _comments(rows: Sequence[Line], roles: Roles) -> int:
    """Where the comments of readers begin; the text's end where it has none."""
    worth = [max(_worth(line, roles.get(at, "")), 0.0) for at, line in enumerate(rows)]
    before = list(accumulate(worth))
    behind = [at for at in range(len(rows)) if before[at] >= _BULK * before[-1] and rows[at].words <= 6]
    heads = [at for at in behind if rows[at].words <= 4 and not rows[at].ends and _TALK.search(rows[at].text)]
    clocks = [at for at in behind if _CLOCK.search(rows[at].text) and not _DURATION.fullmatch(rows[at].text)]
    early = range(behind[0] if behind else 0)
    hours = sum(
        roles.get(at) == "button" and CLOCK.match(rows[at].text) is not None for at in early
    )  # of a live report
    late = [_with_name(rows, at) for at in _thread(clocks, _TALKERS, _REPLY)] if hours < _TALKERS else []
    signed = [at for at in range(1, len(rows)) if _is_signed(rows[at - 1], rows[at])]
    near = _thread(signed, _SIGNATURES, _COMMENT)
    long = [at - 1 for at in near if before[at] >= _MOST]  # a thread can be longer than the article
    return min((*heads, *late, *long), default=len(rows))


def _with_name(rows: Sequence[Line], at: int) -> int:
    """Where a comment begins whose time stands in a line: with the name of its writer, where that stands above."""
    return at - 1 if at and not rows[at - 1].prose else at


def _is_signed(name: Line, when: Line) -> bool:
    """Whether two lines say who wrote a comment, and on which day and when; a live blog names nobody, a teaser its section."""
    named = name.words <= 5 and not is_section(name)
    return named and when.words <= 8 and bool(_CLOCK.search(when.text) and _DAY.search(when.text))


def _thread(places: Sequence[int], fewest: int, most: int) -> list[int]:
    """Where threads begin: so many of the places follow each other with so few lines between that no article goes on there."""
    close = [after - at <= most for at, after in pairwise(places)]
    return [
        at
        for number, at in enumerate(places)
        if len(run := close[number : number + fewest - 1]) == fewest - 1 and all(run)
    ]


_DURATION = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?: min\.?)?")  # of a film
_DAY = re.compile(r"\b(?:19|20)\d\d\b|\bago\b|\d{1,2}[./]\d{1,2}[./]\d{2}")
_SIGNATURES = 4  # comments that are signed so ...
_COMMENT, _REPLY = 14, 10  # ... each within so many lines of the last; of short lines with a time


def _teasers(rows: Sequence[Line], roles: Roles, found: Bounds) -> Iterator[list[int]]:
    """Runs of short lines inside the article that nothing leads in: headlines of other articles, not a list."""
    run: list[int] = []
    for at in range(found.first, found.last + 1):
        line = rows[at]
        if roles.get(at, "repeated") != "repeated":
            continue
        item = line.marked or small(line.text) or is_row(rows, at)
        if not (line.prose or line.ends or item or line.text.endswith((":", "："))):
            run.append(at)
            continue
        if _strange(rows, run):
            heads = line.prose and _wordy(rows, run) and rows[run[-1]].words < NO_HEADING
            yield run[:-1] if heads else run  # the last headline is the heading of the text below
        run = []
    if _strange(rows, run):
        yield run


def _strange(rows: Sequence[Line], run: list[int]) -> bool:
    """Whether a run of short lines is wordy, and neither led in nor a list of figures."""
    figures = sum(bool(_FIGURE.match(rows[at].text)) for at in run)
    led = bool(run) and rows[run[0] - 1].text.endswith((":", "："))
    long = len(run) >= (_TEASERS if _wordy(rows, run) else _MENU)
    return long and not led and 2 * figures < len(run)


def _wordy(rows: Sequence[Line], run: list[int]) -> bool:
    """Whether lines are as long as headlines."""
    return sum(rows[at].words for at in run) >= 5 * len(run)


_MENU = 6  # lines of a few words each in a row that are no list any more
_TEASERS = 4  # short lines in a row that are no heading any more


def _worth(line: Line, role: str) -> float:
    if role:
        return -_INSIDE
    if (line.prose and (line.unmarked or _SENTENCE.search(line.text))) or (
        line.ends and line.words >= _SHORT and not line.asks
    ):
        return min(line.words, _MOST)
    if line.marked or line.text.endswith((":", "：")):
        return -_INSIDE
    return -_COST


_SHORT = 5  # words of a short sentence; a headline ends in no full stop


def is_row(rows: Sequence[Line], at: int) -> bool:
    """Whether a line is a row of a table: the one beside it has as many bars or cells, or says a figure behind a colon too."""
    beside = [rows[near] for near in (at - 1, at + 1) if 0 <= near < len(rows)]
    bars, cells = rows[at].text.count(" | "), len(rows[at].cells)
    barred = bars > 0 and any(line.text.count(" | ") == bars for line in beside)
    barred = barred or (cells > 1 and any(len(line.cells) == cells for line in beside))
    return barred or (_SAID.match(rows[at].narrow) is not None and any(_SAID.match(line.narrow) for line in beside))


def _richest(worth: Sequence[float]) -> tuple[int, int]:
    """The first and the last place of the stretch with the greatest sum."""
    sums = [0.0, *accumulate(worth)]
    best, ends, low = 0.0, (0, max(len(worth) - 1, 0)), 0
    for at in range(1, len(sums)):
        if sums[at] - sums[low] > best:
            best, ends = sums[at] - sums[low], (low, at - 1)
        if sums[at] < sums[low]:
            low = at
    return ends


def prose(rows: Sequence[Line], roles: Roles) -> list[int]:
    """The lines of running text that nothing has claimed."""
    return [at for at, line in enumerate(rows) if line.prose and at not in roles]


def ends(rows: Sequence[Line], roles: Roles) -> tuple[int, int]:
    """The first and the last line of running text; the whole text where there is none."""
    found = prose(rows, roles)
    return (found[0], found[-1]) if found else (len(rows), len(rows))
