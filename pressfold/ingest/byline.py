"""Who wrote the article of a saved page, as the page states it: names of people, never the site's own."""

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from pressfold.ingest import jsonld
from pressfold.ingest.lexicon import every, key
from pressfold.ingest.page import Page, aside, properties, words
from pressfold.schema import is_web_address

_META = "author article:author dc.creator dcterms.creator parsely-author sailthru.author byl article:author_name creator".split()
_NOBODY = frozenset(
    "admin administrator webmaster author editor publisher unknown none null undefined anonymous anónimo guest".split()
) | {"no author", "super user"}
_NO_NAME = re.compile(r"https?://|www\.|@|\d{3}|copyright|©|all rights", re.IGNORECASE)
_SHORT = frozenset(("by", "par", "por", "von"))
_LONGEST = 150  # characters of all names together


def author(page: Page) -> str:
    """The names, parted by commas; empty where the page states none."""
    for stated in _stated(page):
        names = list(dict.fromkeys(name for text in stated if (name := _name(text, page))))
        if names and len(", ".join(names)) <= _LONGEST:
            return ", ".join(names)
    return ""


def _stated(page: Page) -> Iterator[list[str]]:
    """What the page states, the surest first."""
    yield jsonld.names(page.article.get("author"), page.nodes)
    yield list(page.meta.get("citation_author", ()))
    for name in _META:
        yield list(page.meta.get(name, ()))
    for number in ("1", "2"):  # WordPress: who wrote it and how long it reads, each behind its label
        label = key(page.first(f"twitter:label{number}"))
        if label in every("byline") or label in ("written by", "verfasst von", "geschrieben von"):
            yield list(page.meta.get(f"twitter:data{number}", ()))
    yield [words(node) for node in properties(page, "author")][:3]
    for marked in ("//*[@rel='author']", "//*[contains(@class, 'vcard')]//*[contains(@class, 'fn')]"):
        yield [words(node) for node in page.tree.xpath(marked)[:20] if not aside(node)][:1]


def _name(text: str, page: Page) -> str:
    """A name as it is written under a title; empty for an address, an account, or the site itself."""
    name = re.sub(r"^[\['\"\s]+|[\]'\"\s]+$", "", jsonld.said(text)).strip(" ,;|·-–—")
    folded = key(name)
    opening = next((label for label in _labels() if folded.startswith(label + " ")), "")
    rest = " ".join(name.split()[len(opening.split()) :]).lstrip(" :")
    name = rest if opening and rest and not rest[0].islower() else name
    folded = key(name)
    if not folded or folded in _NOBODY or is_web_address(name) or _NO_NAME.search(name) or len(name) > _LONGEST:
        return ""
    return "" if folded.replace(" ", "") in _own_names(page) else name


@cache
def _labels() -> tuple[str, ...]:
    """What stands before a name, longest first. Of the short words only those that no name begins with: not Di, De, Da."""
    return tuple(
        sorted((label for label in every("byline") if len(label) > 3 or label in _SHORT), key=len, reverse=True)
    )


def _own_names(page: Page) -> set[str]:
    """What the site and its publisher are called, and its host, each written as one word."""
    host = re.sub(r"^www\.", "", urlsplit(page.address).hostname or "")
    names = [page.site, *jsonld.names(page.article.get("publisher"), page.nodes), host, host.rpartition(".")[0]]
    return {key(name).replace(" ", "") for name in names if name}
