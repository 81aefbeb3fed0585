"""Subjects to files, many at once: what parallel processes do while the site is drawn.

A subject's pages are planned, and of these the ones are drawn whose fingerprint is another than last time; of these in
turn the ones are staged whose bytes are others than those in the output.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import jinja2
import msgspec

from pressfold import article as articles
from pressfold import card, catalog, markup, output, render
from pressfold.company import Company, registry
from pressfold.config import Config
from pressfold.memory import Drawn, Memory
from pressfold.pages import plan
from pressfold.pages.frame import Site
from pressfold.pages.texts import ABOUT
from pressfold.pages.view import Address, Text
from pressfold.problem import Problem, Problems, refuse
from pressfold.reading import plain
from pressfold.slug import Slug
from pressfold.survey import digest, read
from pressfold.textpage import TextPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that drawing needs to know: plain values, which another process can be given."""

    root: Path
    folder: Path  # the output
    memory: Path
    config: Config
    declared: Mapping[Slug, Company]
    broken: Mapping[Slug, Company]
    texts: Sequence[TextPage]
    layouts: render.Layouts
    versions: str
    listed: Mapping[str, str]  # what the output holds, path to hash ...
    vouched: bool  # ... and that is all that a run wrote which the memory knows


class Done(NamedTuple):
    """A subject that was drawn: its pages, the files that were staged, and what went wrong; then it is not done."""

    subject: str
    pages: list[Drawn]
    staged: list[str]
    problems: tuple[Problem, ...]


class Painter:
    """Draws subjects. It has its own connection to the memory, and keeps there what it computed."""

    def __init__(self, given: Plan) -> None:
        self._given = given
        self._memory = Memory.attach(given.memory)
        self._stage = output.Stage(given.folder)
        self._versions = given.versions
        self._html: dict[str, bytes] = {}
        own = (*given.declared.values(), *given.texts, ABOUT)
        self._own = {card.digest(one.body): one.body for one in own}
        self._layouts = replace(given.layouts, code=_Code(self._memory, given.versions))
        self._site = Site(
            config=given.config,
            catalog=catalog.Catalog(self._memory.database),
            registry=registry({**given.broken, **given.declared}),
            declared=given.declared,
            texts=given.texts,
            stylesheet=render.static_address(given.layouts, "static/style.css"),
            icon=render.static_address(given.layouts, "static/icon.svg"),
        )

    @property
    def site(self) -> Site:
        """What pages are planned from."""
        return self._site

    def draw(self, subjects: Sequence[str], others: Sequence[Address] = ()) -> list[Done]:
        """Each subject, drawn as far as it is not as it was."""
        known = self._memory.drawn(subjects)
        done = [self._subject(subject, known[subject], others) for subject in subjects]
        if self._html:
            with self._memory.change():
                self._memory.put("html", self._html)
            self._html = {}
        return done

    def _subject(self, subject: str, known: Sequence[Drawn], others: Sequence[Address]) -> Done:
        before = {page.path: page for page in known}
        pages: list[Drawn] = []
        staged: list[str] = []
        problems: list[Problem] = []
        for page in plan(self._site, subject, others):
            try:
                mark = render.fingerprint(page, self._layouts, self._versions)
                kept = before.get(page.path)
                if kept and kept.fingerprint == mark and self._given.listed.get(page.path) == kept.digest:
                    pages.append(kept._replace(source=page.source, listed=page.listed))
                    continue
                data = render.render(page, self._layouts, self._safe)
            except Problems as wrong:
                problems += wrong.problems
                continue
            found = digest(data)
            if self._given.listed.get(page.path) != found:
                self._stage.put(page.path, data)
                staged.append(page.path)
            pages.append(Drawn(page.path, subject, page.source, mark, found, page.listed))
        return Done(subject, pages, staged, tuple(problems))

    def _safe(self, text: Text) -> str:
        """A text's safe HTML: as it was made before by the same versions, or made now."""
        key = f"{self._versions[:32]}{text.digest}"
        kept = self._html.get(key) or self._memory.get("html", key)
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
        data, _ = read(self._given.root / text.path)
        body = articles.body(plain(data, text.path))
        for mode in ("full", "excerpt"):
            shown = card.published(body, mode)
            if card.digest(shown) == text.digest:
                return shown
        raise refuse(text.path, 0, "changed while the site was built", "build again")

    def close(self) -> None:
        """Let go of the memory."""
        self._memory.close()


class _Code(jinja2.BytecodeCache):  # type: ignore[misc]
    """Layouts as Python compiled them, kept in the memory."""

    def __init__(self, memory: Memory, versions: str) -> None:
        self._memory, self._versions = memory, versions

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        kept = self._memory.get("code", f"{self._versions[:32]}{bucket.key}")
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        with self._memory.change():
            self._memory.put("code", {f"{self._versions[:32]}{bucket.key}": bucket.bytecode_to_string()})


def prepare(layouts: render.Layouts, memory: Memory, mark: str, versions: str) -> render.Layouts:
    """The layouts with their hashes, each compiled and kept for whoever draws; `mark` is the hash of all their files."""
    mark = f"{mark} {versions}"
    kept = memory.fact("layouts")
    if kept:
        of, known = msgspec.json.decode(kept, type=tuple[str, dict[str, str]])
        if of == mark:
            return replace(layouts, known=known)
    known = {}
    fresh = replace(layouts, code=_Code(memory, versions))
    for name in fresh.layouts:
        with suppress(Problems):  # a page that is drawn through it will say so
            known[name] = fresh.digest(name)
            fresh.environment.get_template(name)
    memory.state({"layouts": msgspec.json.encode((mark, known)).decode()})
    return replace(layouts, known=known)
