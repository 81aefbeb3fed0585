"""A saved web page to a draft: trafilatura finds the article, its XML keeps quotations, lists, headings and links.

Title and date come from what the page says of itself (JSON-LD, OpenGraph, `time`) before any heuristics; a date that
the page does not state is not guessed.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from pressfold.config import ENGLISH
from pressfold.ingest import furniture
from pressfold.ingest.decode import LARGEST, normalise
from pressfold.ingest.draft import Draft, LeftOut, Unreadable
from pressfold.ingest.lexicon import key
from pressfold.ingest.lines import Line
from pressfold.ingest.metadata import metadata
from pressfold.markup import Block, Kind, Span
from pressfold.moment import Day, parse_day
from pressfold.schema import is_web_address

_MARKS = {"#b": "strong", "#i": "emphasis", "#t": "code"}
_BARE = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,40}$")
_XML_NO = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def extract(data: bytes) -> Draft:
    """A draft of a page's article. Raises Unreadable where there is none."""
    import trafilatura

    if len(data) > LARGEST:
        raise Unreadable(f"larger than {LARGEST // 2**20} MiB")
    page = trafilatura.load_html(data)
    if page is None:
        raise Unreadable("not a web page")
    head = _Head(page)
    xml = trafilatura.extract(
        data,
        output_format="xml",
        include_formatting=True,
        include_links=True,
        include_comments=False,
        include_images=False,
        fast=False,
    )
    if not xml:
        raise Unreadable("no article in it")
    body = etree.fromstring(_XML_NO.sub("", xml).encode("utf-8")).find("main")
    title, title_from = head.title()
    blocks: list[Block] = []
    left: list[LeftOut] = []
    for block in _blocks(body if body is not None else [], head.address):
        role = _furniture(block, title, first=not any(Line(0, kept.text, gap=True).prose for kept in blocks))
        if role:
            left.append(LeftOut(0, role, block.text))
        else:
            blocks.append(block)
    if sum(len(block.text.split()) for block in blocks) < 8 and not any(len(block.text) > 40 for block in blocks):
        raise Unreadable("no article in it")
    date = head.date()
    return Draft(
        blocks=tuple(blocks),
        title=title,
        title_from=title_from,
        author=head.author(),
        date=date,
        date_from="metadata" if date else "",
        lang=(page.get("lang") or "").strip(),
        source_name=head.site(),
        source_url=head.address,
        left_out=tuple(left),
    )


def _furniture(block: Block, title: str, *, first: bool) -> str:
    """What a block of the page is if it is not the article's; `first`: no running text stands before it."""
    line = Line(0, block.text, gap=True)
    if first and furniture.is_section(line):
        return "section"
    if first and block.kind == "paragraph" and metadata(line, ENGLISH):
        return "metadata"
    if title and key(block.text) == key(title):
        return "repeated"
    if furniture.is_button(line):
        return "button"
    if furniture.is_status(line, last=False):
        return "status"
    if line.words <= 30 and furniture.is_credit(line) and not line.prose:
        return "caption"
    return "promotion" if furniture.is_promo(line) else ""


_KINDS: dict[str, Kind] = {"p": "paragraph", "quote": "quote", "head": "heading", "item": "item"}


def _blocks(body: Any, address: str) -> Iterator[Block]:
    """The body's blocks; what trafilatura nests is laid flat."""
    for node in body:
        if node.tag in ("list", "table", "row"):
            yield from _blocks(node, address)
        elif node.tag == "quote" and node.find("p") is not None:
            for inner in node.iter("p"):
                yield from _block(inner, "quote", address)
        elif isinstance(node.tag, str):
            yield from _block(node, _KINDS.get(node.tag, "paragraph"), address)


def _block(node: Any, kind: Kind, address: str) -> Iterator[Block]:
    spans = [span for span in _spans(node, address) if span.text]
    level = node.get("rend", "h2")
    if any(span.text.strip() for span in spans):
        first, last = spans[0], spans[-1]
        spans[0] = Span(first.text.lstrip(), first.mark, first.href)
        spans[-1] = Span(spans[-1].text.rstrip(), last.mark, last.href)
        yield Block(kind, tuple(spans), int(level[1]) if re.fullmatch(r"h[1-6]", level) else 2)


def _spans(node: Any, address: str, mark: str = "", href: str = "") -> Iterator[Span]:
    yield Span(_flat(node.text), mark, href)  # type: ignore[arg-type]
    for inner in node:
        if inner.tag == "lb":
            yield Span(" ", mark, href)  # type: ignore[arg-type]
        elif isinstance(inner.tag, str):
            target = _join(address, inner.get("target", "")) if inner.tag == "ref" else href
            yield from _spans(
                inner, address, _MARKS.get(inner.get("rend", ""), mark), target if is_web_address(target) else href
            )
        yield Span(_flat(inner.tail), mark, href)  # type: ignore[arg-type]


