"""What a command is asked, and what it comes to."""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from pressfold.card import Card
from pressfold.catalog import Due
from pressfold.imported import Intake
from pressfold.output import Report
from pressfold.problem import Problem
from pressfold.site import WORK

PREVIEW = "preview"
Progress = Callable[[str, int, int], None]


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line asks of an import or a build."""

    root: Path
    now: dt.datetime
    environment: Mapping[str, str] = msgspec.field(default_factory=dict)
    output: Path | None = None
    preview: bool = False  # a site to look at, beside the one that is published
    jobs: int = 0  # processes; 0: as many as there are cores
    base_url: str = ""
    drafts: bool = False
    future: bool = False
    frozen: bool = False
    cache: bool = True
    strict: bool = False
    keep_going: bool = False
    progress: Progress = lambda what, done, all_: None
    notice: Callable[[str], None] = lambda line: None

    @property
    def folder(self) -> Path:
        """Where the site is written."""
        return self.output or (self.work / PREVIEW if self.preview else self.root / "output")

    @property
    def shown(self) -> str:
        """That folder as messages call it."""
        try:
            return self.folder.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return self.folder.as_posix()

    @property
    def due(self) -> Due:
        """Which articles are out."""
        return Due(now=self.now, drafts=self.drafts, future=self.future)

    @property
    def work(self) -> Path:
        """Where what the build remembers lies; a preview has a memory of its own."""
        return self.root / WORK / PREVIEW if self.preview else self.root / WORK


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a command did: counts, problems, and what was imported."""

    intake: Intake | None = None
    problems: tuple[Problem, ...] = ()
    report: Report | None = None
    held: tuple[Card, ...] = ()
    building: bool = True  # whether a site was to be written
    notes: tuple[str, ...] = ()
