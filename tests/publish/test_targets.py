"""What every target owes a publish, on real servers."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from pressfold.publish.kind import is_kept
from tests.conftest import PROJECT, Result, Site, article, ok
from tests.e2e.running import TORTURE
from tests.publish import serving
from tests.publish.serving import SECRET, Host, dangling

HOSTS: dict[str, Callable[[Path], AbstractContextManager[Host]]] = {
    "s3": serving.s3,
    "webdav": serving.webdav,
    "sftp": serving.sftp,
    "rsync": serving.ssh,
    "git": serving.bare,
}


def config(host: Host) -> str:
    return f"title: A digest\nbase_url: https://digest.example/news/\npublish: {{live: '{host.destination}'}}\n"


def output(site: Site) -> dict[str, bytes]:
    return {path: data for path, data in site.tree().items() if path != ".pressfold.json"}


def edit(site: Site, **fields: str) -> None:
    site.write({"content/articles/2026/01/a-letter.md": article(date="2026-01-05", companies="[google]", **fields)})
    ok(site.build())


def publish(site: Site, host: Host, *arguments: str) -> Result:
    done = site.run("publish", *arguments, environment={**host.environment, "SOME_TOKEN": SECRET})
    assert SECRET not in done.out + done.err
    return done


def counts(result: Result) -> tuple[int, int]:
    found = ok(result).json["counts"]
    return found["sent"], found["deleted"]


@pytest.fixture(params=HOSTS)
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Host]:
    with HOSTS[request.param](tmp_path / "host") as found:
        yield found


@pytest.fixture
def built(site: Site, host: Host) -> Site:
    """A site with two articles, built."""
    site.write({"config.yaml": config(host), "content/articles/2026/01/b.md": article("Another", companies="[amazon]")})
    edit(site)
    return site


def test_a_target_is_brought_to_what_the_output_is_and_no_more_is_done_than_that(built: Site, host: Host) -> None:
    said = publish(built, host, "-v")
    assert ok(said).out.endswith(" s\n")
    assert host.tree() == output(built)
    assert counts(publish(built, host, "--json")) == (0, 0)
    edit(built, body="Other words stand here.")
    sent = ok(publish(built, host, "--json")).json["sent"]
    assert "articles/a-letter/index.html" in sent
    assert "articles/b/index.html" not in sent
    assert host.tree() == output(built)
    (built.root / "content/articles/2026/01/b.md").unlink()
    ok(built.build())
    assert counts(publish(built, host, "--json"))[1] > 0
    assert host.tree() == output(built)


def test_what_others_put_there_stays_and_is_not_written_over(built: Site, host: Host) -> None:
    host.put({"CNAME": b"digest.example\n", ".well-known/x": b"y"})
    ok(publish(built, host))
    assert host.tree() == {**output(built), "CNAME": b"digest.example\n", ".well-known/x": b"y"}
    host.put({"articles/new/index.html": b"by hand"})
    built.write({"content/articles/2026/01/new.md": article("New")})
    ok(built.build())
    before = host.tree()
    done = publish(built, host)
    assert done.code == 1
    assert done.err == (
        "live: files lie there that no publish put there: articles/new/index.html"
        " (move them; or --force writes over them)\n"
    )
    assert host.tree() == before
    assert publish(built, host, "--force").code == 0
    assert host.tree()["articles/new/index.html"] == built.tree()["articles/new/index.html"]


# The others take a minute each; make torture runs them all.
KILLED = [*HOSTS] if TORTURE else ["git", "rsync"]


@pytest.mark.parametrize("host", KILLED, indirect=True)
def test_a_publish_that_is_killed_is_put_right_by_the_next(built: Site, host: Host) -> None:
    began = time.monotonic()
    ok(publish(built, host))
    whole = time.monotonic() - began
    chance = random.Random(20260202)
    killed = 0
    for number in range(20 if TORTURE else 2):
        for other in range(4):
            built.write(
                {f"content/articles/2026/01/n{number}-{other}.md": article(f"N {number} {other}", companies="[google]")}
            )
        (built.root / f"content/articles/2026/01/n{number - 1}-0.md").unlink(missing_ok=True)
        edit(built, body=f"Words, number {number}.")
        before, now = host.tree(), output(built)
        process = start(built, host)
        time.sleep(chance.uniform(0.2, 1.0) * whole)
        if process.poll() is None:
            killed += 1
            (kill_alone if number % 2 else kill_group)(process)
        process.wait(timeout=60)
        if host.whole:
            sound(host.tree(), now, before)
        ok(publish(built, host))
        assert {path: data for path, data in host.tree().items() if path in now or not is_kept(path)} == now
    assert killed


def sound(there: dict[str, bytes], now: dict[str, bytes], before: dict[str, bytes]) -> None:
    """Nothing was lost before its time, and a reader who comes to the front page finds all that it leads to."""
    assert now.keys() & before.keys() <= there.keys()
    assert dangling(there) == set()


def start(site: Site, host: Host) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "pressfold", "publish", "--site", str(site.root)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=PROJECT,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(site.now), **host.environment},
        start_new_session=True,
    )


def kill_group(process: "subprocess.Popen[bytes]") -> None:
    os.killpg(process.pid, signal.SIGKILL)


def kill_alone(process: "subprocess.Popen[bytes]") -> None:
    """Kill the publish, and leave the program that it runs alive."""
    os.kill(process.pid, signal.SIGKILL)
