"""The folder of a site: what lies where in it, and its lock, which goes with the process that holds it."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import pressfold
from pressfold.problem import Problem, Problems
from pressfold.site import WORK, boot, check_site, lock, out_of_place, theme
from tests.conftest import CONFIG, PROJECT

NO_SITE = Problem(
    "config.yaml", 0, "there is no site here", "run pressfold init, or name the site's folder with --site"
)
HOLDING = """
import sys, time
from pathlib import Path
from pressfold.site import lock
with lock(Path(sys.argv[1]), lambda line: print("waits", flush=True)):
    print("holds", flush=True)
    sys.stdin.read()
print("ends", flush=True)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a site."""
    (tmp_path / "config.yaml").write_text(CONFIG)
    return tmp_path


@contextmanager
def _holder(root: Path) -> "Iterator[subprocess.Popen[str]]":
    """Another process that holds the lock."""
    command = [sys.executable, "-c", HOLDING, str(root)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=PROJECT
    ) as other:
        assert other.stdout
        try:
            assert other.stdout.readline() == "holds\n"
            yield other
        finally:
            other.kill()


def _waits(root: Path, other: "subprocess.Popen[str]", end: "signal.Signals | None") -> list[str]:
    """What is said while another process holds the lock; it is let go only once something was said."""
    said: list[str] = []
    heard = threading.Event()

    def let_go() -> None:
        heard.wait(60)
        time.sleep(0.1)
        assert other.stdin
        if end:
            other.send_signal(end)
        else:
            other.stdin.close()

    def notice(line: str) -> None:
        said.append(line)
        heard.set()

    thread = threading.Thread(target=let_go)
    thread.start()
    try:
        with lock(root, notice):
            assert heard.is_set()
    finally:
        heard.set()
        thread.join()
    return said


# The lock.


def test_run_that_is_alone_has_nothing_to_wait_for(root: Path) -> None:
    said: list[str] = []
    for _ in range(2):
        with lock(root, said.append):
            assert (root / WORK).is_dir()
    assert said == []


def test_run_waits_for_another_and_says_once_which(root: Path) -> None:
    with _holder(root) as other:
        said = _waits(root, other, None)
        assert said == [f"another run (process {other.pid}) is at work on this site; waiting for it to end"]
        assert other.stdout
        assert other.stdout.read() == "ends\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_lock_goes_with_the_process_that_is_killed(root: Path) -> None:
    with _holder(root) as other:
        assert len(_waits(root, other, signal.SIGKILL)) == 1
    with lock(root, pytest.fail):
        pass


@pytest.mark.parametrize("text", ["", "who knows", "ż", "12 34"])
def test_run_waits_also_where_nobody_knows_for_whom(root: Path, text: str) -> None:
    with _holder(root) as other:
        (root / WORK / "lock.pid").write_text(text, "utf-8")
        said = _waits(root, other, None)
    assert said == ["another run is at work on this site; waiting for it to end"]


@pytest.mark.parametrize("garbage", [b"garbage", b"\0" * 4096, b"x" * 5000, b"SQLite format 3\0" + b"x" * 5000])
def test_garbage_in_the_locks_place_locks_nothing(root: Path, garbage: bytes) -> None:
    (root / WORK).mkdir()
    (root / WORK / "lock").write_bytes(garbage)
    (root / WORK / "lock.pid").write_bytes(b"\xff")
    with lock(root, pytest.fail):
        pass
    with _holder(root) as other:
        assert len(_waits(root, other, None)) == 1


def test_lock_is_let_go_when_the_run_fails(root: Path) -> None:
    with pytest.raises(KeyError), lock(root, pytest.fail):
        raise KeyError
    with lock(root, pytest.fail):
        pass


def test_two_sites_are_locked_apart(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "config.yaml").write_text(CONFIG)
    with lock(root, pytest.fail), lock(other, pytest.fail):
        pass


def test_lock_tells_when_the_run_began_by_the_clock_of_the_file_system(root: Path) -> None:
    (root / "before").write_text("")
    with lock(root, pytest.fail) as clock:
        (root / "after").write_text("")
    assert (root / "before").stat().st_mtime_ns <= clock <= (root / "after").stat().st_mtime_ns


def test_folder_without_a_site_is_left_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(Problems) as raised, lock(tmp_path, pytest.fail):
        pass
    assert raised.value.problems == (NO_SITE,)
    assert list(tmp_path.iterdir()) == []


def test_place_that_cannot_be_locked_is_an_error(root: Path) -> None:
    (root / WORK / "lock").mkdir(parents=True)
    with pytest.raises(OSError, match="cannot be locked: unable to open database file"), lock(root, pytest.fail):
        pass


# What lies where.


def test_own_layouts_stand_before_the_themes(root: Path) -> None:
    assert theme(root) == {"layouts": PROJECT / "layouts"}
    (root / "layouts").mkdir()
    assert list(theme(root).items()) == [("layouts", root / "layouts"), ("theme", PROJECT / "layouts")]
    assert theme(PROJECT) == {"layouts": PROJECT / "layouts"}


def test_layouts_of_an_installed_program_lie_in_the_package(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = root / "lib" / "pressfold"
    (installed / "layouts").mkdir(parents=True)
    monkeypatch.setattr(pressfold, "__file__", str(installed / "__init__.py"))
    assert theme(root) == {"layouts": installed / "layouts"}


def test_run_of_the_machine_is_told_by_linux_alone() -> None:
    assert bool(boot()) is (sys.platform == "linux")
    assert boot() == boot()


def test_folder_without_settings_is_no_site(root: Path) -> None:
    check_site(root)
    with pytest.raises(Problems) as raised:
        check_site(root / "content")
    assert raised.value.problems == (NO_SITE,)


GONE = "there is no such folder"
KNOWN = "known: articles, companies, inbox, media, pages"


@pytest.mark.parametrize(
    ("files", "problems"),
    [
        (["content/articles/a.md", "content/.git/a", "content/imports.jsonl", "content/README.md"], []),
        (["content/pages/a.md"], []),
        (["content/articles/a.md", "content/sources.yaml", "content/sources.opml"], []),
        (["layouts/a"], [Problem("content", 0, GONE, "bring it back; or make an empty one for an empty site")]),
        (
            ["content/imports.jsonl"],
            [Problem("content/articles", 0, GONE, "bring it back; or delete content/imports.jsonl to import anew")],
        ),
        (
            ["content/artikel/a.md", "content/xyz/a"],
            [
                Problem("content/artikel", 0, "no part of content/", "did you mean 'articles'?"),
                Problem("content/xyz", 0, "no part of content/", KNOWN),
            ],
        ),
    ],
)
def test_folder_that_is_gone_or_has_a_wrong_name_is_a_problem(
    root: Path, files: list[str], problems: list[Problem]
) -> None:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text("")
    assert out_of_place(root) == problems
