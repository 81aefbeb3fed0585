"""Why an article is as it is, through the command: by whatever name it is asked for."""

import pytest

from tests.conftest import Site, ok
from tests.e2e.test_import import FIRST, LETTER, PLACE, TITLE, only

BUTTON = "Share on Facebook"


@pytest.fixture
def letter(site: Site) -> Site:
    """A site into which the letter was imported, with a button below it."""
    ok(site.write({"content/inbox/one.txt": f"{LETTER}\n{BUTTON}\n"}).run("import"))
    return site


def test_it_says_what_was_decided_how_surely_and_by_what(letter: Site) -> None:
    said = ok(letter.run("explain", "inbox/one.txt")).out
    assert said.startswith(f"{PLACE}\n  from       inbox/one.txt, added 2026-02-02T02:40:00Z\n")
    assert TITLE in said
    assert "named      microsoft: 'Microsoft' in the title; 'Microsoft' in paragraph 1" in said
    assert "left out   button: 1 (line 7)" in said
    assert "edited" not in said


@pytest.mark.parametrize(
    "asked", [PLACE, "https://digest.example/news/articles/workers-ask-microsoft-to-drop-a-contract/", "one"]
)
def test_an_article_is_found_by_each_of_its_names(letter: Site, asked: str) -> None:
    name = letter.run("explain", "inbox/one.txt", "--json").json["articles"][0]["id"] if asked == "one" else asked
    (found,) = ok(letter.run("explain", name, "--json")).json["articles"]
    assert (found["file"], found["article"], found["there"], found["edited"]) == ("inbox/one.txt", PLACE, True, [])
    assert found["sure"]["title"] >= 0.9
    assert found["named"]["microsoft"][0] == ["Microsoft", 0]


def test_it_says_what_was_edited_since_and_what_is_gone(letter: Site) -> None:
    path = only(letter)
    path.write_text(path.read_text("utf-8").replace(FIRST, "Mine.").replace(f"title: {TITLE}", "title: Mine"), "utf-8")
    (found,) = ok(letter.run("explain", PLACE, "--json")).json["articles"]
    assert sorted(found["edited"]) == ["summary", "text", "title"]
    assert "(edited since)" in letter.run("explain", PLACE).out
    path.unlink()
    assert f"{PLACE}  (is not there)" in ok(letter.run("explain", "inbox/one.txt")).out


def test_what_was_never_imported_is_said_with_a_suggestion(letter: Site) -> None:
    said = letter.run("explain", "inbox/won.txt")
    assert said.code == 1
    assert said.err.startswith("inbox/won.txt: was never imported (did you mean 'inbox/one.txt'?)")
