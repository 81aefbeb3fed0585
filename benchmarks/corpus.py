"""Articles made by rule from a seed, the same on every machine, in each builder's own form; and what an editor does to them.

python -m benchmarks.corpus FOLDER --flavour pressfold --articles 1000     a whole site, to look at or to build by hand
"""

import argparse
import datetime as dt
import functools
import json
import random
import re
import shutil
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
LANGUAGES = {"en": 50, "pl": 20, "it": 15, "ar": 15}  # per cent
PLACES = "Aldermoor Brackwater Caldergate Dunmere Eskholm Fenwick Garrowby Halden".split()
TRADES = "Grid Freight Foods Bank Optics".split()
COMPANIES = [f"{place} {trade}" for trade in TRADES for place in PLACES]
ZIPF = [1 / rank for rank in range(1, len(COMPANIES) + 1)]
SOURCES = ["The Quayside Post", "Works & Days", "Kurier Portowy", "La Voce del Molo", "بريد الميناء", "Ledger 24"]
START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
SPAN = dt.timedelta(days=731)
BYTES = (3500, 600)  # of a body before its extras: mean and deviation
NAME = "The Benchmark Digest"  # the site's name; stands once in every peer's configuration


@dataclass(frozen=True)
class Article:
    """An article before it takes a builder's form."""

    slug: str
    title: str
    lang: str
    moment: dt.datetime
    companies: tuple[str, ...]
    source: str
    address: str
    summary: str
    body: str


@functools.cache
def words(lang: str) -> list[str]:
    """The words of a language's prose."""
    return (HERE / "words" / f"{lang}.txt").read_text("utf-8").split()


def slug(name: str) -> str:
    """A company's place in addresses."""
    return name.lower().replace(" ", "-")


@dataclass(frozen=True)
class Prose:
    """Sentences of one language, drawn from one article's dice."""

    dice: random.Random
    words: Sequence[str]

    def phrase(self, least: int, most: int) -> str:
        """Some words, the first with a capital."""
        drawn = " ".join(self.dice.choices(self.words, k=self.dice.randint(least, most)))
        return drawn[:1].upper() + drawn[1:]

    def sentence(self, mark: str = "{}") -> str:
        """A sentence; `mark` is what two words in its middle are put into."""
        return f"{self.phrase(4, 9)} {mark.format(self.phrase(2, 2).lower())} {self.phrase(2, 6).lower()}."

    def sentences(self, count: int) -> str:
        """Sentences in a row."""
        return " ".join(self.sentence() for _ in range(count))

    def body(self, size: int) -> str:
        """Markdown of about so many bytes: paragraphs, links, emphasis, one heading, one quote and one list."""
        before, after = (f"[{{}}](https://news.example.com/{self.dice.randrange(10**6)}/)" for _ in range(2))
        blocks = [f"{self.sentence(mark)} {self.sentences(4)}" for mark in (before, "*{}*", after, "**{}**")]
        blocks.insert(1, f"## {self.phrase(3, 6)}")
        blocks.insert(3, f"> {self.sentences(2)}")
        blocks.insert(5, "\n".join(f"- {self.phrase(4, 8)}" for _ in range(self.dice.randint(3, 5))))
        length = sum(len(block.encode()) for block in blocks)
        while length < size:
            blocks.append(self.sentences(self.dice.randint(4, 7)))
            length += len(blocks[-1].encode())
        return "\n\n".join(blocks) + "\n"

    def title(self, company: str) -> str:
        """A headline: plain, or with what must be quoted or escaped."""
        plain = self.phrase(6, 11)
        forms = {
            plain: 64,
            f"{company}: {plain}": 16,
            f"{plain} & {self.phrase(2, 3)}": 10,
            f'"{self.phrase(2, 4)}", {plain}': 10,
        }
        return self.dice.choices(list(forms), list(forms.values()))[0]


