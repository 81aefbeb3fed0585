"""The command stories: joins that are proposed, and done as an editor says."""

import re
from typing import TYPE_CHECKING

import click

from pressfold.cli.run import Run, command
from pressfold.console import Console
from pressfold.pipeline import importing

if TYPE_CHECKING:
    from pressfold.joining import Judged


@command("stories")
@click.option("--least", type=click.FloatRange(0, 1), default=0.0, help="Only joins that are so sure, from 0 to 1.")
@click.option("--accept", default="", metavar="NUMBERS", help="Join these: 1,3 or all.")
@click.option("--refuse", default="", metavar="NUMBERS", help="Keep these apart, and never propose them again.")
def stories(run: Run, least: float, accept: str, refuse: str) -> int:
    """Propose which articles tell one story though they are not joined, the most sure first."""
    every = accept.strip() == "all"
    judged = importing.stories(run.options(), least, None if every else _numbers(accept), _numbers(refuse))
    run.console.finish()
    tell_joins(run.console, judged, asked=not (accept or refuse))
    return 0


def _numbers(text: str) -> list[int]:
    if not re.fullmatch(r"\s*(\d{1,9}(\s*,\s*\d{1,9})*)?\s*", text, re.ASCII):
        raise click.UsageError(f"no numbers: {text!r}; write 1,3")
    return [int(number) for number in re.findall(r"\d+", text)]


def tell_joins(console: Console, judged: "Judged", *, asked: bool) -> None:
    """Say which joins are proposed, or (where not only that was asked) what became of them."""
    for number, join in judged.proposed.items() if asked else ():
        console.say(f"{number}  {join.confidence:.2f}  {join.story}")
        for told in join.tellings:
            console.say(f"   {told.path}  [{told.print.lang}]  {told.title}")
        for reasons in join.reasons:
            console.say(f"   shared: {reasons}")
    for path in judged.joined:
        console.say(f"joined: {path}")
    for one, other in judged.apart:
        console.say(f"kept apart: {one}, {other}")
    parts = (
        {"proposed": len(judged.proposed)} if asked else {"joined": len(judged.joined), "kept apart": len(judged.apart)}
    )
    console.say(", ".join(f"{count} {word}" for word, count in parts.items()))
    console.data({
        "proposed": [
            {
                "number": number,
                "confidence": join.confidence,
                "story": join.story,
                "articles": [{"path": t.path, "lang": t.print.lang, "title": t.title, "story": t.story} for t in join.tellings],
                "reasons": list(join.reasons),
            }
            for number, join in judged.proposed.items()
        ],
        "joined": list(judged.joined),
        "kept_apart": [list(slugs) for slugs in judged.apart],
    })  # fmt: skip
