"""The files of the output against the list that the build wrote of them: missing, changed, and those of others."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from pressfold.check.finding import Wrong
from pressfold.output.manifest import MANIFEST
from pressfold.output.stage import STAGE
from pressfold.survey import digest_of

_AGAIN = "run pressfold build --no-cache"


def judge_file(path: str, mark: str, found: str | None) -> Iterator[Wrong]:
    """Whether a listed file is what the list says; `found` is the hash of what lies there, None for nothing."""
    if found is None:
        yield Wrong(path, 0, "is not there, though a build wrote it", _AGAIN)
    elif found != mark:
        yield Wrong(path, 0, "is not as the build wrote it", _AGAIN)


def mark_of(place: Path) -> str | None:
    """The hash of a file that may be large; None where there is none."""
    try:
        return digest_of(place).digest
    except OSError:
        return None


def others(folder: Path, listed: Collection[str]) -> Iterator[Wrong]:
    """The files that no build wrote."""
    for path in _below(str(folder), ""):
        if path not in listed and path != MANIFEST:
            shown = path.encode("utf-8", "backslashreplace").decode()
            yield Wrong(shown, 0, "was not made by the build", "builds keep it, but nothing else knows of it", True)


def _below(folder: str, above: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if not entry.is_dir(follow_symlinks=False):
                yield above + entry.name
            elif above or entry.name != STAGE:
                yield from _below(entry.path, f"{above}{entry.name}/")
