"""The output folder: staged whole, then applied; foreign files are kept, and what stopped is completed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.output import MANIFEST, File, Manifest, Report, apply, check_place, clean, read_manifest
from pressfold.problem import Problem, Problems

IN_THE_WAY = ("was not made by the build, and is in its way", "move it, or empty the output folder")


def _apply(folder: Path, files: dict[str, str], same: dict[str, str] | None = None) -> Report:
    new = [File(path, text.encode()) for path, text in files.items()]
    return apply(folder, new, same or {}, read_manifest(folder), "output")


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
    assert report == Report(("index.html", "articles/a/index.html"), 0, ())
    assert _tree(tmp_path / "out") == files
    assert read_manifest(tmp_path / "out") == Manifest({p: File(p, t.encode()).digest for p, t in files.items()})
    assert _folders(tmp_path / "out") == ["articles", "articles/a"]


def test_file_with_the_same_bytes_is_not_written_again(tmp_path: Path) -> None:
    _apply(tmp_path, {"a": "1", "b": "1"})
    before = (tmp_path / "a").stat().st_mtime_ns, (tmp_path / MANIFEST).read_bytes()
    assert _apply(tmp_path, {"a": "1", "b": "2"}) == Report(("b",), 1, ())
    assert (tmp_path / "a").stat().st_mtime_ns == before[0]
    assert _apply(tmp_path, {"a": "1", "b": "1"}) == Report(("b",), 1, ())
    assert (tmp_path / MANIFEST).read_bytes() == before[1]


def test_run_with_nothing_to_do_touches_nothing(tmp_path: Path) -> None:
    _apply(tmp_path, {"a": "1"})
    before = {path: path.stat().st_mtime_ns for path in (tmp_path, *tmp_path.rglob("*"))}
    assert _apply(tmp_path, {"a": "1"}) == Report((), 1, ())
    assert {path: path.stat().st_mtime_ns for path in (tmp_path, *tmp_path.rglob("*"))} == before


def test_files_known_to_be_there_need_no_bytes(tmp_path: Path) -> None:
    _apply(tmp_path, {"a": "1", "b": "1"})
    same = {"a": read_manifest(tmp_path).files["a"]}
    assert _apply(tmp_path, {"b": "2"}, same) == Report(("b",), 1, ())
    assert _tree(tmp_path) == {"a": "1", "b": "2"}


def test_file_that_is_no_longer_made_is_deleted_with_the_folders_it_leaves_empty(tmp_path: Path) -> None:
    _apply(tmp_path, {"x/y/z/a": "1", "x/b": "1", "c": "1"})
    assert _apply(tmp_path, {"c": "1"}) == Report((), 1, ("x/b", "x/y/z/a"))
    assert (_tree(tmp_path), _folders(tmp_path)) == ({"c": "1"}, [])


def test_folder_that_holds_a_foreign_file_stays(tmp_path: Path) -> None:
    _apply(tmp_path, {"x/a": "1", "x/y/b": "1"})
    (tmp_path / "x" / "mine").write_text("mine")
    (tmp_path / "x" / "empty").mkdir()
    assert _apply(tmp_path, {}).deleted == ("x/a", "x/y/b")
    assert (_tree(tmp_path), _folders(tmp_path)) == ({"x/mine": "mine"}, ["x", "x/empty"])


def test_foreign_file_is_kept(tmp_path: Path) -> None:
    (tmp_path / "CNAME").write_text("digest.example")
    _apply(tmp_path, {"a": "1"})
    _apply(tmp_path, {"b": "1"})
    assert _tree(tmp_path) == {"CNAME": "digest.example", "b": "1"}


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


def test_foreign_file_where_a_folder_must_be_is_a_problem_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "articles").write_text("mine")
    with pytest.raises(Problems) as raised:
        _apply(tmp_path, {"a": "1", "articles/x/index.html": "2"})
    assert [(problem.message, problem.hint) for problem in raised.value.problems] == [IN_THE_WAY]
    assert _tree(tmp_path) == {"articles": "mine"}


def test_foreign_file_with_the_very_bytes_is_welcome(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    _apply(tmp_path, {"a": "1"})
    assert list(read_manifest(tmp_path).files) == ["a"]


def test_file_gives_way_to_a_folder_of_its_name(tmp_path: Path) -> None:
    _apply(tmp_path, {"media/a": "1"})
    assert _apply(tmp_path, {"media/a/b": "2"}) == Report(("media/a/b",), 0, ("media/a",))
    assert _tree(tmp_path) == {"media/a/b": "2"}


def test_folder_gives_way_to_a_file_of_its_name(tmp_path: Path) -> None:
    _apply(tmp_path, {"media/a/b": "1"})
    assert _apply(tmp_path, {"media/a": "2"}) == Report(("media/a",), 0, ("media/a/b",))
    assert _tree(tmp_path) == {"media/a": "2"}


def _stopped(folder: Path, old: dict[str, str], new: dict[str, str], written: set[str]) -> None:
    """The folder as a run leaves it that stops after it wrote some of its files."""
    _apply(folder, old)
    listed = {**old, **new}
    digests = {path: File(path, text.encode()).digest for path, text in listed.items()}
    (folder / MANIFEST).write_text(json.dumps({"files": digests, "unfinished": True}))
    for path in written:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(new[path])
    (folder / ".pressfold-stage").mkdir(exist_ok=True)
    (folder / ".pressfold-stage" / "0").write_text("half")


TREES = st.dictionaries(st.sampled_from(["a", "b", "c/d", "c/e", "f/g/h"]), st.sampled_from("12"), max_size=5)


@given(TREES, TREES, TREES, st.data())
def test_run_that_stopped_anywhere_is_completed_by_the_next(
    tmp_path_factory: pytest.TempPathFactory,
    old: dict[str, str],
    new: dict[str, str],
    last: dict[str, str],
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("out")
    _stopped(folder, old, new, data.draw(st.sets(st.sampled_from(sorted(new)))) if new else set())
    assert not read_manifest(folder).finished
    _apply(folder, last)
    assert _tree(folder) == last
    assert read_manifest(folder) == Manifest({path: File(path, text.encode()).digest for path, text in last.items()})
    assert {part for path in last for part in [path.rpartition("/")[0]] if part} <= set(_folders(folder))


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


def test_unfinished_list_is_not_believed_and_the_files_are_looked_at(tmp_path: Path) -> None:
    _apply(tmp_path, {"a": "1", "b": "1"})
    (tmp_path / "a").write_text("edited")
    before = Manifest(read_manifest(tmp_path).files, finished=False)
    new = [File("a", b"1"), File("b", b"1")]
    assert apply(tmp_path, new, {}, before, "output") == Report(("a",), 1, ())
    assert _tree(tmp_path) == {"a": "1", "b": "1"}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"files": []}', '{"files": 1}', "\xff"])
def test_list_that_cannot_be_read_is_empty_and_unfinished(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_bytes(text.encode("latin-1"))
    assert read_manifest(tmp_path) == Manifest({}, finished=False)


def test_folder_without_a_list_is_unfinished(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "none") == Manifest({}, finished=False)


def test_list_is_sorted_json_with_hashes_and_no_times(tmp_path: Path) -> None:
    _apply(tmp_path, {"b": "", "ą": ""})
    empty = File("", b"").digest
    assert (tmp_path / MANIFEST).read_text("utf-8") == f'{{\n"files": {{\n"b": "{empty}",\n"ą": "{empty}"\n}}\n}}\n'


def test_empty_site_makes_a_folder_with_an_empty_list(tmp_path: Path) -> None:
    assert _apply(tmp_path / "out", {}) == Report((), 0, ())
    assert read_manifest(tmp_path / "out") == Manifest({})


def test_clean_deletes_what_builds_wrote_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    _apply(folder, {"x/a": "1", "b": "1"})
    (folder / "x" / "mine").write_text("mine")
    (folder / ".pressfold-stage").mkdir()
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


@pytest.mark.parametrize("place", [".", "..", "content", "content/sub", "layouts", ".pressfold", ".git/x"])
def test_output_may_not_swallow_the_sites_own_files(tmp_path: Path, place: str) -> None:
    root = (tmp_path / "site").resolve()
    folder = (root / place).resolve()
    with pytest.raises(Problems) as raised:
        check_place(folder, root)
    assert raised.value.problems == (
        Problem(
            str(folder), 0, "cannot be the output folder: the site itself lies there", "choose a folder of its own"
        ),
    )


@pytest.mark.parametrize("place", ["output", "../elsewhere", "contents", "public/site"])
def test_output_may_be_any_folder_of_its_own(tmp_path: Path, place: str) -> None:
    root = (tmp_path / "site").resolve()
    check_place((root / place).resolve(), root)


def test_file_cannot_be_the_output_folder(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("")
    with pytest.raises(Problems) as raised:
        check_place(tmp_path / "output", tmp_path)
    assert raised.value.problems == (
        Problem(str(tmp_path / "output"), 0, "is a file, not a folder", "choose another place for the output"),
    )
