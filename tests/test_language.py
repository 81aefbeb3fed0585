"""Language tags: their canonical form, direction and names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.config import LANGUAGES
from pressfold.language import Tag, base, direction, locale, name, own_name, parse_tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en", "en"),
        (" EN ", "en"),
        ("pt_br", "pt-BR"),
        ("ZH-hANT", "zh-Hant"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("no", "nb"),
        ("iw", "he"),
        ("in", "id"),
        ("ji", "yi"),
        ("no-NO", "nb-NO"),
    ],
)
def test_tag_is_read_in_canonical_form(text: str, tag: str) -> None:
    assert parse_tag(text) == tag


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is no language tag"),
        ("english", "'english' is no language tag"),
        ("en-", "'en-' is no language tag"),
        ("e", "'e' is no language tag"),
        ("en-US-posix", "'en-US-posix' is no language tag"),
        ("qq", "'qq' is no language that CLDR knows"),
        ("XX-US", "'xx' is no language that CLDR knows"),
        ("es-٤١٩", "'es-٤١٩' is no language tag"),
    ],
)
def test_what_is_no_tag_says_why(text: str, message: str) -> None:
    with pytest.raises(ValueError) as raised:
        parse_tag(text)
    assert str(raised.value) == message


@given(
    st.one_of(st.text(), st.from_regex(r"[a-zA-Z]{2,3}([-_][a-zA-Z]{4})?([-_]([a-zA-Z]{2}|[0-9]{3}))?", fullmatch=True))
)
def test_tag_that_was_read_is_read_again_as_itself(text: str) -> None:
    try:
        tag = parse_tag(text)
    except ValueError:
        return
    assert parse_tag(tag) == tag
    assert tag.isascii()
    assert direction(tag) in ("ltr", "rtl")
    assert own_name(tag)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_that_is_recognised_has_a_canonical_tag_and_names(tag: Tag) -> None:
    assert parse_tag(tag) == tag
    assert own_name(tag) != tag
    assert name(tag, Tag("en"))[0].isupper()


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("ar-EG", "rtl"),
        ("he", "rtl"),
        ("fa", "rtl"),
        ("ur", "rtl"),
        ("yi", "rtl"),
        ("ur-Latn", "ltr"),
        ("az-Arab", "rtl"),
        ("pa-Arab-PK", "rtl"),
        ("zh-Hant", "ltr"),
    ],
)
def test_direction_is_that_of_the_script(tag: str, way: str) -> None:
    assert direction(Tag(tag)) == way


@pytest.mark.parametrize(("tag", "language"), [("pt-BR", "pt"), ("zh-Hant-TW", "zh"), ("en", "en")])
def test_base_is_the_language_alone(tag: str, language: str) -> None:
    assert base(Tag(tag)) == language


@pytest.mark.parametrize(
    ("tag", "reader", "expected"),
    [
        ("ar", "en", "Arabic"),
        ("pl", "de", "Polnisch"),
        ("pt-BR", "en", "Portuguese (Brazil)"),
        ("zh-Hant", "en", "Chinese (Traditional)"),
        ("en", "tlh", "English"),
        ("tlh", "en", "Klingon"),
        ("ay", "en", "Aymara"),
    ],
)
def test_language_is_named_as_its_readers_write_it(tag: str, reader: str, expected: str) -> None:
    assert name(Tag(tag), Tag(reader)) == expected


@pytest.mark.parametrize(
    ("tag", "expected"), [("pl", "polski"), ("ar", "العربية"), ("ja", "日本語"), ("nb", "norsk bokmål")]
)
def test_language_names_itself(tag: str, expected: str) -> None:
    assert own_name(Tag(tag)) == expected


@pytest.mark.parametrize("tag", ["tlh", "ay", "ban", "bar", "ch"])
def test_language_without_data_is_not_called_english(tag: str) -> None:
    assert own_name(Tag(tag)) != "English"
    assert name(Tag(tag), Tag("en")) != "English"


@pytest.mark.parametrize(("tag", "expected"), [("pl", "pl"), ("pt-BR", "pt_BR"), ("tlh", "en")])
def test_locale_is_the_nearest_that_is_known(tag: str, expected: str) -> None:
    assert str(locale(Tag(tag))) == expected
