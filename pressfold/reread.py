"""Articles read again for companies whose names are others than they were: the machine's word follows, a person's stays."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from pressfold import content, markup
from pressfold.amend import amend
from pressfold.article import REVIEWABLE, Article
from pressfold.ingest import confidence
from pressfold.ingest.naming import Namer
from pressfold.ingest.subject import Subject, subject
from pressfold.ledger import Entry, Ledger
from pressfold.registry import Registry, present
from pressfold.slug import Slug
from pressfold.survey import digest
from pressfold.yamltext import Plain, alike

KEYS = ("companies", "mentions")
_HEADED = "\0"
_HEADING = re.compile(r"<h(\d)(?: [^>]*)?>.*?</h\1>", re.DOTALL)


class Reread(msgspec.Struct, frozen=True, kw_only=True):
    """An article of which its text says something else now: what its file said, and what is found.

    `kept` says why the file stays as it is; empty where it follows.
    """

    path: str
    before: dict[str, tuple[Slug, ...]]
    after: dict[str, tuple[Slug, ...]]
    kept: str = ""


class Rereading:
    """Reads articles again, with the ledger of what the machine said of them. A `dry` one writes nothing."""

    def __init__(self, root: Path, registry: Registry, slugs: Collection[Slug], *, dry: bool = False) -> None:
        self._root, self._registry, self._slugs, self._dry = root, registry, frozenset(slugs), dry
        self._namer = Namer(registry)
        self._scent = Namer({slug: registry[slug] for slug in self._slugs})
        self._ledger: Ledger = content.read_ledger(root)
        self._of = {entry.id: key for key, entry in self._ledger.items()}

    def run(self, articles: Iterable[Article]) -> Iterator[Reread]:
        """Every article that is concerned and says something else now; the ledger follows at the end."""
        try:
            for article in articles:
                if self._concerned(article) and (found := self._read(article)):
                    yield found
        finally:
            if not self._dry:
                content.write_ledger(self._root, self._ledger)

    def _concerned(self, article: Article) -> bool:
        """Whether one of the names stands in the text, or one of the companies in the file."""
        said = present((*article.companies, *article.mentions), self._registry.former)
        return not self._slugs.isdisjoint(said) or self._scent.scents(f"{article.title}\n{article.body}")

    def _read(self, article: Article) -> Reread | None:
        paragraphs = running(article.body)
        found = subject(self._namer, self._registry, article.title, list(paragraphs.values()), article.lang)
        former = self._registry.former
        before = {"companies": present(article.companies, former), "mentions": present(article.mentions, former)}
        after = {"companies": found.about, "mentions": found.mentions}
        entry = self._ledger.get(self._of.get(article.id, ""))
        kept = _kept(article, entry)
        if entry and not kept and not self._dry:
            entry = entry if before == after else self._follow(article, entry, found)
            self._ledger[entry.key] = _explained(entry, found, list(paragraphs))
        return Reread(path=article.path, before=before, after=after, kept=kept) if before != after else None

    def _follow(self, article: Article, entry: Entry, found: Subject) -> Entry:
        """Write what is found; the entry that remembers it. In a file that was edited it is for a person to confirm."""
        file = self._root / article.path
        data = file.read_bytes()
        ours = digest(data) == entry.written
        doubtful = {*article.review} - {"companies"} | {*confidence.doubts({"companies": found.sure if ours else 0.0})}
        fields: dict[str, Plain] = {"companies": found.about, "mentions": found.mentions}
        review = [name for name in REVIEWABLE if name in doubtful]
        changed = amend(data.decode("utf-8"), article.path, {**fields, "review": review}).encode("utf-8")
        content.write(file, changed)
        said = {**entry.fields, **{key: list(value) for key, value in fields.items()}}
        written = digest(changed) if ours else entry.written
        return replace(entry, fields={key: value for key, value in said.items() if value}, written=written)


def _explained(entry: Entry, found: Subject, places: Sequence[int]) -> Entry:
    """An entry with what names the companies now, and how sure that is; `places` number the paragraphs that were read."""
    named = {slug: [(words, places[at - 1] if at else 0) for words, at in at_] for slug, at_ in found.named.items()}
    return replace(entry, sure={**entry.sure, "companies": round(found.sure, 2)}, named=named)


def _kept(article: Article, entry: Entry | None) -> str:
    """Why an article stays as it is: the machine never said what stands there."""
    if entry is None:
        return "written by hand"
    standing = {"companies": article.companies, "mentions": article.mentions}
    edited = [key for key in KEYS if not alike(entry.fields.get(key, ()), standing[key])]
    return f"{' and '.join(edited)} edited by hand" if edited else ""


def running(body: str) -> dict[int, str]:
    """The paragraphs of a body by their number, as an import reads them: its headings count, and are not read."""
    lines = markup.text(_HEADING.sub(f"<p>{_HEADED}</p>", markup.html(body))).split("\n")
    return {number: line for number, line in enumerate(lines, 1) if line != _HEADED}
