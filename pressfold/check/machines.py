"""What machines read beside feeds: every address that sitemaps, OPML, the web manifest, robots.txt and styles name is there."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from pressfold.check.feeds import UnreadableError, parse_json, parse_xml
from pressfold.check.finding import Wrong
from pressfold.check.places import Places

_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
_ASKED = re.compile(r"""(?:url\(\s*|@import\s+)(?:"([^"]*)"|'([^']*)'|([^\s"')]+))""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
Named = Iterator[tuple[str, int]]  # (an address, its line)


def judge_machine(path: str, data: bytes, places: Places) -> Iterator[Wrong]:
    """What is wrong with a file that a machine reads; nothing with any other."""
    reader = _reader(path)
    try:
        for url, line in reader(data) if reader else ():
            led = places.rooted(url) if path in _TOLD else places.lead(url, path)
            if led.wrong:
                yield Wrong(path, line, led.wrong, led.hint, led.warning)
            elif not led.path and not url.startswith("data:"):
                yield Wrong(path, line, f"names {url or 'nothing'}, not a place of the site", "build again")
    except UnreadableError as error:
        yield Wrong(path, error.line, error.message, "build again")


def is_machine(path: str) -> bool:
    """Whether machines read a file for its addresses."""
    return _reader(path) is not None


def _reader(path: str) -> Callable[[bytes], Named] | None:
    if re.fullmatch(r"sitemap(-[\w-]+)?\.xml", path):
        return _sitemap
    if path.startswith("static/") and path.endswith(".css"):
        return _style
    return _READ.get(path) or _TOLD.get(path)


def _sitemap(data: bytes) -> Named:
    for loc in parse_xml(data).iter(_LOC):
        yield (loc.text or "").strip(), loc.sourceline


def _opml(data: bytes) -> Named:
    for outline in parse_xml(data).iter("outline"):
        yield from ((outline.get(name), outline.sourceline) for name in ("xmlUrl", "htmlUrl") if outline.get(name))


def _manifest(data: bytes) -> Named:
    said: Any = parse_json(data)
    if not isinstance(said, dict):
        raise UnreadableError(0, "is no web manifest")
    yield str(said.get("start_url", "")), 0
    for icon in said.get("icons", ()):
        yield str(icon.get("src", "")), 0


def _robots(data: bytes) -> Named:
    for number, line in _lines(data):
        name, _, address = line.partition(":")
        if name.strip().lower() == "sitemap":
            yield address.strip(), number


def _redirects(data: bytes) -> Named:
    for number, line in _lines(data):
        words = line.split()
        if len(words) > 1 and not line.startswith("#"):
            yield words[1].removesuffix(":splat"), number


def _nginx(data: bytes) -> Named:
    for number, line in _lines(data):
        if found := re.search(r"return 301 ([^\s;]+);", line):
            yield found[1], number


def _style(data: bytes) -> Named:
    bare = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), data.decode("utf-8", "replace"))
    for found in _ASKED.finditer(bare):
        yield found[1] or found[2] or found[3] or "", bare.count("\n", 0, found.start()) + 1


def _lines(data: bytes) -> Iterator[tuple[int, str]]:
    return enumerate(data.decode("utf-8", "replace").splitlines(), 1)


_READ: dict[str, Callable[[bytes], Named]] = {"feeds.opml": _opml, "site.webmanifest": _manifest, "robots.txt": _robots}
_TOLD: dict[str, Callable[[bytes], Named]] = {"_redirects": _redirects, "nginx.conf": _nginx}  # hosts, from their root
