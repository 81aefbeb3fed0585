"""Names of companies that are ordinary words, and whether the text round them supports that a company is meant."""

import re
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from pressfold.ingest.scripts import capitalised
from pressfold.language import Tag
from pressfold.slug import Slug

_START = re.compile(r"(?:^|[.!?…:؟。]\s*|[\"“„«(\[–—-]\s*)$")
_BEFORE = re.compile(r"(?:شركة|شركتي|مجموعة|شرکت|חברת|חברות|주식회사|कंपनी|บริษัท|株式会社)[ «\"“]{0,2}$")
_BEHIND = re.compile(r"[»\"”」』]?(?:社|公司|集团|集團|グループ|株式会社|그룹| कंपनी)(?!会|會)")


class Naming(msgspec.Struct, frozen=True):
    """One place where a company is named."""

    slug: Slug
    start: int
    end: int
    words: str


def inside_sentence(text: str, at: int) -> bool:
    """Whether no sentence, line or quotation begins at a place."""
    return not _START.search(text[max(0, at - 40) : at])


def shortenings(text: str, short: Sequence[Naming], sure: Sequence[Naming]) -> list[Naming]:
    """Names without their legal form, where the text says the whole name too, and the short one never as a word."""
    named = {naming.slug for naming in sure}
    small = {words: _stands_small(text, words) for words in {n.words for n in short if n.slug in named}}
    return [naming for naming in short if naming.slug in named and not small[naming.words]]


def backed(
    text: str, doubtful: Sequence[Naming], sure: Sequence[Naming], supported: set[Slug], language: Tag
) -> list[Naming]:
    """The doubtful namings that the text supports.

    Without a sure name or support it takes two inside sentences, or one and another that begins a sentence, or three
    in all; and the word must not stand in the text as an ordinary one. In a script without capitals an ordinary word
    stands again and again as well: there it takes the word for company beside it.
    """
    doubtful = [n for n in doubtful if not _inside_a_name(text, n) and not _is_the_thing(text, n, language)]
    named = {naming.slug for naming in sure}
    inner: defaultdict[Slug, int] = defaultdict(int)
    all_: defaultdict[Slug, int] = defaultdict(int)
    for naming in doubtful:
        inner[naming.slug] += inside_sentence(text, naming.start)
        all_[naming.slug] += 1
    called = {n.slug for n in doubtful if _called(text, n)}
    ordinary = {n.slug for n in {n.words: n for n in doubtful}.values() if _stands_small(text, n.words)}

    def counts(naming: Naming) -> bool:
        slug = naming.slug
        if slug in named:
            return True
        if naming.words[:1].islower() == naming.words[:1].isupper():
            return slug in supported or slug in called
        if len(naming.words) <= 2:
            return False
        again = inner[slug] >= 2 or (slug not in ordinary and ((inner[slug] and all_[slug] >= 2) or all_[slug] >= 3))
        return slug in supported or bool(again)

    return [naming for naming in doubtful if counts(naming)]


def _called(text: str, naming: Naming) -> bool:
    """Whether the word for company stands beside a name, in a script without capitals."""
    return bool(_BEFORE.search(text[max(0, naming.start - 8) : naming.start]) or _BEHIND.match(text, naming.end))


def _stands_small(text: str, words: str) -> bool:
    """Whether a name also stands in lower case, as an ordinary word."""
    small = words.lower()
    return small != words and bool(re.search(rf"\b{re.escape(small)}\b", text))


def _is_the_thing(text: str, naming: Naming, language: Tag) -> bool:
    """English puts an article before a river and a forest, not before a company: the Amazon, and ..."""
    return (
        language == "en"
        and bool(re.search(r"\bthe\s$", text[max(0, naming.start - 8) : naming.start]))
        and not re.match(r"(['’]s)?\s[\w]", text[naming.end : naming.end + 8])
    )


def _inside_a_name(text: str, naming: Naming) -> bool:
    """Whether the word ends a longer name (Copley Square): a capital right before it, in the middle of a sentence.

    A line that capitalises all its words says nothing by a capital; nor does a possessive (Bezos's Amazon).
    """
    line = text[max(text.rfind("\n", 0, naming.start) + 1, naming.start - 80) : naming.start]
    match = re.search(r"(\S*)\s([^\W\d_][\w.-]*)\s$", line)
    if not match or not match[2][0].isupper() or match[2].isupper():
        return False
    starts = not match[1] or match[1][-1:] in '.!?…:;"“„«–—-('
    end = text.find("\n", naming.end)
    whole = text[max(text.rfind("\n", 0, naming.start) + 1, naming.start - 300) : end if end >= 0 else None][:600]
    return not starts and capitalised(whole) < 0.6
