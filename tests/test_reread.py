"""Articles read again: only those concerned; the machine's word follows, a person's stays; the ledger comes along."""

import json
from pathlib import Path

import pytest

from pressfold.reread import running
from tests.conftest import Site, article, ok

TEXT = (
    "Workers of Quentic write a letter\n\nSeveral hundred workers of Quentic have asked the company to end a contract, a "
    "letter says.\n\nThe letter names Microsoft once. Quentic did not answer a request for comment on Monday evening.\n"
)
OTHER = (
    "Workers of Google write a letter\n\nSeveral hundred workers of Google have asked the company to end a contract, a "
    "letter says.\n\nGoogle did not answer a request for comment on the letter on Monday evening, they said.\n"
)


@pytest.fixture
def imported(site: Site) -> Site:
    site.write({"content/inbox/quentic.txt": TEXT, "content/inbox/other.txt": OTHER})
    site.run("import")
    return site


def _ledger(site: Site, name: str) -> dict[str, object]:
    lines = (site.root / "content/imports.jsonl").read_text("utf-8").splitlines()
    return next(entry for line in lines if (entry := json.loads(line))["file"].endswith(name))


def _file(site: Site) -> Path:
    return next(path for path in site.articles() if "quentic" in path.name)


def test_adding_a_company_reads_the_articles_again_that_name_it(imported: Site) -> None:
    before = {path: path.read_text("utf-8") for path in imported.articles()}
    said = ok(imported.run("companies", "add", "Quentic", "--json")).json
    (one,) = said["articles"]
    assert (one["before"], one["after"], one["kept"]) == (
        {"companies": [], "mentions": ["microsoft"]},
        {"companies": ["quentic"], "mentions": ["microsoft"]},
        None,
    )
    after = {path: path.read_text("utf-8") for path in imported.articles()}
    assert [path for path in after if after[path] != before[path]] == [_file(imported)]
    text = after[_file(imported)]
    assert "\ncompanies: [quentic]\n" in text
    assert "review: [companies" not in text
    entry = _ledger(imported, "quentic.txt")
    assert entry["fields"]["companies"] == ["quentic"]  # type: ignore[index]
    assert entry["sure"]["companies"] == 1  # type: ignore[index]
    named = {"microsoft": [["Microsoft", 2]], "quentic": [["Quentic", 0], ["Quentic", 1], ["Quentic", 2]]}
    assert entry["named"] == named
    assert "Quentic' in the title" in ok(imported.run("explain", _file(imported).name.removesuffix(".md"))).out
    imported.write(
        {"content/inbox/quentic.txt": TEXT.replace("Monday", "Tuesday")}
    )  # the file still counts as unedited
    ok(imported.run("import"))
    assert "Tuesday" in _file(imported).read_text("utf-8")
    assert "\ncompanies: [quentic]\n" in _file(imported).read_text("utf-8")


def test_other_words_that_name_the_same_companies_are_remembered_too(site: Site) -> None:
    site.write({"content/inbox/quentic.txt": TEXT.replace("Quentic", "Quentik").replace("Microsoft", "Quentic")})
    site.write({"content/companies/quentic.md": "---\nname: Quentic\naliases: [Quentik]\n---\n"})
    ok(site.run("import"))
    (file,) = site.articles()
    before = file.read_bytes()
    site.write({"content/companies/quentic.md": "---\nname: Quentic\naliases: [workers of Quentik]\n---\n"})
    assert ok(site.run("companies", "read", "--dry-run", "--json")).json["articles"] == []
    assert _ledger(site, "quentic.txt")["named"] == {"quentic": [["Quentik", 0], ["Quentik", 1], ["Quentic", 2]]}
    assert ok(site.run("companies", "read", "--json")).json["articles"] == []
    named = [["Workers of Quentik", 0], ["workers of Quentik", 1], ["Quentic", 2]]
    assert _ledger(site, "quentic.txt")["named"] == {"quentic": named}
    assert file.read_bytes() == before


