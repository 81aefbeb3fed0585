"""A build that has something to do: what it remembers serves the next, and what it lacks is found again."""

import datetime as dt
import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pressfold.memory import Memory
from pressfold.options import Options, Outcome
from pressfold.output import Report
from pressfold.pipeline import building
from tests.conftest import NOW, Site, article


@pytest.fixture
def home(site: Site) -> Site:
    """A site of one article."""
    return site.write({"content/articles/2026/01/one.md": article("One", body="Some *words*.")})


def _build(site: Site, **given: Any) -> Outcome:
    moment = dt.datetime.fromtimestamp(NOW, dt.UTC)
    outcome = building.build(Options(root=site.root, now=moment, jobs=1, **given))
    assert outcome.problems == ()
    assert outcome.report
    return outcome


def _keys(site: Site, kind: str) -> list[str]:
    with closing(Memory(site.root / ".pressfold")) as memory:
        return [key for (key,) in memory.database.execute("select key from value where kind = ?", (kind,))]


def test_layout_is_compiled_once(home: Site) -> None:
    _build(home)
    names = [key[-40:] for key in _keys(home, "code")]
    assert len(names) == len(set(names)) > 5
    home.write({"content/articles/2026/01/two.md": article("Two")})
    _build(home)
    assert [key[-40:] for key in _keys(home, "code")] == names


def test_text_is_made_html_once(home: Site) -> None:
    _build(home)
    assert len(_keys(home, "html")) == 2  # the article, and the program's own page
    home.write({"content/articles/2026/01/one.md": article("Better", body="Some *words*.")})
    _build(home)
    assert len(_keys(home, "html")) == 2


def test_html_is_forgotten_of_texts_that_no_article_holds_any_more_and_of_no_other(home: Site) -> None:
    _build(home)
    shown = set(_keys(home, "html"))
    with closing(Memory(home.root / ".pressfold")) as memory, memory.change():
        memory.put("html", {f"past {number}": b"<p>" for number in range(1000)})
    home.write({"content/articles/2026/01/two.md": article("Two", body="Other words.")})
    _build(home)
    found = set(_keys(home, "html"))
    assert len(found & shown) == 1  # the article's; the program's own page is made again when it is drawn again
    assert len(found) == 2


def test_file_of_the_output_that_was_lost_with_its_list_untouched_is_found_once_nobody_vouches(home: Site) -> None:
    _build(home)
    page = home.output / "articles" / "one" / "index.html"
    text = page.read_bytes()
    page.write_bytes(b"edited")
    os.utime(home.output / ".pressfold.json", ns=(1, 1))
    outcome = _build(home)
    assert outcome.report
    assert (outcome.report.written, page.read_bytes()) == (("articles/one/index.html",), text)


def test_another_output_is_written_whole(home: Site, tmp_path: Path) -> None:
    first = _build(home)
    other = _build(home, output=tmp_path / "other")
    assert first.report
    assert first.report == other.report
    assert _build(home).report == Report((), len(first.report.written), ())
