"""Paragraphs in another language than their article: marked where the evidence is strong, and only there."""

import pytest

from pressfold.config import LANGUAGES
from pressfold.ingest.tongues import mark
from pressfold.language import Tag
from pressfold.markup import Block, block

DANISH = (
    "Firmaet har lejet værelserne på det tidligere plejehjem, så håndværkerne kan nå færgen til byggepladsen om morgenen.",
    "Kommunen har givet tilladelse for to år, og derefter skal huset igen bruges til de ældre i byen og på landet.",
    "En af de første lejere er murer, og han siger, at han sover bedre, end han har gjort i mange år, når han har fri.",
)
GERMAN = "Ich habe früher jeden Tag drei Stunden im Auto gesessen, und jetzt schlafe ich wenigstens im Bus, während er fährt."
ARABIC = "كنا ننتظر الخريجين حتى يأتوا إلينا، أما الآن فنذهب إلى القرى التي نشأوا فيها ونسألهم عما يريدون."


def languages_of(*texts: str, kind: str = "paragraph") -> list[str]:
    blocks: tuple[Block, ...] = tuple(block(kind, words) for words in texts)  # type: ignore[arg-type]
    return [found.lang for found in mark(blocks, Tag("da"), LANGUAGES)]


@pytest.mark.parametrize(("foreign", "lang"), [(GERMAN, "de"), (ARABIC, "ar")])
def test_a_paragraph_in_another_language_is_marked(foreign: str, lang: str) -> None:
    assert languages_of(*DANISH, foreign) == ["", "", "", lang]
    assert languages_of(*DANISH, foreign, kind="quote") == ["", "", "", lang]


@pytest.mark.parametrize(
    "words", ["Wir warten seit Montag auf den Bus.", "Keine Antwort", "Novo Nordisk A/S, Bagsværd"]
)
def test_a_few_words_prove_nothing(words: str) -> None:
    assert languages_of(*DANISH, words) == ["", "", "", ""]


def test_a_heading_stays_as_it_is() -> None:
    assert languages_of(*DANISH, GERMAN, kind="heading") == ["", "", "", ""]


def test_an_article_in_one_language_has_no_marks() -> None:
    assert languages_of(*DANISH) == ["", "", ""]
