"""What content/ says is taken in: only what changed is read, and what that touches is to be drawn."""

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pressfold import article as articles
from pressfold import glance as glances
from pressfold import reading
from pressfold.catalog import ARCHIVE, Catalog, Due
from pressfold.config import Config
from pressfold.glance import Glance, glance
from pressfold.language import Tag
from pressfold.memory import Drawn, Memory
from pressfold.pages import SITEMAP, plan, subjects
from pressfold.pages.frame import Site
from pressfold.problem import Problem, refuse
from pressfold.site import FOLDERS
from pressfold.source import Source
from pressfold.survey import state, survey
from pressfold.update import Small, Taking, small, take_in
from pressfold.words import Words
from tests.conftest import article

CONFIG = Config(title="T", base_url="https://digest.example/", timezone="Europe/Warsaw", search="pagefind")
NOW = dt.datetime(2026, 2, 2, 2, 40, tzinfo=dt.UTC)
LATER = 4_000_000_000_123_456_789  # a clock by which every file is old enough to be known by its state
ARTICLES = "content/articles/2026/01"
COMPANY = "---\nname: Zzyzx\n---\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run did: what it read, what is wrong, and what is to be drawn."""

    seen: Glance
    found: Small
    read: list[str]
    problems: list[Problem]
    dirty: list[str]
    out: list[str]  # the titles of what is out, newest first
    held: list[str]


@dataclass
class Home:
    """A site's folder, and the memory of its runs."""

    root: Path
    work: str = ".pressfold"
    read: list[str] = field(default_factory=list)

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
        return Memory(self.root / self.work)

    def run(
        self,
        config: Config = CONFIG,
        *,
        salt: str = "",
        clock: int = LATER,
        due: Due | None = None,
        theme: dict[str, Path] | None = None,
        **given: Any,
    ) -> Run:
        """One run; after it all is drawn."""
        here = survey(self.root, *FOLDERS)
        elsewhere = {name: state(path) for name, path in (theme or {}).items()}
        self.read.clear()
        with closing(self.memory()) as memory:
            seen = glance(self.root, memory, replace(here, files={**here.files, **elsewhere}), theme or {}, salt)
            found = small(self.root, memory, seen)
            fields: dict[str, Any] = {"frozen": False, "jobs": 1, "progress": lambda what, done, all_: None, **given}
            taking = Taking(root=self.root, config=config, due=due or Due(now=NOW), clock=clock, **fields)
            problems = [*seen.problems, *found.problems, *take_in(taking, memory, seen, found, salt)]
            catalog, dirty = Catalog(memory.database), memory.dirty()
            memory.redraw(dirty, [])
            return Run(
                seen=seen,
                found=found,
                read=sorted(self.read),
                problems=problems,
                dirty=dirty,
                out=[one.title for one in catalog.newest(ARCHIVE)],
                held=[one.title for one in catalog.held()],
            )


