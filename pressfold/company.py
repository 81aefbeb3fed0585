"""Companies: their slugs, names and aliases, as the built-in list and `content/companies/` give them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from pressfold import yamltext
from pressfold.schema import Fields, front_matter, is_web_address, plain
from pressfold.slug import Slug, check_slug, slug_of
from pressfold.yamltext import Plain

Text = TypeVar("Text", bound=str)
# In the order in which they are written.
KEYS = ("name", "formerly", "also", "aliases", "support", "not", "word", "platform", "links")


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


class Registry(Mapping[Slug, Company]):
    """Companies by their slugs. One that had other slugs is found by these too, and listed once."""

    def __init__(self, own: Mapping[Slug, Company], lines: Mapping[Slug, str], former: Mapping[Slug, Slug]) -> None:
        self.declared, self.lines, self.former = own, lines, former
        self._own = dict(own)

    def __getitem__(self, slug: Slug) -> Company:
        slug = self.former.get(slug, slug)
        if slug not in self._own:
            self._own[slug] = _built_in(self.lines[slug])
        return self._own[slug]

    def __contains__(self, slug: object) -> bool:
        return slug in self._own or slug in self.lines or slug in self.former

    def __iter__(self) -> Iterator[Slug]:
        yield from self.lines
        yield from (slug for slug in list(self._own) if slug not in self.lines)

    def __len__(self) -> int:
        return len(self.lines) + sum(slug not in self.lines for slug in self._own)


@cache
def built_in() -> Registry:
    """The companies that the program knows, from data/companies.txt: one line a company."""
    lines = {Slug(line.partition("|")[0].strip()): line for line in _data_lines("companies.txt")}
    moved = (_built_in(line) for line in lines.values() if "=" in line.rpartition("|")[2])
    return Registry({}, lines, {old: company.slug for company in moved for old in company.old})


def registry(companies: Mapping[Slug, Company]) -> Registry:
    """The built-in list with the site's own companies laid over it; what these were before is listed no more."""
    known = built_in()
    former = {old: company.slug for company in companies.values() for old in company.old}
    gone = former.keys() & known.keys()
    lines = {slug: line for slug, line in known.lines.items() if slug not in gone} if gone else known.lines
    chain = {old: former.get(slug, slug) for old, slug in known.former.items()}
    return Registry(companies, lines, {**chain, **former})


class Contest(msgspec.Struct, frozen=True):
    """A file of content/companies/ that wants a slug which leads elsewhere already; `key` is the field that says so."""

    path: str
    key: str
    message: str
    hint: str


def contests(companies: Iterable[Company]) -> Iterator[Contest]:
    """Where the site's own companies want one slug twice."""
    declared, known = list(companies), built_in()
    owners: dict[Slug, Company] = {}
    for company in declared:
        first = owners.setdefault(company.slug, company)
        if first is not company:
            message = f"is about {company.slug!r}, and so is {first.path}"
            yield Contest(company.path, "", message, "make one file of the two")
    claims: dict[Slug, Company] = {}
    for company in owners.values():
        for key, old in [("formerly", o) for o in company.formerly] + [("also", o) for o in company.also]:
            first, owner = claims.setdefault(old, company), known.former.get(old, company.slug)
            if old in owners and owners[old] is not company:
                message = f"{old!r} has a file of its own, {owners[old].path}"
                yield Contest(company.path, key, message, "take the one out, or delete the other")
            elif first is not company:
                message = f"{old!r} leads to {first.slug!r} already ({first.path})"
                yield Contest(company.path, key, message, "one company alone can be meant by it")
            elif owner != company.slug and owner not in company.old:
                yield Contest(company.path, key, f"{old!r} leads to {owner!r} already", f"name {owner!r} instead")


def present(slugs: Iterable[Slug], former: Mapping[Slug, Slug]) -> tuple[Slug, ...]:
    """Companies by the slugs that they have now, each once."""
    return tuple(dict.fromkeys([former.get(slug, slug) for slug in slugs]))


def _built_in(line: str) -> Company:
    slug, name, aliases, support, vetoes, flags = (column.strip() for column in line.split("|"))
    names = [name if "word" not in flags.split() else "?" + name, *_parts(aliases)]
    return Company(
        slug=Slug(slug),
        name=name,
        formerly=_flagged(flags, "formerly"),
        also=_flagged(flags, "also"),
        aliases=tuple(dict.fromkeys(n for n in names if not n.startswith("?"))),
        doubtful=tuple(dict.fromkeys(n[1:] for n in names if n.startswith("?"))),
        support=_parts(support),
        vetoes=_parts(vetoes),
        platform="platform" in flags.split(),
    )


def _flagged(flags: str, key: str) -> tuple[Slug, ...]:
    """The slugs behind a flag: formerly=old,older."""
    given = (flag.partition("=") for flag in flags.split())
    return tuple(Slug(slug) for name, _, slugs in given if name == key for slug in slugs.split(","))


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
    """Read `content/companies/<slug>.md`; what it says is laid over the built-in company of that slug, or of a former one.

    Raises Problems with all that is wrong in it.
    """
    written = check_slug(slug_of(path), path, 0, "file name for a company")
    slug = built_in().former.get(written, written)
    head, body, _ = front_matter(text, path)
    fields = Fields(yamltext.load(head, path, 2), path, KEYS)
    known = _known(slug, fields)
    links = _links(fields)
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
        links=links,
        body=body.strip("\n"),
        path=path,
    )
    fields.finish()
    return company


def said(text: str, path: str) -> dict[str, Plain]:
    """What a company's file says, by its keys, and nothing of what is built in."""
    value = plain(yamltext.load(front_matter(text.removeprefix("\ufeff"), path)[0], path, 2))
    return value if isinstance(value, dict) else {}


def _known(slug: Slug, fields: Fields) -> Company:
    """What the built-in list knows of a company, by its slug and by the others that the file says are its own."""
    formerly, also = fields.slugs("formerly"), fields.slugs("also")
    for key, slugs in (("formerly", formerly), ("also", also)):
        if slug in slugs:
            fields.problem(fields.line(key), f"{key!r} names the company itself", "name what it was called before")
    own, others = _listed([slug, *formerly]), _listed(also)
    both = [*own, *others]
    return replace(
        own[0] if own else Company(slug=slug, name=""),
        slug=slug,
        formerly=_each([*(one.formerly for one in own), formerly]),
        also=_each([*(one.also for one in own), also, *(one.old for one in others)]),
        aliases=_each(one.aliases for one in both),
        doubtful=_each(one.doubtful for one in both),
        support=_each(one.support for one in both),
        vetoes=_each(one.vetoes for one in both),
    )


def _listed(slugs: Iterable[Slug]) -> list[Company]:
    known = built_in()
    return [known[slug] for slug in dict.fromkeys(slugs) if slug in known.lines]


def _each(parts: Iterable[Iterable[Text]]) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(one for part in parts for one in part))


def _links(fields: Fields) -> dict[str, str]:
    links = fields.mapping("links")
    found: dict[str, str] = {}
    for label in links.keys() if links else ():
        address = links.text(label) if links else ""
        if links and not is_web_address(address):
            links.problem(links.line(label), f"'links.{label}' is no http(s) address: {address[:80]!r}")
        found[label] = address
    if links:
        fields.take(links)
    return found
