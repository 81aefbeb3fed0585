"""What an import or a build came to, told: to a person line by line, to a program as JSON."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from pressfold.console import Console
from pressfold.options import Outcome
from pressfold.problem import Problem

_NOTHING: Mapping[str, Any] = MappingProxyType({})


def tell(console: Console, outcome: Outcome, seconds: str, more: Mapping[str, Any] = _NOTHING) -> int:
    """Say what an import or a build did; the exit code. `more` is what a program is told besides."""
    intake = outcome.intake
    console.finish()
    for done in intake.imported if intake else ():
        unsure = f"  to review: {', '.join(done.review)}" if done.review else ""
        followed = "" if done.changed is None else f"  changed: {', '.join(done.changed) or 'nothing'}"
        console.say(f"{done.file} -> {done.article}  [{done.lang}]{followed}{unsure}")
        if done.told:
            console.say(f"  {done.told}")
        for line, role, text in done.left_out:
            console.detail(f"  left out{f', line {line}' if line else ''} ({role}): {text}")
    for same in intake.same if intake else ():
        console.say(f"{same.file} is {same.article}{f', imported from {same.first}' if same.first else ''}")
    refused = intake.refused if intake else ()
    console.problems([problem for problem in refused if problem not in outcome.problems], failing=False)
    console.problems(outcome.problems)
    for note in outcome.notes:
        console.warn(note)
    for article in outcome.held:
        console.detail(f"held back: {article.path} ({'draft' if article.draft else f'dated {article.date}'})")
    parts = _counts(outcome)
    if outcome.building and outcome.report is None:
        count = len(outcome.problems)
        console.warn(f"{count} problem{'s' if count != 1 else ''}; nothing was written to the site")
    else:
        console.say(", ".join(f"{count} {word}" for word, count in parts.items()) + f" in {seconds}")
    console.data(
        {
            **more,
            "imported": [
                {"file": i.file, "article": i.article, "review": list(i.review), "story": i.told, "changed": i.changed}
                for i in (intake.imported if intake else ())
            ],
            "same": [{"file": s.file, "article": s.article, "first": s.first} for s in (intake.same if intake else ())],
            "refused": as_data(refused),
            "problems": as_data(outcome.problems),
            "held_back": [article.path for article in outcome.held],
            "counts": parts,
        }
    )
    return 1 if outcome.problems else 0


def is_news(outcome: Outcome, before: Outcome) -> bool:
    """Whether a build did anything, or has other things to complain of than the build before it."""
    report, intake = outcome.report, outcome.intake
    did = (report and (report.written or report.deleted)) or (intake and (intake.imported or intake.same))
    return bool(did) or _complaints(outcome) != _complaints(before)


def _complaints(outcome: Outcome) -> tuple[object, ...]:
    return outcome.problems, outcome.intake.refused if outcome.intake else (), outcome.notes


def _counts(outcome: Outcome) -> dict[str, int]:
    parts: dict[str, int] = {}
    if outcome.intake:
        parts["imported"] = len(outcome.intake.imported)
        if outcome.intake.same:
            parts["here already"] = len(outcome.intake.same)
        if outcome.intake.refused:
            parts["not imported"] = len(outcome.intake.refused)
    if outcome.report is None:
        parts["known already"] = outcome.intake.known if outcome.intake else 0
    else:
        parts |= {
            "written": len(outcome.report.written),
            "unchanged": outcome.report.unchanged,
            "deleted": len(outcome.report.deleted),
            "held back": len(outcome.held),
        }
    return parts


def as_data(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems for a program to read."""
    return [{"path": p.path, "line": p.line, "message": p.message, "hint": p.hint} for p in problems]
