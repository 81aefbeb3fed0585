"""A page that a browser saved in one file with all that it shows (MHTML): the page alone, and what reads the rest of it."""

from functools import partial

from pressfold.ingest import mime
from pressfold.ingest.address import join
from pressfold.ingest.draft import Unreadable
from pressfold.ingest.pixels import Beside
from pressfold.schema import is_web_address

_PARTS = 3000  # of a page; each picture, style and frame is one


def unpack(data: bytes) -> tuple[bytes, Beside]:
    """(the page, as a browser saves it alone, what reads that which is shown in it). Raises Unreadable where there is none."""
    try:
        message = mime.read(data)
        parts = list(mime.leaves(message, _PARTS))
    except RecursionError:
        raise Unreadable("parts nested too deeply") from None
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    if page is None:
        raise Unreadable("no web page in it")
    base = mime.header(page, "content-location") or mime.header(message, "snapshot-content-location")
    shown: dict[str, bytes] = {}
    for part in parts:
        if part.get_content_maintype() == "image":
            data = mime.payload(part)
            shown.setdefault(mime.header(part, "content-location"), data)
            shown.setdefault(f"cid:{mime.header(part, 'content-id').strip('<>')}", data)
    saved = f"<!-- saved from url=({len(base):04}){base} -->\n" if is_web_address(base) and "--" not in base else ""
    return (saved + mime.words(page)).encode("utf-8-sig", "replace"), partial(_shown, shown, base)


def _shown(shown: dict[str, bytes], base: str, address: str) -> bytes:
    return shown.get(address) or shown.get(join(base, address), b"")