def test_what_is_found_without_being_sure_waits_for_a_person(site: Site) -> None:
    words = (
        "Several hundred workers have asked for an end of the contract, a letter says, and Quentic is not named twice."
    )
    site.write(
        {"content/inbox/quentic.txt": f"A letter by the workers\n\n{words}\n\nNobody answered on Monday evening.\n"}
    )
    ok(site.run("import"))
    ok(site.run("companies", "add", "Quentic"))
    (path,) = site.articles()
    assert "\ncompanies: [quentic]\n" in path.read_text("utf-8")
    assert "companies" in path.read_text("utf-8").partition("review: [")[2].partition("]")[0]
    assert _ledger(site, "quentic.txt")["sure"]["companies"] < 0.9  # type: ignore[index]


def test_paragraphs_are_numbered_with_the_headings_between_them() -> None:
    assert running("One\n\n## A heading\n\nTwo\n\n> Three") == {1: "One", 3: "Two", 4: "Three"}


def test_dry_run_says_it_and_writes_nothing(imported: Site) -> None:
    before = imported.tree("content")
    said = ok(imported.run("companies", "add", "Quentic", "--dry-run"))
    assert "companies: none -> quentic" in said.out
    assert "1 article would follow, 0 left" in said.out
    assert imported.tree("content") == before


def test_field_that_a_person_touched_stays_and_is_told(imported: Site) -> None:
    file = _file(imported)
    edited = file.read_text("utf-8").replace("mentions: [microsoft]", "mentions: [microsoft, google]")
    file.write_text(edited, "utf-8")
    said = ok(imported.run("companies", "add", "Quentic"))
    assert "(not written: mentions edited by hand)" in said.out
    assert "0 articles followed, 1 left" in said.out
    assert file.read_text("utf-8") == edited


def test_in_a_file_that_was_edited_what_follows_waits_for_a_person(imported: Site) -> None:
    file = _file(imported)
    file.write_text(file.read_text("utf-8").replace("title: Workers", "title: All workers # ours"), "utf-8")
    written = _ledger(imported, "quentic.txt")["written"]
    ok(imported.run("companies", "add", "Quentic"))
    assert "\ncompanies: [quentic]\n" in file.read_text("utf-8")
    assert "# ours" in file.read_text("utf-8")
    assert "review: [companies" in file.read_text("utf-8")
    assert _ledger(imported, "quentic.txt")["written"] == written


def test_article_that_cannot_be_read_is_told(imported: Site) -> None:
    _file(imported).write_text("---\ntitel: A letter\n---\n", "utf-8")
    path = _file(imported).relative_to(imported.root).as_posix()
    said = f"{path}: left out, since it cannot be read; a build says why\n"
    assert imported.run("companies", "add", "Quentic").err == said
    assert imported.run("companies").err == said


def test_article_that_was_written_by_hand_is_only_named(site: Site) -> None:
    site.write({"content/articles/2026/01/a.md": article("Quentic answers", body="Quentic answered. Quentic said no.")})
    before = site.tree("content")
    said = ok(site.run("companies", "add", "Quentic"))
    assert "companies: none -> quentic  (not written: written by hand)" in said.out
    assert {k: v for k, v in site.tree("content").items() if k != "companies/quentic.md"} == before


def test_file_that_an_editor_changed_is_read_with_one_command(imported: Site) -> None:
    imported.write({"content/companies/quentic.md": "---\nname: Quentic\n---\n"})
    ok(imported.run("companies", "read"))
    assert "\ncompanies: [quentic]\n" in _file(imported).read_text("utf-8")
    imported.write(
        {"content/companies/quentic.md": "---\nname: Quentic\nnot: [workers of Quentic, Quentic did]\n---\n"}
    )
    ok(imported.run("companies", "read", "quentic"))
    assert "companies:" not in _file(imported).read_text("utf-8").replace("[companies", "")
    assert ok(imported.run("companies", "read", "quentic", "--json")).json["articles"] == []
    assert imported.run("companies", "read", "quentick").err.startswith("SLUG: there is no company 'quentick'")


def test_what_an_import_found_is_found_again(site: Site) -> None:
    corpus = sorted((Path(__file__).parent / "corpus").glob("*.txt"))
    site.write({f"content/inbox/{path.name}": path.read_bytes() for path in corpus})
    site.run("import")
    slugs = {slug for path in site.articles() for slug in _named(path.read_text("utf-8"))}
    assert len(site.articles()) > 30
    assert ok(site.run("companies", "read", *sorted(slugs), "--json")).json["articles"] == []


def _named(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if line.startswith(("companies: [", "mentions: ["))]
    return [slug for line in lines for slug in line.partition("[")[2].rstrip("]").split(", ")]
