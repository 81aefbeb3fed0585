"""A build that is killed anywhere, or runs beside another, leaves what the next build completes; no edit is lost."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import CONFIG, PROJECT, Site, article

COMPANIES = ("microsoft", "google", "amazon", "palantir")
WAITING = "another run is at work on this site; waiting for it to end\n"
DRAW = random.Random(20260202)
# When each of twelve builds is killed: a share of the time that a build takes, or seconds after it began to stage files.
MOMENTS = [(DRAW.uniform(0.15, 0.95), DRAW.uniform(0, 0.06) if turn % 3 else None) for turn in range(12)]


def sixty(extra: str = "") -> dict[str, str | bytes]:
    """The files of a site of 60 articles, and two raw ones; `extra` stands in every body."""
    files: dict[str, str | bytes] = {"config.yaml": CONFIG}
    for number in range(60):
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


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """Clean builds of the site as it was, and as it is after an edit of every article."""
    made = {}
    for name, extra in (("before", ""), ("after", "An edit. ")):
        made[name] = Site(tmp_path_factory.mktemp("clean") / name).write(sixty(extra))
        said = made[name].build()
        assert (said.code, said.err) == (0, "")
    return made


@pytest.fixture(scope="module")
def whole_time(clean: dict[str, Site]) -> float:
    """About how many seconds a build takes that has everything to do but the import."""
    begun = time.monotonic()
    assert clean["before"].build("--no-cache").code == 0
    return time.monotonic() - begun


def start(site: Site) -> "subprocess.Popen[str]":
    """A build in the background."""
    return subprocess.Popen(
        [sys.executable, "-m", "pressfold", "build", "--site", str(site.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=PROJECT,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(site.now), "NO_COLOR": "1"},
    )


def killed(site: Site, seconds: float, staging: float | None = None) -> bool:
    """Kill a build after a time, or a time after it began to stage files; whether it was still at work."""
    with start(site) as process:
        if staging is None:
            time.sleep(seconds)
        else:
            while process.poll() is None and not (site.output / ".pressfold-stage").exists():
                time.sleep(0.001)
            time.sleep(staging)
        at_work = process.poll() is None
        process.kill()  # SIGKILL where there is one
    return at_work


def leftovers(site: Site) -> list[str]:
    """Temporary files of ours, anywhere in the site."""
    return [p.as_posix() for p in site.root.rglob("*") if "pressfold-tmp" in p.name or "pressfold-stage" in p.name]


def whole(site: Site) -> dict[str, bytes]:
    """All that is a person's, and all that is published."""
    return {**site.tree("output"), **{f"content/{name}": data for name, data in site.tree("content").items()}}


def halves(site: Site, clean: dict[str, Site]) -> list[str]:
    """Published files that are neither the old ones nor the new ones."""
    old, new = clean["before"].tree(), clean["after"].tree()
    return [
        name
        for name, data in site.tree().items()
        if not name.startswith(".pressfold") and data not in (old.get(name), new.get(name))
    ]


def test_a_killed_build_is_completed_by_the_next(tmp_path: Path, clean: dict[str, Site], whole_time: float) -> None:
    hit = 0
    for turn, (share, staging) in enumerate(MOMENTS):
        site = Site(tmp_path / str(turn)).write(sixty())
        goal, warm = clean["before"], turn % 2
        if warm:  # an earlier build is there, and every article has been edited since
            site.write({**clean["before"].tree(".")}).write(sixty("An edit. "))
            goal = clean["after"]
        raw = {name: data for name, data in site.tree("content").items() if name.startswith(("inbox", "articles/2025"))}
        hit += killed(site, share * whole_time, staging)
        after = site.tree("content")
        assert {name: after[name] for name in raw} == raw
        assert halves(site, clean) == [], (turn, share, staging)
        said = site.build()
        assert (said.code, said.err) == (0, ""), (turn, share, staging)
        assert whole(site) == whole(goal), (turn, share, staging)
        assert leftovers(site) == []
    assert hit >= 6  # else this has tested nothing


def test_a_build_that_is_killed_again_and_again_is_completed(
    tmp_path: Path, clean: dict[str, Site], whole_time: float
) -> None:
    site = Site(tmp_path / "site").write(sixty())
    for share, staging in ((0.6, None), (0.0, 0.0), (0.8, None), (0.0, 0.02)):
        killed(site, share * whole_time, staging)
    said = site.build()
    assert (said.code, said.err) == (0, "")
    assert whole(site) == whole(clean["before"])
    assert leftovers(site) == []


def test_two_builds_at_once_both_end_well(tmp_path: Path, clean: dict[str, Site]) -> None:
    site = Site(tmp_path / "site").write(sixty())
    with start(site) as one, start(site) as two:
        ends = [(process.communicate(timeout=120), process.returncode) for process in (one, two)]
    for (_, err), code in ends:
        assert code == 0
        assert err in ("", WAITING)
    assert whole(site) == whole(clean["before"])
    assert leftovers(site) == []


def test_an_import_beside_a_build_doubles_nothing(tmp_path: Path, clean: dict[str, Site]) -> None:
    site = Site(tmp_path / "site").write(sixty())
    with start(site) as process:
        said = site.run("import")
        _, err = process.communicate(timeout=120)
    assert (said.code, process.returncode) == (0, 0)
    assert {said.err, err} <= {"", WAITING}
    assert whole(site) == whole(clean["before"])
