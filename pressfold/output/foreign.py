"""What we did not write, and lies where a new file must go: it is never written over, but named."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from pressfold.output.manifest import MANIFEST, above
from pressfold.output.stage import STAGE, waiting
from pressfold.problem import Problem


def foreign(folder: Path, paths: Iterable[str], known: Mapping[str, str], name: str) -> list[Problem]:
    """What we did not write, where a staged file must go or needs a folder; the very same bytes are welcome.

    `known` is the list of files that are ours, `name` the folder as messages call it.
    """
    if not _holds_others(folder, known):
        return []
    found = (_in_the_way_of(folder, path, known, name) for path in paths)
    return list(
        dict.fromkeys(problem for problem in found if problem)
    )  # a file in a folder's place stops many, and is one


def _holds_others(folder: Path, known: Mapping[str, str]) -> bool:
    """Whether anything lies there at all that can be in a file's way."""
    if not folder.is_dir():
        return False
    with os.scandir(folder) as entries:
        return bool(known) or any(entry.name not in (MANIFEST, STAGE) for entry in entries)


def _in_the_way_of(folder: Path, path: str, known: Mapping[str, str], name: str) -> Problem | None:
    for parent in above(path):
        if ((folder / parent).is_file() and parent not in known) or (folder / parent).is_symlink():
            return _blocked(f"{name}/{parent}")
    place = folder / path
    if not os.path.lexists(place):
        return None
    if _is_folder(place):
        ours = _all_known(folder, place, known)  # a folder of our own, which a file of its name replaces
    else:
        ours = path in known or (place.is_file() and _same(place, waiting(folder) / path))
    return None if ours else _blocked(f"{name}/{path}")


def _is_folder(place: Path) -> bool:
    return place.is_dir() and not place.is_symlink()


def _all_known(folder: Path, place: Path, known: Mapping[str, str]) -> bool:
    """Whether nothing is left of a folder once all known files are deleted, and what they leave empty."""
    ends = [inner for inner in (place, *place.rglob("*")) if not _is_folder(inner) or not any(inner.iterdir())]
    return all(not _is_folder(end) and end.relative_to(folder).as_posix() in known for end in ends)


def _same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()


def _blocked(path: str) -> Problem:
    return Problem(path, 0, "was not made by the build, and is in its way", "move it, or empty the output folder")
