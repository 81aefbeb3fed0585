"""Whatever goes wrong around a build - disks, clocks, copies, names, processes - costs a line; the next build is right."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import CONFIG, PROJECT, Result, Site, article, missing, ok
from tests.e2e.running import (
    TORTURE,
    applying,
    ended,
    left_of,
    leftovers,
    many,
    once,
    start,
    times,
    workers,
)

A = "content/articles/2026/01/a-letter.md"
FEW, LOTS = 24, 340  # articles: worked off by one process, by several
SEED = 20260202
linux = pytest.mark.skipif(sys.platform != "linux", reason="uses Linux's /proc, mounts and limits")


@pytest.fixture(scope="module")
def once_built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of few articles, built; to be copied, not changed."""
    made = Site(tmp_path_factory.mktemp("once") / "site").write(many(FEW))
    ok(made.build())
    return made


@pytest.fixture(scope="module")
def lots_built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of so many articles that workers are started, built; to be copied, not changed."""
    made = Site(tmp_path_factory.mktemp("lots") / "site").write(many(LOTS))
    ok(made.build("-j2"))
    return made


@pytest.fixture
def built(tmp_path: Path, once_built: Site) -> Site:
    """A site of one's own, built."""
    shutil.copytree(once_built.root, tmp_path / "site")
    return Site(tmp_path / "site")


@pytest.fixture
def lots(tmp_path: Path, lots_built: Site) -> Site:
    """A site of one's own with many articles, built, and every article edited since."""
    shutil.copytree(lots_built.root, tmp_path / "lots")
    return Site(tmp_path / "lots").write(many(LOTS, "An edit. "))


@pytest.fixture
def small_disk() -> Iterator[Callable[[Path, int], Path]]:
    """Mounts a disk of so many bytes at a folder, which keeps its files; skips where nobody may mount."""
    mounted: list[Path] = []

    def mount(folder: Path, size: int) -> Path:
        folder.mkdir(exist_ok=True)
        kept = folder.with_name(f"{folder.name}.kept")
        shutil.copytree(folder, kept)
        asked = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        if not shutil.which("mount") or subprocess.run(asked, check=False, capture_output=True).returncode:
            shutil.rmtree(kept)
            missing("needs to be allowed to mount a small disk")
        mounted.append(folder)
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        shutil.rmtree(kept)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path, room: int) -> Path:
    """Fill the disk on which a folder lies, but for so many bytes, with a file that a build passes over."""
    filler = folder / ".filler"
    with filler.open("wb") as file:
        found = os.statvfs(folder)
        left = max(0, found.f_bavail * found.f_frsize - room)
        file.write(b"x" * left)
    return filler


def edit(site: Site, word: str) -> None:
    """Add a word to every article."""
    for path in site.articles():
        path.write_text(path.read_text("utf-8") + f"\n{word}\n", "utf-8")


def published(site: Site) -> dict[str, bytes]:
    """The output but for what a test put there."""
    return {name: data for name, data in site.tree().items() if name != ".filler"}


def is_right(site: Site, place: Path) -> None:
    """Assert that the output is what a build without any memory writes into an empty folder; and nothing is left over."""
    shutil.rmtree(place, ignore_errors=True)
    ok(site.build("--no-cache", "-o", str(place)))
    assert published(site) == Site(place).tree(".")
    assert leftovers(site) == []


def one_line(said: Result, code: int = 1) -> str:
    """The one line that a build complains with."""
    assert (said.code, said.out) == (code, ""), said
    lines = [line for line in said.err.splitlines() if not line.endswith("nothing was written to the site")]
    assert len(lines) == 1, said.err
    return lines[0]


# Disks.


@linux
def test_a_full_disk_is_a_line_and_the_old_site_stays(
    built: Site, tmp_path: Path, small_disk: Callable[[Path, int], Path]
) -> None:
    small_disk(built.output, 8_000_000)
    ok(built.build())
    for turn, room in enumerate((0, 4096, 20_000, 80_000, 150_000)):
        before = published(built)
        edit(built, f"turn-{turn}")
        filler = fill(built.output, room)
        assert "o space left on device" in one_line(built.build()), room
        assert published(built) == before
        filler.unlink()
        ok(built.build())
        is_right(built, tmp_path / "fresh")


