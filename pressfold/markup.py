"""Plain text to Markdown, and Markdown to safe HTML: escaping and parsing are one rule, and live together.

What is written reads the same in Python-Markdown and in CommonMark. Only what either would misread is escaped, with a
backslash where both undo it, else with a character reference.
"""

import html as entities
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown import Markdown

Kind = Literal["paragraph", "heading", "quote", "attribution", "item", "numbered"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of plain text, marked or not; `href` makes it a link."""

    text: str
    mark: Literal["", "strong", "emphasis", "code"] = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
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


# Plain text to Markdown.

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


# Markdown to safe HTML.

EXTENSIONS = ("sane_lists", "fenced_code", "tables")  # what CommonMark and its usual tables do too
_TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 "
    "hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub sup table tbody td tfoot th thead time tr u ul "
    "var wbr".split()
)
_ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
# A tag as nh3 writes it: lower case, every value in double quotes, the quotes inside escaped.
_TAG = re.compile(r'<(/?)([a-z0-9]+)((?: [a-z-]+(?:="[^"]*")?)*)>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')


@cache
def _parser() -> "Markdown":
    from markdown import Markdown

    return Markdown(extensions=list(EXTENSIONS), output_format="html")


LARGEST = 256 * 1024  # characters of one text; a long article has some 30,000
_OPEN = 200  # brackets left open in one block: the parser looks for the end of each of them again and again


class TooTangledError(ValueError):
    """A text that would keep the parser busy for ever; the message says why."""


def check(text: str) -> None:
    """Raise TooTangledError for a text that is too large, or whose brackets would cost quadratic time."""
    if len(text) > LARGEST:
        raise TooTangledError(f"its text is longer than {LARGEST // 1024} KiB")
    if text.count("[") + text.count("<") <= _OPEN:
        return
    for part in re.split(r"\n\s*\n", text):
        for opening, closing in (("[", "]"), ("<", ">"), ("](", ")")):
            if part.count(opening) - part.count(closing) > _OPEN:
                raise TooTangledError(f"its Markdown leaves more than {_OPEN} brackets open")


def html(text: str) -> str:
    """Markdown as HTML that can neither run nor restyle anything; its links are as they were written.

    Raises TooTangledError rather than take minutes.
    """
    import nh3

    parser = _parser()
    parser.reset()
    check(text)
    try:
        converted = parser.convert(text)
    except RecursionError:
        raise TooTangledError("its Markdown is nested too deeply") from None
    safe = nh3.clean(
        converted,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return safe.replace("<h1", "<h2").replace("</h1>", "</h2>").strip()


def relink(safe: str, link: Callable[[str], str | None]) -> str:
    """Give each link and picture of safe HTML the address that `link` answers; None takes it away.

    A picture from another host becomes a link: a page asks no third party for anything.
    """
    if "<a" not in safe and "<img" not in safe:
        return safe
    inside = 0

    def tag(match: re.Match[str]) -> str:
        nonlocal inside
        closing, name, attributes = match.groups()
        if name == "a":
            inside += -1 if closing else 1
            return match[0] if closing else f"<a{_with_address(attributes, 'href', link)}>"
        if name == "img":
            return _picture(attributes, link, bare=inside > 0)
        return match[0]

    return _TAG.sub(tag, safe)


def _with_address(attributes: str, key: str, link: Callable[[str], str | None]) -> str:
    out = ""
    for name, value in _ATTRIBUTE.findall(attributes):
        if name == key:
            address = link(entities.unescape(value))
            out += "" if address is None else f' {name}="{entities.escape(address)}"'
        else:
            out += f' {name}="{value}"'
    return out


def _picture(attributes: str, link: Callable[[str], str | None], *, bare: bool) -> str:
    given = dict(_ATTRIBUTE.findall(attributes))
    address = link(entities.unescape(given.get("src", "")))
    words = entities.escape(entities.unescape(given.get("alt") or given.get("title") or ""))
    if address is None:
        return words
    if re.match(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", given.get("src", "").strip(), re.IGNORECASE):
        label = words or entities.escape(address.rpartition("/")[2] or address)
        return label if bare else f'<a href="{entities.escape(address)}">{label}</a>'
    size = "".join(f' {key}="{given[key]}"' for key in ("width", "height") if given.get(key, "").isdecimal())
    return f'<img src="{entities.escape(address)}" alt="{words}"{size} loading="lazy">'


_BREAK = re.compile(r"</(?:p|h\d|li|blockquote|tr|pre|dt|dd|figcaption|td|th)>|<br>|<hr>")


def text(safe: str) -> str:
    """The words of safe HTML, a line for each block."""
    bare = _TAG.sub("", _BREAK.sub("\n", safe))
    lines = (" ".join(line.split()) for line in entities.unescape(bare).split("\n"))
    return "\n".join(line for line in lines if line)


_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


def excerpt(markdown: str, words: int = 60) -> str:
    """The first blocks of a Markdown text, whole, until they hold that many words; '…' says that more followed.

    Two characters of a script without spaces count as one word.
    """
    blocks = _top_blocks(markdown.strip())
    taken = 0.0
    for at, part in enumerate(blocks, 1):
        taken += len(_DENSE.sub(" ", part).split()) + len(_DENSE.findall(part)) / 2
        if taken >= words or at == len(blocks):
            return "\n\n".join(blocks[:at]) + ("\n\n…" if at < len(blocks) else "")
    return ""


def _top_blocks(markdown: str) -> list[str]:
    """A text parted at its blank lines, but for those inside a fence."""
    blocks: list[list[str]] = [[]]
    fence = ""
    for line in markdown.split("\n"):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        if line.strip() or fence:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return ["\n".join(block) for block in blocks if block]
