"""The output folder: staged whole, then applied; foreign files are kept, and what stopped is finished or never was."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressfold.output import (
    MANIFEST,
    STAGE,
    Report,
    Stage,
    apply,
    check_place,
    clean,
    finish,
    foreign,
    inside,
    look,
    read_manifest,
    staging,
)
from pressfold.problem import Problem, Problems
from pressfold.survey import digest

IN_THE_WAY = ("was not made by the build, and is in its way", "move it, or empty the output folder")


def _marks(files: dict[str, str]) -> dict[str, str]:
    return {path: digest(text.encode()) for path, text in files.items()}


def _apply(folder: Path, files: dict[str, str], rank: Callable[[str], int] = lambda path: 0) -> Report:
    """What a build does: what the list does not name is staged, and all of it applied."""
    with staging(folder):
        before, listed, stage = read_manifest(folder), _marks(files), Stage(folder)
        staged = [path for path, mark in listed.items() if before.get(path) != mark]
        for path in staged:
            stage.put(path, files[path].encode())
        blocked = foreign(folder, staged, before, "output")
        if blocked:
            raise Problems(blocked)
        return apply(folder, before, listed, staged, rank)


def _tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def _folders(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir())


def test_files_are_written_and_listed(tmp_path: Path) -> None:
    files = {"index.html": "front", "articles/a/index.html": "a"}
    report = _apply(tmp_path / "out", files)
    assert report == Report(("articles/a/index.html", "index.html"), 0, ())
    assert _tree(tmp_path / "out") == files
    assert read_manifest(tmp_path / "out") == _marks(files)
    assert _folders(tmp_path / "out") == ["articles", "articles/a"]


def test_file_that_is_copied_is_written_too(tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"\x89PNG")
    with staging(tmp_path / "out"):
        assert Stage(tmp_path / "out").copy("media/sub/a.png", tmp_path / "picture", digest(b"\x89PNG"))
        apply(tmp_path / "out", {}, {"media/sub/a.png": digest(b"\x89PNG")}, ["media/sub/a.png"], lambda path: 0)
    assert (tmp_path / "out" / "media" / "sub" / "a.png").read_bytes() == b"\x89PNG"


def test_file_that_is_staged_twice_is_what_it_was_last(tmp_path: Path) -> None:
    """Another worker draws again what one that failed had staged; there may be files where it makes its folders."""
    for text in ("longer than the second", "second"):
        Stage(tmp_path).put("x/y/a", text.encode())
    assert (Path(Stage(tmp_path).files) / "x" / "y" / "a").read_text() == "second"


@pytest.mark.parametrize("paths", [("x", "x/y"), ("x/y", "x"), ("x", "x/y/z"), ("x/y/z", "x/y")])
def test_file_whose_place_another_has_is_left_out_of_the_stage(tmp_path: Path, paths: tuple[str, str]) -> None:
    """Two pages want it, which the build will say."""
    (tmp_path / "picture").write_text("second")
    for number, put in enumerate([lambda stage, path: stage.put(path, b"second"), _copy]):
        folder = tmp_path / str(number)
        Stage(folder).put(paths[0], b"first")
        put(Stage(folder), paths[1])
        assert _tree(Path(Stage(folder).files)) == {paths[0]: "first"}


def _copy(stage: Stage, path: str) -> None:
    stage.copy(path, Path(stage.files).parent.parent.parent / "picture", "")


def test_file_with_the_same_bytes_is_not_written_again(tmp_path: Path) -> None:
    _apply(tmp_path, {"a": "1", "b": "1"})
    before = (tmp_path / "a").stat().st_mtime_ns, (tmp_path / MANIFEST).read_bytes()
    assert _apply(tmp_path, {"a": "1", "b": "2"}) == Report(("b",), 1, ())
    assert (tmp_path / "a").stat().st_mtime_ns == before[0]
    assert _apply(tmp_path, {"a": "1", "b": "1"}) == Report(("b",), 1, ())
    assert (tmp_path / MANIFEST).read_bytes() == before[1]


def test_run_with_nothing_to_do_touches_nothing(tmp_path: Path) -> None:
    _apply(tmp_path, {"a": "1", "x/b": "1"})
    before = {path: path.stat().st_mtime_ns for path in (tmp_path, *tmp_path.rglob("*"))}
    assert _apply(tmp_path, {"a": "1", "x/b": "1"}) == Report((), 2, ())
    assert {path: path.stat().st_mtime_ns for path in (tmp_path, *tmp_path.rglob("*"))} == before


def test_file_that_is_no_longer_made_is_deleted_with_the_folders_it_leaves_empty(tmp_path: Path) -> None:
    _apply(tmp_path, {"x/y/z/a": "1", "x/b": "1", "c": "1"})
    assert _apply(tmp_path, {"c": "1"}) == Report((), 1, ("x/b", "x/y/z/a"))
    assert (_tree(tmp_path), _folders(tmp_path)) == ({"c": "1"}, [])


# Foreign files.


def test_folder_that_holds_a_foreign_file_stays(tmp_path: Path) -> None:
    _apply(tmp_path, {"x/a": "1", "x/y/b": "1"})
    (tmp_path / "x" / "mine").write_text("mine")
    (tmp_path / "x" / "empty").mkdir()
    assert _apply(tmp_path, {}).deleted == ("x/a", "x/y/b")
    assert (_tree(tmp_path), _folders(tmp_path)) == ({"x/mine": "mine"}, ["x", "x/empty"])


def test_foreign_file_is_kept(tmp_path: Path) -> None:
    (tmp_path / "CNAME").write_text("digest.example")
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "mine").write_text("mine")
    _apply(tmp_path, {"a": "1", "x/y/b": "1", "x/b": "1"})
    _apply(tmp_path, {"b": "1"})
    assert _tree(tmp_path) == {"CNAME": "digest.example", "x/mine": "mine", "b": "1"}


def test_foreign_files_in_the_way_are_problems_and_nothing_is_written(tmp_path: Path) -> None:
    _apply(tmp_path, {"a": "1"})
    (tmp_path / "b").write_text("mine")
    (tmp_path / "c" / "d").mkdir(parents=True)
    before = (tmp_path / MANIFEST).read_bytes()
    with pytest.raises(Problems) as raised:
        _apply(tmp_path, {"a": "2", "b": "2", "c/d": "2", "e": "2"})
    assert raised.value.problems == (Problem("output/b", 0, *IN_THE_WAY), Problem("output/c/d", 0, *IN_THE_WAY))
    assert _tree(tmp_path) == {"a": "1", "b": "mine"}
    assert (tmp_path / MANIFEST).read_bytes() == before


@pytest.mark.parametrize("path", ["articles/x/index.html", "articles/x"])
def test_foreign_file_where_a_folder_must_be_is_a_problem_and_nothing_is_written(tmp_path: Path, path: str) -> None:
    (tmp_path / "articles").write_text("mine")
    with pytest.raises(Problems) as raised:
        _apply(tmp_path, {"a": "1", path: "2"})
    assert raised.value.problems == (Problem("output/articles", 0, *IN_THE_WAY),)
    assert _tree(tmp_path) == {"articles": "mine"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_link_out_of_the_folder_is_never_followed(tmp_path: Path) -> None:
    _apply(tmp_path / "out", {"x/a": "1", "b": "1"})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a").write_text("mine")
    (tmp_path / "out" / "x" / "a").unlink()
    (tmp_path / "out" / "x").rmdir()
    (tmp_path / "out" / "x").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Problems) as raised:
        _apply(tmp_path / "out", {"x/a": "2", "b": "1"})
    assert raised.value.problems == (Problem("output/x", 0, *IN_THE_WAY),)
    assert _apply(tmp_path / "out", {"b": "1"}).deleted == ("x/a",)
    assert (tmp_path / "elsewhere" / "a").read_text() == "mine"


def test_foreign_file_with_the_very_bytes_is_welcome(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    _apply(tmp_path, {"a": "1"})
    assert list(read_manifest(tmp_path)) == ["a"]


def test_file_gives_way_to_a_folder_of_its_name(tmp_path: Path) -> None:
    _apply(tmp_path, {"media/a": "1", "b": "1"})
    assert _apply(tmp_path, {"media/a/b": "2", "b": "1"}) == Report(("media/a/b",), 1, ("media/a",))
    assert _tree(tmp_path) == {"media/a/b": "2", "b": "1"}


def test_folder_gives_way_to_a_file_of_its_name(tmp_path: Path) -> None:
    _apply(tmp_path, {"media/a/b": "1", "media/a/c/d": "1"})
    assert _apply(tmp_path, {"media/a": "2"}) == Report(("media/a",), 0, ("media/a/b", "media/a/c/d"))
    assert _tree(tmp_path) == {"media/a": "2"}


@pytest.mark.parametrize("mine", ["media/a/empty", "media/a/c/empty"])
def test_folder_of_ours_that_holds_a_foreign_folder_gives_no_way(tmp_path: Path, mine: str) -> None:
    _apply(tmp_path, {"media/a/b": "1", "media/a/c/d": "1"})
    (tmp_path / mine).mkdir()
    with pytest.raises(Problems) as raised:
        _apply(tmp_path, {"media/a": "2"})
    assert raised.value.problems == (Problem("output/media/a", 0, *IN_THE_WAY),)
    assert _tree(tmp_path) == {"media/a/b": "1", "media/a/c/d": "1"}


def test_foreign_folder_in_the_place_of_a_file_of_ours_is_a_problem(tmp_path: Path) -> None:
    _apply(tmp_path, {"a": "1", "b": "1"})
    (tmp_path / "a").unlink()
    (tmp_path / "a").mkdir()
    with pytest.raises(Problems) as raised:
        _apply(tmp_path, {"a": "2", "b": "2"})
    assert raised.value.problems == (Problem("output/a", 0, *IN_THE_WAY),)
    assert _tree(tmp_path) == {"b": "1"}


# What is applied appears in order.


def _ranked(path: str) -> int:
    return ("static", "media", "pages").index(path.partition("/")[0])


def _appears(folder: Path, files: dict[str, str]) -> list[list[str]]:
    """The new files that are there after each step of applying them, as a reader of the site sees them."""
    seen: list[list[str]] = []
    with _watched(lambda _: seen.append([path for path, text in files.items() if _text(folder / path) == text])):
        _apply(folder, files, _ranked)
    return [now for before, now in zip([[], *seen], seen, strict=False) if now != before]


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


FILES = {"static/b": "2", "static/a": "2", "media/z": "2", "pages/x/a": "2", "pages/b": "2"}


def test_files_appear_one_by_one_in_the_order_of_their_rank(tmp_path: Path) -> None:
    _apply(tmp_path, dict.fromkeys(FILES, "1"), _ranked)
    order = ["static/a", "static/b", "media/z", "pages/b", "pages/x/a"]
    assert [set(seen) for seen in _appears(tmp_path, FILES)] == [set(order[:count]) for count in range(1, 6)]


def test_whole_folders_are_moved_into_an_empty_output_in_the_order_of_their_rank(tmp_path: Path) -> None:
    steps = [{"static/a", "static/b"}, {"static/a", "static/b", "media/z"}, set(FILES)]
    assert [set(seen) for seen in _appears(tmp_path / "out", FILES)] == steps
    assert _tree(tmp_path / "out") == FILES


# What stopped.


class Stopped(BaseException):
    """The process is gone: whatever it still meant to do, it cannot."""


_watcher: list[Callable[[str], object]] = []
_CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree", "shutil.copyfile")


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    writes = event in _CHANGES or (event == "open" and "w" in str(arguments[1]))
    if _watcher and writes:
        watch = _watcher.pop()  # what it does itself is not heard
        try:
            watch(event)
        finally:
            _watcher.append(watch)


sys.addaudithook(_hear)


@contextmanager
def _watched(watch: Callable[[str], object]) -> Iterator[None]:
    """Call `watch` before each change of the file system."""
    _watcher.append(watch)
    try:
        yield
    finally:
        _watcher.clear()


def _stop_after(steps: int, work: Callable[[], object]) -> int:
    """Do work until it has changed the file system so often, and no further; how often it has, or would have."""
    done = 0

    def count(_: str) -> None:
        nonlocal done
        done += 1
        if done > steps:
            raise Stopped

    with _watched(count), suppress(Stopped):
        work()
    return done


def _fit(tree: dict[str, str]) -> bool:
    """Whether no file of a tree is a folder of another."""
    return not any(str(parent) in tree for path in tree for parent in PurePosixPath(path).parents)


PATHS = ["a", "a/x", "b", "c", "c/d", "c/e", "f/g/h"]
TREES = st.dictionaries(st.sampled_from(PATHS), st.sampled_from("12"), max_size=5).filter(_fit)


@given(TREES, TREES, TREES, st.integers(0, 40), st.integers(0, 20))
@settings(max_examples=200)
def test_run_that_stopped_anywhere_has_done_all_or_nothing_once_the_next_begins(
    tmp_path_factory: pytest.TempPathFactory,
    old: dict[str, str],
    new: dict[str, str],
    last: dict[str, str],
    steps: int,
    again: int,
) -> None:
    folder = tmp_path_factory.mktemp("out") / "site"
    _apply(folder, old)
    (folder / "f").mkdir(parents=True, exist_ok=True)
    (folder / "f" / "mine").write_text("mine")
    _stop_after(steps, lambda: _apply(folder, new))
    applying = (folder / STAGE / "journal.json").exists()
    _stop_after(again, lambda: finish(folder))
    finish(folder)
    found = _tree(folder)
    assert found.pop("f/mine") == "mine"
    assert read_manifest(folder) == _marks(found)
    assert found in ([new] if applying else [old, new])
    assert not (folder / STAGE).exists()
    _apply(folder, last)
    assert _tree(folder) == {**last, "f/mine": "mine"}


@pytest.mark.parametrize("old", [{}, {"a": "1", "c/d": "1", "gone/x": "1"}])
def test_run_is_stopped_at_each_of_its_steps(tmp_path: Path, old: dict[str, str]) -> None:
    """Before the journal nothing has happened; from it on everything will. Never is a page seen before what it shows."""
    new, steps, seen = {"a": "2", "b/a": "2", "b/c": "2"}, 0, []
    while True:
        folder = tmp_path / str(steps)
        _apply(folder, old)
        total = _stop_after(steps, lambda folder=folder: _apply(folder, new))  # type: ignore[misc]
        finish(folder)
        seen.append(_tree(folder))
        if total <= steps:
            break
        steps += 1
    assert steps > 6
    turn = seen.index(new)
    assert 0 < turn < steps
    assert seen == [old] * turn + [new] * (len(seen) - turn)


def test_stage_of_a_run_that_failed_is_thrown_away_with_the_folder_that_it_made(tmp_path: Path) -> None:
    with suppress(RuntimeError), staging(tmp_path / "out"):
        Stage(tmp_path / "out").put("x/a", b"1")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("journal", [b"", b"{", b"[]", b'{"early": 1}'])
def test_stage_whose_journal_cannot_be_read_is_thrown_away(tmp_path: Path, journal: bytes) -> None:
    _apply(tmp_path, {"a": "1"})
    Stage(tmp_path).put("b", b"2")
    (tmp_path / STAGE / "journal.json").write_bytes(journal)
    finish(tmp_path)
    assert _tree(tmp_path) == {"a": "1"}
    assert not (tmp_path / STAGE).exists()


@given(st.lists(TREES, min_size=1, max_size=4))
def test_folder_always_holds_what_was_applied_last_and_what_is_foreign(
    tmp_path_factory: pytest.TempPathFactory, trees: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("out")
    (folder / "f").mkdir()
    (folder / "f" / "mine").write_text("mine")
    for tree in trees:
        _apply(folder, tree)
        assert _tree(folder) == {**tree, "f/mine": "mine"}
    clean(folder)
    assert _tree(folder) == {"f/mine": "mine"}


# The list of files.


def test_file_that_somebody_touched_is_no_longer_known_and_written_again(tmp_path: Path) -> None:
    _apply(tmp_path, {"a": "1", "b": "1", "c": "1"})
    (tmp_path / "a").write_text("edited")
    (tmp_path / "b").unlink()
    assert sorted(look(tmp_path)) == ["a", "b"]
    assert read_manifest(tmp_path) == {**_marks({"c": "1"}), "a": "", "b": ""}
    assert _apply(tmp_path, {"a": "1", "b": "1", "c": "1"}) == Report(("a", "b"), 1, ())
    assert _tree(tmp_path) == {"a": "1", "b": "1", "c": "1"}


def test_looking_at_files_that_are_as_listed_writes_nothing(tmp_path: Path) -> None:
    _apply(tmp_path, {"a": "1"})
    before = (tmp_path / MANIFEST).stat().st_mtime_ns
    assert look(tmp_path) == []
    assert (tmp_path / MANIFEST).stat().st_mtime_ns == before


@pytest.mark.parametrize("path", ["../mine", "x/../../mine", "/etc/mine", "c:mine", "x\\mine", "", "x//y", "./a"])
def test_list_that_names_a_file_outside_deletes_none(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "out"
    _apply(folder, {"a": "1"})
    (tmp_path / "mine").write_text("mine")
    (folder / MANIFEST).write_text(f'{{"files": {{"a": "{digest(b"1")}", "{path}": "{digest(b"mine")}"}}}}')
    assert not inside(path)
    _apply(folder, {"a": "1"})
    clean(folder)
    assert (tmp_path / "mine").read_text() == "mine"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"files": []}', '{"files": 1}', "\xff", "[" * 9000])
def test_list_that_cannot_be_read_is_empty(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_bytes(text.encode("latin-1"))
    assert read_manifest(tmp_path) == {}
    assert look(tmp_path) == []


def test_folder_without_a_list_holds_nothing_of_ours(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "none") == {}


def test_list_is_sorted_json_with_hashes_and_no_times(tmp_path: Path) -> None:
    _apply(tmp_path, {"b": "", "ą": ""})
    empty = digest(b"")
    text = f'{{\n "files": {{\n  "b": "{empty}",\n  "ą": "{empty}"\n }}\n}}\n'
    assert (tmp_path / MANIFEST).read_text("utf-8") == text


# Cleaning.


def test_clean_deletes_what_builds_wrote_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    _apply(folder, {"x/a": "1", "b": "1"})
    (folder / "x" / "mine").write_text("mine")
    (folder / STAGE).mkdir()
    assert clean(folder) == ("b", "x/a")
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*")) == ["x", "x/mine"]


def test_clean_removes_the_folder_that_it_leaves_empty(tmp_path: Path) -> None:
    _apply(tmp_path / "out", {"x/a": "1"})
    clean(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_clean_of_nothing_is_nothing(tmp_path: Path) -> None:
    assert clean(tmp_path / "none") == ()
    (tmp_path / "mine").write_text("mine")
    assert clean(tmp_path) == ()
    assert (tmp_path / "mine").exists()


def test_clean_deletes_also_what_a_run_that_stopped_was_about_to_write(tmp_path: Path) -> None:
    for steps in range(12):
        folder = tmp_path / "out"
        _apply(folder, {"a": "1"})
        _stop_after(steps, lambda folder=folder: _apply(folder, {"b/c": "1", "d": "1"}))  # type: ignore[misc]
        clean(folder)
        assert list(tmp_path.iterdir()) == []


# The place.


@pytest.mark.parametrize("place", [".", "..", "content", "content/sub", "layouts", ".pressfold", ".git/x"])
def test_output_may_not_swallow_the_sites_own_files(tmp_path: Path, place: str) -> None:
    root = (tmp_path / "site").resolve()
    folder = (root / place).resolve()
    with pytest.raises(Problems) as raised:
        check_place(folder, root, root / ".pressfold" / "preview" / "preview")
    assert raised.value.problems == (
        Problem(
            str(folder), 0, "cannot be the output folder: the site itself lies there", "choose a folder of its own"
        ),
    )


@pytest.mark.parametrize("place", ["output", "../elsewhere", "contents", "public/site", ".pressfold/preview"])
def test_output_may_be_any_folder_of_its_own_and_the_preview_that_is_meant(tmp_path: Path, place: str) -> None:
    root = (tmp_path / "site").resolve()
    check_place((root / place).resolve(), root, root / ".pressfold" / "preview")


def test_file_cannot_be_the_output_folder(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("")
    with pytest.raises(Problems) as raised:
        check_place(tmp_path / "output", tmp_path, tmp_path / ".pressfold")
    assert raised.value.problems == (
        Problem(str(tmp_path / "output"), 0, "is a file, not a folder", "choose another place for the output"),
    )
