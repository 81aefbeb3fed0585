"""The memory: what is kept is there, whole or not at all; and it stands aside when it is damaged."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pressfold.memory import Memory
from pressfold.memory.tables import FILE
from tests.conftest import PROJECT
from tests.memory.remembering import is_new, keep, opened, page_of, seen_as

ASIDE = f"{FILE} could not be read; it is set aside, and everything is made anew"


def test_memory_without_a_folder_remembers_within_the_run_alone() -> None:
    with opened(None) as memory:
        memory.put("html", {"a": b"1"})
        assert (memory.get("html", "a"), memory.note) == (b"1", "")
        assert memory.path.is_file()
    assert not memory.path.parent.exists()
    with opened(None) as memory:
        assert memory.get("html", "a") is None


def test_change_that_fails_never_was(tmp_path: Path) -> None:
    keep(tmp_path, "a")
    with opened(tmp_path) as memory:
        with pytest.raises(KeyboardInterrupt), memory.change():
            memory.put("html", {"a": b"2", "b": b"2"})
            memory.state({"scope": "1"})
            raise KeyboardInterrupt
        assert (memory.get("html", "a"), memory.get("html", "b"), memory.fact("scope")) == (b"a", None, "")
        with memory.change():
            memory.put("html", {"b": b"3"})
    with opened(tmp_path) as memory:
        assert memory.get("html", "b") == b"3"


DYING = """
import os, sys
from pathlib import Path
from pressfold.memory import Memory
memory = Memory(Path(sys.argv[1]))
with memory.change():
    memory.put("html", {"kept": b"1"})
with memory.change():
    memory.put("html", {f"lost {n}": b"1" * 5000 for n in range(500)})
    os._exit(9)
