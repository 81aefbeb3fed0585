"""The journal: what is to be done with a stage that is whole. Whoever finds one carries it out, to its end."""

import os
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from pressfold.output.manifest import MANIFEST, above, delete
from pressfold.output.stage import STAGE, waiting

_JOURNAL = "journal.json"


class Journal(msgspec.Struct, frozen=True):
    """What is to be done with a stage that is whole.

    `early`: old files whose place a new one needs. `first`: files, or whole folders, in the order in which they are
    moved; then whatever the stage still holds. `gone`: what is deleted last.
    """

    early: list[str]
    first: list[str]
    gone: list[str]


def read_journal(folder: Path) -> Journal | None:
    """The journal of an output folder; None where its stage is not whole, or there is none."""
    try:
        return msgspec.json.decode((folder / STAGE / _JOURNAL).read_bytes(), type=Journal)
    except (OSError, msgspec.MsgspecError):
        return None


def write_journal(folder: Path, journal: Journal) -> None:
    """The journal, on the disk itself: from here on the old site may be changed."""
    place = folder / STAGE / f"{_JOURNAL}.new"
    with place.open("wb") as file:
        file.write(msgspec.json.encode(journal))
        file.flush()
        os.fsync(file.fileno())
    os.replace(place, folder / STAGE / _JOURNAL)


def in_the_way(gone: Collection[str], new: Collection[str]) -> list[str]:
    """Old files that stand where a new one needs a folder, or lie in a folder that becomes a file."""
    if not gone:
        return []
    paths = set(new)
    folders = {parent for path in paths for parent in above(path)}
    return [path for path in gone if path in folders or not paths.isdisjoint(above(path))]


def carry_out(folder: Path, journal: Journal) -> None:
    """Do what the journal says, as far as it is not done yet."""
    for path in journal.early:
        delete(folder, path)
    _move(folder, journal.first)
    _merge(waiting(folder), folder)
    for path in journal.gone:
        if path not in journal.early:
            delete(folder, path)
    if (folder / STAGE / MANIFEST).exists():
        os.replace(folder / STAGE / MANIFEST, folder / MANIFEST)


def _move(folder: Path, paths: Iterable[str]) -> None:
    files = waiting(folder)
    made: set[str] = set()
    for path in paths:
        target = folder / path
        parent = path.rpartition("/")[0]
        if parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(parent)
        with suppress(FileNotFoundError):  # it was moved already, by the build that stopped
            os.replace(files / path, target)


def _merge(source: Path, target: Path) -> None:
    """Move what a folder holds into another: folders whole where there are none of their name yet."""
    if not source.is_dir():
        return
    for entry in sorted(os.scandir(source), key=lambda entry: (entry.is_file(), entry.name)):
        place = target / entry.name
        if entry.is_dir() and place.is_dir():
            _merge(Path(entry.path), place)
        else:
            os.replace(entry.path, place)
