"""Records: what the search index is told of an article, folded, and beside it what a result shows."""

import json
import re
from typing import Any

import msgspec
import pytest

from pressfold.language import Tag
from pressfold.pages.view import Day, Item, Link
from pressfold.pages.view.machines import RecordView
from pressfold.record import record_page


def _record(**given: Any) -> RecordView:
    item = Item(
        title="Ą<b>&'\u00a0\" Title",
        address="articles/a/",
        lang="pl",
        dir="ltr",
        language="Polish",
        day=Day(iso="2026-01-10", text="January 10, 2026"),
        dated=True,
        companies=(Link(text="Łódź & Co", address="companies/lodz/"),),
        source="Gazeta",
        summary="Two\nlines.",
        unconfirmed=False,
    )
    fields = {
        "shown": item,
        "when": item.day.text,
        "companies": ("lodz",),
        "names": ("Łódź & Co",),
        "standfirst": "",
        "text": None,
    }
    return RecordView(**{**fields, **given})  # fmt: skip


def _shown(page: str) -> dict[str, Any]:
    found = re.search(r"<i id='([^']*)'>", page)
    assert found
    assert not re.search(r"[\s<>&]", found[1])  # Pagefind would take the spaces out, and HTML read the rest
    shown: dict[str, Any] = json.loads(found[1])
    return shown


def test_what_a_result_shows_stands_as_it_was_written() -> None:
    shown = _shown(record_page(_record(), ""))
    assert shown == {
        "address": "articles/a/",
        "title": "Ą<b>&'\u00a0\" Title",
        "lang": "pl",
        "dir": "ltr",
        "summary": "Two\nlines.",
        "day": "2026-01-10",
        "when": "January 10, 2026",
        "language": "Polish",
        "companies": [["Łódź & Co", "companies/lodz/"]],
        "source": "Gazeta",
    }


def test_what_is_searched_is_folded() -> None:
    page = record_page(_record(standfirst="Słowo"), "Zażółć <gęślą>\njaźń")
    body = page[page.index("<h1>") :]
    assert (
        body
        == "<h1>a b title</h1><p data-pagefind-weight='2'>lodz co</p><p>slowo</p><p>zazolc gesla jazn</p></body></html>\n"
    )


@pytest.mark.parametrize("name", ["company:lodz", "language:pl", "year:2026"])
def test_a_record_can_be_filtered(name: str) -> None:
    assert f"<i data-pagefind-filter='{name}'></i>" in record_page(_record(), "")


def test_a_right_to_left_record_says_so() -> None:
    item = msgspec.structs.replace(_record().shown, lang=Tag("ar"), dir="rtl")
    assert _shown(record_page(_record(shown=item), ""))["dir"] == "rtl"


def test_a_record_without_a_word_is_given_one_for_pagefind_would_leave_it_out() -> None:
    empty = msgspec.structs.replace(_record().shown, title="!!!", address="articles/bang/")
    page = record_page(_record(shown=empty, names=("★",)), "…")
    assert "<h1>articles bang</h1>" in page
    assert "bang" not in record_page(_record(shown=empty, names=("Łódź",)), "…").partition("<h1>")[2]
