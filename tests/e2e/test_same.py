"""Same input, same bytes: incremental output equals a clean build after any edits, on any machine."""

import datetime as dt
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pressfold import update, workers
from pressfold.options import Options
from pressfold.pipeline import building
from tests.conftest import CONFIG, NOW, PROJECT, Site, article
from tests.e2e.running import TORTURE

MOMENT = dt.datetime.fromtimestamp(NOW, dt.UTC)
STEPS = 200 if TORTURE else 30
SEEDS = (1, 2, 3)
WORDS = "letter contract worker agency meeting answer petition camera border union board silence".split()
COMPANIES = ("microsoft", "google", "amazon", "palantir", "own-works")
LANGUAGES = ("en", "de", "ar", "pt-BR")
SOURCES = ("The Paper", "THE PAPER", "A.b", "A b", "صحيفة")
LAYOUTS = ("article.html", "front.html", "base.html", "parts/item.html", "sitemap.xml")


class Editor:
    """One who changes a site at random, a step at a time, and can say what was done."""

    def __init__(self, site: Site, seed: int) -> None:
        self.site, self.draw = site, random.Random(seed)
        self.made = 0
        self.now = MOMENT
        self.own = "own-works"  # the company of the site's own
        self.done: list[str] = []

    def step(self) -> None:
        """Make one change."""
        kinds: list[Callable[[], str]] = [
            self.add, self.add, self.change_body, self.change_title, self.rename, self.delete, self.change_config,
            self.change_layout, self.change_company, self.draft, self.change_picture, self.change_page, self.retell, self.drop_in,
            self.date_ahead, self.set_clock, self.rename_company, self.move, self.swap, self.change_source,
            self.call_company, self.merge_company,
        ]  # fmt: skip
        self.done.append(self.draw.choice(kinds)())

    def _some(self) -> Path | None:
        paths = self.site.articles()
        return self.draw.choice(paths) if paths else None

    def _companies(self) -> tuple[str, ...]:
        return tuple(self.own if name == "own-works" else name for name in COMPANIES)

    def _words(self, count: int) -> str:
        return " ".join(self.draw.choice(WORDS) for _ in range(count))

    def _with(self, old: str, new: Callable[[str], str]) -> str:
        """Change the line of an article that begins with `old`, or add it."""
        path = self._some()
        if not path:
            return self.add()
        head, _, body = path.read_text("utf-8").removeprefix("---\n").partition("---\n")
        lines = [line for line in head.splitlines() if not line.startswith(old)]
        before = next((line for line in head.splitlines() if line.startswith(old)), "")
        path.write_text("---\n" + "\n".join([*lines, new(before)]).strip("\n") + f"\n---\n{body}", "utf-8")
        return f"{old} of {path.name}"

    def add(self) -> str:
        """A new article."""
        self.made += 1
        month, day = self.draw.randint(1, 12), self.draw.randint(1, 28)
        name = f"content/articles/2025/{month:02}/a-{self.made}.md"
        fields = {
            "lang": self.draw.choice(LANGUAGES),
            "date": f"2025-{month:02}-{day:02}" if self.draw.random() < 0.8 else "",
            "added": f"2026-01-{day:02}T08:00:00Z",
            "companies": f"[{', '.join(self.draw.sample(self._companies(), self.draw.randint(1, 2)))}]",
            "mentions": f"[{self.draw.choice(self._companies())}]" if self.draw.random() < 0.5 else "",
            "story": f"story-{self.draw.randint(1, 4)}" if self.draw.random() < 0.5 else "",
            "redirects": f"[old/{self.made}]" if self.draw.random() < 0.2 else "",
            "summary": self._words(9) if self.draw.random() < 0.5 else "",
            "source": self._source() if self.draw.random() < 0.7 else "",
        }
        self.site.write({name: article(f"Title {self.made} {self._words(3)}", body=self._words(80), **fields)})
        return f"add {name}"

    def _source(self) -> str:
        url = f"https://{self.draw.choice(('a', 'b'))}.example/{self.made}"
        return f"{{name: {self.draw.choice(SOURCES)}, url: '{url}'}}"

    def change_source(self) -> str:
        """Another source, or none."""
        return self._with("source:", lambda _: f"source: {self._source()}" if self.draw.random() < 0.8 else "")

    def change_body(self) -> str:
        """Other words in an article."""
        path = self._some()
        if not path:
            return self.add()
        path.write_text(path.read_text("utf-8") + f"\nAnd ![p](../../../media/p.png) {self._words(5)}.\n", "utf-8")
        return f"body of {path.name}"

    def change_title(self) -> str:
        """Another title."""
        return self._with("title:", lambda _: f"title: {self._words(4)}")

    def retell(self) -> str:
        """Another story."""
        return self._with("story:", lambda _: f"story: story-{self.draw.randint(1, 4)}")

    def draft(self) -> str:
        """A draft published, or an article made a draft."""
        return self._with("draft:", lambda before: "" if before else "draft: true")

    def rename(self) -> str:
        """Another address."""
        path = self._some()
        if not path:
            return self.add()
        self.made += 1
        path.rename(path.with_name(f"renamed-{self.made}.md"))
        return f"rename {path.name}"

    def delete(self) -> str:
        """An article less."""
        path = self._some()
        if not path:
            return self.add()
        path.unlink()
        return f"delete {path.name}"

    def change_config(self) -> str:
        """Another title or way of the site."""
        extra = self.draw.choice(
            (
                "body: excerpt\n",
                "feeds: {limit: 2}\n",
                "language: de\n",
                "copyright: Us\n",
                "markup: {engine: commonmark}\n",
                "markup: {engine: commonmark}\nbody: excerpt\n",
                "",
            )
        )
        self.site.write({"config.yaml": CONFIG.replace("A test digest", self._words(3)) + extra})
        return f"config {extra.strip()}"

    def change_layout(self) -> str:
        """A layout of the site's own, changed, or given back to the theme."""
        name = self.draw.choice(LAYOUTS)
        own = self.site.root / "layouts" / name
        if own.exists() and self.draw.random() < 0.4:
            own.unlink()
            return f"layout {name} gone"
        text = (PROJECT / "layouts" / name).read_text("utf-8")
        self.site.write({f"layouts/{name}": text + f"{{# {self._words(2)} #}}\n<!-- {self._words(2)} -->\n"})
        return f"layout {name}"

    def change_company(self) -> str:
        """A company's text, name and links."""
        name = self.draw.choice(self._companies())
        head = f"---\nname: {name.title()} {self._words(1)}\nlinks: {{web: 'https://{name}.example/'}}\n---\n"
        self.site.write({f"content/companies/{name}.md": f"{head}\n{self._words(12)}\n"})
        return f"company {name}"

    def rename_company(self) -> str:
        """The site's own company under another address, in every article too."""
        self.made += 1
        old, self.own = self.own, f"own-works-{self.made}"
        folder = self.site.root / "content/companies"
        (folder / f"{old}.md").rename(folder / f"{self.own}.md")
        for path in self.site.articles():
            text = path.read_text("utf-8")
            if re.search(rf"\b{old}\b", text):
                path.write_text(re.sub(rf"\b{old}\b(?!-)", self.own, text), "utf-8")
        return f"company {old} renamed to {self.own}"

    def call_company(self) -> str:
        """The site's own company under another address; no article is touched."""
        self.made += 1
        folder = self.site.root / "content/companies"
        file, new = folder / f"{self.own}.md", f"own-works-{self.made}"
        text = file.read_text("utf-8")
        before = re.findall(r"^formerly: \[(.*)\]\n", text, re.MULTILINE)
        rest = re.sub(r"^formerly: .*\n", "", text, flags=re.MULTILINE)
        said = f"formerly: [{', '.join([*before, self.own])}]\n"
        (folder / f"{new}.md").write_text(rest.replace("---\n", f"---\n{said}", 1), "utf-8")
        file.unlink()
        old, self.own = self.own, new
        return f"company {old} called {new}"

    def merge_company(self) -> str:
        """A built-in company taken in by the site's own, or let go again."""
        file = self.site.root / f"content/companies/{self.own}.md"
        text = file.read_text("utf-8")
        also = "" if "also:" in text else "also: [palantir]\n"
        rest = text.replace("also: [palantir]\n", "")
        file.write_text(rest.replace("---\n", f"---\n{also}", 1), "utf-8")
        return f"merged into {self.own}: {also}"

    def drop_in(self) -> str:
        """A raw article in the inbox."""
        self.made += 1
        who = self.draw.choice(("Microsoft", "Google", "Amazon"))
        text = f"Workers ask {who} for an answer about {self._words(3)}\n\n" + "".join(
            f"Several hundred workers of {who} have asked it to drop the {self._words(6)}, a letter says. "
            for _ in range(4)
        )
        self.site.write({f"content/inbox/raw-{self.made}.txt": text + "\n"})
        return f"inbox raw-{self.made}"

    def date_ahead(self) -> str:
        """An article of one of the next days."""
        return self._with("date:", lambda _: f"date: {(self.now + self._days(1, 4)).date()}")

    def set_clock(self) -> str:
        """Some days later, or earlier."""
        self.now += self._days(-3, 6)
        return f"clock {self.now}"

    def _days(self, least: int, most: int) -> dt.timedelta:
        return dt.timedelta(days=self.draw.randint(least, most))

    def move(self) -> str:
        """An article in the folder of another month."""
        path = self._some()
        if not path:
            return self.add()
        target = self.site.root / f"content/articles/2024/{self.draw.randint(1, 12):02}" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
        return f"move {path.name} to {target.parent.name}"

    def swap(self) -> str:
        """Two articles, each under the other's name."""
        one, two = self._some(), self._some()
        if not one or not two or one == two:
            return self.add()
        aside = one.with_suffix(".aside")
        one.rename(aside)
        two.rename(one)
        aside.rename(two)
        return f"swap {one.name} and {two.name}"

    def change_picture(self) -> str:
        """Another picture."""
        self.site.write({"content/media/p.png": self._words(3)})
        return "picture"

    def change_page(self) -> str:
        """A page of the site's own: there, changed, or gone."""
        page = self.site.root / "content/pages/more.md"
        if page.exists() and self.draw.random() < 0.5:
            page.unlink()
            return "page gone"
        self.site.write({"content/pages/more.md": f"---\ntitle: {self._words(2)}\n---\n\n{self._words(9)}\n"})
        return "page"


