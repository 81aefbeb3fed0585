"""The import: items of the inbox become articles, or change those that they became before; every refusal has its reason."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec.structs import replace

from pressfold import article as articles
from pressfold import content, markup, shelving
from pressfold.amend import amend
from pressfold.article import Article, mint
from pressfold.drafting import Drafted, Drafting, Refused
from pressfold.imported import Imported, Intake, Same, settle
from pressfold.inbox import Arrivals, problem, refused
from pressfold.ingest.draft import Raw
from pressfold.ledger import Entry, Ledger, by_file
from pressfold.memory import Memory
from pressfold.merge import machine, merge
from pressfold.moment import iso
from pressfold.options import Options
from pressfold.problem import Problem, Problems, suggest
from pressfold.reading import plain
from pressfold.registry import Registry
from pressfold.settings import read_config
from pressfold.shelf import Shelf
from pressfold.slug import Slug, distinct
from pressfold.story import Match
from pressfold.survey import UNKNOWN, Seen
from pressfold.told import Told


def take(
    options: Options, memory: Memory, clock: int, settled: Collection[str] = (), anew: Collection[str] = ()
) -> tuple[Intake, list[Problem]]:
    """(what came of the import, what a frozen build misses). A frozen build only says what would be imported.

    `settled` files are known to be imported; those `anew` are imported again.
    """
    settings = read_config(options.root, options.environment, options.base_url)
    ledger = content.read_ledger(options.root)
    keys, amiss = again(ledger, anew)
    arrivals = Arrivals(options.root, ledger, settled, keys)
    items, feeds = _any(arrivals.items()), _any(arrivals.feeds())
    if not (items or feeds):
        settle(options.root, memory, ledger, clock, settled, arrivals.whole(ledger))
        return Intake(known=arrivals.known, refused=(*amiss, *arrivals.refused)), []
    declared, registry, _ = content.read_companies(options.root)
    shelf = shelving.shelf(options.root, memory, registry.former, clock, options.jobs, options.progress)
    importer = Importer(options.root, registry, shelf, ledger, arrivals, keys)
    own = {company.slug: company for company in declared}
    done: list[Imported | Same] = []
    with Drafting(options.root, settings, own, options.now, jobs=options.jobs, apart=memory.apart) as drafting:
        drafts = chain(
            drafting.draft(importer.standing(items or ())), _of_feeds(drafting, importer, arrivals, feeds or ())
        )
        if options.frozen:
            missing = list(importer.missing(drafts))
            return Intake(known=arrivals.known, refused=(*amiss, *arrivals.refused)), missing
        with memory.change():
            try:
                for one in importer.run(drafts):
                    done.append(one)
                    options.progress("Importing", len(done), max(len(done), len(arrivals)))
            finally:
                content.write_ledger(options.root, ledger)
    settle(options.root, memory, ledger, clock, settled, arrivals.whole(ledger))
    imported = tuple(one for one in done if isinstance(one, Imported))
    same = tuple(one for one in done if isinstance(one, Same))
    return Intake(imported=imported, same=same, refused=(*amiss, *arrivals.refused), known=arrivals.known), []


def _any(found: Iterator[Raw]) -> Iterator[Raw] | None:
    """What is found, in its order; None where that is nothing."""
    first = next(found, None)
    return chain((first,), found) if first else None


def _of_feeds(
    drafting: Drafting, importer: "Importer", arrivals: Arrivals, feeds: Iterable[Raw]
) -> Iterator[tuple[Raw, Drafted | Refused]]:
    """What comes of the items of feeds, a feed at a time."""
    for feed in feeds:
        found = drafting.items(feed)
        if isinstance(found, Refused):
            arrivals.refuse(feed, found.reason, found.hint)
        else:
            yield from drafting.draft(importer.standing(arrivals.new(found)))
            arrivals.read_through(f"content/{feed.file}")


def again(ledger: Ledger, files: Collection[str]) -> tuple[set[str], list[Problem]]:
    """(the keys of the entries to make anew, why others are not)."""
    anew: set[str] = set()
    problems: list[Problem] = []
    for file in files:
        chosen = {key for key, e in ledger.items() if e.file == file or e.file.startswith(file.rstrip("/") + "/")}
        if not chosen:
            near = suggest(file, {entry.file for entry in ledger.values()})
            problems.append(Problem(f"content/{file}", 0, "was never imported", near))
        anew |= chosen
    return anew, problems


class Importer:
    """Takes items one after the other: each may tell the story of one before it."""

    def __init__(
        self,
        root: Path,
        registry: Registry,
        shelf: Shelf,
        ledger: Ledger,
        arrivals: Arrivals,
        anew: Collection[str] = (),
    ) -> None:
        self._root, self._registry, self._shelf, self._ledger = root, registry, shelf, ledger
        self._arrivals, self._apart = arrivals, content.read_apart(root)
        self._anew, self._files = anew, by_file(ledger)
        self._taken: set[str] = set(content.slugs(root))

    def standing(self, items: Iterable[Raw]) -> Iterator[Raw]:
        """The items but for those whose article was deleted: it stays deleted until it is asked for."""
        for raw in items:
            earlier = self._last(raw)
            if earlier and earlier.key not in self._anew and not content.current(self._root, self._place(earlier)):
                hint = f"pressfold import --again {raw.file} brings it back"
                self._arrivals.refused.append(problem(raw, "has changed, but its article was deleted", hint))
            else:
                yield raw

    def run(self, drafts: Iterable[tuple[Raw, Drafted | Refused]]) -> Iterator[Imported | Same]:
        """Write what was drafted. Not one item stops the others."""
        for raw, drafted in drafts:
            try:
                if isinstance(drafted, Refused):
                    self._arrivals.refuse(raw, drafted.reason, drafted.hint)
                else:
                    yield self._take(raw, drafted)
            except Problems as wrong:
                self._arrivals.refused += wrong.problems

    def missing(self, drafts: Iterable[tuple[Raw, Drafted | Refused]]) -> Iterator[Problem]:
        """What a frozen build lacks: a problem for each item that could be imported."""
        for raw, drafted in drafts:
            if isinstance(drafted, Refused):
                self._arrivals.refuse(raw, drafted.reason, drafted.hint)
            else:
                yield problem(raw, "is not imported yet", "run pressfold import, and commit what it writes")

    def _take(self, raw: Raw, drafted: Drafted) -> Imported | Same:
        """Import one item; an article that is here already is not made twice. Raises Problems where that cannot be."""
        last = self._last(raw)
        earlier = last if last and not last.same_as else None
        before = self._shelf.of(earlier.id if earlier else mint(raw.key))
        if before:
            return self._merged(raw, drafted, earlier, content.read_article(self._root, before.path))
        made = self._placed(drafted.article, earlier)
        newcomer = shelving.telling(made, self._registry.former, drafted.words)
        twin = None if last and last.key in self._anew else self._shelf.twin(newcomer)
        if twin:
            return self._same(raw, made, twin)
        told = self._shelf.match(newcomer, self._apart.of(made.slug))
        decided = None if made.story else told.story if told else made.slug
        if decided:
            made = replace(made, story=decided, review=made.review + (("story",) if told and told.weak else ()))
        content.keep(self._root, drafted.pictures)
        written = content.place(self._root, made, over=earlier.written if earlier else "")
        self._enter(raw, drafted, replace(made, story=decided), made, written, told if decided else None)
        self._shelf.put([(replace(newcomer, story=made.story), Seen(UNKNOWN, written))])
        return self._imported(raw, drafted, made, told=self._why(told, made) if told and decided else "")

    def _same(self, raw: Raw, made: Article, twin: Told) -> Same:
        """Note that an item is an article once more."""
        first = content.read_article(self._root, twin.path).origin.get("file", "")
        self._remember(raw, _entry(raw, made, article=twin.path, written="", same_as=twin.id))
        return Same(file=raw.file, article=twin.path, first=str(first))

    def _placed(self, made: Article, earlier: Entry | None) -> Article:
        """The article at an address of its own; one that is brought back has that, the id and the age that it had."""
        if earlier:
            added = dt.datetime.fromisoformat(earlier.added)
            return replace(made, path=earlier.article, id=earlier.id, added=added)
        slug = distinct(made.slug, made.id[-12:], self._taken)
        return replace(made, path=str(PurePosixPath(made.path).with_name(f"{slug}.md")))

    def _merged(self, raw: Raw, drafted: Drafted, earlier: Entry | None, before: Article) -> Imported:
        """What an item says now, merged into the article that it became."""
        decided = earlier.fields.get("story") if earlier else before.story
        story = Slug(decided) if decided else None
        made = replace(drafted.article, path=before.path, id=before.id, added=before.added, story=story)
        file = self._root / before.path
        text = file.read_bytes().decode("utf-8")
        untouched = earlier is not None and content.current(self._root, before.path) == earlier.written
        said = machine(before) if untouched else earlier.fields if earlier else machine(made)
        merged = merge(said, before, made)
        changed = amend(text, before.path, merged.fields, merged.body)
        after = articles.load(plain(changed.encode("utf-8"), before.path), before.path, self._registry)
        self._check(after, raw)
        self._arrivals.refused += [self._conflict(raw, before, key) for key in merged.conflicts]
        if changed != text:
            content.keep(self._root, drafted.pictures)
        content.write(file, changed.encode("utf-8"))
        ours = untouched or changed == articles.dump(replace(made, story=before.story, review=before.review))
        written = content.current(self._root, before.path) if ours else ""
        newcomer = shelving.telling(after, self._registry.former)
        # Where a run was stopped before it wrote the ledger, why the story was joined is found once more.
        joined = not earlier and after.story and after.story != after.slug
        told = self._shelf.match(newcomer, self._apart.of(after.slug)) if joined else None
        self._enter(raw, drafted, made, after, written, told)
        self._shelf.put([(newcomer, Seen(UNKNOWN, ""))])
        return self._imported(raw, drafted, after, changed=merged.followed)

    def _conflict(self, raw: Raw, article: Article, key: str) -> Problem:
        what = "the text" if key == "text" else repr(key)
        line = content.line_of(self._root, article.path, key)
        hint = "yours is kept; take the new one by hand if it is right"
        return Problem(article.path, line, f"{what} was edited here, and is another in content/{raw.file} now", hint)

    def _check(self, article: Article, raw: Raw) -> None:
        """Raise Problems for an article that a build would refuse: what a raw file says must never stop the site."""
        try:
            articles.load(articles.dump(article), article.path, self._registry)
            markup.html(article.body)
        except Problems as wrong:
            raise Problems(refused(raw, wrong_.message, wrong_.hint) for wrong_ in wrong.problems) from None
        except markup.TooTangledError as reason:
            raise Problems([refused(raw, str(reason))]) from None

    def _last(self, raw: Raw) -> Entry | None:
        """The entry of an item's last import."""
        return self._ledger.get(raw.key) or (None if raw.part else self._files.get(raw.file))

    def _place(self, entry: Entry) -> str:
        """Where an entry's article lies now: it may have been moved."""
        told = self._shelf.of(entry.same_as or entry.id)
        return told.path if told else entry.article

    def _enter(
        self, raw: Raw, drafted: Drafted, made: Article, article: Article, written: str, told: Match | None = None
    ) -> None:
        """Note in the ledger what an item became: `made` is the machine's word, `article` what stands there now."""
        left: dict[str, list[int]] = {}
        for out in drafted.left_out:
            left.setdefault(out.role, []).append(out.line)
        sure = drafted.described.sure | ({"story": told.confidence} if told else {})
        entry = _entry(
            raw,
            article,
            article=article.path,
            written=written,
            fields={**machine(made), "story": made.story},
            left_out=left,
            sure={key: round(value, 2) for key, value in sure.items()},
            named={slug: list(places) for slug, places in drafted.described.named.items()},
            why=told.reasons if told else "",
        )
        self._remember(raw, entry)
        self._taken.add(article.slug)

    def _remember(self, raw: Raw, entry: Entry) -> None:
        last = self._last(raw)
        if last:
            del self._ledger[last.key]
        self._ledger[entry.key] = entry
        if not raw.part:
            self._files[entry.file] = entry

    def _imported(
        self, raw: Raw, drafted: Drafted, article: Article, told: str = "", changed: tuple[str, ...] | None = None
    ) -> Imported:
        return Imported(
            file=raw.file,
            article=article.path,
            lang=article.lang,
            review=article.review,
            told=told,
            left_out=tuple((out.line, out.role, out.text[:80]) for out in drafted.left_out),
            changed=changed,
        )

    def _why(self, told: Match, article: Article) -> str:
        others = [one.path for one in self._shelf.tellings(told.story, 2) if one.id != article.id]
        return f"tells the story of {others[0] if others else told.story} (shared: {told.reasons})"


def _entry(raw: Raw, became: Article, **more: Any) -> Entry:
    """The ledger's entry of an item: what it is, and the id and age of the article that it became."""
    part = raw.digest if raw.part else ""
    return Entry(key=raw.key, file=raw.file, id=became.id, added=iso(became.added), content=part, **more)
