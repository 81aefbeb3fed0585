"""Pages: they are those of the last time when their subjects were drawn."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressfold.memory import Drawn
from tests.memory.remembering import opened, page_of


def test_subject_is_to_be_drawn_until_it_was(tmp_path: Path) -> None:
    with opened(tmp_path) as memory:
        memory.soil(["front", "article/b", "front"])
    with opened(tmp_path) as memory:
        assert memory.dirty() == ["article/b", "front"]
        memory.redraw(["front"], [page_of("index.html")])
        assert memory.dirty() == ["article/b"]


def test_pages_that_are_forgotten_make_their_subjects_to_be_drawn(tmp_path: Path) -> None:
    pages = [page_of("a", "article/a"), page_of("a2", "article/a"), page_of("b", "article/b"), page_of("index.html")]
    with opened(tmp_path) as memory:
        memory.redraw(["article/a", "article/b", "front"], pages)
        memory.undraw(["a", "none"])
        assert memory.dirty() == ["article/a"]
        assert list(memory.pages()) == [pages[0]._replace(fingerprint="", digest=""), *pages[1:]]
        memory.undraw(None)
        assert memory.dirty() == ["article/a", "article/b", "front"]
        assert list(memory.pages()) == []


def test_pages_are_found_by_path_by_subject_and_by_family(tmp_path: Path) -> None:
    pages = [page_of("b", "article/content/b.md"), page_of("a", "articles", listed=None), page_of("index.html")]
    with opened(tmp_path) as memory:
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
        new = {path: page_of(path, SUBJECT[path], mark) for path, mark in marks.items() if SUBJECT[path] in subjects}
        expected = {path: page for path, page in expected.items() if page.subject not in subjects} | new
        with opened(folder) as memory, memory.change():
            memory.redraw(subjects, new.values())
        with opened(folder) as memory:
            assert {page.path: page for page in memory.pages()} == expected
