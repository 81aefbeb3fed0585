"""`content/stories.yaml`: which articles an editor says are no tellings of one story, though they look it."""

from collections.abc import Iterable
from contextlib import suppress

import msgspec

from pressfold import yamltext
from pressfold.problem import Problem, Problems
from pressfold.site import STORIES
from pressfold.slug import Slug, check_slug
from pressfold.yamltext import Value

_HINT = "write it as - [one-article, other-article], by the names of their files"


class Apart(msgspec.Struct, frozen=True):
    """Pairs of articles, by the names of their files."""

    pairs: frozenset[tuple[Slug, Slug]] = frozenset()

    def of(self, slug: Slug) -> set[Slug]:
        """The articles that are kept apart from one."""
        return {other for pair in self.pairs if slug in pair for other in pair if other != slug}


def pair(one: Slug, other: Slug) -> tuple[Slug, Slug]:
    """Two articles, in the order in which a pair is written."""
    return (one, other) if one < other else (other, one)


def load(text: str) -> Apart:
    """Read the file. Raises Problems with all that is wrong in it."""
    if not text.strip():
        return Apart()
    value = yamltext.load(text, STORIES)
    entries = value.data if isinstance(value.data, dict) else {"": value}
    problems = [
        Problem(STORIES, item.line, f"unknown key {key!r}", "known: apart")
        for key, item in entries.items()
        if key != "apart"
    ]
    pairs: set[tuple[Slug, Slug]] = set()
    for item in _items(entries.get("apart")):
        try:
            pairs.add(_pair(item))
        except Problems as wrong:
            problems += wrong.problems
    if problems:
        raise Problems(problems)
    return Apart(frozenset(pairs))


def _items(value: Value | None) -> list[Value]:
    if value is None or value.data == "":
        return []
    return value.data if isinstance(value.data, list) else [value]


def _pair(item: Value) -> tuple[Slug, Slug]:
    names = [inner.data for inner in item.data] if isinstance(item.data, list) else []
    if len(names) != 2 or not all(isinstance(name, str) for name in names) or names[0] == names[1]:
        raise Problems([Problem(STORIES, item.line, "is no pair of articles", _HINT)])
    one, other = (check_slug(str(name), STORIES, item.line, "name of an article") for name in names)
    return pair(one, other)


def add(text: str, pairs: Iterable[tuple[Slug, Slug]]) -> str:
    """The file with more pairs; what stands in it keeps its bytes where they can follow it."""
    before = load(text).pairs
    new = sorted(set(pairs) - before)
    if not new:
        return text
    every = Apart(before | set(new))
    lines = "".join(f"- [{one}, {other}]\n" for one, other in new)
    longer = (text if not text or text.endswith("\n") else f"{text}\n") + ("" if before else "apart:\n") + lines
    with suppress(Problems):  # what stands there is written in another form, which new lines cannot follow
        if load(longer) == every:
            return longer
    return "apart:\n" + "".join(f"- [{one}, {other}]\n" for one, other in sorted(every.pairs))
