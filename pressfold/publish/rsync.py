"""A folder of a machine with SSH as a target, by rsync; how it is reached stands in the user's own SSH configuration."""

from collections.abc import Collection, Sequence
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from pressfold.output.manifest import above
from pressfold.problem import refuse
from pressfold.publish.plan import Plan
from pressfold.publish.program import Program
from pressfold.publish.record import RECORD

_PARTLY = (0, 23, 24)  # some files were not there: what was asked for may be just that
_PLAIN = ("--quiet", "--no-motd", "--timeout=60", "--protect-args")
_LISTED = ("--from0", "--files-from=-")
_PUBLIC = ("--times", "--chmod=Du=rwx,Dgo=rx,Fu=rw,Fgo=r")


class Rsync:
    """A folder there, `user@host:/path`. Rsync gives each file its name when it is whole."""

    alike = False
    at_once = False

    def __init__(self, place: str, program: Program) -> None:
        self._place, self._rsync = place.rstrip("/") + "/", program

    def read(self) -> bytes | None:
        """The record; None where there is none."""
        with TemporaryDirectory() as folder:
            done, said = self._rsync.attempt(*_PLAIN, self._place + RECORD, f"{folder}/")
            place = Path(folder) / RECORD
            if place.exists():
                return place.read_bytes()
        if done.code in (3, 23) and b"No such file or directory" in said:
            return None
        raise self._rsync.failed(said)

    def standing(self, paths: Collection[str]) -> Sequence[str]:
        """Those whose place is taken, by the names alone: what is asked for is copied nowhere."""
        if not paths:
            return ()
        with TemporaryDirectory() as folder:
            asked = (
                *_PLAIN[1:],
                *_LISTED,
                "--dry-run",
                "--out-format=%n",
                "--ignore-missing-args",
                self._place,
                folder,
            )
            done, said = self._rsync.attempt(*asked, given=_names(paths))
        if done.code not in _PARTLY and b"No such file or directory" not in said:
            raise self._rsync.failed(said)
        there = set(done.out.decode("utf-8", "replace").splitlines())
        return [path for path in paths if path in there or not there.isdisjoint(above(path))]

    def tidy(self) -> None:
        """Nothing: rsync there throws away what it had begun when the connection ends."""

    def note(self, record: bytes) -> None:
        """Keep the record."""
        with TemporaryDirectory() as folder:
            (Path(folder) / RECORD).write_bytes(record)
            self._rsync.run(*_PLAIN, *_PUBLIC, "--ignore-times", "--mkpath", f"{folder}/{RECORD}", self._place)

    def send(self, folder: Path, paths: Sequence[str], *, again: bool) -> None:  # noqa: ARG002 - it compares in any case
        """Send files, those that are there as they should be, by their hashes, left alone."""
        self._rsync.run(*_PLAIN, *_PUBLIC, "--checksum", *_LISTED, f"{folder}/", self._place, given=_names(paths))

    def differing(self, folder: Path, paths: Sequence[str], *, each: bool = False) -> Sequence[str]:  # noqa: ARG002
        """Those that rsync would send again."""
        asked = (*_PLAIN[1:], "--checksum", "--dry-run", "--out-format=%n", *_LISTED, f"{folder}/", self._place)
        there = self._rsync.run(*asked, given=_names(paths)).out.decode("utf-8", "replace").splitlines()
        return sorted(set(paths).intersection(there))

    def delete(self, paths: Sequence[str], folders: Sequence[str]) -> None:
        """Delete files, and the folders that are empty then, by the list of them alone."""
        self._delete(paths)
        for _, alike in groupby(folders, key=lambda folder: folder.count("/")):  # one that holds another goes after it
            self._delete([*alike])

    def _delete(self, paths: Sequence[str]) -> None:
        with TemporaryDirectory() as nothing:  # what a list names and is missing here is deleted there
            asked = (*_PLAIN, "--dirs", "--delete-missing-args", *_LISTED, f"{nothing}/", self._place)
            done, said = self._rsync.attempt(*asked, given=_names(paths))
        if done.code not in _PARTLY:
            raise self._rsync.failed(said)

    def finish(self, plan: Plan) -> None:
        """Nothing is left to be done."""


def _names(paths: Collection[str]) -> bytes:
    return "".join(f"{path}\0" for path in paths).encode()


def find_rsync(program: Program) -> Program:
    """Rsync itself. Raises Problems where it is not installed."""
    from shutil import which

    found = which("rsync", path=program.environment.get("PATH"))
    if found is None:
        raise refuse(program.target, 0, "needs rsync, which is not installed", "install it here and on the host")
    return replace(program, words=(found,))
