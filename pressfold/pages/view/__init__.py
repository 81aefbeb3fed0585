"""Views: the plain frozen values that layouts receive. A page is a pure function of its view (law 1).

Addresses are relative to the site's root (`companies/microsoft/`, empty for the front page) unless they begin with a
scheme. A body stands as the hash of its Markdown; the layout asks for it with `body(hash)`.
"""

from typing import Any

import msgspec


class View(msgspec.Struct, frozen=True):
    """The base of all views: encoded to canonical bytes for the page's fingerprint."""


class Link(View, frozen=True):
    """A name, and where it leads; `address` is None for a name alone. `lang` and `dir` are those of the name."""

    text: str
    address: str | None = None
    lang: str = ""
    dir: str = ""


class Day(View, frozen=True):
    """A calendar day: ISO for machines, words for people in the page's language."""

    iso: str
    text: str


class Text(View, frozen=True):
    """A Markdown text by its hash, and the file that it stands in; its links are reckoned from there."""

    digest: str
    path: str

    @property
    def folder(self) -> str:
        """The file's folder, relative to content/."""
        return self.path.rpartition("/")[0].removeprefix("content/")


class Feeds(View, frozen=True):
    """The three feeds that lie in one folder: `feed.xml`, `atom.xml`, `feed.json`."""

    title: str
    folder: str
    lang: str = ""
    dir: str = ""
    paged: bool = True  # whether a page stands in the folder too


class Picture(View, frozen=True):
    """A picture in content/media/, the words for those who do not see it, and those that stand below it."""

    address: str
    words: str
    caption: str = ""


class Frame(View, frozen=True):
    """What stands round every page."""

    site: str
    base_url: str
    title: str
    description: str
    address: str
    lang: str
    dir: str
    words: str  # the language of the theme's own words; marked where it differs from `lang`
    feeds: tuple[Feeds, ...]
    copyright: str
    trail: tuple[Link, ...] = ()  # breadcrumbs, outermost first, without the page itself
    section: str = ""  # which entry of the menu is this page's: companies, stories, languages, archive, feeds, about
    absolute: bool = False  # whether links carry the whole address: 404.html answers everywhere, and is in no list
    indexed: bool = True
    card: Link | None = None  # the picture that goes with a link to the page, and whose name it shows
    picture: Picture | None = None  # the article's own, which goes with a link in the place of the card
    search: bool = False  # whether the site has a page to search it


class Item(View, frozen=True, cache_hash=True):
    """An article as lists show it; `others` are tellings of the same story."""

    title: str
    address: str
    lang: str
    dir: str
    language: str  # the language's name, in the page's language
    day: Day
    dated: bool  # False: the day is that on which it joined the digest
    companies: tuple[Link, ...]
    source: str
    summary: str
    unconfirmed: bool  # the title or the summary was made by the machine and not confirmed
    story: str = ""  # where all tellings of its story stand, when `others` are shown
    others: tuple["Item", ...] = ()


class Page(msgspec.Struct, frozen=True):
    """A file that the site will have: its address, the layout (or feed format) that draws it, and its view."""

    address: str
    layout: str
    view: Any
    source: str = ""  # the content that it comes from, for a message; empty for a list
    changed: str = ""  # the day of its last change, for the sitemap

    @property
    def path(self) -> str:
        """The file, relative to output/."""
        return self.address + "index.html" if self.address == "" or self.address.endswith("/") else self.address

    @property
    def listed(self) -> str | None:
        """Its last change as the sitemap tells it; None for what has no place there."""
        if not self.layout.endswith(".html"):
            return None
        frame = self.view.frame
        return self.changed if frame.indexed and not frame.absolute else None
