"""Builds of a folder, for the tests: whole ones, and ones that stop at any of their steps."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from hypothesis import strategies as st

from pressfold.output import Report, apply, staging
from pressfold.output.foreign import foreign
from pressfold.output.manifest import MANIFEST, read_manifest
from pressfold.output.stage import Stage
from pressfold.problem import Problems
from pressfold.survey import digest


def marks(files: dict[str, str]) -> dict[str, str]:
    """What the list says of files."""
    return {path: digest(text.encode()) for path, text in files.items()}


def build(folder: Path, files: dict[str, str], rank: Callable[[str], int] = lambda path: 0) -> Report:
    """What a build does: what the list does not name is staged, and all of it applied."""
    with staging(folder):
        before, listed, stage = read_manifest(folder), marks(files), Stage(folder)
        staged = [path for path, mark in listed.items() if before.get(path) != mark]
        for path in staged:
            stage.put(path, files[path].encode())
        blocked = foreign(folder, staged, before, "output")
        if blocked:
            raise Problems(blocked)
        return apply(folder, before, listed, staged, rank)


def tree(folder: Path) -> dict[str, str]:
    """The files of a folder and their texts, without the list."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def folders(folder: Path) -> list[str]:
    """The folders below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir())


# What stops, and what a reader of the site can see meanwhile.


class Stopped(BaseException):
    """The process is gone: whatever it still meant to do, it cannot."""


_watcher: list[Callable[[str], object]] = []
_CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree", "shutil.copyfile")


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    writes = event in _CHANGES or (event == "open" and "w" in str(arguments[1]))
    if _watcher and writes:
        watch = _watcher.pop()  # what it does itself is not heard
        try:
            watch(event)
        finally:
            _watcher.append(watch)


sys.addaudithook(_hear)


@contextmanager
def watched(watch: Callable[[str], object]) -> Iterator[None]:
    """Call `watch` before each change of the file system."""
    _watcher.append(watch)
    try:
        yield
    finally:
        _watcher.clear()


def stop_after(steps: int, work: Callable[[], object]) -> int:
    """Do work until it has changed the file system so often, and no further; how often it has, or would have."""
    done = 0

    def count(_: str) -> None:
        nonlocal done
        done += 1
        if done > steps:
            raise Stopped

    with watched(count), suppress(Stopped):
        work()
    return done


# Any files.


def _fit(tree: dict[str, str]) -> bool:
    """Whether no file of a tree is a folder of another."""
    return not any(str(parent) in tree for path in tree for parent in PurePosixPath(path).parents)


PATHS = ["a", "a/x", "b", "c", "c/d", "c/e", "f/g/h"]
TREES = st.dictionaries(st.sampled_from(PATHS), st.sampled_from("12"), max_size=5).filter(_fit)
