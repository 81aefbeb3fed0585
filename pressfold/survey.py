"""What lies in a folder, and since when: names and states of files, none of them opened unless in doubt."""

import errno
import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import msgspec

from pressfold.problem import Problem

_NO_TEXT = re.compile(
    "[\x00-\x1f\x7f\ud800-\udfff]"
)  # in a file's name: control characters, or bytes that are no UTF-8
_TICK = 50_000_000  # nanoseconds: a kernel's clock stands still for some of them
TEMPORARY = ".pressfold-tmp"  # the ending of a hidden file that is being written
_COARSE = 2_000_000_000  # where a file system keeps whole seconds, or pairs of them


class State(NamedTuple):
    """A file without its bytes. No inode: a copy of a folder, as CI's caches make, has others."""

    size: int
    modified: int  # nanoseconds
    changed: int  # nanoseconds; on Windows when it was made


UNKNOWN = State(-1, 0, 0)  # that of no file


class Seen(NamedTuple):
    """A file as it was last read: its state then, and the hash of its bytes."""

    state: State
    digest: str


class Survey(msgspec.Struct, frozen=True):
    """The files below a folder by their path, in order; `odd` are those that no build may read, and why."""

    files: Mapping[str, State]
    odd: tuple[Problem, ...]
    folders: Mapping[str, Sequence[str]]  # the files of each folder that was asked for

    def below(self, folder: str) -> Sequence[str]:
        """The files below a folder that was asked for."""
        return self.folders.get(folder, ())


class Change(msgspec.Struct, frozen=True):
    """What is not as it was last read: `doubtful` files have another state (or none is known), `gone` are not there."""

    doubtful: Mapping[str, State]
    gone: tuple[str, ...]


def survey(root: Path, *folders: str) -> Survey:
    """The files below some folders of a site, in order, a folder's files before its folders; hidden ones are passed over.

    Files that a stopped run left half written are removed: look at a folder that is written to only under the site's lock.
    """
    files: dict[str, State] = {}
    odd: list[Problem] = []
    below: dict[str, Sequence[str]] = {}
    for folder in folders:
        before = len(files)
        _look(str(root), folder, files, odd)
        below[folder] = list(files)[before:]
    return Survey(files, tuple(odd), below)


def compare(here: Mapping[str, State], before: Mapping[str, tuple[int, int, int]]) -> Change:
    """What may have changed since the files were last read."""
    if here == before:
        return Change({}, ())
    doubtful = {path: state for path, state in here.items() if before.get(path) != state}
    return Change(doubtful, tuple(path for path in before if path not in here))


def trusted(seen: Seen, clock: int) -> Seen:
    """A file with the state by which it may be known again: of one that changed as it was looked at, none.

    `clock` is when the run began, by the file system's own clock. A file that was written in that very tick may be
    written once more without its time changing (git calls such a file racy).
    """
    tick = _TICK if clock % 1_000_000_000 else _COARSE
    racy = max(seen.state.modified, seen.state.changed) >= clock - tick
    return Seen(UNKNOWN, seen.digest) if racy else seen


def passed_over(name: str) -> bool:
    """Whether a file or folder is hidden or an editor's backup, and none of ours."""
    return name[0] == "." or name[-1] == "~"


def _look(root: str, folder: str, files: dict[str, State], odd: list[Problem]) -> None:
    try:
        with os.scandir(f"{root}/{folder}") as found:
            entries = sorted(found, key=attrgetter("name"))
    except (FileNotFoundError, NotADirectoryError):
        return
    below: list[str] = []
    plain = folder.isprintable()
    for entry in entries:
        name = entry.name
        path = f"{folder}/{name}"
        if name[0] == "." or name[-1] == "~":
            if name.endswith(TEMPORARY):
                Path(entry.path).unlink(missing_ok=True)
        elif entry.is_dir(follow_symlinks=False):
            below.append(path)
        elif not (plain and name.isprintable()) and _NO_TEXT.search(path):
            shown = path.encode("ascii", "backslashreplace").decode()
            odd.append(Problem(shown, 0, "its name holds characters that are no text"))
        elif not entry.is_file(follow_symlinks=False) and not (_inside(root, folder, entry.path) and entry.is_file()):
            odd.append(Problem(path, 0, f"is no plain file of {folder.partition('/')[0]}/"))
        else:
            try:
                files[path] = state(entry)
            except FileNotFoundError:  # it went away meanwhile, as files do that an editor writes
                continue
    for inner in below:
        _look(root, inner, files, odd)


def _inside(root: str, folder: str, link: str) -> bool:
    """Whether a link leads to a file of the same top folder."""
    try:
        return Path(root, folder.partition("/")[0]).resolve() in Path(link).resolve(strict=True).parents
    except (OSError, RuntimeError):  # it leads nowhere, or in a circle
        return False


def state(file: "os.DirEntry[str] | Path") -> State:
    """The state of a file that is there."""
    found = file.stat()
    return State(found.st_size, found.st_mtime_ns, found.st_ctime_ns)


class Restless(OSError):
    """A file that changes as it is read."""


def read(path: Path | str, tries: int = 5) -> tuple[bytes, State]:
    """The bytes of a file and its state, which was the same before and behind. Raises Restless where it never is."""
    for _ in range(tries):
        number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            before = _opened(number)
            data = os.read(number, before.size + 1)
            while 0 < len(data) < before.size and (more := os.read(number, before.size - len(data) + 1)):
                data += more
            if len(data) == before.size and _opened(number) == before:
                return data, before
        finally:
            os.close(number)
    raise Restless(errno.EBUSY, "it changes while it is read", str(path))


def _opened(number: int) -> State:
    found = os.fstat(number)
    return State(found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def digest_of(path: Path) -> Seen:
    """A file as it is, without holding its bytes: a picture can be large. Raises Restless where it changes meanwhile."""
    with path.open("rb") as file:
        before = _opened(file.fileno())
        found = hashlib.file_digest(file, "sha256").hexdigest()
        if _opened(file.fileno()) != before:
            raise Restless(errno.EBUSY, "it changes while it is read", str(path))
    return Seen(before, found)


def digest(data: bytes) -> str:
    """The hash by which a file's bytes are known."""
    return hashlib.sha256(data).hexdigest()
