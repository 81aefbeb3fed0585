"""Quotations that have lost their marks: told by who speaks (first person) and by an attribution at their end."""

import re
from functools import cache, lru_cache

from pressfold.ingest.lexicon import Phrases, dense, every, holds, key, lexicon, stems, tokens
from pressfold.ingest.scripts import small
from pressfold.language import Tag

_QUOTE_MARKS = re.compile('["“”„«»‹›「」『』]')
_DIALOGUE = re.compile(r"[–—―]\s*\w|-\s\w")
_TAIL = re.compile(r"\s[–—-]\s+(?=\S)|[—–―]{2}\s*(?=\S)")


def first_person(text: str, language: Tag) -> int:
    """How many words say I or we. A word in capitals is a name (US, IT), not a pronoun."""
    count = sum(
        _speaks(word, language) for word in re.findall(r"[\w'’]+", text) if not (len(word) > 1 and word.isupper())
    )
    phrases = _phrases(language)
    folded = f" {key(text)} " if phrases else ""
    return count + sum(folded.count(phrase if dense(phrase) else f" {phrase} ") for phrase in phrases)


@cache
def _phrases(language: Tag) -> tuple[str, ...]:
    """Words for I and we that are no single words: phrases, and those of scripts without spaces."""
    return tuple(key(phrase) for phrase in lexicon(language).first_person if " " in phrase or dense(phrase))


@cache
def _others(language: Tag) -> tuple[str, ...]:
    """How words begin that only look like a form of the first person."""
    return tuple(other[:-1] for other in lexicon(language).not_first_person if len(other) > 5)


@lru_cache(4096)
def _speaks(word: str, language: Tag) -> bool:
    words = lexicon(language)
    folded = word.replace("’", "'").casefold()
    if folded in words.first_person:
        return True
    if folded in words.not_first_person or folded.startswith(_others(language)):
        return False
    return any(folded.endswith(ending) and len(folded) >= len(ending) + 2 for ending in words.first_person_endings)


def unmarked(text: str) -> bool:
    """Whether the paragraph carries no quotation marks of its own."""
    return not _QUOTE_MARKS.search(text)


def dialogue(text: str) -> bool:
    """Whether the paragraph opens with the dash of speech: what follows is not speech to its end."""
    return bool(_DIALOGUE.match(text))


def greets(text: str) -> bool:
    """Whether the writer welcomes readers, as live reports and newsletters do: then who says I or we is the writer."""
    return holds(tokens(text)[:_OPENING], _greetings(), 20) > 0


@cache
def _greetings() -> Phrases:
    return stems(every("greeting"), 20)


def split_attribution(text: str, language: Tag) -> tuple[str, str] | None:
    """(quotation, who said it) of a paragraph that ends " – they said in a letter"; None where it does not."""
    dashes = list(_TAIL.finditer(text))
    if not dashes:
        return None
    head, tail = text[: dashes[-1].start()].rstrip(), text[dashes[-1].end() :]
    words = tokens(tail)
    short = len(words) <= 12 and len(tail) <= 90 and len(head) >= len(tail)
    if not short or tail[0].isupper() or (len(words) < 2 and not dense(tail)):
        return None
    return (head, tail.rstrip(" .")) if _attributes(tail, language) else None


def _attributes(text: str, language: Tag) -> bool:
    known = lexicon(language)
    words = tokens(text)
    return holds(words, stems(known.reporting, 5), 5) > 0 or holds(words, stems(known.attribution, 5), 5) > 0


_OPENING = 10  # words in which an attribution begins: the longest phrase, and two more


def is_attribution(text: str, language: Tag) -> bool:
    """Whether a short line of its own says whose words stand above it."""
    if re.match(r"[–—―-]+\s*\S", text) or (small(text) and len(tokens(text)) >= 2):
        return True
    words = tokens(text)
    phrases = stems(lexicon(language).attribution, 5)
    if not holds(words[:_OPENING], phrases, 5, gap=2):
        return False
    return any(holds(words[: len(phrase) + 2], frozenset({phrase}), 5, gap=2) for phrase in phrases)


def ends_attributed(text: str, language: Tag) -> bool:
    """Whether somebody speaks, and the last clause or two say who: `We will wait, said Jane Roe, who runs it.`."""
    for comma in list(re.finditer(r"[,،，、]", text))[:-3:-1]:
        head, tail = text[: comma.start()], text[comma.end() :].strip()
        if len(head) < len(tail) or first_person(tail, language) or not first_person(head, language):
            return False
        known = lexicon(language).reporting
        parted = holds(tokens(tail)[:4], stems(known, 5), 5) > 0
        if parted or (dense(tail) and any(key(word) in key(tail) for word in known)):
            return True
    return False
