"""The encodings in which pages come, those that they declare, and those that they declare wrongly."""

import pytest

from pressfold.ingest.charset import LARGEST, read
from pressfold.ingest.draft import Unreadable

RUSSIAN = "Несколько сотен рабочих завода попросили правление объяснить контракт, и они ждут ответа в июне. " * 8
POLISH = "Kilkuset pracowników zakładu poprosiło zarząd o wyjaśnienie umowy; czekają na odpowiedź w czerwcu. " * 8
HEBREW = "מאות עובדים במפעל ביקשו מן ההנהלה להסביר את החוזה החדש, והם מחכים לתשובה בחודש יוני הקרוב. " * 8
JAPANESE = "工場の数百人の従業員が取締役会に契約の説明を求め、六月の回答を待っている。" * 8


def page(text: str, declared: str = "") -> str:
    """A page with this text."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    return f"<!doctype html><html><head>{meta}<title>x</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "declared", "encoding"),
    [
        (RUSSIAN, "utf-8", "utf-8"),
        (RUSSIAN, "windows-1251", "cp1251"),
        (RUSSIAN, "koi8-r", "koi8_r"),
        (POLISH, "iso-8859-2", "iso8859_2"),
        (JAPANESE, "shift_jis", "cp932"),
        (JAPANESE, "euc-jp", "euc_jp"),
        (RUSSIAN, "", "utf-8-sig"),
        (RUSSIAN, "", "utf-16"),
        (RUSSIAN, "", "utf-16-le"),
        (RUSSIAN, "", "utf-16-be"),
        (RUSSIAN, "utf-8", "cp1251"),  # from here on the page declares another, none, or one that nobody knows
        (RUSSIAN, "iso-8859-1", "cp1251"),
        (RUSSIAN, "iso-8859-1", "utf-8"),
        (RUSSIAN, "", "cp1251"),
        (HEBREW, "", "cp1255"),
        (POLISH, "", "cp1250"),
        (POLISH, "x-unknown", "utf-8"),
        (POLISH, "base64", "cp1250"),
    ],
)
def test_page_is_read_whatever_it_declares(text: str, declared: str, encoding: str) -> None:
    assert text.strip() in read(page(text, declared).encode(encoding))


def test_broken_byte_in_utf_8_costs_that_byte_alone() -> None:
    assert "caf\ufffd, café, naïve" in read(page("caf@, café, naïve").encode().replace(b"@", b"\xe9"))


def test_characters_that_no_xml_holds_are_taken_out() -> None:
    assert "abcdefgh&#10;" in read(page("a\x01b&#1;c&#x1F;d&#xD800;e&#0;f\0g&#xFFFE;h&#10;").encode())


def test_files_inside_a_page_do_not_count() -> None:
    picture = "data:image/png;base64," + "iVBORw0KGgo" * 1000
    assert "iVBOR" not in read(page(f'<img src="{picture}">').encode())


@pytest.mark.parametrize("data", [b"<html>" + b"\0\1\2" * 1000, b"<p>" * (LARGEST // 3 + 1)])
def test_what_is_no_page_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data)
