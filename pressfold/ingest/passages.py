"""The body that trafilatura found to blocks: quotations, lists, tables, headings, links and line breaks as they stand."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pressfold.ingest import address
from pressfold.ingest.decode import flat
from pressfold.ingest.lines import Line
from pressfold.markup import Block, Kind, Span
from pressfold.schema import is_web_address

_BLOCKS = frozenset("p head list item table row cell quote div ab".split())
_MARKS = {"#b": "strong", "#i": "emphasis", "#t": "code"}
_SIGNED = re.compile(r"^\s*(?:[-–—―]{1,2})\s*(?=\w)")
_DEEPEST = 60  # elements within each other that are followed; no article's words lie deeper


class Passages:
    """Reads a body once; `base` is the page's address, from which its links are seen."""

    def __init__(self, base: str) -> None:
        self._base = base

    def read(self, body: Any) -> Iterator[Block]:
        """The blocks of a body in order."""
        return self._inside(body, "paragraph", 0, 0)

    def _inside(self, node: Any, kind: Kind, level: int, depth: int) -> Iterator[Block]:
        """The blocks within a node: its own words are of a kind, what it holds is of its own."""
        runs: list[Span] = []
        yield from self._flow(node, kind, level, depth, runs)
        yield from _flush(runs, kind, level)

    def _flow(self, node: Any, kind: Kind, level: int, depth: int, runs: list[Span]) -> Iterator[Block]:
        runs.append(Span(flat(node.text or "")))
        for inner in node:
            if isinstance(inner.tag, str) and inner.tag in _BLOCKS and not _in_line(inner, runs) and depth < _DEEPEST:
                yield from _flush(runs, kind, level)
                runs.clear()
                yield from self._block(inner, kind, level, depth + 1)
            else:
                runs += self._spans(inner)
            runs.append(Span(flat(inner.tail or "")))

    def _block(self, node: Any, kind: Kind, level: int, depth: int) -> Iterator[Block]:
        if node.tag == "head":
            rend = node.get("rend", "h2")
            yield from self._inside(node, "heading", int(rend[1]) if re.fullmatch(r"h[1-6]", rend) else 2, depth)
        elif node.tag == "list":
            listed: Kind = kind if kind == "quote" else "numbered" if node.get("rend") == "ol" else "item"
            yield from self._inside(node, listed, level + 1 if kind in ("item", "numbered") else 0, depth)
        elif node.tag == "table":
            yield from self._table(node, depth)
        elif node.tag == "quote":
            yield from _signed(self._inside(node, "quote", 0, depth))
        else:
            yield from self._inside(node, kind, level, depth)

    def _table(self, node: Any, depth: int) -> Iterator[Block]:
        """A table of facts a row an item, its cells parted by bars; one that only lays the page out as what it holds."""
        for row in node.iter("row"):
            cells = [list(self._inside(cell, "paragraph", 0, depth)) for cell in row if cell.tag == "cell"]
            cells = [cell for cell in cells if cell]
            if len(cells) > 1 and all(len(cell) == 1 and not Line(0, cell[0].text, gap=False).prose for cell in cells):
                yield Block("item", tuple(_parted(cell[0].spans for cell in cells)))
            else:
                yield from (block for cell in cells for block in cell)

    def _spans(self, node: Any, mark: str = "", href: str = "", depth: int = 0) -> Iterator[Span]:
        """The runs of words within a line, with what stands around them."""
        if node.tag == "lb":
            yield Span("\n", mark, href)  # type: ignore[arg-type]
            return
        if not isinstance(node.tag, str):
            return
        if node.tag == "ref":
            target = address.join(self._base, node.get("target", ""))
            href = target if is_web_address(target) else href
        mark = "code" if node.tag == "code" else _MARKS.get(node.get("rend", ""), mark)
        opening, closing = ("“", "”") if node.tag == "quote" and not _quoted(node) else ("", "")
        yield Span(opening + flat(node.text or ""), mark, href)  # type: ignore[arg-type]
        for inner in node:
            if depth < _DEEPEST:
                yield from self._spans(inner, mark, href, depth + 1)
            yield Span(flat(inner.tail or ""), mark, href)  # type: ignore[arg-type]
        yield Span(closing, mark, href)  # type: ignore[arg-type]


def _in_line(node: Any, runs: list[Span]) -> bool:
    """Whether a quotation stands in the middle of a sentence: trafilatura names `q` as it names `blockquote`."""
    return (
        node.tag == "quote"
        and not any(inner.tag in _BLOCKS for inner in node)
        and any(run.text.strip() for run in runs)
    )


def _quoted(node: Any) -> bool:
    return bool(re.match(r"[\"'“„«»‹‘‚「『]", (node.text or "").strip()))


def _parted(cells: Iterable[tuple[Span, ...]]) -> Iterator[Span]:
    for number, spans in enumerate(cells):
        yield from (Span(" | "), *spans) if number else spans


def _flush(runs: list[Span], kind: Kind, level: int) -> Iterator[Block]:
    """The gathered runs as blocks: two breaks in a row part paragraphs, and so does one behind a whole sentence."""
    lines: list[list[Span]] = [[]]
    for run in runs:
        for number, text in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            lines[-1].append(Span(text, run.mark, run.href))
    block: list[Span] = []
    for line in lines:
        text = "".join(run.text for run in line)
        before = "".join(run.text for run in block)
        if block and (not text.strip() or _whole(before)):
            yield from _made(block, kind, level)
            block = []
        if text.strip():
            block += [Span("\n"), *line] if block else line
    yield from _made(block, kind, level)


def _whole(text: str) -> bool:
    line = Line(0, text.rpartition("\n")[2].strip(), gap=False)
    return line.prose and line.ends


def _made(spans: list[Span], kind: Kind, level: int) -> Iterator[Block]:
    spans = [span for span in spans if span.text]
    while spans and not spans[0].text.strip():
        spans.pop(0)
    while spans and not spans[-1].text.strip():
        spans.pop()
    if spans:
        spans[0] = Span(spans[0].text.lstrip(), spans[0].mark, spans[0].href)
        spans[-1] = Span(spans[-1].text.rstrip(), spans[-1].mark, spans[-1].href)
        item = kind in ("item", "numbered")
        yield Block(kind, tuple(spans), 2 if item else level, level if item else 0)


def _signed(quoted: Iterable[Block]) -> Iterator[Block]:
    """A quotation's blocks; a short last one behind a dash says whose words they are."""
    parts = list(quoted)
    for number, part in enumerate(parts):
        sign = _SIGNED.match(part.text)
        if number and number == len(parts) - 1 and sign and part.spans and len(part.text.split()) <= 15:
            first = part.spans[0]
            spans = (Span(_SIGNED.sub("", first.text), first.mark, first.href), *part.spans[1:])
            yield from _made(list(spans), "attribution", 0)
        else:
            yield part
