"""Which line is the title; where none is, which of the article's own words can stand for one."""

from collections.abc import Sequence

from pressfold.ingest.lexicon import tokens
from pressfold.ingest.lines import Line, capitalised, script
from pressfold.ingest.sentences import cut, sentences
from pressfold.language import Tag

LONGEST = 130  # characters of a title made from a sentence
SUMMARY = 280


def choose(candidates: Sequence[Line], body: str) -> Line | None:
    """The candidate that says most of what the body says; an earlier one wins among equals."""
    wanted = script(body)
    stems = {word[:6] for word in tokens(body) if len(word) > 3}

    def score(line: Line, place: int) -> float:
        words = [word[:6] for word in tokens(line.text) if len(word) > 3]
        shared = sum(word in stems for word in words) / len(words) if words else 0.0
        return 2 * shared + min(line.words, 8) / 8 - 0.1 * place

    fitting = [line for line in candidates if 2 <= line.words <= 28 and script(line.text) in ("", wanted)]
    ranked = [(score(line, place), -place, line) for place, line in enumerate(fitting)]
    return max(ranked, key=lambda entry: entry[:2])[2] if ranked else None


def is_title(line: Line) -> bool:
    """Whether a line may be a title although it stands first of all: no sentence, unless it asks or exclaims."""
    return not line.prose or (line.words <= 20 and line.text.rstrip('"”»’ ')[-1:] in "?!؟？！")


def is_name(line: Line) -> bool:
    """Whether the line is a name and no sentence: every word has a capital."""
    return line.words >= 3 and capitalised(line.text) >= 0.7


def bare(text: str) -> str:
    """A title without the site's name that browsers put behind a bar."""
    parts = [part.strip() for part in text.split(" | ")]
    return max(parts, key=lambda part: len(part.split()))


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
    return best


def summarise(
    standfirst: str, paragraphs: Sequence[str], quoted: Sequence[bool], names: Sequence[str], language: Tag
) -> str:
    """The standfirst, else the first whole sentences within 280 characters, else one sentence cut."""
    if len(tokens(standfirst)) >= 6 and len(standfirst) <= SUMMARY:
        return standfirst
    told = [text for text, quote in zip(paragraphs, quoted, strict=True) if not quote and len(tokens(text)) >= 6]
    out = ""
    for sentence in sentences(told[0], language) if told else ():
        if len(out) + len(sentence) + 1 > SUMMARY:
            break
        out = f"{out} {sentence}".strip()
    return out or derive(told, names, language, SUMMARY)
