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


class Section(View, frozen=True):
    """The newest stories of one company on the front page; `company` is None for those that are about none."""

    company: Link | None
    items: tuple[Item, ...]
    more: bool  # whether there are more of them among the newest than are shown


class FrontView(View, frozen=True):
    """`front.html`: the newest story, then the newest by company, the company with the newest first."""

    frame: Frame
    description: str
    lead: Item | None  # None: there are no articles yet
    sections: tuple[Section, ...]
    more: bool  # whether the archive holds more than is shown


class Bar(View, frozen=True):
    """Some articles of a period, in the units of a picture: the middle of the foot, counted from the left and from above."""

    x: int
    y: int
    height: int


class Series(View, frozen=True):
    """The articles in one language, through all periods; `language` is empty for all the other languages together."""

    language: str  # its name, in the page's language
    count: int
    bars: tuple[Bar, ...]


class Period(View, frozen=True):
    """A month, quarter or year that has articles, and how many in each of the series; a month leads to its page."""

    link: Link
    count: int
    counts: tuple[int, ...]


class Mark(View, frozen=True):
    """A word beside a picture: for a line of the grid in units from above, for a time in hundredths of the width."""

    at: float
    text: str


class Timeline(View, frozen=True):
    """A company's articles by time and language, as a picture and as a table; time runs as the page is read.

    The picture is as many times two units wide as it has periods.
    """

    unit: str  # month, quarter or year
    length: int  # how many periods there are between its ends
    height: int
    count: int
    first: Link
    last: Link
    peak: Link | None  # the period with the most articles; None where several have as many
    most: int  # how many these are
    periods: tuple[Period, ...]  # newest first
    series: tuple[Series, ...]  # from below, the largest first
    lines: tuple[Mark, ...]
    months: tuple[Mark, ...]  # empty where the years alone are named
    years: tuple[Mark, ...]


class Scale(View, frozen=True):
    """What the pictures in a list have in common, so that they can be compared."""

    unit: str  # month, quarter or year
    length: int  # how many periods each picture is wide
    height: int
    first: Link
    last: Link
    most: int  # how many articles the whole height is


class Step(View, frozen=True):
    """Periods that follow each other and are as high, from left to right."""

    width: int
    height: int


class CompanyRow(View, frozen=True):
    """A company in the list of all."""

    company: Link
    count: int
    latest: Day
    languages: tuple[Link, ...]
    outline: tuple[Step, ...] = ()  # of its articles over time, on the scale of all


class CompaniesView(View, frozen=True):
    """`companies.html`."""

    frame: Frame
    rows: tuple[CompanyRow, ...]
    scale: Scale | None  # where all articles are of one month, None


class SourceRow(View, frozen=True):
    """A source in the list of all."""

    source: Link
    count: int
    latest: Day


class SourcesView(View, frozen=True):
    """`sources.html`."""

    frame: Frame
    rows: tuple[SourceRow, ...]


class CompanyView(View, frozen=True):
    """`company.html`."""

    frame: Frame
    name: str
    links: tuple[Link, ...]
    text: Text | None
    timeline: Timeline | None  # where there are too few articles, None
    items: tuple[Item, ...]
    mentions: tuple[Item, ...]
    months: tuple[Link, ...]
    feeds: Feeds


class ListView(View, frozen=True):
    """`list.html`: articles under one heading: a month, a language, a source, a part of a month."""

    frame: Frame
    heading: Link
    items: tuple[Item, ...]
    months: tuple[Link, ...] = ()
    parts: tuple[Link, ...] = ()
    feeds: Feeds | None = None
    origin: Link | None = None  # the website on which all of them were published


class StoryView(View, frozen=True):
    """`story.html`: the tellings of one story, oldest telling first; `parts` are its other pages."""

    frame: Frame
    heading: Link
    items: tuple[Item, ...]
    parts: tuple[Link, ...] = ()


class StoriesView(View, frozen=True):
    """`stories.html`: the newest stories, each by its newest telling, the others beside it."""

    frame: Frame
    items: tuple[Item, ...]
    more: bool  # whether there are more stories than are shown


class LinksView(View, frozen=True):
    """`links.html`: the languages, or the months of the archive by year."""

    frame: Frame
    heading: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]


