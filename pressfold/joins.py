"""Stories that would be told as one if they came today, but are not: proposals, with reasons, for an editor to judge.

An editor's own story keeps its name, and two of them are never joined.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, product

import msgspec

from pressfold.apart import Apart, pair
from pressfold.shelf import TELLINGS, Shelf
from pressfold.slug import Slug
from pressfold.story import Evidence, compare
from pressfold.told import Told, near


class Group(msgspec.Struct, frozen=True):
    """Articles of one story, or one without any; `kept` where the story's name is an editor's."""

    name: Slug
    tellings: tuple[Told, ...]
    kept: bool

    @property
    def first(self) -> Told:
        """The article that has been in the digest the longest."""
        return min(self.tellings, key=lambda told: (told.joined, told.day, told.path))


class Join(msgspec.Struct, frozen=True):
    """Groups that tell one story: how sure that is, from 0 to 1, and why."""

    groups: tuple[Group, ...]
    confidence: float
    reasons: tuple[str, ...]

    @property
    def story(self) -> Slug:
        """The name that they would share: an editor's, else that of the article that has been here the longest."""
        return min(self.groups, key=lambda group: (not group.kept, group.first.joined, group.first.path)).name

    @property
    def tellings(self) -> list[Told]:
        """All articles, the longest in the digest first."""
        every = [told for group in self.groups for told in group.tellings]
        return sorted(every, key=lambda told: (told.joined, told.day, told.path))

    @property
    def changed(self) -> list[Told]:
        """The articles that would get another story."""
        return [told for told in self.tellings if told.story != self.story]

    @property
    def apart(self) -> list[tuple[Slug, Slug]]:
        """What keeps the groups apart when an editor refuses: an article of each, two by two."""
        return [pair(one.first.slug, other.first.slug) for one, other in combinations(self.groups, 2)]


Key = str  # of a group: its story, or the path of an article without any
Pair = tuple[Key, Key]


def joins(shelf: Shelf, edited: Callable[[Told], bool], apart: Apart) -> list[Join]:
    """What could be joined, the most sure first. `edited` says whether an editor gave an article its story."""
    found: dict[Pair, Evidence] = {}
    groups: dict[Key, Group] = {}
    refused = {frozenset(map(_key, shelf.of_slugs(slugs))) for slugs in apart.pairs}
    for one, other in sorted(_likely(shelf)):
        for key in (one, other):
            groups.setdefault(key, _group(shelf, key, edited))
        evidence = _evidence(groups[one], groups[other])
        if evidence and {one, other} not in refused:
            found[one, other] = evidence
    return [_join(cluster, groups, found) for cluster in _clusters(found, groups, refused)]


def _key(told: Told) -> Key:
    return told.story or told.path


def _likely(shelf: Shelf) -> set[Pair]:
    """The groups of which two articles tell the same."""
    likely: set[Pair] = set()
    for told in shelf:
        for other in shelf.candidates(told):
            one, two = sorted((_key(told), _key(other)))
            if one != two and (one, two) not in likely and compare(told.print, other.print):
                likely.add((one, two))
    return likely


def _group(shelf: Shelf, key: Key, edited: Callable[[Told], bool]) -> Group:
    tellings = shelf.tellings(Slug(key)) or shelf.at(key)
    kept = any(told.story and edited(told) for told in tellings)
    return Group(tellings[0].story or tellings[0].slug, tuple(tellings), kept)


def _evidence(one: Group, other: Group) -> Evidence | None:
    """The best evidence that two groups tell one story, where at least half of their tellings agree."""
    if one.kept and other.kept:
        return None
    pairs = [*product(one.tellings[:TELLINGS], other.tellings[:TELLINGS])]
    agree = [compare(a.print, b.print) if near(a.day, b.day) else None for a, b in pairs]
    known = [evidence for evidence in agree if evidence]
    return max(known) if known and 2 * len(known) >= len(pairs) else None


def _clusters(
    found: dict[Pair, Evidence], groups: dict[Key, Group], refused: Iterable[frozenset[Key]]
) -> Iterator[frozenset[Key]]:
    """Groups of groups: two are put together when at least half of their pairs are."""
    cluster = {key: frozenset((key,)) for pair_ in found for key in pair_}
    apart = {frozenset(keys) for keys in refused}
    for one, other in sorted(found, key=lambda pair_: (-found[pair_].confidence, pair_)):
        left, right = cluster[one], cluster[other]
        pairs = [tuple(sorted(keys)) for keys in product(left, right)]
        agree = sum(keys in found for keys in pairs)
        kept = any(groups[key].kept for key in left) and any(groups[key].kept for key in right)
        if left is right or kept or 2 * agree < len(pairs) or any(frozenset(keys) in apart for keys in pairs):
            continue
        for key in left | right:
            cluster[key] = left | right
    yield from sorted({keys for keys in cluster.values() if len(keys) > 1}, key=sorted)


def _join(keys: frozenset[Key], groups: dict[Key, Group], found: dict[Pair, Evidence]) -> Join:
    """The join of a cluster, as sure as the least sure of its groups."""
    inside = {pair_: evidence for pair_, evidence in found.items() if keys >= {*pair_}}
    best = [max(evidence for pair_, evidence in inside.items() if key in pair_) for key in sorted(keys)]
    weakest = min(best)
    reasons = tuple(dict.fromkeys(evidence.reasons for evidence in sorted(best, reverse=True)))
    return Join(tuple(groups[key] for key in sorted(keys)), round(weakest.confidence, 2), reasons)
