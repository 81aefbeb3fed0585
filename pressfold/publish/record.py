"""What is known of a target without looking at its files: a list of what we put there, kept there itself."""

from collections.abc import Collection, Mapping

import msgspec
from msgspec.structs import replace

from pressfold.output.manifest import inside

RECORD = ".pressfold-published.json"


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """The files of ours at a target. Of one that is not `whole` a publish is under way, or was stopped."""

    publish: int = 0  # counts those that came to their end, and the one under way
    whole: bool = True
    checked: bool = False  # whether all of it was found to be sound before it was sent
    files: Mapping[str, str] = msgspec.field(default_factory=dict)  # there for certain; "" where it is not known how
    perhaps: tuple[str, ...] = ()  # may be there, or may not
    ids: Mapping[str, str] = msgspec.field(
        default_factory=dict
    )  # by which readers know articles and feeds, by their places
    leaving: Mapping[str, int] = msgspec.field(default_factory=dict)  # no page's any more, since this publish

    @property
    def ours(self) -> set[str]:
        """All that may be there and is ours."""
        return {*self.files, *self.perhaps, *self.leaving}


def adding(record: Record, perhaps: Collection[str]) -> Record:
    """The record where these files may be there too, of which it may know nothing."""
    more = set(perhaps) - record.ours
    return replace(record, whole=record.whole and not more, perhaps=tuple(sorted({*record.perhaps, *more})))


class UnreadableError(ValueError):
    """A list that is none of ours, or was cut off."""


def read_record(data: bytes | None) -> Record:
    """The record that a target keeps; an empty one where it keeps none. Raises UnreadableError."""
    if data is None:
        return Record()
    try:
        found = msgspec.json.decode(data, type=Record)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise UnreadableError(str(error)) from None
    odd = next((path for path in found.ours if not inside(path)), None)
    if odd is not None:
        raise UnreadableError(f"it names {odd!r}, which is no path inside")
    return found


def write_record(record: Record) -> bytes:
    """A record as it is kept, the same bytes for the same value."""
    return msgspec.json.format(msgspec.json.encode(record, order="deterministic"), indent=1) + b"\n"
