"""Where the article lies in a text: in a dump of a whole page it is the stretch that is richest in running text.

Menus, teasers, comments and notices stand round an article, and some of them are sentences too. A line of running text
is worth its words, any other line costs a few; of all stretches the one that is worth most is the article's.
"""

import re
from collections.abc import Sequence
from itertools import accumulate

import msgspec

from pressfold.ingest.lines import Line
from pressfold.ingest.title import is_title

Roles = dict[int, str]

_COST = 6.0  # words of running text that a line of a menu, a teaser or a form is paid with
_INSIDE = 1.0  # what an item of a list, or a line that is known to be furniture, costs: articles hold both
_MOST = 60.0  # words that a single paragraph counts for, so that one long notice is no article
_PAGE = 12  # strange lines outside the stretch, from which a text is a whole page and not an article with its furniture
_NEAR = 6  # lines behind the stretch that are read as any article's end: a date, a byline, an attribution
_SENTENCE = re.compile(r"[.!?…。！？؟۔।][\"'”’»“)\]』」›]*(?:\s|$)|[。！？]")


class Bounds(msgspec.Struct, frozen=True):
    """The first and the last line of the article; `page` when the text is a dump, `share` of its running text is inside."""

    first: int
    last: int
    page: bool
    share: float


def bounds(rows: Sequence[Line], roles: Roles) -> Bounds:
    """The richest stretch of a text. In a text that is no whole page it goes from the first sentence to the last."""
    worth = [_worth(line, roles.get(at, "")) for at, line in enumerate(rows)]
    first, last = _richest(worth)
    spoken = [at for at, value in enumerate(worth) if value > 0]
    whole = sum(worth[at] for at in spoken)
    inside = sum(worth[at] for at in spoken if first <= at <= last)
    page = sum(at not in roles for at in range(len(rows)) if not first <= at <= last) >= _PAGE
    if not page:
        first, last = (spoken[0], spoken[-1]) if spoken else (0, len(rows) - 1)
    return Bounds(first, last, page, inside / whole if whole else 0.0)


def trim(rows: Sequence[Line], roles: Roles) -> Bounds:
    """Take what stands round the article in a dump of a whole page for the page's."""
    found = bounds(rows, roles)
    if found.page:
        for at, line in enumerate(rows):
            outside = not found.first <= at <= found.last
            if at not in roles and outside and ((line.prose and not is_title(line)) or at > found.last + _NEAR):
                roles[at] = "page"
    return found


def _worth(line: Line, role: str) -> float:
    if role:
        return -_INSIDE
    if line.prose and _SENTENCE.search(line.text):
        return min(line.words, _MOST)
    return -_INSIDE if line.marked else -_COST


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
