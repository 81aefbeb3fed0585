"""Messages in parts (MIME), letters and pages saved in one file; a broken one is read as far as it goes."""

from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser

from pressfold.ingest.decode import decode, normalise
from pressfold.ingest.draft import Unreadable

BROKEN = (MessageError, LookupError, ValueError, TypeError, AttributeError)  # what the library raises for broken MIME


def read(data: bytes) -> EmailMessage:
    """A message."""
    return BytesParser(policy=policy.default).parsebytes(data)


def leaves(message: EmailMessage, most: int) -> Iterator[EmailMessage]:
    """The parts that are no wrapping, also those of a message within the message. Raises Unreadable for more than `most`."""
    waiting, seen = [message], 0
    while waiting:
        part = waiting.pop()
        seen += 1
        if seen + len(waiting) > most:
            raise Unreadable(f"a message of more than {most} parts")
        # What is no list is decoded by the encoding that it names, which may be no name at all.
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list):
            waiting += [one for one in reversed(inner) if isinstance(one, EmailMessage)]
        else:
            yield part


def header(message: EmailMessage, name: str) -> str:
    """A header's words; empty where it has none that can be read."""
    try:
        return normalise(str(message.get(name) or "").replace("\n", " "))
    except BROKEN:
        return ""


def payload(part: EmailMessage) -> bytes:
    """A part's bytes."""
    try:
        data = part.get_payload(decode=True)
    except BROKEN:
        return b""
    return data if isinstance(data, bytes) else b""


def words(part: EmailMessage) -> str:
    """A part's text, by the encoding that it names or, where that lies, by the one that it is in."""
    data = payload(part)
    try:
        return data.decode(part.get_content_charset("utf-8"))
    except BROKEN:
        try:
            return decode(data)
        except Unreadable:
            return data.decode("utf-8", "replace")
