"""The memory: it keeps what was saved, forgets what nobody names, and stands aside when it is damaged."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressfold.memory import FILE, VERSION, Memory


def _saved(folder: Path, *keys: str) -> None:
    memory = Memory(folder)
    for key in keys:
        memory.put("html", key, key.encode())
    memory.save()
    memory.close()


def test_value_that_was_saved_is_there_in_the_next_run(tmp_path: Path) -> None:
    _saved(tmp_path / "new" / "folder", "a")
    memory = Memory(tmp_path / "new" / "folder")
    assert (memory.get("html", "a"), memory.get("html", "b"), memory.get("print", "a")) == (b"a", None, None)
    assert memory.note == ""
    memory.close()


def test_value_is_there_before_it_is_saved_and_not_after_a_run_that_saved_nothing(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.put("html", "a", b"1")
    assert memory.get("html", "a") == b"1"
    memory.close()
    memory = Memory(tmp_path)
    assert memory.get("html", "a") is None
    memory.close()


def test_newer_value_replaces_the_older(tmp_path: Path) -> None:
    _saved(tmp_path, "a")
    memory = Memory(tmp_path)
    memory.put("html", "a", b"2")
    assert memory.get("html", "a") == b"2"
    memory.save()
    assert memory.get("html", "a") == b"2"
    memory.close()


def test_memory_without_a_folder_remembers_within_the_run_alone() -> None:
    memory = Memory(None)
    memory.put("html", "a", b"1")
    memory.save(pages={"": ("f", "d")}, keep={"html": ()})
    assert (memory.pages(), memory.note) == ({}, "")
    memory.close()


def test_kept_kinds_forget_what_is_neither_named_nor_used(tmp_path: Path) -> None:
    _saved(tmp_path, "named", "asked", "neither")
    memory = Memory(tmp_path)
    memory.put("print", "other kind", b"1")
    memory.save()
    memory.close()
    memory = Memory(tmp_path)
    memory.get("html", "asked")
    memory.put("html", "new", b"1")
    memory.save(keep={"html": {"named"}})
    found = {key for key in ("named", "asked", "new", "neither") if memory.get("html", key) is not None}
    assert found == {"named", "asked", "new"}
    assert memory.get("print", "other kind") == b"1"
    memory.close()


def test_nothing_is_forgotten_where_no_kind_is_named(tmp_path: Path) -> None:
    _saved(tmp_path, "a", "b")
    memory = Memory(tmp_path)
    memory.save(pages={})
    assert (memory.get("html", "a"), memory.get("html", "b")) == (b"a", b"b")
    memory.close()


def test_pages_are_replaced_by_those_that_are_saved(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.save(pages={"": ("f1", "d1"), "a/": ("f2", "d2"), "b/": ("f3", "d3")})
    memory.close()
    memory = Memory(tmp_path)
    memory.save(pages={"": ("f1", "d1"), "a/": ("f2", "new"), "c/": ("f4", "d4")})
    memory.close()
    memory = Memory(tmp_path)
    assert memory.pages() == {"": ("f1", "d1"), "a/": ("f2", "new"), "c/": ("f4", "d4")}
    memory.save()
    assert len(memory.pages()) == 3
    memory.save(pages={})
    assert memory.pages() == {}
    memory.close()


PAGES = st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.sampled_from("fg"), st.sampled_from("de")))


@given(st.lists(PAGES, min_size=1, max_size=4))
@settings(max_examples=25)
def test_pages_are_always_those_of_the_last_save(
    tmp_path_factory: pytest.TempPathFactory, saves: list[dict[str, tuple[str, str]]]
) -> None:
    folder = tmp_path_factory.mktemp("memory")
    for pages in saves:
        memory = Memory(folder)
        memory.save(pages=pages)
        assert memory.pages() == pages
        memory.close()


def _is_aside(folder: Path) -> None:
    memory = Memory(folder)
    assert memory.note == f"{FILE} could not be read; it is set aside, and everything is made anew"
    assert (memory.get("html", "a"), memory.pages()) == (None, {})
    memory.put("html", "a", b"2")
    memory.save()
    memory.close()
    again = Memory(folder)
    assert (again.get("html", "a"), again.note) == (b"2", "")
    again.close()


@pytest.mark.parametrize("damage", [b"no database at all", b"\0" * 5000, b"SQLite format 3\0" + b"x" * 5000])
def test_damaged_file_is_set_aside(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE).write_bytes(damage)
    _is_aside(tmp_path)
    assert (tmp_path / (FILE + ".damaged")).read_bytes() == damage


def test_file_that_lacks_its_tables_is_set_aside(tmp_path: Path) -> None:
    _saved(tmp_path, "a")
    database = sqlite3.connect(tmp_path / FILE)
    database.execute("drop table value")
    database.commit()
    database.close()
    _is_aside(tmp_path)


def test_second_damage_is_set_aside_as_well(tmp_path: Path) -> None:
    for _ in range(2):
        (tmp_path / FILE).write_bytes(b"damaged")
        _is_aside(tmp_path)


@pytest.mark.parametrize("part", [0.05, 0.25, 0.5, 0.75, 0.95])
@pytest.mark.parametrize("cut", [True, False])
def test_file_that_is_damaged_anywhere_never_stops_a_run(tmp_path: Path, part: float, cut: bool) -> None:
    keys = [f"key {number:04}" for number in range(600)]
    memory = Memory(tmp_path)
    for key in keys:
        memory.put("html", key, key.encode() * 50)
    memory.save(pages={f"{key}/": (key * 4, key * 4) for key in keys})
    memory.close()
    data = (tmp_path / FILE).read_bytes()
    place = int(len(data) * part) // 4096 * 4096
    (tmp_path / FILE).write_bytes(data[:place] + (b"" if cut else b"\x55" * 8192 + data[place + 8192 :]))
    memory = Memory(tmp_path)
    found = {key: memory.get("html", key) for key in keys}
    assert all(value in (None, key.encode() * 50) for key, value in found.items())
    assert all(address.endswith("/") for address in memory.pages())
    memory.put("html", "new", b"1")
    memory.save(pages={"": ("f", "d")}, keep={"html": ()})
    memory.close()
    memory = Memory(tmp_path)
    assert (memory.get("html", "new"), memory.pages()) == (b"1", {"": ("f", "d")})
    memory.close()


def test_memory_of_another_version_is_emptied(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / FILE)
    database.execute("create table page (other text)")
    database.execute("create table value (kind text, key text, value blob)")
    database.execute("insert into value values ('html', 'a', x'00')")
    database.execute(f"pragma user_version = {VERSION + 1}")
    database.commit()
    database.close()
    memory = Memory(tmp_path)
    assert (memory.get("html", "a"), memory.pages(), memory.note) == (None, {}, "")
    memory.put("html", "b", b"1")
    memory.save(pages={"": ("f", "d")})
    memory.close()
    memory = Memory(tmp_path)
    assert (memory.get("html", "b"), memory.pages()) == (b"1", {"": ("f", "d")})
    memory.close()
    assert not (tmp_path / (FILE + ".damaged")).exists()


def test_folder_that_cannot_be_made_is_noted_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    memory = Memory(tmp_path / "file")
    assert memory.note.startswith(f"{FILE} cannot be used (")
    assert memory.note.endswith("); everything is made anew")
    memory.put("html", "a", b"1")
    assert memory.get("html", "a") == b"1"
    memory.save(pages={})
    memory.close()