@linux
def test_a_full_disk_is_a_line_also_where_workers_write(
    lots: Site, tmp_path: Path, small_disk: Callable[[Path, int], Path]
) -> None:
    small_disk(lots.output, 16_000_000)
    before = published(lots)
    filler = fill(lots.output, 300_000)
    assert "o space left on device" in one_line(lots.build("-j2"))
    assert published(lots) == before
    filler.unlink()
    ok(lots.build("-j2"))
    is_right(lots, tmp_path / "fresh")


@linux
@pytest.mark.parametrize("room", [0, 4096, 40_000, 100_000, 300_000])
def test_a_full_disk_for_what_is_remembered_costs_a_line(
    built: Site, tmp_path: Path, small_disk: Callable[[Path, int], Path], room: int
) -> None:
    small_disk(built.root / ".pressfold", 8_000_000)
    edit(built, "first")
    ok(built.build())
    before = published(built)
    edit(built, "again " * 500)
    filler = fill(built.root / ".pressfold", room)
    said = built.build()
    assert "Traceback" not in said.err
    if said.code:  # else it did without a memory
        one_line(said)
        assert published(built) == before
    else:
        assert len(said.err.splitlines()) <= 1
    filler.unlink()
    ok(built.build())
    is_right(built, tmp_path / "fresh")


@linux
@pytest.mark.parametrize("limit", [0, 1000, 8192, 100_000])
def test_a_file_that_may_not_grow_is_a_line(built: Site, tmp_path: Path, limit: int) -> None:
    if not shutil.which("prlimit"):
        missing("needs prlimit")
    before = published(built)
    edit(built, "again " * 500)
    said = ended(start(built, before=["prlimit", f"--fsize={limit}"]))
    assert "Traceback" not in said.err
    if said.code:
        one_line(said)
        assert published(built) == before
    ok(built.build())
    is_right(built, tmp_path / "fresh")


def without_rights(site: Site) -> Result:
    """A build that stands under the rights of files, also root's."""
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            missing("root, and no setpriv to do without root's rights")
        return site.build(without=("dac_override", "dac_read_search"))
    return site.build()


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX permissions")
@pytest.mark.parametrize("folder", ["output", ".pressfold"])
def test_a_folder_that_may_not_be_written_is_a_line(built: Site, tmp_path: Path, folder: str) -> None:
    before = published(built)
    edit(built, "again")
    (built.root / folder).chmod(0o555)
    try:
        said = without_rights(built)
        assert "Traceback" not in said.err
        if said.code or folder == "output":
            assert folder in one_line(said)
            assert published(built) == before
        else:
            assert len(said.err.splitlines()) == 1
    finally:
        (built.root / folder).chmod(0o755)
    ok(built.build())
    is_right(built, tmp_path / "fresh")


@pytest.mark.parametrize(
    "place", ["lock", "lock.pid", "memory.sqlite", "memory.sqlite-wal", "memory.sqlite-shm", "memory.sqlite.damaged"]
)
def test_a_folder_in_place_of_what_makes_builds_fast_is_a_line(built: Site, tmp_path: Path, place: str) -> None:
    edit(built, "again")
    (built.root / ".pressfold" / place).unlink(missing_ok=True)
    (built.root / ".pressfold" / place).mkdir()
    said = built.build()
    if said.code:
        assert f".pressfold/{place}: " in one_line(said)
        (built.root / ".pressfold" / place).rmdir()
        ok(built.build())
    else:
        assert re.fullmatch(NOTE, said.err)
    is_right(built, tmp_path / "fresh")


@pytest.mark.parametrize(
    "place", ["config.yaml", "content/imports.jsonl", "output/index.html", "output/articles/a-1/index.html"]
)
def test_a_folder_where_a_file_must_be_is_named(built: Site, tmp_path: Path, place: str) -> None:
    edit(built, "again")
    built.write({"config.yaml": CONFIG.replace("A test", "Another")})
    before = (built.root / place).read_bytes()
    (built.root / place).unlink()
    (built.root / place).mkdir()
    assert f"{place}: " in one_line(built.build())
    (built.root / place).rmdir()
    (built.root / place).write_bytes(before)
    ok(built.build())
    is_right(built, tmp_path / "fresh")


@pytest.mark.parametrize("place", [".pressfold", "output", "output/articles", "content/articles", "content"])
def test_a_file_where_a_folder_must_be_is_named(built: Site, tmp_path: Path, place: str) -> None:
    edit(built, "again")
    (built.root / place).rename(built.root / "aside")
    (built.root / place).write_text("a file", "utf-8")
    assert place in one_line(built.build())
    (built.root / place).unlink()
    (built.root / "aside").rename(built.root / place)
    ok(built.build())
    is_right(built, tmp_path / "fresh")


