"""The folder of a site, as every command needs it: its settings, its layouts, its lock."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pressfold
from pressfold import config, render
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


def theme(root: Path) -> render.Layouts:
    """The site's layouts over the theme's; in the program's own repository they are one folder."""
    package = Path(pressfold.__file__).parent
    home = package / "layouts" if (package / "layouts").is_dir() else package.parent / "layouts"
    own = root / "layouts"
    folders = (
        [(own, "layouts"), (home, "theme")] if own.is_dir() and own.resolve() != home.resolve() else [(home, "layouts")]
    )
    return render.Layouts(tuple(folder for folder, _ in folders), tuple(name for _, name in folders))


@contextmanager
def lock(root: Path, notice: Callable[[str], None]) -> Iterator[None]:
    """One run at a time works on a site; another waits for it. Raises Problems where there is no site."""
    from filelock import FileLock, Timeout

    if not (root / config.FILE).is_file():
        read_config(root, {})
    folder = root / WORK
    folder.mkdir(exist_ok=True)
    held = FileLock(folder / "lock")
    try:
        held.acquire(timeout=0)
    except Timeout:
        notice("another run is at work on this site; waiting for it to end")
        held.acquire()
    try:
        yield
    finally:
        held.release()
