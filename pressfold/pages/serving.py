"""What the site's host is told of how to serve it: headers, redirects, whatever the host reads beside the pages."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from pressfold.host import KNOWN, Host
from pressfold.pages.address import article_address
from pressfold.pages.frame import Site
from pressfold.pages.view import Page, ServedKind, ServingView
from pressfold.served import HEADERS, KINDS, OTHERS

_LAYOUTS = {
    "_headers": "hosts/headers",
    "_redirects": "hosts/redirects",
    "nginx.conf": "hosts/nginx.conf",
    ".nojekyll": "hosts/nojekyll",
}
_REDIRECTING = frozenset(("_redirects", "nginx.conf"))


def serving_pages(site: Site) -> Iterator[Page]:
    """The files that the site's host reads; none where it is not known, or reads none."""
    host = KNOWN[site.config.host] if site.config.host != "any" else Host(name="")
    for name in host.reads:
        redirects = tuple(_redirects(site, host)) if name in _REDIRECTING else ()
        if redirects or name != "_redirects":
            yield Page(address=name, layout=_LAYOUTS[name], view=_view(site, host, redirects))


def _view(site: Site, host: Host, redirects: tuple[tuple[str, str], ...]) -> ServingView:
    return ServingView(
        root=urlsplit(site.config.base_url).path,
        search=site.config.search != "none",
        headers=tuple(HEADERS.items()),
        kinds=tuple(ServedKind(*kind) for kind in KINDS),
        cache=OTHERS.cache,
        redirects=redirects,
        forced=host.forced,
    )


def _redirects(site: Site, host: Host) -> Iterator[tuple[str, str]]:
    """Old addresses and new ones, as many as the host takes: at each old one stands a page that leads on, too."""
    for old, card in islice(site.catalog.redirects(), host.redirects or None):
        yield old, article_address(card)
