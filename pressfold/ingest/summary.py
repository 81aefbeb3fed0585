"""Words of the article itself that can stand for its title, where no line does, and for its summary."""

import re
from collections.abc import Sequence

from pressfold.ingest.lexicon import key
from pressfold.ingest.lines import size
from pressfold.ingest.sentences import cut, sentences
from pressfold.language import Tag

TITLE = 130  # characters of a title made from a sentence
LONGEST = 280  # characters of a summary


def derive(paragraphs: Sequence[str], names: Sequence[str], language: Tag, longest: int) -> str:
    """Words of the article itself: of the sentences that open its first two paragraphs, the one that is cut the least.

    A cut changes what a sentence says, so the lede gives way to a second paragraph that names the company and
    survives the cut better. `names` are the ways in which the text names its main company.
    """
    best, least = "", 9.0
    for place, paragraph in enumerate(paragraphs[:2]):
        opening = next(iter(sentences(paragraph, language)), "")
        kept, lost = cut(opening, longest)
        if len(kept) < 20 and place == 0:
            kept, lost = cut(paragraph, longest)
        if place and names and not any(name in kept for name in names):
            continue
        cost = lost + (0.2 if place else 0.0)
        if len(kept) >= 20 and cost < least:
            best, least = kept, cost
    # A title ends open; what follows a single letter belongs to an abbreviation.
    return re.sub(r"(?<=\w\w)[.。۔]$", "", best) if longest == TITLE else best


_DATELINE = re.compile(
    r"^(?:[A-ZÀ-Ž][\w .'/-]{1,40}(?:\([\w ./-]{2,24}\)|, [^–—]{0,40})?|[\w ]{2,16})\s?[–—-]{1,2}\s+(?=[^\W_a-zß-ÿ])"
)


def standfirst(text: str, heading: str) -> str:
    """The text's own standfirst, where it can stand for a summary; empty where it cannot."""
    return text if size(text) >= 6 and len(text) <= LONGEST and key(text) != key(heading) else ""


def summarise(
    paragraphs: Sequence[str],
    quoted: Sequence[bool],
    names: Sequence[str],
    language: Tag,
    heading: str = "",
) -> str:
    """The first whole sentences within 280 characters, else one sentence cut.

    Of the first two paragraphs the second is taken where the first does not name the company and it does.
    """
    told = [
        _DATELINE.sub("", text) for text, quote in zip(paragraphs, quoted, strict=True) if not quote and size(text) >= 6
    ]
    told = [text for text in told if key(text) != key(heading)]
    if (
        len(told) > 1
        and names
        and not any(name in told[0] for name in names)
        and any(name in told[1] for name in names)
    ):
        told = told[1:] if size(told[0]) < 20 else told
    out = ""
    for sentence in sentences(told[0], language) if told else ():
        if len(out) + len(sentence) + 1 > LONGEST:
            break
        out = f"{out} {sentence}".strip()
    return out or derive(told, names, language, LONGEST)
