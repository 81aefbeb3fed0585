"""Values by kind and key: what is made of something, and need not be made again while that is the same."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Literal

from pressfold.catalog import select
from pressfold.seal import opened, seal

Kind = Literal["html", "code"]
SCHEMA = """
create table value (kind text, key text, value blob);
create unique index value_key on value (kind, key);
"""


class Values:
    """What was computed, and what of it this run has used."""

    database: sqlite3.Connection

    def __init__(self) -> None:
        self._used: set[tuple[str, str]] = set()

    def get(self, kind: Kind, key: str) -> bytes | None:
        """A value; None when it was never computed."""
        self._used.add((kind, key))
        asked = "select value from value where kind = ? and key = ?"
        with suppress(sqlite3.DatabaseError, ValueError, TypeError):  # damaged: as if it had never been computed
            row = self.database.execute(asked, (kind, key)).fetchone()
            return opened(row[0]) if row else None
        return None

    def some(self, kind: Kind, keys: Sequence[str]) -> dict[str, bytes]:
        """Those of some values that are known."""
        self._used.update((kind, key) for key in keys)
        asked = f"select key, value from value where kind = '{kind}' and key in ({{}})"  # noqa: S608 - one of a few words
        found: dict[str, bytes] = {}
        for key, value in select(self.database, asked, keys):
            with suppress(ValueError, TypeError):  # damaged: as if it had never been computed
                found[key] = opened(value)
        return found

    def put(self, kind: Kind, values: Mapping[str, bytes]) -> None:
        """Remember values."""
        self._used.update((kind, key) for key in values)
        rows = ((kind, key, seal(value)) for key, value in values.items())
        self.database.executemany("insert or replace into value values (?, ?, ?)", rows)

    def need(self, kind: Kind, keys: Iterable[str]) -> None:
        """Count values as used, though another process may have asked for them."""
        self._used.update((kind, key) for key in keys)

    def keep(self, kind: Kind) -> None:
        """Forget the values of a kind that were not used."""
        known = [key for (key,) in self.database.execute("select key from value where kind = ?", (kind,))]
        gone = [(kind, key) for key in known if (kind, key) not in self._used]
        self.database.executemany("delete from value where kind = ? and key = ?", gone)

    def count(self, kind: Kind) -> int:
        """How many values of a kind there are."""
        return int(self.database.execute("select count(*) from value where kind = ?", (kind,)).fetchone()[0])
