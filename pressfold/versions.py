"""On what every page depends besides its view: the program's own source and companies, and the libraries that draw."""

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pressfold
from pressfold.memory import Memory
from pressfold.survey import state

_LIBRARIES = ("jinja2", "markdown", "nh3", "feedgen", "babel", "pyyaml", "pyromark", "typst")
_PARTS = (".py", "companies.txt")
_HOME = Path(pressfold.__file__).parent


def versions(memory: Memory) -> str:
    """The versions as one hash; reckoned again only where anything was installed or changed."""
    now = standing()
    if memory.fact("standing") != now:
        memory.state({"standing": now, "versions": salt()})
    return memory.fact("versions")


def standing() -> str:
    """What changes whenever the versions may: states of files and folders alone, so that it costs next to nothing.

    An installer makes and removes folders beside the libraries when it changes one.
    """
    libraries = sysconfig.get_path("purelib")
    states = [str(state(Path(path))) for path in (*_sources(), libraries)]
    return hashlib.sha256("\n".join([sys.version, *states]).encode()).hexdigest()


def salt() -> str:
    """The versions as one hash, the same on every machine that has the same."""
    from importlib.metadata import version

    found = hashlib.sha256(pressfold.__version__.encode())
    for library in _LIBRARIES:
        found.update(f"{library} {version(library)}\0".encode())
    for path in _sources():
        found.update(Path(path).read_bytes())
    return found.hexdigest()


def _sources() -> list[str]:
    return sorted(_below(str(_HOME)))


def _below(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _below(entry.path)
        elif entry.name.endswith(_PARTS):
            yield entry.path
