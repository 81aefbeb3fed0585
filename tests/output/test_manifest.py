"""The list of files that are ours: what it says is looked at, and what it must not say does no harm."""

from pathlib import Path

import pytest

from pressfold.output import Report, clean
from pressfold.output.manifest import MANIFEST, inside, look, read_manifest
from pressfold.survey import digest
from tests.output.building import build, marks, tree


def test_file_that_somebody_touched_is_no_longer_known_and_written_again(tmp_path: Path) -> None:
    build(tmp_path, {"a": "1", "b": "1", "c": "1"})
    (tmp_path / "a").write_text("edited")
    (tmp_path / "b").unlink()
    assert sorted(look(tmp_path)) == ["a", "b"]
    assert read_manifest(tmp_path) == {**marks({"c": "1"}), "a": "", "b": ""}
    assert build(tmp_path, {"a": "1", "b": "1", "c": "1"}) == Report(("a", "b"), 1, ())
    assert tree(tmp_path) == {"a": "1", "b": "1", "c": "1"}


def test_looking_at_files_that_are_as_listed_writes_nothing(tmp_path: Path) -> None:
    build(tmp_path, {"a": "1"})
    before = (tmp_path / MANIFEST).stat().st_mtime_ns
    assert look(tmp_path) == []
    assert (tmp_path / MANIFEST).stat().st_mtime_ns == before


@pytest.mark.parametrize("path", ["../mine", "x/../../mine", "/etc/mine", "c:mine", "x\\mine", "", "x//y", "./a"])
def test_list_that_names_a_file_outside_deletes_none(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "out"
    build(folder, {"a": "1"})
    (tmp_path / "mine").write_text("mine")
    (folder / MANIFEST).write_text(f'{{"files": {{"a": "{digest(b"1")}", "{path}": "{digest(b"mine")}"}}}}')
    assert not inside(path)
    build(folder, {"a": "1"})
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
    build(tmp_path, {"b": "", "ą": ""})
    empty = digest(b"")
    text = f'{{\n "files": {{\n  "b": "{empty}",\n  "ą": "{empty}"\n }}\n}}\n'
    assert (tmp_path / MANIFEST).read_text("utf-8") == text
