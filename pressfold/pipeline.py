"""The story of each command, on one screen each. Clock, folders and options are arguments; problems are results."""

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pressfold import config, content, output, scaffold, versions
from pressfold.card import Card, card
from pressfold.catalog import Catalog, Due
from pressfold.config import Config
from pressfold.imported import Intake
from pressfold.ledger import Ledger, by_file
from pressfold.memory import Memory
from pressfold.problem import Problem, Problems, refuse
from pressfold.site import WORK, boot, lock, read_config, theme
from pressfold.survey import Seen, Survey, digest, passed_over, read, state, survey, trusted
from pressfold.update import Found, Taking, html_mark, look, take_in

if TYPE_CHECKING:
    from pressfold.drawing import Plan

PREVIEW = "preview"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line asks of an import or a build."""

    root: Path
    now: dt.datetime
    environment: Mapping[str, str] = field(default_factory=dict)
    output: Path | None = None
    preview: bool = False  # a site to look at, beside the one that is published
    jobs: int = 0  # processes; 0: as many as there are cores
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
        return self.output or (self.work / PREVIEW if self.preview else self.root / "output")

    @property
    def work(self) -> Path:
        """Where what the build remembers lies; a preview has a memory of its own."""
        return self.root / WORK / PREVIEW if self.preview else self.root / WORK


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command did: counts, problems, and what was imported."""

    intake: Intake | None = None
    problems: tuple[Problem, ...] = ()
    report: output.Report | None = None
    held: tuple[Card, ...] = ()
    building: bool = True  # whether a site was to be written
    notes: tuple[str, ...] = ()


def build(options: Options) -> Outcome:
    """Import what is new, take in what changed, draw what that touches, apply it."""
    with lock(options.root, options.notice) as clock:
        check(options)
        memory = Memory(options.work if options.cache else None)
        try:
            with output.staging(options.folder):
                return _build(options, memory, clock)
        except (sqlite3.DatabaseError, msgspec.DecodeError):  # what is remembered is damaged: once more without it
            memory.set_aside()
            with output.staging(options.folder):
                return _build(options, memory, clock)
        finally:
            memory.close()


def check(options: Options) -> None:
    """Raise Problems where there is no site, or the output would swallow it."""
    if not (options.root / config.FILE).is_file():
        read_config(options.root, options.environment)
    output.check_place(options.folder.resolve(), options.root.resolve(), (options.work / PREVIEW).resolve())


def _build(options: Options, memory: Memory, clock: int) -> Outcome:
    current = _versions(memory)
    here, elsewhere = _survey(options.root)
    intake, missing = _import(options, memory, here, clock)
    if intake.imported:
        here, elsewhere = _survey(options.root)
    found = look(options.root, memory, here, elsewhere, _salt(options, current))
    idle = _nothing_to_do(options, memory, found)
    wrong: list[Problem] = []
    if not idle:
        settings = read_config(options.root, options.environment, options.base_url)
        wrong = take_in(_taking(options, settings, clock), memory, found, current)
    problems = tuple(sorted((*missing, *wrong, *_standing(options, memory, found, intake)), key=_place))
    report = output.Report((), memory.pages_count(), ()) if idle else None
    if not idle and (options.keep_going or not problems):
        from pressfold.redraw import redraw

        plan = _plan(options, memory, found, settings, current)
        drawn = redraw(
            plan, memory, jobs=options.jobs, name=_shown(options), keep_going=options.keep_going,
            progress=options.progress,
        )  # fmt: skip
        problems, report = (*problems, *drawn.problems), drawn.report
        if report:
            _remember(options, memory)
    return Outcome(
        intake=intake,
        problems=problems,
        report=report if options.keep_going or not problems else None,
        held=tuple(Catalog(memory.database).held()),
        notes=(memory.note,) if memory.note else (),
    )


def _versions(memory: Memory) -> str:
    """The versions on which pages depend; reckoned again only where anything was installed or changed."""
    standing = versions.standing()
    if memory.fact("standing") != standing:
        memory.state({"standing": standing, "versions": versions.salt()})
    return memory.fact("versions")


def _salt(options: Options, current: str) -> str:
    return msgspec.json.encode([current, sorted(options.environment.items()), options.base_url]).decode()


