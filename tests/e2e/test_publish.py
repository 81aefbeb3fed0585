"""Whatever goes wrong at a target - its disk, its connection, a kill at any moment - costs a line; the next publish is right."""

import random
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from pressfold.publish.kind import is_kept
from pressfold.publish.record import RECORD
from tests.conftest import Site, article, missing, ok
from tests.e2e.running import TORTURE, many
from tests.publish import serving
from tests.publish.sending import Moments, config, edit, kill_group, output, publish, start, two_articles
from tests.publish.serving import Host, dangling
from tests.publish.test_folder import CONFIG

SMALL = 700_000  # bytes of a disk that holds a small site, and not a large one


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own that is soon full."""
    folder = tmp_path / "disk"
    folder.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(asked, check=False, capture_output=True).returncode:
        missing("needs to be allowed to mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def local(folder: Path) -> Iterator[Host]:
    yield Host(f"folder:{folder}/site", lambda: serving.below(folder / "site"))


DISKS: dict[str, Callable[[Path], AbstractContextManager[Host]]] = {
    "folder": local,
    "rsync": serving.ssh,
    "sftp": serving.sftp,
}


def grown(site: Site, host: Host) -> Site:
    """A site that was published, and has grown since by more than a small disk holds."""
    site.write({"config.yaml": config(host), "content/articles/2026/01/a.md": article("A", companies="[google]")})
    ok(site.build())
    ok(publish(site, host))
    before = host.tree()
    site.write({f"content/media/p{number}.png": random.Random(number).randbytes(150_000) for number in range(6)})
    site.write({"content/articles/2026/01/b.md": article("B", companies="[google]")})
    ok(site.build())
    assert before.keys() <= output(site).keys()
    return site


def refused(site: Site, host: Host, before: dict[str, bytes]) -> None:
    """It said so in a line, and every page that was there is there as it was."""
    done = publish(site, host)
    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 1
    there = host.tree()
    assert {path: there[path] for path in before} == before
    assert dangling(there) == set()


@pytest.mark.parametrize("kind", DISKS if TORTURE else ["folder", "rsync"])
def test_a_full_disk_is_a_line_and_the_site_stays_as_it_was(site: Site, small_disk: Path, kind: str) -> None:
    with DISKS[kind](small_disk / "host") as host:
        grown(site, host)
        refused(site, host, host.tree())
        for number in range(6):
            (site.root / f"content/media/p{number}.png").unlink()
        ok(site.build())
        ok(publish(site, host))
        assert host.tree() == output(site)


def test_one_edited_article_of_many_sends_its_own_files_alone(site: Site, tmp_path: Path) -> None:
    site.write({**many(5000 if TORTURE else 300), "config.yaml": CONFIG})
    ok(site.build())
    ok(site.run("publish"))
    path = site.root / "content/articles/2025/01/a-0.md"
    path.write_text(path.read_text("utf-8").replace("More *words*", "Other *words*"), "utf-8")
    ok(site.build())
    sent = ok(site.run("publish", "--json")).json["sent"]
    assert "articles/article-0/index.html" in sent or "articles/a-0/index.html" in sent
    assert {path.partition("/")[0] for path in sent} <= {
        "articles",
        "feed.xml",
        "atom.xml",
        "feed.json",
        "companies",
        "languages",
    }
    assert sum(path.startswith("articles/") for path in sent) == 1


def test_a_folder_that_is_killed_at_any_moment_never_shows_half_a_site(site: Site, tmp_path: Path) -> None:
    www = tmp_path / "www"
    host = Host("folder:../www", lambda: serving.below(www))
    site.write({**many(12), "config.yaml": CONFIG})
    ok(site.build())
    ok(publish(site, host))
    moments = Moments(60 if TORTURE else 3)
    for number in moments.rounds():
        site.write(
            {
                f"content/articles/2026/01/n{number}-{n}.md": article(f"N {number} {n}", companies="[google]")
                for n in range(12)
            }
        )
        (site.root / f"content/articles/2026/01/n{number - 1}-0.md").unlink(missing_ok=True)
        ok(site.build())
        moments.kill(start(site, host), kill_group)
        there = {path: data for path, data in host.tree().items() if not path.startswith(".pressfold")}
        assert dangling(there) == set()
        ok(publish(site, host))
        assert {
            path: data for path, data in host.tree().items() if not is_kept(path) or path in output(site)
        } == output(site)
        assert (www / RECORD).exists()
    assert moments.killed


def test_a_program_that_outlives_a_killed_publish_is_waited_for(site: Site, tmp_path: Path) -> None:
    """The lock is held by whoever still sends: two never send into one target at once."""
    import fcntl

    host = Host("folder:../www", lambda: serving.below(tmp_path / "www"))
    site.write({**many(4), "config.yaml": CONFIG})
    ok(site.build())
    with (site.root / ".pressfold/publishing").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        process = start(site, host)
        while not re.search(rf"-> FLOCK .* {process.pid} ", Path("/proc/locks").read_text("ascii")):
            assert process.poll() is None
            time.sleep(0.05)
        assert host.tree() == {}
    assert process.wait(timeout=60) == 0
    assert host.tree() == output(site)


def test_two_sites_that_publish_into_one_folder_at_once_lose_sight_of_nothing(site: Site, tmp_path: Path) -> None:
    """Each may be told to publish again; whoever does so brings the folder to its own output, and nothing is in its way."""
    host = Host("folder:../www", lambda: serving.below(tmp_path / "www"))
    sites = [two_articles(site, CONFIG), two_articles(Site(tmp_path / "other"), CONFIG)]
    for number in range(20 if TORTURE else 2):
        for one in sites:
            name = one.root.name
            one.write({f"content/articles/2026/01/{name}-{number}.md": article(f"By {name} {number}")})
            edit(one, body=f"Words of {name}, {number}.")
        for process in [start(one, host) for one in sites]:
            process.wait(timeout=60)
        for one in sites:
            ok(publish(one, host))
            assert host.tree() == output(one)
