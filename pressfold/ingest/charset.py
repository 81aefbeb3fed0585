"""The bytes of a web page to its text: what the bytes themselves prove counts before what the page declares."""

import codecs
import re

from pressfold.ingest.decode import MARKS, legacy
from pressfold.ingest.draft import Unreadable

LARGEST = 32 * 2**20  # bytes; browsers save a page in one file with all its pictures and fonts inside
_HEAD = 4096  # bytes in which a page declares its encoding; the standard says 1024, not every page keeps to it
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml\b[^>]{0,80}?\bencoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
# Browsers read these by a larger table than the one that is named.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_FOREIGN = re.compile(rb"[\xc0-\xff]{5,}")  # in a row: no language that Latin-1 was made for writes that
_INLINED = re.compile(r"data:[\w/+.;=-]{0,80},[\w+/=%.-]{64,}")  # a picture or a font as an address
# Characters that no XML can hold, as they stand and as references: one of them would cost the page its article.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_NO_REFERENCE = re.compile(
    r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef])|0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45]))(?:;|(?![0-9a-f;]))",
    re.IGNORECASE,
)
_XML = re.compile(r"\s*<\?xml\b[^>]{0,200}>")  # lxml refuses a text that declares its bytes


def read(data: bytes, inside: list[str] | None = None) -> str:
    """The text of a page, without files that stand inside it as addresses. Raises Unreadable for what is no text.

    Pictures among these are put into `inside`, and stand in the text as `inside:` and their number there.
    """

    def taken(match: re.Match[str]) -> str:
        if inside is None or not match[0].startswith("data:image/"):
            return ""
        inside.append(match[0])
        return f"inside:{len(inside) - 1}"

    if len(data) > LARGEST:
        raise Unreadable(f"larger than {LARGEST // 2**20} MiB")
    text = _decoded(data).removeprefix("\ufeff")
    if text.count("\0") * 50 > len(text):
        raise Unreadable("not a web page (binary data)")
    text = _NO_REFERENCE.sub("", _NO_TEXT.sub("", _INLINED.sub(taken, text)))
    declared = _XML.match(text)
    return text[declared.end() :] if declared else text


def _decoded(data: bytes) -> str:
    for mark, encoding in (*MARKS, *_unmarked(data[:200])):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _declared(data[:_HEAD])
    for encoding in dict.fromkeys(("utf-8", declared)):
        text = data.decode(encoding, "replace") if encoding else ""
        if text and _sound(text, encoding) and not (encoding == "cp1252" and len(_FOREIGN.findall(data)) >= 5):
            return text
    return data.decode(legacy(_foreign_words(data)), "replace")


def _unmarked(head: bytes) -> tuple[tuple[bytes, str], ...]:
    """UTF-16 without its mark: every other byte of the tags is nothing."""
    half = len(head) // 2
    for odd, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if half >= 8 and head[odd::2].count(0) > 0.6 * half and head[1 - odd :: 2].count(0) == 0:
            return ((b"", encoding),)
    return ()


def _declared(head: bytes) -> str:
    """The name of the encoding that the page declares, as Python knows it; empty where it knows none."""
    match = _DECLARED.search(head)
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii")).name if match else ""
        "".encode(name or "ascii")  # Python has codecs that are no encodings of text
    except (LookupError, UnicodeError, ValueError, TypeError):
        return ""
    return _MEANT.get(name, name)


def _sound(text: str, encoding: str) -> bool:
    """Whether what is not ASCII could be read. What is whole in UTF-8 is no accident, even beside as much that is broken."""
    broken = text.count("\ufffd")
    whole = sum(not ch.isascii() for ch in text) - broken
    return broken <= whole if encoding == "utf-8" else 50 * broken <= whole


def _foreign_words(data: bytes) -> bytes:
    """The texts of a page that are not ASCII, by which its encoding can be told; the markup proves nothing."""
    return b"\n".join(part for part in re.split(rb"[<>]", data[: 2**21]) if not part.isascii())