def seen(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and every folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else b"folder" for p in folder.rglob("*")}


@pytest.mark.parametrize("seed", SEEDS)
def test_incremental_output_equals_a_clean_build_after_each_step(
    site: Site, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if seed == SEEDS[-1]:  # with workers, however little there is to do
        monkeypatch.setattr(update, "_CHUNK", 3)
        monkeypatch.setattr(workers, "_FORKS", 0)
    site.write({"content/companies/own-works.md": "---\nname: Own Works\n---\n"})
    editor = Editor(site, seed)
    fresh = tmp_path / "fresh"
    for _ in range(STEPS):
        editor.step()
        said = building.build(Options(root=site.root, now=editor.now, jobs=2))
        assert said.problems == (), editor.done
        shutil.rmtree(fresh, ignore_errors=True)
        building.build(Options(root=site.root, now=editor.now, output=fresh, cache=False, jobs=1))
        assert seen(site.output) == seen(fresh), editor.done
    again = building.build(Options(root=site.root, now=editor.now))
    assert again.report
    assert again.report.written == ()


def test_a_build_after_flags_equals_a_clean_one(site: Site, tmp_path: Path) -> None:
    """Drafts, another address, another folder: what one run remembers serves no other wrongly."""
    editor = Editor(site.write({"content/companies/own-works.md": "---\nname: Own Works\n---\n"}), 99)
    for _ in range(12):
        editor.add()
    editor.draft()
    given: list[dict[str, object]] = [
        {}, {"drafts": True}, {}, {"base_url": "https://b.example/"}, {"cache": False}, {},
        {"output": tmp_path / "two"}, {"output": tmp_path / "two", "drafts": True}, {},
    ]  # fmt: skip
    for turn, flags in enumerate(given):
        building.build(Options(root=site.root, now=MOMENT, **flags))  # type: ignore[arg-type]
        fresh = tmp_path / f"fresh-{turn}"
        building.build(Options(root=site.root, now=MOMENT, **{**flags, "output": fresh, "cache": False}))  # type: ignore[arg-type]
        assert seen(Path(str(flags.get("output", site.output)))) == seen(fresh), flags


def test_a_file_that_a_layout_includes_by_a_computed_name_counts_too(site: Site) -> None:
    layout = '{% set name = "parts/" ~ "more" ~ ".html" %}\n<p>{% include name %}</p>\n'
    site.write({"layouts/404.html": layout, "layouts/parts/more.html": "one"})
    building.build(Options(root=site.root, now=MOMENT))
    assert site.page("404.html") == "<p>one</p>\n"
    site.write({"layouts/parts/more.html": "two"})
    building.build(Options(root=site.root, now=MOMENT))
    assert site.page("404.html") == "<p>two</p>\n"


def test_a_static_file_that_a_layout_names_counts_too(site: Site) -> None:
    site.write({"layouts/static/style.css": "p { color: red }\n", "content/articles/2026/01/a.md": article()})
    building.build(Options(root=site.root, now=MOMENT))
    site.write({"layouts/static/style.css": "p { color: blue }\n"})
    building.build(Options(root=site.root, now=MOMENT))
    (name,) = (name for name in site.tree() if name.startswith("static/style-"))
    assert name in site.page("articles/a/index.html")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"PYTHONHASHSEED": "0"}, {"PYTHONHASHSEED": "4711"}),
        ({"TZ": "Pacific/Kiritimati"}, {"TZ": "Pacific/Honolulu"}),
        ({"LC_ALL": "C", "LANG": "C"}, {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}),
    ],
)
def test_folder_hash_seed_time_zone_and_locale_change_no_byte(
    tmp_path: Path, one: dict[str, str], two: dict[str, str]
) -> None:
    trees = []
    for place, environment in (("here", one), ("there/and far", two)):
        site = Site(tmp_path / place).write({"config.yaml": CONFIG})
        site.write({"content/companies/own-works.md": "---\nname: Own Works\n---\n"})
        editor = Editor(site, 5)
        for _ in range(15):
            editor.add()
        site.write(
            {
                "content/articles/2026/01/now.md": article("Now", date="2026-02-02T01:30:00+00:00"),
                "content/articles/2026/01/by-hand.md": "---\ntitle: By hand\nlang: en\n---\n\nWords.\n",
                "content/inbox/one.txt": "Workers ask Google, Amazon and Microsoft\n\nSeveral hundred workers of Google, "
                "Amazon and Microsoft have asked their companies to drop the contract with the agency, a letter says.\n",
            }
        )
        said = site.build(environment=environment)
        assert (said.code, said.err) == (0, "")
        trees.append((site.tree(), site.tree("content")))
    assert trees[0] == trees[1]
