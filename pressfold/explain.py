"""Why an article is as it is: what the ledger remembers of its import, and what has been edited since."""

import re
from pathlib import Path

import msgspec

from pressfold import content
from pressfold.article import Article
from pressfold.ledger import Entry
from pressfold.merge import machine
from pressfold.problem import refuse, suggest
from pressfold.slug import slug_of
from pressfold.yamltext import alike


class Explained(msgspec.Struct, frozen=True):
    """An imported item; the article that it became, None where that is gone; the fields that a person has changed."""

    entry: Entry
    article: Article | None
    edited: tuple[str, ...]


def explain(root: Path, asked: str) -> list[Explained]:
    """What is known of an article by its file, its address or its id, or of a raw file's items.

    Raises Problems where nothing is.
    """
    ledger = content.read_ledger(root)
    names = _names(asked)
    found = [entry for entry in ledger.values() if names & {entry.id, entry.file, entry.key, slug_of(entry.article)}]
    if not found:
        known = {entry.file for entry in ledger.values()} | {slug_of(entry.article) for entry in ledger.values()}
        raise refuse(asked, 0, "was never imported", suggest(asked, known))
    return [_explained(root, entry) for entry in sorted(found, key=lambda entry: entry.file)]


def _names(asked: str) -> set[str]:
    """What an item may be called by."""
    path = asked.replace("\\", "/").removeprefix("./").removeprefix("content/")
    page = re.search(r"articles/(?:\d{4}/\d\d/)?([^/]+?)(?:\.md|/|/index\.html)?$", path)
    return {asked, path, page[1] if page else path}


def _explained(root: Path, entry: Entry) -> Explained:
    article = content.one(root, entry.article)
    if not article or entry.same_as:
        return Explained(entry, article, ())
    now = {**machine(article), "story": article.story or ""}
    edited = (key for key in {**entry.fields, **now} if not alike(entry.fields.get(key, ""), now.get(key, "")))
    return Explained(entry, article, tuple(edited))
