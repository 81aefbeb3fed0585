"""What is to be drawn is drawn and applied: no page that is as it was, no two pages at one address, the sitemap last."""

import datetime as dt
import pickle
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pressfold import drawing, survey
from pressfold.catalog import Due
from pressfold.config import Config
from pressfold.drawing import Painter, Plan, prepare
from pressfold.glance import glance
from pressfold.language import Tag
from pressfold.layouts import Layouts
from pressfold.memory import Drawn, Memory
from pressfold.output import Report, staging
from pressfold.output.manifest import MANIFEST, look, read_manifest
from pressfold.pages import machines
from pressfold.pages.view import Page
from pressfold.problem import Problem, Problems
from pressfold.redraw import Result, clashes, redraw
from pressfold.site import FOLDERS
from pressfold.update import Taking, small, take_in
from tests.conftest import PROJECT, article, write
from tests.planning import layouts_of

CONFIG = Config(title="T", base_url="https://digest.example/", timezone="Europe/Warsaw")
NOW = dt.datetime(2026, 2, 2, 2, 40, tzinfo=dt.UTC)
LATER = 4_000_000_000_123_456_789  # a clock by which every file is old enough to be known by its state
ARTICLES = "content/articles/2026/01"
ONE = f"{ARTICLES}/one.md"
RENAME = "rename one of them"


