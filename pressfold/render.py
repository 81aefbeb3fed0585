"""A page's view to bytes, through its layout; and the page's fingerprint."""

import hashlib
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote, unquote

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError, meta
from markupsafe import Markup

import pressfold
from pressfold import markup
from pressfold.pages.view import FeedItem, FeedView, Page, Text
from pressfold.problem import Problems, refuse

STATIC = "static/"
_LIBRARIES = ("jinja2", "markdown", "nh3", "feedgen", "babel")
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)

Html = Callable[[str], str]  # the safe HTML of a body, by its hash


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the theme that is published as it is, under a name that holds its hash."""

    address: str
    data: bytes


@dataclass(frozen=True)
class Layouts:
    """The layouts of a site: its own folder first, then the theme, file by file."""

    folders: tuple[Path, ...]
    names: tuple[str, ...]  # of the folders, for messages

    @cached_property
    def environment(self) -> Environment:
        """Jinja2, escaping everything, and failing on a name that the view does not have."""
        return Environment(
            loader=FileSystemLoader([str(folder) for folder in self.folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    @cached_property
    def assets(self) -> Mapping[str, Asset]:
        """The static files by their plain names."""
        found: dict[str, Asset] = {}
        for folder in reversed(self.folders):
            for path in sorted((folder / STATIC).rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    name = path.relative_to(folder).as_posix()
                    data = path.read_bytes()
                    stem, dot, ending = name.rpartition(".")
                    found[name] = Asset(f"{stem}-{hashlib.sha256(data).hexdigest()[:10]}{dot}{ending}", data)
        return found

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {}

    def digest(self, layout: str) -> str:
        """The hash of a layout and of all that it extends, includes or imports."""
        if layout not in self._digests:
            found = hashlib.sha256()
            for name in sorted(self._closure(layout, set())):
                found.update(f"{name}\0{self._source(name)}\0".encode())
            self._digests[layout] = found.hexdigest()
        return self._digests[layout]

    def _source(self, name: str) -> str:
        assert self.environment.loader
        return self.environment.loader.get_source(self.environment, name)[0]

    def _closure(self, name: str, seen: set[str]) -> set[str]:
        if name in seen:
            return seen
        seen.add(name)
        for other in meta.find_referenced_templates(self.environment.parse(self._source(name))):
            if other:
                self._closure(other, seen)
        return seen

    def problem(self, error: TemplateError, layout: str, page: Page) -> Problems:
        """What a layout did wrong, with its file and line where Jinja knows them."""
        name = getattr(error, "name", None) or layout
        line = getattr(error, "lineno", None) or _line(error, self.folders)
        where = next(
            (label for folder, label in zip(self.folders, self.names, strict=True) if (folder / name).is_file()),
            "layouts",
        )
        return refuse(f"{where}/{name}", line or 0, str(error.message or error), f"while drawing /{page.address}")


def _line(error: BaseException, folders: tuple[Path, ...]) -> int:
    """The layout's line in a traceback: Jinja maps its frames to the layout's own lines."""
    trace, line = error.__traceback__, 0
    while trace:
        if any(trace.tb_frame.f_code.co_filename.startswith(str(folder)) for folder in folders):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def salt() -> str:
    """The versions on which every page depends: the program's own source, and the libraries that draw."""
    found = hashlib.sha256(pressfold.__version__.encode())
    for library in _LIBRARIES:
        found.update(f"{library} {version(library)}\0".encode())
    root = Path(pressfold.__file__).parent
    for path in sorted(root.rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


def fingerprint(page: Page, layouts: Layouts, versions: str) -> str:
    """The hash of all that a page depends on."""
    drawn = "" if isinstance(page.view, FeedView) else layouts.digest(page.layout)
    found = hashlib.sha256(f"{versions}\0{page.address}\0{page.layout}\0{drawn}\0".encode())
    found.update(msgspec.json.encode(page.view))
    return found.hexdigest()


def render(page: Page, layouts: Layouts, html: Html) -> bytes:
    """The bytes of a page. Raises Problems when a layout fails."""
    if isinstance(page.view, FeedView):
        from pressfold import feeds  # feedgen is needed only where a feed changed

        view = page.view
        return feeds.FORMATS[page.layout](view, lambda item: feeds.content(item, _feed_body(item, view, html)))
    frame = getattr(page.view, "frame", None)
    prefix = frame.base_url if frame and frame.absolute else None

    def href(address: str) -> str:
        return address if _REMOTE.match(address) else link(page.address, address, prefix)

    def body(text: Text) -> Markup:
        safe = html(text.digest) if text.digest else ""
        return Markup(markup.relink(safe, lambda url: _content_link(url, text.folder, href)))  # noqa: S704 - sanitised

    try:
        template = layouts.environment.get_template(page.layout)
        return template.render(view=page.view, href=href, body=body).encode("utf-8", "replace")
    except (TemplateSyntaxError, TemplateError) as error:
        raise layouts.problem(error, page.layout, page) from None


def _feed_body(item: FeedItem, view: FeedView, html: Html) -> str:
    if not item.text:
        return ""
    folder = item.text.folder
    return markup.relink(
        html(item.text.digest), lambda url: _content_link(url, folder, lambda address: view.base_url + quote(address))
    )


def link(here: str, there: str, base_url: str | None) -> str:
    """A link from one address of the site to another: relative, so that the site works at any path."""
    path, mark, fragment = there.partition("#")
    if base_url is not None:
        return base_url + quote(path) + mark + fragment
    folder = here if here.endswith("/") or not here else here.rpartition("/")[0]
    up = posixpath.relpath("/" + path, "/" + folder)
    if path.endswith("/") or not path:
        up = "./" if up == "." else up + "/"
    return quote(up) + mark + fragment


def _content_link(url: str, folder: str, href: Callable[[str], str]) -> str | None:
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


def static_address(layouts: Layouts, name: str) -> str:
    """The address of a static file. Raises Problems when the theme lacks it."""
    if name not in layouts.assets:
        raise refuse("layouts", 0, f"{name} is missing", "give the theme back its file")
    return layouts.assets[name].address