def _noted(home: Home, real: Callable[[Path], Any]) -> Callable[[Path], Any]:
    def read(path: Path) -> Any:
        home.read.append(Path(path).relative_to(home.root).as_posix())
        return real(path)

    return read


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A site of two articles, which notes what of it is read."""
    home = Home(tmp_path)
    for module, name in ((reading, "read"), (glances, "read"), (glances, "digest_of")):
        monkeypatch.setattr(module, name, _noted(home, getattr(module, name)))
    home.write({f"{ARTICLES}/a.md": _article("A", date="2026-01-09"), f"{ARTICLES}/b.md": _article("B", lang="pl")})
    yield home


def _article(title: str, **fields: str) -> str:
    return article(title, **{"date": "2026-01-08", **fields})


# What is read.


def test_everything_is_read_once(home: Home) -> None:
    home.write({"content/pages/about.md": "---\ntitle: T\n---\n", "content/media/p.png": "p"})
    first = home.run()
    files = [f"{ARTICLES}/a.md", f"{ARTICLES}/b.md", "content/media/p.png", "content/pages/about.md"]
    assert (first.read, first.problems, first.out) == (files, [], ["A", "B"])
    second = home.run()
    assert (second.read, second.problems, second.dirty, second.out) == ([], [], [], ["A", "B"])
    assert second.found.texts == first.found.texts


def test_first_run_marks_every_subject(home: Home) -> None:
    first = home.run()
    with closing(home.memory()) as memory:
        expected = {*subjects(Catalog(memory.database)), "static", "media"}
    assert set(first.dirty) == expected
    assert {f"article/{ARTICLES}/a.md", "language/pl", "front", SITEMAP, f"{SITEMAP}/2026-01"} <= expected


def test_only_the_file_that_changed_is_read_and_only_what_it_touches_is_marked(home: Home) -> None:
    home.run()
    second = home.write({f"{ARTICLES}/b.md": _article("B", lang="pl", body="Other words.")}).run()
    assert second.read == [f"{ARTICLES}/b.md"]
    assert second.dirty == [f"article/{ARTICLES}/b.md", "feed", "feed/language/pl", "index"]
    third = home.write({f"{ARTICLES}/b.md": _article("Better", lang="pl", body="Other words.")}).run()
    touched = {"front", "archive/2026-01", SITEMAP, f"{SITEMAP}/2026-01", "language/pl", "language/pl/2026-01"}
    assert set(third.dirty) == {*second.dirty, *touched}
    assert third.out == ["A", "Better"]


def test_file_of_another_state_and_the_same_bytes_makes_no_new_card(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.run()
    os.utime(home.root / ARTICLES / "a.md", (1, 1))
    monkeypatch.setattr(articles, "load", None)
    second = home.run()
    assert (second.read, second.problems, second.dirty) == ([f"{ARTICLES}/a.md"], [], [])
    assert home.run().read == []


def test_article_that_comes_and_goes_is_entered_and_taken_out(home: Home) -> None:
    home.run()
    path = f"{ARTICLES}/c.md"
    come = home.write({path: _article("C", date="2026-01-10", companies="[microsoft]")}).run()
    assert (come.read, come.out) == ([path], ["C", "A", "B"])
    gone = home.write({path: None}).run()
    assert (gone.read, gone.out, gone.dirty) == ([], ["A", "B"], come.dirty)
    assert {f"article/{path}", "company/microsoft", "feed/company/microsoft", "companies", "subscribe"} <= {*gone.dirty}


def test_file_that_was_written_in_the_tick_in_which_the_run_began_is_read_again(home: Home) -> None:
    """It may be written once more without its state changing."""
    place = home.root / ARTICLES / "b.md"
    os.utime(home.root / ARTICLES / "a.md", (1, 1))
    clock = place.stat().st_ctime_ns | 1
    home.run(clock=clock)
    assert home.run(clock=clock).read == [f"{ARTICLES}/a.md", f"{ARTICLES}/b.md"]
    assert home.run().read == [f"{ARTICLES}/a.md", f"{ARTICLES}/b.md"]
    assert home.run().read == []


def test_only_markdown_is_an_article(home: Home) -> None:
    home.write({f"{ARTICLES}/note.txt": "x"})
    assert (home.run().problems, home.run().out) == ([], ["A", "B"])


# Companies and settings.


def test_articles_are_read_again_once_a_company_is_added(home: Home) -> None:
    home.write({f"{ARTICLES}/b.md": _article("B", companies="[zzyzx]")})
    wrong = Problem(f"{ARTICLES}/b.md", 7, "unknown company 'zzyzx'", "or add content/companies/zzyzx.md")
    first = home.run()
    assert (first.problems, first.out) == ([wrong], ["A"])
    second = home.write({"content/companies/zzyzx.md": COMPANY}).run()
    assert second.read == [f"{ARTICLES}/a.md", f"{ARTICLES}/b.md", "content/companies/zzyzx.md"]
    assert (second.problems, second.out) == ([], ["A", "B"])
    assert {"company/zzyzx", "front", f"article/{ARTICLES}/a.md"} <= {*second.dirty}
    third = home.write({"content/companies/zzyzx.md": None}).run()
    assert (third.problems, third.out) == ([wrong], ["A"])


def test_other_words_of_a_company_read_no_article_again_and_mark_all(home: Home) -> None:
    home.write({"content/companies/zzyzx.md": COMPANY}).run()
    second = home.write({"content/companies/zzyzx.md": COMPANY.replace("Zzyzx", "Zzyzx Inc.")}).run()
    assert second.read == ["content/companies/zzyzx.md"]
    assert {f"article/{ARTICLES}/a.md", "front", "feed/company/zzyzx"} <= {*second.dirty}
    assert [company.name for company in second.found.declared.values()] == ["Zzyzx Inc."]


def test_articles_of_a_company_whose_file_is_broken_are_not_wrong_as_well(home: Home) -> None:
    home.write(
        {"content/companies/zzyzx.md": "---\nnam: Zzyzx\n---\n", f"{ARTICLES}/b.md": _article("B", companies="[zzyzx]")}
    )
    for _ in range(2):
        run = home.run()
        assert {problem.path for problem in run.problems} == {"content/companies/zzyzx.md"}
        assert (run.out, list(run.found.broken), list(run.found.declared)) == (["A", "B"], ["zzyzx"], [])
    mended = home.write({"content/companies/zzyzx.md": COMPANY}).run()
    assert (mended.problems, list(mended.found.broken), list(mended.found.declared)) == ([], [], ["zzyzx"])


@pytest.mark.parametrize(
    "config",
    [
        replace(CONFIG, timezone="UTC"),
        replace(CONFIG, body="excerpt"),
        replace(CONFIG, sources={"P": Source(body="link")}),
    ],
)
def test_articles_are_read_again_where_their_cards_would_say_something_else(home: Home, config: Config) -> None:
    home.run()
    assert home.run(config).read == [f"{ARTICLES}/a.md", f"{ARTICLES}/b.md"]
    assert home.run(config).read == []


def test_articles_are_read_again_by_another_version(home: Home) -> None:
    first = home.run(salt="1")
    second = home.run(salt="2")
    assert (second.read, second.dirty) == (first.read, first.dirty)
    assert home.run(salt="2").dirty == []


def test_other_settings_read_no_article_again(home: Home) -> None:
    home.run()
    assert home.run(replace(CONFIG, title="Another", languages=(Tag("en"),))).read == []


def test_theme_that_changed_marks_all_and_also_what_is_no_more(home: Home, tmp_path: Path) -> None:
    theme = {"theme/base.html": tmp_path / "base.html"}
    theme["theme/base.html"].write_text("1")
    first = home.run(theme=theme)
    assert home.run(theme=theme).dirty == []
    with closing(home.memory()) as memory:
        memory.redraw([], [Drawn("old/index.html", "company/old", "", "", "", None)])
    theme["theme/base.html"].write_text("other")
    again = home.run(theme=theme)
    assert again.read == ["base.html"]
    assert again.dirty == sorted([*first.dirty, "company/old"])
    assert (again.seen.theme != first.seen.theme, again.seen.scope != first.seen.scope) == (True, True)
    assert home.write({f"{ARTICLES}/a.md": None}).run(theme=theme).seen.scope == again.seen.scope


# What is wrong.


def test_broken_file_is_as_if_it_were_not_there_and_is_read_again_until_it_is_mended(home: Home) -> None:
    home.run()
    broken = home.write({f"{ARTICLES}/b.md": _article("B", lang="x")}).run()
    problem = Problem(f"{ARTICLES}/b.md", 4, "'lang': 'x' is no language tag", "a BCP 47 tag such as en, ar or pt-BR")
    assert (broken.problems, broken.out) == ([problem], ["A"])
    assert {f"article/{ARTICLES}/b.md", "language/pl", "languages"} <= {*broken.dirty}
    still = home.run()
    assert (still.read, still.problems, still.out, still.dirty) == ([f"{ARTICLES}/b.md"], [problem], ["A"], [])
    mended = home.write({f"{ARTICLES}/b.md": _article("B", lang="pl")}).run()
    assert (mended.problems, mended.out, mended.dirty) == ([], ["A", "B"], broken.dirty)


@pytest.mark.parametrize("file", ["content/pages/about.md", "content/companies/zzyzx.md"])
def test_broken_file_that_is_no_article_is_named_in_every_run(home: Home, file: str) -> None:
    good = COMPANY if "companies" in file else "---\ntitle: T\n---\n"
    home.write({file: good}).run()
    home.write({file: "---\nwrong: x\n---\n"})
    first, second = home.run(), home.run()
    assert first.problems == second.problems != []
    assert (second.found.texts, second.found.declared) == ((), {})
    mended = home.write({file: good}).run()
    assert (mended.problems, mended.read[-1]) == ([], file)


def test_file_that_another_version_refuses_is_named_in_every_run(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where no file has changed since a run that found nothing to do."""
    home.run(salt="1")
    assert home.run(salt="1").seen.calm
    real = articles.load

    def stricter(text: str, path: str, known: Any) -> Any:
        if path.endswith("b.md"):
            raise refuse(path, 1, "is refused now")
        return real(text, path, known)

    monkeypatch.setattr(articles, "load", stricter)
    for _ in range(3):
        run = home.run(salt="2")
        assert (run.problems, run.out) == ([Problem(f"{ARTICLES}/b.md", 1, "is refused now")], ["A"])


