"""Schemas: each value by its type, every problem with its line, all of them together."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold import yamltext
from pressfold.problem import Problem, Problems
from pressfold.schema import Fields, front_matter, is_web_address, plain
from pressfold.yamltext import Value

KNOWN = ("title", "tags", "draft", "count", "date", "added", "body", "slug", "slugs", "url", "source", "extra")


def _fields(text: str, known: tuple[str, ...] = KNOWN) -> Fields:
    return Fields(yamltext.load(text, "a.md", 2), "a.md", known)


def _problem(line: int, message: str, hint: str = "") -> list[Problem]:
    return [Problem("a.md", line, message, hint)]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org", True),
        ("http://example.org/a?b=c#d", True),
        ("HTTPS://EXAMPLE.ORG/", True),
        ("https://пример.рф/страница", True),
        ("https://", False),
        ("https:///path", False),
        ("https://?x", False),
        ("ftp://example.org", False),
        ("javascript:alert(1)", False),
        ("https://example.org/a b", False),
        ("https://example.org/<b>", False),
        ('https://example.org/"', False),
        ("https://example.org\\evil", False),
        (" https://example.org", False),
        ("https://example.org\n", False),
        ("", False),
    ],
)
def test_web_address_is_http_and_nothing_else(address: str, expected: bool) -> None:
    assert is_web_address(address) is expected


def test_unknown_key_is_a_problem_with_a_suggestion() -> None:
    fields = _fields("title: a\ntitel: b\n")
    assert fields.problems == _problem(3, "unknown key 'titel'", "did you mean 'title'?")


def test_unknown_key_unlike_all_others_is_pointed_to_extra() -> None:
    assert _fields("zzzz: b\n").problems == _problem(2, "unknown key 'zzzz'", "free values go under extra")


def test_unknown_key_where_there_is_no_extra_is_told_all_keys() -> None:
    assert _fields("zzzz: b\n", ("a", "b")).problems == _problem(2, "unknown key 'zzzz'", "known: a, b")


def test_list_is_no_mapping() -> None:
    assert _fields("- a\n- b\n").problems == _problem(2, "this must be a mapping (key: value)")


def test_inner_problem_names_the_whole_key() -> None:
    fields = _fields("source:\n  name: x\n  urll: y\n")
    inner = fields.mapping("source", ("name", "url"))
    assert inner
    fields.take(inner)
    assert fields.problems == _problem(4, "unknown key 'source.urll'", "did you mean 'url'?")


def test_inner_value_that_is_no_mapping_is_a_problem() -> None:
    fields = _fields("source: x\n")
    inner = fields.mapping("source")
    assert inner
    fields.take(inner)
    assert fields.problems == _problem(2, "source must be a mapping (key: value)")


@pytest.mark.parametrize("text", ["title: a\n", "source:\n", "source: ''\n"])
def test_absent_mapping_is_none(text: str) -> None:
    assert _fields(text).mapping("source") is None


def test_finish_raises_all_that_was_wrong() -> None:
    fields = _fields("count: x\ndraft: maybe\n")
    fields.number("count", 5, 1, 9)
    fields.flag("draft")
    with pytest.raises(Problems) as raised:
        fields.finish()
    assert list(raised.value.problems) == [
        Problem("a.md", 2, "'count' is 'x'", "a whole number from 1 to 9"),
        Problem("a.md", 3, "'draft' is 'maybe'", "one of: true, false"),
    ]


def test_finish_is_silent_when_nothing_was_wrong() -> None:
    _fields("title: a\n").finish()


def test_line_of_an_absent_key_is_that_of_the_mapping() -> None:
    fields = _fields("\ntitle: a\ncount: 1\n")
    assert (fields.line("count"), fields.line("draft")) == (4, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: no\n", "no"),
        ("title: '  a   b  '\n", "a b"),
        ("title: >\n  a\n  b\n", "a b"),
        ('title: "a\\tb\\nc"\n', "a b c"),
        ("title:\n", "none"),
        ("count: 1\n", "none"),
    ],
)
def test_text_is_one_line_with_white_space_folded(text: str, expected: str) -> None:
    fields = _fields(text)
    assert fields.text("title", "none") == expected
    assert not fields.problems


@pytest.mark.parametrize("text", ["title: ''\n", "title:\n"])
def test_required_text_that_is_empty_is_missing_on_its_line(text: str) -> None:
    fields = _fields("count: 1\n" + text)
    fields.text("title", required=True)
    assert fields.problems == _problem(3, "'title' is missing", "add title: ...")


@pytest.mark.parametrize("text", ["title: [a]\n", "title: {a: b}\n"])
def test_list_or_mapping_is_no_text(text: str) -> None:
    fields = _fields(text)
    assert fields.text("title", "none") == "none"
    assert fields.problems == _problem(2, "'title' must be a text")


@pytest.mark.parametrize("escape", ["\\0", "\\a", "\\e", "\\x7f", "\\x1f", "\\ufffe", "\\uffff"])
@pytest.mark.parametrize("form", ['title: "a{}b"\n', 'tags: ["a{}b"]\n'])
def test_control_character_in_a_text_is_a_problem(form: str, escape: str) -> None:
    fields = _fields(form.format(escape))
    fields.text("title")
    fields.texts("tags")
    assert [problem.message for problem in fields.problems] == [f"{form.split(':')[0]!r} holds a control character"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("draft: true\n", True), ("draft: false\n", False), ("draft:\n", False), ("title: a\n", False)],
)
def test_flag_is_true_or_false(text: str, expected: bool) -> None:
    fields = _fields(text)
    assert fields.flag("draft") is expected
    assert not fields.problems


@pytest.mark.parametrize("word", ["yes", "True", "1", "on"])
def test_flag_is_nothing_else(word: str) -> None:
    fields = _fields(f"draft: {word}\n")
    assert fields.flag("draft") is False
    assert fields.problems == _problem(2, f"'draft' is {word!r}", "one of: true, false")


@pytest.mark.parametrize(("word", "expected"), [("link", "link"), ("", "full")])
def test_choice_is_one_of_a_few_words(word: str, expected: str) -> None:
    assert _fields(f"body: {word}\n").choice("body", ("full", "link"), "full") == expected


@pytest.mark.parametrize("number", ["0", "10", "-1", "1.5", "x", "٣", "1_0", "9" * 30])
def test_number_out_of_bounds_is_a_problem(number: str) -> None:
    fields = _fields(f"count: {number}\n")
    assert fields.number("count", 5, 1, 9) == 5
    assert fields.problems == _problem(2, f"'count' is {number!r}", "a whole number from 1 to 9")


@given(st.integers(0, 999))
def test_number_within_bounds_is_read(number: int) -> None:
    assert _fields(f"count: {number}\n").number("count", 5, 0, 999) == number


@pytest.mark.parametrize(
    ("key", "hint"),
    [("date", "write it as 2026-02-11 or 2026-02-11T09:30:00Z"), ("added", "write it as 2026-02-11T09:30:00Z")],
)
def test_date_that_cannot_be_read_is_a_problem_with_an_example(key: str, hint: str) -> None:
    fields = _fields(f"{key}: 2026-02-11T09:30:00\n")
    assert (fields.day(key) if key == "date" else fields.moment(key)) is None
    assert fields.problems == _problem(2, f"{key!r}: the time has no offset", hint)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tags: [b, a, b]\n", ("b", "a")),
        ("tags: a  b\n", ("a b",)),
        ("tags:\n  - ' x '\n  - ''\n", ("x",)),
        ("tags: []\n", ()),
        ("tags:\n", ()),
        ("title: a\n", ()),
    ],
)
def test_list_of_texts_holds_each_once_in_order(text: str, expected: tuple[str, ...]) -> None:
    assert _fields(text).texts("tags") == expected


def test_list_in_a_list_of_texts_is_a_problem_on_its_line() -> None:
    fields = _fields("tags:\n  - a\n  - [b]\n")
    assert fields.texts("tags") == ("a",)
    assert fields.problems == _problem(4, "'tags' must be a list of texts")


def test_slugs_that_are_none_are_problems() -> None:
    fields = _fields("slugs: [ok, Not Ok, con]\n")
    assert fields.slugs("slugs") == ("ok",)
    assert fields.problems == [
        Problem("a.md", 2, "'Not Ok' is no name for 'slugs'", "write it as 'not-ok'"),
        Problem("a.md", 2, "'con' is no name for 'slugs'", "write it as 'con-x'"),
    ]


@pytest.mark.parametrize(("text", "expected"), [("slug: a-b\n", "a-b"), ("slug:\n", None), ("title: a\n", None)])
def test_slug_is_read(text: str, expected: str | None) -> None:
    assert _fields(text).slug("slug") == expected


@pytest.mark.parametrize("text", ["slug: [a, b]\n", "slug: {a: b}\n"])
def test_list_is_no_slug(text: str) -> None:
    fields = _fields(text)
    assert fields.slug("slug") is None
    assert fields.problems == _problem(2, "'slug' must be a text")


def test_address_that_is_not_http_is_a_problem() -> None:
    fields = _fields("url: javascript:alert(1)\n")
    assert fields.web_address("url") == ""
    assert fields.problems == _problem(2, "'url' is no http(s) address: 'javascript:alert(1)'")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("extra: {a: [b, {c: d}], no: no}\n", {"a": ["b", {"c": "d"}], "no": "no"}), ("extra:\n", {}), ("title: a\n", {})],
)
def test_free_values_are_plain(text: str, expected: dict[str, object]) -> None:
    assert _fields(text).free("extra") == expected


def test_free_values_must_be_a_mapping() -> None:
    fields = _fields("extra: [a]\n")
    assert fields.free("extra") == {}
    assert fields.problems == _problem(2, "'extra' must be a mapping (key: value)")


def test_plain_value_has_no_lines() -> None:
    assert plain(yamltext.load("a: [b, {c: d}]\n", "a.md")) == {"a": ["b", {"c": "d"}]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\na: b\n---\n\nBody\n", ("a: b\n", "\nBody\n", 4)),
        ("---\na: b\n...\nBody", ("a: b\n", "Body", 4)),
        ("---  \n---\n", ("\n", "", 3)),
        ("---\na: b\n--- \nBody\n---\nmore", ("a: b\n", "Body\n---\nmore", 4)),
        ("---\na: '\n  ---\n  '\n---\nBody", ("a: '\n  ---\n  '\n", "Body", 6)),
    ],
)
def test_front_matter_is_split_from_the_body(text: str, expected: tuple[str, str, int]) -> None:
    assert front_matter(text, "a.md") == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "Body\n",
            Problem("a.md", 1, "no front matter", "begin the file with a line '---', the fields, and another '---'"),
        ),
        ("", Problem("a.md", 1, "no front matter", "begin the file with a line '---', the fields, and another '---'")),
        ("---\na: b\n", Problem("a.md", 1, "the front matter has no end", "close it with a line '---'")),
    ],
)
def test_file_without_front_matter_is_a_problem(text: str, problem: Problem) -> None:
    with pytest.raises(Problems) as raised:
        front_matter(text, "a.md")
    assert raised.value.problems == (problem,)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_body_begins_on_the_line_that_is_told(body: str) -> None:
    text = f"---\ntitle: a\n---\n{body}"
    _, found, line = front_matter(text, "a.md")
    assert "\n".join(text.split("\n")[line - 1 :]) == found == body


def test_a_long_address_that_is_none_is_told_at_once_and_cut_in_the_message() -> None:
    begun = time.process_time()
    assert not is_web_address("http://" + "a" * 200_000 + '"')
    assert is_web_address("https://example.org/a?b=c#d") and not is_web_address("https:///a")
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("key", ["a\x00b", "a\x1bb", "a\u202eb"])
def test_a_key_that_is_no_text_is_a_problem(key: str) -> None:
    fields = Fields(Value({key: Value("x", 3)}, 1), "a.yaml", [key])
    assert [(problem.line, problem.message) for problem in fields.problems] == [(3, f"{key!r} is no name for a key")]
    assert not Fields(Value({"Le Monde\u00a0: x": Value("x", 3)}, 1), "a.yaml", ["Le Monde\u00a0: x"]).problems
