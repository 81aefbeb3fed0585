"""Files to a folder: staged whole, then applied. Only files that a build wrote are ever written over or deleted.

`.pressfold.json` in the folder names them with their hashes (no times). A build puts every new file into the stage, then
the list of files as it will be, then, last, the journal: what is to be deleted. Without a journal nothing has changed,
and the stage is thrown away; with one everything is there, and whoever finds it finishes the work: moving what still
lies in the stage, deleting, and putting the new list in place. The site is never half of one and half of another for
longer than that takes, and what a page links to is moved before the page.
"""

import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

import msgspec

from pressfold.problem import Problem, refuse
from pressfold.survey import digest

MANIFEST = ".pressfold.json"
STAGE = ".pressfold-stage"
_FILES, _JOURNAL = "files", "journal.json"


class Report(msgspec.Struct, frozen=True):
    """What happened to the folder's files."""

    written: tuple[str, ...]
    unchanged: int
    deleted: tuple[str, ...]


def check_place(folder: Path, root: Path, own: Path) -> None:
    """Raise Problems where the output folder would swallow the site's own files; `own` is a place inside that is meant."""
    inside = [root / name for name in ("content", "layouts", ".pressfold", ".git")]
    swallowed = folder == root or folder in root.parents or any(folder == o or o in folder.parents for o in inside)
    if swallowed and folder != own:
        raise refuse(
            str(folder), 0, "cannot be the output folder: the site itself lies there", "choose a folder of its own"
        )
    if folder.exists() and not folder.is_dir():
        raise refuse(str(folder), 0, "is a file, not a folder", "choose another place for the output")


# The list of files.


def read_manifest(folder: Path) -> dict[str, str]:
    """What the last build wrote, path to hash; empty where nothing is known."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=_Manifest).files
    except (OSError, msgspec.MsgspecError, RecursionError):
        return {}


class _Manifest(msgspec.Struct, frozen=True):
    files: dict[str, str]


def _write_manifest(place: Path, files: Mapping[str, str]) -> None:
    listed = _Manifest(dict(sorted(files.items())))
    place.write_bytes(msgspec.json.format(msgspec.json.encode(listed), indent=1) + b"\n")


_ODD = re.compile("[\\\\:\x00\ud800-\udfff]")


def inside(path: str) -> bool:
    """Whether a path stays inside the folder: a manifest is a file that anyone can have written."""
    parts = path.split("/")
    return all(part not in ("", ".", "..") and not _ODD.search(part) for part in parts)


def look(folder: Path) -> list[str]:
    """The listed files that are not what the list says; from now on it says that nothing is known of them."""
    listed = read_manifest(folder)
    wrong = [path for path, mark in listed.items() if not inside(path) or _digest(folder / path) != mark]
    if wrong:
        _write_manifest(folder / MANIFEST, {**listed, **dict.fromkeys(wrong, "")})
    return wrong


def _digest(path: Path) -> str:
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""


# The stage.


# Of a file that has no place, as another has its own where this one needs a folder: whoever plans the files names it.
_TAKEN = (FileExistsError, NotADirectoryError, IsADirectoryError)


class Stage:
    """Where new files wait. Several processes may put files here; none puts one that another does.

    `through`: each is written to the disk itself, for nobody will know whether the machine was restarted since.
    """

    def __init__(self, folder: Path, *, through: bool = False) -> None:
        self.files, self._through = str(folder / STAGE / _FILES), through
        self._made: set[str] = set()

    def put(self, path: str, data: bytes) -> None:
        """Write a file, in one go."""
        with suppress(*_TAKEN):
            self._write(self._place(path), data)

    def _write(self, place: str, data: bytes) -> None:
        number = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
        try:
            written = os.write(number, data)
            while written < len(data):
                written += os.write(number, data[written:])
            if self._through:
                os.fsync(number)
        finally:
            os.close(number)

    def copy(self, path: str, source: Path, mark: str) -> bool:
        """Copy a file; whether the copy has the hash that it must have."""
        from shutil import copyfile

        with suppress(*_TAKEN):
            place = self._place(path)
            copyfile(source, place)
            with Path(place).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == mark
        return True

    def _place(self, path: str) -> str:
        place = f"{self.files}/{path}"
        folder = place.rpartition("/")[0]
        if folder not in self._made:
            try:
                os.mkdir(folder)  # noqa: PTH102 - once for each file, where a Path would cost more
            except FileExistsError:
                pass
            except FileNotFoundError:
                Path(folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        return place


@contextmanager
def staging(folder: Path) -> Iterator[None]:
    """What is staged within is applied within, or thrown away.

    What a build that stopped had begun to apply is finished first; what it had only staged is thrown away.
    """
    finish(folder)
    try:
        yield
    finally:
        if _journal(folder / STAGE) is None:  # else the files are on their way, and the next run moves the rest
            _throw_away(folder)


def finish(folder: Path) -> None:
    """Finish what a build that stopped had begun to apply."""
    journal = _journal(folder / STAGE)
    if journal is not None:
        _apply(folder, journal)
    _throw_away(folder)


def _throw_away(folder: Path) -> None:
    if (folder / STAGE).exists():
        _remove(folder / STAGE)
        with suppress(OSError):
            folder.rmdir()  # where the stage was all that it held


def _remove(folder: Path, *, quietly: bool = True) -> None:
    from shutil import rmtree  # not needed by a build that has nothing to do

    rmtree(folder, ignore_errors=quietly)


def foreign(folder: Path, paths: Iterable[str], known: Mapping[str, str], name: str) -> list[Problem]:
    """What we did not write, where a staged file must go or needs a folder; the very same bytes are welcome.

    `known` is the list of files that are ours, `name` the folder as messages call it.
    """
    if not _holds_others(folder, known):
        return []
    files = Path(Stage(folder).files)
    found = (_in_the_way_of(folder, files, path, known, name) for path in paths)
    return list(
        dict.fromkeys(problem for problem in found if problem)
    )  # a file in a folder's place stops many, and is one


def _holds_others(folder: Path, known: Mapping[str, str]) -> bool:
    """Whether anything lies there at all that can be in a file's way."""
    if not folder.is_dir():
        return False
    with os.scandir(folder) as entries:
        return bool(known) or any(entry.name not in (MANIFEST, STAGE) for entry in entries)


