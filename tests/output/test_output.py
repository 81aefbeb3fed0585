"""The output folder: what a build writes is there, what none makes any more is gone, and cleaning leaves what is foreign."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.output import Report, check_place, clean, staging
from pressfold.output.manifest import MANIFEST, read_manifest
from pressfold.output.stage import STAGE, Stage
from pressfold.problem import Problem, Problems
from tests.output.building import TREES, build, folders, marks, stop_after, tree


def test_files_are_written_and_listed(tmp_path: Path) -> None:
    files = {"index.html": "front", "articles/a/index.html": "a"}
    report = build(tmp_path / "out", files)
    assert report == Report(("articles/a/index.html", "index.html"), 0, ())
    assert tree(tmp_path / "out") == files
    assert read_manifest(tmp_path / "out") == marks(files)
    assert folders(tmp_path / "out") == ["articles", "articles/a"]


def test_file_with_the_same_bytes_is_not_written_again(tmp_path: Path) -> None:
    build(tmp_path, {"a": "1", "b": "1"})
    before = (tmp_path / "a").stat().st_mtime_ns, (tmp_path / MANIFEST).read_bytes()
    assert build(tmp_path, {"a": "1", "b": "2"}) == Report(("b",), 1, ())
    assert (tmp_path / "a").stat().st_mtime_ns == before[0]
    assert build(tmp_path, {"a": "1", "b": "1"}) == Report(("b",), 1, ())
    assert (tmp_path / MANIFEST).read_bytes() == before[1]


def test_run_with_nothing_to_do_touches_nothing(tmp_path: Path) -> None:
    build(tmp_path, {"a": "1", "x/b": "1"})
    before = {path: path.stat().st_mtime_ns for path in (tmp_path, *tmp_path.rglob("*"))}
    assert build(tmp_path, {"a": "1", "x/b": "1"}) == Report((), 2, ())
    assert {path: path.stat().st_mtime_ns for path in (tmp_path, *tmp_path.rglob("*"))} == before


def test_file_that_is_no_longer_made_is_deleted_with_the_folders_it_leaves_empty(tmp_path: Path) -> None:
    build(tmp_path, {"x/y/z/a": "1", "x/b": "1", "c": "1"})
    assert build(tmp_path, {"c": "1"}) == Report((), 1, ("x/b", "x/y/z/a"))
    assert (tree(tmp_path), folders(tmp_path)) == ({"c": "1"}, [])


def test_stage_of_a_run_that_failed_is_thrown_away_with_the_folder_that_it_made(tmp_path: Path) -> None:
    with suppress(RuntimeError), staging(tmp_path / "out"):
        Stage(tmp_path / "out").put("x/a", b"1")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


@given(st.lists(TREES, min_size=1, max_size=4))
def test_folder_always_holds_what_was_applied_last_and_what_is_foreign(
    tmp_path_factory: pytest.TempPathFactory, trees: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("out")
    (folder / "f").mkdir()
    (folder / "f" / "mine").write_text("mine")
    for files in trees:
        build(folder, files)
        assert tree(folder) == {**files, "f/mine": "mine"}
    clean(folder)
    assert tree(folder) == {"f/mine": "mine"}


# Cleaning.


def test_clean_deletes_what_builds_wrote_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    build(folder, {"x/a": "1", "b": "1"})
    (folder / "x" / "mine").write_text("mine")
    (folder / STAGE).mkdir()
    assert clean(folder) == ("b", "x/a")
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*")) == ["x", "x/mine"]


def test_clean_removes_the_folder_that_it_leaves_empty(tmp_path: Path) -> None:
    build(tmp_path / "out", {"x/a": "1"})
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
        build(folder, {"a": "1"})
        stop_after(steps, lambda folder=folder: build(folder, {"b/c": "1", "d": "1"}))  # type: ignore[misc]
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
