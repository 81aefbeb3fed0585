"""What `content/` says now, taken into the catalog; and which subjects that touches.

Files are told apart by their state, and where that is another, by their hash. Only what really changed is read; only what
it touches is marked as to be drawn.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pressfold import company as companies
from pressfold import content, textpage
from pressfold.card import Card
from pressfold.catalog import Catalog, Due
from pressfold.company import Company, Registry
from pressfold.config import Config, Markup
from pressfold.content import ARTICLES, COMPANIES, INBOX, MEDIA, PAGES
from pressfold.memory import Memory, encode
from pressfold.pages import SITEMAP, beside, subjects, touched
from pressfold.problem import Problem, Problems
from pressfold.reading import Read, Reader, plain, read_articles
from pressfold.slug import Slug
from pressfold.survey import Change, Seen, Survey, compare, digest, read, trusted
from pressfold.textpage import TextPage
from pressfold.workers import Workers, share

_CHUNK = 150  # articles that one worker reads at a time
_FEW = 2  # so many chunks are not worth other processes


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a run found when it looked at the site's files, and read all but the articles.

    `broken` companies are known by name alone, so that their articles do not seem wrong as well.
    """

    here: Survey
    articles: tuple[str, ...]  # those whose file is not as it was
    gone: tuple[str, ...]
    fresh: Mapping[str, Seen]  # other files that are not as they were, as they are now
    before: Mapping[str, Seen]
    values: Mapping[str, bytes]  # what the fresh ones say
    declared: Mapping[Slug, Company]
    broken: Mapping[Slug, Company]
    texts: tuple[TextPage, ...]
    problems: tuple[Problem, ...]
    scope: str  # the hash of all that any page may depend on
    theme: str  # the hash of all layouts

    @property
    def registry(self) -> Registry:
        """Every company that an article may name."""
        return companies.registry({**self.broken, **self.declared})

    def changed(self, folder: str) -> bool:
        """Whether files below a folder are others than they were."""
        below = f"{folder}/"
        return any(path.startswith(below) for path in self.gone) or any(
            path.startswith(below) and (path not in self.before or self.before[path].digest != seen.digest)
            for path, seen in self.fresh.items()
        )


def look(root: Path, memory: Memory, here: Survey, elsewhere: Mapping[str, Path], salt: str) -> Found:
    """Look at what changed since the last run; `elsewhere` are files that do not lie below root, by what they are called."""
    change = _change(memory, here)
    before = memory.seen_but(ARTICLES, INBOX)
    before |= memory.seen(path for path in change.doubtful if path.startswith(f"{ARTICLES}/"))
    fresh: dict[str, Seen] = {}
    values: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in change.doubtful:
        if path.startswith((f"{ARTICLES}/", f"{INBOX}/")):
            continue
        try:
            data, state = read(elsewhere.get(path, root / path))
            fresh[path] = Seen(state, digest(data))
            values[path] = _value(path, data)
        except Problems as wrong:
            problems += wrong.problems
        except OSError as error:
            problems.append(Problem(path, 0, f"cannot be read: {error.strerror}"))
    kept = {**memory.said(COMPANIES), **memory.said(PAGES)}
    said = {path: value for path, value in kept.items() if path in here.files and path not in fresh} | values
    declared = [msgspec.msgpack.decode(said[p], type=Company) for p in here.below(COMPANIES) if said.get(p)]
    texts = [msgspec.msgpack.decode(said[p], type=TextPage) for p in here.below(PAGES) if said.get(p)]
    known = {company.slug for company in declared}
    stems = {Slug(p.rpartition("/")[2].removesuffix(".md")) for p in here.below(COMPANIES) if p.endswith(".md")}
    unread = stems - known - companies.built_in().keys() if len(stems) > len(known) else set()
    known_now = {**{p: seen for p, seen in before.items() if p in here.files}, **fresh}
    return Found(
        here=here,
        articles=tuple(path for path in change.doubtful if path.startswith(f"{ARTICLES}/") and path.endswith(".md")),
        gone=change.gone,
        fresh=fresh,
        before=before,
        values=values,
        declared={company.slug: company for company in declared},
        broken={slug: Company(slug=slug, name=slug) for slug in unread},
        texts=tuple(texts),
        problems=tuple(problems),
        scope=_hash(salt, {p: seen for p, seen in known_now.items() if not p.startswith(_OWN)}),
        theme=_hash("", {p: seen for p, seen in known_now.items() if not p.startswith("content/")}),
    )


