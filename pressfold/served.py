"""How each file of the site is to be served: its content type, how long it may be kept, and the headers of all.

One source for `_headers`, for nginx, and for whoever sends the files to a host.
"""

from typing import NamedTuple

YEAR = "public, max-age=31536000, immutable"
SHORT = "public, max-age=300"  # of feeds: readers ask again no sooner
ASK = "public, max-age=0, must-revalidate"  # of pages: kept, and asked for whether it is still right


class Kind(NamedTuple):
    """Files that are served alike: those below a folder, or those whose path ends so. Empty: as the host does."""

    below: str
    ending: str
    cache: str
    type: str = ""

    def has(self, path: str) -> bool:
        """Whether a file is of the kind."""
        return path.startswith(self.below) and path.endswith(self.ending)


KINDS = (  # the first that has a file
    Kind("static/", "", YEAR),  # their names hold their hashes, as do those of the index's parts
    Kind("pagefind/fragment/", "", YEAR),
    Kind("pagefind/index/", "", YEAR),
    Kind("pagefind/filter/", "", YEAR),
    Kind("", "feed.xml", SHORT, "application/rss+xml"),
    Kind("", "atom.xml", SHORT, "application/atom+xml"),
    Kind("", "feed.json", SHORT, "application/feed+json"),
    Kind("", "feeds.opml", SHORT, "text/x-opml"),
    Kind("", "site.webmanifest", ASK, "application/manifest+json"),
    Kind("", ".pagefind", ASK, "application/octet-stream"),  # WebAssembly, but packed: its script unpacks it
)
OTHERS = Kind("", "", ASK)

HEADERS = {  # of every file, besides the policy
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",  # sources see that the digest sent a reader, not from where
    "Permissions-Policy": ", ".join(
        f"{name}=()"
        for name in "accelerometer camera geolocation gyroscope magnetometer microphone payment usb".split()
    ),
}


def kind_of(path: str) -> Kind:
    """How a file is served."""
    return next((kind for kind in KINDS if kind.has(path)), OTHERS)
