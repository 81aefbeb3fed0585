"""YAML as text: what is written is read back, and every scalar is a string with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.problem import Problem, Problems
from pressfold.schema import plain
from pressfold.yamltext import Bare, Plain, Value, dump, load

QUOTE = "quote a text that holds ': ' or '#'"
SPELLINGS = "no 010 ~ null true 1e3 0x1f 2026-02-11 << = - ? : --- ... [] {} # & * ! | > ' \" % @ `".split()
TEXTS = st.one_of(
    st.sampled_from(
        ["", " ", "\n", "a: b", "a #b", "- a", "a\n---\nb", "\n---\n", "...\n", "é😀", "\ufeff", *SPELLINGS]
    ),
    st.text(st.characters(exclude_categories=["Cs"])),
)


def _plain(leaves: st.SearchStrategy[str]) -> st.SearchStrategy[Plain]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(leaves, inner, max_size=4)),
        max_leaves=12,
    )


def _refused(text: str, first_line: int = 1) -> tuple[Problem, ...]:
    with pytest.raises(Problems) as raised:
        load(text, "a.md", first_line)
    return raised.value.problems


@given(st.dictionaries(TEXTS, _plain(TEXTS), max_size=5))
def test_whatever_is_written_is_read_back(fields: dict[str, Plain]) -> None:
    assert plain(load(dump(fields), "a.md")) == fields


@given(st.dictionaries(TEXTS, _plain(TEXTS), max_size=5))
def test_no_written_line_ends_front_matter_early(fields: dict[str, Plain]) -> None:
    assert not [line for line in dump(fields).split("\n") if line.rstrip() in ("---", "...")]


@given(st.dictionaries(st.from_regex(r"[a-z]{1,9}", fullmatch=True), TEXTS.filter(lambda text: "\n" not in text)))
def test_each_key_stands_on_a_line_of_its_own(fields: dict[str, str]) -> None:
    value = load(dump(fields), "a.md")
    assert isinstance(value.data, dict)
    assert [item.line for item in value.data.values()] == list(range(1, len(fields) + 1))


@pytest.mark.parametrize("spelling", ["no", "010", "~", "null", "true", "1e3", "2026-02-11", "1_000", "12:30:45", "<<"])
def test_every_scalar_is_read_as_the_string_that_stands_there(spelling: str) -> None:
    assert plain(load(f"key: {spelling}\n", "a.md")) == {"key": spelling}


def test_values_know_the_lines_of_their_keys() -> None:
    value = load("a: 1\n\nb:\n  - x\n  - y\nc: {d: z}\n", "a.md", 2)
    assert value == Value(
        {
            "a": Value("1", 2),
            "b": Value([Value("x", 5), Value("y", 6)], 4),
            "c": Value({"d": Value("z", 7)}, 7),
        },
        2,
    )


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_empty_document_is_an_empty_mapping(text: str) -> None:
    assert load(text, "a.md", 7) == Value({}, 7)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: b\ntitle: c: d\n", Problem("a.md", 3, "not YAML: mapping values are not allowed in this context", QUOTE)),
        ('a: "\\ud800"\n', Problem("a.md", 2, "not YAML: found invalid Unicode character escape code", QUOTE)),
        ("a: b\nc: *x\n", Problem("a.md", 3, "not YAML: found undefined alias", QUOTE)),
        ("a: 1\n---\nb: 2\n", Problem("a.md", 3, "not YAML: but found another document", QUOTE)),
        ("a: 1\nb: 2\na: 3\n", Problem("a.md", 4, "the key 'a' is given twice", "keep one of them")),
        ("a: 1\n[b]: c\n", Problem("a.md", 3, "a key must be a word")),
        ("a: 1\nb: {{c: d}: e}\n", Problem("a.md", 3, "a key must be a word")),
        (
            "a: 1\nb: \x01\n",
            Problem("a.md", 2, "not YAML: unacceptable character #x0001: control characters are not allowed"),
        ),
    ],
)
def test_broken_yaml_is_a_problem_with_its_line(text: str, problem: Problem) -> None:
    assert _refused(text, 2) == (problem,)


def test_alias_is_refused() -> None:
    (problem,) = _refused("a: &x [b]\nc: *x\n")
    assert (problem.message, problem.hint) == ("YAML aliases (*name) are not supported", "write the value out")


@pytest.mark.parametrize("depth", [400, 3000])
def test_deep_nesting_is_read_or_is_a_problem(depth: int) -> None:
    try:
        load("a: " + "[" * depth + "]" * depth, "a.md")
    except Problems as wrong:
        assert wrong.problems == (Problem("a.md", 1, "not YAML: nested too deeply"),)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_a_value_or_a_problem(text: str) -> None:
    try:
        assert load(text, "a.md").line >= 1
    except Problems as wrong:
        assert all(problem.path == "a.md" and problem.line >= 1 for problem in wrong.problems)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, ""),
        ({"lang": "no", "n": "010"}, "lang: 'no'\nn: '010'\n"),
        ({"date": Bare("2026-02-11"), "text": "2026-02-11"}, "date: 2026-02-11\ntext: '2026-02-11'\n"),
        ({"draft": Bare("true")}, "draft: true\n"),
        ({"tags": ["a", "b, c"], "source": {"name": "Ünï"}}, "tags: [a, 'b, c']\nsource: {name: Ünï}\n"),
        ({"title": "Żółć 😀 العربية"}, "title: Żółć 😀 العربية\n"),
        ({"title": "word " * 100 + "end"}, "title: " + "word " * 100 + "end\n"),
    ],
)
def test_fields_are_written_a_key_a_line_in_literal_utf8(fields: dict[str, Plain], text: str) -> None:
    assert dump(fields) == text
