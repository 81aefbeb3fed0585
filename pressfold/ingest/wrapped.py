"""Hard-wrapped text: whether a text was broken at a width, and its paragraphs made whole again."""

import re
from itertools import groupby, pairwise

from pressfold.ingest.scripts import CJK, small

# Marks that end a sentence, with those that close behind them.
ENDS = re.compile(r"[.!?…。！？؟۔।॥؛;]+[\"'”’»«“)\]』」›‹]*\s*$|[.!?…。！？؟۔]\s?[\"'”’»«“]+\s*$")
_DENSE = re.compile(f"[{CJK}]")
BULLET = re.compile(r"(?:[•◦▪‣●○■□✓✔➤►・]\s*|[-–—*·]\s+)(?=\S)")
NUMBER = re.compile(r"\(?(\d{1,2})(?:[.)]\s+|[、．)]\s*)(?=\S)|([①-⑳]|[一二三四五六七八九](?=、))、?\s*(?=\S)")
_WORD = re.compile(r"[^\W_]")
JOINED = "\0"  # stands where a line was joined to the one before, so that the numbers hold


def joined(rows: list[str]) -> list[str]:
    """Undo a hard wrap: where nearly every long line ends because the next word had no room, breaks part no paragraphs."""
    pairs = [(a, b) for a, b in pairwise(rows) if a and b and not is_marked(b)]
    width = _width(rows, pairs)
    widest = max((len(a) for a, _ in pairs), default=0)
    long = [(a, b) for a, b in pairs if len(a) >= 0.6 * widest]
    broken = bool(long) and all(_mid_sentence(a, b) for a, b in long)
    if not width and not broken:
        return rows
    out: list[str] = []
    top = -1
    heads = _heads(rows, width) if width else frozenset()
    for at, row in enumerate(rows):
        before = rows[at - 1] if at else ""
        last = at + 1 == len(rows) or not rows[at + 1]
        goes_on = bool(_WORD.search(row) and _WORD.search(before)) and not is_marked(row)
        full = goes_on and bool(width) and _is_full(before, row, width)
        full = full and _continues(before, row, width, head=at in heads, last=last, deep=top < at - 1)
        if full or (goes_on and (_mid_sentence(before, row) or (bool(width) and _shouts_on(before, row)))):
            out[top] += " " + row
            out.append(JOINED)
        else:
            top = at
            out.append(row)
    return out


_SLACK = 3  # characters by which programs that wrap differ, and marks of a quoted letter


def _width(rows: list[str], pairs: list[tuple[str, str]]) -> int:
    """The width at which a text was wrapped, 0 where it was not. A line or two may be wider: a footer that nobody wrapped."""
    lengths = sorted((len(a) for a, _ in pairs), reverse=True)
    for width in dict.fromkeys(lengths[: 1 + max(1, len(lengths) // 12)]):
        long = [(a, b) for a, b in pairs if 0.6 * width <= len(a) <= width]
        full = [(a, b) for a, b in long if _is_full(a, b, width)]
        cased = [b for _, b in long if b[0].isupper() or small(b)]
        running = not cased or 2 * sum(map(small, cased)) >= len(cased)
        running = running and 2 * sum(bool(ENDS.search(a)) for a, _ in long) <= len(long)
        wider = sum(len(row) > 1.2 * width for row in rows)
        if width <= 120 and len(long) >= 4 and len(full) >= 0.8 * len(long) and running and wider < len(long):
            return width
    return 0


def _heads(rows: list[str], width: int) -> frozenset[int]:
    """The rows of short blocks that no paragraph is: one of them, not the last, had room for more."""
    found: set[int] = set()
    for blank, block in groupby(range(len(rows)), key=lambda at: not rows[at]):
        places = list(block)
        roomy = any(not _is_full(rows[at], rows[at + 1], width) for at in places[:-1])
        if not blank and roomy and len(places) <= _HEAD:
            found.update(places)
    return frozenset(found)


_HEAD = 8  # rows of kicker, title, standfirst, byline, date


def _is_full(row: str, below: str, width: int) -> bool:
    """Whether a row had no room for the next word; a menu or a byline is short."""
    return 0.6 * width <= len(row) <= width and len(row) + 1 + _step(below) > width - _SLACK


def _continues(before: str, row: str, width: int, *, head: bool, last: bool, deep: bool) -> bool:
    """Whether a row goes on with the full row before it, in the head of a text, or as the `last` of its block.

    The last row of a paragraph of which two rows are joined (`deep`) is its own, however it begins.
    """
    if small(row) or (ENDS.search(row) and not head):
        return True
    if len(row) >= 0.6 * width:
        return not head or not row[0].isupper() or _awaits(before)  # a standfirst begins with a capital
    return last and (small(row.split()[-1]) or _awaits(before) or (deep and not head))


def _shouts_on(before: str, row: str) -> bool:
    """Whether a title in capitals goes on, however much room there was."""
    return before.isupper() and row.isupper() and row[0].isupper() and len(before) >= _TITLE and not ENDS.search(before)


_TITLE = 30  # characters of its first row, at least


def _awaits(row: str) -> bool:
    """Whether a row ends in a word such as no title ends in, before a standfirst with its capital: in der, of, de."""
    final = row.split()[-1]
    return small(final) and len(final) <= _JOINING


_JOINING = 3  # letters of articles and prepositions


def _mid_sentence(before: str, row: str) -> bool:
    """Whether a row breaks off in a sentence that the next goes on with, in a small letter."""
    broken = small(row) and len(before.split()) >= 5 and not ENDS.search(before) and before[-1] not in ":;"
    return broken and not _BY.fullmatch(row)


# A byline under a title: di Anna Rossi.
_BY = re.compile(r"(?:by|di|de|por|par|von|av|af|door|van|text)(?:\s[A-ZÀ-Ž][\w'’.-]+){2,4}")


def _step(row: str) -> int:
    """How much room the beginning of a row needs: its first word, or one character where words are not parted."""
    return 1 if _DENSE.match(row) else len(row.split()[0])


def is_marked(row: str) -> bool:
    """Whether a row begins as an item of a list does."""
    return bool(BULLET.match(row) or NUMBER.match(row))
