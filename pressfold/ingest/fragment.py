"""HTML that is nothing but an article (what feeds and letters carry) to blocks."""

from collections.abc import Iterator
from typing import Any, Literal

from pressfold.ingest import furniture
from pressfold.ingest.address import join
from pressfold.ingest.decode import flat
from pressfold.ingest.lines import Line
from pressfold.markup import Block, Kind, Span
from pressfold.schema import is_web_address

Mark = Literal["", "strong", "emphasis", "code"]
_MARKS: dict[str, Mark] = {
    "strong": "strong", "b": "strong", "em": "emphasis", "i": "emphasis", "cite": "emphasis", "code": "code", "tt": "code",
}  # fmt: skip
_KINDS: dict[str, Kind] = {
    "blockquote": "quote",
    "li": "item",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
}
_APART = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_UNSEEN = frozenset(
    "script style template noscript iframe object embed svg math head title button input select textarea canvas audio video".split()
)
_DEEPEST = 200  # levels; a page that nests more is no text, and its insides are read as one paragraph


def blocks(html: str, address: str = "", *, links: bool = True) -> tuple[Block, ...]:
    """The blocks of a fragment; links are joined to `address`, or left out."""
    from lxml import etree
    from lxml.html import HTMLParser

    if not html.strip():
        return ()
    text = html.encode("utf-8", "replace")
    page = etree.fromstring(text, HTMLParser(encoding="utf-8", huge_tree=False, recover=True))
    if page is None:
        return ()
    reading = _Reading(address, links=links)
    reading.read(page)
    reading.end()
    return tuple(reading.blocks)


_BREAK = Span("\n")


def role(words: str) -> str:
    """What a block is where it is a website's or a newsletter's; empty where it may be the article's."""
    if len(words) > 800:
        return ""
    found = furniture.role(Line(0, words, gap=True))
    return "" if found == "caption" else found  # pictures of letters and feeds stay behind with their captions


class _Reading:
    """A walk through the tree without recursion; text gathers until a block begins or ends."""

    def __init__(self, address: str, *, links: bool) -> None:
        self.blocks: list[Block] = []
        self._address, self._links = address, links
        self._spans: list[Span] = []
        self._kind: Kind = "paragraph"
        self._level = 2

    def read(self, page: Any) -> None:
        """Take in a tree."""
        for event, node, kind, level, mark, href in _walk(page):
            name = node.tag if isinstance(node.tag, str) else ""
            if event == "start":
                if name in _APART:
                    self.end()
                    self._kind, self._level = kind, level
                if name == "br":
                    self._break()
                self._add(node.text, mark, href)
            elif event == "tail":
                if name in _APART:
                    self.end()
                    self._kind, self._level = kind, level
                self._add(node.tail, mark, href)

    def _break(self) -> None:
        """A line break; a second at once ends the block."""
        while self._spans and self._spans[-1].text.strip(" ") == "" and self._spans[-1] is not _BREAK:
            self._spans.pop()
        if self._spans and self._spans[-1] is _BREAK:
            self.end()
        else:
            self._spans.append(_BREAK)

    def _add(self, text: str | None, mark: Mark, href: str) -> None:
        if text:
            self._spans.append(Span(flat(text), mark, self._target(href)))

    def _target(self, href: str) -> str:
        target = join(self._address, href) if href and self._links else ""
        return target if is_web_address(target) else ""

    def end(self) -> None:
        """What has gathered is a block."""
        spans: list[Span] = []
        for span in self._spans:
            text = " " if span is _BREAK else span.text
            text = text.lstrip() if not spans or spans[-1].text.endswith(" ") else text
            if text:
                spans.append(Span(text, span.mark, span.href))
        self._spans = []
        if spans:
            last = spans.pop()
            spans += [Span(last.text.rstrip(), last.mark, last.href)] if last.text.strip() else []
        if spans:
            self.blocks.append(Block(self._kind, tuple(spans), self._level))


def _walk(page: Any) -> Iterator[tuple[str, Any, Kind, int, Mark, str]]:
    """(start or tail, node, kind, level, mark, link) of every node that shows; what holds at a tail is the parent's."""
    waiting: list[tuple[str, Any, Kind, int, Mark, str, int]] = [("start", page, "paragraph", 2, "", "", 0)]
    while waiting:
        event, node, kind, level, mark, href, depth = waiting.pop()
        if event == "tail":
            yield event, node, kind, level, mark, href
            continue
        name = node.tag if isinstance(node.tag, str) else ""
        if node is not page:
            waiting.append(("tail", node, kind, level, mark, href, depth))
        if not name or name in _UNSEEN or _hidden(node):
            continue
        kind, level = _inside(name, kind, level, ordered=node.getparent() is not None and node.getparent().tag == "ol")
        mark = _MARKS.get(name, mark)
        href = node.get("href", "") if name == "a" else href
        yield "start", node, kind, level, mark, href
        inner = list(node) if depth < _DEEPEST else []
        waiting += [("start", child, kind, level, mark, href, depth + 1) for child in reversed(inner)]


def _inside(name: str, kind: Kind, level: int, *, ordered: bool) -> tuple[Kind, int]:
    """What a block is inside an element: a paragraph in a quotation is a quotation."""
    found = _KINDS.get(name)
    if name == "li" and ordered:
        found = "numbered"
    if found == "heading":
        return found, max(2, int(name[1]))
    if found is None or (kind in ("quote", "item", "numbered") and name not in ("li", "blockquote")):
        return kind, level
    return found, level


def _hidden(node: Any) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return node.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style
