"""A company's own file, `content/companies/<slug>.md`: read, and laid over what the built-in list says of the company."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from pressfold import yamltext
from pressfold.company import Company
from pressfold.registry import built_in
from pressfold.schema import Fields, front_matter, is_web_address, plain
from pressfold.slug import Slug, check_slug, slug_of
from pressfold.yamltext import Plain

Text = TypeVar("Text", bound=str)
# In the order in which they are written.
KEYS = ("name", "formerly", "also", "aliases", "support", "not", "word", "platform", "links")


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