def _survey(root: Path) -> tuple[Survey, dict[str, Path]]:
    """(every file that a build depends on, where those lie that are not below root by their name)."""
    here = survey(root, *content.FOLDERS)
    places = {name: root / name for name in (config.FILE, content.LEDGER)}
    for name, folder in theme(root).items():
        places |= {f"{name}/{path.relative_to(folder).as_posix()}": path for path in sorted(folder.rglob("*"))}
    states = {name: state(path) for name, path in places.items() if path.is_file()}
    return replace(here, files={**here.files, **states}), places


def _nothing_to_do(options: Options, memory: Memory, found: Found) -> bool:
    """Whether the output is as it must be: nothing changed, nothing was left to be drawn, and nobody touched the list."""
    return (
        not (found.articles or found.gone or found.fresh)
        and memory.fact("scope") == found.scope
        and not memory.dirty()
        and not Catalog(memory.database).turned(_due(options))
        and _vouched(options, memory)
    )


def _vouched(options: Options, memory: Memory) -> bool:
    """Whether the output's list of files is the one that the last run wrote, in this run of the machine."""
    return options.cache and memory.fact("folder") == str(options.folder) and memory.fact("list") == _list(options)


def _list(options: Options) -> str:
    place = options.folder / output.MANIFEST
    return f"{state(place)} {boot()}" if place.is_file() else ""


def _remember(options: Options, memory: Memory) -> None:
    with memory.change():
        memory.state({"folder": str(options.folder), "list": _list(options)})
        if memory.count("html") > 2 * memory.pages_count() + 100:  # more texts of the past than of the present
            memory.keep("html")


def _place(problem: Problem) -> tuple[str, int]:
    return problem.path, problem.line


def _due(options: Options) -> Due:
    return Due(now=options.now, drafts=options.drafts, future=options.future)


def _taking(options: Options, settings: Config, clock: int) -> Taking:
    return Taking(
        root=options.root,
        config=settings,
        due=_due(options),
        clock=clock,
        frozen=options.frozen,
        jobs=options.jobs,
        progress=options.progress,
    )


def _standing(options: Options, memory: Memory, found: Found, intake: Intake) -> list[Problem]:
    """What is wrong as long as nobody mends it."""
    odd = [problem for problem in found.here.odd if not problem.path.startswith(f"{content.INBOX}/")]
    twins = [
        Problem(path, 0, f"has the id of {first}", "delete the id line of the copy")
        for path, first in Catalog(memory.database).twins()
    ]
    refused = intake.refused if options.strict else ()
    return [*odd, *found.problems, *twins, *content.out_of_place(options.root), *refused]


def _plan(options: Options, memory: Memory, found: Found, settings: Config, current: str) -> "Plan":
    """What drawing needs to know; the output's files are looked at where nobody vouches for their list."""
    from pressfold import render
    from pressfold.drawing import Plan, prepare

    vouched = _vouched(options, memory)
    with memory.change():
        if memory.fact("folder") != str(options.folder):
            memory.undraw(None)
        if not vouched:
            output.look(options.folder)
            listed = output.read_manifest(options.folder)
            memory.undraw([page.path for page in memory.pages() if listed.get(page.path) != page.digest])
    folders = theme(options.root)
    layouts = render.Layouts(tuple(folders.values()), tuple(folders))
    return Plan(
        root=options.root,
        folder=options.folder,
        memory=memory.path,
        config=settings,
        declared=found.declared,
        broken=found.broken,
        texts=found.texts,
        layouts=prepare(layouts, memory, found.theme, current),
        versions=html_mark(settings.markup, current),
        listed=output.read_manifest(options.folder),
        vouched=vouched,
        anew=not memory.pages_count(),
    )


def import_(options: Options, sources: Sequence[Path], again: Sequence[str]) -> Outcome:
    """Copy the sources into the inbox, and import what is new there."""
    with lock(options.root, options.notice) as clock:
        memory = Memory(options.root / WORK)
        try:
            received = [f"content/{path}" for source in sources for path in _receive(options.root, source)]
            intake, _ = _import(options, memory, _survey(options.root)[0], clock, again)
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
    if source.is_file() and passed_over(source.name):
        raise refuse(str(source), 0, "is hidden or a backup, which the inbox passes over", "rename it")
    for path in sorted(p for p in source.rglob("*") if p.is_file()) if source.is_dir() else [source]:
        hidden = any(passed_over(part) for part in path.relative_to(source).parts)
        if inside not in path.resolve().parents and not hidden:
            yield content.receive(root, path)


