"""What newspapers' sites say around their articles, in each language: data/lexicon/<language>.yaml."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection
from functools import cache
from importlib import resources

import msgspec

from pressfold import yamltext
from pressfold.language import Tag, base
from pressfold.schema import plain

_MARKS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")
# Spellings that keyboards and capitals mix up: Turkish dotless i, Romanian cedillas; joiners, and the dot of Hindi.
_ALIKE = str.maketrans({"ı": "i", "ş": "ș", "ţ": "ț", "\u0307": "", "\u200c": " ", "\u200d": "", "\u093c": ""})
# A word keeps the vowel signs of Indic scripts, Thai and those like it, which are no letters for the regular expressions.
_SIGNED = map(chr, (*range(0x0900, 0x10A0), *range(0x1780, 0x17D4)))
SIGNS = "".join(ch for ch in _SIGNED if unicodedata.category(ch) in ("Mn", "Mc"))
WORD = re.compile(rf"[\w{SIGNS}]+")


def key(text: str) -> str:
    """A line as it is compared: case, punctuation, vowel marks and the accents that capitals lose do not count."""
    if text.isascii():
        return " ".join(WORD.findall(text.casefold()))
    folded = _MARKS.sub("", unicodedata.normalize("NFKC", text).casefold()).translate(_ALIKE)
    if re.search("[\u0370-\u03ff]", folded):
        folded = re.sub("[\u0301\u0308]", "", unicodedata.normalize("NFD", folded))
    return " ".join(WORD.findall(folded))


def tokens(text: str) -> list[str]:
    """The words of a text, as they are compared."""
    return key(text).split()


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """One language's words, as they stand in its file."""

    ui: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    promo: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    notice: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    signoff: tuple[str, ...] = ()
    greeting: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    desk: tuple[str, ...] = ()
    dateline: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    profession: tuple[str, ...] = ()
    first_person: tuple[str, ...] = ()
    first_person_endings: tuple[str, ...] = ()
    not_first_person: tuple[str, ...] = ()
    reporting: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    platform_use: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    reader: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    service: tuple[str, ...] = ()


@cache
def lexicon(language: Tag) -> Lexicon:
    """The words of a language; all empty where there is no file for it, which is the safe side."""
    file = resources.files("pressfold").joinpath("data", "lexicon", f"{base(language)}.yaml")
    if not file.is_file():
        return Lexicon()
    value = plain(yamltext.load(file.read_text("utf-8"), file.name))
    assert isinstance(value, dict)
    return Lexicon(**{name: tuple(words) for name, words in value.items() if name in Lexicon.__struct_fields__})


@cache
def every(name: str) -> frozenset[str]:
    """A list of all languages together, as keys: furniture is often in another language than the article."""
    files = resources.files("pressfold").joinpath("data", "lexicon").iterdir()
    codes = sorted(file.name.removesuffix(".yaml") for file in files if file.name.endswith(".yaml"))
    keys = (key(word) for code in codes for word in getattr(lexicon(Tag(code)), name))
    return frozenset(word for word in keys if word)


@cache
def stems_of_every(name: str, letters: int = 6) -> "Phrases":
    """A list of all languages together, as stems."""
    return stems(every(name), letters)


_DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")  # scripts that put no space between words
# Arabic and Hebrew write and, then, in, to, the onto the next word; they are taken off on both sides.
_PREFIX = re.compile(r"(?:[وف]?(?:[بكل]?ال|لل)|[وفبكل]|[והבלמש]{1,2})(?=\w{3})")

Phrases = frozenset[tuple[str, ...]]


@cache
def stems(phrases: tuple[str, ...] | frozenset[str], letters: int = 6) -> Phrases:
    """Phrases by the first letters of their words, so that an inflected form is found too."""
    split = (tokens(phrase) for phrase in phrases)
    return frozenset(
        ("".join(words),) if _DENSE.search(words[0]) else tuple(_stem(word, letters) for word in words)
        for words in split
        if words
    )


def _stem(word: str, letters: int) -> str:
    return (_PREFIX.sub("", word, count=1) if "\u0590" < word[0] < "\u0700" else word)[:letters]


@cache
def _by_opening(phrases: Phrases) -> tuple[dict[str, tuple[tuple[str, ...], ...]], tuple[str, ...]]:
    """(phrases by the word that they begin with, those of scripts without spaces)."""
    found: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in phrases:
        found[phrase[0]].append(phrase)
    joined = tuple(opening for opening in found if _DENSE.search(opening))
    return {opening: tuple(like) for opening, like in found.items() if opening not in joined}, joined


def holds(words: list[str], phrases: Phrases, letters: int = 6, gap: int = 0) -> int:
    """How many of the phrases stand among the words, in order, with at most `gap` strange words within."""
    openings, joined = _by_opening(phrases)
    cut = [{word[:letters], _stem(word, letters)} for word in words]
    found = {
        phrase
        for start, forms in enumerate(cut)
        for form in forms
        for phrase in openings.get(form, ())
        if _at(cut, start, phrase, gap)
    }
    text = "".join(words) if joined else ""
    return len(found) + (sum(phrase in text for phrase in joined) if _DENSE.search(text) else 0)


def _at(words: list[set[str]], start: int, phrase: tuple[str, ...], gap: int) -> bool:
    end, spare = start, gap
    for wanted in phrase[1:]:
        end += 1
        while end < len(words) and wanted not in words[end] and spare:
            end, spare = end + 1, spare - 1
        if end >= len(words) or wanted not in words[end]:
            return False
    return True


def dense(phrase: str) -> bool:
    """Whether the phrase is of a script without spaces, and so is looked for inside longer runs."""
    return bool(_DENSE.search(phrase))


def pieces(text: str) -> list[str]:
    """What two texts are compared by: stems of longer words; pairs of characters where words are not parted."""
    found: list[str] = []
    for word in tokens(text):
        if dense(word) or unicodedata.name(word[0], "").startswith("HANGUL"):
            found += [word[at : at + 2] for at in range(len(word) - 1)]
        elif len(word) > 3:
            found.append(word[:6])
    return found


def share(text: str, said: Collection[str]) -> float:
    """The share of a text's pieces that are among those of another."""
    own = pieces(text)
    return sum(piece in said for piece in own) / len(own) if own else 0.0
