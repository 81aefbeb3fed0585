"""Screenshots of a built site for people to look at: eight pages, phone and desktop, light and dark.

python scripts/shots.py [OUTPUT [FOLDER]]
"""

import functools
import http.server
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html

KINDS = (
    "",
    "companies/",
    "companies/*/",
    "articles/*/",
    "stories/*/",
    "languages/*/",
    "archive/*/",
    "feeds/",
    "search/",
)
PAGES = 8
WIDTHS = {"phone": 390, "desktop": 1280}
SCHEMES = ("light", "dark")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A folder over loopback, in silence."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as its base names it
        """Say nothing."""


def chosen(output: Path) -> list[str]:
    """Addresses of eight pages: the fullest of each kind, and the fullest article that runs from right to left."""
    found: list[str] = []
    for kind in KINDS:
        pages = sorted(output.glob(f"{kind}index.html"), key=lambda path: (-path.stat().st_size, path))
        found += [path.parent.relative_to(output).as_posix() for path in pages[:1]]
        if kind == "articles/*/":
            turned = (path for path in pages if html.parse(str(path)).getroot().get("dir") == "rtl")
            found += [path.parent.relative_to(output).as_posix() for path in turned][:1]
    return ["" if address == "." else f"{address}/" for address in found][:PAGES]


def shots(output: Path, folder: Path) -> Iterator[Path]:
    """Each screenshot as it is taken: `01-front-phone-light.png` and so on."""
    from playwright.sync_api import sync_playwright

    handler = functools.partial(Quiet, directory=str(output))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    folder.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            for device, width in WIDTHS.items():
                for scheme in SCHEMES:
                    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                    for number, address in enumerate(chosen(output), 1):
                        name = address.strip("/").replace("/", "-")[:40] or "front"
                        place = folder / f"{number:02}-{name}-{device}-{scheme}.png"
                        page.goto(f"http://127.0.0.1:{server.server_address[1]}/{address}")
                        page.screenshot(path=place)
                        yield place
                    page.close()
            browser.close()
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    for taken in shots(*[*given, *(Path("output"), Path("shots"))[len(given) :]]):
        print(taken)
