"""A company: its slugs, its names, and what tells them from other words."""

from collections.abc import Mapping

import msgspec

from pressfold.slug import Slug


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """A company. An alias that is an ordinary word stands in `doubtful`, and needs support from the text around it.

    `formerly` are the slugs that it had before, oldest first; `also` other slugs that lead to it: of companies that
    became part of it, say. Its feeds keep the id of the first that it had.
    """

    slug: Slug
    name: str
    formerly: tuple[Slug, ...] = ()
    also: tuple[Slug, ...] = ()
    aliases: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()
    platform: bool = False
    links: Mapping[str, str] = msgspec.field(default_factory=dict)
    body: str = ""
    path: str = ""

    @property
    def old(self) -> tuple[Slug, ...]:
        """All slugs that lead to it now."""
        return self.formerly + self.also

    @property
    def first(self) -> Slug:
        """The first slug that it had."""
        return self.formerly[0] if self.formerly else self.slug
