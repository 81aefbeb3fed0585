"""What the catalog keeps of an article; and its face, which is all that lists can show of it."""

import datetime as dt
from typing import Any

import pytest

from pressfold.article import Article
from pressfold.card import Card
from pressfold.config import Config
from pressfold.language import Tag
from pressfold.published import card
from pressfold.slug import Slug

CONFIG = Config(title="T", base_url="https://digest.example/", timezone="Europe/Warsaw")
ADDED = dt.datetime(2026, 1, 31, 23, 30, tzinfo=dt.UTC)


def _card(**given: Any) -> Card:
    fields: dict[str, Any] = {"path": "content/articles/2026/01/a-letter.md", "id": "urn:a", "title": "A letter"}
    fields |= {"lang": Tag("en"), "added": ADDED, "body": "Some words stand here."}
    return card(Article(**{**fields, **given}), CONFIG)


def test_address_and_month_are_those_of_the_file_and_of_the_day() -> None:
    assert (_card().slug, _card().month) == ("a-letter", "2026-02")
    assert _card(date=dt.date(2025, 12, 31)).month == "2025-12"


@pytest.mark.parametrize(
    "given",
    [
        {"title": "Another"},
        {"summary": "Another."},
        {"companies": (Slug("b"),)},
        {"date": dt.date(2026, 1, 1)},
        {"updated": ADDED},
        {"body_mode": "link"},
        {"story": Slug("s")},
        {"source_name": "The Paper"},
    ],
)
def test_face_of_a_card_is_another_where_anything_but_the_body_is(given: dict[str, Any]) -> None:
    assert _card(**given).face != _card().face


def test_face_of_a_card_is_the_same_whatever_the_body_says() -> None:
    bodies = ("Some words.", "", "What it says.", "word " * 200)
    cards = [_card(body=body, summary="What it says.") for body in bodies]
    assert len({one.text for one in cards}) == len(bodies)
    assert all(one.face == cards[0].face for one in cards)
