"""The folder of a site, as every command needs it: its settings, its layouts, its lock."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pressfold
from pressfold import config
from pressfold.config import Config
from pressfold.problem import refuse

WORK = ".pressfold"  # what makes the next run fast; safe to delete


def read_config(root: Path, environment: Mapping[str, str], base_url: str = "") -> Config:
    """The site's settings. Raises Problems, also where there is no site."""
    path = root / config.FILE
    if not path.is_file():
        raise refuse(
            config.FILE, 0, "there is no site here", "run pressfold init, or name the site's folder with --site"
        )
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(config.FILE, 0, "not UTF-8", "save the file as UTF-8") from None
    return config.load(text, environment=environment, base_url=base_url)


def theme(root: Path) -> dict[str, Path]:
    """The site's layouts over the theme's, by what messages call them; in the program's own repository they are one."""
    package = Path(pressfold.__file__).parent
    home = package / "layouts" if (package / "layouts").is_dir() else package.parent / "layouts"
    own = root / "layouts"
    if own.is_dir() and own.resolve() != home.resolve():
        return {"layouts": own, "theme": home}
    return {"layouts": home}


@contextmanager
def lock(root: Path, notice: Callable[[str], None]) -> Iterator[int]:
    """One run at a time works on a site; another waits for it. Raises Problems where there is no site.

    Gives the moment when the run began by the clock of the site's own file system, in nanoseconds. The lock is SQLite's,
    which is the operating system's on every platform: it goes with the process that holds it.
    """
    if not (root / config.FILE).is_file():
        read_config(root, {})
    folder = root / WORK
    folder.mkdir(exist_ok=True)
    holder = folder / "lock.pid"
    held = _hold(folder / "lock", lambda: notice(_WAITING.format(_words(holder))))
    try:
        holder.write_text(f"{os.getpid()}\n", "ascii")  # only for the message above
        yield holder.stat().st_mtime_ns
    finally:
        held.close()


_WAITING = "another run{} is at work on this site; waiting for it to end"


def _hold(place: Path, wait: Callable[[], None]) -> sqlite3.Connection:
    told = False
    while True:
        held = sqlite3.connect(place, timeout=0.2 if told else 0, isolation_level=None)
        try:
            held.execute("begin exclusive")
            return held
        except sqlite3.OperationalError as error:
            held.close()
            if "locked" not in str(error):
                raise OSError(0, f"cannot be locked: {error}", str(place)) from None
            if not told:
                wait()
                told = True  # from now on in short turns, so that Ctrl-C is heard
        except sqlite3.DatabaseError:
            held.close()
            place.unlink()  # it is no lock of anyone's


def _words(holder: Path) -> str:
    try:
        return f" (process {int(holder.read_text('ascii'))})"
    except (OSError, ValueError):
        return ""


def boot() -> str:
    """The machine's present run, from start to shutdown: what was not yet on the disk when it ended may be lost.

    Empty where the system does not tell.
    """
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""
