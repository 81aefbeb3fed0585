"""Plain text as lines with what can be seen of each: its words, its end, its script. Hard-wrapped text is joined again."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from pressfold.ingest.lexicon import key

_ENDS = re.compile(r"[.!?…。！？؟۔।॥؛;]+[\"'”’»“)\]』」›]*\s*$|[.!?…。！？؟۔]\s?[\"'”’»“]+\s*$")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]")
_BULLET = re.compile(r"^(?:[•◦▪‣●○■□·*]|-)\s+(?=\S)")
_NUMBER = re.compile(r"^(\d{1,2})[.)]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the raw text that is not blank; `number` counts from 1, `gap` says that a blank line stood before it."""

    number: int
    text: str
    gap: bool

    @property
    def words(self) -> int:
        """How many words; two characters of a script without spaces count as one."""
        dense = len(_CJK.findall(self.text))
        return len(_CJK.sub(" ", self.text).split()) + dense // 2

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_ENDS.search(self.text))

    @property
    def prose(self) -> bool:
        """Whether it is running text: long, or a sentence of at least eight words."""
        return self.words >= 30 or (self.words >= 8 and self.ends)

    @property
    def key(self) -> str:
        """How it is compared."""
        return key(self.text)


def lines(text: str) -> list[Line]:
    """The lines of a normalised text."""
    found: list[Line] = []
    gap = False
    for number, line in enumerate(_joined(text.split("\n")), 1):
        if not line:
            gap = True
        elif line != _JOINED:
            found.append(Line(number, line, gap))
            gap = False
    return found


_JOINED = "\0"  # stands where a line was joined to the one before, so that the numbers hold


def _joined(rows: list[str]) -> list[str]:
    """Undo a hard wrap: where nearly every break comes because the next word had no room, breaks are no paragraphs."""
    pairs = [(a, b) for a, b in pairwise(rows) if a and b and not _BULLET.match(b) and not _NUMBER.match(b)]
    width = max((len(a) for a, _ in pairs), default=0)
    full = sum(len(a) + 1 + len(b.split()[0]) > width for a, b in pairs)
    if width > 120 or len(pairs) < 4 or full < 0.8 * len(pairs):
        return rows
    out: list[str] = []
    top = -1
    for at, row in enumerate(rows):
        continues = row and at and rows[at - 1] and not _BULLET.match(row) and not _NUMBER.match(row)
        if continues and len(rows[at - 1]) + 1 + len(row.split()[0]) > width:
            out[top] += " " + row
            out.append(_JOINED)
        else:
            top = at
            out.append(row)
    return out


def bullet(line: Line, neighbours: list[Line]) -> str | None:
    """The words of a list item, when a line beside it is one too; a dash that opens speech is no bullet."""
    match = _BULLET.match(line.text)
    if not match or not any(_BULLET.match(other.text) for other in neighbours):
        return None
    words = line.text[match.end() :]
    return None if line.text.startswith("-") and re.search(r"\s[-–—]\s", words) else words


def numbered(line: Line, neighbours: list[Line]) -> str | None:
    """The words of a numbered item, when its neighbour carries the next or the last number."""
    match = _NUMBER.match(line.text)
    if not match:
        return None
    beside = {int(other[1]) for other in (_NUMBER.match(n.text) for n in neighbours) if other}
    return line.text[match.end() :] if beside & {int(match[1]) - 1, int(match[1]) + 1} else None


def script(text: str) -> str:
    """The script of most letters: LATIN, ARABIC, CJK ...; empty without letters."""
    names = Counter(unicodedata.name(ch, "").split(" ")[0] for ch in text[:400] if ch.isalpha())
    return names.most_common(1)[0][0] if names else ""


def capitalised(text: str) -> float:
    """The share of words that begin with a capital, among those that have a case."""
    words = [word.lstrip("(\"'“„«") for word in text.split()]
    cased = [word for word in words if word[:1].isupper() or word[:1].islower()]
    return sum(word[:1].isupper() for word in cased) / len(cased) if cased else 0.0