def _import(
    options: Options, memory: Memory, here: Survey, clock: int, again: Sequence[str] = ()
) -> tuple[Intake, list[Problem]]:
    """(what came of the import, what a frozen build misses). A frozen build only says what would be imported."""
    settled = _settled(memory, here)
    inbox = here.below(content.INBOX)
    odd = [
        replace(problem, message=f"not imported: {problem.message}")
        for problem in here.odd
        if problem.path.startswith(f"{content.INBOX}/")
    ]
    if settled is not None and len(settled) == len(inbox) and not again:
        return Intake(known=len(settled), refused=tuple(odd)), []
    from pressfold.intake import Importer, run, waiting  # what reads raw files is much to load
    from pressfold.intake import again as choose
    from pressfold.intake import look as look_at

    settings = read_config(options.root, options.environment, options.base_url)
    ledger = content.read_ledger(options.root)
    items, known, unread = waiting(content.inbox(options.root, () if again else settled or ()), ledger, ())
    known += 0 if again else len(settled or ())
    if not items and not again:
        _settle(options.root, memory, here, ledger, clock)
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
                look_at(options.root, raw, settings, files.get(raw.file), written)
                hint = "run pressfold import, and commit what it writes"
                missing.append(Problem(f"content/{raw.file}", 0, "is not imported yet", hint))
            except Problems as wrong:
                refused += wrong.problems
        return Intake(known=known, refused=tuple(refused)), missing
    with memory.change():
        importer = Importer(options.root, settings, found, ledger, memory, options.now, anew)
        try:
            imported, failed = run(importer, items, lambda done, all_: options.progress("Importing", done, all_))
        finally:
            content.write_ledger(options.root, ledger)
            memory.keep("print")
    _settle(options.root, memory, _survey(options.root)[0], ledger, clock)
    return Intake(imported=tuple(imported), refused=(*refused, *failed), known=known), []


def _settled(memory: Memory, here: Survey) -> set[str] | None:
    """The files of the inbox that were imported once, as they are now; None where the ledger is another than it was."""
    inbox, said = here.below(content.INBOX), memory.said(content.INBOX)
    seen = memory.seen([content.LEDGER, *(path for path in inbox if said.get(path))])
    ledger = here.files.get(content.LEDGER)
    if ledger is not None and (content.LEDGER not in seen or seen[content.LEDGER].state != ledger):
        return None
    return {path for path in inbox if path in seen and seen[path].state == here.files[path]}


def _settle(root: Path, memory: Memory, here: Survey, ledger: Ledger, clock: int) -> None:
    """Remember which files of the inbox need not be opened again, as long as the ledger stays as it is."""
    files = [content.LEDGER, *(path for path in here.below(content.INBOX))]
    found = []
    for path in files:
        try:
            data, now = read(root / path)
        except OSError:
            continue
        mark = digest(data)
        if path == content.LEDGER or mark in ledger:  # by the hash of its bytes an item is known there
            found.append((path, trusted(Seen(now, mark), clock), b"imported"))
    with memory.change():
        memory.saw(found)


def _shown(options: Options) -> str:
    """The output folder as messages call it."""
    try:
        return options.folder.resolve().relative_to(options.root.resolve()).as_posix()
    except ValueError:
        return options.folder.as_posix()


def listing(options: Options) -> tuple[tuple[Card, ...], tuple[Card, ...], tuple[Problem, ...]]:
    """(published, held back, problems) of all articles, newest first."""
    settings = read_config(options.root, options.environment)
    found = content.read(options.root, options.now, frozen=True)
    due = _due(options)
    all_ = sorted((card(a, settings) for a in found.articles), key=lambda c: (c.day, c.moment, c.joined), reverse=True)
    held = tuple(one for one in all_ if due.holds(one))
    return tuple(one for one in all_ if one not in held), held, found.problems


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
