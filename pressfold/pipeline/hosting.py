"""The output audited, and sent to a host."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pressfold import output
from pressfold.glance import glance, survey_site, unchanged
from pressfold.memory import Memory
from pressfold.memory.tables import FILE
from pressfold.options import Options
from pressfold.pipeline.building import check, drawn, salt, standing
from pressfold.pipeline.importing import take_in
from pressfold.pipeline.remembering import DAMAGED
from pressfold.problem import Problem
from pressfold.site import lock
from pressfold.versions import versions

if TYPE_CHECKING:
    from pressfold.check import Audit
    from pressfold.publish import Asked, Published


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
    with closing(Memory(options.work)) as memory:
        try:
            if memory.fact("folder") != str(options.folder):
                return False
            here, places = survey_site(options.root)
            seen = glance(options.root, memory, here, places, salt(options, versions(memory)))
            return not unchanged(options.root, seen) or memory.fact("scope") != seen.scope or bool(memory.dirty())
        except DAMAGED:  # the next build sets it aside
            return False


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
    with closing(Memory(options.work)) as memory:
        try:
            here, places = survey_site(options.root)
            intake, wrong = take_in(replace(options, frozen=True), memory, here, clock)
            seen = glance(options.root, memory, here, places, salt(options, versions(memory)))
            problems = [*wrong, *standing(options, memory, seen, intake)]
            if not problems and not (unchanged(options.root, seen) and drawn(options, memory, seen)):
                problems.append(Problem(options.shown, 0, "is not what content/ says now", "run pressfold build"))
            return list(dict.fromkeys(problems))
        except DAMAGED:
            torn = "may be older than content/: its memory is damaged"
            return [Problem(options.shown, 0, torn, "run pressfold build")]
