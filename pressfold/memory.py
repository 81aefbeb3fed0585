"""What earlier runs computed, keyed by content: safe to delete, and set aside when it is damaged or another version's."""

import sqlite3
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal

FILE = "memory.sqlite"
VERSION = 1
Kind = Literal["html", "print"]


class Memory:
    """Values by kind and key; a page's fingerprint and the hash of what it drew, by address.

    Writes are kept until `save`, which writes them in one transaction and forgets what was neither asked for nor kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self.note = ""
        self._new: dict[tuple[str, str], bytes] = {}
        self._used: dict[str, set[str]] = {}
        self._database = self._open(folder) if folder else None

    def _open(self, folder: Path) -> sqlite3.Connection | None:
        path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return self._connect(path)
        except sqlite3.DatabaseError:
            self.note = f"{path.name} could not be read; it is set aside, and everything is made anew"
        except OSError as error:
            self.note = f"{path.name} cannot be used ({error.strerror}); everything is made anew"
            return None
        for ending in ("", "-wal", "-shm", "-journal"):
            old = path.with_name(path.name + ending)
            if old.exists():
                old.replace(path.with_name(path.name + ".damaged" + ending))
        return self._connect(path)

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
        if not self._database:
            return {}
        return {
            address: (fingerprint, digest)
            for address, fingerprint, digest in self._database.execute("select * from page")
        }

    def get(self, kind: Kind, key: str) -> bytes | None:
        """A value; None when it was never computed."""
        self._used.setdefault(kind, set()).add(key)
        if (kind, key) in self._new:
            return self._new[kind, key]
        if not self._database:
            return None
        row = self._database.execute("select value from value where kind = ? and key = ?", (kind, key)).fetchone()
        return bytes(row[0]) if row else None

    def put(self, kind: Kind, key: str, value: bytes) -> None:
        """Remember a value."""
        self._used.setdefault(kind, set()).add(key)
        self._new[kind, key] = value

    def save(
        self, pages: Mapping[str, tuple[str, str]] | None = None, keep: Mapping[Kind, Collection[str]] | None = None
    ) -> None:
        """Write what is new. `pages` replaces all pages; of each kind in `keep` only what it names, or was used, stays."""
        if not self._database:
            return
        with self._database as database:
            database.execute("begin immediate")
            rows = [(kind, key, value) for (kind, key), value in self._new.items()]
            database.executemany("insert or replace into value values (?, ?, ?)", rows)
            if pages is not None:
                known = self.pages()
                changed = [(address, *entry) for address, entry in pages.items() if known.get(address) != entry]
                database.executemany("insert or replace into page values (?, ?, ?)", changed)
                database.executemany("delete from page where address = ?", [(a,) for a in known if a not in pages])
            for kind, keys in (keep or {}).items():
                wanted = set(keys) | self._used.get(kind, set())
                stored = [key for (key,) in database.execute("select key from value where kind = ?", (kind,))]
                database.executemany(
                    "delete from value where kind = ? and key = ?", [(kind, key) for key in stored if key not in wanted]
                )
            database.execute("commit")
        self._new.clear()

    def close(self) -> None:
        """Let go of the file."""
        if self._database:
            self._database.close()
