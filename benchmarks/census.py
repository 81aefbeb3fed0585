"""What stands in an output: how much, what a build changed there, and what it forgot to remove."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Change


def files(output: Path) -> Iterator[Path]:
    """Every file that would be uploaded: hidden ones are a builder's own."""
    for folder, folders, names in os.walk(output):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder, name) for name in names if not name.startswith("."))


@dataclass(frozen=True)
class Census:
    """The files of an output with their bytes' digest and their time, and how many bytes they are in all."""

    files: dict[str, tuple[bytes, int]]
    bytes: int

    @classmethod
    def taken(cls, output: Path) -> "Census":
        """Count an output as it stands."""
        found, total = {}, 0
        for path in files(output):
            data = path.read_bytes()
            total += len(data)
            found[path.relative_to(output).as_posix()] = (hashlib.blake2b(data).digest(), path.stat().st_mtime_ns)
        return cls(found, total)

    def since(self, before: "Census") -> dict[str, int]:
        """How many files are other, new or gone; and how many were written, be it with the same bytes."""
        nothing = (b"", 0)
        names = self.files.keys() | before.files.keys()
        pairs = [(before.files.get(name, nothing), self.files.get(name, nothing)) for name in names]
        return {
            "changed": sum(old[0] != new[0] for old, new in pairs),
            "written": sum(old[1] != new[1] for old, new in pairs if new != nothing),
        }


def reached(output: Path, change: Change) -> bool:
    """Whether a change can be seen where it must be."""
    text = (output / change.page).read_text("utf-8")
    return change.words in text and not (change.gone and change.gone in text)


def traces(output: Path, gone: str) -> list[str]:
    """What still tells of a deleted article: its page, lists, feeds, the sitemap."""
    found = set()
    for path in files(output):
        name = path.relative_to(output).as_posix()
        if name.startswith(f"articles/{gone}"):
            found.add("page")
        elif gone.encode() in path.read_bytes():
            found.add("sitemap" if name.startswith("sitemap") else "lists" if name.endswith(".html") else "feeds")
    return sorted(found)
