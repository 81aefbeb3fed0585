"""Whether two articles tell one story, how sure that is, and why. No translation: numbers and names are alike everywhere.

All measures are fixed: a collection's own frequencies would make old decisions drift as it grows. The figures below were
set on tests/stories/, and lean to precision: a missed join costs a line of an editor's, a false one misleads a reader.
"""

import msgspec

from pressfold.prints import Print, skeleton
from pressfold.slug import Slug

WINDOW = 10  # days that may lie between two tellings when both dates are known
SURE = 0.75  # below it a join is for a person to confirm
MANY = 4  # from so many numbers on both sides they decide: sequels share people and places, not figures
AGREE = 0.6  # share of the numbers (of the text with fewer) that must agree
RARE = 3  # of four numbers or more: so many that are none of two digits need no names beside them
TOTAL = 20.0  # what the shared features must weigh
NAMES, ALIKE = 12, 0.55  # without numbers: how many names must be shared, and what share of the smaller set
FEW_NAMES = 6  # the same, where the few numbers all agree
SHARED, JACCARD = 3, 0.2  # wording: what the sketches of two copies must share
COPY = 0.5  # the same, where no company is shared: two firms' reports can come from one template
_HALVES = 15.0  # so much weight of shared features halves the doubt
_WEIGHTS = {"number": 4.0, "name": 3.0, "sound": 2.5, "company": 2.0}


class Evidence(msgspec.Struct, frozen=True, order=True):
    """That two articles tell one story: how sure that is, from 0 to 1, and the reasons in words."""

    confidence: float
    reasons: str


class Match(msgspec.Struct, frozen=True):
    """The story that a newcomer tells again, how sure that is, from 0 to 1, and the reasons in words."""

    story: Slug
    confidence: float
    reasons: str

    @property
    def weak(self) -> bool:
        """Whether it is for a person to confirm."""
        return self.confidence < SURE


def compare(one: Print, other: Print) -> Evidence | None:
    """The evidence that two prints tell one story; None where it does not reach."""
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
        return Evidence(0.9 + copied / 10, f"{copied:.0%} of its wording")
    if not related:
        return None
    common = _evidence(one, other, common)
    total = sum(_weight(kind, feature) for kind, features in common.items() for feature in features)
    names = len(common["name"]) + len(common["sound"])
    if figures >= MANY:
        rare = sum(_weight("number", number) == _WEIGHTS["number"] for number in common["number"])
        borne_out = names >= 2 or rare >= RARE  # Chinese names are like none in another script
        told = (len(common["number"]) >= 3 and total >= TOTAL) or (len(common["number"]) >= MANY and borne_out)
    elif len(common["number"]) >= 2 and agree >= AGREE:
        told = total >= TOTAL
    else:
        fewest = FEW_NAMES if agree == 1.0 else NAMES
        told = len(common["name"]) >= fewest and len(common["name"]) >= ALIKE * called
    return Evidence(1 - 0.5 ** (total / _HALVES), _reasons(one, common)) if told else None


def wording(one: Print, other: Print) -> tuple[int, float]:
    """(how many runs of words two prints share, what share that is of those that either has)."""
    shared = len(set(one.sketch) & set(other.sketch))
    return shared, shared / (len(one.sketch) + len(other.sketch) - shared) if shared else 0.0


def _copied(one: Print, other: Print, *, related: bool, named: bool) -> float:
    """The share of wording that two copies in one language have in common; 0 where they are none."""
    if one.lang != other.lang or not (related or named):
        return 0.0
    shared, alike = wording(one, other)
    return alike if shared >= SHARED and alike >= (JACCARD if related else COPY) else 0.0


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
