"""What an import came to."""

from dataclasses import dataclass

from pressfold.article import Article
from pressfold.ingest.draft import Draft
from pressfold.ledger import Entry
from pressfold.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """An item that became an article; `told` says which story it tells again, and why."""

    article: Article
    entry: Entry
    draft: Draft
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What an import came to."""

    imported: tuple[Imported, ...] = ()
    refused: tuple[Problem, ...] = ()
    known: int = 0
