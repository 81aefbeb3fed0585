"""The site's own word on a company, `content/companies/<slug>.md`: begun, added to, or given another slug."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from pressfold import companyfile, content, yamltext
from pressfold.amend import amend
from pressfold.company import Company
from pressfold.problem import refuse, suggest
from pressfold.registry import Registry
from pressfold.schema import one_line
from pressfold.site import COMPANIES
from pressfold.slug import Slug, check_slug
from pressfold.slug import slug as slug_of
from pressfold.yamltext import Bare, Plain


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be said of a company. Without a slug it is the one that is known by the name, else a new one."""

    name: str
    slug: str = ""
    aliases: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()
    word: bool = False
    platform: bool = False


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a company as it shall be; `gone` is the one that it takes the place of."""

    company: Company
    path: str
    text: str
    gone: str = ""

    def write(self, root: Path) -> None:
        """Write it, then delete what it takes the place of."""
        content.write(root / self.path, self.text.encode("utf-8"))
        if self.gone:
            (root / self.gone).unlink()


def declare(root: Path, known: Registry, wanted: Wanted) -> Declared:
    """What is wanted, in the company's file. Raises Problems for a name that is another company's, and a slug that is none."""
    wanted = _plain(wanted)
    slug = _slug(known, wanted)
    company = known.get(slug) or Company(slug=slug, name="")
    _free(known, slug, "NAME", [wanted.name])
    _free(known, slug, "--alias", wanted.aliases)
    path = company.path or f"{COMPANIES}/{slug}.md"
    text = _begun(root, path)
    said = companyfile.said(text, path)
    own = [wanted.name] if company.name and wanted.name.casefold() not in _names(company) else []
    given = [*own, *wanted.aliases]
    fields: dict[str, Plain] = {
        "name": "" if company.name else wanted.name,
        "aliases": _more(said, "aliases", [one for one in given if one not in (*company.aliases, *company.doubtful)]),
        "support": _more(said, "support", [one for one in wanted.support if one not in company.support]),
        "not": _more(said, "not", [one for one in wanted.vetoes if one not in company.vetoes]),
        "word": Bare("true") if wanted.word else "",
        "platform": Bare("true") if wanted.platform else "",
    }
    return _declared(path, amend(text, path, {key: new for key, new in fields.items() if new}, keys=companyfile.KEYS))


def rename(root: Path, known: Registry, old: str, new: str) -> Declared:
    """A company under another slug; where another company has that, it becomes part of it.

    Raises Problems where there is no such company, and where a text that somebody wrote would be lost.
    """
    company, slug = known.get(Slug(old)), check_slug(new, "NEW", 0, "slug for a company")
    if not company:
        raise refuse("OLD", 0, f"there is no company {old!r}", suggest(old, known))
    if company.slug != old:
        raise refuse("OLD", 0, f"{old!r} is called {company.slug!r} now", f"rename {company.slug}")
    if known.get(slug, company) is not company:
        return _taken_in(root, company, known[slug])
    if slug == old:
        raise refuse("NEW", 0, f"it is called {old!r} already")
    path = f"{COMPANIES}/{slug}.md"
    text = _begun(root, company.path) if company.path else f"---\n{yamltext.dump({'name': company.name})}---\n"
    run = [one for one in (*company.formerly, company.slug) if one != slug]
    fresh = slug != company.first  # else its feeds are known by this slug already
    fields: dict[str, Plain] = {
        "formerly": run if fresh else [],
        "also": [*([] if fresh else run), *_but(company.also, slug)],
    }
    return _declared(path, amend(text, path, fields, keys=companyfile.KEYS), gone=company.path)


def _taken_in(root: Path, company: Company, into: Company) -> Declared:
    """One company as part of another: its slugs lead there, its names mean that."""
    path = into.path or f"{COMPANIES}/{into.slug}.md"
    text = _begun(root, path)
    if company.body and company.body != into.body:
        if into.body:
            raise refuse(
                company.path, 0, f"has a text, and so has {into.path}", "move what is to stay, and delete it here"
            )
        text = f"{text.rstrip()}\n\n{company.body}\n"
    said, own = companyfile.said(text, path), companyfile.said(_begun(root, company.path), path) if company.path else {}
    named = [str(own["name"])] if "name" in own else []
    lists = {key: _more(said, key, _texts(own.get(key, ()))) for key in ("support", "not")}
    fields: dict[str, Plain] = {
        "also": _more(said, "also", [company.slug, *company.old]),
        "aliases": _more(said, "aliases", [*named, *_texts(own.get("aliases", ()))]),
        **lists,
    }
    return _declared(path, amend(text, path, fields, keys=companyfile.KEYS), gone=company.path)


def _declared(path: str, text: str, gone: str = "") -> Declared:
    loaded = companyfile.load(text.removeprefix("\ufeff").replace("\r\n", "\n"), path)
    return Declared(company=loaded, path=path, text=text, gone=gone)


def _plain(wanted: Wanted) -> Wanted:
    """The same in texts of one line, as its file is read. Raises Problems for one that cannot stand there."""
    return replace(
        wanted,
        name=_line("NAME", wanted.name),
        aliases=tuple(_line("--alias", one) for one in wanted.aliases),
        support=tuple(_line("--support", one) for one in wanted.support),
        vetoes=tuple(_line("--not", one) for one in wanted.vetoes),
    )


def _line(where: str, text: str) -> str:
    line = one_line(text)
    if not line:
        raise refuse(where, 0, "is empty" if line == "" else "holds a control character")
    return line


def _slug(known: Registry, wanted: Wanted) -> Slug:
    if wanted.slug:
        return known.former.get(Slug(wanted.slug), check_slug(wanted.slug, "--slug", 0, "slug for a company"))
    own = next(_named(known, wanted.name), None)
    made = slug_of(wanted.name, "")
    if not own and not made:
        raise refuse("NAME", 0, "has no words for a slug", "give one with --slug")
    if not own and made in known:
        hint = f"add to that: --slug {made}, or give another slug"
        raise refuse("NAME", 0, f"the slug {made!r} is that of {known[made].name!r}", hint)
    return own.slug if own else made


def _names(company: Company) -> set[str]:
    """All names of a company, as they are compared."""
    return {one.casefold() for one in (company.name, *company.aliases, *company.doubtful)}


def _named(known: Registry, name: str) -> Iterator[Company]:
    """The companies that have the name."""
    folded = name.casefold()
    return (company for company in known.values() if folded in _names(company))


def _free(known: Registry, slug: Slug, where: str, names: Sequence[str]) -> None:
    """Raise Problems where a name is another company's: an article would be about both."""
    for name in names:
        for other in _named(known, name):
            if other.slug != slug:
                raise refuse(where, 0, f"{name!r} is a name of {other.slug!r}", f"add to that: --slug {other.slug}")


def _begun(root: Path, path: str) -> str:
    """A company's file as it is; one that says nothing yet where there is none."""
    there = (root / path).is_file()
    return (root / path).read_bytes().decode("utf-8") if there else "---\n---\n"


def _more(said: dict[str, Plain], key: str, new: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*_texts(said.get(key, ())), *new]))


def _texts(value: Plain) -> list[str]:
    return [value] if isinstance(value, str) else [str(one) for one in value]


def _but(slugs: Sequence[Slug], slug: Slug) -> list[str]:
    return [one for one in slugs if one != slug]
