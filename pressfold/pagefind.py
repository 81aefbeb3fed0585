"""Pagefind: pages in a folder to a search index that browsers ask. Its program is run; nothing of it is loaded."""

import os
from pathlib import Path

import msgspec

from pressfold.problem import Problems, refuse
from pressfold.site import CONFIG

# One index for all languages, without stemming: the words are folded already, in whatever language they are.
_TOGETHER = "und"
_LONGEST = 1800  # seconds; 10,000 articles take some ten
# What a page needs of the bundle; the rest are user interfaces that our page has no use for.
PARTS = (
    "pagefind.js",
    "pagefind-worker.js",
    "pagefind-entry.json",
    "*.pf_meta",
    "wasm.*",
    "fragment/*",
    "index/*",
    "filter/*",
)


def program() -> str:
    """Where Pagefind's program lies: in its wheel, or on the path. Raises Problems where it is in neither."""
    try:
        from pagefind_bin import get_executable

        return str(get_executable())
    except (ImportError, FileNotFoundError):
        from shutil import which

        found = which("pagefind")
    if found is None:
        hint = "pip install pagefind_bin, or put the program pagefind on the path; or set search: none"
        raise refuse(CONFIG, 0, "'search: pagefind' needs Pagefind, which is not installed", hint)
    return found


def version(program: str) -> str:
    """What the program calls itself: `pagefind 1.5.2`. Raises Problems when it cannot be run."""
    return _run([program, "--version"], Path(program).parent).strip()


def bundle(program: str, pages: Path, into: Path, count: int, jobs: int = 0, longest: float = _LONGEST) -> list[Path]:
    """Index the pages of a folder into another one; the files that are to be published. Raises Problems.

    `count` is how many pages there are: Pagefind says nothing of one that it leaves out. `jobs` is as in workers.
    """
    asked = [program, "--site", str(pages), "--output-path", str(into), "--force-language", _TOGETHER, "--silent"]
    _run(asked, pages, jobs, longest)
    entry = msgspec.json.decode((into / "pagefind-entry.json").read_bytes(), type=_Entry)
    found = sum(language.page_count for language in entry.languages.values())
    if found != count:
        raise _failed(f"indexed {found} of {count} articles")
    return sorted(path for part in PARTS for path in into.glob(part))


class _Language(msgspec.Struct, frozen=True):
    page_count: int


class _Entry(msgspec.Struct, frozen=True):
    languages: dict[str, _Language]


def _run(command: list[str], folder: Path, jobs: int = 0, longest: float = _LONGEST) -> str:
    import subprocess  # slow to load

    # Of the environment it would take settings that nobody sees; Windows needs some of it to run anything.
    given = ({"RAYON_NUM_THREADS": str(jobs)} if jobs else {}) if os.name == "posix" else None
    try:
        done = subprocess.run(  # noqa: S603 - the program of its own wheel
            command, cwd=folder, env=given, capture_output=True, encoding="utf-8", errors="replace",
            stdin=subprocess.DEVNULL, timeout=longest, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise _failed(f"did not end within {longest:g} s") from None
    except OSError as error:
        raise _failed(f"cannot be run: {error.strerror}") from None
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "it does not say why").splitlines()
        raise _failed(f"failed with exit code {done.returncode}: {said[0]}")
    return done.stdout


def _failed(message: str) -> Problems:
    return refuse("pagefind", 0, message, "build again; or set search: none")
