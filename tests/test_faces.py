"""The faces of social cards: which texts can be set in them."""

import pytest

from pressfold.faces import FACES, characters, settable


@pytest.mark.parametrize(
    "text",
    ["Microsoft", "Nestlé & Co. – “x” №1 €", "Żółć i Źdźbło", "Ελληνικά", "Лист їжака", "تيك توك",
     "پگاه", "הארץ", "Ngữ", "می\u200cخواهم"],
)  # fmt: skip
def test_scripts_that_the_faces_have(text: str) -> None:
    assert settable(text)


@pytest.mark.parametrize(
    "text", ["字节跳动", "टाटा", "네이버", "ソニー", "Հայ", "A 字", "A 🙂", "A\x00", "", " \u3000", "\ufff9x", "\u200f"]
)
def test_what_would_leave_a_gap_cannot_be_set(text: str) -> None:
    assert not settable(text)


@pytest.mark.parametrize(
    ("face", "here", "away"),
    [
        ("NotoSerifDisplay-Bold", "aŻΩяß€", "تה字"),
        ("NotoNaskhArabic-Bold", "تپ۵", "Żהя"),
        ("NotoSerifHebrew-Regular", "ה״", "Żتя"),
    ],
)
def test_characters_are_those_of_the_faces_own_table(face: str, here: str, away: str) -> None:
    found = set(characters((FACES / f"{face}.ttf").read_bytes()))
    assert {ord(one) for one in here} <= found
    assert found.isdisjoint(map(ord, away))


def test_the_faces_are_small_and_bring_their_licence() -> None:
    assert sum(path.stat().st_size for path in FACES.iterdir()) < 1_500_000
    assert "SIL OPEN FONT LICENSE" in (FACES / "OFL.txt").read_text("utf-8")
    assert all(path.stem.partition("-")[0] in (FACES / "README.md").read_text("utf-8") for path in FACES.glob("*.ttf"))
