"""Articles as tellings of stories, and the postings by which they are found again: rows, whatever they mean."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pressfold.catalog import select
from pressfold.memory.facts import Facts
from pressfold.seal import opened, seal
from pressfold.survey import Seen, State

if TYPE_CHECKING:
    import sqlite3

SCHEMA = """
create table telling (
    num integer primary key, path text unique, size integer, modified integer, changed integer, digest text,
    id text, slug text, story text, origin text, told blob
);
create index telling_id on telling (id);
create index telling_slug on telling (slug);
create index telling_story on telling (story, id);
create index telling_origin on telling (origin) where origin <> '';
create table posting (key integer, day integer, num integer, primary key (key, day, num)) without rowid;
"""
_WHOLE = "select num, told from telling where"


class Row(NamedTuple):
    """An article: its file, what it is asked for by, what is told of it, and the keys of its postings on a day."""

    path: str
    seen: Seen
    id: str
    slug: str
    story: str | None
    origin: str
    told: bytes
    day: int
    keys: set[int]


class Tellings:
    """The rows; whoever holds the memory commits."""

    def __init__(self, memory: Facts) -> None:
        self._memory = memory

    @property
    def _database(self) -> "sqlite3.Connection":
        return self._memory.database  # another one after processes began

    def enter(self, rows: Sequence[Row]) -> None:
        """Enter articles that are not there."""
        free = int(self._database.execute("select ifnull(max(num), 0) + 1 from telling").fetchone()[0])
        self._database.executemany(
            "insert into telling values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (num, r.path, *r.seen.state, r.seen.digest, r.id, r.slug, r.story, r.origin, seal(r.told))
                for num, r in enumerate(rows, free)
            ),
        )
        keys = ((key, row.day, num) for num, row in enumerate(rows, free) for key in row.keys)
        # In the keys' order: so each page of the table is written once.
        self._database.executemany("insert into posting values (?, ?, ?)", sorted(keys))

    def strike(self, num: int, day: int, keys: Iterable[int]) -> None:
        """Take an article out."""
        where = ((key, day, num) for key in keys)
        self._database.executemany("delete from posting where key = ? and day = ? and num = ?", where)
        self._database.execute("delete from telling where num = ?", (num,))

    def clear(self) -> None:
        """Take everything out."""
        self._database.execute("delete from telling")
        self._database.execute("delete from posting")

    def restate(self, files: Iterable[tuple[str, State]]) -> None:
        """Remember that files hold the same in another state."""
        rows = ((*state, path) for path, state in files)
        self._database.executemany("update telling set size = ?, modified = ?, changed = ? where path = ?", rows)

    def states(self) -> dict[str, tuple[int, int, int]]:
        """The states of all files as they were when they were read."""
        rows = self._database.execute("select path, size, modified, changed from telling")
        return {path: (size, modified, changed) for path, size, modified, changed in rows}

    def digests(self, paths: Sequence[str]) -> dict[str, str]:
        """The hashes of some files as they were when they were read."""
        return dict(select(self._database, "select path, digest from telling where path in ({})", paths))

    def paths(self) -> list[str]:
        """All articles, in order."""
        return [path for (path,) in self._database.execute("select path from telling order by path")]

    def ids(self, nums: Sequence[int]) -> dict[int, str]:
        """The ids of some articles."""
        return dict(select(self._database, "select num, id from telling where num in ({})", nums))

    def by(self, column: str, values: Sequence[object]) -> Iterator[tuple[int, bytes]]:
        """What is told of the articles that have one of some values in a column, by their paths."""
        return _opened(select(self._database, f"{_WHOLE} {column} in ({{}}) order by path", values))

    def of_story(self, story: str, most: int) -> Iterator[tuple[int, bytes]]:
        """What is told of the articles of a story, so many by their ids; all where that is negative."""
        return _opened(self._database.execute(f"{_WHOLE} story = ? order by id limit ?", (story, most)))

    def posted(self, key: int, days: tuple[int, int], most: int) -> list[int]:
        """The numbers of the articles with a key within some days, but not more."""
        asked = "select num from posting where key = ? and day between ? and ? limit ?"
        return [num for (num,) in self._database.execute(asked, (key, *days, most))]


def _opened(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, bytes]]:
    return ((num, opened(told)) for num, told in rows)
