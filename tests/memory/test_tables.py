"""The file of tables: another version's are made anew, and a full disk is no damage."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pressfold.memory import Memory, tables
from pressfold.memory.tables import FILE, VERSION, Damaged
from tests.memory.remembering import is_new, keep, opened


def test_tables_of_another_version_are_replaced(tmp_path: Path) -> None:
    keep(tmp_path, "a")
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        database.execute("drop table page")
        database.execute("create table page (other text)")
        database.execute("create table former (other text)")
        database.execute(f"pragma user_version = {VERSION + 1}")
        database.commit()
    with opened(tmp_path) as memory:
        assert memory.note == ""
        is_new(memory)
        tables = memory.database.execute("select name from sqlite_master where name = 'former'").fetchall()
        assert tables == []
    with opened(tmp_path) as memory:
        assert memory.get("html", "a") == b"2"
    assert not (tmp_path / f"{FILE}.damaged").exists()


def _failing(code: int) -> Callable[[object], None]:
    def fail(_: object) -> None:
        error = sqlite3.OperationalError(
            "disk I/O error" if code == sqlite3.SQLITE_IOERR else "database or disk is full"
        )
        error.sqlite_errorcode = code
        raise error

    return fail


def test_full_disk_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_open", _failing(sqlite3.SQLITE_FULL))
    with pytest.raises(OSError, match="no space left on device"):
        Memory(tmp_path)


def test_file_that_the_disk_cannot_read_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, "a")
    monkeypatch.setattr(tables, "_open", _failing(sqlite3.SQLITE_IOERR))
    with pytest.raises(Damaged):
        Memory.attach(tmp_path / FILE)
