"""What a saved page states of itself, wherever it does: JSON-LD, meta elements, microdata and the browser's own comment."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from pressfold.ingest import address, jsonld
from pressfold.ingest.decode import normalise
from pressfold.ingest.lexicon import key

# Firefox and Chromium write the first, SingleFile the second, each as a comment before all else.
_SAVED = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|[^<>]{0,80}?\burl:\s*)(https?://[^\s<>\"]+)", re.IGNORECASE)
_ASIDE = frozenset("comment comments related recommended sidebar widget footer teaser teasers newsletter".split())


class Page(msgspec.Struct, frozen=True, eq=False):
    """A page's own statements; `meta` by lower-case name, `article` is the JSON-LD of the article, empty without one."""

    tree: Any
    meta: dict[str, tuple[str, ...]]
    nodes: tuple[jsonld.Node, ...]
    article: jsonld.Node
    address: str
    site: str
    lang: str

    def first(self, *names: str) -> str:
        """The first text that one of the meta elements has, asked in this order."""
        return next((text for name in names for text in self.meta.get(name, ())), "")


def read(tree: Any, source: str) -> Page:
    """What a parsed page states; `source` is its text, for comments are no part of the tree."""
    meta = _meta(tree)
    nodes = jsonld.nodes(tree)
    links = _links(tree)
    saved = _SAVED.search(source[:5000])
    article = _article(nodes, links + list(meta.get("og:url", ())), (*meta.get("og:title", ()), _title(tree)))
    main = jsonld.resolve(article.get("mainEntityOfPage"), nodes)
    ids = [article.get("url"), main.get("@id") if isinstance(main, dict) else main, article.get("@id")]
    stated = [*links, *meta.get("og:url", ()), *(text for text in ids if isinstance(text, str) and "/" in text)]
    page = Page(tree, meta, nodes, article, address.choose(stated, saved[1] if saved else ""), "", "")
    return msgspec.structs.replace(page, site=_site(page), lang=_lang(page))


def _meta(tree: Any) -> dict[str, tuple[str, ...]]:
    """The contents of the meta elements by name; entities that were written twice are undone."""
    found: dict[str, list[str]] = {}
    for node in tree.iter("meta"):
        text = jsonld.said(node.get("content"))
        for name in {node.get(attribute, "").lower() for attribute in ("property", "name", "itemprop", "http-equiv")}:
            if name and text:
                found.setdefault(name.strip(), []).append(text)
    return {name: tuple(texts) for name, texts in found.items()}


def _links(tree: Any) -> list[str]:
    return [n.get("href") for n in tree.iter("link") if (n.get("rel") or "").lower() == "canonical" and n.get("href")]


def _title(tree: Any) -> str:
    return next((jsonld.said(node.text) for node in tree.iter("title")), "")


def _article(nodes: tuple[jsonld.Node, ...], addresses: list[str], titles: tuple[str, ...]) -> jsonld.Node:
    """The node of the page's article: of several the one with the page's address or title, for others may be teasers."""
    found = [node for node in nodes if jsonld.is_article(node)]
    if len(found) > 1:
        known = [key(title) for title in titles if title]
        for node in found:
            headline = key(jsonld.said(node.get("headline") or node.get("name")))
            here = {str(node.get("url")), str(node.get("@id")), str(node.get("mainEntityOfPage"))} & set(addresses)
            if here or (headline and any(title.startswith(headline) for title in known)):
                return node
    return next((node for node in found if node.get("headline")), found[0] if found else {})


def _site(page: Page) -> str:
    """The name of the newspaper."""
    publishers = jsonld.names(page.article.get("publisher"), page.nodes)
    sites = [jsonld.said(node.get("name")) for node in page.nodes if "WebSite" in jsonld.kinds(node)]
    stated = [page.first("og:site_name"), *publishers[:1], *sites[:1]]
    stated.append(
        page.first("application-name", "apple-mobile-web-app-title", "dc.publisher", "citation_journal_title")
    )
    return next((name for name in stated if name and len(name) <= 100 and not re.match(r"https?://", name)), "")


def _lang(page: Page) -> str:
    """The language that the page says it is in."""
    stated = [
        page.tree.get("lang"),
        page.tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        page.tree.get("xml:lang"),
    ]
    inside = page.article.get("inLanguage")
    stated += [
        inside if isinstance(inside, str) else "",
        page.first("content-language", "language", "dc.language", "og:locale"),
    ]
    return next((text.strip().replace("_", "-") for text in stated if text and text.strip()), "")


def words(node: Any) -> str:
    """All words of an element."""
    return " ".join(normalise("".join(node.itertext())).split())


def properties(page: Page, name: str) -> Iterator[Any]:
    """The elements that microdata or RDFa call so, but for those of comments and of other articles."""
    for node in page.tree.xpath("//*[@itemprop or @property]"):
        called = f"{node.get('itemprop', '')} {node.get('property', '')}".split()
        if node.tag != "meta" and any(word.rpartition(":")[2] == name for word in called) and not aside(node):
            yield node


def aside(node: Any) -> bool:
    """Whether an element stands among comments, teasers or in the frame of the page."""
    for outer in (node, *node.iterancestors()):
        if outer.tag in ("aside", "footer", "nav"):
            return True
        named = re.split(r"[\s_-]+", f"{outer.get('class', '')} {outer.get('id', '')}".lower())
        if outer.tag != "body" and not _ASIDE.isdisjoint(named):
            return True
    return False
