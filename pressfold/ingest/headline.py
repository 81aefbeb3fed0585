"""The title of a saved page: the heading that readers saw, where it agrees with the title that the page states."""

import re

from pressfold.ingest import jsonld
from pressfold.ingest.lexicon import key
from pressfold.ingest.page import Page, words

_LONGEST = 300  # characters of a title
_SUFFIX = re.compile(r"\s+(?:[|–—·•:»«-]|::)\s+[^|–—·•»«]{2,60}$")
_PREFIX = re.compile(r"^[^|–—·•»«]{2,60}\s+(?:[|–—·•»«-]|::)\s+")
_NAMED, _BEGUN, _INSIDE, _ALIKE = 4, 3, 2, 1


def headline(page: Page) -> tuple[str, str]:
    """(the title, where it is from: metadata or heading); both empty where the page has none."""
    bar = next((jsonld.said(node.text) for node in page.tree.iter("title")), "")
    stated = _stated(page)
    known = stated or ([without_site(bar, page.site)] if bar else [])
    if heading := _agreeing(page, known):
        return heading[:_LONGEST], "metadata"
    first = next((text for text in _headings(page, "h1") if key(text) != key(page.site)), "")
    if first and not stated and not key(bar).endswith(key(first)):  # else it is the name of the site
        return first[:_LONGEST], "heading"
    if known:
        return (known[0] if stated or known != [bar] else _SUFFIX.sub("", bar))[:_LONGEST], "metadata"
    return "", ""


def _stated(page: Page) -> list[str]:
    """The titles that the page states for machines."""
    meta = page.first("og:title", "twitter:title", "citation_title", "dc.title")
    texts = (jsonld.said(page.article.get("headline")), meta)
    return [without_site(text, page.site) for text in texts if text and key(text) != key(page.site)]


def _headings(page: Page, tag: str) -> list[str]:
    return [text for node in list(page.tree.iter(tag))[:50] if (text := words(node))]


def _agreeing(page: Page, known: list[str]) -> str:
    """The heading that agrees best with a known title; without the kicker where only the heading has one.

    A heading of the second level must be the title or most of it: others of them are the article's.
    """
    ranked = [(max((_agreement(key(h), key(t)) for t in known), default=0), h) for h in _headings(page, "h1")]
    for heading in _headings(page, "h2"):
        agreed = max((_agreement(key(heading), key(t)) for t in known if 2 * len(heading) >= len(t)), default=0)
        ranked += [(agreed, heading)] if agreed >= _BEGUN else []
    best, heading = max(ranked, key=lambda pair: pair[0], default=(0, ""))
    kicked = (text for text in known if len(key(text)) >= 12 and key(heading).endswith(" " + key(text)))
    return next(kicked, heading) if best else ""


def _agreement(heading: str, stated: str) -> int:
    """How well a heading agrees with a stated title, both folded: the same, its beginning, a part, most of its words."""
    if len(heading) < 4 or not stated:
        return 0
    if heading == stated:
        return _NAMED
    if stated.startswith(heading + " "):
        return _BEGUN
    if stated in heading or (heading in stated and len(heading) >= 12):
        return _INSIDE
    ours, theirs = set(heading.split()), set(stated.split())
    shared = len(ours & theirs)
    return (
        _ALIKE if shared > 1 and 2 * shared >= min(len(ours), len(theirs)) and 4 * shared >= len(ours | theirs) else 0
    )


def without_site(title: str, site: str) -> str:
    """A title without the site's name before or behind it."""
    for pattern in (_SUFFIX, _PREFIX):
        match = pattern.search(title)
        if match and site and key(match[0]) and (key(match[0]) in key(site) or key(site) in key(match[0])):
            return title[: match.start()] + title[match.end() :]
    return title
