"""A small site that is published: what config.yaml says, what is to stand at the target, and what a publish said and did."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.conftest import PROJECT, Result, Site, article, ok
from tests.publish.serving import SECRET, Host, dangling


def config(host: Host) -> str:
    """The config of a site that is published to a host."""
    return f"title: A digest\nbase_url: https://digest.example/news/\npublish: {{live: '{host.destination}'}}\n"


def two_articles(site: Site, settings: str) -> Site:
    """A site with two articles, built."""
    site.write({"config.yaml": settings, "content/articles/2026/01/b.md": article("Another", companies="[amazon]")})
    return edit(site)


def edit(site: Site, title: str = "A letter", **fields: str) -> Site:
    """Write an article of it, and build."""
    given = {"date": "2026-01-05", "companies": "[google]", **fields}
    site.write({"content/articles/2026/01/a-letter.md": article(title, **given)})
    ok(site.build())
    return site


def output(site: Site) -> dict[str, bytes]:
    """What is to stand at a target."""
    return {path: data for path, data in site.tree().items() if path != ".pressfold.json"}


def publish(site: Site, host: Host, *arguments: str) -> Result:
    """Publish; nothing that is secret is said."""
    done = site.run("publish", *arguments, environment={**host.environment, "SOME_TOKEN": SECRET})
    assert SECRET not in done.out + done.err
    return done


def by(host: Host, **environment: str) -> Host:
    """The same host, reached in another way."""
    return replace(host, environment={**host.environment, **environment})


def counts(result: Result) -> tuple[int, int]:
    """(files sent, files deleted)."""
    found = ok(result).json["counts"]
    return found["sent"], found["deleted"]


def sound(there: dict[str, bytes], now: dict[str, bytes], before: dict[str, bytes]) -> None:
    """Nothing was lost before its time, and a reader who comes to the front page finds all that it leads to."""
    assert now.keys() & before.keys() <= there.keys()
    assert dangling(there) == set()


def start(site: Site, host: Host, *arguments: str) -> "subprocess.Popen[bytes]":
    """A publish in the background, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "pressfold", "publish", "--site", str(site.root), *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=PROJECT,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(site.now), **host.environment},
        start_new_session=True,
    )


class Moments:
    """Moments at which publishes are killed, none like another, and all within the time that one takes."""

    def __init__(self, wanted: int) -> None:
        self._chance, self._whole = random.Random(20260202), 4.0
        self._wanted, self.killed = wanted, 0

    def rounds(self) -> Iterator[int]:
        """Numbers of publishes to kill, until as many as wanted were at work; some are done before their moment."""
        for number in range(3 * self._wanted):
            if self.killed < self._wanted:
                yield number

    def kill(self, process: "subprocess.Popen[bytes]", how: Callable[["subprocess.Popen[bytes]"], None]) -> None:
        """Kill it at such a moment, where it is still at work then."""
        began = time.monotonic()
        try:
            process.wait(timeout=self._whole * self._chance.uniform(0.2, 1.0))
        except subprocess.TimeoutExpired:
            how(process)
            process.wait(timeout=60)
            self.killed += 1
        else:
            self._whole = time.monotonic() - began


def kill_group(process: "subprocess.Popen[bytes]") -> None:
    """Kill a publish, and the program that it runs."""
    os.killpg(process.pid, signal.SIGKILL)


def kill_alone(process: "subprocess.Popen[bytes]") -> None:
    """Kill a publish, and leave the program that it runs alive."""
    os.kill(process.pid, signal.SIGKILL)
