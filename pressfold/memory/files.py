"""Files as they were last read, and what they said."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from pressfold.catalog import select
from pressfold.seal import opened, seal
from pressfold.survey import Seen, State

SCHEMA = """
create table file (path text primary key, size integer, modified integer, changed integer, digest text, value blob);
"""
_SEEN = "select path, size, modified, changed, digest from file where"


class Files:
    """The site's files, as far as they were read."""

    database: sqlite3.Connection

    def states(self) -> dict[str, tuple[int, int, int]]:
        """The states of all files that were read, as they were then."""
        rows = self.database.execute("select path, size, modified, changed from file")
        return {path: (size, modified, changed) for path, size, modified, changed in rows}

    def seen(self, paths: Iterable[str]) -> dict[str, Seen]:
        """Some files, as far as they were read."""
        return _seen(select(self.database, f"{_SEEN} path in ({{}})", [*paths]))

    def seen_but(self, *folders: str) -> dict[str, Seen]:
        """Every file that was read and is not below one of some folders, in order."""
        bounds = ["", *(end for folder in sorted(folders) for end in _below(folder)), "\U0010ffff"]
        asked = f"{_SEEN} path >= ? and path < ? order by path"
        spans = zip(bounds[::2], bounds[1::2], strict=True)
        return _seen(row for span in spans for row in self.database.execute(asked, span))

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
        asked = "select path, value from file where path >= ? and path < ? order by path"
        return {path: opened(value) for path, value in self.database.execute(asked, _below(folder))}

    def marks(self, folder: str) -> dict[str, str]:
        """The hashes of the files below a folder, by path."""
        asked = "select path, digest from file where path >= ? and path < ? order by path"
        return dict(self.database.execute(asked, _below(folder)))


def _below(folder: str) -> tuple[str, str]:
    return f"{folder}/", f"{folder}0"  # "0" follows "/"


def _seen(rows: Iterable[tuple[Any, ...]]) -> dict[str, Seen]:
    return {row[0]: Seen(State._make(row[1:4]), row[4]) for row in rows}
