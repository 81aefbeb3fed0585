"""Subjects that are to be drawn, and their pages as they were drawn last."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

SCHEMA = """
create table page (path text primary key, subject text, source text, fingerprint text, digest text, listed text);
create index page_subject on page (subject);
create table dirty (subject text primary key) without rowid;
"""


class Drawn(NamedTuple):
    """A page as it was drawn: the file, what it is about, the content that it came from, what it was made of and became.

    `listed` is the moment of its last change for the sitemap, empty where it has none; None keeps it out of there.
    """

    path: str
    subject: str
    source: str
    fingerprint: str
    digest: str
    listed: str | None


class Pages:
    """The pages by their subjects, and the subjects that a change has touched since."""

    database: sqlite3.Connection

    def soil(self, subjects: Iterable[str]) -> None:
        """Note that subjects are to be drawn."""
        self.database.executemany("insert or ignore into dirty values (?)", ((subject,) for subject in subjects))

    def soil_drawn(self) -> None:
        """Note that every subject that has pages is to be drawn."""
        self.database.execute("insert or ignore into dirty select distinct subject from page")

    def dirty(self) -> list[str]:
        """The subjects that are to be drawn."""
        return [subject for (subject,) in self.database.execute("select subject from dirty order by subject")]

    def drawn(self, subjects: Collection[str]) -> dict[str, list[Drawn]]:
        """The pages of subjects, as they were last drawn."""
        found: dict[str, list[Drawn]] = {}
        for subject in subjects:
            rows = self.database.execute("select * from page where subject = ?", (subject,))
            found[subject] = [Drawn._make(row) for row in rows]
        return found

    def pages(self) -> Iterator[Drawn]:
        """Every page as it was last drawn, by path."""
        return (Drawn._make(row) for row in self.database.execute("select * from page order by path"))

    def pages_but(self, family: str) -> Iterator[Drawn]:
        """Every page whose subject is of another family."""
        asked = "select * from page where subject not like ? order by path"
        return (Drawn._make(row) for row in self.database.execute(asked, (f"{family}/%",)))

    def subject(self, path: str) -> str:
        """The subject whose page a file is; empty for none."""
        row = self.database.execute("select subject from page where path = ?", (path,)).fetchone()
        return str(row[0]) if row else ""

    def fingerprints(self, subject: str) -> set[str]:
        """What the pages of a subject were made of."""
        rows = self.database.execute("select distinct fingerprint from page where subject = ?", (subject,))
        return {fingerprint for (fingerprint,) in rows}

    def pages_count(self) -> int:
        """How many files the site has."""
        return int(self.database.execute("select count(*) from page").fetchone()[0])

    def redraw(self, subjects: Iterable[str], pages: Iterable[Drawn]) -> None:
        """Subjects were drawn, and these are their pages now."""
        done = [(subject,) for subject in subjects]
        if self.pages_count():
            self.database.executemany("delete from page where subject = ?", done)
        self.database.executemany("insert or replace into page values (?, ?, ?, ?, ?, ?)", pages)
        self.database.executemany("delete from dirty where subject = ?", done)

    def clean(self, subject: str) -> None:
        """Note that a subject need not be drawn."""
        self.database.execute("delete from dirty where subject = ?", (subject,))

    def undraw(self, paths: Iterable[str] | None = None) -> None:
        """Forget pages (None: all of them), so that they are drawn again; their subjects are to be drawn."""
        if paths is None:
            self.soil_drawn()
            self.database.execute("delete from page")
            return
        rows = [(path,) for path in paths]
        self.database.executemany("insert or ignore into dirty select subject from page where path = ?", rows)
        self.database.executemany("update page set fingerprint = '', digest = '' where path = ?", rows)
