"""Articles brought in: what the inbox holds, what is fetched, and what an editor says of their stories."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from msgspec.structs import replace

from pressfold import beside
from pressfold.glance import survey_site
from pressfold.imported import Intake, settled
from pressfold.memory import Memory
from pressfold.options import Options, Outcome
from pressfold.pipeline.remembering import remembering, without_damage
from pressfold.problem import Problem
from pressfold.site import INBOX, WORK, check_site, lock
from pressfold.survey import Survey

if TYPE_CHECKING:
    from pressfold.explain import Explained
    from pressfold.fetch import Fetched, Network, Pages
    from pressfold.joining import Judged


def take_in(
    options: Options, memory: Memory, here: Survey, clock: int, again: Sequence[str] = ()
) -> tuple[Intake, list[Problem]]:
    """(what came of importing what is new in the inbox, and some of it again; what a frozen build misses)."""
    known = settled(memory, here)
    items = beside.items(here.below(INBOX))
    if known is not None and known.issuperset(items) and not again:
        odd = [problem for problem in here.odd if problem.path.startswith(f"{INBOX}/")]
        refused = [replace(problem, message=f"not imported: {problem.message}") for problem in odd]
        return Intake(known=len(items), refused=tuple(refused)), []
    from pressfold import intake

    return intake.take(options, memory, clock, known or (), again)


def import_(
    options: Options,
    sources: Sequence[Path],
    again: Sequence[str],
    stream: BinaryIO | None = None,
    pages: "Pages | None" = None,
) -> Outcome:
    """Copy the sources, what a stream holds and the pages that were fetched into the inbox, and import what is new there."""
    from pressfold import inbox

    with remembering(options, options.root / WORK) as (memory, clock):
        received = [f"content/{path}" for path in (pages.keep(options.root) if pages else ())]
        received += [f"content/{path}" for source in sources for path in inbox.receive(options.root, source)]
        received += [f"content/{inbox.take_in(options.root, stream)}"] if stream else []
        came = _import(options, memory, clock, again)
        # What was asked for and refused fails the command; what lay in the inbox before is only told.
        asked = (*received, *(f"content/{file}".rstrip("/") for file in again))
        mine = [problem for problem in came.refused if asked and not inbox.lay_there(problem.path, asked)]
        wrong = (*(pages.refused if pages else ()), *(came.refused if options.strict else mine))
        return _outcome(memory, came, wrong)


def _import(options: Options, memory: Memory, clock: int, again: Sequence[str] = ()) -> Intake:
    here, _ = survey_site(options.root)
    return without_damage(memory, lambda: take_in(options, memory, here, clock, again))[0]


def _outcome(memory: Memory, came: Intake, wrong: Sequence[Problem]) -> Outcome:
    notes = (memory.note,) if memory.note else ()
    return Outcome(intake=came, problems=tuple(wrong), building=False, notes=notes)


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
    failed = [one.problem for one in came if one.state == "failed"]
    with remembering(options, options.root / WORK) as (memory, clock):
        intake = _import(options, memory, clock)
        wrong = [*failed, *intake.refused] if options.strict else failed if len(failed) == len(feeds) else []
        return outside.in_order(came, feeds), _outcome(memory, intake, wrong)


def stories(options: Options, least: float, accept: Collection[int] | None, refuse: Collection[int]) -> "Judged":
    """Propose which stories are one, and join or keep apart what an editor says."""
    from pressfold.joining import judge

    with remembering(options, options.root / WORK) as (memory, clock):
        return without_damage(memory, lambda: judge(options, memory, clock, least, accept, refuse))


def explain(options: Options, asked: str) -> "list[Explained]":
    """Why an article is as it is."""
    from pressfold.explain import explain as explained

    check_site(options.root)
    return explained(options.root, asked)
