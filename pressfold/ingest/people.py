"""Who wrote an article, in the words beside a byline: a person; no desk of a newsroom, no place, no agency."""

import re
from functools import cache

from pressfold.ingest.buttons import familiar
from pressfold.ingest.lexicon import SIGNS, dense, every, key, tokens
from pressfold.ingest.scripts import cased, small

_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[.'’\u200c{SIGNS}-])*"
_NAME = re.compile(rf"{_LETTERS}(?:\s{_LETTERS}){{1,3}}")
_PLACE = re.compile(
    r"\s+(?:in|aus|em|en|à|from|w|из|reporting)\s+(?=[^\W\d_a-zß-ÿ])|\s+[–—|/-]\s+|\s*[,،(（]\s*|\s+\S+@\S+|@"
)
_MOST = 6  # words that a desk is called by


def is_name(text: str) -> bool:
    """Whether a text is a person's name as far as can be seen: two to four words, capitals where the script has them."""
    if not _NAME.fullmatch(text.strip()) or key(text) in familiar():
        return False
    words = text.split()
    if small(words[0]) or _NO_NAME & set(words) or all(len(word) == 1 for word in words):
        return False
    return cased(text)


# Words that join others, and that no name has.
_NO_NAME = frozenset(
    "and aus for für from im in mit of och og the to und with zu zum zur és ve και и і из от و من في عن از और से".split()
)


def is_desk(text: str) -> bool:
    """Whether a text names a part of a newsroom, and nobody: Business Desk, Wirtschaftsredaktion, 編集部."""
    words = tokens(text)
    if not words or len(words) > _MOST:
        return False
    desks = _desks()
    joined = " ".join(words)
    if joined in desks or (dense(joined) and len(joined) <= 8 and joined.endswith(_dense_desks())):
        return True
    named = [word in desks or word.endswith(_long_desks()) for word in words]
    return any(named) and all(desk or _beside(word) for desk, word in zip(named, words, strict=True))


def _beside(word: str) -> bool:
    """Whether a word can stand beside that of a desk: our, with, the name of a section or an agency."""
    return len(word) <= 3 or word in familiar() or word in every("byline") or word in every("agency") or word in _OURS


_OURS = frozenset("unserer unsere unser nuestra onze avec with from nasza nasze naszej".split())


@cache
def _desks() -> frozenset[str]:
    return every("desk")


@cache
def _long_desks() -> tuple[str, ...]:
    """Words for a desk that others are written onto."""
    return tuple(word for word in _desks() if " " not in word and len(word) >= 7 and not dense(word))


@cache
def _dense_desks() -> tuple[str, ...]:
    return tuple(word for word in _desks() if dense(word))


_INITIALS = re.compile(r"[A-ZÀ-Ž]{2,6}")  # an agency's


def person(text: str) -> str:
    """The name at the head of what stands behind a byline's label, without its place; empty for a desk."""
    name = _PLACE.split(f"{text.strip()} ")[0].strip(" .,;:/|–—-")
    name = signed(name) or name
    nobody = (
        is_desk(name) or _INITIALS.fullmatch(name) or any(key(name) in every(kind) for kind in ("agency", "dateline"))
    )
    return "" if nobody or not re.search(r"[^\W\d_]", name) else name


def people(text: str) -> str:
    """The names behind a label and a colon, parted by commas."""
    first, *others = re.split(r"[,،]\s*", text)
    return ", ".join([name for name in (person(first), *filter(is_name, map(person, others))) if name])


_JOINING = re.compile(r"(?<=\w)\s+(?:and|und|et|y|e|i|og|och|en|és|ve|и|та|και|&)\s+(?=\w)")


def together(text: str) -> str:
    """The names of a line that says two or more, the last behind a joining word, parted by commas; empty for any other line."""
    *before, final = _JOINING.split(text.strip(" .,;:"))
    names = [name.strip() for name in (*re.split(r"[,،]\s*", before[0]), final)] if len(before) == 1 else []
    return ", ".join(names) if names and all(is_name(name) and len(name.split()) > 1 for name in names) else ""


def placed(text: str) -> str:
    """The name of a line that says only who wrote it and where: Jane Roe, Leeds; empty for any other line."""
    parts = [part for part in _PLACE.split(text) if part.strip()]
    if not 1 <= len(parts) <= 2 or not is_name(parts[0]) or len(parts[0].split()) > 3 or is_desk(parts[0]):
        return ""
    place = parts[1] if len(parts) == 2 else ""
    return parts[0].strip() if len(place.split()) <= 3 and cased(place) else ""


# How agencies and papers of East Asia open a text, or a line of its own: 【東京=name】, (place=agency) name 기자,
# 记者 name 北京报道, 新华社北京3月3日电（记者 name）.
_SIGNED = re.compile(
    r"[【\[][^】\]=＝]{1,10}[=＝](?P<ja>[\u3040-\u30ff\u3400-\u9fff・ ]{2,12})[】\]]|"
    r"[(\[][^)\]=]{1,14}=[^)\]=]{1,14}[)\]]\s*(?P<ko>[가-힣]{2,4})\s+(?:기자|특파원)|"
    r"[\u4e00-\u9fff]{0,8}[记記]者\s*(?P<zh>[\u4e00-\u9fff·]{2,4})\s*[／/\s]\s*[\u4e00-\u9fff]{2,6}[报報][导導道]|"
    r"[\u4e00-\u9fff]{2,4}社[^（(。]{2,16}[电電]\s*[（(][记記]者\s*(?P<xh>[\u4e00-\u9fff·、\s]{2,14})[）)]"
)
_OWN_LINE = re.compile(r"[\u4e00-\u9fff]{2,6}[记記]者\s*([\u4e00-\u9fff·]{2,3})")


def signed(text: str) -> str:
    """Who signs at the head of a paragraph, or on a line of its own, as it is done in East Asia; empty where nobody does."""
    match = _SIGNED.match(text.strip())
    name = next((group for group in match.groups() if group), "") if match else ""
    if not match:
        alone = _OWN_LINE.fullmatch(text.strip())
        name = alone[1] if alone else ""
    return "" if key(name) in every("agency") or is_desk(name) else name.strip()
