"""Values: what was computed is there until it is forgotten."""

from pathlib import Path

from tests.memory.remembering import keep, opened


def test_value_that_was_kept_is_there_in_the_next_run(tmp_path: Path) -> None:
    keep(tmp_path / "new" / "folder", "a")
    with opened(tmp_path / "new" / "folder") as memory:
        assert (memory.get("html", "a"), memory.get("html", "b"), memory.get("code", "a")) == (b"a", None, None)
        assert memory.note == ""


def test_newer_value_replaces_the_older(tmp_path: Path) -> None:
    keep(tmp_path, "a")
    with opened(tmp_path) as memory:
        memory.put("html", {"a": b"2"})
        assert memory.get("html", "a") == b"2"
        assert memory.count("html") == 1


def test_some_values_are_those_that_are_known(tmp_path: Path) -> None:
    keep(tmp_path, "a", "b", "neither")
    with opened(tmp_path) as memory:
        assert memory.some("html", ["a", "none", "b"]) == {"a": b"a", "b": b"b"}
        assert memory.some("html", []) == memory.some("code", ["a"]) == {}
        memory.keep("html")
        assert memory.count("html") == 2


def test_kind_forgets_what_is_not_used(tmp_path: Path) -> None:
    keep(tmp_path, "asked", "neither")
    with opened(tmp_path) as memory:
        memory.put("code", {"other kind": b"1"})
    with opened(tmp_path) as memory:
        memory.get("html", "asked")
        memory.put("html", {"new": b"1"})
        memory.keep("html")
    with opened(tmp_path) as memory:
        found = {key for key in ("asked", "new", "neither") if memory.get("html", key) is not None}
        assert found == {"asked", "new"}
        assert (memory.count("html"), memory.get("code", "other kind")) == (2, b"1")
