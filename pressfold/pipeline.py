"""The story of each command, on one screen each. Clock, folders and options are arguments; problems are results."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pressfold import catalog, content, markup, output, render, scaffold
from pressfold.article import Article
from pressfold.config import Config
from pressfold.content import Content
from pressfold.ledger import by_file
from pressfold.memory import Memory
from pressfold.output import File, Manifest
from pressfold.pages import bodies, plan
from pressfold.pages.frame import Site
from pressfold.pages.view import Page
from pressfold.problem import Problem, Problems, refuse
from pressfold.site import WORK, lock, read_config, theme

if TYPE_CHECKING:
    from pressfold.intake import Intake

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line asks of an import or a build."""

    root: Path
    now: dt.datetime
    environment: Mapping[str, str] = field(default_factory=dict)
    output: Path | None = None
    base_url: str = ""
    drafts: bool = False
    future: bool = False
    frozen: bool = False
    cache: bool = True
    strict: bool = False
    keep_going: bool = False
    progress: Progress = lambda what, done, all_: None
    notice: Callable[[str], None] = lambda line: None

    @property
    def folder(self) -> Path:
        """Where the site is written."""
        return self.output or self.root / "output"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command did: counts, problems, and what was imported."""

    intake: "Intake | None" = None
    problems: tuple[Problem, ...] = ()
    report: output.Report | None = None
    held: tuple[Article, ...] = ()
    building: bool = True  # whether a site was to be written
    notes: tuple[str, ...] = ()


def build(options: Options) -> Outcome:
    """Import what is new, read everything, plan every page, render what changed, write it."""
    with lock(options.root, options.notice):
        settings = read_config(options.root, options.environment, options.base_url)
        memory = Memory(options.root / WORK if options.cache else None)
        try:
            intake, missing = _import(options, settings, memory, ())
            found = content.read(options.root, options.now, frozen=options.frozen)
            problems = [*missing, *found.problems, *(intake.refused if options.strict else ())]
            if problems and not options.keep_going:
                return Outcome(intake=intake, problems=tuple(problems))
            planned = _plan(options, settings, found)
            before = _manifest(options)
            drawn = _draw(options, planned, found.media, before, memory)
            problems += drawn.problems
            if problems and not options.keep_going:
                return Outcome(intake=intake, problems=tuple(problems))
            report = output.apply(options.folder, drawn.files, drawn.same, before, _shown(options))
            memory.save(pages=drawn.marks, keep={"html": planned.texts})
            notes = (memory.note,) if memory.note else ()
            return Outcome(intake=intake, problems=tuple(problems), report=report, held=planned.held, notes=notes)
        finally:
            memory.close()


def import_(options: Options, sources: Sequence[Path], again: Sequence[str]) -> Outcome:
    """Copy the sources into the inbox, and import what is new there."""
    with lock(options.root, options.notice):
        settings = read_config(options.root, options.environment, options.base_url)
        memory = Memory(options.root / WORK)
        try:
            received = [f"content/{path}" for source in sources for path in _receive(options.root, source)]
            intake, _ = _import(options, settings, memory, again)
            # What was asked for and refused fails the command; what lay in the inbox before is only told.
            asked = (*received, *(f"content/{file}".rstrip("/") for file in again))
            problems = [
                problem
                for problem in intake.refused
                if options.strict or (asked and not _lay_there(problem.path, asked))
            ]
            return Outcome(intake=intake, problems=tuple(problems), building=False)
        finally:
            memory.close()


def _lay_there(path: str, asked: Sequence[str]) -> bool:
    """Whether a file of the inbox is none that the command named, nor in a folder that it named."""
    named = any(f"{path}/".startswith(f"{name}/") for name in asked)
    return path.startswith(f"{content.INBOX}/") and not named


def _receive(root: Path, source: Path) -> Iterator[str]:
    """Copy a file, or what a folder holds but for hidden files and backups; the copies' paths below content/."""
    inside = (root / content.INBOX).resolve()
    if not source.exists():
        raise refuse(str(source), 0, "there is no such file")
    if source.is_file() and content.passed_over(source.name):
        raise refuse(str(source), 0, "is hidden or a backup, which the inbox passes over", "rename it")
    for path in sorted(p for p in source.rglob("*") if p.is_file()) if source.is_dir() else [source]:
        hidden = any(content.passed_over(part) for part in path.relative_to(source).parts)
        if inside not in path.resolve().parents and not hidden:
            yield content.receive(root, path)


