"""Encodings found, line ends made one, characters that are no text taken out."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.ingest.decode import LARGEST, decode, flat, normalise
from pressfold.ingest.draft import Unreadable

FRENCH = (
    "Les salariés de l’entreprise protestent. La lettre a été signée à Genève par des centaines d’employés, dit-on."
)
POLISH = "Pracownicy żądają wyjaśnień. Zażółć gęślą jaźń: list podpisało już ponad tysiąc osób z całej Polski i świata."
RUSSIAN = "Сотрудники компании написали письмо руководству. Они просят расторгнуть договор и объяснить условия работы."
ARABIC = "كتب موظفو الشركة رسالة إلى الإدارة يطلبون فيها إلغاء العقد، ووقع عليها مئات العاملين في عدة مدن."
HEBREW = "עובדי החברה כתבו מכתב להנהלה וביקשו לבטל את החוזה. מאות עובדים חתמו עליו בשבוע האחרון."
GREEK = "Οι εργαζόμενοι της εταιρείας έγραψαν επιστολή προς τη διοίκηση και ζητούν να ακυρωθεί η σύμβαση."
JAPANESE = "会社の従業員が経営陣に手紙を書いた。契約の解除を求めている。数百人が署名したという。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH.replace("’", "'"), "latin-1"),
        (FRENCH, "cp1252"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (ARABIC, "cp1256"),
        (HEBREW, "cp1255"),
        (GREEK, "cp1253"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (POLISH, "utf-8"),
        (POLISH, "utf-8-sig"),
        (POLISH, "utf-16"),
    ],
)
def test_a_text_is_read_in_the_encoding_it_was_written_in(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_utf16_big_endian_is_known_by_its_mark() -> None:
    assert decode(codecs.BOM_UTF16_BE + ARABIC.encode("utf-16-be")) == ARABIC


def test_a_character_cut_off_at_the_end_is_left_out() -> None:
    assert decode((ARABIC + "ع").encode()[:-1]) == ARABIC


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 50, b"x" * (LARGEST + 1)])
def test_what_is_no_text_is_refused_with_its_reason(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"not a text|larger than"):
        decode(data)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("two\u00a0words\tand  more ", "two words and more"),
        ("zero\u200bwidth \u202ereversed\u202c soft\u00adhyphen\ufeff", "zerowidth reversed softhyphen"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("control\x00\x08\x7f\x9f", "control"),
        ("e\u0301", "é"),
    ],
)
def test_normalise(raw: str, clean: str) -> None:
    assert normalise(raw) == clean


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_zeros(encoding: str) -> None:
    text = "Die Belegschaft verlangt von Microsoft Abstand zur Behörde, und der Konzern schweigt.\n"
    assert decode(text.encode(encoding)) == text


def test_utf_7_is_known_by_its_words() -> None:
    text = "Pracownicy żądają ujawnienia umów, a źródła mówią o długich rozmowach.\n"
    assert decode(text.encode("utf-7")) == text


@pytest.mark.parametrize(
    "text",
    ["1+abc-2 and 3+def-4 and 5+ghi-6", "call +48123456789, +4912345678 or +33123456789", "Disney+ Canal+ C++ C+++"],
)
def test_text_with_some_plus_signs_is_no_utf_7(text: str) -> None:
    assert decode(text.encode()) == text


@given(st.text())
def test_a_normalised_text_is_normal_and_fit_for_xml(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert not any((ch < " " and ch != "\n") or "\ud800" <= ch <= "\udfff" or ch in "\ufffe\uffff" for ch in once)


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        assert isinstance(decode(data), str)
    except Unreadable as reason:
        assert str(reason)


@pytest.mark.parametrize(
    ("text", "line"), [(" one\n two ", " one two "), ("one", "one"), (" \n ", " "), ("\u200b", ""), ("", "")]
)
def test_a_piece_of_text_keeps_the_spaces_at_its_ends(text: str, line: str) -> None:
    assert flat(text) == line
