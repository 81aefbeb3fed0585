"""Subjects to files, many at once: what parallel processes do while the site is drawn.

A subject's pages are planned, and of these the ones are drawn whose fingerprint is another than last time; of these in
turn the ones are staged whose bytes are others than those in the output.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from pressfold import article as articles
from pressfold import catalog, markup, published, render, social
from pressfold.company import Company
from pressfold.config import Config
from pressfold.jinja import Code
from pressfold.language import Tag, all_said, base, recall
from pressfold.layouts import Layouts
from pressfold.memory import Drawn, Memory
from pressfold.output.stage import Stage
from pressfold.pages import plan
from pressfold.pages.frame import Site
from pressfold.pages.search import record
from pressfold.pages.texts import about
from pressfold.pages.view import Page, Text
from pressfold.pages.view.machines import Address, FeedView, SocialCardView
from pressfold.problem import Problem, Problems, refuse
from pressfold.reading import plain
from pressfold.registry import registry
from pressfold.site import boot
from pressfold.slug import Slug
from pressfold.survey import digest, read
from pressfold.textpage import TextPage
from pressfold.words import Words, catalogue_files, compiled

if TYPE_CHECKING:
    from pressfold.feeds import Feed


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All that drawing needs to know: plain values, which another process can be given."""

    root: Path
    folder: Path  # the output
    memory: Path
    config: Config
    declared: Mapping[Slug, Company]
    broken: Mapping[Slug, Company]
    texts: Sequence[TextPage]
    layouts: Layouts
    versions: str
    listed: Mapping[str, str]  # what the output holds, path to hash ...
    vouched: bool  # ... and that is all that a run wrote which the memory knows
    anew: bool  # whether the memory knows of no page
    preview: bool = False


class Done(NamedTuple):
    """A subject that was drawn: its pages, the files that were staged, and what went wrong; then it is not done."""

    subject: str
    pages: list[Drawn]
    staged: list[str]
    problems: list[Problem]

    def put(self, page: Drawn, data: bytes, stage: Stage, listed: Mapping[str, str]) -> None:
        """Note a file of the subject, and stage it where the output, as it is `listed`, has other bytes."""
        self.pages.append(page)
        if listed.get(page.path) != page.digest:
            stage.put(page.path, data)
            self.staged.append(page.path)


