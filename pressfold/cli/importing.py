"""The commands that bring articles in, and say why they are as they are: import, fetch, explain."""

import re
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from pressfold.cli.run import Run, command
from pressfold.console import Console
from pressfold.pipeline import importing
from pressfold.problem import Problem
from pressfold.tell import tell

if TYPE_CHECKING:
    from pressfold.explain import Explained
    from pressfold.fetch import Fetched, Network

_ALLOW_LOCAL = click.option("--allow-local", is_flag=True, help="Ask this machine and its own network too.")


def _network(allow_local: bool) -> "Network":
    """The network, by this machine's clock."""
    import random  # slow to load, as all that asks the network is

    from pressfold.fetch import Network

    return Network(clock=time.monotonic, sleep=time.sleep, chance=random.random, local=allow_local)


@command("import")
@click.argument("paths", nargs=-1, metavar="[PATH|URL]...")
@click.option(
    "--again",
    multiple=True,
    metavar="FILE",
    help="Import a file of the inbox anew: a deleted article comes back, in another only what nobody edited changes.",
)
@click.option("--strict", is_flag=True, help="Fail for what could not be imported.")
@_ALLOW_LOCAL
def import_(run: Run, paths: Sequence[str], again: Sequence[str], strict: bool, allow_local: bool) -> int:
    """Turn what is new in content/inbox/ into articles; PATHS (- for standard input) are copied into it first, URLS fetched."""
    options = run.options(strict=strict)
    addresses = [path for path in paths if re.match(r"[a-z][a-z0-9+.-]*://", path, re.IGNORECASE)]
    files = [Path(path) for path in paths if path != "-" and path not in addresses]
    stream = sys.stdin.buffer if "-" in paths else None
    wanted = [name.replace("\\", "/").removeprefix("content/") for name in again]
    pages = importing.save(options, addresses, _network(allow_local)) if addresses else None
    return tell(run.console, importing.import_(options, files, wanted, stream, pages), run.seconds())


@command("fetch")
@click.argument("names", nargs=-1)
@click.option("--strict", is_flag=True, help="Fail when any source fails, and for what could not be imported.")
@_ALLOW_LOCAL
def fetch(run: Run, names: Sequence[str], strict: bool, allow_local: bool) -> int:
    """Fetch the feeds of the sources with these NAMES, of all without any, and import what is new."""
    fetched, outcome = importing.fetch(run.options(strict=strict), names, _network(allow_local))
    run.console.finish()
    return tell(run.console, outcome, run.seconds(), tell_fetched(run.console, fetched, outcome.problems))


def tell_fetched(console: Console, fetched: Sequence["Fetched"], failing: Collection[Problem]) -> dict[str, Any]:
    """Say what came of each source, in a line; the same for a program. `failing` are problems that are told elsewhere."""
    for one in fetched:
        if one.state == "failed":
            console.problems([one.problem] if one.problem not in failing else (), failing=False)
            continue
        size = f", {max(1, one.size // 1024)} KB -> {one.file}" if one.state != "unchanged" else ""
        moved = f"  moved for good to {one.moved}" if one.moved else ""
        console.say(f"{one.name}: {one.state}{size}{moved}")
    names = ("name", "url", "state", "file", "moved", "reason")
    return {"fetched": [{name: getattr(one, name) for name in names} for one in fetched]}


@command("explain")
@click.argument("article")
def explain(run: Run, article: str) -> int:
    """Say why ARTICLE (its file, address or id, or a raw file) is as it is: what was decided, how surely, and by what."""
    tell_explained(run.console, importing.explain(run.options(), article))
    return 0


def tell_explained(console: Console, found: "Sequence[Explained]") -> None:
    """Say why articles are as they are."""
    for one in found:
        entry = one.entry
        console.say(entry.article if one.article else f"{entry.article}  (is not there)")
        console.say(f"  from       {entry.file}, added {entry.added}")
        if entry.same_as:
            console.say("  the same   as an article that was here")
        for key, value in entry.sure.items():
            said = entry.fields.get(key, "") if key != "body" else ""
            mine = "  (edited since)" if key in one.edited else ""
            console.say(f"  {key:<10} {value:.2f}  {_field(said)}{mine}")
        for slug, places in entry.named.items():
            words = "; ".join(f"{words!r} in {f'paragraph {at}' if at else 'the title'}" for words, at in places)
            console.say(f"  named      {slug}: {words}")
        if entry.why:
            console.say(f"  story      shared: {entry.why}")
        for role, lines in entry.left_out.items():
            console.say(f"  left out   {role}: {len(lines)}{_lines(lines)}")
    console.data({
        "articles": [
            {**msgspec.to_builtins(one.entry), "edited": list(one.edited), "there": one.article is not None} for one in found
        ]
    })  # fmt: skip


def _field(said: object) -> str:
    parts = said.values() if isinstance(said, Mapping) else said if isinstance(said, list) else [said]
    return ", ".join(str(part) for part in parts)[:100]


def _lines(lines: Sequence[int]) -> str:
    known = [str(line) for line in lines if line]
    return f" (line{'s' if len(known) > 1 else ''} {', '.join(known)})" if known else ""
