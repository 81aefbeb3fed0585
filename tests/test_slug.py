"""Slugs: never empty, always valid, never equal once made distinct."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.problem import Problem, Problems
from pressfold.slug import LONGEST, Slug, check_slug, distinct, name_slug, slug

SUFFIXES = st.from_regex(r"[0-9a-f]{12}", fullmatch=True)
SLUGS = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,5}", fullmatch=True).filter(
    lambda text: text not in ("con", "prn", "aux", "nul") and not text.startswith(("com", "lpt"))
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Workers ask Microsoft to drop a contract", "workers-ask-microsoft-to-drop-a-contract"),
        ("Don't stop — won’t stop", "dont-stop-wont-stop"),
        ("Zażółć gęślą jaźń", "zazolc-gesla-jazn"),
        ("Привет, мир", "privet-mir"),
        ("", "x1"),
        ("!!! ???", "x1"),
        ("con", "con-x1"),
        ("LPT9", "lpt9-x1"),
        ("a" * 70, "a" * 60),
        ("word " * 12 + "tail", "-".join(["word"] * 12)),
    ],
)
def test_address_is_made_of_the_words(text: str, expected: str) -> None:
    assert slug(text, "x1") == expected


@pytest.mark.parametrize("text", ["漢字の題名", "العربية", "한국어 제목", "हिन्दी", "ไทย", "עברית"])
def test_every_script_has_words(text: str) -> None:
    assert slug(text, "fallback") != "fallback"


@given(st.one_of(st.text(), st.text("abc -'", min_size=50)), SUFFIXES)
def test_slug_of_any_text_is_valid_and_not_empty(text: str, fallback: str) -> None:
    made = slug(text, fallback)
    assert made
    assert check_slug(made, "a", 1) == made
    assert len(made.encode()) <= LONGEST


@given(SLUGS, SUFFIXES)
def test_slug_of_a_slug_is_itself(text: str, fallback: str) -> None:
    assert slug(text, fallback) == text


@given(st.text(), SUFFIXES)
def test_slug_is_idempotent(text: str, fallback: str) -> None:
    made = slug(text, fallback)
    assert slug(made, fallback) == made


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("The Example Courier", "the-example-courier"),
        ("THE  example\u00a0Courier", "the-example-courier"),
        ("Ｔｈｅ Courier", "the-courier"),
        ("Gram.pl", "gram-pl-25f819"),
        ("gram pl", "gram-pl"),
        ("Zażółć", "zazolc-7eefe5"),
        ("Zaz\u0307o\u0301łc\u0301", "zazolc-7eefe5"),
        ("!!!", "source-e84c53"),
        ("???", "source-a03b22"),
        ("nul", "nul-source-99e624"),
        ("The Facade", "the-facade-506549"),
        ("word " * 13, "word-word-word-word-word-word-word-word-word-word-331194"),
    ],
)
def test_a_name_has_one_address_however_it_is_written(name: str, expected: str) -> None:
    assert name_slug(name, "source") == expected


NAMES = st.one_of(
    st.text(min_size=1),
    st.text("ab .-'", min_size=1, max_size=4),
    st.from_regex(r"(a|b)[ .-]b( [0-9a-f]{6})?", fullmatch=True),
    st.text("wß ẞ", min_size=50),
)


@given(NAMES, NAMES)
def test_two_names_have_one_address_only_where_they_differ_in_case_space_or_form_alone(one: str, two: str) -> None:
    def folded(name: str) -> str:
        return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())

    made = name_slug(one, "source")
    assert check_slug(made, "a", 1) == made
    assert (made == name_slug(two, "source")) is (folded(one) == folded(two))


@given(st.lists(st.tuples(st.sampled_from(["a", "b-c", "x" * 60, "word-" * 11 + "words"]), SUFFIXES), unique=True))
def test_slugs_made_distinct_are_never_equal_and_stay_valid(wanted: list[tuple[str, str]]) -> None:
    taken: set[str] = set()
    for text, suffix in wanted:
        made = distinct(Slug(text), suffix, taken)
        assert made not in taken
        assert check_slug(made, "a", 1) == made
        taken.add(made)


def test_free_slug_stays_as_it_is() -> None:
    assert distinct(Slug("letter"), "0123456789ab", set()) == "letter"


def test_taken_slug_gets_as_much_of_the_suffix_as_it_needs() -> None:
    assert distinct(Slug("letter"), "0123456789ab", {"letter"}) == "letter-012345"
    assert distinct(Slug("letter"), "0123456789ab", {"letter", "letter-012345"}) == "letter-0123456"


def test_slug_that_cannot_be_told_apart_is_an_error() -> None:
    taken = {"a", "a-012345", "a-0123456"}
    with pytest.raises(ValueError, match=r"^'a' with '0123456' is taken$"):
        distinct(Slug("a"), "0123456", taken)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Big Name", "write it as 'big-name'"),
        ("a--b", "write it as 'a-b'"),
        ("-a", "write it as 'a'"),
        ("a-\n", "write it as 'a'"),
        ("a\n", "write it as 'a'"),
        ("ł", "write it as 'l'"),
        ("nul", "write it as 'nul-x'"),
        ("", "write it as 'x'"),
        ("a" * 61, "write it as '" + "a" * 60 + "'"),
    ],
)
def test_what_would_not_do_as_an_address_is_refused_with_one_that_would(text: str, hint: str) -> None:
    with pytest.raises(Problems) as raised:
        check_slug(text, "content/articles/a.md", 4, "file name")
    assert raised.value.problems == (Problem("content/articles/a.md", 4, f"{text!r} is no file name", hint),)
