"""Names that an editor dismissed stay out of the queue until their line is deleted."""

from pathlib import Path

import pytest

from pressfold.dismissed import HEAD, add, load
from pressfold.problem import Problem, Problems
from tests.conftest import Site, article, ok

FILE = "content/no-companies.txt"


def test_names_are_kept_in_order_each_once_and_what_stands_at_the_head_stays() -> None:
    text = add("", ["Zeta", "  alpha   beta "])
    assert text == f"{HEAD}alpha beta\nZeta\n"
    assert add(text, ["ZETA"]) == f"{HEAD}alpha beta\nZETA\n"
    assert add("# ours\nb\n", ["a"]) == "# ours\na\nb\n"
    assert load(text) == {"alpha beta", "zeta"}
    assert load("") == load("# only a word\n\n") == frozenset()


@pytest.mark.parametrize("name", ["", "  ", "# Acme", "\x1b[31m", "\ufeff#x"])
def test_what_could_not_be_read_back_is_a_problem(name: str) -> None:
    with pytest.raises(Problems) as raised:
        add("", ["Acme", name])
    assert raised.value.problems == (Problem("NAME", 0, f"{name!r} is no name", "give it as the list shows it"),)
    assert load(add("", ["\ufeffAcme\n Ltd", "\u202eEmca"])) == {"acme ltd", "emca"}


def test_a_dismissed_name_is_out_of_the_queue_till_its_line_is_deleted(site: Site) -> None:
    body = "On Monday workers of Quentic wrote to the agency, and Quentic did not answer."
    site.write({f"content/articles/2026/01/a-{number}.md": article(f"A {number}", body=body) for number in range(3)})
    assert "Quentic" in ok(site.run("companies")).out
    said = ok(site.run("companies", "dismiss", "quentic", "Europol", "--json")).json
    assert said["names"] == ["quentic", "Europol"]
    assert "Quentic" not in ok(site.run("companies")).out
    assert _lines(site.root) == ["Europol", "quentic"]
    ok(site.build())
    (site.root / FILE).unlink()
    assert "Quentic" in ok(site.run("companies")).out


def _lines(root: Path) -> list[str]:
    return (root / FILE).read_text("utf-8").splitlines()[1:]
