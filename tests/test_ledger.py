"""The ledger: a line an item, sorted, and every line that is none is named."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.ledger import Entry, dump, load
from pressfold.problem import Problem, Problems
from pressfold.site import LEDGER

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=6,
)
ENTRIES = st.builds(
    Entry,
    key=TEXT,
    file=TEXT,
    id=TEXT,
    added=st.sampled_from(["2026-02-02T02:40:00Z", "2026-02-02T03:40:00+01:00"]),
    article=st.from_regex(r"content/articles/[a-z0-9]{1,8}/[a-z0-9-]{1,9}\.md", fullmatch=True),
    written=TEXT,
    fields=st.dictionaries(TEXT, VALUES, max_size=3),
    left_out=st.dictionaries(TEXT, st.lists(st.integers(0, 99), max_size=3), max_size=2),
)


def _entry(key: str) -> Entry:
    return Entry(
        key=key,
        file="inbox/ż.txt",
        id="urn:1",
        added="2026-02-02T02:40:00Z",
        article="content/articles/a.md",
        written="ff",
    )


@given(st.lists(ENTRIES, unique_by=lambda entry: entry.key, max_size=6))
def test_whatever_is_written_is_read_back(entries: list[Entry]) -> None:
    assert load(dump(entries)) == {entry.key: entry for entry in entries}


@given(st.lists(ENTRIES, unique_by=lambda entry: entry.key, max_size=6))
def test_file_has_a_line_an_entry_in_the_order_of_the_keys(entries: list[Entry]) -> None:
    lines = dump(entries).split("\n")
    assert lines.pop() == ""
    assert [json.loads(line)["key"] for line in lines] == sorted(entry.key for entry in entries)


@given(st.lists(ENTRIES, unique_by=lambda entry: entry.key, max_size=6), st.data())
def test_bytes_do_not_depend_on_the_order_of_the_entries(entries: list[Entry], data: st.DataObject) -> None:
    assert dump(data.draw(st.permutations(entries))) == dump(entries)


def test_line_is_json_in_literal_utf8() -> None:
    assert dump([_entry("sha256:0")]) == (
        '{"key": "sha256:0", "file": "inbox/ż.txt", "id": "urn:1", "added": "2026-02-02T02:40:00Z", '
        '"article": "content/articles/a.md", "written": "ff", "fields": {}, "left_out": {}}\n'
    )


@pytest.mark.parametrize("text", ["", "\n", " \n\n"])
def test_empty_file_is_an_empty_ledger(text: str) -> None:
    assert load(text) == {}


def test_nothing_is_written_as_nothing() -> None:
    assert dump([]) == ""


def test_line_with_a_carriage_return_is_read() -> None:
    assert load(dump([_entry("a")]).replace("\n", "\r\n")) == {"a": _entry("a")}


@pytest.mark.parametrize(
    "line",
    [
        "<<<<<<< HEAD",
        "=======",
        "{",
        "[]",
        "1",
        "null",
        '"text"',
        "{}",
        '{"key": "a"}',
        '{"key": ["a"], "file": "", "id": "", "added": "", "article": "", "written": ""}',
        '{"key": "a", "file": "", "id": "", "added": "", "article": "", "written": "", "colour": ""}',
    ],
)
def test_line_that_is_none_is_a_problem(line: str) -> None:
    with pytest.raises(Problems) as raised:
        load(dump([_entry("a")]) + line + "\n" + dump([_entry("b")]) + line)
    hint = "restore it from version control, or take the line out"
    assert raised.value.problems == tuple(
        Problem(LEDGER, number, "not a line of the ledger", hint) for number in (2, 4)
    )


@given(TEXT)
def test_any_text_is_a_ledger_or_a_problem(text: str) -> None:
    try:
        load(text)
    except Problems as wrong:
        assert {problem.message for problem in wrong.problems} == {"not a line of the ledger"}
