"""What we did not write is kept, and where it is in the way it is named and nothing is written."""

import sys
from pathlib import Path

import pytest

from pressfold.output import Report
from pressfold.output.manifest import MANIFEST, read_manifest
from pressfold.problem import Problem, Problems
from tests.output.building import build, folders, tree

IN_THE_WAY = ("was not made by the build, and is in its way", "move it, or empty the output folder")


def test_folder_that_holds_a_foreign_file_stays(tmp_path: Path) -> None:
    build(tmp_path, {"x/a": "1", "x/y/b": "1"})
    (tmp_path / "x" / "mine").write_text("mine")
    (tmp_path / "x" / "empty").mkdir()
    assert build(tmp_path, {}).deleted == ("x/a", "x/y/b")
    assert (tree(tmp_path), folders(tmp_path)) == ({"x/mine": "mine"}, ["x", "x/empty"])


def test_foreign_file_is_kept(tmp_path: Path) -> None:
    (tmp_path / "CNAME").write_text("digest.example")
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "mine").write_text("mine")
    build(tmp_path, {"a": "1", "x/y/b": "1", "x/b": "1"})
    build(tmp_path, {"b": "1"})
    assert tree(tmp_path) == {"CNAME": "digest.example", "x/mine": "mine", "b": "1"}


def test_foreign_files_in_the_way_are_problems_and_nothing_is_written(tmp_path: Path) -> None:
    build(tmp_path, {"a": "1"})
    (tmp_path / "b").write_text("mine")
    (tmp_path / "c" / "d").mkdir(parents=True)
    before = (tmp_path / MANIFEST).read_bytes()
    with pytest.raises(Problems) as raised:
        build(tmp_path, {"a": "2", "b": "2", "c/d": "2", "e": "2"})
    assert raised.value.problems == (Problem("output/b", 0, *IN_THE_WAY), Problem("output/c/d", 0, *IN_THE_WAY))
    assert tree(tmp_path) == {"a": "1", "b": "mine"}
    assert (tmp_path / MANIFEST).read_bytes() == before


@pytest.mark.parametrize("path", ["articles/x/index.html", "articles/x"])
def test_foreign_file_where_a_folder_must_be_is_a_problem_and_nothing_is_written(tmp_path: Path, path: str) -> None:
    (tmp_path / "articles").write_text("mine")
    with pytest.raises(Problems) as raised:
        build(tmp_path, {"a": "1", path: "2"})
    assert raised.value.problems == (Problem("output/articles", 0, *IN_THE_WAY),)
    assert tree(tmp_path) == {"articles": "mine"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_link_out_of_the_folder_is_never_followed(tmp_path: Path) -> None:
    build(tmp_path / "out", {"x/a": "1", "b": "1"})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a").write_text("mine")
    (tmp_path / "out" / "x" / "a").unlink()
    (tmp_path / "out" / "x").rmdir()
    (tmp_path / "out" / "x").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Problems) as raised:
        build(tmp_path / "out", {"x/a": "2", "b": "1"})
    assert raised.value.problems == (Problem("output/x", 0, *IN_THE_WAY),)
    assert build(tmp_path / "out", {"b": "1"}).deleted == ("x/a",)
    assert (tmp_path / "elsewhere" / "a").read_text() == "mine"


def test_foreign_file_with_the_very_bytes_is_welcome(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    build(tmp_path, {"a": "1"})
    assert list(read_manifest(tmp_path)) == ["a"]


def test_file_gives_way_to_a_folder_of_its_name(tmp_path: Path) -> None:
    build(tmp_path, {"media/a": "1", "b": "1"})
    assert build(tmp_path, {"media/a/b": "2", "b": "1"}) == Report(("media/a/b",), 1, ("media/a",))
    assert tree(tmp_path) == {"media/a/b": "2", "b": "1"}


def test_folder_gives_way_to_a_file_of_its_name(tmp_path: Path) -> None:
    build(tmp_path, {"media/a/b": "1", "media/a/c/d": "1"})
    assert build(tmp_path, {"media/a": "2"}) == Report(("media/a",), 0, ("media/a/b", "media/a/c/d"))
    assert tree(tmp_path) == {"media/a": "2"}


@pytest.mark.parametrize("mine", ["media/a/empty", "media/a/c/empty"])
def test_folder_of_ours_that_holds_a_foreign_folder_gives_no_way(tmp_path: Path, mine: str) -> None:
    build(tmp_path, {"media/a/b": "1", "media/a/c/d": "1"})
    (tmp_path / mine).mkdir()
    with pytest.raises(Problems) as raised:
        build(tmp_path, {"media/a": "2"})
    assert raised.value.problems == (Problem("output/media/a", 0, *IN_THE_WAY),)
    assert tree(tmp_path) == {"media/a/b": "1", "media/a/c/d": "1"}


def test_foreign_folder_in_the_place_of_a_file_of_ours_is_a_problem(tmp_path: Path) -> None:
    build(tmp_path, {"a": "1", "b": "1"})
    (tmp_path / "a").unlink()
    (tmp_path / "a").mkdir()
    with pytest.raises(Problems) as raised:
        build(tmp_path, {"a": "2", "b": "2"})
    assert raised.value.problems == (Problem("output/a", 0, *IN_THE_WAY),)
    assert tree(tmp_path) == {"b": "1"}
