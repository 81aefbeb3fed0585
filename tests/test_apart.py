"""What an editor says is no one story: read, written, and what is wrong in it named."""

import pytest

from pressfold.apart import Apart, add, load, pair
from pressfold.problem import Problems
from pressfold.slug import Slug

A, B, C = Slug("a"), Slug("b"), Slug("c")


@pytest.mark.parametrize("text", ["", "\n", "apart:\n", "apart: []\n", "# nothing yet\n"])
def test_nothing_is_apart(text: str) -> None:
    assert load(text) == Apart()


def test_pairs_are_read_however_they_are_written() -> None:
    assert load("apart:\n- [b, a]\n-\n  - a\n  - c\n").pairs == {(A, B), (A, C)}
    assert load("apart: [[a, b]]\n").of(B) == {A}
    assert load("apart: [[a, b]]\n").of(C) == set()
    assert pair(B, A) == (A, B)


def test_what_stands_there_keeps_its_bytes() -> None:
    text = "# not one story:\napart:\n- [a, b]   # another plant"
    assert add(text, [(A, C)]) == text + "\n- [a, c]\n"
    assert add(text, [(A, B)]) == text
    assert add("", [(B, C), (A, B)]) == "apart:\n- [a, b]\n- [b, c]\n"
    assert add("apart: [[a, b]]\n", [(A, C)]) == "apart:\n- [a, b]\n- [a, c]\n"
    assert add("apart: []\n", [(A, C)]) == "apart:\n- [a, c]\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("apart:\n- [a]\n", 2),
        ("apart:\n- [a, b, c]\n", 2),
        ("apart:\n- [a, a]\n", 2),
        ("apart:\n- a\n", 2),
        ("apart:\n- [a, [b]]\n", 2),
        ("apart:\n- [a, Not A Name]\n", 2),
        ("apart: a\n", 1),
        ("- [a, b]\n", 1),
        ("together: [[a, b]]\n", 1),
    ],
)
def test_what_is_no_pair_is_named(text: str, line: int) -> None:
    with pytest.raises(Problems) as caught:
        load(text)
    assert [(problem.path, problem.line) for problem in caught.value.problems] == [("content/stories.yaml", line)]
