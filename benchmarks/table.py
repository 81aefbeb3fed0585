"""What was measured, as Markdown: python -m benchmarks.table FILE, of what `--json` wrote."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

BESIDE = "hugo"  # the peer beside which the others are shown
MEBIBYTE = 1024 * 1024


def rows(head: Sequence[str], body: Sequence[Sequence[str]]) -> Iterator[str]:
    """A Markdown table, its first column to the left."""
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'--:|' * (len(head) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in body)


def beside(value: float | None, other: float | None, text: str) -> str:
    """A value, and how often it holds the other peer's."""
    if value is None:
        return "–"
    return f"{text} · {value / other:.2f}×" if other else text


def seconds(peers: dict[str, Any], name: str, scene: str, measure: str) -> str:
    """A scene's seconds: the least, and the median in parentheses."""
    found = peers[name]["scenes"].get(scene, {}).get(measure)
    other = peers.get(BESIDE, {"scenes": {}})["scenes"].get(scene, {}).get(measure)
    if not found:
        return "–"
    text = f"{found['min']:.2f} ({found['median']:.2f})"
    return beside(found["min"], other and other["min"], text) if name != BESIDE else text


def memory(peers: dict[str, Any], name: str, scene: str) -> str:
    """A scene's memory, in MiB."""
    found = peers[name]["scenes"].get(scene, {}).get("memory")
    other = peers.get(BESIDE, {"scenes": {}})["scenes"].get(scene, {}).get("memory")
    text = f"{found / MEBIBYTE:.0f}" if found else ""
    return beside(found, other if name != BESIDE else None, text)


def written(peers: dict[str, Any], name: str, scene: str) -> str:
    """How many files a scene changed, and how many were written for it."""
    found = peers[name]["scenes"].get(scene)
    return f"{found['changed']} / {found['written']}" if found else "–"


def output(found: dict[str, Any]) -> list[str]:
    """What a peer's output holds, whether every change was seen there, and what was left of a deleted article."""
    scenes = found["scenes"]
    if found["failure"] or not scenes:
        return ["–", "–", found["failure"] or "–", "–"]
    last = next(iter(scenes.values()))
    missed = [scene for scene, seen in scenes.items() if not seen.get("reached", True)]
    left = scenes["deleted"]["traces"] if "deleted" in scenes else None
    return [
        str(last["files"]),
        f"{last['bytes'] / 1e6:.1f}",
        ", ".join(missed) or "all",
        "–" if left is None else ", ".join(left) or "nothing",
    ]


def one_size(size: str, peers: dict[str, Any]) -> Iterator[str]:
    """The tables of one size."""
    names = sorted(peers, key=lambda name: name != BESIDE)
    scenes = list(dict.fromkeys(scene for found in peers.values() for scene in found["scenes"]))
    yield f"### {int(size):,} articles"
    for title, measure in (("Wall seconds", "wall"), ("CPU seconds", "cpu")):
        yield f"\n{title}: least (median) · least ÷ Hugo's\n"
        yield from rows(["scene", *names], [[s, *(seconds(peers, n, s, measure) for n in names)] for s in scenes])
    yield "\nPeak memory of all processes, MiB · ÷ Hugo's\n"
    yield from rows(["scene", *names], [[s, *(memory(peers, n, s) for n in names)] for s in scenes])
    yield "\nFiles of the output that differ / that were written\n"
    yield from rows(["scene", *names], [[s, *(written(peers, n, s) for n in names)] for s in scenes])
    yield "\nThe output\n"
    head = ["peer", "files", "MB", "changes seen", "left of a deleted article"]
    yield from rows(head, [[name, *output(peers[name])] for name in names])
    speeds = [
        run["yardstick"] for found in peers.values() for scene in found["scenes"].values() for run in scene["runs"]
    ]
    if speeds:
        yield f"\nThe yardstick took {min(speeds):.3f} to {max(speeds):.3f} s."


def table(sizes: dict[str, dict[str, Any]]) -> str:
    """All sizes' tables."""
    return "\n\n".join("\n".join(one_size(size, peers)) for size, peers in sizes.items())


if __name__ == "__main__":
    print(table(json.loads(Path(sys.argv[1]).read_text("utf-8"))["sizes"]))