@dataclass
class Home:
    """A site that is built without the command line; `drawn` are the addresses of the pages that were drawn."""

    root: Path
    drawn: list[str] = field(default_factory=list)

    @property
    def output(self) -> Path:
        """Where it is written."""
        return self.root / "output"

    def write(self, files: dict[str, str | None]) -> "Home":
        """Write files; None takes one away."""
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text, "utf-8")
        return self

    def memory(self) -> Memory:
        """The memory, to be closed."""
        return Memory(self.root / ".pressfold")

    def build(self, *, theme: str = "", jobs: int = 1, keep_going: bool = False, vouched: bool = True) -> Result:
        """Take in what is there, and draw what that touches; another `theme` touches everything."""
        self.drawn.clear()
        with closing(self.memory()) as memory, staging(self.output):
            seen = glance(self.root, memory, survey.survey(self.root, *FOLDERS), {}, theme)
            found = small(self.root, memory, seen)
            given: dict[str, Any] = {"clock": LATER, "frozen": False, "jobs": 1, "progress": lambda *of: None}
            taking = Taking(root=self.root, config=CONFIG, due=Due(now=NOW), **given)
            assert [*found.problems, *take_in(taking, memory, seen, found, "")] == []
            layouts = Layouts((self.root / "layouts", PROJECT / "layouts"), ("layouts", "theme"))
            plan = Plan(
                root=self.root,
                folder=self.output,
                memory=memory.path,
                config=CONFIG,
                declared=found.declared,
                broken=found.broken,
                texts=found.texts,
                layouts=prepare(layouts, memory, theme, "v" * 64),
                versions="v" * 64,
                listed=read_manifest(self.output),
                vouched=vouched,
                anew=not memory.pages_count(),
            )
            plan = pickle.loads(pickle.dumps(plan))  # as for processes that begin anew
            told: list[tuple[str, int, int]] = []
            return redraw(
                plan, memory, jobs=jobs, name="output", keep_going=keep_going, progress=lambda *of: told.append(of)
            )

    def built(self, **given: Any) -> Report:
        """The report of a build in which nothing was wrong."""
        result = self.build(**given)
        assert result.problems == ()
        assert result.report
        return result.report

    def files(self) -> dict[str, bytes]:
        """The output."""
        return {p.relative_to(self.output).as_posix(): p.read_bytes() for p in self.output.rglob("*") if p.is_file()}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A site of three articles in two months."""
    home, real = Home(tmp_path), Painter._bytes

    def noted(painter: Painter, page: Page, *given: Any) -> bytes | None:
        home.drawn.append(page.address)
        return real(painter, page, *given)

    monkeypatch.setattr(Painter, "_bytes", noted)
    home.write({"content/media/p.png": "picture", ONE: _article("One", companies="[microsoft]")})
    yield home.write(
        {f"{ARTICLES}/two.md": _article("Two"), f"{ARTICLES}/three.md": _article("Three", date="2025-12-24")}
    )


def _article(title: str, **fields: str) -> str:
    return article(title, **{"date": "2026-01-09", **fields})


# What is drawn.


def test_everything_is_drawn_once_and_then_nothing(home: Home) -> None:
    first = home.built()
    files = home.files()
    listed = read_manifest(home.output)
    assert set(first.written) == set(listed) == set(files) - {MANIFEST}
    assert {"index.html", "articles/one/index.html", "sitemap.xml", "media/p.png", "feed.xml"} <= set(listed)
    assert set(home.drawn) >= {"", "articles/one/", "sitemap.xml", "404.html"}
    assert home.built() == Report((), len(listed), ())
    assert (home.drawn, home.files()) == ([], files)
    with closing(home.memory()) as memory:
        assert memory.dirty() == []
        assert {page.path: page.digest for page in memory.pages()} == listed


def test_processes_draw_what_one_draws(home: Home, tmp_path: Path) -> None:
    many = {f"{ARTICLES}/n{number}.md": _article(f"N{number}", companies="[google]") for number in range(130)}
    reports = [home.write({**many}).built()]
    other = Home(tmp_path / "other")
    for path in [*many, ONE, f"{ARTICLES}/two.md", f"{ARTICLES}/three.md", "content/media/p.png"]:
        other.write({path: (home.root / path).read_text()})
    reports.append(other.built(jobs=2))
    assert reports[0] == reports[1]
    assert home.files() == other.files()


def test_only_pages_whose_fingerprint_is_another_are_drawn(home: Home) -> None:
    home.built()
    report = home.write({ONE: _article("One", companies="[microsoft]", body="Other words.")}).built()
    feeds = [f"{folder}{feed}" for folder in ("", "companies/microsoft/", "languages/en/") for feed in FEEDS]
    assert set(home.drawn) == {"articles/one/", *feeds}
    assert set(report.written) == {"articles/one/index.html", *feeds}
    assert (report.deleted, report.unchanged) == ((), len(home.files()) - 1 - len(report.written))


FEEDS = ("feed.xml", "atom.xml", "feed.json")


def test_layout_that_changed_draws_the_pages_that_go_through_it(home: Home) -> None:
    home.built()
    text = (PROJECT / "layouts" / "robots.txt").read_text("utf-8")
    report = home.write({"layouts/robots.txt": text + "# own\n"}).built(theme="own")
    assert (home.drawn, report.written) == (["robots.txt"], ("robots.txt",))


def test_page_that_is_drawn_again_and_is_the_same_is_not_written(home: Home) -> None:
    home.built()
    text = (PROJECT / "layouts" / "404.html").read_text("utf-8")
    report = home.write({"layouts/404.html": "{# own #}" + text}).built(theme="own")
    assert (home.drawn, report.written) == (["404.html"], ())


def test_page_that_is_no_more_goes_with_its_article(home: Home) -> None:
    home.built()
    report = home.write({ONE: None}).built()
    assert {"articles/one/index.html", "companies/microsoft/index.html", "companies/microsoft/feed.xml"} <= {
        *report.deleted
    }
    assert not (home.output / "companies" / "microsoft").exists()


def test_page_that_the_list_does_not_vouch_for_is_drawn_again(home: Home) -> None:
    home.built()
    files = home.files()
    (home.output / "index.html").write_text("edited")
    look(home.output)
    with closing(home.memory()) as memory:
        memory.undraw(["index.html"])
    assert home.built(vouched=False).written == ("index.html",)
    assert (home.drawn, home.files()) == ([""], files)


def test_pictures_and_static_files_are_copied_when_they_change(home: Home) -> None:
    home.built()
    report = home.write({"content/media/p.png": "other", "content/media/sub/q.png": "new"}).built()
    assert (report.written, home.drawn) == (("media/p.png", "media/sub/q.png"), [])
    assert (home.output / "media" / "p.png").read_text() == "other"
    report = home.write({"content/media/p.png": None, "layouts/static/own.txt": "own"}).built(theme="own")
    assert (len(report.written), report.deleted) == (1, ("media/p.png",))
    assert re.fullmatch(r"static/own-[0-9a-f]{10}\.txt", report.written[0])


def test_picture_that_goes_away_meanwhile_is_a_problem_and_nothing_is_written(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody deletes it between the survey and the copying."""
    real: Callable[..., Any] = shutil.copyfile

    def gone(source: Path, target: str) -> None:
        source.unlink()
        real(source, target)

    monkeypatch.setattr(shutil, "copyfile", gone)
    problem = Problem("content/media/p.png", 0, "went away while the site was built", "build again")
    assert home.build() == Result(report=None, problems=(problem,))
    assert not home.output.exists()


