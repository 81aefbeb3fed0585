"""Joins of stories, proposed; and what an editor says of them, written into the articles and `content/stories.yaml`."""

from collections.abc import Collection, Sequence

import msgspec
from msgspec.structs import replace

from pressfold import content, shelving
from pressfold.amend import amend
from pressfold.joins import Join, joins
from pressfold.ledger import Ledger
from pressfold.memory import Memory
from pressfold.options import Options
from pressfold.problem import refuse
from pressfold.slug import Slug
from pressfold.survey import digest
from pressfold.told import Told


class Judged(msgspec.Struct, frozen=True):
    """The joins that were proposed by their numbers, the articles that were given a story, and what is kept apart now."""

    proposed: dict[int, Join]
    joined: tuple[str, ...] = ()
    apart: tuple[tuple[Slug, Slug], ...] = ()


def judge(
    options: Options, memory: Memory, clock: int, least: float, accept: Collection[int] | None, refused: Collection[int]
) -> Judged:
    """Propose joins, and do as an editor says of some by their numbers (None: accept all). Raises Problems."""
    former = content.read_companies(options.root)[1].former
    shelf = shelving.shelf(options.root, memory, former, clock, options.jobs, options.progress)
    ledger = content.read_ledger(options.root)
    machine = {entry.id: entry.fields.get("story") for entry in ledger.values() if not entry.same_as}
    found = joins(shelf, lambda told: machine.get(told.id) != told.story, content.read_apart(options.root))
    surest = sorted(found, key=lambda join: (-join.confidence, join.story))
    proposed = {number: join for number, join in enumerate(surest, 1) if join.confidence >= least}
    accepted = _chosen(proposed, [n for n in proposed if n not in refused] if accept is None else accept)
    apart = [slugs for join in _chosen(proposed, refused) for slugs in join.apart]
    content.keep_apart(options.root, apart)
    return Judged(proposed, tuple(_join(options, ledger, accepted)), tuple(apart))


def _chosen(proposed: dict[int, Join], numbers: Collection[int]) -> list[Join]:
    unknown = sorted(set(numbers) - set(proposed))
    if unknown:
        hint = f"from 1 to {len(proposed)}" if proposed else "none is proposed"
        raise refuse("stories", 0, f"there is no proposal {unknown[0]}", hint)
    return [proposed[number] for number in sorted(set(numbers))]


def _join(options: Options, ledger: Ledger, accepted: Sequence[Join]) -> list[str]:
    """Write the stories that were accepted; the articles' files."""
    changes = [(told, join.story) for join in accepted for told in join.changed]
    entries = {entry.id: key for key, entry in ledger.items() if not entry.same_as}
    try:
        for told, story in changes:
            before, after = _rename(options, told, story)
            entry = ledger.get(entries.get(told.id, ""))
            if entry:
                written = after if entry.written == before else entry.written
                ledger[entry.key] = replace(entry, written=written, fields={**entry.fields, "story": story})
    finally:
        if changes:
            content.write_ledger(options.root, ledger)
    return [told.path for told, _ in changes]


def _rename(options: Options, told: Told, story: Slug) -> tuple[str, str]:
    """Give an article its story, which a person has now confirmed; the hashes of its file before and after."""
    file = options.root / told.path
    data = file.read_bytes()
    review = content.read_article(options.root, told.path).review
    fields = {"story": story, "review": tuple(name for name in review if name != "story")}
    amended = amend(data.decode("utf-8"), told.path, fields).encode("utf-8")
    content.write(file, amended)
    return digest(data), digest(amended)
