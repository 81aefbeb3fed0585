"""Plain text as lines, with what can be seen of each: words, end, marks."""

import re
import unicodedata
from functools import cached_property
from itertools import pairwise

import msgspec

from pressfold.ingest.lexicon import key
from pressfold.ingest.scripts import CJK, THAI
from pressfold.ingest.wrapped import BULLET, ENDS, JOINED, NUMBER, is_marked, joined

# How a text is signed off behind its last sentence: ./hns/mis (dpa) EFE (Jane Roe, 5.2.2026) （編輯：王小明）1150108 ■
_SIGNED = re.compile(
    r"\s?(?:/\w{2,5}){1,3}$|\s\((?:[A-Z]{2,6}|[a-z]{2,4})\)$|\s?[®■▪●◆∎]$|"
    r"(?<=[.!?…])\s[A-ZÀ-Ž]{3,10}$|(?<=[.!?…。！？\"”»])\s?[(（][^()（）]{1,60}[)）]\d{0,7}$"
)
_QUOTED = re.compile('["“„«”»「」『』]')  # speech that has its marks
_NAME = '(?:[^\\s.!?。！？«„“"»”」』]|\\.(?=\\w)){1,20}'
_NAMED = re.compile(f'[«„“"「『]\\s?{_NAME}(?:\\s{_NAME}){{0,2}}\\s?[»”“"」』]')  # a book, a newsletter
_DENSE = re.compile(f"[{CJK}]")
_THAI = re.compile(f"[{THAI}]")
_HOUR = re.compile(r"\d\s?น\.$")  # o'clock, which ends no sentence
_CELLS = re.compile(r"\t+|\u3000+|[ \u00a0]{2,}")
# Full-width punctuation, as the rules read it.
_NARROW = str.maketrans("：／｜＞＜（）【】［］？！，", ":/|><()[][]?!,")


def has_quotes(text: str) -> bool:
    """Whether a text has marks of speech; a name of up to three words in such marks is none."""
    return bool(_QUOTED.search(_NAMED.sub(" ", text)))


class Line(msgspec.Struct, frozen=True, dict=True):
    """A line of the raw text that is not blank; `number` counts from 1, `gap` says that a blank line stood before it.

    `cells` are its parts where tabs or wide gaps part it.
    """

    number: int
    text: str
    gap: bool
    cells: tuple[str, ...] = ()

    @cached_property
    def words(self) -> int:
        """How many words; two characters of a script without spaces count as one, four of Thai and those like it."""
        if self.text.isascii():
            return len(self.text.split())
        dense = len(_DENSE.findall(self.text)) // 2 + len(_THAI.findall(self.text)) // 4
        return len(_THAI.sub(" ", _DENSE.sub(" ", self.text)).split()) + dense

    @cached_property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(ENDS.search(_SIGNED.sub("", self.text[-90:]))) and not _HOUR.search(self.text)

    @cached_property
    def asks(self) -> bool:
        """Whether it ends as a question or an exclamation does."""
        return self.text.rstrip('"”»«’ 」』')[-1:] in "?!؟？！"

    @cached_property
    def prose(self) -> bool:
        """Whether it is running text: long, or a sentence of at least eight words."""
        return self.words >= 30 or (self.words >= 8 and self.ends) or (self.words >= 20 and self.unmarked)

    @cached_property
    def unmarked(self) -> bool:
        """Whether it is in a script that puts no mark behind its sentences."""
        return 2 * len(_THAI.findall(self.text)) > len(self.text)

    @cached_property
    def marked(self) -> bool:
        """Whether it begins as an item of a list does."""
        return is_marked(self.text)

    @cached_property
    def key(self) -> str:
        """How it is compared."""
        return key(self.text)

    @cached_property
    def tokens(self) -> list[str]:
        """Its words, as they are compared."""
        return self.key.split()

    @cached_property
    def narrow(self) -> str:
        """Its text with half-width punctuation, for rules that look at colons, bars and brackets."""
        return self.text.translate(_NARROW)


def size(text: str) -> int:
    """How many words a text has, as they are counted in a line."""
    return Line(0, text, gap=False).words


# How programs that dump a page number its links.
_LINK = re.compile(r"(?<![^\s(])\[(\d{1,4})\](?=\S)")
_LINKS = 4  # numbers in order, from which they are those of links


def _unnumbered(text: str) -> str:
    """A text without the numbers of its links."""
    numbers = [int(number) for number in _LINK.findall(text)]
    rising = all(before < after for before, after in pairwise(numbers))
    return _LINK.sub("", text) if len(numbers) >= _LINKS and rising else text


def lines(text: str) -> list[Line]:
    """The lines of a clean text."""
    rows = _unnumbered(text).split("\n")
    raw = [tuple(" ".join(cell.split()) for cell in _CELLS.split(row) if cell.strip()) for row in rows]
    found: list[Line] = []
    gap = False
    for number, row in enumerate(joined([" ".join(cells) for cells in raw]), 1):
        if not row:
            gap = True
        elif row != JOINED:
            found.append(Line(number, row, gap, raw[number - 1]))
            gap = False
    return found


def bullet(line: Line, neighbours: list[Line]) -> str | None:
    """The words of a list item, when a line beside it is one too; a dash that opens speech is no bullet."""
    match = BULLET.match(line.text)
    if not match or not any(BULLET.match(other.text) for other in neighbours):
        return None
    words = line.text[match.end() :]
    dash = line.text[0] in "-–—"
    return None if dash and re.search(r"\s[-–—]\s|[\"“„«]", words) else words


def numbered(line: Line, neighbours: list[Line]) -> str | None:
    """The words of a numbered item, when its neighbour carries the next or the last number."""
    match = NUMBER.match(line.text)
    if not match:
        return None
    beside = {_count(other) for other in (NUMBER.match(n.text) for n in neighbours) if other}
    return line.text[match.end() :] if beside & {_count(match) - 1, _count(match) + 1} else None


def _count(match: re.Match[str]) -> int:
    return int(match[1] or unicodedata.numeric(match[2]))
