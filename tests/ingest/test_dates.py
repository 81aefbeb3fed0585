"""Whole dates in a line, in any language."""

import datetime as dt

import pytest

from pressfold.ingest.dates import find_day
from pressfold.language import Tag


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2024-05-12", "en"),
        ("12.05.2024", "de"),
        ("12. 5. 2024", "cs"),
        ("25/05/2024", "fr"),
        ("May 12, 2024", "en"),
        ("12 mai 2024", "fr"),
        ("mar 12 mayo 2024", "es"),
        ("12 май 2024", "bg"),
        ("12 de mayo de 2024", "es"),
        ("12 maja 2024 r.", "pl"),
        ("12 мая 2024 г.", "ru"),
        ("12 травня 2024", "uk"),
        ("12 Mayıs 2024", "tr"),
        ("2024. május 12.", "hu"),
        ("١٢ مايو ٢٠٢٤", "ar"),
        ("12 أيار 2024", "ar"),
        ("12 ماي 2024", "ar"),
        ("12 במאי 2024", "he"),
        ("2024年5月12日", "zh"),
        ("2024년 5월 12일", "ko"),
        ("12 मई 2024", "hi"),
        ("12/05/2024", "es"),
        ("12 พฤษภาคม 2567", "th"),
        ("令和6年5月12日", "ja"),
        ("12. maj 2024.", "sr"),
    ],
)
def test_a_day_is_found(text: str, language: str) -> None:
    wanted = dt.date(2024, 5, 25) if text.startswith("25") else dt.date(2024, 5, 12)
    assert find_day(text, Tag(language)) == wanted


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("3/4/2024", "en"),
        ("May 2024", "en"),
        ("12 May", "en"),
        ("we may meet 12 of the 2024 applicants", "en"),
        ("31.02.2024", "de"),
        ("version 12.05.20241", "en"),
        ("no date at all", "en"),
    ],
)
def test_what_is_not_whole_or_not_sure_is_no_date(text: str, language: str) -> None:
    assert find_day(text, Tag(language)) is None
