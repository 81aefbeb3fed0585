"""A problem with what was given: where, what, and what to do. Problems are data, gathered and shown together."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec

T = TypeVar("T")
R = TypeVar("R")
_HEAD, _TAIL = 400, 100  # characters of what is said, at its begin and end: it may quote whatever somebody wrote


class Problem(msgspec.Struct, frozen=True):
    """One thing that a user can mend.

    `path` is relative to the site with forward slashes, `line` counts from 1 (0: the whole file).
    """

    path: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        path = self.path.replace("\n", "?")  # a file may be called so, and must not look like two lines
        where = f"{path}:{self.line}" if self.line else path
        return f"{where}: {_cut(self.message)}" + (f" ({_cut(self.hint)})" if self.hint else "")


def _cut(said: str) -> str:
    return said if len(said) <= _HEAD + _TAIL else f"{said[:_HEAD]} … {said[-_TAIL:]}"


class Problems(Exception):
    """Raised where work cannot go on; carries every problem found until then."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["Problems"], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)  # as it comes from another process


def refuse(path: str, line: int, message: str, hint: str = "") -> Problems:
    """One problem, ready to be raised."""
    return Problems([Problem(path, line, message, hint)])


def gather(work: Callable[[T], R], items: Iterable[T]) -> tuple[list[R], list[Problem]]:
    """Do all of the work; return what came of it and every problem, in the order of the items."""
    done: list[R] = []
    problems: list[Problem] = []
    for item in items:
        try:
            done.append(work(item))
        except Problems as found:
            problems.extend(found.problems)
    return done, problems


def suggest(wrong: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word; empty when none is near."""
    import difflib  # only where something is wrong

    near = difflib.get_close_matches(wrong, sorted(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else ""