@dataclass(frozen=True)
class Corpus:
    """So many articles, the oldest first; an article beyond them is a newcomer, later than all of them."""

    size: int
    seed: int = 1

    def moment(self, number: int, within: float) -> dt.datetime:
        """When an article was published: newcomers hour by hour, so that not even those of a small corpus lie ahead of us."""
        if number >= self.size:
            return START + SPAN + dt.timedelta(hours=number - self.size)
        return (START + SPAN * ((number + within) / self.size)).replace(microsecond=0)

    def article(self, number: int) -> Article:
        """The article at a place in time."""
        dice = random.Random(f"{self.seed} {number}")
        lang = dice.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
        prose = Prose(dice, words(lang))
        about = dict.fromkeys(dice.choices(COMPANIES, ZIPF, k=dice.choices((1, 2, 3), (60, 30, 10))[0]))
        return Article(
            slug=f"{'-'.join(dice.choices(words('en'), k=4))}-{number}",
            title=prose.title(next(iter(about))),
            lang=lang,
            moment=self.moment(number, dice.random()),
            companies=tuple(about),
            source=dice.choice(SOURCES),
            address=f"https://news.example.com/{number}/",
            summary=prose.sentences(2),
            body=prose.body(round(max(1500, dice.gauss(*BYTES)))),
        )


def quoted(text: str) -> str:
    """A scalar of YAML."""
    return json.dumps(text, ensure_ascii=False)


def front_matter(article: Article, lines: dict[str, str]) -> str:
    """A file with YAML above its text."""
    return "---\n" + "".join(f"{key}: {text}\n" for key, text in lines.items()) + f"---\n\n{article.body}"


def pressfold(article: Article) -> str:
    """An article as Pressfold reads it."""
    lines = {
        "id": uuid.uuid5(uuid.NAMESPACE_URL, article.slug).urn,
        "title": quoted(article.title),
        "lang": article.lang,
        "date": f"{article.moment:%Y-%m-%d}",
        "added": f"{article.moment:%Y-%m-%dT%H:%M:%SZ}",
        "companies": f"[{', '.join(map(slug, article.companies))}]",
        "source": f"{{name: {quoted(article.source)}, url: {quoted(article.address)}}}",
        "summary": quoted(article.summary),
    }
    return front_matter(article, lines)


def plain_yaml(article: Article, language: str) -> str:
    """An article as Hugo and Eleventy read it; `language` is the key of its language."""
    lines = {
        "title": quoted(article.title),
        language: article.lang,
        "date": f"{article.moment:%Y-%m-%dT%H:%M:%SZ}",
        "companies": f"[{', '.join(map(quoted, article.companies))}]",
        "source": quoted(article.source),
        "source_url": quoted(article.address),
        "summary": quoted(article.summary),
    }
    return front_matter(article, lines)


def pelican(article: Article) -> str:
    """An article as Pelican reads it: plain lines, no YAML; companies are its tags."""
    lines = {
        "title": article.title,
        "slug": article.slug,
        "lang": article.lang,
        "date": f"{article.moment:%Y-%m-%dT%H:%M:%SZ}",
        "tags": ", ".join(article.companies),
        "source": article.source,
        "source_url": article.address,
        "summary": article.summary,
    }
    return "".join(f"{key}: {text}\n" for key, text in lines.items()) + f"\n{article.body}"


@dataclass(frozen=True)
class Flavour:
    """The form of a builder's sites."""

    written: Callable[[Article], str]  # an article's file
    yaml: bool  # whether its title is a scalar of YAML
    config: str  # the file in which the site's name stands
    layout: str  # the layout through which every page is drawn


FLAVOURS = {
    "pressfold": Flavour(pressfold, True, "config.yaml", "layouts/base.html"),
    "hugo": Flavour(lambda article: plain_yaml(article, "language"), True, "hugo.toml", "layouts/baseof.html"),
    "eleventy": Flavour(lambda article: plain_yaml(article, "lang"), True, "eleventy.config.js", "page.js"),
    "pelican": Flavour(pelican, False, "pelicanconf.py", "theme/templates/base.html"),
}


@dataclass(frozen=True)
class Change:
    """What was done to a site: the page of its output that must show it, by which words; or the article that must be gone."""

    page: str
    words: str = ""
    gone: str = ""