def test_file_that_lacks_only_what_the_machine_gives_is_completed(home: Home) -> None:
    path = f"{ARTICLES}/c.md"
    run = home.write({path: _article("C", id="", added="")}).run()
    assert (run.problems, sorted(run.out)) == ([], ["A", "B", "C"])
    text = (home.root / path).read_text()
    assert "id: urn:uuid:" in text
    assert "added: 2026-02-02T02:40:00Z" in text
    assert home.run().dirty == []


def test_frozen_run_completes_nothing_and_says_so(home: Home) -> None:
    text = _article("C", id="")
    run = home.write({f"{ARTICLES}/c.md": text}).run(frozen=True)
    hint = "run pressfold build without --frozen, and commit what it writes"
    assert (run.problems, run.out) == ([Problem(f"{ARTICLES}/c.md", 2, "'id' is missing", hint)], ["A", "B"])
    assert (home.root / f"{ARTICLES}/c.md").read_text() == text


# Other files.


def test_page_of_its_own_touches_the_pages_of_their_own_and_the_sitemap(home: Home) -> None:
    home.run()
    path = "content/pages/imprint.md"
    for text in ("---\ntitle: T\n---\n", "---\ntitle: Other\n---\n", None):
        run = home.write({path: text}).run()
        assert run.dirty == [SITEMAP, "texts"]
        assert [page.title for page in run.found.texts] == ([text[11:-5]] if text else [])
    assert home.run().dirty == []


