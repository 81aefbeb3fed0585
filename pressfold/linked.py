"""What a page says of itself to machines: JSON-LD in the words of schema.org, written so that no text can end its element.

It says nothing that the page's `<title>`, description and canonical link say already.
"""

from functools import lru_cache
from typing import Any
from urllib.parse import quote

import msgspec
from markupsafe import Markup

from pressfold.pages.view import Frame, Link, View
from pressfold.pages.view.html import ArticleView, CompanyView, FrontView, NotFoundView, TextView

_BEGIN = '<script type="application/ld+json">{"@context":"https://schema.org",'
# Within a script element HTML ends at what looks like a tag, whatever JSON says. The last two end lines for some parsers.
_ESCAPED = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_encoder = msgspec.json.Encoder()


class _Thing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="@type", rename="camel"):
    """A thing of schema.org: `@type` and what is known of it."""


class _Named(_Thing, frozen=True, tag="Person"):
    name: str


class _Organization(_Thing, frozen=True, tag="Organization"):
    id: str = msgspec.field(
        name="@id"
    )  # its page here: where the organization itself is on the web is not known for sure
    name: str


class _WebSite(_Thing, frozen=True, tag="WebSite"):
    id: str = msgspec.field(name="@id")
    name: str = ""
    in_language: str = ""
    description: str = ""


class _Crumb(_Thing, frozen=True, tag="ListItem"):
    position: int
    name: str
    item: str = ""


class _Trail(_Thing, frozen=True, tag="BreadcrumbList"):
    item_list_element: tuple[_Crumb, ...]


class _Around(_Thing, frozen=True, tag="WebPage"):
    breadcrumb: _Trail


class _Page(_Thing, frozen=True, tag="WebPage"):
    name: str
    in_language: str
    is_part_of: _WebSite
    about: _Organization | None = None
    breadcrumb: _Trail | None = None


class _List(_Page, frozen=True, tag="CollectionPage"):
    pass


class _Version(_Thing, frozen=True, tag="NewsArticle"):
    id: str = msgspec.field(name="@id")


class _Article(_Thing, frozen=True, kw_only=True, tag="NewsArticle"):
    id: str = msgspec.field(name="@id", default="")  # where other pages name it
    headline: str
    image: str = ""
    in_language: str
    is_part_of: _WebSite
    date_published: str = ""
    date_modified: str = ""
    author: _Named | None = None
    credit_text: str = ""
    is_based_on: str = ""
    is_accessible_for_free: bool = False
    about: tuple[_Organization, ...] = ()
    main_entity_of_page: _Around | None = None
    translation_of_work: _Version | None = None
    work_translation: tuple[_Version, ...] = ()


def linked_data(view: Any) -> Markup:
    """What the page of a view says of itself, as an element for its head."""
    text = _encoder.encode(_thing(view, view.frame)).decode()
    for char, escaped in _ESCAPED.items():
        if char in text:
            text = text.replace(char, escaped)
    return Markup(f"{_BEGIN}{text[1:]}</script>")  # noqa: S704 - escaped


def _thing(view: View, frame: Frame) -> _Thing:
    if isinstance(view, ArticleView):
        return _article(view, frame)
    if isinstance(view, FrontView):
        return _WebSite(id=frame.base_url, name=frame.site, in_language=frame.lang, description=view.description)
    made = _Page if isinstance(view, TextView | NotFoundView) else _List
    about = Link(text=view.name, address=frame.address) if isinstance(view, CompanyView) else None
    return made(
        name=frame.title,
        in_language=frame.lang,
        is_part_of=_site(frame.base_url),
        about=_company(frame.base_url, about) if about else None,
        breadcrumb=_trail(frame) if frame.trail else None,
    )


def _article(view: ArticleView, frame: Frame) -> _Article:
    """`published` is when the text first came out, wherever that was; what only joined the digest has no such day."""
    source, base_url, original = view.source, frame.base_url, view.original
    versions = [_Version(id=f"{base_url}{link.address}") for link in view.versions if link.address != frame.address]
    return _Article(
        id=f"{base_url}{frame.address}" if versions else "",
        headline=view.item.title,
        image=f"{base_url}{quote(frame.picture.address)}" if frame.picture else "",
        in_language=frame.lang,
        is_part_of=_site(base_url),
        date_published=view.published.iso if view.published else "",
        date_modified=view.updated.iso if view.updated else "",
        author=_Named(name=view.author) if view.author else None,
        credit_text=source.text if source else "",
        is_based_on=(source.address or "") if source else "",
        is_accessible_for_free=view.whole,
        about=tuple([_company(base_url, company) for company in view.item.companies]),
        main_entity_of_page=_Around(breadcrumb=_trail(frame)) if frame.trail else None,
        translation_of_work=_Version(id=f"{base_url}{original.address}") if original else None,
        work_translation=() if original else tuple(versions),
    )


@lru_cache(maxsize=4)
def _site(base_url: str) -> _WebSite:
    return _WebSite(id=base_url)


@lru_cache(maxsize=1024)  # the same stand on page after page
def _company(base_url: str, company: Link) -> _Organization:
    return _Organization(id=f"{base_url}{company.address}", name=company.text)


def _trail(frame: Frame) -> _Trail:
    """The breadcrumbs, and the page itself as the last of them."""
    above = _above(frame.base_url, frame.trail)
    return _Trail(item_list_element=(*above, _Crumb(position=len(above) + 1, name=frame.title)))


@lru_cache(maxsize=1024)
def _above(base_url: str, trail: tuple[Link, ...]) -> tuple[_Crumb, ...]:
    return tuple(
        _Crumb(position=place, name=link.text, item=f"{base_url}{link.address}") for place, link in enumerate(trail, 1)
    )
