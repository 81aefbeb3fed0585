"""Folding: what one writer writes and another does not is the same when it is looked for."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.folding import fold


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("أحمد إلى آخر ٱلله", "احمد الي اخر الله"),
        ("مُوَظَّفُونَ", "موظفون"),
        ("الشركة", "الشركه"),
        ("مسؤول رئيس", "مسوول رييس"),
        ("مـــوظف", "موظف"),
        ("کارکنان ایرانی", "كاركنان ايراني"),
        ("می‌خواهد", "ميخواهد"),
        ("ﻻ ﷲ", "لا الله"),
        ("שָׁלוֹם", "שלום"),
        ("צה״ל ארה\"ב ג'ורג", "צהל ארהב גורג"),
        ("Łódź, Gdańsk; ŻÓŁĆ", "lodz gdansk zolc"),
        ("Straße Ærø Œuvre Þór", "strasse aero oeuvre thor"),
        ("İstanbul ılık", "istanbul ilik"),
        ("Ёлка й", "елка и"),
        ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
        ("٢٠٢٦ ۲۰۲۶ २०२६", "2026 2026 2026"),
        ("ＡＢＣ１２３ ｶﾞ", "abc123 カ"),
        ("l’article U.S. e-mail", "l article u s e mail"),
        ("谷歌员工致信", "谷歌 歌员 员工 工致 致信"),
        ("在Google的员工", "在 google 的员 员工"),
        ("新幹線です", "新幹 幹線 線て てす"),
        ("ประเทศไทย", "ปร ระ ะเ เท ทศ ศไ ไท ทย"),
        ("社", "社"),
        ("a\u00adb\u200bc", "abc"),
        ("…!? \n\t", ""),
        ("", ""),
    ],
)
def test_word_is_folded(written: str, sought: str) -> None:
    assert unicodedata.normalize("NFC", fold(written)) == unicodedata.normalize("NFC", sought)


def test_korean_words_stay_whole() -> None:
    assert len(fold("삼성전자 노조").split()) == 2


@given(st.text())
def test_what_is_folded_stays_as_it_is_and_holds_nothing_but_words(text: str) -> None:
    found = fold(text)
    assert all(word.isalnum() for word in found.split())
    assert " ".join(found.split()) == found
    assert not any(unicodedata.category(ch).startswith("M") for ch in found)


@given(st.text(), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_how_a_text_is_composed_makes_no_difference(text: str, form: "str") -> None:
    assert fold(unicodedata.normalize(form, text)) == fold(text)  # type: ignore[arg-type]
