"""The inbox of a site: what comes into it, and which of it the ledger does not know yet."""

from collections.abc import Collection, Iterator
from pathlib import Path

from msgspec.structs import replace

from pressfold import content
from pressfold.ingest.decode import LARGEST
from pressfold.ingest.draft import Raw
from pressfold.ledger import Ledger
from pressfold.problem import Problem, refuse
from pressfold.site import INBOX
from pressfold.survey import State, passed_over, survey


def receive(root: Path, source: Path) -> Iterator[str]:
    """Copy a file, or what a folder holds but for hidden files and backups; the copies' paths below content/."""
    inside = (root / INBOX).resolve()
    if not source.exists():
        raise refuse(str(source), 0, "there is no such file")
    if source.is_file() and passed_over(source.name):
        raise refuse(str(source), 0, "is hidden or a backup, which the inbox passes over", "rename it")
    for path in sorted(p for p in source.rglob("*") if p.is_file()) if source.is_dir() else [source]:
        hidden = any(passed_over(part) for part in path.relative_to(source).parts)
        if inside not in path.resolve().parents and not hidden:
            yield content.receive(root, path)


def lay_there(path: str, asked: Collection[str]) -> bool:
    """Whether a file of the inbox is none that the command named, nor in a folder that it named."""
    named = any(f"{path}/".startswith(f"{name}/") for name in asked)
    return path.startswith(f"{INBOX}/") and not named


class Arrivals:
    """The items of the inbox that the ledger does not know, a file at a time; the same bytes count once.

    `settled` files are known to be imported and are not opened; items with one of the keys `anew` come although they
    are known. `known` and `refused` are filled as the items are taken.
    """

    def __init__(self, root: Path, ledger: Ledger, settled: Collection[str], anew: Collection[str]) -> None:
        self._root, self._ledger, self._anew = root, frozenset(ledger), anew
        here = survey(root, INBOX)
        self._files = {path: state for path, state in here.files.items() if anew or path not in settled}
        self.known = len(here.files) - len(self._files)
        self.refused = [replace(problem, message=f"not imported: {problem.message}") for problem in here.odd]
        self._came: set[str] = set()

    def __len__(self) -> int:
        return len(self._files)

    def __iter__(self) -> Iterator[Raw]:
        for path, state in self._files.items():
            raw = self._read(path, state)
            if raw and self._new(raw):
                yield raw

    def _read(self, path: str, state: State) -> Raw | None:
        if state.size > LARGEST:
            self.refused.append(Problem(path, 0, f"not imported: larger than {LARGEST // 2**20} MiB"))
            return None
        try:
            return Raw(path.removeprefix("content/"), (self._root / path).read_bytes())
        except OSError as error:
            self.refused.append(Problem(path, 0, f"not imported: {error.strerror}"))
            return None

    def _new(self, raw: Raw) -> bool:
        if raw.key in self._ledger and raw.key not in self._anew:
            self.known += 1
            return False
        first = raw.key not in self._came
        self._came.add(raw.key)
        return first
