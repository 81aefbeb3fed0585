"""Which story a newcomer tells again, and why. No translation: numbers and names are alike in all languages.

All measures are fixed: a collection's own frequencies would make old decisions drift as it grows. The figures below were
set on tests/stories/, and lean to precision: a missed join costs a line of an editor's, a false one misleads a reader.
"""

from collections import Counter
from collections.abc import Iterable

import msgspec

from pressfold.fingerprint import Print, skeleton
from pressfold.moment import Day
from pressfold.slug import Slug

WINDOW = 10  # days that may lie between two tellings when both dates are known
MANY = 4  # from so many numbers on both sides they decide: sequels share people and places, not figures
AGREE = 0.6  # share of the numbers (of the text with fewer) that must agree
TOTAL = 20.0  # what the shared features must weigh
NAMES, ALIKE = 12, 0.55  # without numbers: how many names must be shared, and what share of the smaller set
FEW_NAMES = 6  # the same, where the few numbers all agree
SHARED, JACCARD = 3, 0.2  # wording: what the sketches of two copies must share
COPY = 0.5  # the same, where no company is shared: two firms' reports can come from one template
_STRONG = 30.0  # below it the evidence is weak, and the join is for a person to confirm
_WEIGHTS = {"number": 4.0, "name": 3.0, "sound": 2.5, "company": 2.0}


class Told(msgspec.Struct, frozen=True):
    """An article that is in the digest already, as far as a newcomer is compared with it."""

    id: str
    story: Slug
    date: Day | None
    print: Print


class Match(msgspec.Struct, frozen=True):
    """The story that a newcomer tells again, and the reasons in words."""

    story: Slug
    reasons: str
    weak: bool


class Shelf:
    """The told articles, found again by their companies and by their wording, so that not all are compared with all."""

    def __init__(self, told: Iterable[Told] = ()) -> None:
        self._told: dict[str, Told] = {}
        self._sizes: Counter[Slug] = Counter()
        self._by_company: dict[str, set[str]] = {}
        self._by_wording: dict[tuple[str, int], set[str]] = {}
        for one in told:
            self.add(one)

    def add(self, told: Told) -> None:
        """Put an article on the shelf, or put it back with its new print."""
        self._sizes[told.story] += 1
        if told.id in self._told:
            self._sizes[self._told[told.id].story] -= 1
        self._told[told.id] = told
        for company in told.print.companies:
            self._by_company.setdefault(company, set()).add(told.id)
        for run in told.print.sketch:
            self._by_wording.setdefault((told.print.lang, run), set()).add(told.id)

    def match(self, newcomer: str, print_: Print, date: Day | None) -> Match | None:
        """The story that a newcomer (by its id) tells again; None where the evidence does not reach.

        A story of several tellings takes it only when at least half of them agree: else chains would grow.
        """
        found: dict[Slug, list[tuple[float, str]]] = {}
        for other in sorted(self._candidates(print_) - {newcomer}):
            told = self._told[other]
            evidence = compare(print_, told.print) if _near(date, told.date) else None
            if evidence:
                found.setdefault(told.story, []).append(evidence)
        own = self._told[newcomer].story if newcomer in self._told else None
        agree = {story: all_ for story, all_ in found.items() if 2 * len(all_) >= self._sizes[story] - (story == own)}
        ranked = sorted((max(all_), story) for story, all_ in agree.items())
        if not ranked:
            return None
        (total, reasons), story = ranked[-1]
        return Match(story, reasons, weak=total < _STRONG)

    def _candidates(self, print_: Print) -> set[str]:
        alike = Counter(other for run in print_.sketch for other in self._by_wording.get((print_.lang, run), ()))
        same = {other for company in print_.companies for other in self._by_company.get(company, ())}
        return same | {other for other, shared in alike.items() if shared >= SHARED}


def _near(one: Day | None, other: Day | None) -> bool:
    if one is None or other is None:
        return True
    return abs(one.toordinal() - other.toordinal()) <= WINDOW


def compare(one: Print, other: Print) -> tuple[float, str] | None:
    """(weight, reasons) when two prints tell the same story."""
    related = bool({*one.companies[:1]} & {*other.companies} or {*other.companies[:1]} & {*one.companies})
    if not related and one.lang != other.lang:
        return None
    common = {kind: sorted(set(one.features[kind]) & set(other.features[kind])) for kind in _WEIGHTS}
    figures = min(len(one.features["number"]), len(other.features["number"]))
    agree = len(common["number"]) / figures if figures else 0.0
    if figures >= MANY and agree < AGREE:
        return None
    called = min(len(one.features["name"]), len(other.features["name"]))
    copied = _copied(one, other, related=related, named=2 * len(common["name"]) >= called)
    if copied:
        return 100.0, f"{copied} % of its wording"
    if not related:
        return None
    common = _evidence(one, other, common)
    total = sum(_weight(kind, feature) for kind, features in common.items() for feature in features)
    names = len(common["name"]) + len(common["sound"])
    if figures >= MANY:
        told = (len(common["number"]) >= 3 and total >= TOTAL) or (len(common["number"]) >= 4 and names >= 2)
    elif len(common["number"]) >= 2 and agree >= AGREE:
        told = total >= TOTAL
    else:
        fewest = FEW_NAMES if agree == 1.0 else NAMES
        told = len(common["name"]) >= fewest and len(common["name"]) >= ALIKE * called
    return (total, _reasons(one, common)) if told else None


def _copied(one: Print, other: Print, *, related: bool, named: bool) -> int:
    """The share of wording in common, in percent, of two copies in one language; 0 where they are none."""
    if one.lang != other.lang or not (related or named):
        return 0
    shared = len(set(one.sketch) & set(other.sketch))
    either = len(set(one.sketch) | set(other.sketch))
    enough = shared >= SHARED and shared >= (JACCARD if related else COPY) * either
    return round(100 * shared / either) if enough else 0


def _evidence(one: Print, other: Print, common: dict[str, list[str]]) -> dict[str, list[str]]:
    """The shared features that say something beyond the company: each name once, by letters or by sound."""
    main = {*one.companies[:1], *other.companies[:1]}
    known = {skeleton(side.spelled[stem]) for stem in common["name"] for side in (one, other)}
    return {
        **common,
        "company": [slug for slug in common["company"] if slug not in main],
        "sound": [bones for bones in common["sound"] if bones not in known],
    }


def _weight(kind: str, feature: str) -> float:
    if kind == "number":
        return _WEIGHTS[kind] * (1.0 if len(feature) > 2 else 0.75)
    if kind == "name" and len(feature) <= 4:
        return 1.0  # ICE, DHS, WIRED's kin: agencies and acronyms of a running topic
    return _WEIGHTS[kind]


def _reasons(one: Print, common: dict[str, list[str]]) -> str:
    names = [one.spelled[stem] for stem in common["name"]][:8]
    sounds = common["sound"][: 8 - len(names)]
    parts = [("numbers", common["number"]), ("names", names), ("names by their sound", sounds)]
    return "; ".join(f"{what} {', '.join(shared)}" for what, shared in parts if shared)
