"""The file of tables: made, opened, and refused when it is damaged; another version's are made anew."""

import sqlite3
from pathlib import Path

from pressfold import catalog
from pressfold.memory import facts, files, pages, tellings, values

FILE = "memory.sqlite"
VERSION = 9
_MARK = 0x70726573  # "pres": another program's database is not ours to change
_SCHEMA = "".join(part.SCHEMA for part in (files, values, pages, facts, catalog, tellings))


class Damaged(sqlite3.DatabaseError):
    """The tables cannot be read; the run must begin again without them."""


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
        f"begin; {_SCHEMA} pragma application_id = {_MARK}; pragma user_version = {VERSION}; commit;"
    )
