"""Fields of an article's file set one by one: what they say is what was asked, and no other byte is touched."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pressfold.amend import amend, complete
from pressfold.article import Article, dump, fields_of, load
from pressfold.problem import Problem, Problems
from pressfold.slug import Slug
from tests.test_article import ARTICLES, NOW, PATH


@given(ARTICLES)
def test_file_that_has_id_and_added_is_complete(article: Article) -> None:
    assert complete(dump(article), article.path, "urn:new", NOW) == dump(article)


BARE = "title: T\nlang: en\n"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (BARE, "id: urn:x\n" + BARE + "added: 2026-02-02T02:40:00Z\n"),
        (BARE + "tags: [a]\n", "id: urn:x\n" + BARE + "added: 2026-02-02T02:40:00Z\ntags: [a]\n"),
        ("id: urn:y\n" + BARE, "id: urn:y\n" + BARE + "added: 2026-02-02T02:40:00Z\n"),
        (BARE + "added: 2026-01-01T00:00:00Z\n", "id: urn:x\n" + BARE + "added: 2026-01-01T00:00:00Z\n"),
        ("id:\n" + BARE + "added:\n", "id: urn:x\n" + BARE + "added: 2026-02-02T02:40:00Z\n"),
        (
            "title: T\ntags: [a]\nid:\nlang: en\n",
            "title: T\nadded: 2026-02-02T02:40:00Z\ntags: [a]\nid: urn:x\nlang: en\n",
        ),
        ("added: ''\nid: ''\n" + BARE, "added: 2026-02-02T02:40:00Z\nid: urn:x\n" + BARE),
        ("", "id: urn:x\nadded: 2026-02-02T02:40:00Z\n"),
    ],
)
def test_what_a_file_lacks_is_added_and_nothing_else_touched(head: str, expected: str) -> None:
    body = "\nBody\r\n---\nid: z\n"
    assert complete(f"---\n{head}---{body}", PATH, "urn:x", NOW) == f"---\n{expected}---{body}"


def test_comments_and_blocks_of_lines_are_kept_whole() -> None:
    text = "---\n# mine\nnote: |\n  one\n  two\ntitle: >\n  a\n  b\n# more\nlang: en\n---\nBody\n"
    completed = complete(text, PATH, "urn:x", NOW)
    lines = [line for line in completed.split("\n") if not line.startswith(("id: urn:x", "added: 2026"))]
    assert "\n".join(lines) == text
    assert (load(completed, PATH).title, load(completed, PATH).note) == ("a b", "one two")


def test_line_ends_are_kept() -> None:
    text = "---\r\ntitle: T\r\nlang: en\r\n---\r\nBody\r\n"
    whole = "---\r\nid: urn:x\r\ntitle: T\r\nlang: en\r\nadded: 2026-02-02T02:40:00Z\r\n---\r\nBody\r\n"
    assert complete(text, PATH, "urn:x", NOW) == whole


def test_byte_order_mark_is_kept() -> None:
    text = "\ufeff---\ntitle: T\nlang: en\n---\nBody\n"
    whole = "\ufeff---\nid: urn:x\ntitle: T\nlang: en\nadded: 2026-02-02T02:40:00Z\n---\nBody\n"
    assert complete(text, PATH, "urn:x", NOW) == whole


@pytest.mark.parametrize("head", ["{title: T, lang: en}\n", "  title: T\n  lang: en\n"])
def test_fields_that_do_not_stand_a_key_a_line_are_a_problem(head: str) -> None:
    with pytest.raises(Problems) as raised:
        complete(f"---\n{head}---\n", PATH, "urn:x", NOW)
    assert raised.value.problems == (
        Problem(PATH, 2, "the fields must stand a key a line", "write key: value on lines of their own"),
    )


GIVEN = {"id": "urn:y", "title": "T", "lang": "en", "added": "2026-01-10T08:00:00Z", "tags": "[b]", "note": "n"}


@given(
    st.permutations([*GIVEN]),
    st.fixed_dictionaries(
        {key: st.sampled_from(["given", "blank", "absent"]) for key in ("id", "added", "tags", "note")}
    ),
)
def test_completed_file_is_the_same_article_with_an_id(order: list[str], state: dict[str, str]) -> None:
    lines = [
        f"{key}: {GIVEN[key] if state.get(key, 'given') == 'given' else ''}"
        for key in order
        if state.get(key) != "absent"
    ]
    after = complete("---\n" + "\n".join(lines) + "\n---\n\nBody\n", PATH, "urn:x", NOW)
    article = load(after, PATH)
    assert (article.title, article.lang, article.body) == ("T", "en", "Body")
    assert article.id == ("urn:y" if state["id"] == "given" else "urn:x")
    assert (article.added == NOW) == (state["added"] != "given")
    assert article.tags == (("b",) if state["tags"] == "given" else ())
    assert article.note == ("n" if state["note"] == "given" else "")
    assert complete(after, PATH, "urn:z", NOW + dt.timedelta(1)) == after


EDITED = """---
# how it was
id: urn:y
title: >
  A letter
  of many
lang: en   # of course

# the firm
companies:
- acme
- globex
added: 2026-01-10T08:00:00Z
note: |
  one

  two
---
Body
"""


@pytest.mark.parametrize(
    ("key", "value", "before", "after"),
    [
        ("title", "Another", "title: >\n  A letter\n  of many\n", "title: Another\n"),
        ("lang", "pl", "lang: en   # of course\n", "lang: pl\n"),
        ("companies", ["globex"], "companies:\n- acme\n- globex\n", "companies: [globex]\n"),
        ("companies", [], "companies:\n- acme\n- globex\n", ""),
        ("note", "three", "note: |\n  one\n\n  two\n", "note: three\n"),
        ("story", "strike", "note: |", "story: strike\nnote: |"),
        ("companies", ("acme", "globex"), "", ""),
    ],
)
def test_one_field_is_written_anew_and_nothing_else_touched(key: str, value: object, before: str, after: str) -> None:
    changed = EDITED.replace(before, after, 1) if before else EDITED
    assert amend(EDITED, PATH, {key: value}) == changed  # type: ignore[dict-item]
    assert amend(EDITED.replace("\n", "\r\n"), PATH, {key: value}) == changed.replace("\n", "\r\n")  # type: ignore[dict-item]


@given(ARTICLES, ARTICLES)
def test_an_article_amended_by_the_fields_of_another_says_what_that_says(one: Article, other: Article) -> None:
    wanted = replace(other, path=one.path, original=None)
    text = amend(dump(replace(one, original=None)), one.path, fields_of(wanted), wanted.body)
    assert load(text, one.path) == wanted
    assert text == dump(wanted)


def test_the_body_is_written_anew_below_the_fields_as_they_are() -> None:
    assert amend(EDITED, PATH, {}, "Other\n\nwords") == EDITED.replace("---\nBody\n", "---\n\nOther\n\nwords\n")
    assert amend(EDITED, PATH, {}, "Body") == EDITED
    assert amend(EDITED, PATH, {}, "") == EDITED.replace("Body\n", "")
    assert amend("---\r\nid: x\r\n---", PATH, {}, "Words") == "---\r\nid: x\r\n---\r\n\r\nWords\r\n"


def test_slugs_and_texts_alike_are_the_same() -> None:
    assert amend(EDITED, PATH, {"companies": [Slug("acme"), Slug("globex")]}) == EDITED