def _in_the_way_of(folder: Path, files: Path, path: str, known: Mapping[str, str], name: str) -> Problem | None:
    for parent in PurePosixPath(path).parents:
        if ((folder / parent).is_file() and str(parent) not in known) or (
            str(parent) != "." and (folder / parent).is_symlink()
        ):
            return _blocked(f"{name}/{parent}")
    place = folder / path
    if not os.path.lexists(place):
        return None
    if _is_folder(place):
        ours = _all_known(folder, place, known)  # a folder of our own, which a file of its name replaces
    else:
        ours = path in known or (place.is_file() and _same(place, files / path))
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


# Applying.


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
        folder.mkdir(parents=True, exist_ok=True)
        stage = folder / STAGE
        (stage / _FILES).mkdir(parents=True, exist_ok=True)
        _write_manifest(stage / MANIFEST, listed)
        order = sorted(staged, key=lambda path: (rank(path), path))
        if not before:  # into an empty folder: whole folders, at once
            tops = dict.fromkeys(path.partition("/")[0] for path in order)
            order = [top for top in tops if not os.path.lexists(folder / top)]
        journal = _Journal(early=_in_the_way(gone, staged), first=order, gone=gone)
        _write_journal(stage, journal)
        _apply(folder, journal)
        _remove(stage, quietly=False)
    return Report(tuple(sorted(staged)), len(listed) - len(staged), tuple(gone))


class _Journal(msgspec.Struct, frozen=True):
    """What is to be done with a stage that is whole.

    `early`: old files whose place a new one needs. `first`: files, or whole folders, in the order in which they are
    moved; then whatever the stage still holds. `gone`: what is deleted last.
    """

    early: list[str]
    first: list[str]
    gone: list[str]


def _journal(stage: Path) -> _Journal | None:
    try:
        return msgspec.json.decode((stage / _JOURNAL).read_bytes(), type=_Journal)
    except (OSError, msgspec.MsgspecError):
        return None


def _write_journal(stage: Path, journal: _Journal) -> None:
    """The journal, on the disk itself: from here on the old site may be changed."""
    place = stage / f"{_JOURNAL}.new"
    with place.open("wb") as file:
        file.write(msgspec.json.encode(journal))
        file.flush()
        os.fsync(file.fileno())
    os.replace(place, stage / _JOURNAL)


def _apply(folder: Path, journal: _Journal) -> None:
    files = folder / STAGE / _FILES
    for path in journal.early:
        _delete(folder, path)
    made: set[str] = set()
    for path in journal.first:
        target = folder / path
        parent = path.rpartition("/")[0]
        if parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(parent)
        with suppress(FileNotFoundError):  # it was moved already, by the build that stopped
            os.replace(files / path, target)
    _merge(files, folder)
    for path in journal.gone:
        if path not in journal.early:
            _delete(folder, path)
    if (folder / STAGE / MANIFEST).exists():
        os.replace(folder / STAGE / MANIFEST, folder / MANIFEST)


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


def _in_the_way(gone: Collection[str], new: Collection[str]) -> list[str]:
    """Old files that stand where a new one needs a folder, or lie in a folder that becomes a file."""
    if not gone:
        return []
    paths = set(new)
    folders = {str(parent) for path in paths for parent in PurePosixPath(path).parents}
    return [path for path in gone if path in folders or {str(p) for p in PurePosixPath(path).parents} & paths]


def _delete(folder: Path, path: str) -> None:
    """Delete a file of ours, and the folders that it leaves empty."""
    target = folder / path
    if not inside(path) or target.is_dir() or _elsewhere(folder, path):
        return
    with suppress(FileNotFoundError, NotADirectoryError):  # where a file has its folder's place already
        target.unlink()
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
    finish(folder)
    before = read_manifest(folder)
    for path in before:
        _delete(folder, path)
    _remove(folder / STAGE)
    (folder / MANIFEST).unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()
    return tuple(sorted(before))
