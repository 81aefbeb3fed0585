"""Sentences, and a sentence cut where it can be cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.ingest.sentences import cut, sentences
from pressfold.language import Tag


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("One. Two! Three?", "en", 3),
        ("Mr. Roe of Roe Inc. wrote at 5.30 p.m. to the board. Nobody answered.", "en", 2),
        ("“We stay.” They did.", "en", 2),
        ("Firma zatrudnia m.in. inżynierów. Reszta odeszła.", "pl", 2),
        ("قالت الشركة إنها تدرس الأمر. هل يكفي ذلك؟ لا.", "ar", 3),
        ("会社は答えた。「検討中だ。」次は来月だ。", "ja", 3),
        ("Am 5. Mai begann es. Dann war Schluss.", "de", 2),
        ("No end", "en", 1),
    ],
)
def test_sentences(text: str, language: str, count: int) -> None:
    found = sentences(text, Tag(language))
    assert len(found) == count
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet="ab .!?…”«»()。؟\n", max_size=60))
def test_no_word_is_lost_between_sentences(text: str) -> None:
    assert "".join(" ".join(sentences(text, Tag("en"))).split()) == "".join(text.split())


def test_a_short_sentence_stays_whole() -> None:
    assert cut("It is short.", 130) == ("It is short.", 0.0)


def test_a_long_one_ends_at_a_clause_with_an_ellipsis() -> None:
    text = "The workers of the plant asked for a meeting, and when the board did not answer they stopped the machines for a day."
    kept, lost = cut(text, 80)
    assert kept == "The workers of the plant asked for a meeting…"
    assert 0.5 < lost < 0.7


def test_without_a_clause_it_ends_at_a_word() -> None:
    kept, _ = cut("word " * 40, 60)
    assert kept == ("word " * 11).strip() + "…"
    assert len(cut("長" * 200, 60)[0]) == 60
