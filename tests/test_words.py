"""The theme's own words: whole in every language that it speaks, and nowhere said past the catalogues."""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2 import nodes
from lxml import html
from markupsafe import Markup

from pressfold.language import Tag
from pressfold.layouts import Layouts
from pressfold.problem import Problem, Problems
from pressfold.words import ENGLISH, Words, catalogue_files, compiled
from tests.conftest import PROJECT, Site, article

THEME = PROJECT / "layouts"
LANGUAGES = ["ar", "de", "es", "fr", "he", "it", "pl"]
AR, PL = Tag("ar"), Tag("pl")


def _in_layouts() -> Iterator[str | tuple[str, str]]:
    layouts = Layouts((THEME,), ("layouts",))
    for name in layouts.layouts:
        for call in layouts.environment.parse((THEME / name).read_text("utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in ("_", "say", "count", "forms"):
                texts = [given.value for given in call.args if isinstance(given, nodes.Const)]
                assert texts, f"{name}:{call.lineno}: only a text that stands there can be looked up"
                yield (texts[0], texts[1]) if call.node.name in ("count", "forms") else texts[0]


def _in_code() -> Iterator[str]:
    for path in (PROJECT / "pressfold").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("say", "N_"):
                (given, *_) = call.args
                if isinstance(given, ast.Constant):
                    yield str(given.value)


SAID = {*_in_layouts(), *_in_code()}


def _theme() -> Words:
    return Words({Tag(tag): compiled(Tag(tag), catalogue_files([("layouts", THEME)], Tag(tag))) for tag in LANGUAGES})


def _catalogue(tag: str) -> Catalog:
    return read_po(BytesIO((THEME / "words" / f"{tag}.po").read_bytes()), locale=tag)


def _messages(tag: str) -> dict[str | tuple[str, str], Message]:
    return {tuple(m.id) if isinstance(m.id, (list, tuple)) else m.id: m for m in _catalogue(tag) if m.id}  # type: ignore[misc]


def _names(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text))


def test_the_theme_speaks_these_languages() -> None:
    assert sorted(path.stem for path in (THEME / "words").glob("*.po")) == LANGUAGES


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_word_is_said_in_every_language_and_none_that_is_not_used(tag: str) -> None:
    assert set(_messages(tag)) == SAID
    assert not _catalogue(tag).obsolete


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_word_is_translated_with_the_same_values_in_it(tag: str) -> None:
    for said, message in _messages(tag).items():
        forms = [str(form) for form in (message.string if isinstance(message.string, tuple) else [message.string])]
        wanted = _names(said if isinstance(said, str) else said[1])
        assert not message.fuzzy, said
        assert all(form.strip() == form != "" for form in forms), said
        assert all(_names(form) <= wanted for form in forms), said
        if isinstance(said, str):
            assert _names(forms[0]) == wanted, said


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_language_has_as_many_forms_of_a_number_as_it_says(tag: str) -> None:
    catalogue = _catalogue(tag)
    for message in catalogue:
        if isinstance(message.string, tuple):
            assert len(message.string) == catalogue.num_plurals


@pytest.mark.parametrize(
    ("tag", "num", "expected"),
    [
        ("en", 1, "1 article"),
        ("en", 2, "2 articles"),
        ("pl", 1, "1 artykuł"),
        ("pl", 3, "3 artykuły"),
        ("pl", 12, "12 artykułów"),
        ("pl", 22, "22 artykuły"),
        ("ar", 1, "مقالة واحدة"),
        ("ar", 2, "مقالتان"),
        ("ar", 7, "7 مقالات"),
        ("ar", 11, "11 مقالة"),
        ("fr", 0, "0 article"),
    ],
)
def test_numbers_have_the_form_of_the_language(tag: str, num: int, expected: str) -> None:
    words = _theme()
    assert words.of(Tag(tag)).count("%(num)s article", "%(num)s articles", num) == expected


def test_the_nearest_language_that_has_words_is_spoken() -> None:
    words = Words({Tag("ar"): b"x", Tag("pt"): b"x", Tag("zh-Hant"): b"x"})
    asked = [("ar",), ("pt-BR", "ar"), ("zh-Hant",), ("zh", "ar"), ("fa", "ar"), ("fa", "en"), ("fa",), ()]
    found = [words.language(*map(Tag, tags)) for tags in asked]
    assert found == ["ar", "pt", "zh-Hant", "ar", "ar", "en", "en", "en"]


def test_what_is_given_is_escaped_unless_it_is_html() -> None:
    say = Words({}).of(ENGLISH)
    assert say("a < b") == "a < b"
    assert say("a < %(x)s", x="<b>") == Markup("a &lt; &lt;b&gt;")
    assert say("a %(x)s", x=Markup("<b>")) == Markup("a <b>")


def test_words_among_those_of_another_language_are_marked() -> None:
    say = _theme().of(PL).marked
    assert say("Feeds") == Markup('<bdi lang="pl">Kanały</bdi>')
    assert say("added %(day)s", day="<1>") == Markup('<bdi lang="pl">dodano &lt;1&gt;</bdi>')
    assert say.count("%(num)s article", "%(num)s articles", 3) == Markup('<bdi lang="pl">3 artykuły</bdi>')


def _po(folder: Path, tag: str, *messages: tuple[str, str]) -> Path:
    (folder / "words").mkdir(parents=True, exist_ok=True)
    said = "".join(f'\nmsgid "{text}"\nmsgstr "{other}"\n' for text, other in messages)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    (folder / "words" / f"{tag}.po").write_text(head + said, "utf-8")
    return folder


def test_a_sites_own_words_stand_before_the_themes_message_by_message(tmp_path: Path) -> None:
    own = _po(tmp_path / "own", "pl", ("Stories", "Wątki"), ("Feeds", ""))
    say = Words({PL: compiled(PL, catalogue_files([("layouts", own), ("theme", THEME)], PL))}).of(PL)
    assert [say("Stories"), say("Feeds"), say("Archive")] == ["Wątki", "Kanały", "Archiwum"]


def test_a_file_that_is_no_catalogue_is_a_problem(tmp_path: Path) -> None:
    own = _po(tmp_path / "own", "pl", ("Stories", "Wątki"))
    (own / "words" / "pl.po").write_text('msgid "a"\nmsgstr "b"\nnonsense\n', "utf-8")
    with pytest.raises(Problems) as raised:
        compiled(PL, catalogue_files([("layouts", own)], PL))
    (problem,) = raised.value.problems
    assert isinstance(problem, Problem)
    assert problem.path == "layouts/words/pl.po"
    assert problem.message.startswith("no gettext catalogue: ")


def test_a_word_that_lacks_what_it_is_given_is_a_problem_with_its_line(tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "words").mkdir(parents=True)
    said = '#, python-format\nmsgid "added %(day)s"\nmsgstr "dodano %(dzień)s"\n'
    (own / "words" / "pl.po").write_text(
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{said}', "utf-8"
    )
    with pytest.raises(Problems) as raised:
        compiled(PL, catalogue_files([("layouts", own)], PL))
    (problem,) = raised.value.problems
    assert (problem.path, problem.line) == ("layouts/words/pl.po", 5)


# Nothing is said past the catalogues: in a language that turns every word into brackets, nothing else is left.

_SHOWN = ("aria-label", "alt", "placeholder")
_SAME = {"RSS", "Atom", "JSON", "OPML", "Pressfold"}


def _bracketed(folder: Path, tag: str) -> None:
    catalogue = Catalog(tag)
    for said in SAID:
        text = said if isinstance(said, str) else said[1]
        catalogue.add(
            said, f"[{text}]" if isinstance(said, str) else tuple(f"[{text}]" for _ in range(catalogue.num_plurals))
        )
    out = BytesIO()
    write_po(out, catalogue)
    (folder / "words").mkdir(parents=True)
    (folder / "words" / f"{tag}.po").write_bytes(out.getvalue())


def _words_outside(page: str) -> set[str]:
    """The words of a page, and of its labels, that stand in no brackets and are none of the digest's own (upper case)."""
    tree = html.fromstring(page)
    for gone in tree.xpath("//script | //style | //code"):
        gone.getparent().remove(gone)
    texts = [" ".join(tree.xpath("//body")[0].itertext()), *tree.xpath("|".join(f"//@{name}" for name in _SHOWN))]
    bare = re.sub(r"\[(\[[^\]]*\]|[^\]])*\]", " ", " ".join(texts))  # what is said can stand within what is said
    return {word for word in re.findall(r"[^\W\d_]+", bare) if not word.isupper()} - _SAME


def test_nothing_is_said_past_the_catalogues(site: Site) -> None:
    """In Esperanto, whose months and languages are CLDR's, and whose other words are put in brackets."""
    _bracketed(site.root / "layouts", "eo")
    fields = {"lang": "eo", "story": "s", "companies": "[microsoft]", "mentions": "[google]", "review": "[title, date]"}
    site.write({
        "config.yaml": "title: TT\nbase_url: https://digest.example/\nlanguage: eo\ntimezone: UTC\nsearch: pagefind\n",
        "content/companies/microsoft.md": "---\nname: MM\n---\n",
        "content/companies/google.md": "---\nname: GG\n---\n",
        "content/articles/2026/01/a.md": article("AA", **fields, translated="machine", note="NN", tags="[EE]", body="ZZ"),
        "content/articles/2026/01/b.md": article("BB", **fields, author="WW", redirects="[old/]", body="ZZ").replace(
            "lang:", "body: excerpt\nsource: {name: SS, url: 'https://s.example/'}\nlang:"
        ),
        "content/articles/2026/01/c.md": article("CC", **fields, date="2025-12-24", body="ZZ"),
    })  # fmt: skip
    done = site.build()
    assert done.code == 0, done.err
    pages = {path.relative_to(site.output).as_posix(): path.read_text("utf-8") for path in site.output.rglob("*.html")}
    cldr = {"januaro", "Januaro", "Jan", "decembro", "Decembro", "Dec", "Esperanto", "esperanto", "la", "de", "a"}
    left = {path: words - cldr for path, page in pages.items() if (words := _words_outside(page)) - cldr}
    assert left == {}
    assert len(pages) > 15
