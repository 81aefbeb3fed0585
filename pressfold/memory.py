"""What earlier runs computed: SQLite tables that are safe to delete, and set aside when damaged or another version's.

They are right or they are gone: a run changes them in two steps, each whole. First what `content/` says now, and which
subjects are to be drawn for it; then, when the output is applied, what was drawn. Whatever stops between the two, the
next run still knows what is to be drawn.
"""

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from pressfold import catalog
from pressfold.catalog import select
from pressfold.seal import opened, seal
from pressfold.site import boot
from pressfold.survey import Seen, State

FILE = "memory.sqlite"
VERSION = 4
_MARK = 0x70726573  # "pres": another program's database is not ours to change
Kind = Literal["html", "print", "code"]

_SCHEMA = """
create table file (path text primary key, size integer, modified integer, changed integer, digest text, value blob);
create table value (kind text, key text, value blob);
create unique index value_key on value (kind, key);
create table page (path text primary key, subject text, source text, fingerprint text, digest text, listed text);
create index page_subject on page (subject);
create table dirty (subject text primary key) without rowid;
create table fact (name text primary key, value blob) without rowid;
"""


class Damaged(sqlite3.DatabaseError):
    """The tables cannot be read; the run must begin again without them."""


class Drawn(NamedTuple):
    """A page as it was drawn: the file, what it is about, the content that it came from, what it was made of and became.

    `listed` is the moment of its last change for the sitemap, empty where it has none; None keeps it out of there.
    """

    path: str
    subject: str
    source: str
    fingerprint: str
    digest: str
    listed: str | None


