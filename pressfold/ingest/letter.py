"""An e-mail (a newsletter, a forwarded article) to a draft. Who received it is nobody's business: no link of it is kept."""

import re
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO

from msgspec.structs import replace

from pressfold.ingest import mime, text
from pressfold.ingest.decode import normalise
from pressfold.ingest.draft import Draft, LeftOut, Unreadable
from pressfold.ingest.fragment import blocks, role
from pressfold.language import Tag
from pressfold.markup import Block, block
from pressfold.moment import Day, in_range

KIND = "letter"
_PARTS = 200  # of a letter, wrappings counted; one of more is no letter
_NAME = re.compile(rb"^message-id:\s*<([^<>\s]{3,200})>", re.IGNORECASE | re.MULTILINE)
_REPLY = re.compile(
    r"^(?:\[[^\[\]]{1,30}\]\s*|(?:re|fwd?|aw|wg|tr|rif|rv|odp|pd|отв|vs|sv|vl|رد|השב|回复|转发|返信)\s?[:：]\s*)+",
    re.IGNORECASE,
)
# What leads out of a newsletter, or to it in a browser; from the first such line of its last third on all is its foot.
_LEAVE = re.compile(
    r"unsubscribe|opt[ -]out|manage (?:your |my )?(?:preferences|subscription)|view (?:this|it|in|online)|abbestell|abmeld|"
    r"désabonn|désinscri|disiscri|cancellati|darse de baja|cancelar (?:la |a )?(?:suscripci|inscri)|descadastr|wypis|zrezygn|"
    r"отписа|відписа|odhlás|leiratkoz|afmeld|uitschrijv|avregistr|avslutt abonn|peruuta tilaus|abonelikten|إلغاء الاشتراك|"
    r"הסרה? מרשימת|登録解除|配信停止|退订|退訂|取消订阅|수신거부|구독 취소|dezabon|odjav|in (?:your|the|ihrem|einem) browser|"
    r"dans (?:votre|le) navigateur|nel browser|en (?:el|su|tu) navegador|no (?:seu )?navegador|w przeglądarce|в браузере|"
    r"у браузері|في المتصفح|בדפדפן|ブラウザで|浏览器|瀏覽器|브라우저",
    re.IGNORECASE,
)


def extract(data: bytes, languages: Sequence[Tag]) -> Draft:
    """A draft of a letter. Raises Unreadable where it has no text."""
    try:
        letter = mime.read(data)
        page, plain = _texts(letter)
    except RecursionError:
        raise Unreadable("parts nested too deeply") from None
    draft = _of_page(page, len(plain.split())) or _of_plain(plain, languages)
    subject = _REPLY.sub("", mime.header(letter, "subject")).strip()
    name, address = parseaddr(mime.header(letter, "from"))
    date = _date(mime.header(letter, "date"))
    if subject:  # what the text seemed to be called is a line of it then
        first = (block("paragraph", draft.title),) if draft.title_from == "line" else ()
        kept = tuple(part for part in (*first, *draft.blocks) if part.text.casefold() != subject.casefold())
        draft = replace(draft, title=subject, title_from="metadata", title_sure=1.0, blocks=kept or draft.blocks)
    return replace(
        draft,
        author="",
        author_from="",
        date=date,
        date_from="metadata" if date else "",
        lang=mime.header(letter, "content-language"),
        source_name=normalise(name) or address.rpartition("@")[2],
    )


def name_of(data: bytes) -> str:
    """The name that a letter has for ever: its Message-ID; empty where it has none."""
    head = re.split(rb"\r?\n\r?\n", data[:100_000], maxsplit=1)[0]
    found = _NAME.search(re.sub(rb"\r?\n[ \t]+", b" ", head))
    return "mid:" + found[1].decode("utf-8", "replace") if found else ""


def letters(mailbox: BinaryIO, most: int) -> Iterator[bytes]:
    """The letters of a mailbox (mbox) one by one; of one that is longer than `most` bytes one more than that."""
    found, blank, begun = bytearray(), True, False
    while line := mailbox.readline(most):
        if blank and line.startswith(b"From "):
            if begun:
                yield bytes(found)
            found, begun = bytearray(), True
        elif begun and len(found) <= most:
            found += re.sub(rb"^>(?=>*From )", b"", line)[: most + 1 - len(found)]
        blank = line in (b"\n", b"\r\n")
    if begun:
        yield bytes(found)


def _date(text: str) -> Day | None:
    try:
        moment = parsedate_to_datetime(text)
        return in_range(moment if moment.tzinfo else moment.date())
    except (*mime.BROKEN, OverflowError):
        return None


def _texts(letter: EmailMessage) -> tuple[str, str]:
    """(the longest HTML, the plain text), attachments left out."""
    found: dict[str, list[str]] = {"text/html": [], "text/plain": []}
    for part in mime.leaves(letter, _PARTS):
        kind = part.get_content_type()
        if kind in found and part.get_content_disposition() != "attachment":
            found[kind].append(mime.words(part))
    return max(found["text/html"], key=len, default=""), "\n\n".join(found["text/plain"])


def _of_page(page: str, others: int) -> Draft | None:
    """The draft of the letter's HTML; None where it says little, or much less than the plain text of so many words."""
    kept: list[Block] = []
    left: list[LeftOut] = []
    all_ = blocks(page, links=False)
    for place, part in enumerate(all_):
        taken = _role(part.text, foot=2 * place >= len(all_))
        if taken == "foot":
            left += [LeftOut(0, taken, other.text) for other in all_[place:]]
            break
        if taken:
            left.append(LeftOut(0, taken, part.text))
        else:
            kept.append(part)
    words = sum(len(part.text.split()) for part in kept)
    return Draft(blocks=tuple(kept), left_out=tuple(left)) if words >= 8 and words * 3 >= others else None


def _role(words: str, *, foot: bool) -> str:
    """What a block of a letter is if it is not the article's."""
    if _LEAVE.search(words) and len(words.split()) <= 40:
        return "foot" if foot else "button"
    return role(words)


def _of_plain(plain: str, languages: Sequence[Tag]) -> Draft:
    """The draft of the letter's plain text, its foot left out, without the marks of what is quoted."""
    lines = [re.sub(r"^(?:>\s?)+", "", line) for line in plain.replace("\r\n", "\n").split("\n")]
    signed = next((at for at, line in enumerate(lines) if line == "-- "), len(lines))
    leave = (at for at, line in enumerate(lines) if 3 * at > 2 * len(lines) and _LEAVE.search(line))
    return text.extract("\n".join(lines[: min(signed, next(leave, len(lines)))]), languages)
