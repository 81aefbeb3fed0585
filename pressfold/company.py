"""A company: its slugs, its names, and what tells them from other words."""

import re
from collections.abc import Mapping

import msgspec

from pressfold.slug import Slug

_FORM = re.compile(
    r"^(?:Grupo|Gruppo|Groupe|Grupa|PT) |(?:,? (?:A/S|AB|AG|AS|ASA|BV|Co\.?|Company|Corp\.?|Corporation|Group|Groupe|Grupo|Gruppe"
    r"|Gruppo|GmbH|Holdings?|Inc\.?|KG|KGaA|Limited|Ltd\.?|NV|Nyrt\.?|Oyj?|PLC|SA|SAS|SE|S\.p\.A\.|SpA|Zrt\.?|a\.s\.|plc"
    r"|Brands|Entertainment|Foods|Games|International|Labs|Pharma|Pharmaceuticals|Robotics|Semiconductors?|Software|Studios"
    r"|Technolog(?:y|ies)|Ticaret))+$"
)


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
    def short(self) -> str:
        """Its name without its legal form or trade: what a text calls it that has said the whole; empty where it has neither."""
        short = _FORM.sub("", self.name)
        return short if len(short) > 2 and short not in (self.name, *self.aliases, *self.doubtful) else ""

    @property
    def first(self) -> Slug:
        """The first slug that it had."""
        return self.formerly[0] if self.formerly else self.slug
