"""The story of each command, on one screen each. Clock, folders and options are arguments; problems are results.

A build with nothing to do loads next to nothing: what a command needs beyond the first look is loaded where it is needed.
"""

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import msgspec
from msgspec.structs import replace

from pressfold import output
from pressfold.card import Card
from pressfold.catalog import Catalog
from pressfold.glance import Glance, glance, survey_site, unchanged, vouched
from pressfold.imported import Intake, settled
from pressfold.memory import Memory
from pressfold.memory.tables import FILE
from pressfold.options import PREVIEW, Options, Outcome
from pressfold.output import Report
from pressfold.problem import Problem, refuse, suggest
from pressfold.site import ARTICLES, INBOX, WORK, check_site, lock, out_of_place
from pressfold.slug import Slug, slug_of
from pressfold.survey import Survey
from pressfold.versions import versions

if TYPE_CHECKING:
    from pressfold.census import Candidate
    from pressfold.check import Audit
    from pressfold.company import Company
    from pressfold.declare import Declared, Wanted
    from pressfold.explain import Explained
    from pressfold.fetch import Fetched, Network, Pages
    from pressfold.joining import Judged
    from pressfold.publish import Asked, Published
    from pressfold.reread import Reread

T = TypeVar("T")
# What reading damaged tables can raise.
_DAMAGED = (sqlite3.DatabaseError, msgspec.DecodeError, LookupError, TypeError, ValueError)


def build(options: Options) -> Outcome:
    """Import what is new, take in what changed, draw what that touches, apply it."""
    with lock(options.root, options.notice) as clock:
        check(options)
        memory = Memory(options.work if options.cache else None)

        def work() -> Outcome:
            with output.staging(options.folder):
                return _build(options, memory, clock)

        try:
            return _without_damage(memory, work)
        finally:
            memory.close()


def _without_damage(memory: Memory, work: Callable[[], T]) -> T:
    """What the work comes to; begun once more without what is remembered where that makes no sense."""
    try:
        return work()
    except _DAMAGED:
        memory.set_aside()
    try:
        return work()
    except sqlite3.DatabaseError as error:  # no damage then, but a place that takes nothing
        raise OSError(0, f"cannot be written: {error}", str(memory.path)) from None


def check(options: Options) -> None:
    """Raise Problems where there is no site, or the output would swallow it."""
    check_site(options.root)
    output.check_place(options.folder.resolve(), options.root.resolve(), (options.work / PREVIEW).resolve())


def _build(options: Options, memory: Memory, clock: int) -> Outcome:
    current = versions(memory)
    here, places = survey_site(options.root)
    intake, wrong = _import(options, memory, here, clock)
    if intake.imported or intake.same:
        here, places = survey_site(options.root)
    seen = glance(options.root, memory, here, places, _salt(options, current))

    def standing() -> list[Problem]:
        return [*wrong, *_standing(options, memory, seen, intake)]

    report: Report | None
    if _nothing_to_do(options, memory, seen):
        problems, report = standing(), Report((), memory.pages_count(), ())
    else:
        from pressfold.renew import renew

        problems, report = renew(options, memory, seen, clock, current, standing)
    return Outcome(
        intake=intake,
        problems=tuple(sorted(dict.fromkeys(problems), key=lambda problem: (problem.path, problem.line))),
        report=report if options.keep_going or not problems else None,
        held=tuple(Catalog(memory.database).held()),
        notes=(memory.note,) if memory.note else (),
    )


def _salt(options: Options, current: str) -> str:
    return msgspec.json.encode([current, sorted(options.environment.items()), options.base_url]).decode()


def _nothing_to_do(options: Options, memory: Memory, seen: Glance) -> bool:
    """Whether the output is as it must be: nothing changed, nothing was left to be drawn, and nobody touched the list."""
    return options.cache and seen.calm and _drawn(options, memory, seen)