def _import(options: Options, settings: Config, memory: Memory, again: Sequence[str]) -> tuple["Intake", list[Problem]]:
    """(what came of the import, what a frozen build misses). A frozen build only says what would be imported."""
    from pressfold.intake import Importer, Intake, look, run, waiting
    from pressfold.intake import again as choose

    content.sweep(options.root)
    ledger = content.read_ledger(options.root)
    items, known, unread = waiting(content.inbox(options.root), ledger, ())
    if not items and not again:
        return Intake(known=known, refused=tuple(unread)), []
    found = content.read(options.root, options.now, frozen=True)
    written = {article.id: article for article in found.articles}
    anew, refused = choose(options.root, ledger, again, written)
    refused += unread
    if anew:
        items, known, _ = waiting(content.inbox(options.root), ledger, anew)
    if options.frozen:
        missing: list[Problem] = []
        files = by_file(ledger)
        for raw in items:
            try:
                look(options.root, raw, settings, files.get(raw.file), written)
                hint = "run pressfold import, and commit what it writes"
                missing.append(Problem(f"content/{raw.file}", 0, "is not imported yet", hint))
            except Problems as wrong:
                refused += wrong.problems
        return Intake(known=known, refused=tuple(refused)), missing
    importer = Importer(options.root, settings, found, ledger, memory, options.now, anew)
    try:
        imported, failed = run(importer, items, lambda done, all_: options.progress("Importing", done, all_))
    finally:
        content.write_ledger(options.root, ledger)
        memory.save(keep={"print": ()})
    return Intake(imported=tuple(imported), refused=(*refused, *failed), known=known), []


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Every page that there will be, the texts that they show, the layouts that draw them, and what is held back."""

    pages: tuple[Page, ...]
    texts: Mapping[str, tuple[str, str]]
    layouts: render.Layouts
    held: tuple[Article, ...]


def _plan(options: Options, settings: Config, found: Content) -> Planned:
    published, held = catalog.due(
        found.articles, options.now, settings.zone, drafts=options.drafts, future=options.future
    )
    layouts = theme(options.root)
    site = Site(
        config=settings,
        catalog=catalog.group(published, found.registry, settings.zone),
        stylesheet=render.static_address(layouts, "static/style.css"),
        icon=render.static_address(layouts, "static/icon.svg"),
    )
    taken = [asset.address for asset in layouts.assets.values()] + [
        path.removeprefix("content/") for path in found.media
    ]
    pages = plan(site, found.registry, found.declared, found.texts, taken)
    return Planned(pages=pages, texts=bodies(site, found.declared, found.texts), layouts=layouts, held=held)


def _manifest(options: Options) -> Manifest:
    output.check_place(options.folder.resolve(), options.root.resolve())
    before = output.read_manifest(options.folder)
    return before if options.cache else Manifest(before.files, finished=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The files that may have to be written; `same`: path to hash of those that are as they must be already.

    `marks`: address to (fingerprint, hash) of every page, for the next build.
    """

    files: tuple[File, ...]
    same: Mapping[str, str]
    marks: Mapping[str, tuple[str, str]]
    problems: tuple[Problem, ...]


def _draw(options: Options, planned: Planned, media: Sequence[str], before: Manifest, memory: Memory) -> Drawn:
    """Render the pages whose fingerprint has changed."""
    versions = render.salt()
    known = memory.pages() if before.finished else {}
    layouts, texts = planned.layouts, planned.texts
    files = [File(asset.address, asset.data) for asset in layouts.assets.values()]
    files += [File(path.removeprefix("content/"), (options.root / path).read_bytes()) for path in media]
    same: dict[str, str] = {}
    marks: dict[str, tuple[str, str]] = {}
    problems: list[Problem] = []
    for number, page in enumerate(planned.pages, 1):
        try:
            mark = render.fingerprint(page, layouts, versions)
            old_mark, old_digest = known.get(page.address, ("", ""))
            if mark == old_mark and before.files.get(page.path) == old_digest:
                same[page.path], marks[page.address] = old_digest, (mark, old_digest)
                continue
            file = File(page.path, render.render(page, layouts, lambda body: _html(body, texts, memory, versions)))
        except Problems as wrong:
            problems += wrong.problems
            continue
        files.append(file)
        marks[page.address] = (mark, file.digest)
        options.progress("Rendering", number, len(planned.pages))
    return Drawn(files=tuple(files), same=same, marks=marks, problems=tuple(dict.fromkeys(problems)))


def _html(key: str, texts: Mapping[str, tuple[str, str]], memory: Memory, versions: str) -> str:
    """A text's safe HTML, remembered together with the versions that made it."""
    kept = memory.get("html", key)
    mark = versions[:16].encode()
    if kept is not None and kept.startswith(mark):
        return kept[len(mark) :].decode("utf-8", "replace")
    markdown, path = texts[key]
    try:
        safe = markup.html(markdown)
    except markup.TooTangledError as reason:
        raise refuse(path, 0, str(reason), "shorten it, or close its brackets") from None
    memory.put("html", key, mark + safe.encode("utf-8"))
    return safe


def _shown(options: Options) -> str:
    """The output folder as messages call it."""
    try:
        return options.folder.resolve().relative_to(options.root.resolve()).as_posix()
    except ValueError:
        return options.folder.as_posix()


def listing(options: Options) -> tuple[tuple[Article, ...], tuple[Article, ...], tuple[Problem, ...]]:
    """(published, held back, problems) of all articles, newest first."""
    settings = read_config(options.root, options.environment)
    found = content.read(options.root, options.now, frozen=True)
    published, held = catalog.due(found.articles, options.now, settings.zone, drafts=False, future=False)
    order = lambda article: catalog.newest_first(article, settings.zone)  # noqa: E731
    return tuple(sorted(published, key=order)), tuple(sorted(held, key=order)), found.problems


def clean(options: Options) -> tuple[str, ...]:
    """Delete what builds wrote, and what they remembered."""
    import shutil

    with lock(options.root, options.notice):
        gone = output.clean(options.folder)
    shutil.rmtree(options.root / WORK, ignore_errors=True)
    return gone


def new(options: Options, title: str, lang: str, companies: Sequence[str]) -> Path:
    """Write a draft article with a title; its path."""
    with lock(options.root, options.notice):
        settings = read_config(options.root, options.environment)
        return scaffold.begin(options.root, settings, options.now, title, lang, companies)


def init(options: Options, title: str, base_url: str) -> tuple[str, ...]:
    """Write a new site's first files; their paths."""
    return scaffold.make(options.root, title, base_url)
