"""Which feeds a site has: of the sources in its settings, and in `content/sources.opml`."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from pressfold.config import Config
from pressfold.fetch.opml import outlines
from pressfold.problem import Problem, Problems, suggest
from pressfold.site import CONFIG
from pressfold.slug import Slug, name_slug

OPML = "content/sources.opml"


class Feed(msgspec.Struct, frozen=True):
    """A source's feed, and where it is named."""

    name: str
    url: str
    path: str
    line: int = 0

    @property
    def slug(self) -> Slug:
        """By what it is told from others: names that differ only in case, white space or Unicode form are one."""
        return name_slug(self.name, "source")


def feeds(root: Path, config: Config) -> list[Feed]:
    """All of them, in the order in which they are named. Raises Problems with all that is wrong."""
    found = [Feed(name, source.feed, CONFIG) for name, source in config.sources.items() if source.feed]
    if (root / OPML).is_file():
        found += [Feed(one.name, one.url, OPML, one.line) for one in outlines((root / OPML).read_bytes(), OPML)]
    first: dict[Slug, Feed] = {}
    problems = [
        Problem(feed.path, feed.line, f"a second feed of {feed.name!r}; the first is {known.url}", "rename one of them")
        for feed in found
        if (known := first.setdefault(feed.slug, feed)).url != feed.url
    ]
    if problems:
        raise Problems(problems)
    return list(first.values())


def chosen(found: Sequence[Feed], names: Iterable[str], known: Iterable[str]) -> list[Feed]:
    """The feeds of some names; all where none is named. `known` are all sources, with feeds or without.

    Raises Problems for names that have none, and where there is none at all.
    """
    by_slug = {feed.slug: feed for feed in found}
    wanted = {name_slug(name, "source"): name for name in names}
    without = {name_slug(name, "source") for name in known}
    every = [feed.name for feed in found]
    problems = [
        Problem(name, 0, "is a source without a feed", "write feed: and its address beside it")
        if slug in without
        else Problem(name, 0, "there is no such source", suggest(name, every))
        for slug, name in wanted.items()
        if slug not in by_slug
    ]
    if not found and not problems:
        hint = "write them in config.yaml under sources:, or in content/sources.yaml or content/sources.opml"
        problems = [Problem(CONFIG, 0, "no source has a feed", hint)]
    if problems:
        raise Problems(problems)
    return [by_slug[slug] for slug in wanted] or list(found)
