"""Sentences of running text, and a sentence cut where it can be cut without saying something else."""

import re

from pressfold.ingest.lexicon import lexicon
from pressfold.language import Tag

_CLOSING = "\"'”’»«“)]』」›‹"
_END = re.compile(
    rf"((?<![.!?…؟۔।॥])[.!?…؟۔।॥]+[{re.escape(_CLOSING)}]*(?:\s[”»])?)\s+|([。！？]+[{re.escape(_CLOSING)}]*)"
)
_CLAUSE = re.compile(r"[,;:،؛、，；]|\s[–—-](?=\s)|[)”»](?=\s)")


def sentences(text: str, language: Tag) -> list[str]:
    """The sentences of a paragraph, whole and in order."""
    short = lexicon(language).abbreviations
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        head, behind = text[start : match.end()].rstrip(), text[match.end() : match.end() + 1]
        if match[1] and (behind.islower() or _abbreviated(head, short)):
            continue
        found.append(head)
        start = match.end()
    if text[start:].strip():
        found.append(text[start:].strip())
    return found


def _abbreviated(head: str, short: tuple[str, ...]) -> bool:
    folded = head.casefold()
    last = folded.rsplit(None, 1)[-1].lstrip("(\"'“„«")
    return (
        any(folded.endswith((" " + mark, "(" + mark)) or folded == mark for mark in short)
        or bool(re.fullmatch(r"\d{1,2}\.", last))
        or (bool(re.fullmatch(r"(?:\w\.)+", last)) and last[0].isalpha() and not re.search("[\u3040-\u9fff]", last))
    )


def cut(sentence: str, longest: int, shortest: int = 40) -> tuple[str, float]:
    """The sentence within `longest` characters, and the share of it that was lost (0: it is whole).

    It ends at the last clause mark after `shortest` characters, else at a word; an ellipsis says that it was cut.
    """
    text = sentence.strip()
    if len(text) <= longest:
        return text, 0.0
    room = text[: longest - 1]
    marks = [match for match in _CLAUSE.finditer(room) if match.start() >= shortest]
    if marks:
        last = marks[-1]
        kept = room[: last.end() if last[0] in ")”»" else last.start()]
    else:
        kept = room.rpartition(" ")[0] if " " in room[shortest:] else room
    kept = kept.rstrip(" ,;:،؛、，；–—-")
    return kept + "…", 1 - len(kept) / len(text)