class ArticleView(View, frozen=True):
    """`article.html`."""

    frame: Frame
    item: Item
    standfirst: str  # the summary, unless it is only the beginning of the text below it
    text: Text | None  # None: only the link may be published
    whole: bool  # False: an excerpt
    source: Link | None
    fellows: Link | None  # where all articles of its source stand
    original: Link | None  # the article that it translates
    versions: tuple[Link, ...]  # itself among the original and its translations, one for each language
    author: str
    published: Day | None
    added: Day
    updated: Day | None
    mentions: tuple[str, ...]
    tags: tuple[str, ...]
    note: str
    translated: str
    review: tuple[str, ...]
    story: Link | None
    imported: str  # the raw file that it was imported from


class FeedsView(View, frozen=True):
    """`feeds.html`: every feed, for people."""

    frame: Frame
    groups: tuple[tuple[str, tuple[Feeds, ...]], ...]


class TextView(View, frozen=True):
    """`page.html`: a page of its own from content/pages/."""

    frame: Frame
    heading: str
    text: Text


class Choice(View, frozen=True):
    """One of the values to which a search can be narrowed."""

    value: str
    text: str
    lang: str = ""
    dir: str = ""


class SearchView(View, frozen=True):
    """`search.html`."""

    frame: Frame
    made: bool  # False: a preview has no index
    rules: str  # by which a query is folded, as JSON
    companies: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    years: tuple[Choice, ...]


class RecordView(View, frozen=True):
    """What the search index is told of an article. What is `shown` of it stands as a list would have it."""

    shown: Item
    when: str  # its day, in words
    companies: tuple[str, ...]  # their slugs
    names: tuple[str, ...]  # by which it is found besides its title and text: companies, source, author, tags
    standfirst: str
    text: Text | None


class NotFoundView(View, frozen=True):
    """`404.html`."""

    frame: Frame


class RedirectView(View, frozen=True):
    """`redirect.html`: an old address, and where it has gone."""

    frame: Frame
    target: Link


class Address(View, frozen=True):
    """A page in the sitemap."""

    address: str
    changed: str = ""


class SitemapView(View, frozen=True):
    """`sitemap.xml`; where `maps` is filled it is an index of other sitemaps."""

    base_url: str
    pages: tuple[Address, ...]
    maps: tuple[str, ...] = ()


class RobotsView(View, frozen=True):
    """`robots.txt`."""

    base_url: str


class ServedKind(View, frozen=True):
    """Files that are served alike: those below a folder, or those whose path ends so."""

    below: str
    ending: str
    cache: str  # how long they may be kept, as Cache-Control says it
    type: str  # their content type; empty where every host knows it


class ServingView(View, frozen=True):
    """What a host is told: `hosts/headers`, `hosts/redirects`, `hosts/nginx.conf`, `hosts/nojekyll`."""

    root: str  # the path of the site's folder on its host: `/` or `/digest/`
    search: bool  # whether `/search/` may run WebAssembly
    headers: tuple[tuple[str, str], ...]  # of every file, besides the policy
    kinds: tuple[ServedKind, ...]  # the first that has a file
    cache: str  # of all other files
    redirects: tuple[tuple[str, str], ...]  # (an old address, the new one)
    moves: tuple[tuple[str, str], ...]  # the same of folders, with all that is below them
    forced: bool  # whether the host must be told to redirect where a page stands too


class ManifestView(View, frozen=True):
    """`site.webmanifest`."""

    title: str
    description: str
    lang: str
    dir: str


class SocialCardView(View, frozen=True):
    """`card.typ`: a name, and the site's title unless that is the name."""

    name: str
    dir: str
    title: str
    title_dir: str


class OpmlView(View, frozen=True):
    """`feeds.opml`."""

    title: str
    base_url: str
    groups: tuple[tuple[str, tuple[Feeds, ...]], ...]


class FeedItem(View, frozen=True):
    """An article in a feed."""

    id: str
    title: str
    address: str
    lang: str
    dir: str
    published: str
    updated: str
    summary: str
    text: Text | None
    author: str
    companies: tuple[str, ...]
    source: Link | None
    credit: str
    picture: Picture | None = None


class FeedView(View, frozen=True):
    """A feed in any of the three formats."""

    base_url: str
    folder: str
    id: str
    title: str
    description: str
    lang: str
    author: str
    copyright: str
    home: str
    updated: str
    items: tuple[FeedItem, ...]


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
