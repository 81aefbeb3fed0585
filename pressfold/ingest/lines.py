"""Plain text as lines with what can be seen of each: words, end, script. Hard-wrapped text is joined again."""

import re
import unicodedata
from collections import Counter
from functools import cached_property, lru_cache
from itertools import pairwise

import msgspec

from pressfold.ingest.lexicon import key

_ENDS = re.compile(r"[.!?…。！？؟۔।॥؛;]+[\"'”’»«“)\]』」›‹]*\s*$|[.!?…。！？؟۔]\s?[\"'”’»«“]+\s*$")
# How a text is signed off behind its last sentence: ./hns/mis (dpa) EFE (Jane Roe, 5.2.2026) （編輯：王小明）1150108 ■
_SIGNED = re.compile(
    r"\s?(?:/\w{2,5}){1,3}$|\s\((?:[A-Z]{2,6}|[a-z]{2,4})\)$|\s?[®■▪●◆∎]$|"
    r"(?<=[.!?…])\s[A-ZÀ-Ž]{3,10}$|(?<=[.!?…。！？\"”»])\s?[(（][^()（）]{1,60}[)）]\d{0,7}$"
)
QUOTED = re.compile('["“„«”»「」『』]')  # speech that has its marks
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
# Thai, Lao, Burmese and Khmer part phrases by spaces, and neither words nor, but for Burmese and Khmer, sentences by marks.
_THAI = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_HOUR = re.compile(r"\d\s?น\.$")  # o'clock, which ends no sentence
_BULLET = re.compile(r"(?:[•◦▪‣●○■□✓✔➤►・]\s*|[-–—*·]\s+)(?=\S)")
_NUMBER = re.compile(r"\(?(\d{1,2})(?:[.)]\s+|[、．)]\s*)(?=\S)|([①-⑳]|[一二三四五六七八九](?=、))、?\s*(?=\S)")
_CELLS = re.compile(r"\t+|\u3000+|[ \u00a0]{2,}")
# Full-width punctuation, as the rules read it.
_NARROW = str.maketrans("：／｜＞＜（）【】［］？！，", ":/|><()[][]?!,")


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
        dense = len(_CJK.findall(self.text)) // 2 + len(_THAI.findall(self.text)) // 4
        return len(_THAI.sub(" ", _CJK.sub(" ", self.text)).split()) + dense

    @cached_property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_ENDS.search(_SIGNED.sub("", self.text[-90:]))) and not _HOUR.search(self.text)

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
        return _marker(self.text)

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
    for number, row in enumerate(_joined([" ".join(cells) for cells in raw]), 1):
        if not row:
            gap = True
        elif row != _JOINED:
            found.append(Line(number, row, gap, raw[number - 1]))
            gap = False
    return found


_WORD = re.compile(r"[^\W_]")
_JOINED = "\0"  # stands where a line was joined to the one before, so that the numbers hold


def _joined(rows: list[str]) -> list[str]:
    """Undo a hard wrap: where nearly every long line ends because the next word had no room, breaks part no paragraphs."""
    pairs = [(a, b) for a, b in pairwise(rows) if a and b and not _marker(b)]
    width = _width(rows, pairs)
    widest = max((len(a) for a, _ in pairs), default=0)
    long = [(a, b) for a, b in pairs if len(a) >= 0.6 * widest]
    broken = bool(long) and all(_mid_sentence(a, b) for a, b in long)
    if not width and not broken:
        return rows
    out: list[str] = []
    top = -1
    for at, row in enumerate(rows):
        before = rows[at - 1] if at else ""
        goes_on = _WORD.search(row) and _WORD.search(before) and not _marker(row)
        if goes_on and ((width and _continues(before, row, width)) or _mid_sentence(before, row)):
            out[top] += " " + row
            out.append(_JOINED)
        else:
            top = at
            out.append(row)
    return out


_SLACK = 3  # characters by which programs that wrap differ, and marks of a quoted letter


def _width(rows: list[str], pairs: list[tuple[str, str]]) -> int:
    """The width at which a text was wrapped, 0 where it was not. A line or two may be wider: a footer that nobody wrapped."""
    lengths = sorted((len(a) for a, _ in pairs), reverse=True)
    for width in dict.fromkeys(lengths[: 1 + max(1, len(lengths) // 12)]):
        long = [(a, b) for a, b in pairs if 0.6 * width <= len(a) <= width]
        full = [(a, b) for a, b in long if len(a) + 1 + _step(b) > width - _SLACK]
        cased = [b for _, b in long if b[0].isupper() or b[0].islower()]
        running = not cased or 2 * sum(b[0].islower() for b in cased) >= len(cased)
        wider = sum(len(row) > 1.2 * width for row in rows)
        if width <= 120 and len(long) >= 4 and len(full) >= 0.8 * len(long) and running and wider < len(long):
            return width
    return 0


def _continues(before: str, row: str, width: int) -> bool:
    """Whether a row goes on with the full row before it: a menu or a byline is short, and begins anew."""
    if not 0.6 * width <= len(before) <= width or len(before) + 1 + _step(row) <= width - _SLACK:
        return False
    shouted = before.isupper() and row.isupper()  # a title in capitals
    return shouted or row[0].islower() or len(row) >= 0.6 * width or bool(_ENDS.search(row))


def _mid_sentence(before: str, row: str) -> bool:
    """Whether a row breaks off in a sentence that the next goes on with, in a small letter."""
    broken = row[0].islower() and len(before.split()) >= 5 and not _ENDS.search(before) and before[-1] not in ":;"
    return broken and not _BY.fullmatch(row)


# A byline under a title: di Anna Rossi.
_BY = re.compile(r"(?:by|di|de|por|par|von|av|af|door|van|text)(?:\s[A-ZÀ-Ž][\w'’.-]+){2,4}")


def _step(row: str) -> int:
    """How much room the beginning of a row needs: its first word, or one character where words are not parted."""
    return 1 if _CJK.match(row) else len(row.split()[0])


def _marker(row: str) -> bool:
    return bool(_BULLET.match(row) or _NUMBER.match(row))


def bullet(line: Line, neighbours: list[Line]) -> str | None:
    """The words of a list item, when a line beside it is one too; a dash that opens speech is no bullet."""
    match = _BULLET.match(line.text)
    if not match or not any(_BULLET.match(other.text) for other in neighbours):
        return None
    words = line.text[match.end() :]
    dash = line.text[0] in "-–—"
    return None if dash and re.search(r"\s[-–—]\s|[\"“„«]", words) else words


def numbered(line: Line, neighbours: list[Line]) -> str | None:
    """The words of a numbered item, when its neighbour carries the next or the last number."""
    match = _NUMBER.match(line.text)
    if not match:
        return None
    beside = {_count(other) for other in (_NUMBER.match(n.text) for n in neighbours) if other}
    return line.text[match.end() :] if beside & {_count(match) - 1, _count(match) + 1} else None


def _count(match: re.Match[str]) -> int:
    return int(match[1] or unicodedata.numeric(match[2]))


def script(text: str) -> str:
    """The script of most letters: LATIN, ARABIC, CJK ...; empty without letters."""
    names = Counter(_script(ch) for ch in text[:400] if ch.isalpha())
    return names.most_common(1)[0][0] if names else ""


@lru_cache(8192)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]


def capitalised(text: str) -> float:
    """The share of words that begin with a capital, among those that have a case."""
    words = [word.lstrip("(\"'“„«") for word in text.split()]
    cased = [word for word in words if word[:1].isupper() or word[:1].islower()]
    return sum(word[:1].isupper() for word in cased) / len(cased) if cased else 0.0
