"""The import: what the inbox holds and the ledger does not know becomes articles, and every refusal gets its reason."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import msgspec

from pressfold import content, fingerprint, markup, story
from pressfold.article import Article
from pressfold.config import Config
from pressfold.content import Content
from pressfold.ingest import html, markdown, text
from pressfold.ingest.decode import decode
from pressfold.ingest.describe import Desk, describe
from pressfold.ingest.draft import Draft, Raw, Unreadable
from pressfold.ingest.naming import Namer
from pressfold.ledger import Entry, Ledger
from pressfold.memory import Memory
from pressfold.moment import iso
from pressfold.pages.frame import digest
from pressfold.problem import Problem, Problems
from pressfold.slug import Slug

KINDS = {".txt": "text", ".html": "page", ".htm": "page", ".md": "markdown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """An item that became an article; `told` says which story it tells again, and why."""

    article: Article
    entry: Entry
    draft: Draft
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What an import came to."""

    imported: tuple[Imported, ...] = ()
    refused: tuple[Problem, ...] = ()
    known: int = 0


def extract(raw: Raw, config: Config) -> Draft:
    """The draft of a raw item, by the kind of its file. Raises Unreadable with the reason."""
    kind = KINDS.get(PurePosixPath(raw.file).suffix.lower())
    if kind is None:
        raise Unreadable("not a kind of file that import reads (" + " ".join(KINDS) + ")")
    if not raw.data.strip():
        raise Unreadable("the file is empty")
    if kind == "markdown":
        return markdown.extract(raw)
    if kind == "page" or html.is_page(raw.data):
        return html.extract(raw.data)
    return text.extract(decode(raw.data), config.languages)


def waiting(items: Iterator[Raw | Problem], ledger: Ledger) -> tuple[list[Raw], int, list[Problem]]:
    """(the items that the ledger does not know, how many it knows, what cannot be read); the same bytes count once."""
    new: dict[str, Raw] = {}
    problems: list[Problem] = []
    known = 0
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
        elif item.key in ledger:
            known += 1
        else:
            new.setdefault(item.key, item)
    return list(new.values()), known, problems


class Importer:
    """Turns raw items into articles, one after the other: each may tell the story of one before it."""

    def __init__(
        self, root: Path, config: Config, site: Content, ledger: Ledger, memory: Memory, now: dt.datetime
    ) -> None:
        self._root, self._config, self._ledger, self._memory = root, config, ledger, memory
        self._desk = Desk(config, site.registry, Namer(site.registry), now)
        self._taken: set[str] = set(content.slugs(root))
        self._articles = {article.id: article for article in site.articles}
        self._shelf = story.Shelf(_told(a, self._print(a)) for a in site.articles if a.story)

    def take(self, raw: Raw) -> Imported:
        """Import one item, and write its article. Raises Problems with the reason where that cannot be."""
        where = f"content/{raw.file}"
        earlier = self._revised(raw)
        if earlier and content.current(self._root, earlier) not in ("", earlier.written):
            hint = f"delete {earlier.article} and run pressfold import --again {raw.file} to take the new text"
            raise Problems(
                [Problem(where, 0, f"has changed since it was imported, but {earlier.article} has been edited", hint)]
            )
        try:
            draft = extract(raw, self._config)
        except Unreadable as reason:
            raise Problems([Problem(where, 0, f"not imported: {reason}")]) from None
        article = self._described(draft, raw, earlier)
        print_ = self._print(article)
        told = self._shelf.match(article.id, print_, article.date)
        if article.story is None:
            review = article.review + (("story",) if told and told.weak else ())
            article = replace(article, story=told.story if told else article.slug, review=review)
        written = content.place(self._root, article, over=earlier.written if earlier else "")
        entry = self._entry(raw, article, draft, written)
        if earlier:
            del self._ledger[earlier.key]
        self._ledger[entry.key] = entry
        self._taken.add(article.slug)
        self._articles[article.id] = article
        self._shelf.add(_told(article, print_))
        return Imported(article=article, entry=entry, draft=draft, told=self._why(told, article) if told else "")

    def _revised(self, raw: Raw) -> Entry | None:
        """The entry of a file whose bytes have changed since."""
        return next((entry for entry in self._ledger.values() if entry.file == raw.file), None)

    def _described(self, draft: Draft, raw: Raw, earlier: Entry | None) -> Article:
        if not earlier:
            article = describe(draft, raw, self._desk, self._taken)
            there = self._articles.get(article.id)  # written by a run that was stopped before its ledger was
            return replace(article, path=there.path, added=there.added, story=there.story) if there else article
        article = describe(draft, raw, self._desk, self._taken - {Slug(PurePosixPath(earlier.article).stem)})
        before = self._articles.get(earlier.id)
        added = before.added if before else dt.datetime.fromisoformat(earlier.added)
        return replace(
            article, id=earlier.id, path=earlier.article, added=added, story=before.story if before else None
        )

    def _entry(self, raw: Raw, article: Article, draft: Draft, written: str) -> Entry:
        left: dict[str, list[int]] = {}
        for out in draft.left_out:
            left.setdefault(out.role, []).append(out.line)
        fields = {
            "title": article.title,
            "lang": article.lang,
            "companies": list(article.companies),
            "mentions": list(article.mentions),
            "summary": article.summary,
            "story": article.story,
            "body": digest(article.body),
        }
        return Entry(
            key=raw.key,
            file=raw.file,
            id=article.id,
            added=iso(article.added),
            article=article.path,
            written=written,
            fields=fields,
            left_out=left,
        )

    def _why(self, told: story.Match, article: Article) -> str:
        others = [other for other in self._articles.values() if other.story == told.story and other.id != article.id]
        return f"tells the story of {others[0].path if others else told.story} (shared: {told.reasons})"

    def _print(self, article: Article) -> fingerprint.Print:
        """An article's print, remembered by what it is made of."""
        key = digest(
            f"{fingerprint.VERSION}\0{article.title}\0{article.lang}\0{article.companies}{article.mentions}\0{article.body}"
        )
        kept = self._memory.get("print", key)
        if kept:
            return msgspec.msgpack.decode(kept, type=fingerprint.Print)
        made = fingerprint.of_article(article, markup.text(markup.html(article.body)))
        self._memory.put("print", key, msgspec.msgpack.encode(made))
        return made


def _told(article: Article, print_: fingerprint.Print) -> story.Told:
    return story.Told(article.id, article.story or article.slug, article.date, print_)


def again(root: Path, ledger: Ledger, files: Collection[str]) -> list[Problem]:
    """Forget items so that they are imported anew; refused for an article that has been edited since."""
    problems: list[Problem] = []
    for key, entry in list(ledger.items()):
        if any(entry.file == file or entry.file.startswith(file.rstrip("/") + "/") for file in files):
            if content.current(root, entry) in ("", entry.written):
                del ledger[key]
            else:
                hint = "delete it first to have it made anew"
                problems.append(Problem(entry.article, 0, "has been edited since it was imported", hint))
    return problems


def run(
    importer: Importer, items: Collection[Raw], progress: Callable[[int, int], None]
) -> tuple[list[Imported], list[Problem]]:
    """Import all items; (what was imported, what was refused)."""
    done: list[Imported] = []
    refused: list[Problem] = []
    for number, raw in enumerate(items, 1):
        try:
            done.append(importer.take(raw))
        except Problems as wrong:
            refused += wrong.problems
        progress(number, len(items))
    return done, refused
