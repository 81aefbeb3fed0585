"""Problems: how they read, and how they are gathered."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.article import Incomplete
from pressfold.problem import Problem, Problems, gather, refuse, suggest


@pytest.mark.parametrize(
    ("problem", "shown"),
    [
        (Problem("config.yaml", 3, "is wrong"), "config.yaml:3: is wrong"),
        (Problem("config.yaml", 0, "is wrong"), "config.yaml: is wrong"),
        (Problem("a/b.md", 12, "is wrong", "mend it"), "a/b.md:12: is wrong (mend it)"),
        (Problem("a/b.md", 0, "is wrong", "mend it"), "a/b.md: is wrong (mend it)"),
        (Problem("a\nb.md", 0, "is wrong"), "a?b.md: is wrong"),
        (
            Problem("a.md", 2, f"'{'x' * 10**6}' is no tag", "y" * 10**6),
            f"a.md:2: '{'x' * 399} … {'x' * 89}' is no tag ({'y' * 400} … {'y' * 100})",
        ),
    ],
)
def test_problem_is_shown_with_its_place_and_hint(problem: Problem, shown: str) -> None:
    assert str(problem) == shown


def test_problems_carry_every_problem_and_show_them_all() -> None:
    one, two = Problem("a", 1, "first"), Problem("b", 0, "second", "hint")
    raised = Problems(iter([one, two]))
    assert raised.problems == (one, two)
    assert str(raised) == "a:1: first; b: second (hint)"


def test_refuse_makes_one_problem_to_raise() -> None:
    assert refuse("a", 2, "no", "yes").problems == (Problem("a", 2, "no", "yes"),)


def _odd(number: int) -> int:
    if number % 2 == 0:
        raise Problems([Problem("n", number, "even"), Problem("n", number, "not odd")])
    return number * 10


def test_gather_does_all_work_and_keeps_every_problem_in_order() -> None:
    done, problems = gather(_odd, [1, 2, 3, 4])
    assert done == [10, 30]
    assert [(p.line, p.message) for p in problems] == [(2, "even"), (2, "not odd"), (4, "even"), (4, "not odd")]


def test_gather_lets_other_errors_through() -> None:
    with pytest.raises(ZeroDivisionError):
        gather(lambda number: 1 // number, [0])


@given(st.lists(st.integers()))
def test_gather_loses_no_item(numbers: list[int]) -> None:
    done, problems = gather(_odd, numbers)
    assert len(done) + len(problems) // 2 == len(numbers)


@pytest.mark.parametrize(
    ("wrong", "known", "hint"),
    [
        ("titel", ["title", "lang"], "did you mean 'title'?"),
        ("compnies", ["companies", "comments"], "did you mean 'companies'?"),
        ("zzz", ["title", "lang"], ""),
        ("title", [], ""),
    ],
)
def test_suggest_names_the_nearest_known_word(wrong: str, known: list[str], hint: str) -> None:
    assert suggest(wrong, known) == hint


@given(st.text(), st.sets(st.text()))
def test_suggest_is_the_same_whatever_the_order_of_the_known_words(wrong: str, known: set[str]) -> None:
    assert suggest(wrong, sorted(known)) == suggest(wrong, sorted(known, reverse=True))


@pytest.mark.parametrize("kind", [Problems, Incomplete])
def test_problems_are_the_same_in_another_process(kind: type[Problems]) -> None:
    there = kind([Problem("a.md", 3, "is wrong", "mend it"), Problem("b.md", 0, "is gone")])
    here = pickle.loads(pickle.dumps(there))
    assert (type(here), here.problems, str(here)) == (kind, there.problems, str(there))
