"""Where a text names companies, in any script: Aho-Corasick over folded text (`folded`), boundaries by script (`edges`).

A name that is an ordinary word (`doubtful`) counts only where it has a capital, stands in none of the phrases that mean
something else, and is supported: by a sure name of the company, a product, a person, or by being named again inside
sentences. In a text of another script a Latin name is no ordinary word.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from pressfold.company import Company
from pressfold.ingest.doubtful import Naming, backed, inside_sentence, shortenings
from pressfold.ingest.edges import stands_alone
from pressfold.ingest.folded import flatten, fold
from pressfold.ingest.lexicon import lexicon
from pressfold.ingest.marks import short
from pressfold.ingest.scripts import script
from pressfold.language import Tag
from pressfold.registry import outlets
from pressfold.slug import Slug

_VOWELS = frozenset("aeoаяе")  # Slavic languages replace the last vowel of a name: Googlu, Nokii, Теслы
_NAMES = ("name", "doubtful", "stem")


class _Pattern(msgspec.Struct, frozen=True, gc=False):
    slug: Slug
    kind: str  # name, doubtful, short (without its legal form), stem (without its last vowel), support, other
    alias: str


_Hit = tuple[int, int, tuple[_Pattern, ...]]


def _compared(names: Iterable[str]) -> dict[str, str]:
    """Each name as it is compared; folded as one text, for one by one takes twice as long."""
    listed = list(names)
    lines = flatten("\n".join(" ".join(name.split()) for name in listed)).split("\n")
    return {name: " ".join(words.split()) for name, words in zip(listed, lines, strict=True)}


class Namer:
    """Finds the companies of a registry. Building it takes a moment; finding is linear in the text."""

    def __init__(self, registry: Mapping[Slug, Company]) -> None:
        import ahocorasick

        companies = registry.values()
        shorts = {
            one.slug: said for one in companies if (said := short(one.name)) not in ("", *one.aliases, *one.doubtful)
        }
        listed = {name for one in companies for name in (*one.aliases, *one.doubtful, *one.vetoes, *one.support)}
        compared = _compared([*listed, *shorts.values(), *outlets()])
        patterns: defaultdict[str, list[_Pattern]] = defaultdict(list)
        names = {compared[name] for company in companies for name in (*company.aliases, *company.doubtful)}
        for company in companies:
            kinds = (("name", company.aliases), ("doubtful", company.doubtful), ("other", company.vetoes))
            for kind, called in kinds:
                for name in called:
                    patterns[compared[name]].append(_Pattern(company.slug, kind, name))
            for name in company.support:
                if compared[name] not in names:  # another company does not prove that this one is meant
                    patterns[compared[name]].append(_Pattern(company.slug, "support", name))
            for name in company.aliases:
                if len(name) >= 5 and compared[name][-1:] in _VOWELS and " " not in name:
                    patterns[compared[name][:-1]].append(_Pattern(company.slug, "stem", name))
        for slug, name in shorts.items():
            patterns[compared[name]].append(_Pattern(slug, "short", name))
        for name in outlets():
            patterns[compared[name]].append(_Pattern(Slug(""), "other", name))
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
        shortened: list[Naming] = []
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
                elif pattern.kind == "short" and _is_capital(words, pattern.alias):
                    shortened.append(naming)
        supported = {pattern.slug for _, _, patterns in hits for pattern in patterns if pattern.kind == "support"}
        doubtful += shortenings(text, shortened, sure)
        found = [*sure, *backed(text, doubtful, sure, supported, language)]
        return sorted(found, key=lambda naming: naming.start)

    def scents(self, text: str) -> bool:
        """Whether a name of a company may stand in the text: it does, but for the letters beside it and what it means there."""
        found = self._automaton.iter(flatten(text))
        return any(pattern.kind in _NAMES for _, (_, patterns) in found for pattern in patterns)

    def known(self, text: str, language: Tag) -> list[tuple[int, int]]:
        """Every place where anything stands that the lists know: a company, surely or not, its people, an outlet."""
        folded, places = fold(text)
        hits = self._hits(folded, language)
        whole = [(start, end) for start, end, patterns in hits if any(pattern.kind != "short" for pattern in patterns)]
        return sorted((places[start], places[end - 1] + 1) for start, end in whole)

    def _hits(self, folded: str, language: Tag) -> list[_Hit]:
        found = []
        suffixes = frozenset(lexicon(language).suffixes)
        for last, (length, patterns) in self._automaton.iter(folded):
            start, end = last + 1 - length, last + 1
            if not stands_alone(folded, start, end, language, suffixes):
                continue
            ended = not re.match(r"[^\W_]", folded[end : end + 1])
            kept = tuple(pattern for pattern in patterns if pattern.kind != "stem" or not ended)
            if kept:
                found.append((start, end, kept))
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
    return listed_lower and text[start].isupper() and inside_sentence(text, start)


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
