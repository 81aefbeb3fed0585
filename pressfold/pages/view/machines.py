"""Views of what machines read: feeds, the sitemap, the search index, hosts, browsers that install the site, social cards."""

from pressfold.pages.view import Feeds, Item, Link, Picture, Text, View


class RecordView(View, frozen=True):
    """What the search index is told of an article. What is `shown` of it stands as a list would have it."""

    shown: Item
    when: str  # its day, in words
    companies: tuple[str, ...]  # their slugs
    names: tuple[str, ...]  # by which it is found besides its title and text: companies, source, author, tags
    standfirst: str
    text: Text | None


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
