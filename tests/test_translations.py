"""Translations: each version names all others and itself, whatever comes and goes; and every mistake is told with its line."""

from pathlib import Path

import pytest
from lxml import html

from tests.conftest import Site, article, ok

FOLDER = "content/articles/2026/01"
BASE = "https://digest.example/news/articles/"


def _version(title: str, **fields: str) -> str:
    return article(title, **{"story": "tale", **fields})


def _site(site: Site, **texts: str) -> Site:
    return site.write({f"{FOLDER}/{name}.md": text for name, text in texts.items()})


ORIGINAL, GERMAN = _version("A letter"), _version("Ein Brief", lang="de", translation_of="letter")
POLISH = _version("List", lang="pl", translation_of="letter")


def _alternates(site: Site, name: str) -> dict[str, str]:
    page = html.document_fromstring((site.output / f"articles/{name}/index.html").read_bytes())
    links = page.xpath("//head/link[@rel='alternate'][@hreflang]")
    return {link.get("hreflang"): link.get("href").removeprefix(BASE).strip("/") for link in links}


def test_every_version_names_all_of_them_and_no_other_telling_does(site: Site) -> None:
    _site(site, letter=ORIGINAL, brief=GERMAN, list=POLISH, other=_version("Una carta", lang="es"))
    ok(site.build())
    all_of_them = {"en": "letter", "de": "brief", "pl": "list"}
    assert [_alternates(site, name) for name in all_of_them.values()] == [all_of_them] * 3
    assert _alternates(site, "other") == {}
    page = html.document_fromstring((site.output / "articles/brief/index.html").read_bytes())
    (link,) = page.xpath("//dt[.='Übersetzung von']/following-sibling::dd/a")
    assert (link.get("href"), link.get("hreflang"), link.text_content()) == ("../../articles/letter/", "en", "A letter")
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{BASE}brief/"]


def test_of_two_translations_into_one_language_the_first_by_id_takes_part(site: Site) -> None:
    second = _version("Noch ein Brief", lang="de", translation_of="letter", id="urn:test:a")
    _site(site, letter=ORIGINAL, brief=GERMAN, zweiter=second)
    ok(site.build())
    assert _alternates(site, "letter") == _alternates(site, "zweiter") == {"en": "letter", "de": "zweiter"}
    assert _alternates(site, "brief") == {}
    assert "Übersetzung von" in site.page("articles/brief/index.html")


def test_a_translation_whose_original_is_held_back_stands_alone(site: Site) -> None:
    _site(site, letter=_version("A letter", draft="true"), brief=GERMAN, list=POLISH)
    ok(site.build())
    assert _alternates(site, "brief") == {}
    assert "Übersetzung von" not in site.page("articles/brief/index.html")
    ok(site.build("--drafts"))
    assert _alternates(site, "brief") == _alternates(site, "list") == {"en": "letter", "de": "brief", "pl": "list"}


def test_versions_come_and_go_as_if_the_site_were_built_anew(site: Site, tmp_path: Path) -> None:
    steps: list[dict[str, str | None]] = [
        {"letter": ORIGINAL},
        {"brief": GERMAN},
        {"list": POLISH},
        {"letter": _version("Another letter")},
        {"brief": _version("Ein Brief", lang="de")},
        {"brief": GERMAN},
        {"list": None},
        {"letter": _version("A letter", draft="true")},
        {"letter": ORIGINAL},
        {"brief": None},
    ]
    for number, step in enumerate(steps):
        for name, text in step.items():
            path = site.root / f"{FOLDER}/{name}.md"
            if text is None:
                path.unlink()
            else:
                site.write({f"{FOLDER}/{name}.md": text})
        ok(site.build())
        fresh = tmp_path / f"fresh-{number}"
        ok(site.build("--no-cache", "--output", str(fresh)))
        found = {path.relative_to(fresh).as_posix(): path.read_bytes() for path in fresh.rglob("*") if path.is_file()}
        assert site.tree() == found, step


@pytest.mark.parametrize(
    ("original", "fields", "message", "hint"),
    [
        ("lettre", {}, "'lettre', which is no article", "did you mean 'letter'?"),
        ("zzz", {}, "'zzz', which is no article", "write the name of its file, without .md"),
        (
            "letter",
            {"lang": "en"},
            "an article in the same language, en",
            "mend the lang of one of them, or take the line out",
        ),
        ("letter", {"story": "x"}, "'letter', which tells another story", "give both the same story: tale"),
        ("letter", {"story": ""}, "'letter', which tells another story", "give both the same story: tale"),
        ("list", {}, "'list', which is a translation itself", "name the original: letter"),
    ],
)
def test_every_mistake_is_told_with_its_line_until_it_is_mended(
    site: Site, original: str, fields: dict[str, str], message: str, hint: str
) -> None:
    wrong = _version("Ein Brief", **{"lang": "de", "translation_of": original, **fields})
    _site(site, letter=ORIGINAL, list=POLISH, brief=wrong)
    line = wrong.split("\n").index(f"translation_of: {original}") + 1
    said = f"{FOLDER}/brief.md:{line}: 'translation_of' names {message} ({hint})"
    for arguments in ((), (), ("--keep-going",), ("--keep-going",)):
        found = site.build(*arguments)
        assert (found.code, found.err.split("\n")[0]) == (1, said)
    assert said in site.run("list").err
    assert _alternates(site, "brief") == {}
    _site(site, brief=GERMAN)
    ok(site.build())
    assert _alternates(site, "brief") == {"en": "letter", "de": "brief", "pl": "list"}


def test_a_translation_that_is_broken_is_only_told_what_breaks_it(site: Site) -> None:
    _site(site, letter=ORIGINAL.replace("lang: en", "lang: e!"), brief=GERMAN)
    assert site.build().err.count(f"{FOLDER}/") == 1


def test_an_article_may_come_with_what_it_translates(site: Site) -> None:
    _site(site, letter=ORIGINAL)
    raw = (
        "---\ntitle: Ein Brief\nlang: de\nstory: tale\ntranslation_of: letter\n---\n\n"
        + "Einige Wörter stehen hier. " * 20
    )
    site.write({"content/inbox/brief.md": raw})
    assert site.build().code == 0
    assert _alternates(site, "letter") == {"en": "letter", "de": "ein-brief"}
