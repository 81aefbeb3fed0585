"""What every target owes a publish, on real servers."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from pressfold.publish.kind import is_kept
from tests.conftest import Site, article, ok
from tests.e2e.running import TORTURE
from tests.publish import serving
from tests.publish.sending import (
    Moments,
    config,
    counts,
    edit,
    kill_alone,
    kill_group,
    output,
    publish,
    sound,
    start,
    two_articles,
)
from tests.publish.serving import Host

HOSTS: dict[str, Callable[[Path], AbstractContextManager[Host]]] = {
    "s3": serving.s3,
    "webdav": serving.webdav,
    "sftp": serving.sftp,
    "ftp": serving.ftp,
    "rsync": serving.ssh,
    "git": serving.bare,
}


@pytest.fixture(params=HOSTS)
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Host]:
    with HOSTS[request.param](tmp_path / "host") as found:
        yield found


@pytest.fixture
def built(site: Site, host: Host) -> Site:
    return two_articles(site, config(host))


OTHERS = {"CNAME": b"digest.example\n", ".well-known/x": b"y", "media/by-hand.txt": b"z"}


def test_a_target_is_brought_to_what_the_output_is_and_what_others_put_there_stays(built: Site, host: Host) -> None:
    host.put({**OTHERS, "articles/b/index.html": b"by hand"})
    before = host.tree()
    done = publish(built, host)
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "live: files lie there that no publish put there: articles/b/index.html (move them; or --force writes over them)\n"
    )
    assert "send articles/b/index.html\n" in publish(built, host, "--dry-run", "--force").out
    assert host.tree() == before
    assert publish(built, host, "--force", "--verify", "-v").code == 0
    assert host.tree() == {**output(built), **OTHERS}
    assert counts(publish(built, host, "--json")) == (0, 0)
    (built.root / "content/articles/2026/01/b.md").unlink()
    edit(built, body="Other words stand here.")
    said = ok(publish(built, host, "--json")).json
    assert "articles/a-letter/index.html" in said["sent"]
    assert "about/index.html" not in said["sent"]
    assert "articles/b/index.html" in said["deleted"]
    assert host.tree() == {**output(built), **OTHERS}
    assert host.hollow() == []
    host.put({"articles/a-letter/index.html": b"changed by hand", "robots.txt": b""})
    assert ok(publish(built, host, "--json", "--verify")).json["sent"] == ["articles/a-letter/index.html", "robots.txt"]
    assert host.tree() == {**output(built), **OTHERS}


# One of each kind; the others take a minute each, and make torture runs them all.
KILLED = [*HOSTS] if TORTURE else ["git", "rsync", "s3"]


@pytest.mark.parametrize("host", KILLED, indirect=True)
def test_a_publish_that_is_killed_is_put_right_by_the_next(built: Site, host: Host) -> None:
    ok(publish(built, host))
    moments = Moments(20 if TORTURE else 2)
    for number in moments.rounds():
        for other in range(4):
            built.write(
                {f"content/articles/2026/01/n{number}-{other}.md": article(f"N {number} {other}", companies="[google]")}
            )
        (built.root / f"content/articles/2026/01/n{number - 1}-0.md").unlink(missing_ok=True)
        edit(built, body=f"Words, number {number}.")
        before, now = host.tree(), output(built)
        moments.kill(start(built, host), kill_alone if number % 2 else kill_group)
        if host.whole:
            sound(host.tree(), now, before)
        ok(publish(built, host))
        assert {path: data for path, data in host.tree().items() if path in now or not is_kept(path)} == now
    assert moments.killed