def test_picture_touches_the_pictures_alone(home: Home) -> None:
    home.run()
    for text in ("1", "2", None):
        run = home.write({"content/media/p.png": text}).run()
        assert (run.dirty, run.seen.changed("content/media")) == (["media"], True)
    home.write({"content/media/p.png": "1"}).run()
    os.utime(home.root / "content/media/p.png", (1, 1))
    touched = home.run()
    assert (touched.read, touched.dirty, touched.seen.changed("content/media")) == (["content/media/p.png"], [], False)


# The clock.


def test_held_article_comes_out_when_the_clock_passes_and_no_file_is_read(home: Home) -> None:
    home.write({f"{ARTICLES}/b.md": _article("B", date="2026-02-03")})
    first = home.run()
    assert (first.out, first.held) == (["A"], ["B"])
    before = home.run(due=Due(now=dt.datetime(2026, 2, 2, 22, 59, 59, tzinfo=dt.UTC)))
    assert (before.out, before.dirty) == (["A"], [])
    after = home.run(due=Due(now=dt.datetime(2026, 2, 2, 23, 0, 0, tzinfo=dt.UTC)))
    assert (after.out, after.held, after.read) == (["B", "A"], [], [])
    assert {f"article/{ARTICLES}/b.md", "front", "archive/2026-02", "archive"} <= {*after.dirty}
    again = home.run()
    assert (again.out, again.held, again.dirty) == (["A"], ["B"], after.dirty)


def test_draft_comes_out_where_drafts_are_asked_for(home: Home) -> None:
    home.write({f"{ARTICLES}/b.md": _article("B", draft="true")})
    assert home.run().held == ["B"]
    asked = home.run(due=Due(now=NOW, drafts=True))
    assert (asked.out, asked.read) == (["A", "B"], [])
    assert home.run().held == ["B"]


# Whole or not at all.


def test_run_that_stops_has_taken_in_nothing(home: Home) -> None:
    home.run()
    home.write({f"{ARTICLES}/a.md": None, f"{ARTICLES}/b.md": _article("Other")})

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        home.run(progress=stop)
    with closing(home.memory()) as memory:
        assert memory.dirty() == []
        assert len(list(Catalog(memory.database).newest(ARCHIVE))) == 2
    assert home.run().out == ["Other"]


