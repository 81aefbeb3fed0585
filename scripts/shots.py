"""Screenshots of a built site for people to look at: its fullest pages, phone and desktop, light and dark.

python -m scripts.shots [OUTPUT [FOLDER]]
"""

import functools
import http.server
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from lxml import html

KINDS = ("", "companies/", "companies/*/", "articles/*/", "stories/*/", "languages/*/", "search/", "archive/*/")
PAGES = 8
WIDTHS = {"phone": 390, "desktop": 1280}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A folder over loopback, in silence."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as its base names it
        """Say nothing."""


@contextmanager
def served(output: Path) -> Iterator[str]:
    """The address of the folder, while it is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(output)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def chosen(output: Path) -> list[str]:
    """Addresses of at most eight pages: the fullest of each kind; of articles the fullest in each direction."""
    found: list[Path] = []
    for kind in KINDS:
        pages = sorted(output.glob(f"{kind}index.html"), key=lambda path: (-path.stat().st_size, path))
        if kind == "articles/*/":
            turned = [page for page in pages if html.parse(str(page)).getroot().get("dir") == "rtl"]
            found += [page for page in pages if page not in turned][:1] + turned[:1]
        else:
            found += pages[:1]
    addresses = [page.parent.relative_to(output).as_posix() for page in found[:PAGES]]
    return ["" if address == "." else f"{address}/" for address in addresses]


def shots(browser: Any, output: Path, folder: Path) -> Iterator[Path]:
    """Each screenshot as it is taken: `01-front-phone-light.png` and so on; `browser` is Playwright's."""
    folder.mkdir(parents=True, exist_ok=True)
    with served(output) as root:
        for device, width in WIDTHS.items():
            for scheme in SCHEMES:
                page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                for number, address in enumerate(chosen(output), 1):
                    name = address.strip("/").replace("/", "-")[:40].rstrip("-") or "front"
                    place = folder / f"{number:02}-{name}-{device}-{scheme}.png"
                    page.goto(root + address)
                    page.screenshot(path=place)
                    yield place
                page.close()


def main(output: Path = Path("output"), folder: Path = Path("shots")) -> None:
    """Take them all, and name each."""
    from playwright.sync_api import sync_playwright

    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for taken in shots(browser, output, folder):
            print(taken)
        browser.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
