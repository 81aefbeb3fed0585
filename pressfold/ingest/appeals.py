"""What a site says to its readers in words of its own: a newsletter's box, an appeal, its app, how to report a mistake.

News speaks of things and people. Such a line speaks to whom reads it (you, our, subscribe) and of what the site itself
has (newsletter, app, account); data/lexicon/ has words of these kinds, so that no list need have the wording. What other
paragraphs say too proves nothing: the article may be about an app, or an interview.
"""

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from pressfold.ingest import bounds
from pressfold.ingest.bounds import Roles
from pressfold.ingest.lexicon import dense, holds, lexicon, stems, tokens
from pressfold.ingest.lines import Line, has_quotes
from pressfold.language import Tag

_KINDS = ("reader", "ours", "asks", "service")
_ENGLISH = Tag("en")  # which sites of other languages use too
_SHORTEST, _LONGEST = 3, 70  # words of an appeal
_STEM = 4  # letters of the beginning of a word, at least
_CAPITALS = re.compile(r"(?<!\w)[A-ZÀ-Ž]{2,}(?!\w)")  # US and IT are no pronouns

Said = frozenset[tuple[str, str]]  # words that were found, each with its kind


class Words(msgspec.Struct, frozen=True):
    """A language's words: phrases by their first word, beginnings of words, and what is looked for inside longer runs."""

    phrases: dict[str, list[tuple[str, tuple[str, ...]]]]
    beginnings: dict[str, str]
    inside: list[tuple[str, str]]


@cache
def _words(language: Tag) -> Words:
    known = Words({}, {}, [])
    for kind, entry in ((one, entry) for one in _KINDS for entry in getattr(lexicon(language), one)):
        said = tuple(tokens(entry))
        if dense(entry):
            known.inside.append((kind, "".join(said)))
        elif entry.endswith("*") and len(said) == 1:
            known.beginnings[said[0]] = kind
        elif said:
            known.phrases.setdefault(said[0], []).append((kind, said))
    return known


def _at(words: Sequence[str], place: int, known: Words) -> Said:
    """What begins with the word at a place."""
    word = words[place]
    phrases = known.phrases.get(word, ())
    whole = {(kind, " ".join(one)) for kind, one in phrases if tuple(words[place : place + len(one)]) == one}
    begun = (word[:size] for size in range(_STEM, len(word) + 1))
    return frozenset(whole.union((known.beginnings[one], one) for one in begun if one in known.beginnings))


def _found(words: Sequence[str], known: Words) -> Said:
    run = "".join(words) if known.inside else ""
    inside = ((kind, one) for kind, one in known.inside if one in run)
    return frozenset(inside).union(*(_at(words, place, known) for place in range(len(words))))


def _said(line: Line, language: Tag) -> tuple[Said, bool]:
    """(the words of these kinds in a line, whether it begins by asking something)."""
    words = tokens(line.text if line.text.isupper() else _CAPITALS.sub(" ", line.text))
    found: set[tuple[str, str]] = set()
    asks = False
    for known in (_words(one) for one in dict.fromkeys((language, _ENGLISH))):
        found |= _found(words, known)
        opening = _at(words, 0, known) if words else frozenset()
        run = "".join(words) if known.inside else ""
        asks = asks or any(kind == "asks" for kind, _ in opening)
        asks = asks or any(kind == "asks" and run.startswith(one) for kind, one in known.inside)
    return frozenset(found), asks


def _weight(said: Said) -> tuple[int, int]:
    """(kinds of words that speak to a reader, words for what a site has). A firm says "we" too, so that alone counts nothing."""
    kinds = {kind for kind, _ in said}
    speaks = len(kinds & {"reader", "asks"})
    return speaks and speaks + ("ours" in kinds), sum(kind == "service" for kind, _ in said)


def _is_clear(said: Said) -> bool:
    speaks, wares = _weight(said)
    return speaks > 0 and wares > 0 and speaks + wares >= _CLEAR


_CLEAR = 3  # words of both kinds together


def _may_be(line: Line) -> bool:
    brief = _SHORTEST <= line.words <= _LONGEST and not line.marked  # an item of a list is no box
    return brief and not has_quotes(line.text) and line.text[0] not in "'‘"


def _reports(line: Line, language: Tag) -> bool:
    """Whether a line says who said something, as news does."""
    known = lexicon(language)
    return (
        holds(line.tokens, stems(known.reporting, 5), 5) > 0 or holds(line.tokens, stems(known.attribution, 5), 5) > 0
    )


def _is_appeal(line: Line, said: Said, *, asks: bool, late: bool) -> bool | None:
    """Whether a line speaks to readers: surely, surely not, or (None) unless it says who said so."""
    speaks, wares = _weight(said)
    both = speaks > 0 and wares > 0
    if (both and (asks or late)) or (asks and not line.ends and line.text[-1] not in ":：" and line.words > _SHORTEST):
        return True
    clear = both and speaks + wares >= _CLEAR and wares > line.words // _WORDY
    brief = line.words <= _BRIEF and (both or wares > 1)
    return None if clear or brief else False


def set_aside(rows: list[Line], roles: Roles, language: Tag) -> None:
    """Take the lines behind the first paragraph that speak to the site's readers for the page's, and what stands between them."""
    prose = bounds.prose(rows, roles)
    if not prose:
        return
    late = prose[-_ENDS] if len(prose) > _ENDS else len(rows)
    read = {at: _said(rows[at], language) for at in range(prose[0], len(rows)) if at not in roles}
    sites = {
        at for at in prose[1:] if _may_be(rows[at]) and _is_clear(read[at][0]) and not _reports(rows[at], language)
    }
    common: Said = frozenset().union(*(read[at][0] for at in prose if rows[at].words >= _NEWS and at not in sites))
    behind = {at: (said - common, asks) for at, (said, asks) in read.items() if at > prose[0] and _may_be(rows[at])}
    for at, (said, asks) in behind.items():
        found = _is_appeal(rows[at], said, asks=asks, late=at >= late)
        if found or (found is None and not _reports(rows[at], language)):
            roles[at] = "notice"
    for at, (said, _) in behind.items():
        boxed = {roles.get(at - 1), roles.get(at + 1)} in _BOXES
        if at not in roles and boxed and said and not _reports(rows[at], language):
            roles[at] = "notice"


# What stands on either side of a line in the same box.
_BOXES = (
    {"notice"},
    {"notice", "promotion"},
    {"notice", "button"},
    {"promotion", "button"},
)
_WORDY = 30  # words of a paragraph, in which one ware proves little
_BRIEF = 20  # words of one that says little of either kind
_NEWS = 20  # words of a paragraph that says what the news is about, and no box of the site's
_ENDS = 2  # paragraphs at the end among which a site's own stand
