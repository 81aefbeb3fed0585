"""Build the same digest with each peer, in one scene after another, and say what it took beside Hugo.

python -m benchmarks.run --sizes 1000,10000 --runs 5 --table        (after benchmarks/setup.sh, or by `make bench`)
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.builders import OUTPUT, Builder, builders
from benchmarks.census import Census, reached, traces
from benchmarks.corpus import PROJECT, Change, Corpus, Site
from benchmarks.measure import Command, Cost, Failed
from benchmarks.table import table

SCENES: dict[str, Callable[[Site, int], Change] | None] = {
    "cold": None,  # neither output nor caches
    "unchanged": None,
    "body": Site.edit_body,
    "title": Site.edit_title,
    "added": Site.add,
    "deleted": Site.delete,
    "layout": Site.change_layout,
    "config": Site.change_config,
}


@dataclass
class Entry:
    """A peer with its site of one size, and what was found out about it."""

    builder: Builder
    site: Site
    limit: float
    observed: dict[str, dict[str, Any]] = field(default_factory=dict)
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    failure: str = ""

    @property
    def output(self) -> Path:
        """What it writes."""
        return self.site.root / OUTPUT

    @property
    def command(self) -> Command:
        """Its command, in its site."""
        return Command(self.builder.command, self.site.root, self.limit, self.site.root.with_suffix(".log"))

    def prepare(self, scene: str, turn: int) -> Change | None:
        """Bring the site to where a scene begins."""
        if scene == "cold":
            for name in (OUTPUT, *self.builder.caches):
                shutil.rmtree(self.site.root / name, ignore_errors=True)
        act = SCENES[scene]
        return act(self.site, turn) if act else None

    def observe(self, scene: str, before: Census) -> Census:
        """Play a scene for all but its time: memory, files, and whether what was done is seen in the output."""
        change = self.prepare(scene, 0)
        memory = self.command.watched()
        after = Census.taken(self.output)
        seen: dict[str, Any] = {
            "memory": memory,
            "files": len(after.files),
            "bytes": after.bytes,
            **after.since(before),
        }
        if change:
            seen["reached"] = reached(self.output, change)
        if change and change.gone:
            seen["traces"] = traces(self.output, change.gone)
        self.observed[scene] = seen
        return after

    def observe_all(self, scenes: Sequence[str]) -> None:
        """Play all scenes once; the first build is what the warm ones begin from."""
        census = Census({}, 0)
        for scene in ["cold", *(scene for scene in scenes if scene != "cold")]:
            census = self.observe(scene, census)

    def time(self, scene: str, turn: int) -> None:
        """Play a scene for its time."""
        change = self.prepare(scene, turn)
        self.costs.setdefault(scene, []).append(self.command.timed())
        if change and not reached(self.output, change):
            raise Failed(f"{scene}: the change did not reach the output")

    def attempt(self, work: Callable[[], None]) -> None:
        """Do a piece of work unless an earlier one failed."""
        if self.failure:
            return
        try:
            work()
        except Failed as failed:
            self.failure = str(failed)
            print(f"{self.builder.name}: {self.failure}", file=sys.stderr)

    def result(self) -> dict[str, Any]:
        """All that was found out, for JSON."""
        scenes = {
            scene: {"runs": [asdict(cost) for cost in self.costs.get(scene, [])], **self.observed[scene]}
            for scene in self.observed
        }
        for found in scenes.values():
            for measure in ("wall", "cpu"):
                if seconds := [run[measure] for run in found["runs"]]:
                    found[measure] = {"min": min(seconds), "median": statistics.median(seconds)}
        return {"scenes": scenes, "failure": self.failure}


def play(size: int, given: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """All scenes with all peers at one size: what is known after each round.

    In a round each scene is played by all peers before the next scene is.
    """
    known = builders(given.tools.resolve())
    entries = []
    for name in given.peers:
        site = Site(given.work.resolve() / f"{name}-{size}", known[name].flavour, Corpus(size))
        entries.append(Entry(known[name], site, given.timeout))
        site.lay_out(known[name].peer)
        entries[-1].command.log.unlink(missing_ok=True)
    for entry in entries:
        print(f"{size} articles, looking at {entry.builder.name}", file=sys.stderr)
        entry.attempt(partial(entry.observe_all, given.scenes))
    yield {entry.builder.name: entry.result() for entry in entries}
    for turn in range(1, given.runs + 1):
        for scene in given.scenes:
            print(f"{size} articles, run {turn} of {given.runs}: {scene}", file=sys.stderr)
            for entry in entries:
                entry.attempt(partial(entry.time, scene, turn))
        yield {entry.builder.name: entry.result() for entry in entries}
    for entry in entries:
        if not given.keep:
            shutil.rmtree(entry.site.root)


def names(known: Sequence[str]) -> Callable[[str], list[str]]:
    """An argument's type: some of the known names, by commas."""

    def read(text: str) -> list[str]:
        if wrong := [name for name in text.split(",") if name not in known]:
            raise argparse.ArgumentTypeError(f"{', '.join(wrong)}: not one of {', '.join(known)}")
        return text.split(",")

    return read


def arguments() -> argparse.Namespace:
    """What was asked for."""
    scratch = PROJECT / ".bench"
    peers = list(builders(scratch))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], default=[1000, 10_000])
    parser.add_argument("--peers", type=names(peers), default=peers, help=", ".join(peers))
    parser.add_argument("--scenes", type=names(list(SCENES)), default=list(SCENES), help=", ".join(SCENES))
    parser.add_argument("--runs", type=int, default=3, help="timed runs of each scene")
    parser.add_argument("--timeout", type=float, default=900, help="seconds after which a build is stopped")
    parser.add_argument("--tools", type=Path, default=scratch, help="where setup.sh put the peers")
    parser.add_argument("--work", type=Path, default=scratch / "sites", help="where the sites are laid out")
    parser.add_argument("--keep", action="store_true", help="keep the sites")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every run to a file")
    parser.add_argument("--table", action="store_true", help="print Markdown tables")
    return parser.parse_args()


def main() -> None:
    """Measure, and say it."""
    given = arguments()
    given.work.mkdir(parents=True, exist_ok=True)
    found: dict[str, Any] = {
        "machine": {"system": platform.platform(), "processors": os.cpu_count(), "python": platform.python_version()},
        "runs": given.runs,
        "sizes": {},
    }
    for size in given.sizes:
        for known in play(size, given):
            found["sizes"][str(size)] = known
            if given.json:  # after each round: a run takes hours, and may be stopped
                given.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    if given.table or not given.json:
        print(table(found["sizes"]))


if __name__ == "__main__":
    main()
