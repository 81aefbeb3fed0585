"""What `content/` says now, taken into the catalog; and which subjects that touches.

Only what really changed is read; only what it touches is marked as to be drawn.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec

from pressfold import companyfile, content, textpage
from pressfold import registry as companies
from pressfold.card import Card
from pressfold.catalog import Catalog, Due
from pressfold.company import Company
from pressfold.config import Config, Markup
from pressfold.glance import Glance
from pressfold.memory import Memory, encode
from pressfold.pages import SITEMAP, beside, subjects, touched
from pressfold.problem import Problem, Problems
from pressfold.reading import Read, Reader, plain, read_articles
from pressfold.registry import Registry
from pressfold.site import ARTICLES, COMPANIES, MEDIA, PAGES
from pressfold.slug import Slug, slug_of
from pressfold.survey import trusted
from pressfold.textpage import TextPage
from pressfold.workers import Workers, share

_CHUNK = 160  # articles that one worker reads at a time


class Small(msgspec.Struct, frozen=True, kw_only=True):
    """What content/ says besides the articles: every run has it at hand.

    `broken` companies are known by name alone, so that their articles do not seem wrong as well.
    """

    values: Mapping[str, bytes]  # what the fresh files say
    declared: Mapping[Slug, Company]
    broken: Mapping[Slug, Company]
    texts: tuple[TextPage, ...]
    problems: tuple[Problem, ...]
    contested: bool  # whether companies want one slug twice: no single file is wrong, so every run must look again

    @property
    def registry(self) -> Registry:
        """Every company that an article may name."""
        return companies.registry({**self.broken, **self.declared})


def small(root: Path, memory: Memory, seen: Glance) -> Small:
    """Read the companies and pages that are not as they were, and remember the others."""
    values: dict[str, bytes] = {path: b"" for path in seen.fresh if path not in seen.data}
    problems: list[Problem] = []
    for path, data in seen.data.items():
        try:
            values[path] = _value(path, data)
        except Problems as wrong:
            problems += wrong.problems
    kept = {**memory.said(COMPANIES), **memory.said(PAGES)}
    said = {path: value for path, value in kept.items() if path in seen.here.files and path not in seen.data} | values
    below = seen.here.below
    declared = [msgspec.msgpack.decode(said[path], type=Company) for path in below(COMPANIES) if said.get(path)]
    texts = [msgspec.msgpack.decode(said[path], type=TextPage) for path in below(PAGES) if said.get(path)]
    contested = content.contested(root, declared)
    known = {company.slug for company in declared}
    stems = {slug_of(path) for path in below(COMPANIES) if path.endswith(".md")}
    unread = stems - known - companies.built_in().keys() if len(stems) > len(known) else set()
    return Small(
        values=values,
        declared={company.slug: company for company in declared},
        broken={slug: Company(slug=slug, name=slug) for slug in unread},
        texts=tuple(texts),
        problems=(*problems, *contested),
        contested=bool(contested),
    )


def _value(path: str, data: bytes) -> bytes:
    """What a file says, for the next run. Raises Problems where it says nothing that it may."""
    if not path.endswith(".md"):
        return b""
    read_one = companyfile.load if path.startswith(f"{COMPANIES}/") else textpage.load
    return encode(read_one(plain(data, path), path))


class Taking(msgspec.Struct, frozen=True, kw_only=True):
    """With what content is taken in."""

    root: Path
    config: Config
    due: Due
    clock: int  # when the run began, by the file system's clock
    frozen: bool
    jobs: int
    progress: Callable[[str, int, int], None]


def take_in(
    taking: Taking, memory: Memory, seen: Glance, found: Small, salt: str, meanwhile: Iterable[object] = ()
) -> list[Problem]:
    """Bring the catalog to what the files say, and mark what that touches; what is wrong with articles.

    `meanwhile` is done step by step while others read.
    """
    registry = found.registry
    rules = _rules(taking.config, registry, salt)
    anew = memory.fact("rules") != rules  # cards would say something else: every article is read again
    whole = memory.fact("scope") != seen.scope  # every subject is to be planned again
    paths = [p for p in seen.here.below(ARTICLES) if p.endswith(".md")] if anew else list(seen.articles)
    known = {} if anew else seen.before
    chunks = share([(p, known[p].digest if p in known else "") for p in paths], _CHUNK)
    fresh = not anew or not memory.count("html")  # else most bodies are what they were
    reader = Reader(
        root=taking.root,
        config=taking.config,
        known=frozenset(registry) | registry.former.keys(),
        former=registry.former,
        convert=fresh,
    )
    mark = html_mark(taking.config.markup, salt)
    problems: list[Problem] = []
    with (
        Workers(taking.jobs, partial(Reader.itself, reader), load=len(paths), apart=memory.apart) as workers,
        memory.change(),
        Catalog(memory.database).filling(),
    ):
        entry = _Entry(memory, Catalog(memory.database), taking, touching=not whole)
        done = 0
        for chunk in workers.map(read_articles, chunks, meanwhile):
            results = [_mended(reader, registry, taking, one) for one in chunk]
            problems += [problem for one in results for problem in one.problems]
            memory.put("html", {f"{mark}{one.html[0]}": one.html[1] for one in results if one.html})
            entry.enter(results)
            done += len(chunk)
            taking.progress("Reading", done, len(paths))
        entry.leave([path for path in seen.gone if path.startswith(f"{ARTICLES}/")])
        entry.turn()
        entry.note(seen, found.values)
        if whole:
            memory.soil([*subjects(entry.catalog, found.declared), "static", "media"])
            memory.soil_drawn()
        memory.state({"rules": rules, "scope": "" if found.contested else seen.scope})
        if problems:
            memory.state({"survey": ""})  # what is wrong is looked at again, though no file may change
    return problems


def html_mark(markup: Markup, salt: str) -> str:
    """What the HTML of a text depends on besides the text."""
    return hashlib.sha256(encode((markup, salt))).hexdigest()[:16]


def _rules(config: Config, registry: Registry, salt: str) -> str:
    """The hash of all that a card depends on besides its file."""
    built_in = companies.built_in()
    known = sorted(slug for slug in registry if slug not in built_in)
    bodies = {name: source.body for name, source in config.sources.items()}
    said = (salt, config.timezone, config.body, bodies, known, sorted(registry.former.items()))
    return hashlib.sha256(encode(said)).hexdigest()


def _mended(reader: Reader, registry: Registry, taking: Taking, result: Read) -> Read:
    """What was read; a file that lacked only what the machine gives is completed, and read again."""
    if not result.incomplete:
        return result
    try:
        content.complete(taking.root, result.path, registry, taking.due.now, result.problems, frozen=taking.frozen)
    except Problems as wrong:
        return result._replace(problems=wrong.problems)
    return read_articles(reader, [(result.path, "")])[0]


class _Entry:
    """The entering of articles into the catalog, and the marking of what that touches."""

    def __init__(self, memory: Memory, catalog: Catalog, taking: Taking, *, touching: bool) -> None:
        self.memory, self.catalog, self._due, self._clock = memory, catalog, taking.due, taking.clock
        self._touching, self._fresh = touching, catalog.empty

    def enter(self, results: Sequence[Read]) -> None:
        """Enter what was read. A file with something wrong in it is as if it were not there, and is read again next time."""
        good = [one for one in results if one.seen]
        same = [one for one in good if one.card is None]
        new = [one for one in good if one.card is not None]
        self.memory.restate((one.path, trusted(one.seen, self._clock).state) for one in same if one.seen)
        self.memory.saw((one.path, trusted(one.seen, self._clock), b"") for one in new if one.seen)
        self._put([msgspec.msgpack.decode(one.card, type=Card) for one in new if one.card])
        self.leave([one.path for one in results if not one.seen])

    def _put(self, cards: Sequence[Card]) -> None:
        if not self._touching:
            self.catalog.put(cards, self._due, fresh=self._fresh)
            return
        for card in cards:
            before = self.catalog.card(card.path)
            self.memory.soil(beside(self.catalog, before) if before else ())
            for changed in self.catalog.put([card], self._due):
                self.memory.soil(touched(self.catalog, *changed))

    def leave(self, paths: Sequence[str]) -> None:
        """Take out articles whose files are gone."""
        for path in paths:
            before = self.catalog.card(path)
            self.memory.soil(beside(self.catalog, before) if before else ())
            for card in self.catalog.drop([path]):
                self.memory.soil(touched(self.catalog, card, None))
        self.memory.forget(paths)

    def turn(self) -> None:
        """Enter again what is held back no longer, or from now on."""
        self._put(self.catalog.turned(self._due))

    def note(self, seen: Glance, values: Mapping[str, bytes]) -> None:
        """Remember all other files, and what they said; one that says nothing right is read again next time."""
        self.memory.forget([path for path in seen.gone if not path.startswith(f"{ARTICLES}/")])
        good = [path for path in seen.fresh if path in values]
        self.memory.saw((path, trusted(seen.fresh[path], self._clock), values[path]) for path in good)
        self.memory.forget([path for path in seen.fresh if path not in values])
        self.memory.soil(["media"] if seen.changed(MEDIA) else ())
        self.memory.soil(["texts", SITEMAP] if seen.changed(PAGES) else ())
