"""The folder of a site: what lies where in it, and the lock of whoever works on it."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pressfold
from pressfold.problem import Problem, refuse, suggest

CONFIG = "config.yaml"
ARTICLES, COMPANIES, PAGES, MEDIA, INBOX = (
    f"content/{name}" for name in ("articles", "companies", "pages", "media", "inbox")
)
PICTURES = f"{MEDIA}/imported"  # of saved pages, named by their bytes
FETCHED = f"{INBOX}/fetched"  # a feed's file is named by its source
FOLDERS = (ARTICLES, COMPANIES, PAGES, MEDIA, INBOX)
LEDGER = "content/imports.jsonl"
SOURCES = "content/sources.yaml"  # what config.yaml can say of sources, in a file of its own
STORIES = "content/stories.yaml"  # what an editor says of stories besides the articles
NO_COMPANIES = "content/no-companies.txt"  # names that an editor took out of the queue
WORK = ".pressfold"  # what makes the next run fast; safe to delete


def check_site(root: Path) -> None:
    """Raise Problems where there is no site."""
    if not (root / CONFIG).is_file():
        raise refuse(CONFIG, 0, "there is no site here", "run pressfold init, or name the site's folder with --site")


def theme(root: Path) -> dict[str, Path]:
    """The site's layouts over the theme's, by what messages call them; in the program's own repository they are one."""
    package = Path(pressfold.__file__).parent
    home = package / "layouts" if (package / "layouts").is_dir() else package.parent / "layouts"
    own = root / "layouts"
    if own.is_dir() and own.resolve() != home.resolve():
        return {"layouts": own, "theme": home}
    return {"layouts": home}


def out_of_place(root: Path) -> list[Problem]:
    """What is wrong with the folders of content/ themselves."""
    return [*_clashes(root), *_gone(root)]


def _gone(root: Path) -> list[Problem]:
    """A folder that is not there: a build without it would delete every page from the site."""
    if not (root / "content").is_dir():
        return [
            Problem("content", 0, "there is no such folder", "bring it back; or make an empty one for an empty site")
        ]
    if not (root / ARTICLES).is_dir() and (root / LEDGER).is_file():
        return [Problem(ARTICLES, 0, "there is no such folder", f"bring it back; or delete {LEDGER} to import anew")]
    return []


def _clashes(root: Path) -> list[Problem]:
    known = {folder.removeprefix("content/") for folder in FOLDERS}
    folders = (
        sorted(path.name for path in (root / "content").iterdir() if path.is_dir())
        if (root / "content").is_dir()
        else []
    )
    return [
        Problem(
            f"content/{name}", 0, "no part of content/", suggest(name, known) or "known: " + ", ".join(sorted(known))
        )
        for name in folders
        if name not in known and not name.startswith(".")
    ]


@contextmanager
def lock(root: Path, notice: Callable[[str], None]) -> Iterator[int]:
    """One run at a time works on a site; another waits for it. Raises Problems where there is no site.

    Gives the moment when the run began by the clock of the site's own file system, in nanoseconds. The lock is SQLite's,
    which is the operating system's on every platform: it goes with the process that holds it.
    """
    check_site(root)
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
        try:
            held = sqlite3.connect(place, timeout=0.2 if told else 0, isolation_level=None)
        except sqlite3.OperationalError as error:
            raise _cannot(place, error) from None
        try:
            held.execute("begin exclusive")
        except sqlite3.OperationalError as error:
            held.close()
            if "locked" not in str(error):
                raise _cannot(place, error) from None
            if not told:
                wait()
                told = True  # from now on in short turns, so that Ctrl-C is heard
        except sqlite3.DatabaseError:
            held.close()
            place.unlink()  # it is no lock of anyone's
        else:
            return held


def _cannot(place: Path, error: Exception) -> OSError:
    return OSError(0, f"cannot be locked: {error}", str(place))


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
