"""Files of content/articles to cards, many at once: what parallel processes do while content is read."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from pressfold import article as articles
from pressfold import markup
from pressfold.article import Article, Incomplete
from pressfold.card import Card
from pressfold.config import Config
from pressfold.memory import encode
from pressfold.problem import Problem, Problems, refuse
from pressfold.published import card, published
from pressfold.slug import Slug
from pressfold.survey import Seen, digest, read


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """What reading an article depends on besides its file: the companies that it may name are `known`, or had another slug."""

    root: Path
    config: Config
    known: Collection[str]
    former: Mapping[Slug, Slug] = {}
    convert: bool = False  # whether to make HTML of the bodies too, while they are at hand

    def itself(self) -> "Reader":
        """The reader: another process needs nothing more."""
        return self


class Read(NamedTuple):
    """A file that was read: its card, encoded; none where its bytes are as before, or something is wrong with it.

    `incomplete`: it lacks only what the machine gives, and must be completed before it is read again.
    """

    path: str
    seen: Seen | None
    card: bytes | None = None
    html: tuple[str, bytes] | None = None  # the hash of what may be published of its text, and the safe HTML of it
    problems: tuple[Problem, ...] = ()
    incomplete: bool = False


def read_articles(reader: Reader, chunk: Sequence[tuple[str, str]]) -> list[Read]:
    """Each file of (path, the hash that it had when its card was made; empty for none).

    One kind of work is done for the whole chunk before the next: that is a third faster than file by file.
    """
    found = [_read(reader, path, before) for path, before in chunk]
    return [read._replace(html=_html(reader, *made)) if made else read for read, made in found]


def _read(reader: Reader, path: str, before: str) -> tuple[Read, tuple[Article, Card] | None]:
    try:
        data, state = read(f"{reader.root}/{path}")
        seen = Seen(state, digest(data))
        if seen.digest == before:
            return Read(path, seen), None
        article = articles.load(plain(data, path), path, reader.known)
        made = card(article, reader.config, reader.former)
        return Read(path, seen, encode(made)), (article, made)
    except Incomplete as wrong:
        return Read(path, None, problems=wrong.problems, incomplete=True), None
    except Problems as wrong:
        return Read(path, None, problems=wrong.problems), None
    except OSError as error:
        return Read(path, None, problems=(Problem(path, 0, f"cannot be read: {error.strerror}"),)), None


def _html(reader: Reader, article: Article, made: Card) -> tuple[str, bytes] | None:
    if not reader.convert or not made.text or made.draft:
        return None
    try:
        safe = markup.html(published(article.body, made.mode), reader.config.markup)
    except markup.TooTangledError:
        return None  # whoever draws its page will say so
    return made.text, safe.encode("utf-8", "replace")


def plain(data: bytes, path: str) -> str:
    """The text of a file of content/. Raises Problems where it is no UTF-8."""
    try:
        text = data.decode()
        return (text[1:] if text[:1] == "\ufeff" else text).replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise refuse(path, line, "not UTF-8", "save the file as UTF-8") from None
