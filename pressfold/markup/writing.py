"""Plain text to Markdown.

What is written reads the same in Python-Markdown and in CommonMark. Only what either would misread is escaped, with a
backslash where both undo it, else with a character reference.
"""

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

Kind = Literal["paragraph", "heading", "quote", "attribution", "item", "numbered"]


class Span(msgspec.Struct, frozen=True):
    """A run of plain text, marked or not; `href` makes it a link."""

    text: str
    mark: Literal["", "strong", "emphasis", "code"] = ""
    href: str = ""


class Block(msgspec.Struct, frozen=True):
    """A paragraph, heading, list item or (part of a) quotation; `level` counts for headings, from 2."""

    kind: Kind
    spans: tuple[Span, ...]
    level: int = 2

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(span.text for span in self.spans)


def block(kind: Kind, text: str) -> Block:
    """A block of plain text."""
    return Block(kind, (Span(text),))


_PUNCTUATION = re.escape("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_INLINE = [
    (re.compile(rf"\\(?=[{_PUNCTUATION}]|$)"), r"\\\\"),
    (re.compile(r"&(?=#?\w+;)"), "&amp;"),
    (re.compile(r"<(?=[A-Za-z/!?]|[^\s<>]*@)"), "&lt;"),
    (re.compile(r"\](?=[\[(])"), r"\\]"),
]
_START = [
    (re.compile(r"(\d+)(?=[.)](\s|$))"), r"\1\\"),
    (re.compile(r"(?=[#>])"), r"\\"),
    (re.compile(r"(?=[-+*](\s|$))"), r"\\"),
    (re.compile(r"(?=([-*_])(\s*\1){2,}\s*$)"), r"\\"),
    (re.compile(r"~(?=~~)"), "&#126;"),
    (re.compile(r"(?=\[[^\[\]]*\]:)"), r"\\"),
]


_MANY = 20


def escape(text: str) -> str:
    """One line of plain text as Markdown that renders to the same words."""
    for pattern, written in _INLINE:
        text = pattern.sub(written, text)
    if text.count("[") > _MANY:
        text = text.replace("[", "\\[")  # none of them opens a link, but the parser would try each
    text = _pairs(text, "`", re.compile("`"))
    text = _pairs(text, "*", re.compile(r"(?<!\s)\*|\*(?!\s|$)"))
    return _pairs(text, "_", re.compile(r"(?<![^\W_])_|_(?![^\W_])"))


def _pairs(text: str, mark: str, marking: re.Pattern[str]) -> str:
    """Escape a mark that works only in pairs, and only where there is a pair."""
    return marking.sub("\\\\" + mark, text) if text.count(mark) > 1 else text


def _first(text: str) -> str:
    """Escape what would make the line something else than a paragraph."""
    for pattern, written in _START:
        changed = pattern.sub(written, text, count=1) if pattern.match(text) else text
        if changed != text:
            return changed
    return text


def write(blocks: Iterable[Block]) -> str:
    """Blocks as Markdown, a blank line between them; quotations in a row are one block quote, items in a row one list."""
    out: list[str] = []
    before: Kind | None = None
    number = 0
    for item in blocks:
        line = _heading(item.spans) if item.kind == "heading" else _first(_inline(item.spans))
        if not line:
            continue
        number = number + 1 if item.kind == before else 1
        if item.kind == "heading":
            line = "#" * min(max(item.level, 2), 6) + " " + line
        elif item.kind == "item":
            line = "- " + line
        elif item.kind == "numbered":
            line = f"{number}. {line}"
        elif item.kind != "paragraph":
            line = "> " + ("— " if item.kind == "attribution" else "") + line
        if out:
            out.append(_between(before, item.kind))
        out.append(line)
        before = item.kind
    return "".join(out)


def _heading(spans: tuple[Span, ...]) -> str:
    """A heading's text; its last hash marks would be taken for the closing sequence."""
    line = _inline(spans)
    core = line.rstrip("#")
    return core + "\\#" * (len(line) - len(core))


def _between(before: Kind | None, kind: Kind) -> str:
    if kind in ("item", "numbered") and before == kind:
        return "\n"
    if before == "quote" and kind in ("quote", "attribution"):
        return "\n>\n"
    if before == "attribution" and kind in ("quote", "attribution"):
        return "\n\n<!-- -->\n\n"  # another speaker: else CommonMark joins the two quotations
    return "\n\n"


_MARKS = {"strong": "**", "emphasis": "*", "code": "`"}


def _inline(spans: tuple[Span, ...]) -> str:
    spans = tuple(span for span in spans if span.text)
    if len(spans) == 1 and not spans[0].mark and not spans[0].href:
        return escape(spans[0].text.strip())
    out = ""
    for at, span in enumerate(spans):
        out += _span(span, out[-1:], spans[at + 1] if at + 1 < len(spans) else Span(""))
    return " ".join(out.split())


def _span(span: Span, ahead: str, behind: Span) -> str:
    """A marked run, or its bare text where the marks would not be read alike by every parser."""
    text, mark = span.text, _MARKS.get(span.mark, "")
    core = text.strip()
    left, right = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    free = not (ahead + left)[-1:].isalnum() and not (right + behind.text)[:1].isalnum()
    sound = bool(core) and core[0].isalnum() and core[-1].isalnum() and not re.search(r"[*_`\[\]\\]", core)
    written = f"{mark}{core if mark == '`' else escape(core)}{mark}" if mark and free and sound else _all(core)
    if span.href and core and not re.search(r"[\s<>()\\]", span.href):
        written = f"[{written}]({span.href})"
    elif behind.href and written.endswith("!") and not right:
        written = written[:-1] + "\\!"  # else the link behind it would become a picture
    return left + written + right


def _all(text: str) -> str:
    """Escape every mark: the run has neighbours that a single line's rule cannot see."""
    text = re.sub(r"<(?=\S|$)", "&lt;", re.sub(r"&(?=#?\w*;?)", "&amp;", text))
    return re.sub(r"([\\`*_\[\]])", r"\\\1", text)
