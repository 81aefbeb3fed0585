"""Pages of their own: what an editor writes is read, and every mistake has its line."""

from typing import Any

import pytest

from pressfold.language import Tag
from pressfold.problem import Problem, Problems
from pressfold.slug import Slug
from pressfold.textpage import TextPage, load

PATH = "content/pages/imprint.md"


def _page(**given: Any) -> TextPage:
    fields: dict[str, Any] = {"title": "Imprint", "lang": None, "description": "", "body": "", **given}
    return TextPage(slug=Slug("imprint"), path=PATH, **fields)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("---\ntitle: Imprint\n---\n", _page()),
        ("---\ntitle: Imprint\nlang: no\n---\n\nWords\n", _page(lang=Tag("nb"), body="Words")),
        ("---\ntitle: Imprint\ndescription: Who we are\n---\n\n\nA\n\n  b\n\n", _page(description="Who we are", body="A\n\n  b")),
    ],
)  # fmt: skip
def test_page_is_read(text: str, page: TextPage) -> None:
    assert load(text, PATH) == page


@pytest.mark.parametrize(
    ("head", "problem"),
    [
        ("lang: en\n", (2, "'title' is missing", "add title: ...")),
        ("title: T\ntitel: x\n", (3, "unknown key 'titel'", "did you mean 'title'?")),
        ("title: T\nlang: x\n", (3, "'lang': 'x' is no language tag", "a BCP 47 tag such as en, ar or pt-BR")),
    ],
)
def test_mistake_is_a_problem(head: str, problem: tuple[int, str, str]) -> None:
    with pytest.raises(Problems) as raised:
        load(f"---\n{head}---\n", PATH)
    assert raised.value.problems == (Problem(PATH, *problem),)


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(Problems) as raised:
        load("---\nlang: x\ntitel: x\n---\n", PATH)
    assert len(raised.value.problems) == 3


@pytest.mark.parametrize("name", ["Über uns", "a_b", "-a"])
def test_name_of_the_file_must_do_for_an_address(name: str) -> None:
    with pytest.raises(Problems) as raised:
        load("---\ntitle: T\n---\n", f"content/pages/{name}.md")
    assert raised.value.problems[0].path == f"content/pages/{name}.md"
