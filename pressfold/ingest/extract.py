"""A raw item to its draft, by the kind of its file; and a file that holds several items to these."""

import re
from pathlib import PurePosixPath

from pressfold.config import Config
from pressfold.ingest import feed, html, letter, markdown, mhtml, text
from pressfold.ingest.decode import decode
from pressfold.ingest.draft import Draft, Raw, Unreadable
from pressfold.ingest.pixels import Beside, nothing
from pressfold.markup.safe import LARGEST

_LONGEST = (
    2 * LARGEST
)  # characters of a plain text, what is around the article counted: telling it apart takes its time
KINDS = {
    ".txt": "text",
    ".html": "page",
    ".htm": "page",
    ".mhtml": "archive",
    ".mht": "archive",
    ".md": "markdown",
    ".markdown": "markdown",
    ".eml": "letter",
    ".mbox": "mailbox",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".json": "feed",
}


def kind(file: str) -> str:
    """The kind of a raw file by its ending; empty for one that import does not read."""
    return KINDS.get(PurePosixPath(file).suffix.lower(), "")


def ending(data: bytes) -> str:
    """The ending that a file should have that came without a name, by how it begins."""
    head = data[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if html.is_page(data):
        return ".html"
    if re.match(rb"<\?xml|<(rss|feed|rdf:RDF)\b", head):
        return ".xml"
    if head[:1] == b"{" and b"jsonfeed.org" in head:
        return ".json"
    if head.startswith(b"From ") and b"\n" in head:
        return ".mbox"
    if re.search(rb"^Snapshot-Content-Location:", head, re.MULTILINE | re.IGNORECASE):
        return ".mhtml"
    if re.match(rb"(?:[A-Za-z][A-Za-z-]*: .*\r?\n(?:[ \t].*\r?\n)*){3}", head) and re.search(
        rb"^(From|Subject|MIME-Version):", head, re.MULTILINE
    ):
        return ".eml"
    return ".md" if re.match(rb"(---|\+\+\+)[ \t]*\r?\n", head) else ".txt"


def extract(raw: Raw, config: Config, beside: Beside = nothing) -> Draft:
    """The draft of a raw item; `beside` reads what was saved with a page. Raises Unreadable with the reason."""
    known = raw.kind or kind(raw.file)
    if not known:
        raise Unreadable("not a kind of file that import reads (" + " ".join(KINDS) + ")")
    if not raw.data.strip():
        raise Unreadable("the file is empty")
    if known == feed.KIND:
        return feed.extract(raw.data)
    if known == "letter":
        return letter.extract(raw.data, config.languages)
    if known == "archive":
        return html.extract(*mhtml.unpack(raw.data))
    if known == "markdown":
        return markdown.extract(raw)
    if known == "page" or html.is_page(raw.data):
        return html.extract(raw.data, beside)
    words = decode(raw.data)
    if len(words) > _LONGEST:
        raise Unreadable(f"its text is longer than {_LONGEST // 1024} KiB")
    return text.extract(words, config.languages)
