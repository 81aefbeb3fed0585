"""Builds that run in the background, each with a process group of its own, and what is done to them; every wait ends."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from tests.conftest import CONFIG, PROJECT, Result, Site, article

TORTURE = os.environ.get("HYPOTHESIS_PROFILE") == "torture"
COMPANIES = ("microsoft", "google", "amazon", "palantir")
WAITING = r"another run( \(process \d+\))? is at work on this site; waiting for it to end\n"
Process = subprocess.Popen[str]


def many(count: int, extra: str = "") -> dict[str, str | bytes]:
    """The files of a site of so many articles, and two raw ones; `extra` stands in every body."""
    files: dict[str, str | bytes] = {"config.yaml": CONFIG}
    for number in range(count):
        month, company = 1 + number % 12, COMPANIES[number % 4]
        files[f"content/articles/2025/{month:02}/a-{number}.md"] = article(
            f"Article {number}",
            date=f"2025-{month:02}-{1 + number % 28:02}",
            companies=f"[{company}]",
            body=f"Words of article {number}.\n\n{extra}More *words* stand here.",
        )
    for name in ("one", "two"):
        files[f"content/inbox/{name}.txt"] = (
            f"Workers ask Microsoft for an answer {name}\n\nSeveral hundred workers of Microsoft have asked the company "
            f"to drop its contract with the agency, letter {name} says.\n"
        )
    files["content/media/p.png"] = b"\x89PNG" * 1000
    return files


def start(site: Site, *arguments: str, before: Sequence[str] = (), command: str = "build") -> Process:
    """A build (or another command) in the background, in a process group of its own; `before` are words before it."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("PRESSFOLD_")}
    return subprocess.Popen(
        [*before, sys.executable, "-m", "pressfold", command, "--site", str(site.root), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=PROJECT,
        env={**inherited, "SOURCE_DATE_EPOCH": str(site.now), "NO_COLOR": "1"},
        start_new_session=True,
    )


def ended(process: Process, seconds: float = 120) -> Result:
    """How a build ended; it and all its processes are killed where it does not."""
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        kill_group(process)
        raise
    return Result(process.returncode, out, err)


def kill_group(process: Process) -> bool:
    """Kill a build and every process of it; whether it was still at work."""
    at_work = process.poll() is None
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    return at_work


def once(process: Process, condition: Callable[[], object], pause: float = 0.0) -> bool:
    """Wait until something holds while a build is at work; whether it came to that."""
    give_up = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < give_up:
        if condition():
            return True
        time.sleep(pause)
    return False


def staging(site: Site) -> Callable[[], bool]:
    """Whether files wait in the stage."""
    place = str(site.output / ".pressfold-stage")
    return lambda: os.path.exists(place)  # noqa: PTH110 - asked as often as can be


def applying(site: Site) -> Callable[[], bool]:
    """Whether the journal is written, from which on the output changes."""
    place = str(site.output / ".pressfold-stage" / "journal.json")
    return lambda: os.path.exists(place)  # noqa: PTH110


def workers(process: Process) -> list[int]:
    """The processes that a build has begun, by the system's list of them."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            parent = int((entry / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
            found += [int(entry.name)] if parent == process.pid else []
    return found


def left_of(process: Process, seconds: float = 10) -> list[int]:
    """The processes of a build's group that are still there some seconds after it ended; they are killed."""
    give_up = time.monotonic() + seconds
    while left := _group(process.pid):
        if time.monotonic() > give_up:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            break
        time.sleep(0.02)
    return left


def _group(number: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            state, _, group = (entry / "stat").read_text("utf-8").rpartition(")")[2].split()[:3]
            found += [int(entry.name)] if int(group) == number and state != "Z" else []
    return found


def leftovers(site: Site) -> list[str]:
    """Temporary files of ours, anywhere in the site."""
    return [p.as_posix() for p in site.root.rglob("*") if re.search("pressfold-(tmp|stage)", p.name)]


def whole(site: Site) -> dict[str, bytes]:
    """All that is a person's, and all that is published."""
    return {**site.tree("output"), **{f"content/{name}": data for name, data in site.tree("content").items()}}


def quiet(said: Result) -> str:
    """What a build complains of, without that it waited for another."""
    return re.sub(WAITING, "", said.err)


def times(folder: Path) -> dict[str, int]:
    """When each file below a folder was last written."""
    return {p.as_posix(): p.stat().st_mtime_ns for p in sorted(folder.rglob("*")) if p.is_file()}
