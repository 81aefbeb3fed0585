"""What the words beside a date say: that something was published on it, or that it was changed."""

import re
from functools import cache

from pressfold.ingest.dates import take_day
from pressfold.ingest.lexicon import WORD, dense, every, key
from pressfold.language import Tag

_LONGEST = 4  # words of a label


def is_later(words: str) -> bool:
    """Whether the words beside a date speak of a change, and not of the publication."""
    return _place(words, "updated") is not None


def of_publication(text: str, language: Tag) -> str:
    """What a line of dates says of the publication; the whole line where it says only when something was changed.

    Published on Monday, updated on Tuesday; updated on Tuesday, first published on Monday; Monday, updated 10:15.
    """
    change = _place(text, "updated")
    if change is None:
        return text
    before, behind = text[:change], text[change:]
    if take_day(before, language):
        return before if re.search(r"\d", behind) or _place(before, "dateline") is not None else text
    first = _place(behind, "dateline")
    dated = first is not None and re.search(r"\d", behind[:first]) and take_day(behind[first:], language)
    return behind[first:] if dated else text


def _place(text: str, name: str) -> int | None:
    """Where a label of a kind begins in a text."""
    known = every(name)
    spans = [match.span() for match in WORD.finditer(text)]
    for at, (start, _) in enumerate(spans):
        for end in range(min(at + _LONGEST, len(spans)), at, -1):
            if key(text[start : spans[end - 1][1]]) in known:
                return start
    return min((at for label in _dense(name) if (at := text.find(label)) >= 0), default=None)


@cache
def _dense(name: str) -> tuple[str, ...]:
    """The labels of a kind in scripts without spaces."""
    return tuple(label for label in every(name) if dense(label))
