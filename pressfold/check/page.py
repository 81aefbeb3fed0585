"""A page as a browser takes it apart: what it says of itself, its ids, where it leads, and what it asks for."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

_LOADING = frozenset("stylesheet icon apple-touch-icon manifest preload modulepreload prefetch mask-icon".split())
_LOADED = {  # what an element asks for by itself
    **dict.fromkeys("script img source iframe embed track audio input frame".split(), ("src",)),
    "video": ("src", "poster"),
    "object": ("data",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "form": ("data-bundle",),
}
_LED = {"a": ("href",), "area": ("href",), "form": ("action",)}
_TELLING = frozenset(("href", "src", "srcset", "poster", "data", "xlink:href", "action", "content", "data-bundle"))
_SHARED = frozenset(("og:url", "og:image"))
_PROGRAMS = frozenset(("", "module", "text/javascript", "application/javascript"))
_REFRESH = re.compile(r"\s*\d+\s*[;,]\s*url\s*=\s*['\"]?([^'\"]*)", re.IGNORECASE)


class Way(NamedTuple):
    """An address on a page. `loaded`: the browser asks for it as it shows the page."""

    url: str
    line: int
    loaded: bool = False


class Scanned(NamedTuple):
    """What stands on a page, as far as an audit asks; lines are those of elements."""

    lang: str
    title: str
    headings: tuple[int, ...]  # lines of h1
    ids: Mapping[str, int]  # how often each
    ways: tuple[Way, ...]
    policy: str | None
    inline: tuple[tuple[str, int], ...]  # (kind, line) of what a policy can forbid: script-src or style-src


def scan(data: bytes) -> Scanned:
    """Take a page apart."""
    parser = etree.HTMLParser(encoding="utf-8", recover=True, huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(data, parser) if data.strip() else None
    if root is None:
        return Scanned("", "", (), {}, (), None, ())
    headings: list[int] = []
    ids: list[str] = []
    ways: list[Way] = []
    inline: list[tuple[str, int]] = []
    title, policy = "", None
    for element in root.iter():
        tag, given, line = element.tag, element.attrib, element.sourceline
        if tag == "h1":
            headings.append(line)
        elif tag == "title" and not title:
            title = (element.text or "").strip()
        elif tag == "script" and "src" not in given and given.get("type", "").lower() in _PROGRAMS:
            inline.append(("script-src", line))
        elif tag == "style":
            inline.append(("style-src", line))
        elif tag == "meta" and given.get("http-equiv", "").lower() == "content-security-policy":
            policy = given.get("content", "")
        for name, value in given.items():
            if name == "id":
                ids.append(value)
            elif name in _TELLING:
                ways += _ways(tag, name, value, given, line)
            elif name == "style" or name[:2] == "on":
                inline.append(("style-src" if name == "style" else "script-src", line))
    return Scanned(root.get("lang", ""), title, tuple(headings), Counter(ids), tuple(ways), policy, tuple(inline))


def _ways(tag: str, name: str, value: str, given: Mapping[str, str], line: int) -> Iterator[Way]:
    """The addresses that an attribute of an element names."""
    if name in _LED.get(tag, ()):
        yield Way(value, line)
    elif name in _LOADED.get(tag, ()):
        yield Way(value, line, True)
    elif name == "srcset":
        for part in value.split(","):
            yield from (Way(url, line, True) for url in part.split()[:1])
    elif tag == "link" and name == "href":
        yield Way(value, line, not _LOADING.isdisjoint(given.get("rel", "").lower().split()))
    elif tag == "meta" and name == "content":
        refreshed = _REFRESH.match(value) if given.get("http-equiv", "").lower() == "refresh" else None
        if refreshed or given.get("property") in _SHARED:
            yield Way(refreshed[1] if refreshed else value, line)
