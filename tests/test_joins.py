"""Which stories are proposed to be one: by the rule of the import, whichever article came first."""

from msgspec.structs import replace

from pressfold.apart import Apart
from pressfold.joins import joins
from pressfold.shelf import Shelf
from pressfold.slug import Slug
from pressfold.told import Told
from tests.test_shelf import put, told
from tests.test_story import ARABIC, ENGLISH, GERMAN, OTHER

APART = Apart()


def by_nobody(_: Told) -> bool:
    return False


def names(shelf: Shelf, apart: Apart = APART) -> list[list[str]]:
    return [[group.name for group in join.groups] for join in joins(shelf, by_nobody, apart)]


def three(shelf: Shelf) -> None:
    put(shelf, told("en", ENGLISH, joined=3), told("de", GERMAN, "de", joined=1), told("ar", ARABIC, "ar", joined=2))
    put(shelf, told("sales", OTHER))


def test_all_tellings_are_one_proposal_named_for_the_one_that_was_here_first(shelf: Shelf) -> None:
    three(shelf)
    (join,) = joins(shelf, by_nobody, APART)
    assert [one.slug for one in join.tellings] == ["de", "ar", "en"]
    assert (join.story, [one.slug for one in join.changed]) == ("de", ["ar", "en"])
    assert join.apart == [("ar", "de"), ("ar", "en"), ("de", "en")]
    assert 0.5 < join.confidence < 1
    assert all("numbers 1200, 3150" in reasons for reasons in join.reasons)


def test_what_is_one_story_is_not_proposed(shelf: Shelf) -> None:
    put(shelf, told("en", ENGLISH), told("de", GERMAN, "de", story="en"))
    assert names(shelf) == []


def test_what_is_kept_apart_is_not_proposed_and_keeps_its_stories_apart(shelf: Shelf) -> None:
    three(shelf)
    assert names(shelf, Apart(frozenset([(Slug("ar"), Slug("de"))]))) in ([["ar", "en"]], [["de", "en"]])
    put(shelf, told("en", ENGLISH, story="de"))
    assert names(shelf, Apart(frozenset([(Slug("ar"), Slug("de"))]))) == []


def test_pairs_of_articles_that_are_gone_keep_nothing_apart(shelf: Shelf) -> None:
    three(shelf)
    assert names(shelf, Apart(frozenset([(Slug("ar"), Slug("gone"))]))) == [["ar", "de", "en"]]


def test_a_story_half_of_which_tells_something_else_is_not_proposed(shelf: Shelf) -> None:
    put(shelf, told("en", ENGLISH), told("de", GERMAN, "de"))
    put(shelf, *(told(f"other-{number}", OTHER, story="de") for number in range(2)))
    assert ["de", "en"] not in names(shelf)


def test_an_editors_name_wins_and_two_of_them_are_never_one(shelf: Shelf) -> None:
    three(shelf)
    (join,) = joins(shelf, lambda one: one.id == "en", APART)
    assert (join.story, [one.slug for one in join.changed]) == ("en", ["de", "ar"])
    proposed = joins(shelf, lambda one: one.id in ("en", "de"), APART)
    assert [sorted(group.name for group in join.groups) for join in proposed] in ([["ar", "de"]], [["ar", "en"]])


def test_an_article_without_a_story_is_proposed_too(shelf: Shelf) -> None:
    put(shelf, replace(told("en", ENGLISH, joined=1), story=None), told("de", GERMAN, "de", joined=2))
    (join,) = joins(shelf, by_nobody, APART)
    assert (join.story, [one.slug for one in join.changed]) == ("en", ["en", "de"])
