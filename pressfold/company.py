"""Companies: their slugs, names and aliases, as the built-in list and `content/companies/` give them."""

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import cast

import msgspec
from msgspec.structs import replace

from pressfold import yamltext
from pressfold.schema import Fields, front_matter, is_web_address
from pressfold.slug import Slug, check_slug

KEYS = ("name", "aliases", "support", "not", "links", "platform", "word")


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """A company. An alias that is an ordinary word stands in `doubtful`, and needs support from the text around it."""

    slug: Slug
    name: str
    aliases: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()
    platform: bool = False
    links: Mapping[str, str] = msgspec.field(default_factory=dict)
    body: str = ""
    path: str = ""


Registry = Mapping[Slug, Company]


class _BuiltIn(Mapping[Slug, Company]):
    """The companies that the program knows, each read from its line when it is asked for."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = {Slug(line.partition("|")[0].strip()): line for line in lines}
        self._read: dict[Slug, Company] = {}

    def __getitem__(self, slug: Slug) -> Company:
        if slug not in self._read:
            self._read[slug] = _built_in(self._lines[slug])
        return self._read[slug]

    def __iter__(self) -> Iterator[Slug]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


@cache
def built_in() -> Registry:
    """The companies that the program knows, from data/companies.txt: one line a company."""
    return _BuiltIn(_data_lines("companies.txt"))


def _built_in(line: str) -> Company:
    slug, name, aliases, support, vetoes, flags = (column.strip() for column in line.split("|"))
    names = [name if "word" not in flags.split() else "?" + name, *_parts(aliases)]
    return Company(
        slug=Slug(slug),
        name=name,
        aliases=tuple(dict.fromkeys(n for n in names if not n.startswith("?"))),
        doubtful=tuple(dict.fromkeys(n[1:] for n in names if n.startswith("?"))),
        support=_parts(support),
        vetoes=_parts(vetoes),
        platform="platform" in flags.split(),
    )


@cache
def outlets() -> tuple[str, ...]:
    """Names that hold a company's name or a number, yet are no company: publishers, agencies, other organisations."""
    return tuple(part for line in _data_lines("outlets.txt") for part in _parts(line))


def _data_lines(file: str) -> list[str]:
    from importlib import resources  # slow to load, and only an import and a first build need the lists

    text = resources.files("pressfold").joinpath("data", file).read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _parts(column: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in column.split(";") if part.strip())


def load(text: str, path: str) -> Company:
    """Read `content/companies/<slug>.md`; what it says is laid over the built-in company of that slug.

    Raises Problems with all that is wrong in it.
    """
    slug = check_slug(path.rpartition("/")[2].removesuffix(".md"), path, 0, "file name for a company")
    head, body, _ = front_matter(text, path)
    fields = Fields(yamltext.load(head, path, 2), path, KEYS)
    known = built_in().get(slug) or Company(slug=slug, name="")
    links = fields.mapping("links")
    found: dict[str, str] = {}
    for label in links.keys() if links else ():
        address = links.text(label) if links else ""
        if links and not is_web_address(address):
            links.problem(links.line(label), f"'links.{label}' is no http(s) address: {address[:80]!r}")
        found[label] = address
    name = fields.text("name", known.name, required=not known.name)
    word = fields.flag("word") or name in known.doubtful
    given = fields.texts("aliases")
    sure = [alias for alias in (name, *known.aliases, *given) if not (word and alias == name)]
    company = replace(
        known,
        name=name,
        aliases=tuple(dict.fromkeys(sure)),
        doubtful=tuple(dict.fromkeys([*known.doubtful, *([name] if word else [])])),
        support=known.support + fields.texts("support"),
        vetoes=known.vetoes + fields.texts("not"),
        platform=known.platform or fields.flag("platform"),
        links=found,
        body=body.strip("\n"),
        path=path,
    )
    if links:
        fields.take(links)
    fields.finish()
    return company


def registry(companies: Mapping[Slug, Company]) -> Registry:
    """The built-in list with the site's own companies laid over it."""
    return ChainMap(
        dict(companies), cast(dict[Slug, Company], built_in())
    )  # of which only the first is ever written to
