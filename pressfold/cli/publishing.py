"""The command that brings the site to its host: publish."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pressfold.cli.run import Run, command
from pressfold.console import Console
from pressfold.pipeline import hosting
from pressfold.tell import as_data

if TYPE_CHECKING:
    from pressfold.publish import Published


@command("publish")
@click.argument("target", required=False, default="")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="What to publish (default: output/ of the site).")
@click.option("-b", "--base-url", default="", help="The address that it was built for, instead of config.yaml's.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent and deleted, and do neither.")
@click.option(
    "--max-deletes",
    "most",
    type=click.IntRange(0),
    help="Stop before anything is sent where more files would be deleted (default: a quarter of those there).",
)
@click.option(
    "--verify", is_flag=True, help="Look at every file at the target, and send those that are not as they should be."
)
@click.option("--force", is_flag=True, help="Publish in spite of what speaks against it.")
def publish(run: Run, target: str, output: Path | None, base_url: str, **given: Any) -> int:
    """Send the site that was built to TARGET: what changed, in an order that never shows half of it."""
    from pressfold.publish import Asked  # no other command needs it

    asked = Asked(environment=dict(os.environ), **given)
    options = run.options(output=output and Path.cwd() / output, base_url=base_url)
    return tell_published(run.console, hosting.publish(options, target, asked), run.seconds())


def tell_published(console: Console, published: "Published", seconds: str) -> int:
    """Say what was sent and deleted, or would be; the exit code."""
    console.finish()
    plan = published.plan
    if published.overruled:
        console.problems(published.overruled, failing=False)
        done = "would be published" if published.dry else "was published"
        console.warn(f"{published.target} {done} in spite of that, as --force says")
    say = console.say if published.dry else console.detail
    for word, paths in (("send", plan.sent), ("delete", plan.deleted)):
        for path in paths:
            say(f"{word} {path}")
    counts = {"sent": len(plan.sent), "kept": plan.kept, "deleted": len(plan.deleted), "leaving": len(plan.leaving)}
    would = "would be " if published.dry else ""
    said = ", ".join(f"{count} {would}{word}" for word, count in counts.items() if word != "leaving" or count)
    console.say(f"{published.target}: {said}, {published.size:,} bytes in {seconds}")
    data = {"target": published.target, "dry_run": published.dry, "counts": counts, "bytes": published.size}
    lists = {"sent": list(plan.sent), "deleted": list(plan.deleted), "leaving": list(plan.leaving)}
    console.data({**data, **lists, "problems": as_data(published.overruled)})
    return 0
