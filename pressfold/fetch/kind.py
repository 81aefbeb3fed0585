"""What an answer is: a feed, a page, a text; by what it holds, and where that says too little by what its host calls it."""

import codecs
import re
from contextlib import suppress
from html import unescape
from pathlib import PurePosixPath

from pressfold.fetch.address import Refused, parse
from pressfold.fetch.request import Answer

FEEDS = frozenset("rss feed rdf".split())  # the outermost elements of RSS, Atom and RSS 1.0
HEAD = 64 * 1024  # bytes in which a file must say what it is
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "message/rfc822": ".eml",
}
_UNSAID = ("", "text/plain", "application/octet-stream", "binary/octet-stream")  # types that say next to nothing
_BY_NAME = {".md": ".md", ".markdown": ".md", ".eml": ".eml", ".json": ".json", ".xml": ".xml"}

# The patterns here read no part of a file twice: each part is atomic, or begins where no other can.
_FIRST = re.compile(
    r"\ufeff?\s*+(?:(?><\?.*?\?>|<!--.*?-->|<![^>\[]*+(?:\[.*?\]\s*+)?>)\s*+)*+<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*+)",
    re.DOTALL,
)
_LINK = re.compile(r"<link\b([^<>]*+)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w-])([\w-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
_FEED_TYPE = re.compile(r"application/(rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)


def feed_ending(answer: Answer) -> str:
    """The ending of a feed's file. Raises Refused for what is no feed; of a web page with the feed that it names."""
    data = answer.body or b""
    first = _first_element(data)
    if first in FEEDS:
        return ".xml"
    if data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{":
        return ".json"
    if first == "html":
        named = _named_feed(answer)
        raise Refused("is a web page, and no feed" + (f"; it names {named}" if named else ""))
    raise Refused("is no feed" if data.strip() else "is empty")


def ending(answer: Answer) -> str:
    """The ending of a file. Raises Refused for what import does not read."""
    data, said = answer.body or b"", answer.kind.partition(";")[0].strip().lower()
    first = _first_element(data)
    if not data.strip():
        raise Refused("is empty")
    if first in FEEDS:
        return ".xml"
    if first == "html":
        return ".html"
    if said in _ENDINGS:
        return _ENDINGS[said]
    if re.fullmatch(r"(application|text)/([\w.-]+\+)?(json|xml)", said):
        return ".json" if said.endswith("json") else ".xml"
    if said in _UNSAID and (data.startswith(UTF16) or b"\0" not in data[:HEAD]):
        name = PurePosixPath(answer.address.target.partition("?")[0])
        return _BY_NAME.get(name.suffix.lower(), ".txt")
    raise Refused(f"is {said[:80] or 'no text'}, which import does not read")


def _first_element(data: bytes) -> str:
    """The name of the first element, without its prefix, in small letters; empty where the file does not begin with one."""
    head = data[:HEAD]
    match = _FIRST.match(head.decode("utf-16" if head.startswith(UTF16) else "utf-8", "replace"))
    return match[1].lower() if match else ""


def _named_feed(answer: Answer) -> str:
    """The address of the first feed that a web page names; empty where it names none."""
    text = (answer.body or b"")[:HEAD].decode("utf-8", "replace")
    for link in _LINK.finditer(text):
        given = {name.lower(): unescape("".join(said)) for name, *said in _ATTRIBUTE.findall(link[1])}
        if "alternate" in given.get("rel", "").lower().split() and _FEED_TYPE.fullmatch(given.get("type", "")):
            with suppress(Refused):
                return parse(given.get("href", ""), answer.address.url).url
    return ""
