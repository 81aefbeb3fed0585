"""The search index: made of what is published, kept until that is another, and gone where the site has no search."""

import datetime as dt
import gzip
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from pressfold import pagefind
from pressfold.options import Options, Outcome
from pressfold.pipeline import building
from tests.conftest import CONFIG, NOW, Site, article

ONE, TWO = "content/articles/2026/01/one.md", "content/articles/2026/01/two.md"
ON = CONFIG + "search: pagefind\n"


@pytest.fixture
def home(site: Site) -> Site:
    """A site of two articles that can be searched."""
    first = article("One", companies="[google]", summary="A summary.", body="Some *peculiar* words.\n\nMore of them.")
    return site.write({"config.yaml": ON, ONE: first, TWO: article("Two", body="Some others.")})


def _build(site: Site, **given: Any) -> Outcome:
    moment = dt.datetime.fromtimestamp(NOW, dt.UTC)
    return building.build(Options(root=site.root, now=moment, jobs=1, **given))


def _built(site: Site, **given: Any) -> Outcome:
    outcome = _build(site, **given)
    assert outcome.problems == ()
    return outcome


def _bundle(site: Site) -> dict[str, bytes]:
    return {path: data for path, data in site.tree().items() if path.startswith("pagefind/")}


def _told(site: Site) -> str:
    """All that the index is told."""
    found = [gzip.decompress(data) for path, data in _bundle(site).items() if "/fragment/" in path]
    return b"\n".join(found).decode()


def _states(site: Site) -> dict[str, int]:
    folder = site.root / ".pressfold" / "search" / "records"
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_every_article_that_is_out_is_told_with_its_text(home: Site) -> None:
    home.write({"content/articles/2026/01/draft.md": article("Draft", draft="true", body="Secret.")})
    _built(home)
    told = _told(home)
    assert "some peculiar words more of them" in told
    assert "some others" in told
    assert "secret" not in told
    assert "search/index.html" in home.tree()
    assert 'href="./search/"' in home.page("index.html")


@pytest.mark.parametrize(("mode", "there", "not_there"), [
    ("full", ["a summary", "last paragraph"], []),
    ("excerpt", ["a summary", "words stand"], ["last paragraph"]),
    ("link", ["one"], ["summary", "words stand", "last paragraph"]),
])  # fmt: skip
def test_only_what_may_be_published_is_told(home: Site, mode: str, there: list[str], not_there: list[str]) -> None:
    body = "\n\n".join(["Words stand here. " * 40, *["And here. " * 60] * 4, "Last paragraph."])
    home.write({ONE: article("One", body=body, summary="A summary.").replace("lang:", f"body: {mode}\nlang:")})
    _built(home)
    told = _told(home).lower()
    assert [words for words in there if words not in told] == []
    assert [words for words in not_there if words in told] == []


def test_the_bundle_stays_byte_for_byte_until_a_record_is_another(home: Site) -> None:
    _built(home)
    before, states = _bundle(home), _states(home)
    assert before
    home.write({ONE: (home.root / ONE).read_text("utf-8").replace("lang:", "note: An editor's word.\nlang:")})
    outcome = _built(home)
    assert outcome.report
    assert outcome.report.written == ("articles/one/index.html",)
    assert (_bundle(home), _states(home)) == (before, states)


def test_another_text_makes_another_bundle_and_leaves_nothing_of_the_old(home: Site) -> None:
    _built(home)
    before, states = _bundle(home), _states(home)
    home.write({ONE: (home.root / ONE).read_text("utf-8").replace("peculiar", "uncommon")})
    outcome = _built(home)
    told = _told(home)
    assert "uncommon" in told
    assert "peculiar" not in told
    assert len(_bundle(home)) == len(before)
    assert outcome.report
    assert any("/fragment/" in path for path in outcome.report.deleted)
    assert [name for name, state in _states(home).items() if state != states[name]] == ["one.html"]


def test_an_article_that_goes_leaves_the_index(home: Site) -> None:
    _built(home)
    (home.root / ONE).unlink()
    _built(home)
    assert "peculiar" not in _told(home)
    (home.root / TWO).unlink()
    _built(home)
    assert _bundle(home) == {}
    assert "No articles yet." in home.page("search/index.html")


def test_a_company_of_another_name_is_found_by_it(home: Site) -> None:
    _built(home)
    home.write({"content/companies/google.md": "---\nname: Gugel\n---\n"})
    _built(home)
    assert "gugel" in _told(home)


def test_what_an_index_lacks_because_a_folder_was_lost_is_made_again(home: Site) -> None:
    _built(home)
    shutil.rmtree(home.root / ".pressfold" / "search" / "records")
    home.write({ONE: article("One", body="New.")})
    (problem,) = _build(home).problems
    assert problem.message == "indexed 1 of 2 articles"
    _built(home)
    assert len(_states(home)) == 2


def test_an_output_that_was_deleted_has_its_bundle_again(home: Site) -> None:
    _built(home)
    shutil.rmtree(home.output)
    _built(home)
    assert "peculiar" in _told(home)


def test_without_a_cache_the_index_is_made_as_well(home: Site) -> None:
    _built(home, cache=False)
    assert "peculiar" in _told(home)
    assert not (home.root / ".pressfold" / "search").exists()


def test_turned_off_page_and_bundle_go(home: Site) -> None:
    _built(home)
    home.write({"config.yaml": CONFIG})
    _built(home)
    assert not [path for path in home.tree() if path.startswith(("pagefind/", "search/"))]
    assert "search/" not in home.page("index.html")
    assert not (home.root / ".pressfold" / "search").exists()
    (home.root / ONE).unlink()  # while it is off
    _built(home)
    home.write({"config.yaml": ON})
    _built(home)
    assert list(_states(home)) == ["two.html"]


def test_a_preview_makes_no_index_and_says_so(home: Site) -> None:
    _built(home, preview=True)
    folder = home.root / ".pressfold" / "preview"
    page = (folder / "preview" / "search" / "index.html").read_text("utf-8")
    assert "only pressfold build makes the search index" in page
    assert "<script src" in page  # that of the colours
    assert "search-" not in page
    assert "wasm" not in page
    assert not (folder / "preview" / "pagefind").exists()


def test_where_indexing_fails_nothing_is_written(home: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _built(home)
    before = home.tree()
    program = tmp_path / "pagefind"
    program.write_text('#!/bin/sh\n[ "$1" = --version ] && echo 2 || exit 7\n')
    program.chmod(0o755)
    monkeypatch.setattr(pagefind, "program", lambda: os.fspath(program))
    home.write({ONE: article("One", body="New.")})
    outcome = _build(home)
    assert [str(problem).split(":")[0] for problem in outcome.problems] == ["pagefind"]
    assert outcome.report is None
    assert home.tree() == before
    kept = _build(home, keep_going=True)
    assert kept.problems == outcome.problems
    assert "New." in home.page("articles/one/index.html")
    assert {path: before[path] for path in before if path.startswith("pagefind/")} == _bundle(home)
    monkeypatch.undo()
    _built(home)
    assert "new" in _told(home)


def test_indexing_is_shown(home: Site) -> None:
    seen: list[tuple[str, int, int]] = []
    _built(home, progress=lambda *step: seen.append(step))
    assert ("Indexing", 2, 2) in seen


def test_a_page_of_the_sites_own_at_the_address_is_a_problem(home: Site) -> None:
    home.write({"content/pages/search.md": "---\ntitle: Search\n---\n"})
    (problem,) = _build(home).problems
    assert "wants the address /search/" in problem.message
