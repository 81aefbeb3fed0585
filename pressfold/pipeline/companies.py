"""Companies found, added, read again and renamed."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pressfold.options import Options
from pressfold.problem import refuse, suggest
from pressfold.site import check_site, lock
from pressfold.slug import Slug

if TYPE_CHECKING:
    from pressfold.article import Article
    from pressfold.census import Candidate
    from pressfold.company import Company
    from pressfold.declare import Declared, Wanted
    from pressfold.reread import Reread


def unknown_names(options: Options, least: int) -> "list[Candidate]":
    """The names that stand in at least so many articles, and that no list knows."""
    from pressfold import content
    from pressfold.census import census

    check_site(options.root)
    known, gone = content.companies_of(options.root), content.read_dismissed(options.root)
    return census(_articles(options), known, least, gone)


def dismiss(options: Options, names: Sequence[str]) -> None:
    """Leave names out of the queue from now on."""
    from pressfold import content

    with lock(options.root, options.notice):
        content.dismiss(options.root, names)


def declare(options: Options, wanted: "Wanted", *, dry: bool) -> "tuple[Declared, list[Reread]]":
    """Write what is said of a company; (its file, the articles of which that changes something)."""
    from pressfold import content
    from pressfold import declare as files

    with lock(options.root, options.notice):
        known = content.companies_of(options.root)
        declared = files.declare(options.root, known, wanted)
        if not dry:
            declared.write(options.root)
        own = {**known.declared, declared.company.slug: declared.company}
        return declared, _reread(options, own, [declared.company.slug], dry=dry)


def reread(options: Options, slugs: Sequence[str], *, dry: bool) -> "list[Reread]":
    """Read the articles again that some companies concern, or all that the site says something of."""
    from pressfold import content

    with lock(options.root, options.notice):
        known = content.companies_of(options.root)
        for slug in slugs:
            if slug not in known:
                raise refuse("SLUG", 0, f"there is no company {slug!r}", suggest(slug, known))
        asked = [known[Slug(slug)].slug for slug in slugs] or list(known.declared)
        return _reread(options, known.declared, asked, dry=dry)


def _reread(options: Options, own: "Mapping[Slug, Company]", slugs: Sequence[Slug], *, dry: bool) -> "list[Reread]":
    from pressfold.registry import registry
    from pressfold.reread import Rereading

    return list(Rereading(options.root, registry(own), slugs, dry=dry).run(_articles(options)))


def _articles(options: Options) -> "Iterator[Article]":
    from pressfold import content

    return content.each(options.root, partial(options.progress, "Reading"), options.notice)


def rename(options: Options, old: str, new: str) -> "Declared":
    """Give a company another slug; its old addresses lead to the new."""
    from pressfold import content
    from pressfold import declare as files

    with lock(options.root, options.notice):
        declared = files.rename(options.root, content.companies_of(options.root), old, new)
        declared.write(options.root)
        return declared