def _drawn(options: Options, memory: Memory, seen: Glance) -> bool:
    """Whether nothing but files of content/ that changed can be a reason to draw anything."""
    return (
        memory.fact("scope") == seen.scope
        and not memory.dirty()
        and not Catalog(memory.database).turned(options.due)
        and vouched(options.folder, memory)
    )


def _standing(options: Options, memory: Memory, seen: Glance, intake: Intake) -> list[Problem]:
    """What is wrong with the site as long as nobody mends it."""
    odd = [problem for problem in seen.here.odd if not problem.path.startswith(f"{INBOX}/")]
    twins = [
        Problem(path, 0, f"has the id of {first}", "delete the id line of the copy")
        for path, first in Catalog(memory.database).twins()
    ]
    refused = intake.refused if options.strict else ()
    translations = _translations(options, Catalog(memory.database), seen.here.below(ARTICLES))
    return [*odd, *seen.problems, *twins, *translations, *out_of_place(options.root), *refused]


def _translations(options: Options, catalog: Catalog, paths: Sequence[str]) -> list[Problem]:
    """What is wrong with what translations say of their originals."""
    astray = catalog.astray()
    if not astray:
        return []
    from pressfold.translations import mistakes

    path_of = {slug_of(path): path for path in paths}
    return mistakes(options.root, astray, lambda slug: catalog.entered(path_of.get(Slug(slug), "")), path_of)


def _import(options: Options, memory: Memory, here: Survey, clock: int) -> tuple[Intake, list[Problem]]:
    """(what came of the import, what a frozen build misses)."""
    known = settled(memory, here)
    if known is not None and len(known) == len(here.below(INBOX)):
        odd = [problem for problem in here.odd if problem.path.startswith(f"{INBOX}/")]
        refused = [replace(problem, message=f"not imported: {problem.message}") for problem in odd]
        return Intake(known=len(known), refused=tuple(refused)), []
    from pressfold import intake

    return intake.take(options, memory, clock, known or ())


def import_(
    options: Options,
    sources: Sequence[Path],
    again: Sequence[str],
    stream: BinaryIO | None = None,
    pages: "Pages | None" = None,
) -> Outcome:
    """Copy the sources, what a stream holds and the pages that were fetched into the inbox, and import what is new there."""
    from pressfold import inbox, intake

    with lock(options.root, options.notice) as clock:
        memory = Memory(options.root / WORK)
        try:
            received = [f"content/{path}" for path in (pages.keep(options.root) if pages else ())]
            received += [f"content/{path}" for source in sources for path in inbox.receive(options.root, source)]
            received += [f"content/{inbox.take_in(options.root, stream)}"] if stream else []
            came, _ = _without_damage(memory, lambda: intake.take(options, memory, clock, anew=again))
            # What was asked for and refused fails the command; what lay in the inbox before is only told.
            asked = (*received, *(f"content/{file}".rstrip("/") for file in again))
            problems = [
                problem
                for problem in came.refused
                if options.strict or (asked and not inbox.lay_there(problem.path, asked))
            ]
            notes = (memory.note,) if memory.note else ()
            wrong = (*(pages.refused if pages else ()), *problems)
            return Outcome(intake=came, problems=wrong, building=False, notes=notes)
        finally:
            memory.close()


def save(options: Options, addresses: Sequence[str], network: "Network") -> "Pages":
    """Fetch the pages at some addresses, as they are to lie in the inbox."""
    from pressfold import fetch as outside
    from pressfold.settings import read_config

    settings = read_config(options.root, options.environment)
    return outside.save(addresses, outside.in_the_name_of(network, settings.base_url))


