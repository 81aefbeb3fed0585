"""YAML of the plainest kind: read as the library would, or left to it."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold import plainyaml, yamltext
from pressfold.problem import Problems
from pressfold.yamltext import Plain, Value

MARKS = [": ", " #", "#", ":", ", ", ",", "[", "]", "{", "}", '"', "'", "\\", "- ", "? ", "&", "*", "!", "|", ">", "%"]
BREAKS = ["\n", "\r", "\t", " ", "\x85", "\u2028", "\u00a0", "\ufeff", "\x00", "\x7f", "\ue000", "\U0010ffff"]
PIECES = st.one_of(
    st.sampled_from(
        ["a", "title", "no", "~", "2026-02-11T08:00:00Z", "https://a.example/?b=c#d", "ż", "你", "😀", "ا"]
    ),
    st.sampled_from([*MARKS, *BREAKS, "---", "...", "[]", "{}", "[a, b]", "{a: b, c: d}", '{a: "b"}', "''", '""']),
    st.text(max_size=3),
)
VALUES = st.lists(PIECES, max_size=5).map("".join)
KEYS = st.one_of(st.sampled_from(["a", "b", "source", "a-b", "_", "<<", "é", "a b", '"a"', "?", "-"]), VALUES)
LINES = st.tuples(KEYS, st.sampled_from([": ", ":", " : ", ":  ", ""]), VALUES).map("".join)
TEXTS = st.one_of(st.lists(LINES, max_size=4).map("\n".join), st.lists(LINES, max_size=4).map("".join), VALUES)


def _library(text: str) -> Value | None:
    with patch.object(plainyaml, "read", return_value=None):
        try:
            return yamltext.load(text, "a.md", 2)
        except Problems:
            return None


@given(TEXTS, st.booleans())
def test_what_is_read_is_what_the_library_reads(text: str, ended: bool) -> None:
    text += "\n" if ended else ""
    if plainyaml.read(text) is not None:
        assert yamltext.load(text, "a.md", 2) == _library(text)


@given(st.dictionaries(st.sampled_from("abcd"), st.one_of(st.text(), st.lists(st.text()), st.just({"x": "y"}))))
def test_what_is_written_is_read_alike_either_way(fields: dict[str, Plain]) -> None:
    text = yamltext.dump(fields)
    assert yamltext.load(text, "a.md", 2) == _library(text)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("title: Workers refuse", "Workers refuse"),
        ("title: Żółć, 你好: no", None),
        ("title: a:b, c#d [e] 'f' \"g\"", "a:b, c#d [e] 'f' \"g\""),
        ('title: "a: b # c"', "a: b # c"),
        ("title: 'a: b'", "a: b"),
        ("title: 'it''s'", None),
        ('title: "a\\nb"', None),
        ("date: 2026-02-11T08:00:00Z", "2026-02-11T08:00:00Z"),
        ("title:", ""),
        ('title: ""', ""),
        ("tags: []", []),
        ('tags: [a, "b, c", d e]', ["a", "b, c", "d e"]),
        ("tags: [a, [b]]", None),
        ("tags: [a,b]", None),
        ('source: {name: A, url: "https://a.example/"}', {"name": "A", "url": "https://a.example/"}),
        ("source: {name: A, name: B}", None),
        ("source: {}", None),
        ("title: a # b", None),
        ("title: a ", None),
        ("title: a:", None),
        ("title: *a", None),
        ("title: - a", None),
        (" title: a", None),
        ("title : a", None),
    ],
)
def test_only_the_plainest_lines_are_read(line: str, value: Plain | None) -> None:
    expected = None if value is None else {line.partition(":")[0]: (0, value)}
    assert plainyaml.read(line) == expected
    assert plainyaml.read(line + "\n") == expected


def test_one_line_that_is_not_plain_leaves_all_to_the_library() -> None:
    assert plainyaml.read("a: b\nc: |\n  d\n") is None
    assert plainyaml.read("a: b\na: c\n") is None
    assert plainyaml.read("a: b\n  c\n") is None
    assert plainyaml.read("") is None