def _join(address: str, target: str) -> str:
    try:
        return urljoin(address, target)
    except ValueError:  # http://[
        return ""


def _flat(text: str | None) -> str:
    words = normalise((text or "").replace("\n", " "))
    if not words:
        return " " if text else ""
    assert text
    return (" " if text[:1].isspace() else "") + words + (" " if text[-1:].isspace() else "")


class _Head:
    """What a page says of itself."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._meta: dict[str, str] = {}
        for node in page.iter("meta"):
            name = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
            if name and node.get("content"):
                self._meta.setdefault(name, _flat(node.get("content")).strip())
        self._data = next(iter(sorted(self._articles(), key=lambda entry: "headline" not in entry)), {})
        canonical = next(
            (n.get("href") for n in page.iter("link") if (n.get("rel") or "").lower() == "canonical" and n.get("href")),
            "",
        )
        found = [
            a
            for a in (canonical, self._meta.get("og:url", ""), str(self._data.get("url", "")))
            if is_web_address(a.strip())
        ]
        self.address = found[0].strip() if found else ""

    def _articles(self) -> Iterator[dict[str, Any]]:
        """The JSON-LD nodes that are articles."""
        for node in self._page.iter("script"):
            if (node.get("type") or "").strip().lower() != "application/ld+json":
                continue
            try:
                waiting = [json.loads(node.text or "")]
            except (ValueError, RecursionError):
                continue
            for _ in range(500):
                if not waiting:
                    break
                entry = waiting.pop()
                if isinstance(entry, list):
                    waiting += entry
                elif isinstance(entry, dict):
                    waiting += [
                        value for key, value in entry.items() if key in ("@graph", "mainEntity", "mainEntityOfPage")
                    ]
                    kinds = entry.get("@type")
                    if any(
                        "Article" in str(kind) or "Posting" in str(kind)
                        for kind in (kinds if isinstance(kinds, list) else [kinds])
                    ):
                        yield entry

    def title(self) -> tuple[str, str]:
        """(title, where from)."""
        stated = (
            _flat(str(self._data.get("headline") or "")).strip()
            or self._meta.get("og:title", "")
            or self._meta.get("twitter:title", "")
        )
        heading = next(
            (" ".join("".join(n.itertext()).split()) for n in self._page.iter("h1") if "".join(n.itertext()).strip()),
            "",
        )
        if stated:
            return (
                heading if heading and key(stated).startswith(key(heading)) else self._without_site(stated)
            ), "metadata"
        if heading:
            return normalise(heading), "heading"
        given = next((" ".join((n.text or "").split()) for n in self._page.iter("title")), "")
        return (_BARE.sub("", normalise(given)), "metadata") if given else ("", "")

    def _without_site(self, title: str) -> str:
        site = self.site()
        match = _BARE.search(title)
        return title[: match.start()] if match and site and key(match[0]) == key(site) else title

    def site(self) -> str:
        """The publisher's name."""
        publisher = self._data.get("publisher")
        named = publisher.get("name", "") if isinstance(publisher, dict) else ""
        return _flat(str(self._meta.get("og:site_name") or named or "")).strip()

    def author(self) -> str:
        """The author's name; an address is no name."""
        author = self._data.get("author") or self._meta.get("author") or self._meta.get("article:author") or ""
        people = author if isinstance(author, list) else [author]
        names = [_flat(str(one.get("name", "") if isinstance(one, dict) else one)).strip() for one in people]
        return ", ".join(name for name in names if name and not is_web_address(name))

    def date(self) -> Day | None:
        """When it was published, as the page states it; a time without an offset counts as its day."""
        times = [
            n.get("datetime", "")
            for n in self._page.iter("time")
            if n.get("pubdate") is not None or n.get("itemprop") == "datePublished"
        ]
        stated = [
            self._data.get("datePublished"),
            self._meta.get("article:published_time"),
            self._meta.get("datepublished"),
            self._meta.get("dc.date"),
            *times,
        ]
        for text in stated:
            if isinstance(text, str) and text.strip():
                for candidate in (text.strip(), text.strip()[:10]):
                    try:
                        return parse_day(candidate)
                    except ValueError:
                        continue
        return None


def is_page(data: bytes) -> bool:
    """Whether bytes look like a web page whatever their file is called."""
    return bool(re.match(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html\b)", data[:300], re.IGNORECASE))
