"""Files to a folder: staged whole, then applied. Only files that a build wrote are ever written over or deleted.

`.pressfold.json` in the folder names them with their hashes (no times). While a build applies its files the list is
marked unfinished and holds old and new alike, so that a run which stops anywhere is completed by the next.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pressfold.problem import Problem, Problems, refuse

MANIFEST = ".pressfold.json"
_STAGE = ".pressfold-stage"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site: its path inside the folder, and its bytes."""

    path: str
    data: bytes

    @property
    def digest(self) -> str:
        """The hash by which it is known."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build wrote: path to hash. Not `finished`: the hashes are of what was to be written, and prove nothing."""

    files: Mapping[str, str]
    finished: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """What happened to the folder's files."""

    written: tuple[str, ...]
    unchanged: int
    deleted: tuple[str, ...]


def read_manifest(folder: Path) -> Manifest:
    """What the last build wrote; empty and unfinished where nothing is known."""
    try:
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
        files = {path: str(digest) for path, digest in found["files"].items() if _inside(path)}
        return Manifest(files, finished=not found.get("unfinished", False))
    except (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError):
        return Manifest({}, finished=False)


_ODD = re.compile("[\\\\:\x00\ud800-\udfff]")


def _inside(path: str) -> bool:
    """Whether a path stays inside the folder: a manifest is a file that anyone can have written."""
    parts = path.split("/")
    return all(part not in ("", ".", "..") and not _ODD.search(part) for part in parts)


def check_place(folder: Path, root: Path) -> None:
    """Raise Problems where the output folder would swallow the site's own files."""
    inside = [root / name for name in ("content", "layouts", ".pressfold", ".git")]
    if folder == root or folder in root.parents or any(folder == own or own in folder.parents for own in inside):
        raise refuse(
            str(folder), 0, "cannot be the output folder: the site itself lies there", "choose a folder of its own"
        )
    if folder.exists() and not folder.is_dir():
        raise refuse(str(folder), 0, "is a file, not a folder", "choose another place for the output")


def apply(folder: Path, new: Iterable[File], same: Mapping[str, str], before: Manifest, name: str) -> Report:
    """Bring the folder to hold `new` and `same` (path to hash, already there) and nothing else of ours.

    `before` is the manifest by which `same` was decided; `name` is the folder as messages call it. Nothing that is there
    changes until every new file lies staged. Raises Problems where a file of somebody else is in the way.
    """
    stage = folder / _STAGE
    shutil.rmtree(stage, ignore_errors=True)
    new = list(new)
    blocked = [problem for file in new if (problem := _foreign(folder, file, before, name))]
    if blocked:
        raise Problems(blocked)
    waiting = [file for file in new if not _there(folder, file, before)]
    digests = {**same, **{file.path: file.digest for file in new}}
    gone = sorted(path for path in before.files if path not in digests)
    if waiting or gone or not before.finished or digests != before.files:
        folder.mkdir(parents=True, exist_ok=True)
        staged = _stage(stage, waiting)
        _write_manifest(folder, Manifest({**before.files, **digests}, finished=False))
        early = _in_the_way(gone, [file.path for file in waiting])
        for path in early:
            _delete(folder, path)
        for place, file in staged:
            target = folder / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(place, target)
        for path in gone:
            if path not in early:
                _delete(folder, path)
        _write_manifest(folder, Manifest(digests))
        shutil.rmtree(stage, ignore_errors=True)
    return Report(tuple(file.path for file in waiting), len(digests) - len(waiting), tuple(gone))


def _in_the_way(gone: Iterable[str], new: Iterable[str]) -> list[str]:
    """Old files that stand where a new one needs a folder, or lie in a folder that becomes a file."""
    paths = set(new)
    folders = {str(parent) for path in paths for parent in PurePosixPath(path).parents}
    return [path for path in gone if path in folders or {str(p) for p in PurePosixPath(path).parents} & paths]


def _there(folder: Path, file: File, before: Manifest) -> bool:
    if before.finished:
        return before.files.get(file.path) == file.digest
    path = folder / file.path
    return path.is_file() and path.read_bytes() == file.data


def _foreign(folder: Path, file: File, before: Manifest, name: str) -> Problem | None:
    """What we did not write, where a file of ours must go or needs a folder; the same bytes are welcome."""
    for parent in PurePosixPath(file.path).parents:
        if ((folder / parent).is_file() and str(parent) not in before.files) or (
            str(parent) != "." and (folder / parent).is_symlink()
        ):
            return _blocked(f"{name}/{parent}")
    path = folder / file.path
    if file.path in before.files or not path.exists() or (path.is_file() and path.read_bytes() == file.data):
        return None
    if path.is_dir():
        within = [inner.relative_to(folder).as_posix() for inner in path.rglob("*") if not inner.is_dir()]
        if within and all(inner in before.files for inner in within):
            return None  # a folder of our own, which a file of its name replaces
    return _blocked(f"{name}/{file.path}")


def _blocked(path: str) -> Problem:
    return Problem(path, 0, "was not made by the build, and is in its way", "move it, or empty the output folder")


def _stage(stage: Path, files: list[File]) -> list[tuple[Path, File]]:
    if files:
        stage.mkdir(parents=True, exist_ok=True)
    staged = []
    for number, file in enumerate(files):
        place = stage / str(number)
        place.write_bytes(file.data)
        staged.append((place, file))
    return staged


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    stage = folder / _STAGE
    stage.mkdir(parents=True, exist_ok=True)
    listed: dict[str, object] = {"files": dict(sorted(manifest.files.items()))}
    if not manifest.finished:
        listed["unfinished"] = True
    place = stage / MANIFEST
    place.write_text(json.dumps(listed, ensure_ascii=False, indent=0) + "\n", "utf-8", newline="\n")
    os.replace(place, folder / MANIFEST)


def _delete(folder: Path, path: str) -> None:
    """Delete a file of ours, and the folders that it leaves empty."""
    target = folder / path
    if target.is_dir() or _elsewhere(folder, path):
        return
    target.unlink(missing_ok=True)
    for parent in target.parents:
        if parent == folder:
            break
        try:
            parent.rmdir()
        except OSError:
            break


def _elsewhere(folder: Path, path: str) -> bool:
    """Whether a link on the way leads out of the folder."""
    return any((folder / parent).is_symlink() for parent in PurePosixPath(path).parents if str(parent) != ".")


def clean(folder: Path) -> tuple[str, ...]:
    """Delete what builds wrote, and nothing else; the paths."""
    before = read_manifest(folder)
    for path in before.files:
        _delete(folder, path)
    shutil.rmtree(folder / _STAGE, ignore_errors=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()
    return tuple(sorted(before.files))