"""


def test_change_of_a_process_that_dies_never_was(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", DYING, str(tmp_path)], cwd=PROJECT, timeout=60, check=False)
    assert done.returncode == 9
    with opened(tmp_path) as memory:
        assert (memory.get("html", "kept"), memory.count("html"), memory.note) == (b"1", 1, "")


def test_file_is_closed_while_processes_begin_and_open_again_after(tmp_path: Path) -> None:
    with opened(tmp_path) as memory:
        memory.state({"scope": "1"})
        with memory.apart(), pytest.raises(sqlite3.ProgrammingError):
            memory.fact("scope")
        assert memory.fact("scope") == "1"
        with pytest.raises(KeyError), memory.apart():
            raise KeyError
        assert memory.fact("scope") == "1"


def test_other_process_of_a_run_sees_what_is_kept_and_keeps_more(tmp_path: Path) -> None:
    with opened(tmp_path) as memory:
        memory.put("html", {"a": b"1"})
        with closing(Memory.attach(memory.path)) as other:
            assert (other.get("html", "a"), other.note) == (b"1", "")
            with other.change():
                other.put("html", {"b": b"2"})
        assert memory.get("html", "b") == b"2"
    assert memory.path.is_file()


# Damage.


def _is_aside(folder: Path) -> None:
    """The memory of the folder cannot be read, and a new one can be used at once and in the next run."""
    with opened(folder) as memory:
        assert memory.note == ASIDE
        is_new(memory)
    with opened(folder) as memory:
        assert (memory.get("html", "a"), memory.note) == (b"2", "")


@pytest.mark.parametrize("damage", [b"no database at all", b"\0" * 5000, b"SQLite format 3\0" + b"x" * 5000])
def test_damaged_file_is_set_aside(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE).write_bytes(damage)
    _is_aside(tmp_path)
    assert (tmp_path / f"{FILE}.damaged").read_bytes() == damage


def test_second_damage_is_set_aside_as_well(tmp_path: Path) -> None:
    for text in (b"damaged", b"once more"):
        (tmp_path / FILE).write_bytes(text)
        _is_aside(tmp_path)
        assert (tmp_path / f"{FILE}.damaged").read_bytes() == text


def test_database_of_another_program_is_set_aside(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        database.execute("create table value (theirs text)")
        database.execute("insert into value values ('precious')")
        database.commit()
    _is_aside(tmp_path)
    with closing(sqlite3.connect(tmp_path / f"{FILE}.damaged")) as database:
        assert database.execute("select theirs from value").fetchall() == [("precious",)]


def test_tables_that_are_lacking_are_noticed_and_can_be_set_aside(tmp_path: Path) -> None:
    keep(tmp_path, "a")
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        database.execute("drop table value")
        database.commit()
    with opened(tmp_path) as memory:
        with pytest.raises(sqlite3.DatabaseError):
            memory.count("html")
        memory.set_aside()
        assert memory.note == ASIDE
        is_new(memory)


KEYS = [f"key {number:04}" for number in range(400)]


def _full(folder: Path) -> bytes:
    """The bytes of a memory that holds much in each of its tables."""
    with opened(folder) as memory, memory.change():
        memory.put("html", {key: key.encode() * 50 for key in KEYS})
        memory.saw((f"content/pages/{key}", seen_as(), key.encode() * 50) for key in KEYS)
        memory.redraw([], (page_of(key, f"subject {key}", key * 4) for key in KEYS))
        memory.soil(KEYS)
        memory.state({key: key for key in KEYS})
    return (folder / FILE).read_bytes()


def _says_what_is_right(memory: Memory) -> None:
    assert {memory.get("html", key) for key in KEYS[:1]} <= {None, KEYS[0].encode() * 50}
    assert all(memory.get("html", key) in (None, key.encode() * 50) for key in KEYS)
    assert all(value == path[-8:].encode() * 50 for path, value in memory.said("content/pages").items())
    assert all(page == page_of(page.path, f"subject {page.path}", page.path * 4) for page in memory.pages())
    assert set(memory.dirty()) <= set(KEYS)
    assert all(memory.fact(key) in ("", key) for key in KEYS)
    with memory.change():
        memory.put("html", {"new": b"1"})
        memory.redraw(KEYS, [page_of("index.html")])
        memory.saw([("config.yaml", seen_as(), b"")])
    assert (memory.get("html", "new"), memory.subject("index.html")) == (b"1", "front")


@pytest.mark.parametrize("part", [0, 0.05, 0.15, 0.3, 0.5, 0.6, 0.75, 0.85, 0.95])
@pytest.mark.parametrize("cut", [True, False], ids=["cut", "overwritten"])
def test_file_that_is_damaged_anywhere_never_stops_a_run_nor_misleads_it(
    tmp_path: Path, part: float, cut: bool
) -> None:
    """Either what it says is right, or it is noticed and set aside."""
    data = _full(tmp_path)
    place = int(len(data) * part) // 4096 * 4096
    (tmp_path / FILE).write_bytes(data[:place] + (b"" if cut else b"\x55" * 8192 + data[place + 8192 :]))
    with opened(tmp_path) as memory:
        try:
            _says_what_is_right(memory)
        except sqlite3.DatabaseError:
            memory.set_aside()
            assert memory.note == ASIDE
            _says_what_is_right(memory)
    with opened(tmp_path) as memory:
        assert memory.get("html", "new") == b"1"


def test_damage_that_comes_while_a_run_is_going_on_can_be_set_aside(tmp_path: Path) -> None:
    data = _full(tmp_path)
    with opened(tmp_path) as memory:
        with pytest.raises(sqlite3.DatabaseError), memory.apart():
            (tmp_path / FILE).write_bytes(b"\x55" * len(data))
        memory.set_aside()
        is_new(memory)


# Where there is no place for it.


def test_folder_that_cannot_be_made_is_noted_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with opened(tmp_path / "file") as memory:
        assert memory.note == f"{FILE} cannot be used (File exists); everything is made anew"
        memory.put("html", {"a": b"1"})
        assert memory.get("html", "a") == b"1"
    assert not memory.path.parent.exists()


def test_damaged_file_that_cannot_be_moved_is_left_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE).write_bytes(b"damaged")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with opened(tmp_path) as memory:
        assert memory.note == ASIDE
        is_new(memory)
    assert (tmp_path / FILE).read_bytes() == b"damaged"
    assert not memory.path.parent.exists()
