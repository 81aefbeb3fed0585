"""What is to be sent and deleted, and in which order, so that no reader ever finds half of a site. Pure.

New files come first: nothing that a reader can come to leads to them yet. Then those that change, and the front page and
what machines read, where a reader comes in; what they lead to is there by then. What goes is deleted last, when nothing
leads to it any more. Before each of the three the target's record says what may be there from then on; so a run may be
killed between any two bytes, and another publish knows enough.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby

import msgspec
from msgspec.structs import replace

from pressfold.output.journal import in_the_way
from pressfold.output.manifest import above
from pressfold.publish.kind import is_entry, is_kept, rank
from pressfold.publish.record import Record
from pressfold.served import kind_of

_MOST = 1000  # files that are sent in one go


class Note(msgspec.Struct, frozen=True):
    """Keep this record at the target."""

    record: Record


class Send(msgspec.Struct, frozen=True):
    """Put these files there, in any order; all are served alike where the target tells how files are served."""

    paths: tuple[str, ...]


class Confirm(msgspec.Struct, frozen=True):
    """See to it that these files are there as they are here."""

    paths: tuple[str, ...]


class Delete(msgspec.Struct, frozen=True):
    """Delete these files, as far as they are there, and then these folders where nothing else is in them."""

    paths: tuple[str, ...]
    folders: tuple[str, ...] = ()  # the deepest first


Step = Note | Send | Confirm | Delete


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All that a publish does, in order."""

    steps: tuple[Step, ...] = ()
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    kept: int = 0  # files that are there as they should be
    leaving: tuple[str, ...] = ()  # files that stay for one publish more
    deleted: tuple[str, ...] = ()
    there: int = 0  # files of ours that were there before

    @property
    def sent(self) -> tuple[str, ...]:
        """What is sent, in order."""
        return tuple(path for step in self.steps if isinstance(step, Send) for path in step.paths)


def plan(before: Record, listed: Mapping[str, str], *, alike: bool) -> Plan:
    """From what the target's record says to what the output's manifest lists.

    `alike`: send only files together that are served alike.
    """
    gone = before.ours - listed.keys()
    expired = {path for path, since in before.leaving.items() if path in gone and since < _number(before)}
    new = _in_order(path for path in listed if path not in before.files)
    changed = _in_order(
        path for path in listed.keys() & before.files.keys() if before.files[path] != (listed[path] or None)
    )
    early = in_the_way(sorted(gone), new)
    staying = {path for path in gone - expired if is_kept(path)}.difference(early)
    deleted = _in_order(gone - staying)[::-1]
    kept, there = len(listed) - len(new) - len(changed), len(before.ours)
    if before.whole and not new and not changed and not gone - before.leaving.keys():
        # files that only wait to go are no reason to begin
        return Plan(kept=kept, there=there, leaving=tuple(sorted(before.leaving)))
    leaving = {path: before.leaving.get(path, _number(before)) for path in sorted(staying)}
    under_way = _under_way(before, listed, leaving, expired, deleted)
    final = Record(publish=_number(before), files=dict(sorted(listed.items())), leaving=leaving)
    return Plan(
        steps=tuple(_steps(under_way, final, new, changed, early, deleted, alike)),
        new=tuple(new),
        changed=tuple(changed),
        leaving=tuple(leaving),
        deleted=tuple(deleted),
        kept=kept,
        there=there,
    )


def vouched(todo: Plan, *, checked: bool, ids: Mapping[str, str]) -> Plan:
    """The plan whose record says in the end whether all was found to be sound, and the `ids` of what is there then."""
    if not todo.steps or not isinstance(last := todo.steps[-1], Note):
        return todo
    files = last.record.files
    there = {place: id_ for place, id_ in sorted(ids.items()) if place in files or f"{place}index.html" in files}
    return replace(todo, steps=(*todo.steps[:-1], Note(replace(last.record, checked=checked, ids=there))))


def _in_order(paths: Iterable[str]) -> list[str]:
    """Paths in the order in which they may appear."""
    return sorted(paths, key=lambda path: (rank(path), path))


def _number(before: Record) -> int:
    """The publish that this is: the next, or the one that was stopped once more."""
    return before.publish + (1 if before.whole else 0)


def _under_way(
    before: Record,
    listed: Mapping[str, str],
    leaving: Mapping[str, int],
    expired: Collection[str],
    deleted: Collection[str],
) -> Record:
    """What is known while new files are sent: all that was there still is."""
    files = {path: mark if listed.get(path, mark) == mark else "" for path, mark in sorted(before.files.items())}
    some = (*(path for path in listed if path not in files), *(path for path in deleted if path not in files))
    return Record(
        publish=_number(before),
        whole=False,
        ids=before.ids,
        files={path: mark for path, mark in files.items() if path not in leaving},
        perhaps=tuple(sorted(path for path in some if path not in expired)),
        leaving=dict(sorted({**leaving, **{path: before.leaving[path] for path in expired}}.items())),
    )


def _steps(
    under_way: Record,
    final: Record,
    new: Collection[str],
    changed: Collection[str],
    early: Collection[str],
    deleted: Collection[str],
    alike: bool,
) -> Iterator[Step]:
    late = tuple(path for path in deleted if path not in early)
    hidden = [path for path in new if not is_entry(path)]
    seen = _in_order({*new, *changed}.difference(hidden))
    yield Note(_without(under_way, early))
    if early:
        yield Delete(tuple(early), _emptied(early, final))
    yield from _sends(hidden, alike)
    arrived = _without(_with(under_way, hidden), early)
    if hidden and seen:
        yield Note(arrived)
    yield from _sends(seen, alike)
    if new or changed:
        yield Confirm((*new, *changed))
    if late:
        yield Note(_without(_with(arrived, seen), late))
        yield Delete(late, _emptied(late, final))
    yield Note(final)


def _emptied(paths: Iterable[str], final: Record) -> tuple[str, ...]:
    """The folders of files that go in which no file of ours stays."""
    found = {folder for path in paths for folder in above(path)}
    staying = {folder for path in final.ours for folder in above(path)} if found else set()
    return tuple(sorted(found - staying, key=lambda folder: (-folder.count("/"), folder)))


def _with(record: Record, paths: Collection[str]) -> Record:
    """The record from when these files are there."""
    files = {**record.files, **{path: record.files.get(path, "") for path in paths}}
    return replace(record, files=files, perhaps=tuple(path for path in record.perhaps if path not in files))


def _without(record: Record, paths: Collection[str]) -> Record:
    """The record from when these files may be gone."""
    going = record.files.keys() & set(paths)
    left = {path: mark for path, mark in record.files.items() if path not in going}
    return replace(record, files=left, perhaps=tuple(sorted({*record.perhaps, *going})))


def _sends(paths: Iterable[str], alike: bool) -> Iterator[Send]:
    for _, ranked in groupby(paths, key=rank):
        served = [*ranked]
        if alike:
            served.sort(key=lambda path: (kind_of(path), path))
        for _, some in groupby(served, key=lambda path: kind_of(path) if alike else None):
            together = tuple(some)
            yield from (Send(together[start : start + _MOST]) for start in range(0, len(together), _MOST))


def most_deletes(plan: Plan) -> int:
    """How many files may go without being asked for: a quarter of what is there."""
    return max(_FEW, plan.there // 4)


_FEW = 25
