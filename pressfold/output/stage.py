"""Where new files wait, all of them, before the first is moved to its place."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

STAGE = ".pressfold-stage"
# Of a file that has no place, as another has its own where this one needs a folder: whoever plans the files names it.
_TAKEN = (FileExistsError, NotADirectoryError, IsADirectoryError)


def waiting(folder: Path) -> Path:
    """Where the staged files of an output folder lie."""
    return folder / STAGE / "files"


class Stage:
    """Where new files wait. Several processes may put files here; none puts one that another does.

    `through`: each is written to the disk itself, for nobody will know whether the machine was restarted since.
    """

    def __init__(self, folder: Path, *, through: bool = False) -> None:
        self.files, self._through = str(waiting(folder)), through
        self._made: set[str] = set()

    def put(self, path: str, data: bytes) -> None:
        """Write a file, in one go."""
        with suppress(*_TAKEN):
            self._write(self._place(path), data)

    def _write(self, place: str, data: bytes) -> None:
        number = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
        try:
            written = os.write(number, data)
            while written < len(data):
                written += os.write(number, data[written:])
            if self._through:
                os.fsync(number)
        finally:
            os.close(number)

    def copy(self, path: str, source: Path, mark: str) -> bool:
        """Copy a file; whether the copy has the hash that it must have."""
        from shutil import copyfile

        with suppress(*_TAKEN):
            place = self._place(path)
            copyfile(source, place)
            with Path(place).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == mark
        return True

    def _place(self, path: str) -> str:
        place = f"{self.files}/{path}"
        folder = place.rpartition("/")[0]
        if folder not in self._made:
            try:
                os.mkdir(folder)  # noqa: PTH102 - once for each file, where a Path would cost more
            except FileExistsError:
                pass
            except FileNotFoundError:
                Path(folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        return place


def throw_away(folder: Path) -> None:
    """Throw away what is staged."""
    if (folder / STAGE).exists():
        remove(folder, quietly=True)
        with suppress(OSError):
            folder.rmdir()  # where the stage was all that it held


def remove(folder: Path, *, quietly: bool = False) -> None:
    """Remove the stage with whatever it still holds."""
    from shutil import rmtree  # not needed by a build that has nothing to do

    rmtree(folder / STAGE, ignore_errors=quietly)
