"""The told articles: which story a newcomer tells again, found without comparing all with all.

What is remembered of them is what their files say; losing it loses speed, nothing else.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import nsmallest

import msgspec

from pressfold.memory.tellings import Row, Tellings
from pressfold.postings import by_features, by_wording, entered
from pressfold.slug import Slug
from pressfold.story import WINDOW, Evidence, Match, compare
from pressfold.survey import Seen, State
from pressfold.told import Told, near, same

CAP = 50  # articles with one feature, near in time: what stands in more is no way to find one
CANDIDATES = 30  # that are compared for what they share, and as many for their wording
TELLINGS = 10  # of a story with which a newcomer is compared besides
_AT_LEAST = 2  # features that a candidate shares
_ALWAYS = (0, 1 << 40)
_encoder, _decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Told)


class Shelf:
    """The told articles, in tables; whoever opened the database commits."""

    def __init__(self, tellings: Tellings) -> None:
        self._tellings = tellings

    # What changes it.

    def put(self, articles: Iterable[tuple[Told, Seen]]) -> None:
        """Put articles on the shelf, or back with what they say now."""
        articles = list(articles)
        self.drop(told.path for told, _ in articles)
        self._tellings.enter([_row(told, seen) for told, seen in articles])

    def drop(self, paths: Iterable[str]) -> None:
        """Take articles off the shelf."""
        for num, data in list(self._tellings.by("path", list(paths))):
            told = _decoder.decode(data)
            self._tellings.strike(num, told.day, entered(told.print))

    def clear(self) -> None:
        """Take everything off."""
        self._tellings.clear()

    def restate(self, files: Iterable[tuple[str, State]]) -> None:
        """Remember that files hold the same in another state."""
        self._tellings.restate(files)

    # Questions.

    def states(self) -> dict[str, tuple[int, int, int]]:
        """The states of all files as they were when they were read."""
        return self._tellings.states()

    def digests(self, paths: Sequence[str]) -> dict[str, str]:
        """The hashes of some files as they were when they were read."""
        return self._tellings.digests(paths)

    def __iter__(self) -> Iterator[Told]:
        """Every article, by its path."""
        return (_decoder.decode(data) for _, data in self._tellings.by("path", self._tellings.paths()))

    def of(self, id_: str) -> Told | None:
        """The article with an id."""
        return next((_decoder.decode(data) for _, data in self._tellings.by("id", [id_])), None)

    def at(self, path: str) -> list[Told]:
        """The article of a file."""
        return [_decoder.decode(data) for _, data in self._tellings.by("path", [path])]

    def of_slugs(self, slugs: Collection[Slug]) -> list[Told]:
        """The articles with some names."""
        return [_decoder.decode(data) for _, data in self._tellings.by("slug", list(slugs))]

    def tellings(self, story: Slug, most: int = -1) -> list[Told]:
        """The articles that tell a story, by their ids; the first of them where not all are wanted."""
        return [_decoder.decode(data) for _, data in self._tellings.of_story(story, most)]

    def twin(self, newcomer: Told) -> Told | None:
        """The article that a newcomer is once more."""
        found = self._tellings.by("origin", [newcomer.origin]) if newcomer.origin else ()
        others = [_decoder.decode(data) for _, data in found] + self.candidates(newcomer)
        return next((other for other in others if other.id != newcomer.id and same(newcomer, other)), None)

    def match(self, newcomer: Told, apart: Collection[Slug] = ()) -> Match | None:
        """The story that a newcomer tells again, but for those of articles `apart`; None where the evidence does not reach."""
        refused = {told.story for told in self.of_slugs(apart)}
        ranked = [(evidence, story) for story, evidence in self.agreeing(newcomer) if story not in refused]
        if not ranked:
            return None
        best, story = max(ranked)
        return Match(story, round(best.confidence, 2), best.reasons)

    def agreeing(self, newcomer: Told) -> Iterator[tuple[Slug, Evidence]]:
        """The stories that a newcomer may tell again, each with the best evidence for it.

        A story of several tellings takes it only when at least half of them agree: else chains would grow.
        """
        found: dict[Slug, dict[str, Evidence | None]] = {}
        for told in self.candidates(newcomer):
            if told.story:
                found.setdefault(told.story, {})[told.id] = compare(newcomer.print, told.print)
        for story, known in found.items():
            if not any(known.values()):
                continue
            others = [told for told in self.tellings(story, TELLINGS + 1) if told.id not in {newcomer.id, *known}]
            every = {**known, **{told.id: _evidence(newcomer, told) for told in others}}
            agree = [evidence for evidence in every.values() if evidence]
            if 2 * len(agree) >= len(every):
                yield story, max(agree)

    def candidates(self, newcomer: Told) -> list[Told]:
        """The articles to be compared with a newcomer: near in time, and sharing what few others have."""
        chosen = self._rarest(by_features(newcomer.print), newcomer.day)
        chosen |= self._rarest(by_wording(newcomer.print), newcomer.day)
        found = (_decoder.decode(data) for _, data in self._tellings.by("num", sorted(chosen)))
        return [told for told in found if told.id != newcomer.id]

    def _rarest(self, features: Iterable[Sequence[int]], day: int) -> set[int]:
        """The numbers of those that share the rarest of some features, each given by its keys."""
        shared: Counter[int] = Counter()
        rarity: defaultdict[int, float] = defaultdict(float)
        for keys in features:
            holders = {num for key in keys for num in self._posted(key, day)}
            for num in holders:
                shared[num] += 1
                rarity[num] += 1 / len(holders)
        found = [num for num, count in shared.items() if count >= _AT_LEAST]
        if len(found) <= CANDIDATES + 1:
            return set(found)
        ids = self._tellings.ids(found)
        return set(nsmallest(CANDIDATES + 1, found, key=lambda num: (-round(rarity[num], 6), ids[num])))

    def _posted(self, key: int, day: int) -> list[int]:
        """The articles with a key near a day; none where they are too many for it to tell anything."""
        spans = [(day - WINDOW, day + WINDOW), (0, 0)] if day else [_ALWAYS]
        lists = [self._tellings.posted(key, span, CAP + 1) for span in spans]
        return [num for found in lists if len(found) <= CAP for num in found]


def _evidence(newcomer: Told, told: Told) -> Evidence | None:
    return compare(newcomer.print, told.print) if near(newcomer.day, told.day) else None


def _row(told: Told, seen: Seen) -> Row:
    return Row(
        path=told.path,
        seen=seen,
        id=told.id,
        slug=told.slug,
        story=told.story,
        origin=told.origin,
        told=_encoder.encode(told),
        day=told.day,
        keys=entered(told.print),
    )
