"""How sure each field is: by where it comes from."""

import datetime as dt

from pressfold.ingest import confidence
from pressfold.ingest.confidence import SURE, doubts
from pressfold.ingest.draft import Draft


def test_a_title_out_of_the_text_is_always_for_review() -> None:
    assert confidence.title(Draft()) < SURE
    assert confidence.title(Draft(title="A", title_from="metadata")) >= SURE
    assert confidence.title(Draft(title="A", title_from="line", title_sure=0.4)) == 0.4


def test_only_what_is_said_has_a_confidence() -> None:
    assert confidence.stated(Draft()) == {}
    draft = Draft(date=dt.date(2026, 2, 11), date_from="beside", author="Jane Roe", author_from="")
    assert doubts(confidence.stated(draft)) == ("date",)


def test_a_date_in_an_address_is_believed() -> None:
    assert doubts(confidence.stated(Draft(date=dt.date(2026, 2, 11), date_from="address"))) == ()


def test_a_body_is_doubted_where_much_was_dropped_or_little_is_left() -> None:
    assert confidence.body(300, 30) >= SURE
    assert confidence.body(300, 300) < SURE
    assert confidence.body(12, 0) < SURE
    assert confidence.body(0, 0) == 0.0


def test_a_company_is_sure_where_it_stands_alone() -> None:
    assert confidence.companies(6, 1) >= SURE
    assert confidence.companies(6, 5.5) < SURE
    assert confidence.companies(3, 0) < SURE
    assert confidence.companies(0, 0) < SURE