def fetch(options: Options, names: Sequence[str], network: "Network") -> tuple[tuple["Fetched", ...], Outcome]:
    """(what came of the feeds of some sources, of all where none is named; what came of importing what is new then)."""
    from pressfold import fetch as outside
    from pressfold.settings import read_config

    settings = read_config(options.root, options.environment)
    feeds = outside.chosen(outside.feeds(options.root, settings), names, settings.sources)
    ours = outside.in_the_name_of(network, settings.base_url)
    came: list[Fetched] = []
    for one in outside.fetch(options.root, feeds, ours, lambda: lock(options.root, options.notice)):
        came.append(one)
        options.progress("Fetching", len(came), len(feeds))
    with lock(options.root, options.notice) as clock:
        memory = Memory(options.root / WORK)
        try:
            here, _ = survey_site(options.root)
            intake, _ = _without_damage(memory, lambda: _import(options, memory, here, clock))
        finally:
            memory.close()
    failed = [one.problem for one in came if one.state == "failed"]
    wrong = [*failed, *intake.refused] if options.strict else failed if len(failed) == len(feeds) else []
    notes = (memory.note,) if memory.note else ()
    return outside.in_order(came, feeds), Outcome(intake=intake, problems=tuple(wrong), building=False, notes=notes)


def audit(options: Options, against: Path | None = None) -> "Audit":
    """What is wrong with the output, without changing it; `against` is the output as it was published last."""
    from pressfold.check import run
    from pressfold.settings import read_config

    with lock(options.root, options.notice):
        check(options)
        settings = read_config(options.root, options.environment, options.base_url)
        return run(options, settings, against=against, older=_older(options))


def _older(options: Options) -> bool:
    """Whether anything changed since the output was built, as far as a memory of that can tell."""
    if not (options.work / FILE).is_file():
        return False
    memory = Memory(options.work)
    try:
        if memory.fact("folder") != str(options.folder):
            return False
        current = versions(memory)
        here, places = survey_site(options.root)
        seen = glance(options.root, memory, here, places, _salt(options, current))
        return not unchanged(options.root, seen) or memory.fact("scope") != seen.scope or bool(memory.dirty())
    except _DAMAGED:  # the next build sets it aside
        return False
    finally:
        memory.close()


def publish(options: Options, name: str, asked: "Asked") -> "Published":
    """Send the output to a target, once nothing speaks against it."""
    from pressfold import publish as sending
    from pressfold.settings import read_config

    with lock(options.root, options.notice) as clock:
        check(options)
        settings = read_config(options.root, options.environment, options.base_url)
        target = sending.chosen(settings, name)
        return sending.publish(options, settings, target, asked, _unfit(options, clock))


def _unfit(options: Options, clock: int) -> list[Problem]:
    """What a frozen build would say of content/, or that the output is not what it would write."""
    if output.unfinished(options.folder):
        return [Problem(options.shown, 0, "is half written: a build was stopped", "run pressfold build")]
    memory = Memory(options.work)
    try:
        current = versions(memory)
        here, places = survey_site(options.root)
        intake, wrong = _import(replace(options, frozen=True), memory, here, clock)
        seen = glance(options.root, memory, here, places, _salt(options, current))
        problems = [*wrong, *_standing(options, memory, seen, intake)]
        if not problems and not (unchanged(options.root, seen) and _drawn(options, memory, seen)):
            problems.append(Problem(options.shown, 0, "is not what content/ says now", "run pressfold build"))
        return list(dict.fromkeys(problems))
    except _DAMAGED:
        return [Problem(options.shown, 0, "may be older than content/: its memory is damaged", "run pressfold build")]
    finally:
        memory.close()


def listing(options: Options) -> tuple[tuple[Card, ...], tuple[Card, ...], tuple[Problem, ...]]:
    """(published, held back, problems) of all articles, newest first."""
    from pressfold import content
    from pressfold.published import card
    from pressfold.settings import read_config
    from pressfold.translations import mistakes

    settings = read_config(options.root, options.environment)
    found = content.read(options.root, options.now, frozen=True)
    former = found.registry.former
    cards = sorted(
        (card(article, settings, former) for article in found.articles), key=lambda c: (c.day, c.moment, c.joined)
    )
    held = tuple(one for one in reversed(cards) if options.due.holds(one))
    by_slug = {str(card.slug): card for card in cards}
    problems = (*found.problems, *mistakes(options.root, cards, by_slug.get, by_slug))
    return tuple(one for one in reversed(cards) if not options.due.holds(one)), held, problems


