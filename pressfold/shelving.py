"""The shelf brought to what `content/articles/` says: only files that are not as they were are read, many at once."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from pressfold import article as articles
from pressfold import markup
from pressfold.article import Article
from pressfold.memory import Memory, encode
from pressfold.memory.tellings import Tellings
from pressfold.prints import VERSION
from pressfold.problem import Problems
from pressfold.reading import plain
from pressfold.registry import present
from pressfold.shelf import Shelf
from pressfold.site import ARTICLES
from pressfold.slug import Slug
from pressfold.survey import Seen, compare, digest, read, survey, trusted
from pressfold.told import Told, told_of
from pressfold.workers import Workers, share

Former = Mapping[Slug, Slug]
_CHUNK = 160  # articles that one worker reads at a time
_FACT = "prints"


class Read(NamedTuple):
    """A file that was read: what is told of it; nothing where its bytes are as before, or something is wrong with it."""

    path: str
    seen: Seen | None
    told: Told | None = None


def shelf(
    root: Path, memory: Memory, former: Former, clock: int, jobs: int, progress: Callable[[str, int, int], None]
) -> Shelf:
    """The shelf as the files are now. An article with something wrong in it is as if it were not there.

    `former` says under which slugs companies stand now that had other ones: where it says another thing than before, all
    articles are read again.
    """
    shelf = Shelf(Tellings(memory))
    rules = digest(encode((VERSION, sorted(former.items()))))
    if memory.fact(_FACT) != rules:
        with memory.change():
            shelf.clear()
            memory.state({_FACT: rules})
    here = {path: state for path, state in survey(root, ARTICLES).files.items() if path.endswith(".md")}
    change = compare(here, shelf.states())
    paths = list(change.doubtful)
    before = shelf.digests(paths)
    if paths or change.gone:
        chunks = share([(path, before.get(path, "")) for path in paths], _CHUNK)
        with (
            Workers(jobs, partial(_Reader, root, dict(former)), load=len(paths), apart=memory.apart) as workers,
            memory.change(),
        ):
            shelf.drop(change.gone)
            for number, found in enumerate(workers.map(read_tellings, chunks)):
                enter(shelf, found, clock)
                progress("Reading", min((number + 1) * _CHUNK, len(paths)), len(paths))
    return shelf


def enter(shelf: Shelf, found: Sequence[Read], clock: int) -> None:
    """Enter what was read."""
    shelf.put((one.told, trusted(one.seen, clock)) for one in found if one.told and one.seen)
    shelf.restate((one.path, trusted(one.seen, clock).state) for one in found if one.seen and not one.told)
    shelf.drop(one.path for one in found if not one.seen)


class _Reader(NamedTuple):
    """What reading an article depends on besides its file."""

    root: Path
    former: Former


def read_tellings(reader: _Reader, chunk: Sequence[tuple[str, str]]) -> list[Read]:
    """Each file of (path, the hash that it had when it was read last; empty for none)."""
    return [_read(reader, path, before) for path, before in chunk]


def _read(reader: _Reader, path: str, before: str) -> Read:
    try:
        data, state = read(reader.root / path)
        seen = Seen(state, digest(data))
        if seen.digest == before:
            return Read(path, seen)
        return Read(path, seen, telling(articles.load(plain(data, path), path), reader.former))
    except (Problems, OSError, markup.TooTangledError):  # whoever builds the site will say so
        return Read(path, None)


def telling(article: Article, former: Former, words: str | None = None) -> Told:
    """What is compared of an article, its companies by the slugs that they have now; `words` are its text's, where known."""
    now = replace(article, companies=present(article.companies, former), mentions=present(article.mentions, former))
    return told_of(now, markup.text(markup.html(article.body)) if words is None else words)
