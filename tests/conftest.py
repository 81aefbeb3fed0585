"""A tiny site per test, built through the real command."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

from pressfold.memory import Memory
from pressfold.memory.tellings import Tellings
from pressfold.shelf import Shelf

PROJECT = Path(__file__).resolve().parent.parent
NOW = 1_770_000_000  # 2026-02-02 02:40 UTC
CONFIG = "title: A test digest\nbase_url: https://digest.example/news/\ntimezone: Europe/Warsaw\n"

settings.register_profile("test", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("torture", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))


@dataclass(frozen=True)
class Result:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, read as JSON."""
        return json.loads(self.out)


def ok(result: Result) -> Result:
    """The result of a command that succeeded and had nothing to complain of."""
    assert (result.code, result.err) == (0, "")
    return result


def told(result: Result) -> str:
    """What a command said, without the seconds that it took."""
    return re.sub(r" in \d+\.\d s$", " in N s", result.out, flags=re.MULTILINE)


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, folders included; the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


class Site:
    """A site in a folder of its own."""

    def __init__(self, root: Path, now: int = NOW) -> None:
        self.root, self.now = root, now
        root.mkdir(parents=True, exist_ok=True)

    @property
    def output(self) -> Path:
        """Where builds write."""
        return self.root / "output"

    def write(self, files: dict[str, str | bytes]) -> "Site":
        """Write files, folders included."""
        write(self.root, files)
        return self

    def run(self, *arguments: str, environment: dict[str, str] | None = None, without: Sequence[str] = ()) -> Result:
        """Run pressfold on the site, at a fixed moment; `without` some of Linux's capabilities."""
        dropped = ["setpriv", "--bounding-set=" + ",".join(f"-{name}" for name in without)] if without else []
        inherited = {name: text for name, text in os.environ.items() if not name.startswith("PRESSFOLD_")}
        command, *rest = arguments
        done = subprocess.run(
            [*dropped, sys.executable, "-m", "pressfold", command, "--site", str(self.root), *rest],
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
            cwd=PROJECT,
            env={**inherited, "SOURCE_DATE_EPOCH": str(self.now), "NO_COLOR": "1", **(environment or {})},
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def build(self, *arguments: str, **given: Any) -> Result:
        """`pressfold build`."""
        return self.run("build", *arguments, **given)

    def page(self, address: str) -> str:
        """A file of the output, as text."""
        return (self.output / address).read_text("utf-8")

    def articles(self) -> list[Path]:
        """The articles' files, sorted."""
        return sorted((self.root / "content" / "articles").rglob("*.md"))

    def tree(self, folder: str = "output") -> dict[str, bytes]:
        """Every file below a folder, with its bytes."""
        top = self.root / folder
        return {p.relative_to(top).as_posix(): p.read_bytes() for p in sorted(top.rglob("*")) if p.is_file()}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An empty site with a config."""
    yield Site(tmp_path / "site").write({"config.yaml": CONFIG, "content/inbox/.keep": ""})


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """An empty shelf."""
    memory = Memory(tmp_path / "memory")
    with memory.change():
        yield Shelf(Tellings(memory))
    memory.close()


def article(title: str = "A letter", **fields: str) -> str:
    """An article's file; `body` is its text, any other field its front matter."""
    body = fields.pop("body", "Some words of the article stand here.")
    slug = "".join(ch if ch.isalnum() else "-" for ch in title.lower())
    given = {"id": f"urn:test:{slug}", "title": f"'{title}'", "lang": "en", "added": "2026-01-10T08:00:00Z", **fields}
    return "---\n" + "".join(f"{key}: {text}\n" for key, text in given.items() if text) + f"---\n\n{body}\n"


def missing(what: str) -> NoReturn:
    """Leave a test out by name, since something cannot be installed here; where CI runs, that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, which reaches nothing but this machine."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        missing("no Chromium here: the browser tests did not run")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield opened
        opened.close()


_ARGUMENTS = [
    *(
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ),
    *("--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"),
]
