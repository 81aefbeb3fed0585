"""A memory for the tests, and what to keep in it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pressfold.catalog import ARCHIVE, Catalog
from pressfold.memory import Drawn, Memory
from pressfold.survey import Seen, State


@contextmanager
def opened(folder: Path | None) -> Iterator[Memory]:
    """The memory of a folder, for a run."""
    with closing(Memory(folder)) as memory:
        yield memory


def keep(folder: Path, *keys: str) -> None:
    """Keep values in a run of their own."""
    with opened(folder) as memory, memory.change():
        memory.put("html", {key: key.encode() for key in keys})


def page_of(path: str, subject: str = "front", mark: str = "f", listed: str | None = "") -> Drawn:
    """A page as it was drawn."""
    return Drawn(path, subject, "", mark, "d", listed)


def seen_as(number: int = 1) -> Seen:
    """A file as it was seen."""
    return Seen(State(number, number, number), str(number))


def is_new(memory: Memory) -> None:
    """The memory knows of nothing, and can be used."""
    assert (memory.get("html", "a"), [*memory.pages()], memory.seen_but(), memory.dirty()) == (None, [], {}, [])
    assert (memory.fact("scope"), Catalog(memory.database).count(ARCHIVE)) == ("", 0)
    with memory.change():
        memory.put("html", {"a": b"2"})
