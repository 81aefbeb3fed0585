"""What earlier runs computed: SQLite tables that are safe to delete, and set aside when damaged or another version's.

They are right or they are gone: a run changes them in two steps, each whole. First what `content/` says now, and which
subjects are to be drawn for it; then, when the output is applied, what was drawn. Whatever stops between the two, the
next run still knows what is to be drawn. Each kind of what is remembered has its module, with its tables.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from pressfold.memory.facts import Facts
from pressfold.memory.files import Files
from pressfold.memory.pages import Drawn, Pages
from pressfold.memory.tables import FILE, Damaged, connect
from pressfold.memory.values import Values
from pressfold.site import boot

__all__ = ["Drawn", "Memory", "encode"]


class Memory(Facts, Files, Values, Pages):
    """The tables in a folder; in one that is deleted again where there is none, or none that can be written."""

    note = ""  # what is to be told of the file
    _passing: Path | None = None  # a folder that goes with the run

    def __init__(self, folder: Path | None) -> None:
        super().__init__()
        self.path = self._place(folder) / FILE
        try:
            self.database = connect(self.path)
            self._check_after_restart()
        except sqlite3.DatabaseError:
            self.set_aside()

    def _check_after_restart(self) -> None:
        """What was not yet on the disk when the machine was restarted may be lost, and the tables torn: they are looked over.

        Raises Damaged where they are.
        """
        if self.fact("boot") != boot():
            if self.database.execute("pragma quick_check(1)").fetchone()[0] != "ok":
                raise Damaged
            self.state({"boot": boot()})

    @classmethod
    def attach(cls, path: Path) -> "Memory":
        """The tables of a run that is going on, for another process of it."""
        memory = cls.__new__(cls)
        super(Memory, memory).__init__()
        memory.path, memory.database = path, connect(path)
        return memory

    def _place(self, folder: Path | None) -> Path:
        if folder:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                if os.access(folder, os.W_OK):
                    return folder
                reason = "its folder is read-only"
            except OSError as error:
                reason = str(error.strerror)
            self.note = f"{FILE} cannot be used ({reason}); everything is made anew"
        import tempfile

        self._passing = Path(tempfile.mkdtemp(prefix="pressfold-"))
        return self._passing

    def set_aside(self) -> None:
        """Move the damaged tables away, and begin new ones."""
        self.note = f"{FILE} could not be read; it is set aside, and everything is made anew"
        with suppress(AttributeError, sqlite3.Error):
            self.database.close()
        try:
            for ending in ("", "-wal", "-shm", "-journal"):
                old = self.path.with_name(FILE + ending)
                if old.exists():
                    old.replace(self.path.with_name(f"{FILE}.damaged{ending}"))
            self.database = connect(self.path)
        except (Damaged, OSError):
            self.path = self._place(None) / FILE
            try:
                self.database = connect(self.path)
            except Damaged:
                raise OSError(0, "cannot be written: no tables can be made there", str(self.path)) from None

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error):
            self.database.close()
        if self._passing:
            import shutil  # a run that cannot keep anything is rare

            shutil.rmtree(self._passing, ignore_errors=True)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """The file is closed within: SQLite's locks do not survive that a process is copied."""
        self.database.close()
        try:
            yield
        finally:
            self.database = connect(self.path)

    @contextmanager
    def change(self) -> Iterator[None]:
        """What is changed within is kept whole, or not at all."""
        self.database.execute("begin immediate")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):
                self.database.execute("rollback")
            raise
        self.database.execute("commit")


def encode(value: object) -> bytes:
    """A value as bytes for the tables."""
    return msgspec.msgpack.encode(value)
