"""Bylines and date lines."""

import datetime as dt

import pytest

from pressfold.ingest.lines import Line
from pressfold.ingest.metadata import Meta, is_name, metadata
from pressfold.language import Tag

EN, DE, PL, FR, AR = (Tag(tag) for tag in ("en", "de", "pl", "fr", "ar"))


def line(text: str) -> Line:
    return Line(1, text, gap=False, cells=tuple(text.split("\t")))


@pytest.mark.parametrize(
    ("text", "language", "author", "date", "labelled"),
    [
        ("By Jane Roe", EN, "Jane Roe", None, False),
        ("By Jane Roe | 12 May 2024", EN, "Jane Roe", dt.date(2024, 5, 12), False),
        ("Published: May 12, 2024 at 10:35", EN, "", dt.date(2024, 5, 12), True),
        ("Autor: Jan Kowalski", PL, "Jan Kowalski", None, False),
        ("12 maja 2024, 10:35", PL, "", dt.date(2024, 5, 12), False),
        ("Veröffentlicht am 12. Mai 2024", DE, "", dt.date(2024, 5, 12), True),
        ("Last updated: 13 May 2024", EN, "", None, True),
        ("١٢ مايو ٢٠٢٤", AR, "", dt.date(2024, 5, 12), False),
        ("Par Jeanne Dupont", FR, "Jeanne Dupont", None, False),
        ("March 4, 2026 · 5 min read", EN, "", dt.date(2026, 3, 4), False),
        ("Publié le 3 février 2026 à 08h15 - Mis à jour le 4 février 2026 à 10h02", FR, "", dt.date(2026, 2, 3), True),
        ("Lucía Armengol | 20 de enero de 2026", Tag("es"), "Lucía Armengol", dt.date(2026, 1, 20), False),
        ("Por Célia Noronha — São José dos Campos", Tag("pt"), "Célia Noronha", None, False),
        ("한지윤 기자", Tag("ko"), "한지윤", None, False),
        ("2026年2月18日 17時30分", Tag("ja"), "", dt.date(2026, 2, 18), False),
        ("۲۲ دی ۱۴۰۴ - ۰۹:۴۰", Tag("fa"), "", dt.date(2026, 1, 12), False),
        ("By Jane Roe, Leeds", EN, "Jane Roe", None, False),
        ("بقلم ليلى حداد", AR, "ليلى حداد", None, False),
        ("18 lutego 2026 o 07:30", PL, "", dt.date(2026, 2, 18), False),
    ],
)
def test_bylines_and_dates(text: str, language: Tag, author: str, date: dt.date | None, labelled: bool) -> None:
    assert metadata(line(text), language) == Meta(author, date, labelled)


@pytest.mark.parametrize(
    "text",
    [
        "By the end of May 2024 the plant will be shut for good.",
        "The letter of 12 May 2024",
        "By and large it worked well",
    ],
)
def test_what_only_holds_a_date_or_a_by_is_no_metadata(text: str) -> None:
    assert metadata(line(text), EN) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Roe", True),
        ("נועה ברקת", True),
        ("Anna van der Berg", True),
        ("Business", False),
        ("the workers ask", False),
    ],
)
def test_a_persons_name(text: str, name: bool) -> None:
    assert is_name(text) is name