# Files that change, clocks, copies.


def test_a_file_that_changes_while_it_is_read_does_no_harm(built: Site, tmp_path: Path) -> None:
    path = built.articles()[0]
    picture = built.root / "content/media/p.png"
    original, done = path.read_bytes(), threading.Event()

    def rewrite() -> None:
        number = 0
        while not done.is_set():
            number += 1
            path.write_bytes(original + f"\nTurn {number} {'x' * (number % 977)}\n".encode())
            picture.write_bytes(b"\x89PNG" * (number % 977))

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        for _ in range(20 if TORTURE else 4):
            said = built.build()
            if said.code:
                *lines, last = said.err.splitlines()
                assert said.code == 1
                assert last.endswith("nothing was written to the site")
                assert all(re.match(r"content/(articles/2025/01/a-0\.md|media/p\.png):", line) for line in lines), lines
            else:
                assert said.err == ""
    finally:
        done.set()
        writer.join(60)
    ok(built.build())
    is_right(built, tmp_path / "fresh")


def test_a_clock_that_is_set_holds_back_and_brings_out(built: Site, tmp_path: Path) -> None:
    day = 86_400
    built.write({A: article(date="2026-02-03")})
    written = times(built.root / "content")
    page = built.output / "articles" / "a-letter" / "index.html"
    now = built.now
    for moment, out in ((now, False), (now + 2 * day, True), (now - 2 * day, False), (now + 3 * day, True)):
        built.now = moment
        ok(built.build())
        assert page.exists() == out
        is_right(built, tmp_path / "fresh")
        assert ", 0 written, " in ok(built.build()).out
    assert times(built.root / "content") == written


def test_other_bytes_of_the_same_size_are_seen_whatever_the_files_time_says(built: Site, tmp_path: Path) -> None:
    path = built.articles()[0]
    words, stamp = path.read_bytes(), path.stat()
    other = words.replace(b"Words", b"Texts")
    for turn in range(6):  # right after a build; then with the old time; then copied over with a time of its own
        path.write_bytes(other if turn % 2 == 0 else words)
        if turn >= 2:
            os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
        if turn >= 4:
            copy = tmp_path / "copy.md"
            shutil.copy2(path, copy)
            shutil.copy2(copy, path)
        ok(built.build())
        assert (b"Texts" in (built.output / "articles/a-0/index.html").read_bytes()) == (turn % 2 == 0)
    is_right(built, tmp_path / "fresh")


@pytest.mark.parametrize("keeping", [True, False], ids=["cp -a", "cp -r"])
def test_a_copied_site_goes_on_where_the_first_was(built: Site, tmp_path: Path, keeping: bool) -> None:
    copy = Site(tmp_path / "elsewhere" / "copy")
    shutil.copytree(
        built.root, copy.root, copy_function=shutil.copy2 if keeping else shutil.copyfile, dirs_exist_ok=True
    )
    before = times(copy.output)
    assert ", 0 written, " in ok(copy.build()).out
    assert times(copy.output) == before
    edit(copy, "Further.")
    ok(copy.build())
    is_right(copy, tmp_path / "fresh")
    assert ", 0 written, " in ok(built.build()).out


def test_the_memory_of_another_site_serves_no_other(built: Site, tmp_path: Path) -> None:
    other = Site(tmp_path / "other").write(many(FEW, "Of the other. ")).write({A: article()})
    ok(other.build())
    shutil.rmtree(built.root / ".pressfold")
    shutil.copytree(other.root / ".pressfold", built.root / ".pressfold")
    ok(built.build())
    is_right(built, tmp_path / "fresh")


# The output, changed by hand.


def test_an_output_changed_by_hand_is_mended_without_the_cache(built: Site, tmp_path: Path) -> None:
    shutil.rmtree(built.output / "articles" / "a-1")
    (built.output / "index.html").write_text("spoiled", "utf-8")
    ok(built.build())
    ok(built.build("--no-cache"))
    is_right(built, tmp_path / "fresh")


