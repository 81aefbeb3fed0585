"""The ids of the articles in content/, by the addresses where they stand: what the feeds have to say."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pressfold import yamltext
from pressfold.problem import Problems
from pressfold.reading import plain
from pressfold.schema import front_matter
from pressfold.site import ARTICLES
from pressfold.survey import survey


def identities(root: Path) -> dict[str, str]:
    """The id of every article that can be read, by its address."""
    return dict(_read(root))


def _read(root: Path) -> Iterator[tuple[str, str]]:
    for path in survey(root, ARTICLES).files:
        if path.endswith(".md"):
            with suppress(Problems, OSError):  # a build says what is wrong with it
                id_ = _id((root / path).read_bytes(), path)
                yield f"articles/{path.rpartition('/')[2].removesuffix('.md')}/", id_


def _id(data: bytes, path: str) -> str:
    head, _, _ = front_matter(plain(data, path), path)
    fields = yamltext.load(head, path, 2).data
    found = fields.get("id") if isinstance(fields, dict) else None
    return found.data if found and isinstance(found.data, str) else ""
