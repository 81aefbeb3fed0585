"""The import: what the inbox holds and the ledger does not know becomes articles, and every refusal gets its reason."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

import msgspec
from msgspec.structs import replace

from pressfold import article as articles
from pressfold import content, fingerprint, markup, story
from pressfold.article import Article, mint
from pressfold.config import Config
from pressfold.content import Content
from pressfold.imported import Imported
from pressfold.ingest import html, markdown, text
from pressfold.ingest.decode import decode
from pressfold.ingest.describe import Desk, describe
from pressfold.ingest.draft import Draft, Raw, Unreadable
from pressfold.ingest.naming import Namer
from pressfold.ledger import Entry, Ledger, by_file
from pressfold.memory import Memory
from pressfold.moment import iso
from pressfold.problem import Problem, Problems, suggest
from pressfold.published import digest

KINDS = {".txt": "text", ".html": "page", ".htm": "page", ".md": "markdown"}


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


def waiting(
    items: Iterator[tuple[str, bytes] | Problem], ledger: Ledger, anew: Collection[str]
) -> tuple[list[Raw], int, list[Problem]]:
    """(the items to import, how many are known already, what cannot be read); the same bytes count once.

    `anew`: the keys of entries that are made again.
    """
    new: dict[str, Raw] = {}
    problems: list[Problem] = []
    known = 0
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
            continue
        raw = Raw(*item)
        if raw.key in ledger and raw.key not in anew:
            known += 1
        else:
            new.setdefault(raw.key, raw)
    return list(new.values()), known, problems


class Importer:
    """Turns raw items into articles, one after the other: each may tell the story of one before it."""

    def __init__(
        self,
        root: Path,
        config: Config,
        site: Content,
        ledger: Ledger,
        memory: Memory,
        now: dt.datetime,
        anew: Collection[str] = (),
    ) -> None:
        self._root, self._config, self._ledger, self._memory = root, config, ledger, memory
        self._anew, self._files = anew, by_file(ledger)
        self._desk = Desk(config, site.registry, Namer(site.registry), now)
        self._taken: set[str] = set(content.slugs(root))
        self._articles = {article.id: article for article in site.articles}
        self._shelf = story.Shelf(_told(a, self._print(a)) for a in site.articles if a.story)

    def take(self, raw: Raw) -> Imported:
        """Import one item, and write its article. Raises Problems with the reason where that cannot be."""
        earlier = self._last(raw)
        draft = look(self._root, raw, self._config, earlier, self._articles, self._anew)
        article = self._described(draft, raw, earlier)
        print_ = self._print(article)
        told = self._shelf.match(article.id, print_, article.date)
        if article.story is None:
            review = article.review + (("story",) if told and told.weak else ())
            article = replace(article, story=told.story if told else article.slug, review=review)
        self._check(article, raw)
        written = content.place(self._root, article, over=earlier.written if earlier else "")
        entry = self._entry(raw, article, draft, written)
        if earlier:
            del self._ledger[earlier.key]
        self._ledger[entry.key] = self._files[entry.file] = entry
        self._taken.add(article.slug)
        self._articles[article.id] = article
        self._shelf.add(_told(article, print_))
        return Imported(article=article, entry=entry, draft=draft, told=self._why(told, article) if told else "")

    def _last(self, raw: Raw) -> Entry | None:
        return self._ledger.get(raw.key) or self._files.get(raw.file)

    def _check(self, article: Article, raw: Raw) -> None:
        """Raise Problems for an article that a build would refuse: what a raw file says must never stop the site."""
        try:
            articles.load(articles.dump(article), article.path, self._desk.registry)
            markup.check(article.body)
        except Problems as wrong:
            raise Problems(_refused(raw, problem.message, problem.hint) for problem in wrong.problems) from None
        except markup.TooTangledError as reason:
            raise Problems([_refused(raw, str(reason))]) from None

    def _described(self, draft: Draft, raw: Raw, earlier: Entry | None) -> Article:
        """The article of a draft; of one that was imported before it keeps id, address, age and story."""
        before = self._articles.get(earlier.id if earlier else mint(raw.key))
        path = before.path if before else earlier.article if earlier else ""
        own = PurePosixPath(path).stem
        self._taken.discard(own)
        made = describe(draft, raw, self._desk, self._taken)
        if not path:
            return made
        self._taken.add(own)
        kept = replace(made, path=path, id=earlier.id if earlier else made.id)
        if before:
            kept = replace(kept, added=before.added, story=before.story)
            if not earlier and "story" in before.review:  # written by a run that was stopped before its ledger was
                kept = replace(kept, review=(*kept.review, "story"))
        elif earlier:
            kept = replace(kept, added=dt.datetime.fromisoformat(earlier.added))
        return kept

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
            with suppress(msgspec.MsgspecError):
                return msgspec.msgpack.decode(kept, type=fingerprint.Print)
        made = fingerprint.of_article(article, markup.text(markup.html(article.body)))
        self._memory.put("print", {key: msgspec.msgpack.encode(made)})
        return made


def _told(article: Article, print_: fingerprint.Print) -> story.Told:
    return story.Told(article.id, article.story or article.slug, article.date, print_)


def look(
    root: Path,
    raw: Raw,
    config: Config,
    earlier: Entry | None,
    known: Mapping[str, Article],
    anew: Collection[str] = (),
) -> Draft:
    """The draft of an item; `earlier` is the entry of its last import. Raises Problems where it cannot be imported."""
    if earlier and earlier.key not in anew:
        path = known[earlier.id].path if earlier.id in known else earlier.article
        if not content.current(root, path):
            hint = f"pressfold import --again {raw.file} brings it back"
            raise Problems([Problem(f"content/{raw.file}", 0, "has changed, but its article was deleted", hint)])
        if content.current(root, path) != earlier.written:
            hint = f"delete {path} and run pressfold import --again {raw.file} to take the new text"
            wrong = f"has changed since it was imported, but {path} has been edited"
            raise Problems([Problem(f"content/{raw.file}", 0, wrong, hint)])
    try:
        return extract(raw, config)
    except Unreadable as reason:
        raise Problems([_refused(raw, str(reason))]) from None


def _refused(raw: Raw, reason: str, hint: str = "") -> Problem:
    return Problem(f"content/{raw.file}", 0, f"not imported: {reason}", hint)


def again(
    root: Path, ledger: Ledger, files: Collection[str], known: Mapping[str, Article]
) -> tuple[set[str], list[Problem]]:
    """(the keys of the entries to make anew, why others are not): an article that has been edited since stays."""
    anew: set[str] = set()
    problems: list[Problem] = []
    for file in files:
        chosen = [e for e in ledger.values() if e.file == file or e.file.startswith(file.rstrip("/") + "/")]
        if not chosen:
            problems.append(
                Problem(f"content/{file}", 0, "was never imported", suggest(file, {e.file for e in ledger.values()}))
            )
        for entry in chosen:
            path = known[entry.id].path if entry.id in known else entry.article
            if content.current(root, path) in ("", entry.written):
                anew.add(entry.key)
            else:
                problems.append(
                    Problem(path, 0, "has been edited since it was imported", "delete it first to have it made anew")
                )
    return anew, problems


def run(
    importer: Importer, items: Collection[Raw], progress: Callable[[int, int], None]
) -> tuple[list[Imported], list[Problem]]:
    """Import all items; (what was imported, what was refused). Not one of them stops the others."""
    done: list[Imported] = []
    refused: list[Problem] = []
    for number, raw in enumerate(items, 1):
        try:
            done.append(importer.take(raw))
        except Problems as wrong:
            refused += wrong.problems
        except (OSError, KeyboardInterrupt):
            raise
        except Exception as fault:  # noqa: BLE001 - a text that we cannot foresee must not stop the rest of the inbox
            refused.append(_refused(raw, f"{type(fault).__name__}: {fault}", "this is a fault of Pressfold's"))
        progress(number, len(items))
    return done, refused