def test_article_that_changes_meanwhile_is_a_problem(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:

    def edited(path: Path) -> Any:
        home.write({ONE: _article("One", body="Edited meanwhile.")})
        return survey.read(path)

    monkeypatch.setattr(drawing, "read", edited)
    problem = Problem(ONE, 0, "changed while the site was built", "build again")
    assert home.build() == Result(report=None, problems=(problem,))


# What is wrong.


def test_page_that_cannot_be_drawn_stops_all_and_is_drawn_once_it_can(home: Home) -> None:
    home.write({"layouts/404.html": "{{ nothing }}"})
    problem = Problem("layouts/404.html", 1, "'nothing' is undefined", "while drawing /404.html")
    for _ in range(2):
        assert home.build(theme="broken") == Result(report=None, problems=(problem,))
        assert not home.output.exists()
    assert "404.html" in home.write({"layouts/404.html": None}).built(theme="mended").written


def test_all_other_pages_are_drawn_where_the_build_keeps_going_and_the_problem_stays(home: Home) -> None:
    home.write({"layouts/404.html": "{{ nothing }}"})
    for turn in range(2):
        result = home.build(theme="broken", keep_going=True)
        assert [problem.path for problem in result.problems] == ["layouts/404.html"]
        assert result.report
        assert bool(result.report.written) is (turn == 0)
        assert ((home.output / "index.html").exists(), (home.output / "404.html").exists()) == (True, False)
    home.write({"layouts/404.html": None}).built(theme="mended")
    assert (home.output / "404.html").exists()


def test_foreign_file_in_the_way_is_a_problem_and_all_is_drawn_again(home: Home) -> None:
    home.write({"output/index.html": "mine"})
    with pytest.raises(Problems) as raised:
        home.build()
    hint = "move it, or empty the output folder"
    message = "was not made by the build, and is in its way"
    assert raised.value.problems == (Problem("output/index.html", 0, message, hint),)
    assert list(home.files()) == ["index.html"]
    home.write({"output/index.html": None})
    assert "articles/one/index.html" in home.built().written


# Two pages at one address.


@pytest.mark.parametrize("keep_going", [False, True])
@pytest.mark.parametrize(
    ("redirect", "who"),
    [
        ("companies/", "a page of the site's own"),
        ("articles/two/", f"{ARTICLES}/two.md"),
        ("feed.xml/", "a page of the site's own"),
        ("About/", "a page of the site's own"),
        ("media/p.png/", "a file of the site's own"),
    ],
)
def test_clash_is_named_in_every_build_until_it_is_mended(
    home: Home, keep_going: bool, redirect: str, who: str
) -> None:
    home.built()
    files = home.files()
    home.write({ONE: _article("One", redirects=f"[{redirect}]")})
    problem = Problem(ONE, 0, f"wants the address /{redirect}, which {who} has", RENAME)
    for _ in range(2):
        assert home.build(keep_going=keep_going) == Result(report=None, problems=(problem,))
        assert home.files() == files
    assert "old/one/index.html" in home.write({ONE: _article("One", redirects="[old/one/]")}).built().written


def _page(path: str, subject: str, source: str = "") -> Drawn:
    return Drawn(path, subject, source, "", "", "")


@pytest.mark.parametrize(
    ("pages", "problems"),
    [
        ([], []),
        ([_page("a/index.html", "article/a", "a.md"), _page("b/index.html", "article/b", "b.md")], []),
        (
            [_page("x/index.html", "article/b", "b.md"), _page("x/index.html", "article/a", "a.md")],
            [Problem("b.md", 0, "wants the address /x/, which a.md has", RENAME)],
        ),
        (
            [_page("X/index.html", "article/a", "a.md"), _page("x/index.html", "front")],
            [Problem("a.md", 0, "wants the address /X/, which a page of the site's own has", RENAME)],
        ),
        (
            [_page("x", "article/a", "a.md"), _page("x", "static")],
            [Problem("a.md", 0, "wants the address /x, which a file of the site's own has", RENAME)],
        ),
        (
            [_page("x/y/index.html", "texts", "x.md"), _page("x", "feed")],
            [Problem("x.md", 0, "wants the address /x/y/, which a page of the site's own has", RENAME)],
        ),
        (
            [_page("x", "article/a", "a.md"), _page("x", "article/b", "b.md"), _page("x", "article/c", "c.md")],
            [
                Problem("b.md", 0, "wants the address /x, which a.md has", RENAME),
                Problem("c.md", 0, "wants the address /x, which a.md has", RENAME),
            ],
        ),
    ],
)
def test_two_pages_at_one_address_are_a_problem_of_the_later(pages: list[Drawn], problems: list[Problem]) -> None:
    assert clashes(pages) == problems
    assert sorted(map(str, clashes(reversed(pages)))) == sorted(map(str, problems))


# The sitemap.


def _sitemaps(home: Home) -> dict[str, list[str]]:
    """The articles and sitemaps that each sitemap names."""
    return {
        path: re.findall(r"https://digest\.example/(articles/[^<]*|sitemap[^<]*)<", text.decode())
        for path, text in sorted(home.files().items())
        if path.startswith("sitemap")
    }


def test_sitemap_is_one_and_with_many_articles_one_for_each_month_and_back(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machines, "FEW", 3)
    home.built()
    before = home.files()
    assert list(_sitemaps(home)) == ["sitemap.xml"]
    assert sorted(_sitemaps(home)["sitemap.xml"]) == ["articles/one/", "articles/three/", "articles/two/"]
    many = {
        "sitemap-2025-12.xml": ["articles/three/"],
        "sitemap-2026-01.xml": ["articles/one/", "articles/two/"],
        "sitemap-2026-02.xml": ["articles/four/"],
        "sitemap-pages.xml": [],
        "sitemap.xml": ["sitemap-pages.xml", "sitemap-2026-02.xml", "sitemap-2026-01.xml", "sitemap-2025-12.xml"],
    }
    home.write({f"{ARTICLES}/four.md": _article("Four", date="2026-02-01")}).built()
    assert {path: sorted(n) if path != "sitemap.xml" else n for path, n in _sitemaps(home).items()} == many
    report = home.write({f"{ARTICLES}/four.md": None}).built()
    assert set(report.deleted) >= set(many) - {"sitemap.xml"}
    assert home.files() == before


def test_sitemap_names_every_page_that_is_to_be_found(home: Home) -> None:
    home.write({"content/pages/imprint.md": "---\ntitle: Imprint\n---\n"}).built()
    named = set(re.findall(r"<loc>https://digest\.example/([^<]*)</loc>", home.files()["sitemap.xml"].decode()))
    pages = {path.removesuffix("index.html") for path in home.files() if path.endswith("index.html")}
    assert named == pages
    home.write({"content/pages/imprint.md": None, "content/pages/other.md": "---\ntitle: Other\n---\n"}).built()
    text = home.files()["sitemap.xml"].decode()
    assert ("/other/<" in text, "/imprint/<" in text) == (True, False)


def test_other_months_sitemaps_are_left_alone(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines, "FEW", 1)
    home.built()
    report = home.write({f"{ARTICLES}/four.md": _article("Four")}).built()
    assert "sitemap-2026-01.xml" in report.written
    assert "sitemap-2025-12.xml" not in home.drawn


def test_words_are_compiled_again_only_when_their_files_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Tag] = []

    def noted(tag: Tag, _: object) -> bytes:
        asked.append(tag)
        return b"compiled"

    monkeypatch.setattr(drawing, "compiled", noted)
    theme, pl = tmp_path / "layouts", Tag("pl")
    with closing(Memory(tmp_path / "memory")) as memory:
        for text, mark in (("a", "1"), ("a", "2"), ("b", "2"), ("b", "3")):
            write(theme, {"words/pl.po": text, "page.html": mark})
            prepare(layouts_of(theme), memory, mark, "v" * 64, [pl, Tag("fr")])
    assert asked == [pl, pl]
