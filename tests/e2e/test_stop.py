"""A build that is killed anywhere, or runs beside another, leaves what the next build completes; no edit is lost.

Each kill has its own seed, which a failure names. HYPOTHESIS_PROFILE=torture kills ten times as often.
"""

import os
import random
import shutil
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Site, ok
from tests.e2e.running import (
    TORTURE,
    applying,
    ended,
    kill_group,
    left_of,
    leftovers,
    many,
    once,
    quiet,
    staging,
    start,
    whole,
    workers,
)

SEED = 20260202
FEW, LOTS = 60, 340  # articles: worked off by one process, by several
TIMES = 10 if TORTURE else 1
EDIT = "An edit. "


@dataclass(frozen=True)
class Clean:
    """Clean builds of one site as it was, and as it is after an edit of every article; and how long one takes."""

    before: Site
    after: Site
    seconds: float


@pytest.fixture(scope="module", params=[FEW, LOTS], ids=["one process", "workers"])
def clean(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Clean:
    """Clean builds of a site that one process draws, and of one for which workers are started."""
    top = tmp_path_factory.mktemp("clean")
    begun = time.monotonic()
    made = {}
    for name, extra in (("before", ""), ("after", EDIT)):
        made[name] = Site(top / name).write(many(request.param, extra))
        ok(made[name].build("-j2"))
    return Clean(made["before"], made["after"], (time.monotonic() - begun) / 2)


def begin(place: Path, clean: Clean, *, warm: bool) -> tuple[Site, Site]:
    """(a site to build, what it must become); a warm one was built, and every article has been edited since."""
    site = Site(place)
    if not warm:
        shutil.copytree(clean.before.root / "content", place / "content")
        shutil.copy(clean.before.root / "config.yaml", place)
        shutil.rmtree(place / "content/articles/2026")  # what the import made
        (place / "content/imports.jsonl").unlink()
        return site, clean.before
    shutil.copytree(clean.before.root, place, dirs_exist_ok=True)
    shutil.copytree(clean.after.root / "content/articles/2025", place / "content/articles/2025", dirs_exist_ok=True)
    return site, clean.after


def killed(site: Site, draw: random.Random, when: str, seconds: float) -> bool:
    """Kill a build and its workers somewhere on its way, in staging or in applying; whether it was there."""
    process = start(site, "-j2")
    if when == "anywhere":
        time.sleep(draw.uniform(0.1, 0.95) * seconds)
        return kill_group(process)
    there = once(process, (staging if when == "staging" else applying)(site))
    time.sleep(draw.uniform(0, 0.08 * seconds if when == "staging" else 0.01))
    return kill_group(process) and there


def persons(site: Site) -> dict[str, bytes]:
    """What a person wrote below content/."""
    return {name: data for name, data in site.tree("content").items() if name.startswith(("inbox", "articles/2025"))}


def halves(site: Site, clean: Clean) -> list[str]:
    """Published files that are neither the old ones nor the new ones."""
    old, new = clean.before.tree(), clean.after.tree()
    return [
        name
        for name, data in site.tree().items()
        if not name.startswith(".pressfold") and data not in (old.get(name), new.get(name))
    ]


@pytest.mark.parametrize(
    ("when", "turns", "least"),
    [("anywhere", 4 * TIMES, 2 * TIMES), ("staging", 3 * TIMES, TIMES), ("applying", 3 * TIMES, TIMES)],
)
def test_a_killed_build_is_completed_by_the_next(
    tmp_path: Path, clean: Clean, when: str, turns: int, least: int
) -> None:
    hit = 0
    for turn in range(3 * turns):
        if turn >= turns and hit >= least:
            break  # more turns only where builds ended before their moment
        seed = f"{SEED} {when} {turn}"
        draw = random.Random(seed)
        site, goal = begin(tmp_path / str(turn), clean, warm=bool(turn % 2) or when == "applying")
        theirs = persons(site)
        hit += killed(site, draw, when, clean.seconds)
        assert persons(site) == theirs, seed
        assert halves(site, clean) == [], seed
        said = site.build("-j2")
        assert (said.code, said.err) == (0, ""), seed
        assert whole(site) == whole(goal), seed
        assert leftovers(site) == [], seed
        shutil.rmtree(site.root)
    assert hit >= least  # else this has tested nothing


def test_a_build_that_is_killed_again_and_again_is_completed(tmp_path: Path, clean: Clean) -> None:
    for warm in (False, True):
        site, goal = begin(tmp_path / f"site-{warm}", clean, warm=warm)
        draw = random.Random(SEED)
        for when in ("anywhere", "staging", "applying", "anywhere", "staging", "applying"):
            killed(site, draw, when, clean.seconds)
        ok(site.build("-j2"))
        assert whole(site) == whole(goal)
        assert leftovers(site) == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks for workers in /proc")
@pytest.mark.parametrize("clean", [LOTS], indirect=True)
def test_when_the_first_process_alone_is_killed_its_workers_end_too(tmp_path: Path, clean: Clean) -> None:
    site, goal = begin(tmp_path / "site", clean, warm=False)
    process = start(site, "-j2")
    assert once(process, lambda: workers(process))
    os.kill(process.pid, signal.SIGKILL)
    process.wait(60)
    left = left_of(process)
    process.communicate()
    assert left == []
    ok(site.build())
    assert whole(site) == whole(goal)


@pytest.mark.parametrize("runs", [2, 3])
def test_builds_at_once_all_end_well(tmp_path: Path, clean: Clean, runs: int) -> None:
    site, goal = begin(tmp_path / "site", clean, warm=False)
    for said in [ended(process) for process in [start(site, "-j2") for _ in range(runs)]]:
        assert (said.code, quiet(said)) == (0, "")
    assert whole(site) == whole(goal)
    assert leftovers(site) == []


def test_an_import_beside_a_build_doubles_nothing(tmp_path: Path, clean: Clean) -> None:
    site, goal = begin(tmp_path / "site", clean, warm=False)
    process = start(site)
    imported, built = site.run("import"), ended(process)
    assert (imported.code, built.code) == (0, 0)
    assert (quiet(imported), quiet(built)) == ("", "")
    assert whole(site) == whole(goal)
