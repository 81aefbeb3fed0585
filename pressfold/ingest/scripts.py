"""What a script shows: which one a text is in, whether it parts words, and whether a word has a capital."""

import unicodedata
from collections import Counter
from functools import lru_cache

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"  # ranges, for regular expressions
# Thai, Lao, Burmese and Khmer part phrases by spaces, and neither words nor, but for Burmese and Khmer, sentences by marks.
THAI = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_GEORGIAN = range(0x10D0, 0x1100)  # which has capitals, and writes names without them


def script(text: str) -> str:
    """The script of most letters: LATIN, ARABIC, CJK ...; empty without letters."""
    names = Counter(_script(ch) for ch in text[:400] if ch.isalpha())
    return names.most_common(1)[0][0] if names else ""


@lru_cache(8192)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]


def small(text: str) -> bool:
    """Whether a text begins with a small letter, in a script whose names begin with a capital."""
    return text[:1].islower() and ord(text[0]) not in _GEORGIAN


def cased(text: str) -> bool:
    """Whether a text is written as names are: no word of more than three letters begins with a small one."""
    return all(not small(word) or len(word) <= 3 for word in text.split())


def capitalised(text: str) -> float:
    """The share of words that begin with a capital, among those that have a case."""
    words = [word.lstrip("(\"'“„«") for word in text.split()]
    capitals = sum(word[:1].isupper() for word in words)
    cased = capitals + sum(small(word) for word in words)
    return capitals / cased if cased else 0.0
