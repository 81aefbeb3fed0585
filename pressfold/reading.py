"""Files of content/articles to cards, many at once: what parallel processes do while content is read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pressfold import article as articles
from pressfold.article import Incomplete
from pressfold.card import card
from pressfold.config import Config
from pressfold.memory import encode
from pressfold.problem import Problem, Problems, refuse
from pressfold.survey import Seen, digest, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What reading an article depends on besides its file; `known` are the companies that it may name."""

    root: Path
    config: Config
    known: Collection[str]


class Read(NamedTuple):
    """A file that was read: its card, encoded; none where its bytes are as before, or something is wrong with it.

    `incomplete`: it lacks only what the machine gives, and must be completed before it is read again.
    """

    path: str
    seen: Seen | None
    card: bytes | None = None
    problems: tuple[Problem, ...] = ()
    incomplete: bool = False


def read_articles(reader: Reader, chunk: Sequence[tuple[str, str]]) -> list[Read]:
    """Each file of (path, the hash that it had when its card was made; empty for none)."""
    return [_read(reader, path, before) for path, before in chunk]


def _read(reader: Reader, path: str, before: str) -> Read:
    try:
        data, state = read(reader.root / path)
        seen = Seen(state, digest(data))
        if seen.digest == before:
            return Read(path, seen)
        article = articles.load(plain(data, path), path, reader.known)
        return Read(path, seen, encode(card(article, reader.config)))
    except Incomplete as wrong:
        return Read(path, None, None, wrong.problems, incomplete=True)
    except Problems as wrong:
        return Read(path, None, None, wrong.problems)
    except OSError as error:
        return Read(path, None, None, (Problem(path, 0, f"cannot be read: {error.strerror}"),))


def plain(data: bytes, path: str) -> str:
    """The text of a file of content/. Raises Problems where it is no UTF-8."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise refuse(path, line, "not UTF-8", "save the file as UTF-8") from None
