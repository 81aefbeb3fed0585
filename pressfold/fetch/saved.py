"""What was fetched, as a file of the inbox: its name, and its bytes with what only the answer's headers said."""

import codecs
import hashlib
import re
from email.message import Message

from pressfold.fetch.address import Address
from pressfold.fetch.kind import HEAD, UTF16
from pressfold.fetch.request import Answer
from pressfold.slug import slug

_MARK = codecs.BOM_UTF8
_SAYS_ENCODING = re.compile(rb"\A\s*+<\?xml[^<>]*?\bencoding\s*=|<meta\b[^<>]*?\bcharset\s*=", re.IGNORECASE)
# What is meant by the two encodings that are named where none is known, by the WHATWG's standard.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252"}


def file_name(address: Address, ending: str) -> str:
    """A file's name, of host and path; a hash tells apart what these words do not."""
    words = slug(f"{address.host} {address.target.partition('?')[0]}", "page")
    return f"{words}-{hashlib.sha256(address.url.encode()).hexdigest()[:6]}{ending}"


def file_bytes(answer: Answer, ending: str) -> bytes:
    """The bytes to be saved: of a page with its address before them, as browsers save it."""
    data = text_bytes(answer, ending)
    if ending != ".html":
        return data
    if data.startswith(UTF16):  # no comment can stand before it
        data = _marked(data, "utf-16")
    mark = _MARK if data.startswith(_MARK) else b""
    url = answer.address.url.replace("--", "%2D%2D")
    return mark + f"<!-- saved from url=({len(url):04}){url} -->\n".encode() + data.removeprefix(mark)


def text_bytes(answer: Answer, ending: str) -> bytes:
    """The bytes as they came; where only the answer's headers name the encoding, in UTF-8 with its mark."""
    data = answer.body or b""
    if ending in (".json", ".eml") or data.startswith((_MARK, *UTF16)) or _SAYS_ENCODING.search(data[:HEAD]):
        return data
    return _marked(data, _charset(answer), usual="utf-8" if ending == ".xml" else "")


def _marked(data: bytes, encoding: str, usual: str = "") -> bytes:
    """A text as UTF-8 with its mark; as it is in the encoding that needs no mark, or in one that nobody knows."""
    try:
        known = codecs.lookup(encoding).name
        text = data.decode(_MEANT.get(known, known), "replace")
    except (LookupError, UnicodeError, ValueError):
        return data
    return data if known == usual else _MARK + text.removeprefix("\ufeff").encode("utf-8", "replace")


def _charset(answer: Answer) -> str:
    """The encoding that the answer's headers name; empty where they name none."""
    message = Message()
    message["Content-Type"] = answer.kind
    return message.get_content_charset("")
