"""A raw item to its draft, by the kind of its file."""

from pathlib import PurePosixPath

from pressfold.config import Config
from pressfold.ingest import html, markdown, text
from pressfold.ingest.decode import decode
from pressfold.ingest.draft import Draft, Raw, Unreadable

KINDS = {".txt": "text", ".html": "page", ".htm": "page", ".md": "markdown"}


def kind(file: str) -> str:
    """The kind of a raw file by its ending; empty for one that import does not read."""
    return KINDS.get(PurePosixPath(file).suffix.lower(), "")


def extract(raw: Raw, config: Config) -> Draft:
    """The draft of a raw item. Raises Unreadable with the reason."""
    known = raw.kind or kind(raw.file)
    if not known:
        raise Unreadable("not a kind of file that import reads (" + " ".join(KINDS) + ")")
    if not raw.data.strip():
        raise Unreadable("the file is empty")
    if known == "markdown":
        return markdown.extract(raw)
    if known == "page" or html.is_page(raw.data):
        return html.extract(raw.data)
    return text.extract(decode(raw.data), config.languages)
