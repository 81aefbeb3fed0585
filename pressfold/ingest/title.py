"""Which line is the title, and how sure that is."""

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence

import msgspec

from pressfold.ingest.dates import YEAR_OR_CLOCK
from pressfold.ingest.lexicon import pieces, share
from pressfold.ingest.lines import Line, size
from pressfold.ingest.scripts import capitalised, script, small

WORDIEST = 36  # words of a title


def choose(candidates: Sequence[Line], body: str, fewest: int = 3, dated: Collection[Line] = ()) -> Line | None:
    """The candidate that says most of what the body says; an earlier one wins among equals.

    A line that shares no word with the body is no title of it; nor is one of fewer words than `fewest`. The first of all
    counts more where it is among `dated`, which stand over a date or byline. The weights are those that told titles best on
    250 texts; few words prove little, so each line is reckoned as one word longer, which the body does not say.
    """
    wanted = script(body)
    said = set(pieces(body))

    def score(line: Line, place: int) -> float:
        own = pieces(bare(line.text))
        shared = sum(piece in said for piece in own)
        size = min(line.words, 8) / 8
        stands = _BYLINED * size * (not place and line in dated and not line.ends)
        other = 0.2 * line.asks + 0.4 * (line.ends and not line.asks) + 0.6 * _introduces(line)
        return 2 * shared / (len(own) + 1) + size + stands - 0.1 * place - other if shared else -1.0

    fitting = [
        line for line in candidates if fewest <= line.words <= WORDIEST and same_script(script(line.text), wanted)
    ]
    scores = [score(line, place) for place, line in enumerate(fitting)]
    best = max(range(len(scores)), key=lambda at: (scores[at], -at), default=None)
    if best is None or scores[best] <= 0:
        return None
    over = best - 1
    close = over >= 0 and scores[over] > max(0, scores[best] - _CLOSE)
    return fitting[over if close and _is_over(fitting[over], fitting[best]) else best]


def _introduces(line: Line) -> bool:
    """Whether a line says who somebody is: Jane Roe, head of the plant in Leeds."""
    name, comma, rest = line.text.partition(", ")
    return bool(comma) and 2 <= len(name.split()) <= 3 and capitalised(name) == 1 and small(rest)


def _is_over(line: Line, standfirst: Line) -> bool:
    """Whether the upper of two lines that stand together is the title, and the lower its standfirst."""
    together = standfirst.number - line.number <= _TOGETHER
    short = _HEADLINE <= line.words < standfirst.words and standfirst.words >= _STANDFIRST
    return together and short and not line.ends and not YEAR_OR_CLOCK.search(line.text)


def alone(candidates: Sequence[Line], body: str) -> Line | None:
    """The only line above a text that has words enough for a headline, though it shares none with it; `likely` doubts it."""
    wanted = script(body)
    wordy = [line for line in candidates if 5 <= line.words <= WORDIEST and same_script(script(line.text), wanted)]
    return wordy[0] if len(wordy) == 1 else None


WINDOW = 40  # lines above the text of a whole page in which its title is looked for
_OPENING = 800  # characters of the text that say what its title says


class Found(msgspec.Struct, frozen=True):
    """A title, and how sure it is to be the right line, 0 to 1."""

    line: Line
    sure: float


