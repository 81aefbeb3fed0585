"""By what a telling is found again among any number: the keys under which prints are entered and looked up.

Two tellings share numbers or names that are rare among a company's articles of those days, or runs of words in their
language. What stands in many articles is evidence once two are compared, but no way to find one.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from pressfold.prints import Print

_MOST = 64  # numbers, and names, that are entered of a print: of more, the same choice is made in every one
_COMPANIES = 8  # the main one, and others that it could be a telling about
_RUNS = 24  # of the sketch: of two texts with a fifth of their wording in common, two of these are in common


def entered(print_: Print) -> set[int]:
    """The keys under which an article is found."""
    rows = zip(("about", "named"), (print_.companies[:1], print_.companies[1:_COMPANIES]), strict=True)
    features = [*_features(print_)]
    keys = {_key(rank, slug, feature) for rank, slugs in rows for slug in slugs for feature in features}
    return keys | {key for (key,) in by_wording(print_)}


def by_features(print_: Print) -> Iterator[Sequence[int]]:
    """For each number and name the keys of those that share it, where one's main company is one of the other's."""
    ranks = [("about", slug) for slug in print_.companies[:_COMPANIES]]
    ranks += [("named", slug) for slug in print_.companies[:1]]
    return ([_key(rank, slug, feature) for rank, slug in ranks] for feature in _features(print_))


def by_wording(print_: Print) -> Iterator[Sequence[int]]:
    """For each run of words the key of those that share it."""
    return ([_key("words", print_.lang, str(run))] for run in print_.sketch[:_RUNS])


def _features(print_: Print) -> Iterable[str]:
    for kind in ("number", "name"):
        found = print_.features[kind]
        chosen = found if len(found) <= _MOST else sorted(found, key=_by_lot)[:_MOST]
        yield from (f"{kind} {feature}" for feature in chosen)


def _by_lot(feature: str) -> tuple[int, str]:
    return zlib.crc32(feature.encode("utf-8", "replace")), feature


def _key(rank: str, group: str, feature: str) -> int:
    """Six bytes: what two keys have in common by chance is one comparison more."""
    said = f"{rank}\0{group}\0{feature}".encode("utf-8", "replace")
    return int.from_bytes(blake2b(said, digest_size=6).digest(), "big", signed=True)
