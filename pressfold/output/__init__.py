"""Files to a folder: staged whole, then applied. Only files that a build wrote are ever written over or deleted.

`.pressfold.json` in the folder names them with their hashes (no times). A build puts every new file into the stage, then
the list of files as it will be, then, last, the journal: what is to be deleted. Without a journal nothing has changed,
and the stage is thrown away; with one everything is there, and whoever finds it finishes the work: moving what still
lies in the stage, deleting, and putting the new list in place. The site is never half of one and half of another for
longer than that takes, and what a page links to is moved before the page.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from pressfold.output.journal import Journal, carry_out, in_the_way, read_journal, write_journal
from pressfold.output.manifest import MANIFEST, delete, read_manifest, write_manifest
from pressfold.output.stage import STAGE, remove, throw_away, waiting
from pressfold.problem import refuse
from pressfold.site import WORK


class Report(msgspec.Struct, frozen=True):
    """What happened to the folder's files."""

    written: tuple[str, ...]
    unchanged: int
    deleted: tuple[str, ...]


def check_place(folder: Path, root: Path, own: Path) -> None:
    """Raise Problems where the output folder would swallow the site's own files; `own` is a place inside that is meant."""
    inside = [root / name for name in ("content", "layouts", WORK, ".git")]
    swallowed = folder == root or folder in root.parents or any(folder == o or o in folder.parents for o in inside)
    if swallowed and folder != own:
        raise refuse(
            str(folder), 0, "cannot be the output folder: the site itself lies there", "choose a folder of its own"
        )
    if folder.exists() and not folder.is_dir():
        raise refuse(str(folder), 0, "is a file, not a folder", "choose another place for the output")


@contextmanager
def staging(folder: Path) -> Iterator[None]:
    """What is staged within is applied within, or thrown away.

    What a build that stopped had begun to apply is finished first; what it had only staged is thrown away.
    """
    finish(folder)
    try:
        yield
    finally:
        if read_journal(folder) is None:  # else the files are on their way, and the next run moves the rest
            throw_away(folder)


def finish(folder: Path) -> None:
    """Finish what a build that stopped had begun to apply."""
    journal = read_journal(folder)
    if journal is not None:
        carry_out(folder, journal)
    throw_away(folder)


def apply(
    folder: Path,
    before: Mapping[str, str],
    listed: Mapping[str, str],
    staged: Collection[str],
    rank: Callable[[str], int],
) -> Report:
    """Bring the folder from what was listed `before` to what is `listed` now; what is not there yet lies `staged`.

    `rank` is the order in which files may appear.
    """
    gone = sorted(path for path in before if path not in listed)
    if staged or gone or listed != before:
        waiting(folder).mkdir(parents=True, exist_ok=True)
        write_manifest(folder / STAGE, listed)
        order = sorted(staged, key=lambda path: (rank(path), path))
        first = order if before else _tops(folder, order)
        journal = Journal(early=in_the_way(gone, staged), first=first, gone=gone)
        write_journal(folder, journal)
        carry_out(folder, journal)
        remove(folder)
    return Report(tuple(sorted(staged)), len(listed) - len(staged), tuple(gone))


def _tops(folder: Path, paths: Collection[str]) -> list[str]:
    """What is moved into an empty folder: whole folders, at once."""
    tops = dict.fromkeys(path.partition("/")[0] for path in paths)
    return [top for top in tops if not os.path.lexists(folder / top)]


def unfinished(folder: Path) -> bool:
    """Whether a build was stopped as it wrote here."""
    return read_journal(folder) is not None


def clean(folder: Path) -> tuple[str, ...]:
    """Delete what builds wrote, and nothing else; the paths."""
    finish(folder)
    before = read_manifest(folder)
    for path in before:
        delete(folder, path)
    (folder / MANIFEST).unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()
    return tuple(sorted(before))
