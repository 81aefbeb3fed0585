"""Whether an item is an article once more: by its address, or by one outlet with next to the same words."""

from msgspec.structs import replace

from pressfold.language import Tag
from pressfold.prints import print_of
from pressfold.told import Told, same

WORDS = [f"word{number}" for number in range(400)]
TEXT = " ".join(WORDS)
OTHER = " ".join(reversed(WORDS))


def told(text: str = TEXT, lang: str = "en", **said: str | int) -> Told:
    made = Told(path="content/articles/a.md", id="a", print=print_of("", text, Tag(lang), ["ford"]))
    return replace(made, **said)


def test_one_address_is_one_article_though_the_words_were_edited() -> None:
    one = told(origin="example.org/a")
    assert same(one, told(" ".join(WORDS[:200]), origin="example.org/a"))
    assert same(one, told("A few words of a feed.", origin="example.org/a"))


def test_one_address_that_had_two_texts_is_two_articles() -> None:
    assert not same(told(origin="example.org/briefing"), told(OTHER, origin="example.org/briefing"))


def test_one_address_in_two_languages_or_months_apart_is_two_articles() -> None:
    assert not same(told(origin="example.org/a"), told(lang="de", origin="example.org/a"))
    assert not same(told(origin="example.org/a", day=700_000), told(origin="example.org/a", day=700_030))


def test_the_same_words_of_one_outlet_are_one_article() -> None:
    nearly = " ".join(word for word in WORDS if word != "word7")
    assert same(told(source="the post"), told(nearly, source="the post"))
    assert same(told(origin="post.example/a"), told(origin="post.example/b"))
    assert same(told(), told(nearly))


def test_the_same_words_at_another_outlet_are_a_reprint() -> None:
    assert not same(told(source="the post"), told(source="the courier"))
    assert not same(told(origin="post.example/a"), told(origin="courier.example/a"))
    assert not same(told(source="the post"), told())


def test_a_teaser_that_stands_under_two_headlines_is_of_two_articles() -> None:
    teaser = " ".join(WORDS[:60])
    assert same(told(teaser, source="the post", title="A"), told(teaser, source="the post", title="A"))
    assert not same(told(teaser, source="the post", title="A"), told(teaser, source="the post", title="B"))
    assert same(told(source="the post", title="A"), told(source="the post", title="B"))


def test_a_form_with_other_figures_is_another_article() -> None:
    assert not same(told(f"{TEXT} 1,500 litres", source="the post"), told(f"{TEXT} 1,700 litres", source="the post"))