def unknown_names(options: Options, least: int) -> "list[Candidate]":
    """The names that stand in at least so many articles, and that no list knows."""
    from pressfold import content
    from pressfold.census import census

    check_site(options.root)
    known = content.companies_of(options.root)
    return census(options.root, known, least, lambda done, all_: options.progress("Reading", done, all_))


def declare(options: Options, wanted: "Wanted", *, dry: bool) -> "tuple[Declared, list[Reread]]":
    """Write what is said of a company; (its file, the articles of which that changes something)."""
    from pressfold import content
    from pressfold import declare as files

    with lock(options.root, options.notice):
        known = content.companies_of(options.root)
        declared = files.declare(options.root, known, wanted)
        if not dry:
            declared.write(options.root)
        own = {**known.declared, declared.company.slug: declared.company}
        return declared, _reread(options, own, [declared.company.slug], dry=dry)


def reread(options: Options, slugs: Sequence[str], *, dry: bool) -> "list[Reread]":
    """Read the articles again that some companies concern, or all that the site says something of."""
    from pressfold import content

    with lock(options.root, options.notice):
        known = content.companies_of(options.root)
        for slug in slugs:
            if slug not in known:
                raise refuse("SLUG", 0, f"there is no company {slug!r}", suggest(slug, known))
        asked = [known[Slug(slug)].slug for slug in slugs] or list(known.declared)
        return _reread(options, known.declared, asked, dry=dry)


def _reread(options: Options, own: "Mapping[Slug, Company]", slugs: Sequence[Slug], *, dry: bool) -> "list[Reread]":
    from pressfold.company import registry
    from pressfold.reread import Rereading

    reading = Rereading(options.root, registry(own), slugs, dry=dry)
    return list(reading.run(lambda done, all_: options.progress("Reading", done, all_)))


def rename(options: Options, old: str, new: str) -> "Declared":
    """Give a company another slug; its old addresses lead to the new."""
    from pressfold import content
    from pressfold import declare as files

    with lock(options.root, options.notice):
        declared = files.rename(options.root, content.companies_of(options.root), old, new)
        declared.write(options.root)
        return declared


def clean(options: Options) -> tuple[str, ...]:
    """Delete what builds wrote, and what they remembered."""
    import shutil

    with lock(options.root, options.notice):
        gone = output.clean(options.folder)
    shutil.rmtree(options.root / WORK, ignore_errors=True)
    return gone


def new(options: Options, title: str, lang: str, companies: Sequence[str]) -> Path:
    """Write a draft article with a title; its path."""
    from pressfold import scaffold
    from pressfold.settings import read_config

    with lock(options.root, options.notice):
        settings = read_config(options.root, options.environment)
        return scaffold.begin(options.root, settings, options.now, title, lang, companies)


def init(options: Options, title: str, base_url: str) -> tuple[str, ...]:
    """Write a new site's first files; their paths."""
    from pressfold import scaffold

    return scaffold.make(options.root, title, base_url)


def stories(options: Options, least: float, accept: Collection[int] | None, refuse: Collection[int]) -> "Judged":
    """Propose which stories are one, and join or keep apart what an editor says."""
    from pressfold.joining import judge

    with lock(options.root, options.notice) as clock:
        memory = Memory(options.root / WORK)
        try:
            return _without_damage(memory, lambda: judge(options, memory, clock, least, accept, refuse))
        finally:
            memory.close()


def explain(options: Options, asked: str) -> "list[Explained]":
    """Why an article is as it is."""
    from pressfold.explain import explain as explained

    check_site(options.root)
    return explained(options.root, asked)
