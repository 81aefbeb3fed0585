"""What a file of the output is, by its path: whether pages need it, and when it may appear."""

import re

ASSETS, ARTICLES, STORIES, LISTS, FRONT, FEEDS, MACHINES = range(7)  # the order in which files are sent
_FOLDERS = {"static": ASSETS, "media": ASSETS, "pagefind": ASSETS, "articles": ARTICLES, "stories": STORIES}
_FEEDS = ("feed.xml", "atom.xml", "feed.json", "feeds.opml")
_HASHED = re.compile(r"static/.*-[0-9a-f]{8,}\.\w+|pagefind/.*_[0-9a-f]{6,}\.\w+")


def rank(path: str) -> int:
    """When a file may appear: what pages show first, then the pages, what lists them, and what leads others to them."""
    if path == "index.html":
        return FRONT
    name = path.rpartition("/")[2]
    if name in _FEEDS:
        return FEEDS
    top, slash, _ = path.partition("/")
    if slash and top in _FOLDERS:
        return _FOLDERS[top]
    if name.endswith(".html"):
        return LISTS
    return MACHINES if not slash and name.startswith(("sitemap", "robots.txt", ".", "_")) else ASSETS


def is_entry(path: str) -> bool:
    """Whether a reader or a program comes to a file from outside, and from there to all others."""
    return rank(path) in (FRONT, MACHINES)


def is_kept(path: str) -> bool:
    """Whether a page that a reader has open may still ask for a file: what is named by its hash, and goes with a page."""
    return bool(_HASHED.fullmatch(path))
