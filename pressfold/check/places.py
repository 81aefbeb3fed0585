"""Where a link leads: an address on a page to a file of the site, as a browser and a plain file server find it."""

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

NOT_FOUND = "404.html"  # is shown at any depth, so that no relative link on it leads where it should
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_AT_HAND = 20_000
_MISSING = "mend the link, or bring back what it leads to"


class Led(NamedTuple):
    """Where a link leads: to a file of the site (`path` is empty for the rest of the web), or nowhere, and what is wrong."""

    path: str = ""
    fragment: str = ""
    wrong: str = ""
    hint: str = ""
    warning: bool = False


class Places:
    """The files of a site with their hashes, and where on the web their folder stands."""

    def __init__(self, base_url: str, files: Mapping[str, str]) -> None:
        self.base_url, self._files = base_url, files
        self._root = urlsplit(base_url).path
        self._from_root = lru_cache(_AT_HAND)(self._below)  # the same addresses stand on page after page

    def lead(self, url: str, page: str) -> Led:
        """Where a link on a page leads."""
        url = url.strip()
        up = "../" * page.count("/")
        if up and url.startswith(up) and url[len(up) : len(up) + 1] != ".":
            return self._from_root(url[len(up) :])
        bare, _, fragment = url.partition("#")
        path = unquote(bare.partition("?")[0])
        if self._own(bare):
            return self._from_root(url[len(self.base_url) :])
        if _ELSEWHERE.match(bare):
            return Led()
        if not path:
            return Led(page, fragment)
        if page == NOT_FOUND:
            return Led(wrong=f"{url!r} is relative", hint="this page is shown at any address: give it the whole one")
        if path.startswith("/"):
            return self._rooted(bare, fragment)
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(page), path))
        if _climbs(path, page):
            return Led(wrong=f"{url!r} leads out of the site", hint="links are relative to the page's own folder")
        return self._file(target[1:] + ("/" if _is_folder(path) and target != "/" else ""), fragment)

    def same(self, url: str, path: str) -> bool:
        """Whether an address leads to a file that holds what another holds."""
        other = self.lead(url, path).path
        return other != "" and self._files[other] == self._files[path]

    def _below(self, url: str) -> Led:
        """Where a link leads that says its way from the site's root."""
        bare, _, fragment = url.partition("#")
        path = unquote(bare.partition("?")[0])
        plain = posixpath.normpath(f"/{path}")[1:] + ("/" if _is_folder(path) else "") if "." in path else path
        return self._file("" if plain == "/" else plain, fragment)

    def _own(self, url: str) -> bool:
        return url.startswith(self.base_url) or url == self.base_url.rstrip("/")

    def rooted(self, url: str) -> Led:
        """Where an address leads that begins at the root of the host."""
        path, _, fragment = url.partition("#")
        if not path.startswith(self._root):
            return Led(wrong=f"{url!r} leads out of the site", hint=f"it stands at {self._root}")
        return self._file(unquote(path[len(self._root) :].partition("?")[0]), fragment)

    def _rooted(self, url: str, fragment: str) -> Led:
        """Such an address on a page: it is right in one place only."""
        led = self.rooted(url)
        if led.wrong:
            return led
        only = f"{url!r} works only where the site stands at {self._root}"
        return Led(led.path, fragment, only, "in a layout use href(...)", warning=True)

    def _file(self, path: str, fragment: str) -> Led:
        file = f"{path}index.html" if path == "" or path.endswith("/") else path
        if file in self._files:
            return Led(file, fragment)
        if f"{file}/index.html" in self._files:
            return Led(f"{file}/index.html", fragment, f"links to {path} without its slash", f"write {path}/", True)
        return Led(wrong=f"links to {path or 'the front page'}, which is not there", hint=_MISSING)


def _is_folder(path: str) -> bool:
    return path.endswith("/") or posixpath.basename(path) in (".", "..")


def _climbs(path: str, page: str) -> bool:
    """Whether a relative path leads above the site's root."""
    depth = page.count("/")
    for part in path.split("/")[:-1] + ([".."] if path.endswith("..") else []):
        depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
        if depth < 0:
            return True
    return False
