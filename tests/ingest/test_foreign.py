"""Front matter of other builders: the fields that all have are read by our names, the rest is kept or was theirs alone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.ingest import markdown
from pressfold.ingest.draft import Draft, Raw, Unreadable

BODY = "\nSeveral hundred workers have asked the company to drop its contract with the agency.\n"
HUGO = """+++
title = "A letter"
date = 2026-02-03T10:00:00+01:00
lastmod = 2026-02-04
draft = true
authors = ["Ada Lis", "Bo Ek"]
tags = ["labour"]
aliases = ["/old/letter/", "/odd path/"]
weight = 3
mood = "calm"
+++
"""
HUGO_JSON = '{"title": "A letter", "publishDate": "2026-02-03", "author": {"name": "Ada Lis"}, "tags": ["labour"]}\n'
JEKYLL = """---
layout: post
title: A letter
date: 2026-02-03 10:00:00 +0100
categories: labour, letters
excerpt: What the letter says.
canonical_url: https://daily.example/1
published: false
permalink: /x/:title
---
"""
PELICAN = (
    "Title: A letter\nDate: 2026-02-03 10:20\nCategory: labour\nAuthors: Ada Lis, Bo Ek\nLang: pl_PL.UTF-8\nSlug: a\n"
)


def draft(text: str, name: str = "a.md") -> Draft:
    return markdown.extract(Raw(f"inbox/{name}", text.encode()))


def test_hugo() -> None:
    found = draft(HUGO + BODY)
    assert (found.title, found.author) == ("A letter", "Ada Lis, Bo Ek")
    assert found.date == dt.datetime(2026, 2, 3, 10, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    assert found.given == {"draft": "true", "tags": ["labour"], "redirects": ["old/letter"], "extra": {"mood": "calm"}}
    assert found.markdown == BODY.strip()


def test_hugo_in_json() -> None:
    found = draft(HUGO_JSON + BODY)
    assert (found.title, found.date, found.author, found.given) == (
        "A letter",
        dt.date(2026, 2, 3),
        "Ada Lis",
        {"tags": ["labour"]},
    )


def test_jekyll() -> None:
    found = draft(JEKYLL + BODY)
    assert (found.title, found.standfirst, found.source_url) == (
        "A letter",
        "What the letter says.",
        "https://daily.example/1",
    )
    assert found.given == {"tags": ["labour", "letters"], "draft": "true"}


def test_jekyll_has_the_date_in_the_name_of_the_file() -> None:
    assert draft("---\ntitle: A letter\n---\n" + BODY, "2026-02-03-a-letter.md").date == dt.date(2026, 2, 3)
    assert draft(JEKYLL + BODY, "2020-01-01-a-letter.md").date == draft(JEKYLL + BODY).date


def test_pelican() -> None:
    found = draft(PELICAN + BODY)
    assert (found.title, found.date, found.author) == ("A letter", dt.date(2026, 2, 3), "Ada Lis, Bo Ek")
    assert (found.lang, found.given) == ("pl-PL", {"lang": "pl-PL", "tags": ["labour"]})


def test_a_text_that_only_looks_like_fields_is_a_text() -> None:
    text = "Note: this is no field of anything, it is how the text begins.\n\nAnd so it goes on for a while.\n"
    assert draft(text).markdown == text.strip()


def test_a_file_of_ours_is_taken_as_it_is() -> None:
    found = draft("---\ntitle: A letter\ncompanies: [acme]\ncategories: [x]\n---\n" + BODY)
    assert found.given == {"companies": ["acme"], "extra": {"categories": ["x"]}}


@pytest.mark.parametrize("tag", ['{{< figure src="x.png" >}}', "{{% note %}}", "{% highlight python %}"])
def test_what_only_its_builder_understands_goes_and_the_body_is_to_be_looked_at(tag: str) -> None:
    found = draft(f"{HUGO}{tag}\n{BODY}\n<!--more-->\n")
    assert (found.markdown, found.partial) == (BODY.strip(), True)
    assert not draft(f"{HUGO}{BODY}\n<!--more-->\n").partial


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("+++\ntitle = \n+++\n", "not TOML"),
        ("+++\ntitle = 'x'\n", "no end"),
        ('{"title": \n', "not JSON"),
        ('{"a":' * 50_000, "not JSON"),
        ("+++\na = " + "[" * 50_000 + "\n+++\n", "not TOML"),
        ("---\ntitle: [\n---\n", "not YAML"),
    ],
)
def test_broken_front_matter_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        draft(text + BODY)


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ('{"a": ' + "[" * 50_000, "not JSON: nested too deeply"),
        ("+++\na = " + "[" * 50_000 + "\n+++\n", "not TOML: nested too deeply"),
        ("---\na: " + "[" * 50_000 + "\n---\n", "not YAML: nested too deeply"),
        ("---\na: &a [x, x]\nb: [*a, *a]\n---\n", "YAML aliases"),
        ("+++\na = " + "9" * 5000 + "\n+++\n", "not TOML"),
    ],
)
def test_front_matter_that_would_unfold_or_never_end_is_refused(head: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        markdown.extract(Raw("inbox/a.md", f"{head}\n\n{BODY}".encode()))


@given(
    st.sampled_from(["---\n", "+++\n", "{", "Title: x\n"]),
    st.text(),
    st.sampled_from(["\n---\n", "\n+++\n", "}", "\n\n"]),
)
def test_any_text_is_read_or_refused(begin: str, text: str, end: str) -> None:
    try:
        draft(begin + text + end + BODY)
    except Unreadable as reason:
        assert str(reason)