class Memory:
    """The tables in a folder; in one that is deleted again where there is none, or none that can be written."""

    def __init__(self, folder: Path | None) -> None:
        self.note = ""
        self._used: set[tuple[str, str]] = set()
        self._passing: Path | None = None
        self.path = self._place(folder) / FILE
        try:
            self.database = connect(self.path)
            self._check_after_restart()
        except sqlite3.DatabaseError:
            self.set_aside()

    def _check_after_restart(self) -> None:
        """What was not yet on the disk when the machine was restarted may be lost, and the tables torn: they are looked over.

        Raises Damaged where they are.
        """
        if self.fact("boot") != boot():
            if self.database.execute("pragma quick_check(1)").fetchone()[0] != "ok":
                raise Damaged
            self.state({"boot": boot()})

    @classmethod
    def attach(cls, path: Path) -> "Memory":
        """The tables of a run that is going on, for another process of it."""
        memory = cls.__new__(cls)
        memory.note, memory.path, memory._used, memory._passing = "", path, set(), None
        memory.database = connect(path)
        return memory

    def _place(self, folder: Path | None) -> Path:
        if folder:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                if os.access(folder, os.W_OK):
                    return folder
                reason = "its folder is read-only"
            except OSError as error:
                reason = str(error.strerror)
            self.note = f"{FILE} cannot be used ({reason}); everything is made anew"
        import tempfile

        self._passing = Path(tempfile.mkdtemp(prefix="pressfold-"))
        return self._passing

    def set_aside(self) -> None:
        """Move the damaged tables away, and begin new ones."""
        self.note = f"{FILE} could not be read; it is set aside, and everything is made anew"
        with suppress(AttributeError, sqlite3.Error):
            self.database.close()
        try:
            for ending in ("", "-wal", "-shm", "-journal"):
                old = self.path.with_name(FILE + ending)
                if old.exists():
                    old.replace(self.path.with_name(f"{FILE}.damaged{ending}"))
            self.database = connect(self.path)
        except (Damaged, OSError):
            self.path = self._place(None) / FILE
            try:
                self.database = connect(self.path)
            except Damaged:
                raise OSError(0, "cannot be written: no tables can be made there", str(self.path)) from None

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error):
            self.database.close()
        if self._passing:
            import shutil  # a run that cannot keep anything is rare

            shutil.rmtree(self._passing, ignore_errors=True)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """The file is closed within: SQLite's locks do not survive that a process is copied."""
        self.database.close()
        try:
            yield
        finally:
            self.database = connect(self.path)

    @contextmanager
    def change(self) -> Iterator[None]:
        """What is changed within is kept whole, or not at all."""
        self.database.execute("begin immediate")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):
                self.database.execute("rollback")
            raise
        self.database.execute("commit")

    # Facts: single values by name.

    def fact(self, name: str) -> str:
        """A fact; empty where it is not known."""
        row = self.database.execute("select value from fact where name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def state(self, facts: Mapping[str, str]) -> None:
        """Remember facts."""
        self.database.executemany("insert or replace into fact values (?, ?)", facts.items())

    # Files as they were last read, and what they said.

    def states(self) -> dict[str, tuple[int, int, int]]:
        """The states of all files that were read, as they were then."""
        rows = self.database.execute("select path, size, modified, changed from file")
        return {path: (size, modified, changed) for path, size, modified, changed in rows}

    def seen(self, paths: Iterable[str]) -> dict[str, Seen]:
        """Some files, as far as they were read."""
        asked = "select path, size, modified, changed, digest from file where path in ({})"
        rows = select(self.database, asked, [*paths])
        return {row[0]: Seen(State._make(row[1:4]), row[4]) for row in rows}

    def seen_but(self, *folders: str) -> dict[str, Seen]:
        """Every file that was read and is not below one of some folders, in order."""
        bounds = ["", *(f"{folder}{end}" for folder in sorted(folders) for end in "/0"), "\U0010ffff"]
        asked = "select path, size, modified, changed, digest from file where path >= ? and path < ? order by path"
        spans = zip(bounds[::2], bounds[1::2], strict=True)
        rows = (row for span in spans for row in self.database.execute(asked, span))
        return {row[0]: Seen(State._make(row[1:4]), row[4]) for row in rows}

    def saw(self, files: Iterable[tuple[str, Seen, bytes]]) -> None:
        """Remember files, and what they said."""
        rows = ((path, *seen.state, seen.digest, seal(value)) for path, seen, value in files)
        self.database.executemany("insert or replace into file values (?, ?, ?, ?, ?, ?)", rows)

    def restate(self, files: Iterable[tuple[str, State]]) -> None:
        """Remember that files hold the same in another state."""
        rows = ((*state, path) for path, state in files)
        self.database.executemany("update file set size = ?, modified = ?, changed = ? where path = ?", rows)

    def forget(self, paths: Iterable[str]) -> None:
        """Forget files."""
        self.database.executemany("delete from file where path = ?", ((path,) for path in paths))

    def said(self, folder: str) -> dict[str, bytes]:
        """What the files below a folder said, by path."""
        span = (f"{folder}/", f"{folder}0")
        asked = "select path, value from file where path >= ? and path < ? order by path"
        return {path: opened(value) for path, value in self.database.execute(asked, span)}

    def marks(self, folder: str) -> dict[str, str]:
        """The hashes of the files below a folder, by path."""
        span = (f"{folder}/", f"{folder}0")
        return dict(
            self.database.execute("select path, digest from file where path >= ? and path < ? order by path", span)
        )

    # Values by kind and key.

    def get(self, kind: Kind, key: str) -> bytes | None:
        """A value; None when it was never computed."""
        self._used.add((kind, key))
        asked = "select value from value where kind = ? and key = ?"
        with suppress(sqlite3.DatabaseError, ValueError, TypeError):  # damaged: as if it had never been computed
            row = self.database.execute(asked, (kind, key)).fetchone()
            return opened(row[0]) if row else None
        return None

    def some(self, kind: Kind, keys: Sequence[str]) -> dict[str, bytes]:
        """Those of some values that are known."""
        self._used.update((kind, key) for key in keys)
        asked = f"select key, value from value where kind = '{kind}' and key in ({{}})"  # noqa: S608 - one of a few words
        found: dict[str, bytes] = {}
        for key, value in select(self.database, asked, keys):
            with suppress(ValueError, TypeError):  # damaged: as if it had never been computed
                found[key] = opened(value)
        return found

    def put(self, kind: Kind, values: Mapping[str, bytes]) -> None:
        """Remember values."""
        self._used.update((kind, key) for key in values)
        rows = ((kind, key, seal(value)) for key, value in values.items())
        self.database.executemany("insert or replace into value values (?, ?, ?)", rows)

    def keep(self, kind: Kind, keys: Collection[str] = ()) -> None:
        """Forget the values of a kind that are neither named nor were used."""
        known = [key for (key,) in self.database.execute("select key from value where kind = ?", (kind,))]
        gone = [(kind, key) for key in known if key not in keys and (kind, key) not in self._used]
        self.database.executemany("delete from value where kind = ? and key = ?", gone)

    def count(self, kind: Kind) -> int:
        """How many values of a kind there are."""
        return int(self.database.execute("select count(*) from value where kind = ?", (kind,)).fetchone()[0])

    # Subjects that are to be drawn, and pages as they were.

    def soil(self, subjects: Iterable[str]) -> None:
        """Note that subjects are to be drawn."""
        self.database.executemany("insert or ignore into dirty values (?)", ((subject,) for subject in subjects))

    def soil_drawn(self) -> None:
        """Note that every subject that has pages is to be drawn."""
        self.database.execute("insert or ignore into dirty select distinct subject from page")

    def dirty(self) -> list[str]:
        """The subjects that are to be drawn."""
        return [subject for (subject,) in self.database.execute("select subject from dirty order by subject")]

    def drawn(self, subjects: Collection[str]) -> dict[str, list[Drawn]]:
        """The pages of subjects, as they were last drawn."""
        found: dict[str, list[Drawn]] = {}
        for subject in subjects:
            rows = self.database.execute("select * from page where subject = ?", (subject,))
            found[subject] = [Drawn._make(row) for row in rows]
        return found

    def pages(self) -> Iterator[Drawn]:
        """Every page as it was last drawn, by path."""
        return (Drawn._make(row) for row in self.database.execute("select * from page order by path"))

    def pages_but(self, family: str) -> Iterator[Drawn]:
        """Every page whose subject is of another family."""
        asked = "select * from page where subject not like ? order by path"
        return (Drawn._make(row) for row in self.database.execute(asked, (f"{family}/%",)))

    def subject(self, path: str) -> str:
        """The subject whose page a file is; empty for none."""
        row = self.database.execute("select subject from page where path = ?", (path,)).fetchone()
        return str(row[0]) if row else ""

    def pages_count(self) -> int:
        """How many files the site has."""
        return int(self.database.execute("select count(*) from page").fetchone()[0])

    def redraw(self, subjects: Iterable[str], pages: Iterable[Drawn]) -> None:
        """Subjects were drawn, and these are their pages now."""
        done = [(subject,) for subject in subjects]
        if self.pages_count():
            self.database.executemany("delete from page where subject = ?", done)
        self.database.executemany("insert or replace into page values (?, ?, ?, ?, ?, ?)", pages)
        self.database.executemany("delete from dirty where subject = ?", done)

    def undraw(self, paths: Iterable[str] | None = None) -> None:
        """Forget pages (None: all of them), so that they are drawn again; their subjects are to be drawn."""
        if paths is None:
            self.soil_drawn()
            self.database.execute("delete from page")
            return
        rows = [(path,) for path in paths]
        self.database.executemany("insert or ignore into dirty select subject from page where path = ?", rows)
        self.database.executemany("update page set fingerprint = '', digest = '' where path = ?", rows)


def connect(path: Path) -> sqlite3.Connection:
    """The tables of a file, made where there are none. Raises Damaged for a file that holds anything else."""
    try:
        database = sqlite3.connect(path, timeout=60, isolation_level=None, cached_statements=256)
    except sqlite3.Error:  # it is a folder
        raise Damaged from None
    try:
        _open(database)
    except sqlite3.DatabaseError as error:
        database.close()
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
            raise OSError(28, "no space left on device", str(path)) from None
        raise Damaged from None
    return database


def _open(database: sqlite3.Connection) -> None:
    version = database.execute("pragma user_version").fetchone()[0]
    mark = database.execute("pragma application_id").fetchone()[0]
    empty = not database.execute("select count(*) from sqlite_master").fetchone()[0]
    if not empty and mark != _MARK:
        raise Damaged
    # What is lost when the power fails is only computed again, and whoever opens the tables next looks them over.
    database.execute("pragma synchronous = off")
    database.execute("pragma cache_size = -32000")  # KiB: a first build enters its articles all over the tables
    if empty or version != VERSION:
        _make(database)


def _make(database: sqlite3.Connection) -> None:
    database.execute("pragma page_size = 16384")  # of a new file: an article's text then lies on one page
    names = "select name from sqlite_master where type = 'table'"
    for (name,) in database.execute(names).fetchall():
        database.execute(f'drop table "{name}"')
    database.executescript(
        f"begin; {_SCHEMA} {catalog.SCHEMA} pragma application_id = {_MARK}; pragma user_version = {VERSION}; commit;"
    )


def encode(value: object) -> bytes:
    """A value as bytes for the tables."""
    return msgspec.msgpack.encode(value)