@dataclass(frozen=True)
class Site:
    """A corpus laid out in a folder for one builder. What is done to it is counted by `turn`, so that no two are the same."""

    root: Path
    flavour: str
    corpus: Corpus

    @property
    def form(self) -> Flavour:
        """How this builder wants it."""
        return FLAVOURS[self.flavour]

    def path(self, article: Article) -> Path:
        """Where an article's file is."""
        month = f"{article.moment:%Y/%m}/" if self.flavour == "pressfold" else ""
        return self.root / "content" / "articles" / f"{month}{article.slug}.md"

    def page(self, article: Article) -> str:
        """Where an article's page is, in the output."""
        return f"articles/{article.slug}/index.html"

    def write(self, article: Article) -> None:
        """Write an article's file."""
        path = self.path(article)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.form.written(article), "utf-8")

    def lay_out(self, peer: Path) -> None:
        """Make the site anew: what a peer's folder holds, and the articles."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(peer, self.root)
        if self.flavour == "pressfold":
            companies = self.root / "content" / "companies"
            companies.mkdir(parents=True)
            for name in COMPANIES:
                (companies / f"{slug(name)}.md").write_text(f"---\nname: {name}\n---\n", "utf-8")
            (self.root / self.form.layout).parent.mkdir()
            shutil.copyfile(PROJECT / self.form.layout, self.root / self.form.layout)
        for number in range(self.corpus.size):
            self.write(self.corpus.article(number))

    def edit_body(self, turn: int) -> Change:
        """Add a paragraph to an article from the middle of the archive."""
        article = self.corpus.article(self.corpus.size // 2)
        mark = f"Paragraph {turn} joined later."
        with self.path(article).open("a", encoding="utf-8") as file:
            file.write(f"\n{mark} {Prose(random.Random(turn), words(article.lang)).sentences(4)}\n")
        return Change(self.page(article), mark)

    def edit_title(self, turn: int) -> Change:
        """Give another title to an article from the older half of the archive."""
        article = self.corpus.article(self.corpus.size // 3)
        title = f"Title {turn} came later: {article.companies[0]}"
        line = f"title: {quoted(title) if self.form.yaml else title}"
        path = self.path(article)
        path.write_text(
            re.sub(r"^title: .*$", lambda _: line, path.read_text("utf-8"), count=1, flags=re.MULTILINE), "utf-8"
        )
        return Change(self.page(article), title)

    def add(self, turn: int) -> Change:
        """Add an article, the newest of all."""
        article = self.corpus.article(self.corpus.size + turn)
        self.write(article)
        return Change("index.html", article.slug)

    def delete(self, turn: int) -> Change:
        """Delete one of the newest articles, which the front page and the feeds had."""
        article = self.corpus.article(self.corpus.size - 1 - turn)
        self.path(article).unlink()
        return Change("index.html", gone=article.slug)

    def change_layout(self, turn: int) -> Change:
        """Change the layout through which every page is drawn."""
        mark = f'<meta name="edition" content="{turn}">'
        path = self.root / self.form.layout
        text = re.sub(r'<meta name="edition" content="\d+">\n', "", path.read_text("utf-8"))
        path.write_text(text.replace("</head>", f"{mark}\n</head>", 1), "utf-8")
        return Change(self.page(self.corpus.article(0)), mark)

    def change_config(self, turn: int) -> Change:
        """Give the site another name."""
        name = f"{NAME} {turn}"
        path = self.root / self.form.config
        path.write_text(re.sub(rf"{NAME}(?: \d+)?", name, path.read_text("utf-8"), count=1), "utf-8")
        return Change("index.html", name)


def main() -> None:
    """Lay a site out."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--flavour", choices=FLAVOURS, default="pressfold")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.folder.exists():
        parser.error(f"{given.folder} is already there")
    Site(given.folder, given.flavour, Corpus(given.articles, given.seed)).lay_out(HERE / "peers" / given.flavour)


if __name__ == "__main__":
    main()
