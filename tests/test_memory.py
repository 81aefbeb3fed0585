"""The memory: what is kept is there, whole or not at all; and it stands aside when it is damaged."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressfold import memory as memories
from pressfold.catalog import ARCHIVE, Catalog
from pressfold.memory import FILE, VERSION, Damaged, Drawn, Memory
from pressfold.survey import Seen, State
from tests.conftest import PROJECT

ASIDE = f"{FILE} could not be read; it is set aside, and everything is made anew"


@contextmanager
def _memory(folder: Path | None) -> Iterator[Memory]:
    with closing(Memory(folder)) as memory:
        yield memory


def _keep(folder: Path, *keys: str) -> None:
    with _memory(folder) as memory, memory.change():
        memory.put("html", {key: key.encode() for key in keys})


def _page(path: str, subject: str = "front", mark: str = "f", listed: str | None = "") -> Drawn:
    return Drawn(path, subject, "", mark, "d", listed)


def _seen(number: int = 1) -> Seen:
    return Seen(State(number, number, number), str(number))


# What is kept is there.


def test_value_that_was_kept_is_there_in_the_next_run(tmp_path: Path) -> None:
    _keep(tmp_path / "new" / "folder", "a")
    with _memory(tmp_path / "new" / "folder") as memory:
        assert (memory.get("html", "a"), memory.get("html", "b"), memory.get("print", "a")) == (b"a", None, None)
        assert memory.note == ""


def test_newer_value_replaces_the_older(tmp_path: Path) -> None:
    _keep(tmp_path, "a")
    with _memory(tmp_path) as memory:
        memory.put("html", {"a": b"2"})
        assert memory.get("html", "a") == b"2"
        assert memory.count("html") == 1


def test_some_values_are_those_that_are_known(tmp_path: Path) -> None:
    _keep(tmp_path, "a", "b", "neither")
    with _memory(tmp_path) as memory:
        assert memory.some("html", ["a", "none", "b"]) == {"a": b"a", "b": b"b"}
        assert memory.some("html", []) == memory.some("print", ["a"]) == {}
        memory.keep("html")
        assert memory.count("html") == 2


def test_memory_without_a_folder_remembers_within_the_run_alone() -> None:
    with _memory(None) as memory:
        memory.put("html", {"a": b"1"})
        assert (memory.get("html", "a"), memory.note) == (b"1", "")
        assert memory.path.is_file()
    assert not memory.path.parent.exists()
    with _memory(None) as memory:
        assert memory.get("html", "a") is None


def test_kind_forgets_what_is_neither_named_nor_used(tmp_path: Path) -> None:
    _keep(tmp_path, "named", "asked", "neither")
    with _memory(tmp_path) as memory:
        memory.put("print", {"other kind": b"1"})
    with _memory(tmp_path) as memory:
        memory.get("html", "asked")
        memory.put("html", {"new": b"1"})
        memory.keep("html", {"named"})
    with _memory(tmp_path) as memory:
        found = {key for key in ("named", "asked", "new", "neither") if memory.get("html", key) is not None}
        assert found == {"named", "asked", "new"}
        assert (memory.count("html"), memory.get("print", "other kind")) == (3, b"1")


def test_fact_is_known_once_it_is_stated(tmp_path: Path) -> None:
    with _memory(tmp_path) as memory:
        assert memory.fact("scope") == ""
        memory.state({"scope": "1", "rules": "2"})
        memory.state({"scope": "3"})
    with _memory(tmp_path) as memory:
        assert (memory.fact("scope"), memory.fact("rules")) == ("3", "2")


def test_files_are_known_as_they_were_seen_with_what_they_said(tmp_path: Path) -> None:
    files = [
        ("content/pages/b.md", _seen(2), b"B"),
        ("content/pages/a.md", _seen(1), b"A"),
        ("config.yaml", _seen(3), b""),
    ]
    with _memory(tmp_path) as memory:
        memory.saw(files)
        memory.saw([("config.yaml", _seen(4), b"")])
        memory.restate([("content/pages/a.md", State(9, 9, 9)), ("none", State(1, 1, 1))])
    with _memory(tmp_path) as memory:
        expected = {
            "config.yaml": _seen(4),
            "content/pages/a.md": Seen(State(9, 9, 9), "1"),
            "content/pages/b.md": _seen(2),
        }
        assert memory.seen_but() == memory.seen([*expected, "none"]) == expected
        assert list(memory.seen_but()) == sorted(expected)
        assert memory.states() == {path: seen.state for path, seen in expected.items()}
        memory.forget(["config.yaml", "none"])
        assert list(memory.seen_but()) == ["content/pages/a.md", "content/pages/b.md"]


def test_files_of_a_folder_are_those_below_it_alone(tmp_path: Path) -> None:
    paths = (
        "content/pages/a.md",
        "content/pages/sub/b.md",
        "content/pages.md",
        "content/pages2/c.md",
        "content/page/d",
    )
    with _memory(tmp_path) as memory:
        memory.saw((path, _seen(), path.encode()) for path in paths)
        assert memory.said("content/pages") == {path: path.encode() for path in paths[:2]}
        assert memory.marks("content/pages") == dict.fromkeys(paths[:2], "1")
        assert list(memory.seen_but("content/pages")) == sorted(paths[2:])
        assert list(memory.seen_but("content/pages2", "content/page")) == sorted(paths[:3])


# Subjects and pages.


def test_subject_is_to_be_drawn_until_it_was(tmp_path: Path) -> None:
    with _memory(tmp_path) as memory:
        memory.soil(["front", "article/b", "front"])
    with _memory(tmp_path) as memory:
        assert memory.dirty() == ["article/b", "front"]
        memory.redraw(["front"], [_page("index.html")])
        assert memory.dirty() == ["article/b"]


def test_pages_that_are_forgotten_make_their_subjects_to_be_drawn(tmp_path: Path) -> None:
    pages = [_page("a", "article/a"), _page("a2", "article/a"), _page("b", "article/b"), _page("index.html")]
    with _memory(tmp_path) as memory:
        memory.redraw(["article/a", "article/b", "front"], pages)
        memory.undraw(["a", "none"])
        assert memory.dirty() == ["article/a"]
        assert list(memory.pages()) == [pages[0]._replace(fingerprint="", digest=""), *pages[1:]]
        memory.undraw(None)
        assert memory.dirty() == ["article/a", "article/b", "front"]
        assert list(memory.pages()) == []


def test_pages_are_found_by_path_by_subject_and_by_family(tmp_path: Path) -> None:
    pages = [_page("b", "article/content/b.md"), _page("a", "articles", listed=None), _page("index.html")]
    with _memory(tmp_path) as memory:
        memory.redraw([], pages)
        assert [page.path for page in memory.pages()] == ["a", "b", "index.html"]
        assert list(memory.pages_but("article")) == [pages[1], pages[2]]
        assert memory.drawn(["front", "none"]) == {"front": [pages[2]], "none": []}
        assert (memory.subject("b"), memory.subject("none")) == ("article/content/b.md", "")
        assert memory.pages_count() == 3


PAGES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("fg"))
SUBJECT = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y", "f": "z"}


@given(st.lists(st.tuples(st.sets(st.sampled_from("xyz")), PAGES), max_size=4))
@settings(max_examples=50)
def test_pages_are_always_those_of_the_last_time_their_subjects_were_drawn(
    tmp_path_factory: pytest.TempPathFactory, runs: list[tuple[set[str], dict[str, str]]]
) -> None:
    folder, expected = tmp_path_factory.mktemp("memory"), dict[str, Drawn]()
    for subjects, marks in runs:
        new = {path: _page(path, SUBJECT[path], mark) for path, mark in marks.items() if SUBJECT[path] in subjects}
        expected = {path: page for path, page in expected.items() if page.subject not in subjects} | new
        with _memory(folder) as memory, memory.change():
            memory.redraw(subjects, new.values())
        with _memory(folder) as memory:
            assert {page.path: page for page in memory.pages()} == expected


# Whole or not at all.


def test_change_that_fails_never_was(tmp_path: Path) -> None:
    _keep(tmp_path, "a")
    with _memory(tmp_path) as memory:
        with pytest.raises(KeyboardInterrupt), memory.change():
            memory.put("html", {"a": b"2", "b": b"2"})
            memory.state({"scope": "1"})
            raise KeyboardInterrupt
        assert (memory.get("html", "a"), memory.get("html", "b"), memory.fact("scope")) == (b"a", None, "")
        with memory.change():
            memory.put("html", {"b": b"3"})
    with _memory(tmp_path) as memory:
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
    with _memory(tmp_path) as memory:
        assert (memory.get("html", "kept"), memory.count("html"), memory.note) == (b"1", 1, "")


def test_file_is_closed_while_processes_begin_and_open_again_after(tmp_path: Path) -> None:
    with _memory(tmp_path) as memory:
        memory.state({"scope": "1"})
        with memory.apart(), pytest.raises(sqlite3.ProgrammingError):
            memory.fact("scope")
        assert memory.fact("scope") == "1"
        with pytest.raises(KeyError), memory.apart():
            raise KeyError
        assert memory.fact("scope") == "1"


def test_other_process_of_a_run_sees_what_is_kept_and_keeps_more(tmp_path: Path) -> None:
    with _memory(tmp_path) as memory:
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
    with _memory(folder) as memory:
        assert memory.note == ASIDE
        _is_new(memory)
    with _memory(folder) as memory:
        assert (memory.get("html", "a"), memory.note) == (b"2", "")


def _is_new(memory: Memory) -> None:
    assert (memory.get("html", "a"), [*memory.pages()], memory.seen_but(), memory.dirty()) == (None, [], {}, [])
    assert (memory.fact("scope"), Catalog(memory.database).count(ARCHIVE)) == ("", 0)
    with memory.change():
        memory.put("html", {"a": b"2"})


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


def test_tables_of_another_version_are_replaced(tmp_path: Path) -> None:
    _keep(tmp_path, "a")
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        database.execute("drop table page")
        database.execute("create table page (other text)")
        database.execute("create table former (other text)")
        database.execute(f"pragma user_version = {VERSION + 1}")
        database.commit()
    with _memory(tmp_path) as memory:
        assert memory.note == ""
        _is_new(memory)
        tables = memory.database.execute("select name from sqlite_master where name = 'former'").fetchall()
        assert tables == []
    with _memory(tmp_path) as memory:
        assert memory.get("html", "a") == b"2"
    assert not (tmp_path / f"{FILE}.damaged").exists()


def test_tables_that_are_lacking_are_noticed_and_can_be_set_aside(tmp_path: Path) -> None:
    _keep(tmp_path, "a")
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        database.execute("drop table value")
        database.commit()
    with _memory(tmp_path) as memory:
        with pytest.raises(sqlite3.DatabaseError):
            memory.count("html")
        memory.set_aside()
        assert memory.note == ASIDE
        _is_new(memory)


KEYS = [f"key {number:04}" for number in range(400)]


def _full(folder: Path) -> bytes:
    """The bytes of a memory that holds much in each of its tables."""
    with _memory(folder) as memory, memory.change():
        memory.put("html", {key: key.encode() * 50 for key in KEYS})
        memory.saw((f"content/pages/{key}", _seen(), key.encode() * 50) for key in KEYS)
        memory.redraw([], (_page(key, f"subject {key}", key * 4) for key in KEYS))
        memory.soil(KEYS)
        memory.state({key: key for key in KEYS})
    return (folder / FILE).read_bytes()


def _says_what_is_right(memory: Memory) -> None:
    assert {memory.get("html", key) for key in KEYS[:1]} <= {None, KEYS[0].encode() * 50}
    assert all(memory.get("html", key) in (None, key.encode() * 50) for key in KEYS)
    assert all(value == path[-8:].encode() * 50 for path, value in memory.said("content/pages").items())
    assert all(page == _page(page.path, f"subject {page.path}", page.path * 4) for page in memory.pages())
    assert set(memory.dirty()) <= set(KEYS)
    assert all(memory.fact(key) in ("", key) for key in KEYS)
    with memory.change():
        memory.put("html", {"new": b"1"})
        memory.redraw(KEYS, [_page("index.html")])
        memory.saw([("config.yaml", _seen(), b"")])
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
    with _memory(tmp_path) as memory:
        try:
            _says_what_is_right(memory)
        except sqlite3.DatabaseError:
            memory.set_aside()
            assert memory.note == ASIDE
            _says_what_is_right(memory)
    with _memory(tmp_path) as memory:
        assert memory.get("html", "new") == b"1"


def test_damage_that_comes_while_a_run_is_going_on_can_be_set_aside(tmp_path: Path) -> None:
    data = _full(tmp_path)
    with _memory(tmp_path) as memory:
        with pytest.raises(sqlite3.DatabaseError), memory.apart():
            (tmp_path / FILE).write_bytes(b"\x55" * len(data))
        memory.set_aside()
        _is_new(memory)


# Where there is no place for it.


def test_folder_that_cannot_be_made_is_noted_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with _memory(tmp_path / "file") as memory:
        assert memory.note == f"{FILE} cannot be used (File exists); everything is made anew"
        memory.put("html", {"a": b"1"})
        assert memory.get("html", "a") == b"1"
    assert not memory.path.parent.exists()


def _failing(code: int) -> Callable[[object], None]:
    def fail(_: object) -> None:
        error = sqlite3.OperationalError(
            "disk I/O error" if code == sqlite3.SQLITE_IOERR else "database or disk is full"
        )
        error.sqlite_errorcode = code
        raise error

    return fail


def test_full_disk_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memories, "_open", _failing(sqlite3.SQLITE_FULL))
    with pytest.raises(OSError, match="no space left on device"):
        Memory(tmp_path)


def test_file_that_the_disk_cannot_read_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _keep(tmp_path, "a")
    monkeypatch.setattr(memories, "_open", _failing(sqlite3.SQLITE_IOERR))
    with pytest.raises(Damaged):
        Memory.attach(tmp_path / FILE)


def test_damaged_file_that_cannot_be_moved_is_left_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE).write_bytes(b"damaged")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with _memory(tmp_path) as memory:
        assert memory.note == ASIDE
        _is_new(memory)
    assert (tmp_path / FILE).read_bytes() == b"damaged"
    assert not memory.path.parent.exists()
