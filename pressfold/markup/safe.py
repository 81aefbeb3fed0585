"""Markdown to HTML that can neither run nor restyle anything."""

import re
from collections.abc import Callable
from functools import cache, partial
from itertools import accumulate
from typing import TYPE_CHECKING

from pressfold.config import Markup

if TYPE_CHECKING:
    import nh3

EXTENSIONS = ("sane_lists", "fenced_code", "tables")  # what CommonMark and its usual tables do too
_TAGS = set(
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


@cache
def _converter(markup: Markup) -> Callable[[str], str]:
    if markup.engine == "commonmark":
        import pyromark

        return partial(pyromark.html, options=pyromark.Options.ENABLE_TABLES)
    from pressfold.markup.sparing import SparingMarkdown

    parser = SparingMarkdown(extensions=[*EXTENSIONS, *markup.extensions], output_format="html")
    return lambda text: parser.reset().convert(text)


@cache
def _cleaner() -> "nh3.Cleaner":
    import nh3

    return nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel=None)


LARGEST = 256 * 1024  # characters of one text; a long article has some 30,000
_NESTED = 200  # levels; the sanitiser takes quadratic time over these elements
_CONTAINER = re.compile(r"<(/?)(?:blockquote|div|dl|figure|ol|pre|rp|rt|ul)\b", re.IGNORECASE)
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


def html(text: str, engine: Markup = Markup()) -> str:
    """Markdown as HTML that can neither run nor restyle anything; its links are as they were written.

    Raises TooTangledError rather than take minutes.
    """
    check(text)
    try:
        converted = _converter(engine)(text)
    except RecursionError:
        _converter.cache_clear()  # a parser that was interrupted would take what follows for a part of it
        raise TooTangledError("its Markdown is nested too deeply") from None
    if converted.count("<") > _NESTED and _depth(converted) > _NESTED:
        raise TooTangledError("its Markdown is nested too deeply")
    safe = _cleaner().clean(converted)
    if "<h1" in safe:
        safe = safe.replace("<h1", "<h2").replace("</h1>", "</h2>")
    return safe.strip()


def _depth(converted: str) -> int:
    closing = (match[1] for match in _CONTAINER.finditer(converted))
    return max(accumulate(-1 if mark else 1 for mark in closing), default=0)