class Painter:
    """Draws subjects. It has its own connection to the memory, and keeps there what it computed."""

    def __init__(self, given: Plan) -> None:
        self._given = given
        self._memory = Memory.attach(given.memory)
        self._words = self._memory.fact("words")
        if self._words:
            of, words = msgspec.json.decode(self._words, type=tuple[str, dict[str, str]])
            recall(words if of == given.versions else {})
        self._stage = Stage(given.folder, through=not boot())
        self._versions = given.versions
        self._html: dict[str, bytes] = {}  # made, and not yet kept
        self._kept: dict[str, bytes] = {}  # of the articles at hand
        self._at_hand: tuple[FeedView, Feed] | None = None
        self._layouts = given.layouts.using(Code(lambda key: self._memory.get("code", f"{given.versions}{key}")))
        self._site = Site(
            config=given.config,
            catalog=catalog.Catalog(self._memory.database),
            registry=registry({**given.broken, **given.declared}),
            declared=given.declared,
            texts=given.texts,
            words=given.layouts.words,
            preview=given.preview,
        )
        bodies = [one.body for one in given.declared.values()] + [one.body for one in (*given.texts, about(self._site))]
        self._own = {published.digest(body): body for body in bodies}

    @property
    def site(self) -> Site:
        """What pages are planned from."""
        return self._site

    def draw(self, subjects: Sequence[str], others: Sequence[Address] = ()) -> list[Done]:
        """Each subject, drawn as far as it is not as it was.

        One kind of work is done for all of them before the next: that is a third faster than page by page.
        """
        before = {} if self._given.anew else self._memory.drawn(subjects)
        cards = self._site.catalog.cards([s.removeprefix("article/") for s in subjects if s.startswith("article/")])
        self._kept = self._memory.some("html", [f"{self._versions}{card.text}" for card in cards if card.text])
        done = {subject: Done(subject, [], [], []) for subject in subjects}
        planned = [(subject, list(plan(self._site, subject, others))) for subject in subjects]
        anew = [
            (page, mark, kept, done[subject])
            for subject, pages in planned
            for page, mark, kept in self._changed(pages, before.get(subject, ()), done[subject])
        ]
        drawn = [(page, mark, self._bytes(page, kept, into), into) for page, mark, kept, into in anew]
        for page, mark, data, into in drawn:
            if data is not None:
                self._put(page, mark, data, into)
        if self._html:
            with self._memory.change():
                self._memory.put("html", self._html)
            self._html = {}
        return list(done.values())

    def records(self, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(slug, page) of some articles for the search index."""
        from pressfold.record import record_page  # a build without search needs none of it

        cards = self._site.catalog.cards(paths)
        self._kept = self._memory.some("html", [f"{self._versions}{card.text}" for card in cards if card.text])
        for card in cards:
            told = record(self._site, card)
            yield card.slug, record_page(told, markup.text(self._safe(told.text)) if told.text else "")

    def keep_words(self) -> None:
        """Remember what CLDR said, for the runs to come."""
        words = msgspec.json.encode((self._versions, all_said())).decode()
        if words != self._words:
            self._memory.state({"words": words})

    def _changed(
        self, pages: Sequence[Page], before: Sequence[Drawn], done: Done
    ) -> Iterator[tuple[Page, str, Drawn | None]]:
        """(page, fingerprint, how it was) of those pages that are not as they were."""
        known = {page.path: page for page in before}
        for page in pages:
            kept = known.get(page.path)
            try:
                mark = render.fingerprint(page, self._layouts, self._versions)
            except Problems as wrong:
                done.problems.extend(wrong.problems)
                continue
            if kept and kept.fingerprint == mark and self._given.listed.get(page.path) == kept.digest:
                done.pages.append(kept._replace(source=page.source, listed=page.listed))
            else:
                yield page, mark, kept

    def _bytes(self, page: Page, kept: Drawn | None, done: Done) -> bytes | None:
        try:
            if isinstance(page.view, FeedView):
                return self._feed(page.view).written(page.layout)
            if isinstance(page.view, SocialCardView):
                return social.picture(page.view, page.layout, self._layouts.source(page.layout))
            return render.render(page, self._layouts, self._safe)
        except Problems as wrong:
            done.problems.extend(wrong.problems)
            done.pages.extend([kept] if kept else [])  # it stays as it was
            return None

    def _feed(self, view: FeedView) -> "Feed":
        """A feed; it is made once for its three formats."""
        if self._at_hand is None or self._at_hand[0] is not view:
            texts = {item.text.digest: item.text for item in view.items if item.text}
            self._kept |= self._memory.some("html", [f"{self._versions}{one}" for one in texts])
            self._at_hand = view, render.feed(view, self._safe)
        return self._at_hand[1]

    def _put(self, page: Page, mark: str, data: bytes, done: Done) -> None:
        drawn = Drawn(page.path, done.subject, page.source, mark, digest(data), page.listed)
        done.put(drawn, data, self._stage, self._given.listed)

    def _safe(self, text: Text) -> str:
        """A text's safe HTML: as it was made before by the same versions, or made now."""
        key = f"{self._versions}{text.digest}"
        kept: bytes | None = self._kept.get(key) or self._html.get(key) or self._memory.get("html", key)
        if kept is not None:
            return kept.decode("utf-8")
        try:
            safe = markup.html(self._markdown(text), self._given.config.markup)
        except markup.TooTangledError as reason:
            raise refuse(text.path, 0, str(reason), "shorten it, or close its brackets") from None
        self._html[key] = safe.encode("utf-8", "replace")
        return safe

    def _markdown(self, text: Text) -> str:
        """A text by its hash: of a company, of a page, or of an article, whose file is read once more."""
        if text.digest in self._own:
            return self._own[text.digest]
        body = ""
        with suppress(Problems, OSError):  # it was whole when the catalog read it
            data, _ = read(self._given.root / text.path)
            body = articles.body(plain(data, text.path))
        for mode in ("full", "excerpt"):
            shown = published.published(body, mode)
            if published.digest(shown) == text.digest:
                return shown
        raise refuse(text.path, 0, "changed while the site was built", "build again")

    def close(self) -> None:
        """Let go of the memory."""
        self._memory.close()


def ready(layouts: Layouts) -> Iterator[None]:
    """Make ready what every process that draws would have to make for itself, step by step, while others read."""
    import babel.dates  # noqa: F401

    yield
    import pressfold.feeds  # noqa: F401

    yield
    yield from layouts.compile()


def prepare(layouts: Layouts, memory: Memory, mark: str, versions: str, tags: Iterable[Tag] = ()) -> Layouts:
    """The layouts with their hashes and the theme's words in some languages, all compiled and kept for whoever draws.

    `mark` is the hash of all their files. Raises Problems where the words of one of the languages are no catalogue.
    """
    mark = f"{mark} {versions}"
    kept = memory.fact("layouts")
    of, known = msgspec.json.decode(kept, type=tuple[str, dict[str, str]]) if kept else ("", {})
    if of != mark:
        if not layouts.code.made:
            deque(layouts.compile(), maxlen=0)
        known = layouts.digests
        with memory.change():
            memory.put("code", {f"{versions}{key}": code for key, code in layouts.code.made.items()})
            memory.state({"layouts": msgspec.json.encode((mark, known)).decode()})
    return layouts.using(Code(), known, _words(layouts, memory, versions, tags))


def _words(layouts: Layouts, memory: Memory, versions: str, tags: Iterable[Tag]) -> Words:
    """The words in those of some languages, or their bases, that have a catalogue; kept by what stands in its files."""
    found: dict[Tag, bytes] = {}
    for tag in sorted({near for one in tags for near in (one, base(one))}):
        files = catalogue_files(zip(layouts.names, layouts.folders, strict=True), tag)
        if files:
            key = f"{versions}words {tag} {digest(b''.join(data for _, data in files))}"
            kept = memory.get("code", key)
            found[tag] = kept or compiled(tag, files)
            if not kept:
                with memory.change():
                    memory.put("code", {key: found[tag]})
    return Words(found)
