"""What the site's host is told of how to serve it: headers, redirects, whatever the host reads beside the pages."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from pressfold.host import KNOWN, Host
from pressfold.pages.address import article_address, company_address
from pressfold.pages.frame import Site
from pressfold.pages.view import Page
from pressfold.pages.view.machines import ServedKind, ServingView
from pressfold.served import HEADERS, KINDS, OTHERS

_LAYOUTS = {
    "_headers": "hosts/headers",
    "_redirects": "hosts/redirects",
    "nginx.conf": "hosts/nginx.conf",
    ".nojekyll": "hosts/nojekyll",
}
Pairs = tuple[tuple[str, str], ...]
_REDIRECTING = frozenset(("_redirects", "nginx.conf"))


def serving_pages(site: Site) -> Iterator[Page]:
    """The files that the site's host reads; none where it is not known, or reads none."""
    host = KNOWN[site.config.host] if site.config.host != "any" else Host(name="")
    for name in host.reads:
        leading = name in _REDIRECTING
        redirects = tuple(_redirects(site, host)) if leading else ()
        moves = tuple(_moves(site, host)) if leading else ()
        if redirects or moves or name != "_redirects":
            yield Page(address=name, layout=_LAYOUTS[name], view=_view(site, host, redirects, moves))


def _view(site: Site, host: Host, redirects: Pairs, moves: Pairs) -> ServingView:
    return ServingView(
        root=urlsplit(site.config.base_url).path,
        search=site.config.search != "none",
        headers=tuple(HEADERS.items()),
        kinds=tuple(ServedKind(*kind) for kind in KINDS),
        cache=OTHERS.cache,
        redirects=redirects,
        moves=moves,
        forced=host.forced,
    )


def _redirects(site: Site, host: Host) -> Iterator[tuple[str, str]]:
    """Old addresses and new ones, as many as the host takes: at each old one stands a page that leads on, too."""
    for old, card in islice(site.catalog.redirects(), host.redirects or None):
        yield old, article_address(card)


def _moves(site: Site, host: Host) -> Iterator[tuple[str, str]]:
    """The folders of companies that had another slug. Their feeds are served at the old address by other hosts."""
    slugs = [(old, slug) for slug in site.catalog.names("company") for old in site.company(slug).old]
    for old, slug in islice(sorted(slugs), host.moves or None):
        yield company_address(old), company_address(slug)
