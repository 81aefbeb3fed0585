"""What a person or a program is told: results to standard output, problems and progress to standard error."""

import re
import sys
from collections.abc import Iterable
from typing import Any

import click

from pressfold.problem import Problem


class Console:
    """Where messages go: results to standard output, problems and progress to standard error; JSON takes both."""

    def __init__(self, *, quiet: bool, verbose: bool, as_json: bool, color: bool, environment: dict[str, str]) -> None:
        self.quiet, self.verbose, self.as_json = quiet, verbose, as_json
        terminal = sys.stderr.isatty() and not environment.get("CI") and environment.get("TERM") != "dumb"
        self._color = color and not environment.get("NO_COLOR") and terminal
        self._lively = terminal and not quiet and not as_json
        self._bar: Any = None
        self._task: Any = None
        self._what = ""

    def say(self, line: str) -> None:
        """A result."""
        if not self.as_json and not self.quiet:
            click.echo(_shown(line))

    def detail(self, line: str) -> None:
        """A result for those who ask for more."""
        if self.verbose:
            self.say(line)

    def warn(self, line: str) -> None:
        """A line that needs attention but fails nothing."""
        self._complain(_shown(line))

    def problems(self, problems: Iterable[Problem], *, failing: bool = True) -> None:
        """A line each."""
        for problem in problems:
            self.problem(str(problem), failing=failing)

    def problem(self, said: str, *, failing: bool = True) -> None:
        """The line of one."""
        line = _shown(said)
        self._complain(click.style(line, fg="red" if failing else "yellow") if self._color else line)

    def _complain(self, line: str) -> None:
        if not self.as_json:
            self.finish()
            click.echo(line, err=True)

    def data(self, value: dict[str, Any]) -> None:
        """The whole result, for a program."""
        if self.as_json:
            import json  # only for programs

            click.echo(json.dumps(value, ensure_ascii=False, indent=1))

    def progress(self, what: str, done: int, whole: int) -> None:
        """A bar on a terminal; nothing otherwise."""
        if not self._lively:
            return
        if self._bar is None or what != self._what:
            self.finish()
            from rich.console import Console as Terminal
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            self._bar = Progress(*columns, console=Terminal(stderr=True, no_color=not self._color), transient=True)
            self._bar.start()
            self._task, self._what = self._bar.add_task(what, total=whole), what
        self._bar.update(self._task, completed=done)

    def finish(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _shown(line: str) -> str:
    """A line that can do nothing to the terminal: a file's name may hold its escape codes, or turn the words round."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "?", line)
