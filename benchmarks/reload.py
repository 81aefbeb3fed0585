"""From the save of an article to its new words in a real browser: `pressfold serve` and `hugo server`, in turn.

python -m benchmarks.reload --articles 1000 --saves 20        (after make test, which installs what drives the browser)
"""

import argparse
import json
import shutil
import socket
import statistics
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.builders import PYTHON, Builder, builders, hugo
from benchmarks.corpus import PROJECT, Corpus, Site
from benchmarks.run import names

PEERS = ["pressfold", "pressfold-commonmark", "hugo"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
HOST = "127.0.0.1"

# Runs in every document before its own scripts, so it outlives a reload. The page's clock and ours are the same machine's.
WATCH = """
const look = () => {
  const found = document.body?.textContent.match(/Paragraph \\d+ joined later/g) ?? [];
  if (found.length > (window.counted ?? 0)) {
    window.counted = found.length;
    window.seen(found.at(-1), Date.now());
  }
};
new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
"""


@dataclass
class Watched:
    """A page of a served site, open in a browser: when its words were first seen, and how long each save took to get there."""

    site: Site
    page: Page
    seen: dict[str, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Open the page of the article that will be edited."""
        self.page.expose_function("seen", lambda words, moment: self.seen.setdefault(words, moment / 1000))
        self.page.add_init_script(WATCH)
        article = self.site.corpus.article(self.site.corpus.size // 2)
        self.page.goto(f"{address}articles/{article.slug}/")

    def save(self, turn: int, limit: float) -> None:
        """Add a paragraph to the article, and wait until the browser shows it."""
        words = self.site.edit_body(turn).words.rstrip(".")
        saved = time.time()
        while words not in self.seen:
            if time.time() - saved > limit:
                raise TimeoutError(f"{self.site.root.name}: save {turn} was not shown within {limit:.0f} s")
            self.page.wait_for_timeout(20)
        self.waits.append(self.seen[words] - saved)


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def answers(address: str) -> bool:
    """Whether a server is there."""
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@contextmanager
def served(command: Sequence[str], folder: Path, address: str, limit: float) -> Iterator[None]:
    """A server while it is needed, from the moment when it answers."""
    with folder.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        begun = time.monotonic()
        while not answers(address):
            if process.poll() is not None or time.monotonic() - begun > limit:
                raise TimeoutError(f"{folder.name}: the server does not answer (see {folder.with_suffix('.log').name})")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def server(builder: Builder, tools: Path, port: int) -> list[str]:
    """The command that serves a peer's site, run in its folder."""
    if builder.flavour == "pressfold":
        return [PYTHON, "-m", "pressfold", "serve", "--site", ".", "--port", str(port)]
    return [str(hugo(tools)), "server", "--noBuildLock", "--bind", HOST, "--port", str(port)]


def measure(given: argparse.Namespace) -> dict[str, list[float]]:
    """Serve every peer's site, open each in a browser, and save in turn."""
    tools = given.tools.resolve()
    known = builders(tools)
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        raise SystemExit("no Chromium here")
    with ExitStack() as stack:
        driver = stack.enter_context(sync_playwright())
        chromium = driver.chromium.launch(executable_path=browser, args=FLAGS)
        stack.callback(chromium.close)
        tabs = []
        for name in given.peers:
            site = Site(given.work.resolve() / f"reload-{name}", known[name].flavour, Corpus(given.articles))
            site.lay_out(known[name].peer)
            port = free_port()
            address = f"http://{HOST}:{port}/"
            command = server(known[name], tools, port)
            stack.enter_context(served(command, site.root, address, given.timeout))
            tabs.append(Watched(site, chromium.new_page()))
            tabs[-1].open(address)
        for turn in range(given.saves + 1):
            for tab in tabs:
                tab.save(turn, given.timeout)
                tab.page.wait_for_timeout(given.pause * 1000)
    return {name: tab.waits[1:] for name, tab in zip(given.peers, tabs, strict=True)}  # the first only warms up


def main() -> None:
    """Measure, and say it in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    scratch = PROJECT / ".bench"
    parser.add_argument("--peers", type=names(PEERS), default=["pressfold", "hugo"], help=", ".join(PEERS))
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--saves", type=int, default=20)
    parser.add_argument("--pause", type=float, default=1, help="seconds between two saves")
    parser.add_argument("--timeout", type=float, default=60)
    parser.add_argument("--tools", type=Path, default=scratch, help="where setup.sh put the peers")
    parser.add_argument("--work", type=Path, default=scratch / "sites", help="where the sites are laid out")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every wait to a file")
    given = parser.parse_args()
    try:
        waits = measure(given)
    except TimeoutError as late:
        raise SystemExit(str(late)) from late
    if given.json:
        given.json.write_text(json.dumps(waits, indent=1) + "\n", "utf-8")
    print("| peer | least, ms | median, ms |\n|---|--:|--:|")
    for name, found in waits.items():
        print(f"| {name} | {min(found) * 1000:.0f} | {statistics.median(found) * 1000:.0f} |")


if __name__ == "__main__":
    main()
