"""The inbox of a site: what comes into it, and which of it the ledger does not know yet."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from pressfold import beside, content
from pressfold.ingest import charset
from pressfold.ingest.decode import LARGEST
from pressfold.ingest.draft import Raw
from pressfold.ingest.extract import ending, kind
from pressfold.ingest.letter import letters, name_of
from pressfold.ledger import Ledger
from pressfold.problem import Problem, refuse
from pressfold.site import INBOX
from pressfold.survey import digest, passed_over, survey


def receive(root: Path, source: Path) -> Iterator[str]:
    """Copy a file, or what a folder holds but for hidden files and backups; the copies' paths below content/.

    What was saved beside a page goes with it.
    """
    inside = (root / INBOX).resolve()
    if not source.exists():
        raise refuse(str(source), 0, "there is no such file")
    if source.is_file() and passed_over(source.name):
        raise refuse(str(source), 0, "is hidden or a backup, which the inbox passes over", "rename it")
    found = sorted(p for p in source.rglob("*") if p.is_file()) if source.is_dir() else [source]
    with_pages = {path: beside.saved_with(path) for path in found}
    theirs = {path for paths in with_pages.values() for path in paths}
    for path in found:
        hidden = any(passed_over(part) for part in path.relative_to(source).parts)
        if inside not in path.resolve().parents and not hidden and path not in theirs:
            yield content.receive(root, path, with_pages[path])


def take_in(root: Path, stream: BinaryIO) -> str:
    """Copy what a stream holds into the inbox, named by its hash and what it is; its path below content/."""
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise refuse("standard input", 0, f"larger than {LARGEST // 2**20} MiB")
    if not data.strip():
        raise refuse("standard input", 0, "is empty")
    name = f"inbox/{digest(data)[:16]}{ending(data)}"
    content.write(root / "content" / name, data)
    return name


def lay_there(path: str, asked: Collection[str]) -> bool:
    """Whether a file of the inbox is none that the command named, nor in a folder that it named."""
    named = any(f"{path}/".startswith(f"{name}/") for name in asked)
    return path.startswith(f"{INBOX}/") and not named


class Arrivals:
    """The items of the inbox that the ledger does not know, one at a time; the same item counts once.

    `settled` files are known to be imported and are not opened; items with one of the keys `anew` come although they
    are known. `known` and `refused` are filled meanwhile.
    """

    def __init__(self, root: Path, ledger: Ledger, settled: Collection[str], anew: Collection[str]) -> None:
        self._root, self._anew = root, anew
        self._ledger = {key: entry.content for key, entry in ledger.items()}
        here = survey(root, INBOX)
        items = beside.items(here.files)
        self._files = {path: here.files[path] for path in items if anew or path not in settled}
        self.known = len(items) - len(self._files)
        self.refused = [replace(problem, message=f"not imported: {problem.message}") for problem in here.odd]
        self._read_through: dict[str, str] = {}
        self._came: set[str] = set()

    def __len__(self) -> int:
        return len(self._files)

    def items(self) -> Iterator[Raw]:
        """The items of all files but feeds."""
        for path in self._of(feeds=False):
            if kind(path) == "mailbox":
                yield from self.new(self._letters(path))
                self.read_through(path)
            else:
                yield from self.new(self._read(path))

    def feeds(self) -> Iterator[Raw]:
        """The files of feeds, whose items are to be taken out of them and then told by `new`."""
        for path in self._of(feeds=True):
            yield from self._read(path)

    def new(self, raws: Iterable[Raw]) -> Iterator[Raw]:
        """Those of some items that are to be imported."""
        for raw in raws:
            if self._ledger.get(raw.key) in ("", raw.digest) and raw.key not in self._anew:
                self.known += 1
            elif raw.key not in self._came:
                self._came.add(raw.key)
                yield raw

    def read_through(self, path: str, key: str = "") -> None:
        """Note that each item of a file was taken or refused; or that its one item has a key."""
        self._read_through[path] = key

    def whole(self, ledger: Ledger) -> set[str]:
        """The files that are known by the items in them and that need not be opened again."""
        return {path for path, key in self._read_through.items() if not key or key in ledger}

    def refuse(self, raw: Raw, reason: str, hint: str = "") -> None:
        """Note why nothing became of an item."""
        self.refused.append(refused(raw, reason, hint))

    def _of(self, *, feeds: bool) -> Iterator[str]:
        return (path for path in self._files if (kind(path) == "feed") == feeds)

    def _read(self, path: str) -> Iterator[Raw]:
        raw = Raw(path.removeprefix("content/"), b"")
        most = charset.LARGEST if kind(path) in ("page", "archive") else LARGEST  # a page can have its pictures in it
        if self._files[path].size > most:
            self.refuse(raw, f"larger than {most // 2**20} MiB")
            return
        try:
            data = (self._root / path).read_bytes()
        except OSError as error:
            self.refuse(raw, str(error.strerror))
            return
        found = Raw(raw.file, data, name_of(data) if kind(path) == "letter" else "")
        if found.part:
            self.read_through(path, found.key)
        yield found

    def _letters(self, path: str) -> Iterator[Raw]:
        """The letters of a mailbox, which may be of any size."""
        file = path.removeprefix("content/")
        try:
            with (self._root / path).open("rb") as mailbox:
                for data in letters(mailbox, LARGEST):
                    part = name_of(data) or f"letter:{digest(data)}"
                    if len(data) > LARGEST:
                        self.refuse(Raw(file, b"", part), f"larger than {LARGEST // 2**20} MiB")
                    else:
                        yield Raw(file, data, part, "letter")
        except OSError as error:
            self.refuse(Raw(file, b""), str(error.strerror))


def refused(raw: Raw, reason: str, hint: str = "") -> Problem:
    """The problem that nothing became of an item."""
    return problem(raw, f"not imported: {reason}", hint)


def problem(raw: Raw, message: str, hint: str = "") -> Problem:
    """A problem of an item, by its file and its name there."""
    return Problem(f"content/{raw.file}", 0, f"{raw.part[:200]}: {message}" if raw.part else message, hint)
