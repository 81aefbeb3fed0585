"""Every link of every page leads to a file of the site, and to a place that is on it; no page asks another host."""

import re
from collections.abc import Callable, Collection, Iterator
from urllib.parse import unquote

from pressfold.check.finding import Wrong
from pressfold.check.page import Scanned, Way
from pressfold.check.places import Places

Ids = Callable[[str], Collection[str]]  # the ids of a page
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//([^/?#]+)", re.IGNORECASE)
_INLINE = {"script-src": "an inline script", "style-src": "an inline style"}


def judge_page(path: str, page: Scanned, places: Places, ids: Ids) -> Iterator[Wrong]:
    """What is wrong with a page."""
    yield from _itself(path, page)
    yield from _against_policy(path, page)
    for way in page.ways:
        yield from _way(path, way, places, page, ids)


def _itself(path: str, page: Scanned) -> Iterator[Wrong]:
    if not page.lang:
        yield Wrong(path, 0, "says no language", 'its layout needs <html lang="...">')
    if not page.title:
        yield Wrong(path, 0, "has no title", "its layout needs a <title>")
    if len(page.headings) != 1:
        line = page.headings[1] if page.headings else 0
        yield Wrong(path, line, f"has {len(page.headings)} first headings", "its layout needs one <h1>")
    for name, count in page.ids.items():
        if count > 1:
            yield Wrong(path, 0, f"has the id {name!r} {count} times", "a link to it leads to the first alone")


def _against_policy(path: str, page: Scanned) -> Iterator[Wrong]:
    """What the page's own policy forbids it."""
    if page.policy is None:
        yield Wrong(path, 0, "carries no policy", "its layout needs a Content-Security-Policy, as base.html has", True)
        return
    allowed = {name: sources for name, *sources in map(str.split, filter(str.strip, page.policy.split(";")))}
    for kind, line in page.inline:
        sources = allowed.get(kind, allowed.get("default-src", ["'unsafe-inline'"]))
        if not any(source == "'unsafe-inline'" or source.startswith(("'nonce-", "'sha")) for source in sources):
            yield Wrong(path, line, f"has {_INLINE[kind]}, which its own policy forbids", "put it into layouts/static/")


def _way(path: str, way: Way, places: Places, page: Scanned, ids: Ids) -> Iterator[Wrong]:
    led = places.lead(way.url, path)
    if led.wrong:
        yield Wrong(path, way.line, led.wrong, led.hint, led.warning)
    if not led.path:
        if way.loaded and not led.wrong and (found := _HOST.match(way.url.strip())):
            hint = "put a copy into layouts/static/ or content/media/"
            yield Wrong(path, way.line, f"asks another host, {found[1]}", hint)
        return
    fragment = unquote(led.fragment)
    if not fragment or fragment == "top" or fragment.startswith(":~:") or not led.path.endswith(".html"):
        return
    if fragment not in (page.ids if led.path == path else ids(led.path)):
        where = "the page" if led.path == path else led.path
        yield Wrong(path, way.line, f"links to #{fragment}, which is not on {where}", "mend the link or the id")