@pytest.mark.parametrize(
    "what", ["deleted", "emptied", "of an older build", "no JSON", "hashes changed", "names added"]
)
def test_a_list_of_files_that_is_changed_by_hand_is_found_out(built: Site, tmp_path: Path, what: str) -> None:
    listed = built.output / ".pressfold.json"
    before, stamp = listed.read_bytes(), listed.stat()
    edit(built, "Newer.")
    ok(built.build())
    changed = {
        "emptied": b"",
        "of an older build": before,
        "no JSON": b"\x00\xff{",
        "hashes changed": re.sub(rb'"[0-9a-f]{64}"', b'"' + b"0" * 64 + b'"', before),
        "names added": before.replace(
            b'"404.html"', b'"../config.yaml": "", "/etc/hosts": "", "gone.html": "", "404.html"'
        ),
    }
    if what == "deleted":
        listed.unlink()
    else:
        listed.write_bytes(changed[what])
        os.utime(listed, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    ok(built.build())
    assert (built.root / "config.yaml").exists()
    is_right(built, tmp_path / "fresh")


@pytest.mark.parametrize("place", ["articles", "companies/google", "feed.xml", ""])
def test_an_output_that_is_deleted_is_written_again(built: Site, tmp_path: Path, place: str) -> None:
    gone = built.output / place
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    (built.output / ".pressfold.json").unlink(missing_ok=True)
    ok(built.build())
    is_right(built, tmp_path / "fresh")


# Names.


def test_long_and_foreign_names_are_published_or_named(built: Site, tmp_path: Path) -> None:
    names = ["m" * 251 + ".png", "żółć.png", "圖.png", "a b&c'd\"<e>#?%41.png", "é" * 100 + ".png"]
    built.write({f"content/media/{name}": name for name in names})
    ok(built.build())
    for name in names:
        assert (built.output / "media" / name).read_text("utf-8") == name
    for name in names:
        (built.root / "content/media" / name).unlink()
    ok(built.build())
    is_right(built, tmp_path / "fresh")


@pytest.mark.parametrize("name", ["m" * 252 + ".md", "m" * 200 + ".md"])
def test_an_article_with_a_very_long_name_is_published_or_named(built: Site, tmp_path: Path, name: str) -> None:
    before = published(built)
    path = f"content/articles/2026/01/{name}"
    said = built.write({path: article()}).build()
    if said.code:
        assert one_line(said).startswith(path)
        assert published(built) == before
        (built.root / path).unlink()
        ok(built.build())
    is_right(built, tmp_path / "fresh")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file system that tells case apart")
def test_names_that_differ_by_case_alone_are_named(built: Site) -> None:
    before = published(built)
    built.write({"content/media/P.png": "large", "content/media/q.png": "small"})
    assert "media/" in one_line(built.build())
    assert published(built) == before
    (built.root / "content/media/P.png").unlink()
    ok(built.build())


@pytest.mark.parametrize("address", ["old/" + "x" * 300, "old/" + "y/" * 3000])
def test_an_old_address_of_great_length_is_named(built: Site, tmp_path: Path, address: str) -> None:
    before = published(built)
    said = built.write({A: article(redirects=f"[{address}]")}).build()
    assert one_line(said).startswith(A)
    assert published(built) == before
    built.write({A: article()})
    ok(built.build())
    is_right(built, tmp_path / "fresh")


# Processes.


@linux
@pytest.mark.parametrize("late", [0.0, 0.15, 0.4])
def test_a_worker_that_dies_is_a_line_and_nothing_is_written(lots: Site, tmp_path: Path, late: float) -> None:
    before = published(lots)
    process = start(lots, "-j2")
    assert once(process, lambda: len(workers(process)) > 1)
    time.sleep(late)
    found = workers(process)
    if found:
        os.kill(found[0], signal.SIGKILL)
    said = ended(process)
    if said.code:
        assert one_line(said) == (
            "build: a worker process died, and nothing was written to the site (build again; where memory is short, with --jobs 1)"
        )
        assert published(lots) == before
    assert said.code or late
    assert left_of(process) == []
    ok(lots.build("-j2"))
    is_right(lots, tmp_path / "fresh")


FINALIZED = """
import os, pathlib, time
from pressfold.cli.run import Run

class Last:
    def __del__(self):
        os.kill(os.getpid(), {sign})
        for _ in range(1000):
            pass

def work():
    Last()
    time.sleep(60)
    return 0

Run(pathlib.Path(), quiet=False, verbose=False, as_json=False, no_color=True).end(work)
"""


@linux
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"])
def test_a_run_stops_also_where_it_was_told_so_in_a_finalizer(sign: signal.Signals, code: int) -> None:
    """Python drops what a finalizer raises, and goes on."""
    script = [sys.executable, "-c", FINALIZED.format(sign=int(sign))]
    told = subprocess.run(script, cwd=PROJECT, capture_output=True, text=True, timeout=30, check=False)
    assert (told.returncode, told.stdout, told.stderr) == (code, "", STOPPED)


RAW = "A third letter of workers\n\nSeveral workers of Google ask for a third thing in a letter that says as much.\n"
NOTE = r"(memory\.sqlite could not be read; [^\n]*\n)?"
STOPPED = "stopped; the next build completes what was begun\n"


@linux
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("when", ["reading", "drawing", "applying"])
def test_a_build_that_is_told_to_stop_says_so_in_a_line(
    lots: Site, tmp_path: Path, sign: signal.Signals, code: int, when: str
) -> None:
    stage = lots.output / ".pressfold-stage" / "files"
    signs: dict[str, Callable[[Path], object]] = {
        "reading": lambda _: workers(process),
        "drawing": lambda _: stage.exists(),
        "applying": lambda _: applying(lots)(),
    }
    seen = 0
    for turn in range(20 if TORTURE else 3):
        edit(lots, f"turn {turn}")
        process = start(lots, "-j2")
        there = once(process, lambda: signs[when](lots.root))
        os.killpg(process.pid, sign) if sign == signal.SIGINT else process.send_signal(sign)
        said = ended(process)
        assert left_of(process) == []
        if said.code:
            assert there
            assert (said.code, said.out, said.err) == (code, "", STOPPED)
            seen += 1
        else:
            assert said.err == ""
        ok(lots.build("-j2"))
    assert seen or when == "applying"
    is_right(lots, tmp_path / "fresh")


# What is remembered, damaged.


def damaged(data: bytes, draw: random.Random, way: str) -> bytes:
    """Bytes of which some are gone or others."""
    if way == "cut":
        return data[: draw.randrange(len(data))]
    spoiled = bytearray(data)
    for _ in range(draw.randint(1, 6)):
        place, length = draw.randrange(len(data)), draw.choice((1, 16, 512, 5000))
        spoiled[place : place + length] = draw.randbytes(min(length, len(data) - place))
    return bytes(spoiled)


@pytest.mark.parametrize("way", ["cut", "overwritten"])
def test_a_damaged_memory_costs_a_line_at_most(built: Site, tmp_path: Path, way: str) -> None:
    place = built.root / ".pressfold" / "memory.sqlite"
    good = place.read_bytes()
    for turn in range(200 if TORTURE else 6):
        seed = f"{SEED} {way} {turn}"
        edit(built, f"turn-{turn}")
        place.write_bytes(damaged(place.read_bytes() if turn % 2 else good, random.Random(seed), way))
        said = built.build()
        assert said.code == 0, (seed, said)
        assert re.fullmatch(NOTE, said.err), (seed, said)
        fresh = tmp_path / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        ok(built.build("--no-cache", "-o", str(fresh)))
        assert published(built) == Site(fresh).tree("."), seed


@pytest.mark.parametrize("command", ["build", "import", "list", "clean"])
def test_every_command_bears_a_memory_of_which_nothing_is_left(built: Site, command: str) -> None:
    place = built.root / ".pressfold" / "memory.sqlite"
    data = place.read_bytes()
    place.write_bytes(data[:4096] + random.Random(SEED).randbytes(len(data) - 4096))
    said = built.write({"content/inbox/three.txt": RAW}).run(command)
    assert said.code == 0
    assert re.fullmatch(NOTE, said.err)
    assert re.fullmatch(NOTE if command == "list" else "", built.build().err)  # list opens no memory
    assert "A third letter" in built.page("index.html")


@linux
def test_a_damaged_journal_of_the_memory_costs_a_line_at_most(lots: Site, tmp_path: Path) -> None:
    """The -wal that a killed build leaves."""
    wal = lots.root / ".pressfold" / "memory.sqlite-wal"
    for turn in range(20 if TORTURE else 2):
        draw = random.Random(f"{SEED} wal {turn}")
        edit(lots, f"turn-{turn}")
        process = start(lots, "-j2")
        once(process, lambda: (lots.output / ".pressfold-stage").exists())
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        if wal.exists() and wal.stat().st_size:
            wal.write_bytes(damaged(wal.read_bytes(), draw, draw.choice(("cut", "overwritten"))))
        said = lots.build("-j2")
        assert said.code == 0
        assert re.fullmatch(NOTE, said.err), turn
        is_right(lots, tmp_path / "fresh")
