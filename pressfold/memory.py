"""What earlier runs computed, keyed by content: safe to delete, and set aside when it is damaged or another version's."""

import sqlite3
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Literal

FILE = "memory.sqlite"
VERSION = 1
Kind = Literal["html", "print"]


class Memory:
    """Values by kind and key; a page's fingerprint and the hash of what it drew, by address.

    Writes are kept until `save`, which writes them in one transaction and forgets what was neither asked for nor kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self.note = ""
        self._folder = folder
        self._new: dict[tuple[str, str], bytes] = {}
        self._used: dict[str, set[str]] = {}
        self._database = self._open(folder) if folder else None

    def _open(self, folder: Path) -> sqlite3.Connection | None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return self._connect(folder / FILE)
        except sqlite3.DatabaseError:
            return self._set_aside(folder)
        except OSError as error:
            self.note = f"{FILE} cannot be used ({error.strerror}); everything is made anew"
            return None

    def _set_aside(self, folder: Path) -> sqlite3.Connection | None:
        """Move a damaged file away, and begin a new one; without any where that fails too."""
        self.note = f"{FILE} could not be read; it is set aside, and everything is made anew"
        try:
            for ending in ("", "-wal", "-shm", "-journal"):
                old = folder / (FILE + ending)
                if old.exists():
                    old.replace(folder / f"{FILE}.damaged{ending}")
            return self._connect(folder / FILE)
        except (sqlite3.DatabaseError, OSError):
            return None

    def _ask(self, query: str, values: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
        """Rows of the database; none where it is not there, or turns out to be damaged."""
        if not self._database or not self._folder:
            return []
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.DatabaseError:
            self._database.close()
            self._database = self._set_aside(self._folder)
            return []

    @staticmethod
    def _connect(path: Path) -> sqlite3.Connection:
        database = sqlite3.connect(path, timeout=30, isolation_level=None)
        try:
            found = database.execute("pragma user_version").fetchone()[0]
            if found != VERSION:
                database.execute("drop table if exists page")
                database.execute("drop table if exists value")
                database.execute(
                    "create table page (address text primary key, fingerprint text, digest text) without rowid"
                )
                database.execute(
                    "create table value (kind text, key text, value blob, primary key (kind, key)) without rowid"
                )
                database.execute(f"pragma user_version = {VERSION}")
            database.execute("select address, fingerprint, digest from page limit 1").fetchall()
            database.execute("select kind, key, value from value limit 1").fetchall()
        except sqlite3.DatabaseError:
            database.close()
            raise
        return database

    def pages(self) -> dict[str, tuple[str, str]]:
        """Address to (fingerprint, hash of the bytes)."""
        rows = self._ask("select address, fingerprint, digest from page")
        return {str(address): (str(fingerprint), str(digest)) for address, fingerprint, digest in rows}

    def get(self, kind: Kind, key: str) -> bytes | None:
        """A value; None when it was never computed."""
        self._used.setdefault(kind, set()).add(key)
        if (kind, key) in self._new:
            return self._new[kind, key]
        rows = self._ask("select value from value where kind = ? and key = ?", (kind, key))
        return rows[0][0] if rows and isinstance(rows[0][0], bytes) else None

    def put(self, kind: Kind, key: str, value: bytes) -> None:
        """Remember a value."""
        self._used.setdefault(kind, set()).add(key)
        self._new[kind, key] = value

    def save(
        self, pages: Mapping[str, tuple[str, str]] | None = None, keep: Mapping[Kind, Collection[str]] | None = None
    ) -> None:
        """Write what is new. `pages` replaces all pages; of each kind in `keep` only what it names, or was used, stays."""
        if not self._database or not self._folder:
            return
        try:
            self._write(self._database, pages, keep or {})
        except sqlite3.DatabaseError:
            self._database.close()
            self._database = self._set_aside(self._folder)
        self._new.clear()

    def _write(
        self,
        database: sqlite3.Connection,
        pages: Mapping[str, tuple[str, str]] | None,
        keep: Mapping[Kind, Collection[str]],
    ) -> None:
        known = self.pages()
        with database:
            database.execute("begin immediate")
            rows = [(kind, key, value) for (kind, key), value in self._new.items()]
            database.executemany("insert or replace into value values (?, ?, ?)", rows)
            if pages is not None:
                changed = [(address, *entry) for address, entry in pages.items() if known.get(address) != entry]
                database.executemany("insert or replace into page values (?, ?, ?)", changed)
                database.executemany("delete from page where address = ?", [(a,) for a in known if a not in pages])
            for kind, keys in keep.items():
                wanted = set(keys) | self._used.get(kind, set())
                stored = [key for (key,) in database.execute("select key from value where kind = ?", (kind,))]
                gone = [(kind, key) for key in stored if key not in wanted]
                database.executemany("delete from value where kind = ? and key = ?", gone)
            database.execute("commit")

    def close(self) -> None:
        """Let go of the file."""
        if self._database:
            self._database.close()
