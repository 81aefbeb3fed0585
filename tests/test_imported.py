"""What of the inbox is settled: it is not opened again while it and the ledger stay as they are."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pressfold.glance import survey_site
from pressfold.imported import key_of, settle, settled
from pressfold.memory import Memory
from pressfold.survey import Survey, digest
from tests.conftest import Site

ONE, TWO, LEDGER = "content/inbox/one.txt", "content/inbox/sub/two.txt", "content/imports.jsonl"
LATER = 4_000_000_000_123_456_789  # a clock by which every file is old enough to be known by its state


@pytest.fixture
def home(tmp_path: Path) -> Site:
    """A site with two raw files, and a ledger."""
    return Site(tmp_path).write({"config.yaml": "", ONE: "one", TWO: "two", LEDGER: "{}"})


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    """Its memory."""
    with closing(Memory(tmp_path / ".pressfold")) as memory:
        yield memory


def _here(home: Site) -> Survey:
    return survey_site(home.root)[0]


def _keys(*texts: str) -> set[str]:
    return {key_of(digest(text.encode())) for text in texts}


def test_item_is_known_by_the_hash_of_its_bytes() -> None:
    assert key_of(digest(b"one")) == f"sha256:{hashlib.sha256(b'one').hexdigest()}"


def test_nothing_is_settled_before_the_first_import(home: Site, memory: Memory) -> None:
    assert settled(memory, _here(home)) is None
    (home.root / LEDGER).unlink()
    assert settled(memory, _here(home)) == set()


def test_what_the_ledger_knows_is_settled_and_nothing_else(home: Site, memory: Memory) -> None:
    settle(home.root, memory, _keys("one", "gone"), LATER)
    assert settled(memory, _here(home)) == {ONE}
    settle(home.root, memory, _keys("one", "two"), LATER)
    assert settled(memory, _here(home)) == {ONE, TWO}


def test_file_that_changed_or_went_is_settled_no_more(home: Site, memory: Memory) -> None:
    settle(home.root, memory, _keys("one", "two"), LATER)
    os.utime(home.root / ONE, ns=(1, 1))
    assert settled(memory, _here(home)) == {TWO}
    (home.root / TWO).unlink()
    assert settled(memory, _here(home)) == set()


def test_nothing_is_settled_once_the_ledger_is_another(home: Site, memory: Memory) -> None:
    settle(home.root, memory, _keys("one", "two"), LATER)
    home.write({LEDGER: "{} "})
    assert settled(memory, _here(home)) is None


def test_file_that_was_written_as_the_run_began_is_looked_at_again(home: Site, memory: Memory) -> None:
    os.utime(home.root / ONE, ns=(1, 1))
    settle(home.root, memory, _keys("one", "two"), (home.root / TWO).stat().st_ctime_ns | 1)
    assert settled(memory, _here(home)) is None


def test_inbox_without_a_ledger_and_without_files_is_settled(home: Site, memory: Memory) -> None:
    for path in (ONE, TWO, LEDGER):
        (home.root / path).unlink()
    settle(home.root, memory, set(), LATER)
    assert settled(memory, _here(home)) == set()
