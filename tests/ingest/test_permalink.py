"""What an address says by itself."""

import datetime as dt

import pytest

from pressfold.ingest.permalink import Address, address, day_of


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("https://paper.example/a", Address("https://paper.example/a", labelled=False)),
        ("Source: https://paper.example/a", Address("https://paper.example/a", labelled=True)),
        ("來源：https://paper.example/a".replace("：", ": "), Address("https://paper.example/a", labelled=True)),
        ("Read also: https://paper.example/a", None),
        ("See https://paper.example/a for more", None),
        ("paper.example", None),
    ],
)
def test_a_line_that_is_an_address(line: str, expected: Address | None) -> None:
    assert address(line) == expected


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://e.example/2026/02/11/mill.html", dt.date(2026, 2, 11)),
        ("https://e.example/news/2026-02-11-mill", dt.date(2026, 2, 11)),
        ("https://e.example/20260211/mill", dt.date(2026, 2, 11)),
        ("https://e.example/2026/02/30/mill", None),
        ("https://e.example/2026/02/mill", None),
        ("https://e.example/120260211", None),
    ],
)
def test_the_day_in_an_address(url: str, day: dt.date | None) -> None:
    assert day_of(url) == day
