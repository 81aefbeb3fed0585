"""What an import came to, and what of the inbox is settled by it."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pressfold.memory import Memory
from pressfold.problem import Problem
from pressfold.site import INBOX, LEDGER
from pressfold.survey import Seen, Survey, digest_of, survey, trusted

if TYPE_CHECKING:
    from pressfold.article import Article
    from pressfold.ingest.draft import Draft
    from pressfold.ledger import Entry


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """An item that became an article; `told` says which story it tells again, and why."""

    article: "Article"
    entry: "Entry"
    draft: "Draft"
    told: str = ""


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """What an import came to."""

    imported: tuple[Imported, ...] = ()
    refused: tuple[Problem, ...] = ()
    known: int = 0


def settled(memory: Memory, here: Survey) -> set[str] | None:
    """The files of the inbox that were imported once, as they are now; None where the ledger is another than it was."""
    said = memory.said(INBOX)
    seen = memory.seen([LEDGER, *said])
    ledger = here.files.get(LEDGER)
    if ledger is not None and (LEDGER not in seen or seen[LEDGER].state != ledger):
        return None
    return {path for path in here.below(INBOX) if path in seen and seen[path].state == here.files[path]}


def settle(root: Path, memory: Memory, ledger: Collection[str], clock: int) -> None:
    """Remember which files of the inbox need not be opened again, as long as the ledger stays as it is."""
    found: list[tuple[str, Seen, bytes]] = []
    for path in (LEDGER, *survey(root, INBOX).files):
        try:
            seen = digest_of(root / path)
        except OSError:  # whoever reads it will say so
            continue
        if path == LEDGER or key_of(seen.digest) in ledger:
            found.append((path, trusted(seen, clock), b"imported"))
    with memory.change():
        memory.saw(found)


def key_of(digest: str) -> str:
    """What the ledger knows an item by: the hash of its bytes."""
    return f"sha256:{digest}"
