"""`content/imports.jsonl`: what has ever been imported, a line an item, sorted by key, so that two people's changes merge."""

import json
import re
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec.structs import asdict

from pressfold.moment import parse_moment
from pressfold.problem import Problem, Problems
from pressfold.site import LEDGER

_ARTICLE = re.compile(r"content/articles/[^\\\0:]+\.md")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An imported item: `article` is the file it became, `written` the hash of that file as it was written.

    `fields` are the machine's own, for a later merge; `left_out` the raw lines that are no part of the article, by what
    they were taken for. `content` is the hash of an item that is part of a file, and known by its name there. `same_as` is
    the id of an article that the item is once more: it made none, and `article` is that one's file.

    `sure` says how sure the machine was of each field (0 to 1), `named` by which words each company was named, and in
    which paragraph (0: the title), `why` what the article shares with the story that it was joined to.
    """

    key: str
    file: str
    id: str
    added: str
    article: str
    written: str
    fields: dict[str, Any] = msgspec.field(default_factory=dict)
    left_out: dict[str, list[int]] = msgspec.field(default_factory=dict)
    content: str = ""
    same_as: str = ""
    sure: dict[str, float] = msgspec.field(default_factory=dict)
    named: dict[str, list[tuple[str, int]]] = msgspec.field(default_factory=dict)
    why: str = ""


Ledger = dict[str, Entry]
_ALWAYS = frozenset(Entry.__struct_fields__) - {"content", "same_as", "sure", "named", "why"}


def by_file(entries: Ledger) -> dict[str, Entry]:
    """The entries by the raw file that they were made of, where it was made into one alone."""
    return {entry.file: entry for entry in entries.values() if not entry.content}


def load(text: str) -> Ledger:
    """Read the ledger. Raises Problems naming each line that is none (a merge left open, say)."""
    found: Ledger = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            entry = msgspec.json.decode(line, type=Entry)
            parse_moment(entry.added)
            if not _ARTICLE.fullmatch(entry.article) or ".." in entry.article.split("/"):
                raise ValueError(entry.article)  # noqa: TRY301 - one message for every way to be no entry
            found[entry.key] = entry
        except (ValueError, msgspec.MsgspecError, RecursionError):
            problems.append(
                Problem(
                    LEDGER, number, "not a line of the ledger", "restore it from version control, or take the line out"
                )
            )
    if problems:
        raise Problems(problems)
    return found


def dump(entries: Iterable[Entry]) -> str:
    """The ledger's file."""
    ordered = sorted(entries, key=lambda entry: entry.key)
    lines = ({key: value for key, value in asdict(entry).items() if value or key in _ALWAYS} for entry in ordered)
    return "".join(json.dumps(line, ensure_ascii=False, separators=(", ", ": ")) + "\n" for line in lines)
