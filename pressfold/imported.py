"""What an import came to, and what of the inbox is settled by it."""

from collections.abc import Collection
from pathlib import Path

import msgspec

from pressfold import beside
from pressfold.memory import Memory
from pressfold.problem import Problem
from pressfold.site import INBOX, LEDGER
from pressfold.survey import Seen, Survey, digest_of, survey, trusted


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """An item that became an article, or changed one: then `changed` are the fields that followed it.

    `told` says which story it tells again, and why; `left_out` (line, role, text) are lines that are no part of it.
    """

    file: str
    article: str
    lang: str
    review: tuple[str, ...] = ()
    told: str = ""
    left_out: tuple[tuple[int, str, str], ...] = ()
    changed: tuple[str, ...] | None = None


class Same(msgspec.Struct, frozen=True, kw_only=True):
    """An item that is an article once more; `first` is the raw file that the article was imported from, if it was."""

    file: str
    article: str
    first: str = ""


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """What an import came to; `refused` is also what of a changed source an edited article did not take."""

    imported: tuple[Imported, ...] = ()
    same: tuple[Same, ...] = ()
    refused: tuple[Problem, ...] = ()
    known: int = 0


def settled(memory: Memory, here: Survey) -> set[str] | None:
    """The files of the inbox that were imported once, as they are now; None where the ledger is another than it was."""
    said = memory.said(INBOX)
    seen = memory.seen([LEDGER, *said])
    remembered = seen[LEDGER].state if LEDGER in seen else None
    if here.files.get(LEDGER) != remembered:
        return None
    return {path for path in here.below(INBOX) if path in seen and seen[path].state == here.files[path]}


def settle(
    root: Path,
    memory: Memory,
    ledger: Collection[str],
    clock: int,
    before: Collection[str] = (),
    whole: Collection[str] = (),
) -> None:
    """Remember which files of the inbox need not be opened again, as long as the ledger stays as it is.

    `before` were known to be so already; of `whole` ones, which hold several items, each was taken or refused. What was
    saved beside a page is never opened by itself.
    """
    found: list[tuple[str, Seen, bytes]] = []
    files = survey(root, INBOX).files
    items = frozenset(beside.items(files))
    for path in (LEDGER, *(path for path in files if path not in before)):
        try:
            seen = digest_of(root / path)
        except OSError:  # whoever reads it will say so
            continue
        if path == LEDGER or path in whole or path not in items or key_of(seen.digest) in ledger:
            found.append((path, trusted(seen, clock), b"imported"))
    with memory.change():
        memory.saw(found)


def key_of(digest: str) -> str:
    """What the ledger knows an item by: the hash of its bytes."""
    return f"sha256:{digest}"