def test_many_articles_are_read_by_processes_as_by_one(tmp_path: Path) -> None:
    told: list[list[tuple[str, int, int]]] = []
    outcomes = []
    for jobs in (1, 2):
        home, said = Home(tmp_path / str(jobs)), list[tuple[str, int, int]]()
        files = {f"{ARTICLES}/n{n}.md": _article(f"N{n}", lang="x" if n == 321 else "en") for n in range(460)}
        run = home.write({**files}).run(jobs=jobs, progress=lambda *of, said=said: said.append(of))
        outcomes.append((run.out, run.problems, run.dirty, len(run.out)))
        told.append(said)
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][3] == 459
    assert told == [[("Reading", done, 460) for done in (160, 320, 460)]] * 2


# Whatever happens: what is out is what a new memory would say, and no page changes whose subject is not marked.

FIELDS = st.fixed_dictionaries(
    {
        "lang": st.sampled_from(["en", "pl", "x"]),
        "date": st.sampled_from(["", "2025-12-31", "2026-01-09", "2026-02-03"]),
        "companies": st.sampled_from(["", "[zzyzx]", "[microsoft]", "[google, microsoft]"]),
        "mentions": st.sampled_from(["", "[google]"]),
        "story": st.sampled_from(["", "s", "t"]),
        "draft": st.sampled_from(["", "true"]),
        "body": st.sampled_from(["Words.", "Other words."]),
    }
)


def _texts(name: str) -> st.SearchStrategy[str]:
    titles = st.sampled_from(["One", "Other"])
    return st.builds(lambda title, fields: _article(title, id=f"urn:{name}", **fields), titles, FIELDS)


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        **{f"{ARTICLES}/{name}.md": st.one_of(st.none(), _texts(name)) for name in "abcd"},
        "content/companies/zzyzx.md": st.sampled_from([None, COMPANY, "---\nnam: x\n---\n"]),
        "content/pages/imprint.md": st.sampled_from([None, "---\ntitle: T\n---\n"]),
    },
)
DUES = st.builds(Due, now=st.sampled_from([NOW, NOW + dt.timedelta(days=2)]), drafts=st.booleans())


def _pages(home: Home, found: Small) -> dict[str, tuple[str, bytes]]:
    """Every page but the sitemap by its address: its subject, and its view."""
    with closing(home.memory()) as memory:
        site = Site(
            config=CONFIG,
            catalog=Catalog(memory.database),
            registry=found.registry,
            declared=found.declared,
            texts=found.texts,
            words=Words({}),
        )
        asked = [subject for subject in subjects(site.catalog, found.declared) if subject != SITEMAP]
        return {
            f"{page.address} of {subject}": (subject, msgspec.msgpack.encode(page.view))
            for subject in asked
            for page in plan(site, subject)
        }


def _clock(home: Home) -> int:
    (home.root / "clock").write_text("")
    return (home.root / "clock").stat().st_mtime_ns


@given(st.lists(st.tuples(CHANGES, DUES), min_size=2, max_size=4))
@settings(max_examples=40)
def test_catalog_is_always_that_of_a_new_memory_and_every_change_of_a_page_is_marked(
    tmp_path_factory: pytest.TempPathFactory, steps: Sequence[tuple[dict[str, str | None], Due]]
) -> None:
    home = Home(tmp_path_factory.mktemp("site"))
    before: dict[str, tuple[str, bytes]] = {}
    for number, (changes, due) in enumerate(steps):
        home.write({path: text for path, text in changes.items() if text or (home.root / path).exists()})
        run = home.run(clock=_clock(home), due=due)
        pages = _pages(home, run.found)
        with closing(home.memory()) as memory:
            memory.redraw(
                run.dirty, [Drawn(key, of, "", "", "", None) for key, (of, _) in pages.items() if of in run.dirty]
            )
        anew = Home(home.root, work=f".anew-{number}")
        fresh = anew.run(clock=_clock(home), due=due)
        assert _pages(anew, fresh.found) == pages
        assert (fresh.out, fresh.held) == (run.out, run.held)
        assert sorted(map(str, fresh.problems)) == sorted(map(str, run.problems))
        changed = {key for key in before.keys() | pages.keys() if before.get(key) != pages.get(key)}
        marked = {(before.get(key) or pages[key])[0] for key in changed}
        assert marked <= {*run.dirty}
        before = pages
