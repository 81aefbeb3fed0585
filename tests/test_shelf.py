"""The shelf: a newcomer's story and its twin are found without comparing it with all that is there."""

from collections.abc import Iterator
from itertools import islice

import pytest
from msgspec.structs import replace

from pressfold import shelf as shelves
from pressfold.language import Tag
from pressfold.prints import Print, print_of
from pressfold.shelf import CANDIDATES, TELLINGS, Shelf
from pressfold.slug import Slug
from pressfold.story import Evidence, compare
from pressfold.survey import UNKNOWN, Seen, State
from pressfold.told import Told
from tests.e2e.running import TORTURE
from tests.newsroom import tellings
from tests.test_story import ARABIC, ENGLISH, GERMAN, OTHER

SEEN = Seen(State(1, 2, 3), "hash")
MANY = 100_000 if TORTURE else 3_000


def told(name: str, text: str, lang: str = "en", story: str = "", **said: int | str) -> Told:
    made = print_of("", text, Tag(lang), ["ford"])
    return replace(Told(path=f"content/articles/{name}.md", id=name, print=made, story=Slug(story or name)), **said)


def put(shelf: Shelf, *articles: Told) -> None:
    shelf.put((article, SEEN) for article in articles)


def test_a_newcomer_takes_the_story_and_hears_why(shelf: Shelf) -> None:
    put(shelf, told("vote", ENGLISH), told("sales", OTHER))
    match = shelf.match(told("new", ARABIC, "ar"))
    assert match
    assert (match.story, match.weak) == ("vote", False)
    assert "Kowalska" in match.reasons


def test_dates_far_apart_part_two_articles(shelf: Shelf) -> None:
    put(shelf, told("vote", ENGLISH, day=739_000))
    assert shelf.match(told("new", GERMAN, "de", day=739_008))
    assert shelf.match(told("new", GERMAN, "de", day=739_040)) is None
    assert shelf.match(told("new", GERMAN, "de"))


def test_an_article_without_a_date_is_near_to_all(shelf: Shelf) -> None:
    put(shelf, told("vote", ENGLISH))
    assert shelf.match(told("new", GERMAN, "de", day=739_040))


def test_an_article_is_not_compared_with_itself(shelf: Shelf) -> None:
    put(shelf, told("vote", ENGLISH))
    assert shelf.match(told("vote", ENGLISH)) is None
    assert shelf.twin(told("vote", ENGLISH)) is None


def test_what_an_editor_keeps_apart_is_not_joined(shelf: Shelf) -> None:
    put(shelf, told("vote", ENGLISH))
    assert shelf.match(told("new", GERMAN, "de"), apart=[Slug("vote")]) is None
    assert shelf.match(told("new", GERMAN, "de"), apart=[Slug("other")])


def test_a_story_takes_a_newcomer_only_when_half_of_it_agrees(shelf: Shelf) -> None:
    others = [told(f"other-{number}", OTHER, story="vote") for number in range(2)]
    put(shelf, told("vote", ENGLISH), others[0])
    assert shelf.match(told("new", GERMAN, "de"))
    put(shelf, others[1])
    assert shelf.match(told("new", GERMAN, "de")) is None


def test_a_story_has_no_end_of_tellings(shelf: Shelf) -> None:
    put(shelf, *(told(f"vote-{number:03}", ENGLISH, story="vote") for number in range(3 * CANDIDATES)))
    match = shelf.match(told("new", GERMAN, "de", day=739_000))
    assert match is None or match.story == "vote"
    assert len(shelf.tellings(Slug("vote"))) == 3 * CANDIDATES
    assert len(shelf.tellings(Slug("vote"), TELLINGS)) == TELLINGS


def test_what_was_put_back_or_taken_off_is_found_as_it_is_now(shelf: Shelf) -> None:
    put(shelf, told("vote", ENGLISH), told("sales", OTHER))
    put(shelf, told("vote", OTHER))
    assert shelf.match(told("new", GERMAN, "de")) is None
    put(shelf, told("vote", ENGLISH))
    assert [one.slug for one in shelf] == ["sales", "vote"]
    shelf.drop(["content/articles/vote.md", "content/articles/never.md"])
    assert shelf.match(told("new", GERMAN, "de")) is None
    assert shelf.of("vote") is None
    assert shelf.states() == {"content/articles/sales.md": (1, 2, 3)}
    shelf.restate([("content/articles/sales.md", UNKNOWN)])
    assert shelf.states() == {"content/articles/sales.md": (-1, 0, 0)}
    shelf.clear()
    assert list(shelf) == []


def test_a_twin_is_found_by_its_address_and_by_its_words(shelf: Shelf) -> None:
    put(shelf, told("page", ENGLISH, origin="example.org/a", source="the post"))
    by_address = shelf.twin(told("new", "A few words of a feed.", origin="example.org/a"))
    by_words = shelf.twin(told("new", f"{ENGLISH}\n", source="the post"))
    assert by_address and by_words
    assert by_address.id == by_words.id == "page"
    assert shelf.twin(told("new", GERMAN, "de")) is None


def test_what_is_decided_does_not_depend_on_the_order_on_the_shelf(shelf: Shelf) -> None:
    several = [told(name, text) for name, text in (("a", ENGLISH), ("b", ENGLISH + " Twice."), ("c", OTHER))]
    put(shelf, *several)
    first = shelf.match(told("new", GERMAN, "de"))
    shelf.clear()
    put(shelf, *reversed(several))
    assert shelf.match(told("new", GERMAN, "de")) == first


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[None]]:
    """A mark for each comparison that is made."""
    made: list[None] = []

    def counted(one: Print, other: Print) -> Evidence | None:
        made.append(None)
        return compare(one, other)

    monkeypatch.setattr(shelves, "compare", counted)
    yield made


def test_comparisons_do_not_grow_with_the_archive_and_stories_are_found_in_it(
    shelf: Shelf, compared: list[None]
) -> None:
    given: dict[str, Slug] = {}
    right = wrong = missed = 0
    news = tellings(MANY)
    while batch := list(islice(news, 500)):
        before = len(compared)
        for article, event in batch:
            match = shelf.match(article)
            story = match.story if match else article.slug
            right += event in given and story == given[event]
            missed += event in given and match is None
            wrong += match is not None and story != given.get(event)
            given.setdefault(event, story)
            put(shelf, replace(article, story=story))
        assert len(compared) - before <= 500 * (2 * CANDIDATES + TELLINGS)
    assert wrong == 0
    assert right > 20 * missed
    assert right > MANY // 10
