"""The list of files that builds wrote, path to hash. Nothing else in the folder is ours to write over or to delete."""

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

import msgspec

from pressfold.survey import digest

MANIFEST = ".pressfold.json"


class _Manifest(msgspec.Struct, frozen=True):
    files: dict[str, str]


def read_manifest(folder: Path) -> dict[str, str]:
    """What the last build wrote, path to hash; empty where nothing is known."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=_Manifest).files
    except (OSError, msgspec.MsgspecError, RecursionError):
        return {}


def write_manifest(folder: Path, files: Mapping[str, str]) -> None:
    """Write the list into a folder."""
    listed = _Manifest(dict(sorted(files.items())))
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(listed), indent=1) + b"\n")


def look(folder: Path) -> list[str]:
    """The listed files that are not what the list says; from now on it says that nothing is known of them."""
    listed = read_manifest(folder)
    wrong = [path for path, mark in listed.items() if not inside(path) or _digest(folder / path) != mark]
    if wrong:
        write_manifest(folder, {**listed, **dict.fromkeys(wrong, "")})
    return wrong


def _digest(path: Path) -> str:
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""


_ODD = re.compile("[\\\\:\x00\ud800-\udfff]")


def inside(path: str) -> bool:
    """Whether a path stays inside the folder: a manifest is a file that anyone can have written."""
    parts = path.split("/")
    return all(part not in ("", ".", "..") and not _ODD.search(part) for part in parts)


def above(path: str) -> list[str]:
    """The folders that a file lies in, the nearest first."""
    return [str(parent) for parent in PurePosixPath(path).parents][:-1]  # the last is the output folder itself


def delete(folder: Path, path: str) -> None:
    """Delete a file of ours, and the folders that it leaves empty."""
    target = folder / path
    if not inside(path) or target.is_dir() or _elsewhere(folder, path):
        return
    with suppress(FileNotFoundError, NotADirectoryError):  # where a file has its folder's place already
        target.unlink()
    for parent in above(path):
        try:
            (folder / parent).rmdir()
        except OSError:
            break


def _elsewhere(folder: Path, path: str) -> bool:
    """Whether a link on the way leads out of the folder."""
    return any((folder / parent).is_symlink() for parent in above(path))
