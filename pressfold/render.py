"""A page's view to bytes, through its layout; and the page's fingerprint.

While a page is drawn, each link to an address of the site begins with a mark that stands for the site's root. So what is
drawn does not depend on where the page lies, and pages can share it; when the page is whole, the way to the root is put
in the place of the marks.
"""

import hashlib
import posixpath
import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import msgspec
from markupsafe import Markup

from pressfold import markup, social
from pressfold.layouts import Layouts
from pressfold.linked import linked_data
from pressfold.pages.view import Page, Text
from pressfold.pages.view.machines import FeedView, SocialCardView
from pressfold.problem import Problems
from pressfold.words import ENGLISH

if TYPE_CHECKING:
    from pressfold.feeds import Feed

ROOT = "\0"  # no text that is published holds this character, and no HTML may
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)

Html = Callable[[Text], str]  # the safe HTML of a body


def fingerprint(page: Page, layouts: Layouts, versions: str) -> str:
    """The hash of all that a page depends on. Raises Problems when its layout is broken."""
    frame = getattr(page.view, "frame", None)
    drawn = _design(page, layouts)
    drawn += layouts.words.of(frame.words).mark if frame else ""
    found = hashlib.sha256(f"{versions}\0{page.address}\0{page.layout}\0{drawn}\0".encode())
    found.update(msgspec.msgpack.encode(page.view))
    return found.hexdigest()


def _design(page: Page, layouts: Layouts) -> str:
    """The hash of what gives a page its form."""
    if isinstance(page.view, FeedView):
        return ""
    if isinstance(page.view, SocialCardView):
        return social.design(layouts.source(page.layout))
    return layouts.digest(page.layout)


def feed(view: FeedView, html: Html) -> "Feed":
    """A feed, to be written in its formats."""
    from pressfold import feeds  # feedgen is needed only where a feed changed

    bodies = [linked(item.text, html).replace(ROOT, view.base_url) if item.text else "" for item in view.items]
    return feeds.Feed(view, [feeds.content(*given, view.base_url) for given in zip(view.items, bodies, strict=True)])


def render(page: Page, layouts: Layouts, html: Html) -> bytes:
    """The bytes of a page. Raises Problems when its layout fails."""
    view = page.view

    def body(text: Text) -> Markup:
        return Markup(linked(text, html))  # noqa: S704 - sanitised

    frame = getattr(view, "frame", None)
    root = frame.base_url if frame and frame.absolute else way_up(page.address)
    try:
        tongue = layouts.words.of(frame.words if frame else ENGLISH)
        say = tongue if frame is None or frame.words == frame.lang else tongue.marked
        given = {
            "view": view,
            "href": href,
            "body": body,
            "linked": linked_data,
            "memo": layouts.memo,
            "static": layouts.static,
            "_": tongue,
            "say": say,
            "count": say.count,
            "forms": tongue.forms,
        }
        drawn = layouts.template(page.layout).render(given)
    except Problems:
        raise
    except Exception as error:  # noqa: BLE001 - a layout is a person's code, and can raise anything
        raise layouts.problem(error, page.layout, page) from None
    return drawn.encode("utf-8", "replace").replace(ROOT.encode(), root.encode())


@lru_cache(maxsize=8192)  # the same addresses stand on page after page
def href(address: str) -> str:
    """A link to an address of the site, from its root; one that begins with a scheme or `//` as it is."""
    return address if _REMOTE.match(address) else ROOT + quote(address)


def way_up(address: str) -> str:
    """The way from a page to the root: relative, so that the site works at any path."""
    return "../" * address.count("/") or "./"


def linked(text: Text, html: Html) -> str:
    """The safe HTML of a text, its links leading where the files are published."""
    return markup.relink(html(text), lambda url: _published(url, text.folder)) if text.digest else ""


def _published(url: str, folder: str) -> str | None:
    """The address of a link in a text: content is linked as its files lie, the web as it is, anything else not at all."""
    if url.startswith("//"):
        return "https:" + url
    if _REMOTE.match(url) or url.startswith("#"):
        return url
    path, mark, fragment = url.partition("#")
    target = posixpath.normpath(posixpath.join("/", folder, unquote(path))).strip("/")
    name = posixpath.basename(target).removesuffix(".md")
    kind, _, rest = target.partition("/")
    if kind == "media" and rest:
        return href(target) + mark + fragment
    if target.endswith(".md") and kind in ("articles", "companies", "pages"):
        return href(f"{name}/" if kind == "pages" else f"{kind}/{name}/") + mark + fragment
    return None
