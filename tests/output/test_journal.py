"""The journal: what is staged appears in order, and what stopped is finished or never was."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressfold.output import finish
from pressfold.output.manifest import read_manifest
from pressfold.output.stage import STAGE, Stage
from tests.output.building import TREES, build, marks, stop_after, tree, watched

# What is applied appears in order.


def _ranked(path: str) -> int:
    return ("static", "media", "pages").index(path.partition("/")[0])


def _appears(folder: Path, files: dict[str, str]) -> list[list[str]]:
    """The new files that are there after each step of applying them, as a reader of the site sees them."""
    seen: list[list[str]] = []
    with watched(lambda _: seen.append([path for path, text in files.items() if _text(folder / path) == text])):
        build(folder, files, _ranked)
    return [now for before, now in zip([[], *seen], seen, strict=False) if now != before]


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


FILES = {"static/b": "2", "static/a": "2", "media/z": "2", "pages/x/a": "2", "pages/b": "2"}


def test_files_appear_one_by_one_in_the_order_of_their_rank(tmp_path: Path) -> None:
    build(tmp_path, dict.fromkeys(FILES, "1"), _ranked)
    order = ["static/a", "static/b", "media/z", "pages/b", "pages/x/a"]
    assert [set(seen) for seen in _appears(tmp_path, FILES)] == [set(order[:count]) for count in range(1, 6)]


def test_whole_folders_are_moved_into_an_empty_output_in_the_order_of_their_rank(tmp_path: Path) -> None:
    steps = [{"static/a", "static/b"}, {"static/a", "static/b", "media/z"}, set(FILES)]
    assert [set(seen) for seen in _appears(tmp_path / "out", FILES)] == steps
    assert tree(tmp_path / "out") == FILES


# What stopped.


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
    build(folder, old)
    (folder / "f").mkdir(parents=True, exist_ok=True)
    (folder / "f" / "mine").write_text("mine")
    stop_after(steps, lambda: build(folder, new))
    applying = (folder / STAGE / "journal.json").exists()
    stop_after(again, lambda: finish(folder))
    finish(folder)
    found = tree(folder)
    assert found.pop("f/mine") == "mine"
    assert read_manifest(folder) == marks(found)
    assert found in ([new] if applying else [old, new])
    assert not (folder / STAGE).exists()
    build(folder, last)
    assert tree(folder) == {**last, "f/mine": "mine"}


@pytest.mark.parametrize("old", [{}, {"a": "1", "c/d": "1", "gone/x": "1"}])
def test_run_is_stopped_at_each_of_its_steps(tmp_path: Path, old: dict[str, str]) -> None:
    """Before the journal nothing has happened; from it on everything will. Never is a page seen before what it shows."""
    new, steps, seen = {"a": "2", "b/a": "2", "b/c": "2"}, 0, []
    while True:
        folder = tmp_path / str(steps)
        build(folder, old)
        total = stop_after(steps, lambda folder=folder: build(folder, new))  # type: ignore[misc]
        finish(folder)
        seen.append(tree(folder))
        if total <= steps:
            break
        steps += 1
    assert steps > 6
    turn = seen.index(new)
    assert 0 < turn < steps
    assert seen == [old] * turn + [new] * (len(seen) - turn)


@pytest.mark.parametrize("journal", [b"", b"{", b"[]", b'{"early": 1}'])
def test_stage_whose_journal_cannot_be_read_is_thrown_away(tmp_path: Path, journal: bytes) -> None:
    build(tmp_path, {"a": "1"})
    Stage(tmp_path).put("b", b"2")
    (tmp_path / STAGE / "journal.json").write_bytes(journal)
    finish(tmp_path)
    assert tree(tmp_path) == {"a": "1"}
    assert not (tmp_path / STAGE).exists()
