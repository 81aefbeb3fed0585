"""Which paragraphs of an article are in another language than the article: only where the evidence is strong."""

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from pressfold.ingest.identify import identify
from pressfold.ingest.lexicon import tokens
from pressfold.ingest.lines import size
from pressfold.ingest.scripts import script
from pressfold.ingest.title import same_script
from pressfold.language import Tag, base
from pressfold.markup import Block

FEWEST = 8  # words, below which nothing is said of a paragraph's language
_SURE = 0.9  # of the identifier, in a script that is not the article's
_SURER = 0.99  # in the article's own script, where neighbouring languages are mixed up
_HALF = 6  # words from which each half of a paragraph must be of the same language as the whole
_KNOWN = (
    0.35  # the share of its short words that the rest of the article uses too, from which it is in one language with it
)


def mark(blocks: tuple[Block, ...], language: Tag, languages: Sequence[Tag]) -> tuple[Block, ...]:
    """The blocks, those in another language marked with it."""
    short = [Counter(word for word in tokens(block.text) if len(word) <= 4) for block in blocks]
    everywhere = sum(short, Counter[str]())
    usual = script(" ".join(block.text for block in blocks))
    found = []
    for block, own in zip(blocks, short, strict=True):
        shared = sum(everywhere[word] > own[word] for word in own)
        strange = not same_script(script(block.text), usual) or shared < _KNOWN * len(own)
        tongue = _tongue(block.text, usual, language, languages) if strange and _may_be(block) else ""
        found.append(replace(block, lang=tongue) if tongue else block)
    return tuple(found)


def _may_be(block: Block) -> bool:
    kinds = ("paragraph", "quote")
    return block.kind in kinds and size(block.text) >= FEWEST


def _tongue(text: str, usual: str, language: Tag, languages: Sequence[Tag]) -> Tag | str:
    """The language of a strange paragraph; empty where it is the article's, or in doubt."""
    tongue, probability = identify(text, languages)
    if base(tongue) == base(language):
        return ""
    if not same_script(script(text), usual):
        return tongue if probability >= _SURE else ""
    words = text.split()
    half = len(words) // 2
    agreed = half >= _HALF and all(
        identify(" ".join(part), languages)[0] == tongue for part in (words[:half], words[half:])
    )
    return tongue if agreed and probability >= _SURER else ""