def nearest(above: Sequence[Line], dated: Collection[Line], body: str) -> Found | None:
    """The title among the lines above the text in a dump of a page, the nearest first; `dated` stand over a date or byline.

    The weights are those that tell titles best on 800 real pages (a logit over the lines of each page, rounded); the
    share of the best line in the logit is how sure it is. Few words that the text says too prove little: each line is
    reckoned as two words longer, which the text does not say.
    """
    wanted = script(body)
    fitting = [line for line in above if 2 <= line.words <= WORDIEST and same_script(script(line.text), wanted)]
    del fitting[WINDOW:]
    opening, whole = set(pieces(body[:_OPENING])), set(pieces(body))
    often = Counter(line.key for line in above)

    def score(line: Line, place: int) -> float:
        own = pieces(bare(line.text))
        said = 3.2 * sum(piece in opening for piece in own) + 4.2 * sum(piece in whole for piece in own)
        looks = 0.16 * min(line.words, 10) - 1.1 * (line.words <= 2) - 0.9 * (line.ends and not line.asks)
        lists = 2.2 * line.text.endswith(":") + 1.1 * (line.text.count(",") >= 2) + 1.9 * line.asks
        stands = 2 * (line in dated) + 0.5 * (often[line.key] > 1 and line.words > 3) - 0.07 * place
        return said / (len(own) + 2) + looks - lists + stands

    scores = [score(line, place) for place, line in enumerate(fitting)]
    if not scores or max(scores) < _LEAST:
        return None
    best = max(range(len(scores)), key=lambda at: (scores[at], -at))
    over = best + 1  # of two lines that stand together the upper is the title, the lower its standfirst
    if over < len(scores) and fitting[best].words > fitting[over].words > 2 and not fitting[over].ends:
        long = fitting[best].words >= _STANDFIRST_OF_PAGE and fitting[over].words > 3 and scores[over] > _LEAST
        together = fitting[best].number - fitting[over].number <= _TOGETHER
        if scores[over] > scores[best] - (_FAR if long and together else _CLOSE):
            best = over
    return Found(fitting[best], 1 / sum(math.exp(other - scores[best]) for other in scores))


_CLOSE, _FAR = 1.5, 4  # by how much a standfirst may outscore its title; a long one right below it
_BYLINED = 0.6  # what standing first, over a byline, adds to a score
_TOGETHER = 2  # lines of the raw text, with the blank one between
_HEADLINE, _STANDFIRST, _STANDFIRST_OF_PAGE = 6, 12, 16  # words, at least
_LEAST = 1.5  # the score below which no line above a page's text is its title

_EAST = frozenset({"CJK", "HIRAGANA", "KATAKANA"})  # Japanese writes one text in all three


def same_script(one: str, other: str) -> bool:
    """Whether two texts can be of one article by their scripts."""
    return one in ("", other) or {one, other} <= _EAST


def likely(line: Line, body: str) -> float:
    """How likely a line above the text is its title, 0 to 1, by the share of its words that the text says too."""
    shared = share(bare(line.text), set(pieces(body)))
    return min(0.98, 0.5 + 1.35 * shared)  # three words in ten are enough to be sure


def stands(line: Line, near: Sequence[Line]) -> float:
    """How far its length and the lines `near` it speak for a title, 0 to 1.

    A line of few words is more often a section's or a series', and a question over a line without an end its kicker.
    """
    short = line.words < _HEADLINE and len(line.text) < _LETTERS
    below = [other for other in near if 0 < other.number - line.number <= _TOGETHER]
    kicker = line.asks and any(other.words >= _RIVAL and not other.ends for other in below)
    return _DOUBTED if short or kicker else 1.0


_LETTERS = 30  # of a headline, at least, where it has few words: Turkish has long ones
_RIVAL = 5  # words of a line that could be the title instead
_DOUBTED = 0.7


def is_title(line: Line) -> bool:
    """Whether a line may be a title although it stands first of all: no sentence, unless it asks or exclaims."""
    return not line.prose or (line.words <= 20 and line.asks)


def is_name(line: Line) -> bool:
    """Whether the line is a name and no sentence: every word has a capital, not one among words that have no case."""
    capitals = sum(word.lstrip("(\"'“„«")[:1].isupper() for word in line.text.split())
    return line.words >= 3 and capitalised(line.text) >= 0.7 and 2 * capitals >= line.words


def bare(text: str) -> str:
    """A title without the names of sites and sections that browsers put behind it: the parts of few words.

    Of two parts that are left both are the title: Live | Strike in Leeds goes on; of more the first that is not very short.
    """
    text = re.sub(r"\s+[–—-]\s+(?:www\.)?[\w-]+\.[a-z]{2,}$", "", text)
    parts = re.split(r"\s*[|｜]\s*|(?<=[\u3400-\u9fff])_(?=[\u3400-\u9fff])", text)
    parts = [part.strip() for part in parts if part.strip()]
    while len(parts) > 1 and size(parts[-1]) <= _SITE:
        parts.pop()
    if len(parts) == 2:
        return text[: text.rindex(parts[1]) + len(parts[1])]
    return next((part for part in parts if size(part) >= 3), parts[0] if parts else text)


_SITE = 4  # words of a newspaper's name, or of a section's
