"""One command, run to its end: the time it takes, or the memory; never both at once, since looking at memory costs time."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.02  # seconds between two looks at the memory


class Failed(Exception):
    """A command that ended with a problem, or was stopped for taking too long."""


@dataclass(frozen=True)
class Cost:
    """What a run took, in seconds; `yardstick` is what a fixed piece of work took just before it."""

    wall: float
    cpu: float
    yardstick: float


def yardstick() -> float:
    """CPU seconds of a fixed loop: where it rises, the machine is slower than it was."""
    begun, value = time.process_time(), 1
    for step in range(1_000_000):
        value = (value * 48_271 + step) % 2_147_483_647
    return time.process_time() - begun


@dataclass(frozen=True)
class Command:
    """A command in its folder, with the seconds that it may take and the file for what it says."""

    words: Sequence[str]
    folder: Path
    limit: float
    log: Path

    @contextmanager
    def running(self) -> Iterator["subprocess.Popen[bytes]"]:
        """Start it in a session of its own, so that it can be stopped with all it started; also when we are."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                self.words, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        try:
            yield process
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise

    def ended(self, process: "subprocess.Popen[bytes]", status: int, wall: float) -> None:
        """Note that a process was waited for; raise when it did not end well."""
        process.returncode = code = os.waitstatus_to_exitcode(status)
        if code:
            said = "stopped" if code == -signal.SIGKILL else f"exit {code}"
            raise Failed(f"{said} after {wall:.0f} s (see {self.log.name})")

    def timed(self) -> Cost:
        """Run it for its time: the wall's, and the user's and system's of all processes it waited for."""
        before = yardstick()
        os.sync()  # what the last run left to be written is not this one's to wait for
        begun = time.perf_counter()
        with self.running() as process:
            timer = threading.Timer(self.limit, os.killpg, (process.pid, signal.SIGKILL))
            timer.daemon = True
            timer.start()
            _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        timer.cancel()
        self.ended(process, status, wall)
        return Cost(wall, usage.ru_utime + usage.ru_stime, before)

    def watched(self) -> int:
        """Run it for its memory: the most bytes that all its processes together held at a time."""
        begun, most, done = time.perf_counter(), 0, 0
        with self.running() as process:
            while not done:
                most = max(most, sum(proportional(pid) for pid in descent(process.pid)))
                time.sleep(EVERY)
                if time.perf_counter() - begun > self.limit:
                    os.killpg(process.pid, signal.SIGKILL)
                done, status, _ = os.wait4(process.pid, os.WNOHANG)
        self.ended(process, status, time.perf_counter() - begun)
        return most


def descent(pid: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in content(children).split():
            yield from descent(int(child))


def proportional(pid: int) -> int:
    """The bytes a process holds, of those it shares its part (Linux calls it PSS); 0 for one that has ended."""
    for line in content(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def content(path: Path) -> str:
    """What a file of /proc says, nothing once its process is gone."""
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
