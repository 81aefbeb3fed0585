"""Quotations without marks, told by who speaks."""

import pytest

from pressfold.ingest.quotes import ends_attributed, first_person, is_attribution, split_attribution
from pressfold.language import Tag


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("We ask that our work be used for peace.", "en", 2),
        ("The US and IT firms asked US officials.", "en", 0),
        ("It helps us.", "en", 1),
        ("Żądamy wyjaśnień i nie zgodzimy się na mniej.", "pl", 2),
        ("Systemy i problemy naszych czasów.", "pl", 1),
        ("Chiediamo rispetto per il nostro lavoro.", "it", 2),
        ("Wir verlangen, dass unsere Arbeit anerkannt wird.", "de", 2),
        ("نحن نرفض هذا العقد.", "ar", 1),
    ],
)
def test_first_person(text: str, language: str, count: int) -> None:
    found = first_person(text, Tag(language))
    assert found >= count if count else found == 0


def test_an_attribution_at_the_end_is_split_off() -> None:
    text = "Nie chcemy budować takich narzędzi dla nikogo – napisali pracownicy w liście"
    assert split_attribution(text, Tag("pl")) == (
        "Nie chcemy budować takich narzędzi dla nikogo",
        "napisali pracownicy w liście",
    )


@pytest.mark.parametrize(
    "text",
    ["The firm builds cars – and buses for the whole country", "Two sites – Leeds and York", "No dash at all"],
)
def test_a_dash_alone_attributes_nothing(text: str) -> None:
    assert split_attribution(text, Tag("en")) is None


@pytest.mark.parametrize(
    ("text", "language", "attributes"),
    [
        ("letter from the employees", "en", True),
        ("— the union’s statement", "en", True),
        ("lettera dei dipendenti", "it", True),
        ("The company answers", "en", False),
        ("Was der Vorstand sagt", "de", False),
    ],
)
def test_a_line_of_its_own_that_attributes(text: str, language: str, attributes: bool) -> None:
    assert is_attribution(text, Tag(language)) is attributes


@pytest.mark.parametrize(
    ("text", "language", "ends"),
    [
        ("We will not write this program until someone tells us who will use it, said Jane Roe.", "en", True),
        ("We have asked three times and heard nothing at all, said Jane Roe, who runs the depot.", "en", True),
        ("The union will wait for an answer until the end of May, said Jane Roe, who runs it.", "en", False),
        ("We walked along the river to the depot, past the market, under the bridge.", "en", False),
        ("Nie chcemy budować takich narzędzi dla nikogo, powiedziała Anna Nowak.", "pl", True),
    ],
)
def test_a_speaker_behind_a_comma(text: str, language: str, ends: bool) -> None:
    assert ends_attributed(text, Tag(language)) is ends
