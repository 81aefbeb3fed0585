"""A run with its site locked and its memory open; begun once more where what is remembered makes no sense."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from pressfold.memory import Memory
from pressfold.options import Options
from pressfold.site import lock

T = TypeVar("T")
# What reading damaged tables can raise.
DAMAGED = (sqlite3.DatabaseError, msgspec.DecodeError, LookupError, TypeError, ValueError)


@contextmanager
def remembering(options: Options, folder: Path | None) -> Iterator[tuple[Memory, int]]:
    """(the memory in a folder, or one that goes with the run; when the run began by the clock of the site's file system)."""
    with lock(options.root, options.notice) as clock, closing(Memory(folder)) as memory:
        yield memory, clock


def without_damage(memory: Memory, work: Callable[[], T]) -> T:
    """What the work comes to; begun once more without what is remembered where that makes no sense."""
    try:
        return work()
    except DAMAGED:
        memory.set_aside()
    try:
        return work()
    except sqlite3.DatabaseError as error:  # no damage then, but a place that takes nothing
        raise OSError(0, f"cannot be written: {error}", str(memory.path)) from None
