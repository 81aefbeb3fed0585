"""Facts: single values by name."""

import sqlite3
from collections.abc import Mapping

SCHEMA = "create table fact (name text primary key, value blob) without rowid;"


class Facts:
    """What is known by name."""

    database: sqlite3.Connection

    def fact(self, name: str) -> str:
        """A fact; empty where it is not known."""
        row = self.database.execute("select value from fact where name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def state(self, facts: Mapping[str, str]) -> None:
        """Remember facts."""
        self.database.executemany("insert or replace into fact values (?, ?)", facts.items())
