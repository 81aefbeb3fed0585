"""What an audit finds: problems of the output, each with its file and line; what many files share is said of a few."""

from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace

from pressfold.problem import Problem

FEW = 3  # files that are named of all those in which the same is wrong


class Finding(msgspec.Struct, frozen=True):
    """Something wrong with the output, or doubtful (`warning`); in `more` files besides these the same is."""

    problem: Problem
    warning: bool = False
    more: int = 0

    def __str__(self) -> str:
        also = f"; the same in {self.more} more file{'s' if self.more > 1 else ''}" if self.more else ""
        return f"{self.problem}{also}"


class Wrong(msgspec.Struct, frozen=True):
    """What is wrong in a file, before it is known how messages call the file."""

    path: str
    line: int
    message: str
    hint: str = ""
    warning: bool = False


class Tally:
    """Findings as they come in. What is wrong in ten thousand files alike takes the memory of a few."""

    def __init__(self, shown: str) -> None:
        self._shown = shown  # the output as messages call it
        self._alike: dict[tuple[str, str], list[Finding]] = {}

    def add(self, found: Iterable[Wrong]) -> None:
        """Note what is wrong."""
        for wrong in found:
            alike = self._alike.setdefault((wrong.message, wrong.hint), [])
            if len(alike) == FEW:
                alike[-1] = replace(alike[-1], more=alike[-1].more + 1)
                continue
            place = f"{self._shown}/{wrong.path}" if wrong.path else self._shown
            alike.append(Finding(Problem(place, wrong.line, wrong.message, wrong.hint), wrong.warning))

    def findings(self) -> list[Finding]:
        """All of them, by file and line."""
        return sorted(self._all(), key=lambda one: (one.problem.path, one.problem.line, one.problem.message))

    def _all(self) -> Iterator[Finding]:
        for alike in self._alike.values():
            yield from alike
