"""Where a text names companies, in any script: Aho-Corasick over folded text, boundaries by the script of the match.

A name that is an ordinary word counts only where it has a capital, stands in none of the phrases that mean something
else, and is supported: by a sure name of the company, a product, a person, or by being named again inside sentences. In
a text of another script a Latin name is no ordinary word.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from pressfold.company import Company
from pressfold.ingest.lexicon import lexicon
from pressfold.ingest.lines import capitalised, script
from pressfold.language import Tag
from pressfold.registry import outlets
from pressfold.slug import Slug

_DROPPED = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u093c]")
_UNIFIED = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ۀ": "ه", "’": "'", "\u200c": " "}
)
_ARABIC_BEFORE = re.compile(r"(?:^|[^\w])[وف]?(?:[بكل]?(?:ال)?|لل)$")
_HEBREW_BEFORE = re.compile(r"(?:^|[^\w])[והבלמשכ]{0,3}$")
_ANY_SUFFIX = frozenset({"hu", "tr", "fi", "et"})  # languages that pile endings up
_VOWELS = frozenset("aeoаяе")  # Slavic languages replace the last vowel of a name: Googlu, Nokii, Теслы
_START = re.compile(r"(?:^|[.!?…:؟。]\s*|[\"“„«(\[–—-]\s*)$")


class Naming(msgspec.Struct, frozen=True):
    """One place where a company is named."""

    slug: Slug
    start: int
    end: int
    words: str


_NAMES = ("name", "doubtful", "stem")


class _Pattern(msgspec.Struct, frozen=True):
    slug: Slug
    kind: str  # name, doubtful, stem (a name without its last vowel), support, other
    alias: str


_Hit = tuple[int, int, tuple[_Pattern, ...]]


class _Folds(dict[str, str]):
    """How each character is compared; reckoned once."""

    def __missing__(self, ch: str) -> str:
        folded = _DROPPED.sub("", unicodedata.normalize("NFKC", ch).casefold().translate(_UNIFIED))
        if len(self) < _MANY:
            self[ch] = folded
        return folded


_MANY = 20_000  # characters: more than any press uses
_FOLDS = _Folds()


def fold(text: str) -> tuple[str, Sequence[int]]:
    """The text as names are compared, and for each of its characters the place it came from."""
    parts = [_FOLDS[ch] for ch in text]
    folded = "".join(parts)
    if len(folded) == len(text) and all(parts):
        return folded, range(len(text) + 1)  # none was dropped, so none became two
    places = [place for place, part in enumerate(parts) for _ in part]
    return folded, [*places, len(text)]


def _folded(name: str) -> str:
    return " ".join(fold(name)[0].split())


class Namer:
    """Finds the companies of a registry. Building it takes a moment; finding is linear in the text."""

    def __init__(self, registry: Mapping[Slug, Company]) -> None:
        import ahocorasick

        patterns: defaultdict[str, list[_Pattern]] = defaultdict(list)
        names = {_folded(name) for company in registry.values() for name in (*company.aliases, *company.doubtful)}
        for company in registry.values():
            for kind, listed in (("name", company.aliases), ("doubtful", company.doubtful), ("other", company.vetoes)):
                for name in listed:
                    patterns[_folded(name)].append(_Pattern(company.slug, kind, name))
            for name in company.support:
                if _folded(name) not in names:  # another company does not prove that this one is meant
                    patterns[_folded(name)].append(_Pattern(company.slug, "support", name))
            for name in company.aliases:
                if len(name) >= 5 and _folded(name)[-1:] in _VOWELS and " " not in name:
                    patterns[_folded(name)[:-1]].append(_Pattern(company.slug, "stem", name))
        for name in outlets():
            patterns[_folded(name)].append(_Pattern(Slug(""), "other", name))
        self._automaton: Any = ahocorasick.Automaton()
        for words, found in patterns.items():
            if words:
                self._automaton.add_word(words, (len(words), tuple(found)))
        self._automaton.make_automaton()

    def find(self, text: str, language: Tag) -> list[Naming]:
        """Every place where a company is surely named, in order."""
        folded, places = fold(text)
        hits = _unveiled([hit for hit in self._hits(folded, language) if not _other_case(text, places, hit)])
        latin = script(text) in ("LATIN", "")
        sure: list[Naming] = []
        doubtful: list[Naming] = []
        for start, end, patterns in self._longest(hits):
            words = text[places[start] : places[end - 1] + 1]
            for pattern in patterns:
                naming = Naming(pattern.slug, places[start], places[end - 1] + 1, words)
                foreign = not latin and words.isascii() and len(words) > 2 and words[:1].isupper()
                foreign = foreign or (len(words) >= 3 and words.isupper() and not _shouted(text, naming))
                if (pattern.kind in ("name", "stem") and _is_sure(pattern.alias, words)) or (
                    pattern.kind == "doubtful" and foreign
                ):
                    sure.append(naming)
                elif pattern.kind in ("name", "doubtful") and _is_capital(words, pattern.alias):
                    doubtful.append(naming)
        supported = {pattern.slug for _, _, patterns in hits for pattern in patterns if pattern.kind == "support"}
        return sorted([*sure, *_backed(text, doubtful, sure, supported, language)], key=lambda naming: naming.start)

    def scents(self, text: str) -> bool:
        """Whether a name of a company may stand in the text: it does, but for the letters beside it and what it means there."""
        found = self._automaton.iter(fold(text)[0])
        return any(pattern.kind in _NAMES for _, (_, patterns) in found for pattern in patterns)

    def known(self, text: str, language: Tag) -> list[tuple[int, int]]:
        """Every place where anything stands that the lists know: a company, surely or not, its people, an outlet."""
        folded, places = fold(text)
        return sorted((places[start], places[end - 1] + 1) for start, end, _ in self._hits(folded, language))

    def _hits(self, folded: str, language: Tag) -> list[_Hit]:
        found = []
        suffixes = frozenset(lexicon(language).suffixes)
        for last, (length, patterns) in self._automaton.iter(folded):
            start = last + 1 - length
            end = _end(folded, start, last + 1, language, suffixes)
            ended = end and not re.match(r"[^\W_]", folded[end : end + 1])
            kept = tuple(pattern for pattern in patterns if end and (pattern.kind != "stem" or not ended))
            if kept:
                found.append((start, last + 1, kept))
        return found

    @staticmethod
    def _longest(hits: Iterable[_Hit]) -> list[_Hit]:
        """Of hits within each other the longest."""
        kept: list[_Hit] = []
        reach = -1
        for hit in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            if hit[0] >= reach and any(p.kind != "support" for p in hit[2]):
                kept.append(hit)
                reach = hit[1]
        return kept


def _end(folded: str, start: int, end: int, language: Tag, suffixes: frozenset[str]) -> int:
    """Whether the match is a word of its own, by the rules of its script; 0 where it is not."""
    first = unicodedata.name(folded[start], "").split(" ")[0]
    before, behind = folded[max(0, start - 6) : start], folded[end : end + 12]
    if first in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI"):
        return (
            end
            if first not in ("KATAKANA", "HANGUL")
            or not before[-1:]
            or unicodedata.name(before[-1], "").split(" ")[0] != first
            else 0
        )
    tail = re.match(r"[^\W_]*", behind)
    rest = tail[0] if tail else ""
    if first == "ARABIC":
        return end if not rest and _ARABIC_BEFORE.search(before) else 0
    if first == "HEBREW":
        return end if not rest and _HEBREW_BEFORE.search(before) else 0
    attached = before[-1:]
    if (
        (attached.isalnum() and unicodedata.name(attached, "").split(" ")[0] == first)
        or attached == "_"
        or attached.isdigit()
    ):
        return 0
    if not rest or (
        not rest[0].isascii() and first == "LATIN" and unicodedata.name(rest[0], "").split(" ")[0] != "LATIN"
    ):
        return end  # a word of another script follows at once: 微软的, Amazon에서
    if end - start < 3:
        return 0
    if rest in suffixes or (
        language in _ANY_SUFFIX and end - start >= 4 and len(rest) <= 6 and _some_suffix(rest, suffixes)
    ):
        return end
    return 0


def _some_suffix(rest: str, suffixes: frozenset[str]) -> bool:
    return any(rest.startswith(suffix) for suffix in suffixes if len(suffix) > 1)


def _shouted(text: str, naming: Naming) -> bool:
    """Whether the line round a word in capitals is in capitals as well."""
    start = max(text.rfind("\n", 0, naming.start) + 1, naming.start - 200)
    letters = [ch for ch in text[start : naming.end + 200].partition("\n")[0] if ch.isupper() or ch.islower()]
    return sum(ch.isupper() for ch in letters) > 0.6 * len(letters)


def _is_sure(alias: str, words: str) -> bool:
    """Short names in capitals must stand in capitals; two letters are never enough by themselves."""
    letters = [ch for ch in alias if ch.isalpha()]
    if len(alias) <= 2 and alias.isascii():
        return False
    if len(letters) <= 5 and alias.isascii() and alias.isupper():
        return words[: len(alias)] == alias
    cased = [ch for ch in words if ch.isupper() or ch.islower()]
    return not cased or not letters or not letters[0].isupper() or any(ch.isupper() for ch in words)


def _is_capital(words: str, alias: str) -> bool:
    if len(alias) <= 2:
        return words[: len(alias)] == alias
    return not words[:1].islower()


def _other_case(text: str, places: Sequence[int], hit: _Hit) -> bool:
    """Whether a phrase listed in lower case (target for) stands with a capital inside a sentence, and so is a name there."""
    start = places[hit[0]]
    listed_lower = all(pattern.kind == "other" and pattern.alias[:1].islower() for pattern in hit[2])
    return listed_lower and text[start].isupper() and not _START.search(text[max(0, start - 40) : start])


def _unveiled(hits: list[_Hit]) -> list[_Hit]:
    """The hits that stand inside no longer phrase that means something else."""
    veils = sorted((start, end) for start, end, patterns in hits if any(p.kind == "other" for p in patterns))
    kept: list[_Hit] = []
    at, widest = 0, (0, 0)
    for hit in sorted(hits, key=lambda hit: hit[:2]):
        while at < len(veils) and veils[at][0] <= hit[0]:
            widest = max(widest, veils[at], key=lambda veil: veil[1])
            at += 1
        covered = widest[1] >= hit[1] and widest[1] - widest[0] > hit[1] - hit[0]
        if not covered:
            kept.append(hit)
    return kept


def _backed(
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
        inner[naming.slug] += not _START.search(text[max(0, naming.start - 40) : naming.start])
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


_BEFORE = re.compile(r"(?:شركة|شركتي|شرکت|חברת|חברות|주식회사|कंपनी|บริษัท|株式会社)[ «\"“]{0,2}$")
_BEHIND = re.compile(r"[»\"”」』]?(?:社|公司|集团|集團|グループ|株式会社|그룹| कंपनी)(?!会|會)")


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
