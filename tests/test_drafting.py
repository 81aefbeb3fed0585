"""Drafts under a budget: what hangs, swells or dies is named, and what came with it goes on. Every input here is real."""

import datetime as dt
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.config import Config
from pressfold.drafting import HEAD, Budget, Drafted, Drafting, Refused
from pressfold.ingest.draft import Raw
from tests.e2e.test_import import LETTER

CONFIG = Config(title="T", base_url="https://digest.example/")
NOW = dt.datetime(2026, 2, 2, tzinfo=dt.UTC)
GOOD = Raw("inbox/good.txt", LETTER.encode())
HEAD_OF_PAGE = (
    b"From: a@b.example\nMessage-ID: <a@b.example>\nMIME-Version: 1.0\nContent-Type: text/html\n\n<html><body>"
)
# One element with very many attributes: each is compared with all before it.
SLOW = Raw(
    "inbox/slow.eml", HEAD_OF_PAGE + b"<p " + b" ".join(b"a%d=b" % n for n in range(400_000)) + b">" + LETTER.encode()
)
LARGE = Raw("inbox/large.eml", HEAD_OF_PAGE + b"<i>word</i> " * 600_000)


def _drafting(budget: Budget, jobs: int = 1) -> Drafting:
    return Drafting(Path("nowhere"), CONFIG, {}, NOW, jobs=jobs, apart=nullcontext, budget=budget)


def _said(drafting: Drafting, *raws: Raw) -> list[str | Refused]:
    return [made.article.title if isinstance(made, Drafted) else made for _, made in drafting.draft(raws)]


TITLE = "Workers ask Microsoft to drop a contract"


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_takes_too_long_is_named_and_the_others_go_on(jobs: int) -> None:
    with _drafting(Budget(seconds=1.5), jobs) as drafting:
        slow, good = _said(drafting, SLOW, GOOD)
    assert slow == Refused("it takes more than 1.5 seconds to read")
    assert good == TITLE


def test_after_losses_an_item_has_less_time_and_that_is_said() -> None:
    with _drafting(Budget(seconds=1, least=0.5)) as drafting:
        first, second = _said(drafting, SLOW), _said(drafting, SLOW)
    assert first == [Refused("it takes more than 1 seconds to read")]
    hint = "others before it took too long: take them out of the inbox, and import again"
    assert second == [Refused("it takes more than 0.5 seconds to read", hint)]


@given(st.integers(0, 100_000))
def test_the_time_of_an_item_falls_to_its_least_and_no_further(losses: int) -> None:
    budget = Budget()
    assert budget.least <= budget.after(losses + 1) <= budget.after(losses) <= budget.seconds
    assert budget.after(5) == budget.least


@pytest.mark.skipif(sys.platform != "linux", reason="memory is capped on Linux alone")
def test_what_asks_for_too_much_memory_is_named_and_the_others_go_on() -> None:
    with _drafting(Budget(memory=300 * 2**20)) as drafting:
        large, good = _said(drafting, LARGE, GOOD)
    assert large == Refused("it takes more than 300 MiB to read")
    assert good == TITLE


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_what_is_killed_is_named_and_the_others_go_on() -> None:
    with _drafting(Budget(seconds=30)) as drafting:
        assert _said(drafting, GOOD) == [TITLE]
        timer = threading.Timer(1, _kill)
        timer.start()
        slow, good = _said(drafting, SLOW, GOOD)
        timer.join()
    assert slow == Refused("the process that read it ended (-9)", "this is a fault of Pressfold's, or memory is short")
    assert good == TITLE


def _kill() -> None:
    for number in _children():
        os.kill(number, signal.SIGKILL)


def _children() -> Iterator[int]:
    for task in Path("/proc/self/task").iterdir():
        for number in map(int, (task / "children").read_text().split()):
            if b"resource_tracker" not in Path(f"/proc/{number}/cmdline").read_bytes():
                yield number


def test_items_are_read_where_processes_begin_anew() -> None:
    """Off Linux, and beside other threads, no process is a copy of this one."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        with _drafting(Budget(seconds=5)) as drafting:
            assert _said(drafting, GOOD) == [TITLE]
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (Raw("inbox/a.txt", b"word " * 200_000), "its text is longer than 512 KiB"),
        (Raw("inbox/a.md", LETTER.encode() * 1400), "its text is longer than 256 KiB"),
        (
            Raw("inbox/a.md", b"# A\n\n" + LETTER.encode() + b"[" * 500),
            "its Markdown leaves more than 200 brackets open",
        ),
        (
            Raw("inbox/a.md", b"# A\n\n" + LETTER.encode() + b"\n\n" + b"> " * 300 + b"x"),
            "its Markdown is nested too deeply",
        ),
        (
            Raw("inbox/a.md", b"---\ntitle: " + b"word " * 20_000 + b"\n---\n\n" + LETTER.encode()),
            f"its title and other fields are longer than {HEAD // 1024} KiB",
        ),
    ],
    ids=["a very long text", "a long article", "brackets", "depth", "a long title"],
)
def test_what_no_build_would_take_is_refused_before_it_is_written(raw: Raw, reason: str) -> None:
    begun = time.monotonic()
    with _drafting(Budget()) as drafting:
        (refused,) = _said(drafting, raw)
    assert refused == Refused(reason)
    assert time.monotonic() - begun < 60
