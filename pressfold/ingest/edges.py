"""Whether a name that was found is a word of its own, by the rules of its script: inflection, articles, prefixes, no spaces."""

import re
import unicodedata

from pressfold.language import Tag

_ARABIC_BEFORE = re.compile(r"(?:^|[^\w])[وف]?(?:[بكل]?(?:ال)?|لل)$")
_HEBREW_BEFORE = re.compile(r"(?:^|[^\w])[והבלמשכ]{0,3}$")
_UNSPACED = frozenset(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI"))
_APART = frozenset(("KATAKANA", "HANGUL"))  # of these a word does not begin within another of the same script
_ANY_SUFFIX = frozenset(("hu", "tr", "fi", "et"))  # languages that pile endings up


def stands_alone(folded: str, start: int, end: int, language: Tag, suffixes: frozenset[str]) -> bool:
    """Whether a match is a word, as it is or with one of the endings of its language."""
    script, before = _script(folded[start]), folded[max(0, start - 6) : start]
    if script in _UNSPACED:
        return script not in _APART or not before or _script(before[-1]) != script
    tail = re.match(r"[^\W_]*", folded[end : end + 12])
    rest = tail[0] if tail else ""
    if script == "ARABIC":
        return not rest and bool(_ARABIC_BEFORE.search(before))
    if script == "HEBREW":
        return not rest and bool(_HEBREW_BEFORE.search(before))
    if before and (
        before[-1] == "_" or before[-1].isdigit() or (before[-1].isalnum() and _script(before[-1]) == script)
    ):
        return False
    latin = _script(folded[end - 1]) == "LATIN"  # by its last letter: a name can begin with a figure
    if not rest or (latin and not rest[0].isascii() and _script(rest[0]) != "LATIN"):
        return True  # a word of another script follows at once: 微软的, Amazon에서, 7-ELEVEN全
    return end - start >= 3 and (rest in suffixes or (language in _ANY_SUFFIX and _piled(rest, end - start, suffixes)))


def _piled(rest: str, length: int, suffixes: frozenset[str]) -> bool:
    """Whether what follows a name of some length begins with an ending."""
    return length >= 4 and len(rest) <= 6 and any(rest.startswith(one) for one in suffixes if len(one) > 1)


def _script(ch: str) -> str:
    return unicodedata.name(ch, "").partition(" ")[0]
