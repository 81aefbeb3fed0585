"""What newspapers' sites say around their articles, in each language: data/lexicon/<language>.yaml."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pressfold import yamltext
from pressfold.language import Tag, base
from pressfold.schema import plain

KEYS = (
    "ui sections promo status credit byline dateline profession first_person first_person_endings not_first_person reporting "
    "attribution abbreviations platform_use suffixes"
).split()
_MARKS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")


def key(text: str) -> str:
    """A line as it is compared: case, punctuation and vowel marks do not count."""
    folded = _MARKS.sub("", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(re.findall(r"[\w\u200c]+", folded)).replace("\u200c", " ")


def tokens(text: str) -> list[str]:
    """The words of a text, as they are compared."""
    return key(text).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """One language's words, as they stand in its file."""

    ui: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    promo: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    dateline: tuple[str, ...] = ()
    profession: tuple[str, ...] = ()
    first_person: tuple[str, ...] = ()
    first_person_endings: tuple[str, ...] = ()
    not_first_person: tuple[str, ...] = ()
    reporting: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    platform_use: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()


@cache
def lexicon(language: Tag) -> Lexicon:
    """The words of a language; all empty where there is no file for it, which is the safe side."""
    file = resources.files("pressfold").joinpath("data", "lexicon", f"{base(language)}.yaml")
    if not file.is_file():
        return Lexicon()
    value = plain(yamltext.load(file.read_text("utf-8"), file.name))
    assert isinstance(value, dict)
    return Lexicon(**{name: tuple(words) for name, words in value.items() if name in KEYS})


@cache
def every(name: str) -> frozenset[str]:
    """A list of all languages together, as keys: furniture is often in another language than the article."""
    files = resources.files("pressfold").joinpath("data", "lexicon").iterdir()
    codes = sorted(file.name.removesuffix(".yaml") for file in files if file.name.endswith(".yaml"))
    return frozenset(key(word) for code in codes for word in getattr(lexicon(Tag(code)), name) if key(word))


_DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")  # scripts that put no space between words
_JOINED = "\u0648\u0641\u05d5"  # and, then: Arabic and Hebrew write them onto the next word

Phrases = frozenset[tuple[str, ...]]


def stems(phrases: Iterable[str], letters: int = 6) -> Phrases:
    """Phrases by the first letters of their words, so that an inflected form is found too."""
    split = (tokens(phrase) for phrase in phrases)
    return frozenset(
        ("".join(words),) if _DENSE.search(words[0]) else tuple(word[:letters] for word in words)
        for words in split
        if words
    )


def holds(words: list[str], phrases: Phrases, letters: int = 6, gap: int = 0) -> int:
    """How many of the phrases stand among the words, in order, with at most `gap` strange words within."""
    cut = [{word[:letters], word[1 : letters + 1]} if word[0] in _JOINED else {word[:letters]} for word in words]
    joined = "".join(words)
    return sum(
        phrase[0] in joined
        if _DENSE.search(phrase[0])
        else any(_at(cut, start, phrase, gap) for start, word in enumerate(cut) if phrase[0] in word)
        for phrase in phrases
    )


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
