"""A local folder as a target: each file is written beside its place and moved there, so that a server never sees half of one."""

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import TemporaryDirectory

from pressfold.output.manifest import above, delete
from pressfold.publish.plan import Plan
from pressfold.publish.record import RECORD

_BESIDE = ".pressfold-sending"  # on the same file system, so that moving is one step


class Folder:
    """A folder of this machine."""

    alike = False
    at_once = False

    def __init__(self, place: Path) -> None:
        self._place = place

    def read(self) -> bytes | None:
        """The record; None where there is none."""
        try:
            return (self._place / RECORD).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def standing(self, paths: Collection[str]) -> Sequence[str]:
        """Those whose place is taken, or whose folder's place is, by a file or a link that leads elsewhere."""
        return [path for path in paths if os.path.lexists(self._place / path) or self._blocked(path)]

    def _blocked(self, path: str) -> bool:
        folders = [self._place / folder for folder in above(path)]
        return any(folder.is_symlink() or folder.is_file() for folder in folders)

    def tidy(self) -> None:
        """Throw away what was being written."""
        for beside in self._place.glob(f"{_BESIDE}*"):
            rmtree(beside, ignore_errors=True)

    def note(self, record: bytes) -> None:
        """Keep the record, on the disk itself: it tells the next run what it may delete."""
        with self._beside() as beside:
            with (beside / RECORD).open("wb") as file:
                file.write(record)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside / RECORD, self._place / RECORD)

    def send(self, folder: Path, paths: Sequence[str], *, again: bool) -> None:
        """Copy files, each moved to its place as soon as it is whole; one that is there `again` as it should be stays."""
        with self._beside() as beside:
            for path in paths:
                if again and self._same(folder / path, self._place / path):
                    continue
                copyfile(folder / path, beside / "file")
                (self._place / path).parent.mkdir(parents=True, exist_ok=True)
                os.replace(beside / "file", self._place / path)

    @contextmanager
    def _beside(self) -> Iterator[Path]:
        """A folder where files are written, this publish's own."""
        self._place.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=_BESIDE, dir=self._place) as beside:
            yield Path(beside)

    def differing(self, folder: Path, paths: Sequence[str], *, each: bool = False) -> Sequence[str]:  # noqa: ARG002
        """Those that are not there as they are here, byte for byte."""
        return [path for path in paths if not self._same(folder / path, self._place / path)]

    @staticmethod
    def _same(here: Path, there: Path) -> bool:
        try:
            return here.stat().st_size == there.stat().st_size and here.read_bytes() == there.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return False

    def delete(self, paths: Sequence[str], folders: Sequence[str]) -> None:  # noqa: ARG002 - it looks at each
        """Delete files, and the folders that are empty then; never through a link that leads elsewhere."""
        for path in paths:
            delete(self._place, path)

    def finish(self, plan: Plan) -> None:
        """Nothing is left to be done."""
