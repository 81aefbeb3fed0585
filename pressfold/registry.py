"""All companies that a site knows, by their slugs: the built-in list, and the site's own laid over it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from pressfold.company import Company
from pressfold.slug import Slug


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
