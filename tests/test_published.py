"""What may be published of an article, and the card that says it, its days told where the site is."""

import datetime as dt
import hashlib
import time
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pressfold import markup
from pressfold.article import Article
from pressfold.card import Card
from pressfold.config import Config
from pressfold.language import Tag
from pressfold.published import body_mode, card, digest, published, says
from pressfold.slug import Slug
from pressfold.source import BODIES, Body, Source

CONFIG = Config(title="T", base_url="https://digest.example/", timezone="Europe/Warsaw")
LATE = dt.datetime(2026, 1, 31, 23, 30, tzinfo=dt.UTC)  # in Warsaw it is February
LONG = "\n\n".join(["word " * 70] * 3)


def _article(**given: Any) -> Article:
    fields: dict[str, Any] = {
        "path": "content/articles/2026/01/a-letter.md",
        "id": "urn:a",
        "title": "A letter",
        "lang": Tag("en"),
        "added": LATE,
        "body": "Some words stand here.",
    }
    return Article(**{**fields, **given})


def test_card_says_what_the_article_says() -> None:
    article = _article(
        date=dt.date(2026, 1, 9),
        updated=LATE + dt.timedelta(days=1),
        companies=(Slug("a"), Slug("b")),
        mentions=(Slug("c"),),
        source_name="The Paper",
        source_url="https://paper.example/",
        author="A. Author",
        summary="What it says.",
        tags=("x",),
        story=Slug("s"),
        review=("date",),
        translated="machine",
        draft=True,
        redirects=("old/",),
        note="For editors",
        origin={"file": "inbox/a.txt", "key": "k"},
    )
    one = card(article, CONFIG)
    same = (
        "path id title lang companies mentions source_name source_url author summary tags story review translated "
        "draft redirects note slug"
    ).split()
    assert [getattr(one, name) for name in same] == [getattr(article, name) for name in same]
    assert (one.date, one.added, one.updated) == ("2026-01-09", "2026-01-31T23:30:00Z", "2026-02-01T23:30:00Z")
    assert (one.day, one.added_day, one.updated_day, one.month) == ("2026-01-09", "2026-02-01", "2026-02-02", "2026-01")
    assert one.moment == dt.datetime(2026, 1, 8, 23, tzinfo=dt.UTC).timestamp()
    assert one.joined == LATE.timestamp()
    assert (one.imported, one.mode, one.text, one.whole) == ("inbox/a.txt", "full", digest(article.body), True)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=Card) == one


def test_what_an_article_does_not_say_is_empty_and_its_day_that_of_joining() -> None:
    one = card(_article(body=""), CONFIG)
    assert (one.date, one.updated, one.updated_day, one.story, one.imported) == ("",) * 5
    assert (one.day, one.month, one.moment, one.joined) == ("2026-02-01", "2026-02", *[int(LATE.timestamp())] * 2)
    assert (one.text, one.whole, one.standfirst) == ("", True, "")


@pytest.mark.parametrize("site", BODIES)
@pytest.mark.parametrize("source", BODIES)
@pytest.mark.parametrize("own", BODIES)
def test_narrowest_of_what_site_source_and_article_allow_is_published(site: Body, source: Body, own: Body) -> None:
    config = replace(CONFIG, body=site, sources={"P": Source(body=source)})
    narrowest = max(site, source, own, key=BODIES.index)
    assert body_mode(_article(body_mode=own, source_name="P"), config) == narrowest
    assert body_mode(_article(body_mode=own, source_name="Other"), config) == max(site, own, key=BODIES.index)


@pytest.mark.parametrize("mode", BODIES)
def test_as_much_of_a_body_is_known_by_its_hash_as_may_be_published(mode: Body) -> None:
    shown = {"full": LONG, "excerpt": markup.excerpt(LONG), "link": ""}[mode]
    assert published(LONG, mode) == shown
    one = card(_article(body=LONG, body_mode=mode, summary="What it says."), CONFIG)
    assert (one.mode, one.text, one.whole) == (mode, digest(shown) if shown else "", mode == "full")
    assert one.summary == one.standfirst == ("" if mode == "link" else "What it says.")
    assert (digest(LONG) == one.text) is (mode == "full")


def test_excerpt_that_is_all_of_it_is_whole() -> None:
    one = card(_article(body_mode="excerpt"), CONFIG)
    assert (one.mode, one.whole, one.text) == ("excerpt", True, digest("Some words stand here."))


# Whether a text says its summary itself.


@pytest.mark.parametrize(
    ("text", "summary", "said"),
    [
        ("Some words stand here.", "Some words", True),
        ("Some words stand here.", "words stand", True),
        ("Some words stand here.", "Words stand", False),
        ("Some words stand here.", "Some words here", False),
        ("Some **words**, [stand](x) here.", "Some words", True),
        ("Some **words**, [stand](x) here.", "Some — words: stand!", True),
        ("Some\n\nwords", "Some words", True),
        ("Some some some words", "some words", True),
        ("It ends with Some", "Some words", False),
        ("Some words some words stand", "some words stand", True),
        ("Some wordsmith", "Some words", False),
        ("Ein ärgerlicher Fall", "ärgerlicher Fall", True),
        ("据说 微软 公司", "微软 公司", True),
        ("ends with Some", "Some", True),
        ("", "", True),
        ("Some words", "", True),
        ("Some words", "…!", True),
        ("", "Some words", False),
        ("Some.", "words", False),
    ],
)
def test_text_says_its_summary_where_the_same_words_follow_each_other(text: str, summary: str, said: bool) -> None:
    assert says(text, summary) is said


WORDS = st.lists(st.sampled_from(["a", "ab", "b", "ż", "a.b", "—"]), min_size=1, max_size=8)


@given(WORDS, st.integers(0, 8), st.integers(0, 8), st.sampled_from([" ", "\n\n", ", ", " *"]))
def test_any_part_of_a_text_is_said_by_it(words: list[str], start: int, end: int, between: str) -> None:
    assert says(between.join(words), " ".join(words[start:end]))


def test_standfirst_is_the_summary_unless_the_text_says_it() -> None:
    body = "Some *words* stand here, and more of them below."
    assert card(_article(body=body, summary="Some words stand here"), CONFIG).standfirst == ""
    assert card(_article(body=body, summary="Other words"), CONFIG).standfirst == "Other words"
    long = _article(body=f"{LONG}\n\nThe end.", summary="The end.")
    assert card(long, CONFIG).standfirst == ""
    assert card(replace(long, body_mode="excerpt"), CONFIG).standfirst == "The end."


def test_hash_of_a_text_is_that_of_its_bytes_and_no_text_stops_it() -> None:
    assert digest("ż") == hashlib.sha256("ż".encode()).hexdigest()
    assert digest("\ud800") == digest("?")


def test_whether_a_text_says_the_summary_is_found_in_time_that_grows_with_the_text() -> None:
    begun = time.process_time()
    assert not says("a " * 80_000, "a " * 40_000 + "b")
    assert says("a " * 80_000 + "b", "a " * 40_000 + "b")
    assert time.process_time() - begun < 5