def _change(memory: Memory, here: Survey) -> Change:
    """What may have changed. Where a run found nothing at all, the next one need not compare file by file."""
    mark = hashlib.sha256(encode(here.files)).hexdigest()
    if memory.fact("survey") == mark:
        return Change({}, ())
    change = compare(here.files, memory.states())
    if not change.doubtful and not change.gone:
        memory.state({"survey": mark})
    return change


def _value(path: str, data: bytes) -> bytes:
    """What a file says, for the next run. Raises Problems where it says nothing that it may."""
    if path.startswith(f"{COMPANIES}/") and path.endswith(".md"):
        return encode(companies.load(plain(data, path), path))
    if path.startswith(f"{PAGES}/") and path.endswith(".md"):
        return encode(textpage.load(plain(data, path), path))
    return b""


# What these touch is known exactly; anything else may touch any page.
_OWN = (f"{ARTICLES}/", f"{INBOX}/", f"{MEDIA}/", f"{PAGES}/", content.LEDGER)


def _hash(salt: str, files: Mapping[str, Seen]) -> str:
    found = hashlib.sha256(salt.encode())
    for path, seen in sorted(files.items()):
        found.update(f"{path}\0{seen.digest}\0".encode("utf-8", "replace"))
    return found.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """With what content is taken in."""

    root: Path
    config: Config
    due: Due
    clock: int  # when the run began, by the file system's clock
    frozen: bool
    jobs: int
    progress: Callable[[str, int, int], None]


def take_in(taking: Taking, memory: Memory, found: Found, salt: str) -> list[Problem]:
    """Bring the catalog to what the files say, and mark what that touches; what is wrong with articles."""
    rules = _rules(taking.config, found.registry, salt)
    anew = memory.fact("rules") != rules  # cards would say something else: every article is read again
    whole = memory.fact("scope") != found.scope  # every subject is to be planned again
    paths = [p for p in found.here.below(ARTICLES) if p.endswith(".md")] if anew else list(found.articles)
    known = {} if anew else found.before
    chunks = share([(p, known[p].digest if p in known else "") for p in paths], _CHUNK)
    fresh = not anew or not memory.count("html")  # else most bodies are what they were
    reader = Reader(root=taking.root, config=taking.config, known=found.registry.keys(), convert=fresh)
    mark = html_mark(taking.config.markup, salt)
    problems: list[Problem] = []
    with Workers(taking.jobs, lambda: reader, much=len(chunks) > _FEW, apart=memory.apart) as workers, memory.change():
        entry = _Entry(memory, Catalog(memory.database), taking, touching=not whole)
        done = 0
        for chunk in workers.map(read_articles, chunks):
            results = [_mended(reader, found.registry, taking, one) for one in chunk]
            problems += [problem for one in results for problem in one.problems]
            memory.put("html", {f"{mark}{one.html[0]}": one.html[1].encode() for one in results if one.html})
            entry.enter(results)
            done += len(chunk)
            taking.progress("Reading", done, len(paths))
        entry.leave([path for path in found.gone if path.startswith(f"{ARTICLES}/")])
        entry.turn()
        entry.note(found)
        if whole:
            memory.soil([*subjects(entry.catalog, found.declared), "static", "media"])
            memory.soil_drawn()
        memory.state({"rules": rules, "scope": found.scope})
    return problems


def html_mark(markup: Markup, salt: str) -> str:
    """What the HTML of a text depends on besides the text."""
    return hashlib.sha256(encode((markup, salt))).hexdigest()[:16]


def _rules(config: Config, registry: Registry, salt: str) -> str:
    """The hash of all that a card depends on besides its file."""
    known = sorted(registry.keys() - companies.built_in().keys())
    said = (salt, config.timezone, config.body, {name: s.body for name, s in config.sources.items()}, known)
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

    def note(self, found: Found) -> None:
        """Remember all other files."""
        self.memory.forget([path for path in found.gone if not path.startswith(f"{ARTICLES}/")])
        good = [(path, seen) for path, seen in found.fresh.items() if path in found.values]
        self.memory.saw((path, trusted(seen, self._clock), found.values[path]) for path, seen in good)
        self.memory.forget([path for path in found.fresh if path not in found.values])
        self.memory.soil(["media"] if found.changed(MEDIA) else ())
        self.memory.soil(["texts", SITEMAP] if found.changed(PAGES) else ())
