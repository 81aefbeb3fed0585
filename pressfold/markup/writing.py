"""Plain text to Markdown.

What is written reads the same in Python-Markdown and in CommonMark. Only what either would misread is escaped, with a
backslash where both undo it, else with a character reference.
"""

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from pressfold.language import Tag, direction

Kind = Literal["paragraph", "heading", "quote", "attribution", "item", "numbered", "picture"]


class Span(msgspec.Struct, frozen=True):
    """A run of plain text, marked or not; `href` makes it a link."""

    text: str
    mark: Literal["", "strong", "emphasis", "code"] = ""
    href: str = ""


class Block(msgspec.Struct, frozen=True):
    """A paragraph, heading, list item or (part of a) quotation. A line feed in its text breaks the line.

    A picture has two spans: what it shows, with its address, and the words below it.

    `level` counts for headings, from 2; `depth` for items, in how many other lists they stand. `lang` is its language,
    where that is another than the text's.
    """

    kind: Kind
    spans: tuple[Span, ...]
    level: int = 2
    depth: int = 0
    lang: Tag | Literal[""] = ""

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
    (re.compile(r"(?=[-|][-:|\s]*$)(?=.*\|)"), r"\\"),  # what would part the head of a table from its rows
    (re.compile(r":(?=[-:|\s]*\|[-:|\s]*$)"), "&#58;"),
    (re.compile(r"~(?=~~)"), "&#126;"),
    (re.compile(r"=(?==*\s*$)"), "&#61;"),
    (re.compile(r"(?=\[[^\[\]]*\]:)"), r"\\"),
]


_MANY = 20
_DEEPEST = 3  # lists within a list; indented further, some parser takes an item for code


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
    before: Block | None = None
    places = _Places()
    for item in blocks:
        lines = _written(item)
        if not any(lines):
            continue
        lines = _spoken(lines, item.lang)
        depth = places.enter(item)
        if item.kind == "heading":
            lines = ["#" * min(max(item.level, 2), 6) + " " + lines[0]]
        elif item.kind in ("item", "numbered"):
            mark = "- " if places.kind == "item" else f"{places.number}. "
            lines = [" " * 4 * depth + (" " * 2 if at else mark) + line for at, line in enumerate(lines)]
        elif item.kind in ("quote", "attribution"):
            lines = [
                "> " + ("— " if item.kind == "attribution" and not at else "") + line for at, line in enumerate(lines)
            ]
        if out and before:
            out.append("\n" if places.joined else _between(before.kind, item.kind))
        out.append("  \n".join(lines))
        before = item
    return "".join(out)


def _written(item: Block) -> list[str]:
    """The lines of a block, without the marks of its kind."""
    if item.kind == "heading":
        return [_heading(item.spans)]
    return [_picture(*item.spans)] if item.kind == "picture" else _lines(item.spans)


class _Places:
    """Where the items of nested lists stand: none deeper than one below the item before it, each list counted by itself."""

    def __init__(self) -> None:
        self._open: list[tuple[Kind, int]] = []
        self.joined = False  # whether the last item goes on with a list, or opens one inside another

    @property
    def kind(self) -> Kind:
        """What the list is of that was entered last: a list inside another is of one kind, for no blank line can part two."""
        return self._open[-1][0]

    @property
    def number(self) -> int:
        """The number of the item that was entered last."""
        return self._open[-1][1]

    def enter(self, item: Block) -> int:
        """The depth of a block; 0 for what is no item."""
        if item.kind not in ("item", "numbered"):
            self._open.clear()
            self.joined = False
            return 0
        depth = min(item.depth, len(self._open), _DEEPEST)
        kind, number = self._open[depth] if depth < len(self._open) else (item.kind, 0)
        self.joined = depth > 0 or (number > 0 and kind == item.kind)
        self._open[depth:] = [(kind, number + 1) if self.joined else (item.kind, 1)]
        return depth


def _lines(spans: tuple[Span, ...]) -> list[str]:
    """The lines of a block, each as it would be written alone; breaks at its ends and in a row count as one or none."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        first, *others = span.text.split("\n")
        lines[-1].append(Span(first, span.mark, span.href))
        lines += [[Span(text, span.mark, span.href)] for text in others]
    return [line for parts in lines if (line := _first(_inline(tuple(parts), alone=len(lines) == 1)))]


def _spoken(lines: list[str], language: Tag | Literal[""]) -> list[str]:
    """Lines in their own language and direction: inline HTML, which every parser leaves as it stands."""
    if not language:
        return lines
    *before, last = [f'<span lang="{language}" dir="{direction(language)}">{lines[0]}', *lines[1:]]
    return [*before, last + "</span>"]


def _heading(spans: tuple[Span, ...]) -> str:
    """A heading's text; its last hash marks would be taken for the closing sequence."""
    line = _inline(tuple(Span(span.text.replace("\n", " "), span.mark, span.href) for span in spans))
    core = line.rstrip("#")
    return core + "\\#" * (len(line) - len(core))


_APART = str.maketrans(
    {'"': "&quot;", "&": "&amp;", "<": "&lt;", ">": "&gt;"} | {mark: f"&#{ord(mark)};" for mark in "\\`*_[]"}
)


def _picture(shown: Span, caption: Span) -> str:
    """A picture as Markdown has them, the words below it as its title; every mark as a reference, which all parsers undo."""
    words, below = (" ".join(span.text.split()).translate(_APART) for span in (shown, caption))
    return f"![{words}]({shown.href}" + (f' "{below}")' if below else ")")


def _between(before: Kind, kind: Kind) -> str:
    if before == "quote" and kind in ("quote", "attribution"):
        return "\n>\n"
    if before == "attribution" and kind in ("quote", "attribution"):
        return "\n\n<!-- -->\n\n"  # another speaker: else CommonMark joins the two quotations
    return "\n\n"


_MARKS = {"strong": "**", "emphasis": "*", "code": "`"}


def _inline(spans: tuple[Span, ...], *, alone: bool = True) -> str:
    """The runs of a line; `alone`: no other line of its block could hold the fellow of a mark."""
    spans = tuple(span for span in spans if span.text)
    if alone and len(spans) == 1 and not spans[0].mark and not spans[0].href:
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
