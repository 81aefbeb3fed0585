"""A target: a place with files of ours, reached by whatever program knows the way."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Protocol

from pressfold.publish.plan import Plan


class MovedError(Exception):
    """Somebody else published there meanwhile: what was to be sent must be reckoned anew. Some of it may be there."""

    def __init__(self, perhaps: Collection[str] = ()) -> None:
        super().__init__()
        self.perhaps = perhaps


class Target(Protocol):
    """What a publish asks of a target. Whatever goes wrong there is raised as Problems, or OSError of this machine's own."""

    @property
    def alike(self) -> bool:
        """Whether files are to be sent together only where they are served alike."""

    @property
    def at_once(self) -> bool:
        """Whether nothing of what is done takes effect before `finish`, and then all of it does."""

    def read(self) -> bytes | None:
        """The record that is kept there; None where there is none."""

    def standing(self, paths: Collection[str]) -> Sequence[str]:
        """Those of some paths whose place is taken, by a file or by what stands where a folder is needed."""

    def tidy(self) -> None:
        """Throw away what a publish that was killed left half sent."""

    def note(self, record: bytes) -> None:
        """Keep this record there."""

    def send(self, folder: Path, paths: Sequence[str], *, again: bool) -> None:
        """Put files of the output there; `again`: some may be there as they should be, after a publish that stopped."""

    def differing(self, folder: Path, paths: Sequence[str], *, each: bool = False) -> Sequence[str]:
        """Those of some files that are not there as they are here: as far as that can be told cheaply, or `each`."""

    def delete(self, paths: Sequence[str], folders: Sequence[str]) -> None:
        """Delete files, and then those of these folders that are empty; the deepest come first."""

    def finish(self, plan: Plan) -> None:
        """Let what was done take effect, where it has not yet. Raises MovedError."""
