"""The files of `layouts/static/`, published as they are under names that hold their hashes."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from pressfold.problem import refuse

STATIC = "static/"
STYLE = f"{STATIC}style.css"
MORE = f"{STATIC}site.css"  # what a site says after the theme's style; readers get one file


class Asset(msgspec.Struct, frozen=True):
    """A file of the theme: where it is published, and what is in it."""

    address: str
    data: bytes


def assets(folders: Sequence[Path]) -> Mapping[str, Asset]:
    """The static files of some folders by their plain names, a file of an earlier folder before a later one's.

    Raises Problems for a link that leads out of them.
    """
    found = {
        path.relative_to(folder).as_posix(): _read(path, folder)
        for folder in reversed(folders)
        for path in sorted((folder / STATIC).rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
    if MORE in found:
        found[STYLE] = found.get(STYLE, b"") + b"\n" + found.pop(MORE)
    return {name: _asset(name, data) for name, data in sorted(found.items())}


def _read(path: Path, folder: Path) -> bytes:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise refuse(f"layouts/{path.relative_to(folder).as_posix()}", 0, "is no plain file of layouts/")
    return path.read_bytes()


def _asset(name: str, data: bytes) -> Asset:
    kind = PurePosixPath(name).suffix
    return Asset(f"{name.removesuffix(kind)}-{hashlib.sha256(data).hexdigest()[:10]}{kind}", data)
