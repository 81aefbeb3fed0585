"""A source and its article merged: each field follows or stays by what was touched, and by nothing else."""

import datetime as dt

import pytest
from hypothesis import given
from msgspec.structs import replace

from pressfold.amend import amend
from pressfold.article import Article, dump, load
from pressfold.language import Tag
from pressfold.merge import machine, merge
from tests.test_article import ARTICLES, NOW, PATH

BASE = Article(
    path=PATH, id="urn:1", title="T", lang=Tag("en"), added=NOW, author="Ada", review=("title", "date"), body="One."
)


@pytest.mark.parametrize(
    ("mine", "source", "title", "followed", "conflicts"),
    [
        ("T", "T", "T", (), ()),
        ("T", "New", "New", ("title",), ()),
        ("Mine", "T", "Mine", (), ()),
        ("Mine", "New", "Mine", (), ("title",)),
        ("New", "New", "New", (), ()),
    ],
)
def test_a_field_follows_where_nobody_touched_it(
    mine: str, source: str, title: str, followed: tuple[str, ...], conflicts: tuple[str, ...]
) -> None:
    merged = merge(machine(BASE), replace(BASE, title=mine), replace(BASE, title=source))
    assert merged.fields.get("title", mine) == title
    assert (merged.followed, merged.conflicts) == (followed, conflicts)


def test_a_field_that_goes_from_the_source_goes_unless_it_was_edited() -> None:
    assert merge(machine(BASE), BASE, replace(BASE, author="")).fields["author"] == ""
    assert merge(machine(BASE), replace(BASE, author="Bo"), replace(BASE, author="")).conflicts == ("author",)
    assert merge(machine(BASE), replace(BASE, author=""), replace(BASE, author="Bo")).conflicts == ("author",)


def test_what_was_confirmed_stays_so_until_the_field_follows() -> None:
    confirmed = replace(BASE, review=("date",))
    assert merge(machine(BASE), confirmed, replace(BASE, author="Bo")).fields["review"] == ["date"]
    assert merge(machine(BASE), confirmed, replace(BASE, title="New")).fields["review"] == ["title", "date"]


def test_a_date_is_the_same_in_the_ledger_and_in_the_file() -> None:
    dated = replace(BASE, date=dt.date(2026, 2, 1))
    assert merge({**machine(BASE), "date": "2026-02-01"}, dated, replace(BASE, date=dt.date(2026, 2, 3))).followed == (
        "date",
    )


@given(ARTICLES, ARTICLES, ARTICLES)
def test_an_edit_is_never_lost(before: Article, mine: Article, source: Article) -> None:
    mine, source = replace(mine, path=PATH, original=None), replace(source, path=PATH, original=None)
    merged = merge(machine(before), mine, source)
    after = load(amend(dump(mine), PATH, merged.fields, merged.body), PATH)
    was, edited, now = machine(before), machine(mine), machine(after)
    for key in {*was, *edited, *now}:
        if was.get(key, "") != edited.get(key, ""):
            assert now.get(key, "") == edited.get(key, "")
    assert (after.id, after.added, after.updated, after.story) == (mine.id, mine.added, mine.updated, mine.story)


@given(ARTICLES, ARTICLES)
def test_what_nobody_touched_follows_whole(before: Article, source: Article) -> None:
    mine, source = replace(before, path=PATH, original=None), replace(source, path=PATH, original=None)
    merged = merge(machine(mine), mine, source)
    after = load(amend(dump(mine), PATH, merged.fields, merged.body), PATH)
    assert machine(after) == machine(source)
    assert merged.conflicts == ()
