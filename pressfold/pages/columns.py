"""Counts as columns: how high they are and where they stand. Pure reckoning.

Heights are rounded up, column upon column: whatever is there is seen, and a column is as high as all its parts together.
Columns stand as the page is read: on one that runs from right to left (`turned`), so does time.
"""

from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise

from pressfold.pages.view.timeline import Bar, Mark, Step

HEIGHT = 120
LOW = 28  # in a list
LINES = 4


def stacked(columns: Sequence[Sequence[int]], turned: bool) -> list[tuple[Bar, ...]]:
    """The bars of each series, where every column counts each series; a column has two units of the width."""
    most = max(map(sum, columns))
    bars: list[list[Bar]] = [[] for _ in columns[0]]
    for place, column in enumerate(columns):
        x = 2 * (len(columns) - 1 - place if turned else place) + 1
        levels = [_up(level, most, HEIGHT) for level in accumulate(column, initial=0)]
        for row, (below, above) in zip(bars, pairwise(levels), strict=True):
            if above > below:
                row.append(Bar(x=x, y=HEIGHT - below, height=above - below))
    return [tuple(row) for row in bars]


def outline(column: Sequence[int], most: int, turned: bool) -> tuple[Step, ...]:
    """The outline of columns that touch; the whole height is `most`."""
    heights = [_up(count, most, LOW) for count in (reversed(column) if turned else column)]
    return tuple(Step(width=len(list(same)), height=height) for height, same in groupby(heights))


def lines(most: int) -> tuple[Mark, ...]:
    """The lines of the grid: at most four, at round numbers."""
    round_numbers = (factor * 10**digits for digits in range(len(str(most)) + 1) for factor in (1, 2, 5))
    step = next(number for number in round_numbers if most // number <= LINES)
    return tuple(Mark(at=HEIGHT - _up(count, most, HEIGHT), text=str(count)) for count in range(step, most + 1, step))


def share(place: float, length: int, turned: bool) -> float:
    """How far a place is from the left, in hundredths of the width."""
    return round(100 * (length - place if turned else place) / length, 1)


def _up(count: int, most: int, height: int) -> int:
    return -(-count * height // most)
