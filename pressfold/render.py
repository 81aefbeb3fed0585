"""A page's view to bytes, through its layout; and the page's fingerprint."""

import hashlib
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import msgspec
from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from pressfold import markup
from pressfold.pages.view import FeedItem, FeedView, Page, Text
from pressfold.problem import Problems, refuse

STATIC = "static/"
GIVEN = ("href", "body")  # functions that every layout is given
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)

Html = Callable[[Text], str]  # the safe HTML of a body


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the theme that is published as it is, under a name that holds its hash."""

    address: str
    data: bytes


def printed(value: object) -> str:
    """What a layout prints for a value: escaped, unless it is HTML already.

    Most texts hold nothing to escape, and a page prints a hundred of them: to make each Markup would cost more than the rest
    of printing it.
    """
    if isinstance(value, Markup):
        return value
    if type(value) is str and not ("<" in value or ">" in value or "&" in value or '"' in value or "'" in value):
        return value
    return escape(value)


class _Writer(CodeGenerator):
    """Compiles a layout so that what it prints goes through `printed`."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's
        """Call what every page is given straight: Jinja's own way through the context costs as much as the call."""
        if isinstance(node.node, nodes.Name) and node.node.name in GIVEN and len(node.args) == 1 and not node.kwargs:
            self.visit(node.node, frame)
            self.write("(")
            self.visit(node.args[0], frame)
            self.write(")")
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.printed(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Environment(Environment):
    code_generator_class = _Writer
    printed = staticmethod(printed)


@dataclass(frozen=True)
class Layouts:
    """The layouts of a site: its own folder first, then the theme, file by file."""

    folders: tuple[Path, ...]
    names: tuple[str, ...]  # of the folders, for messages
    known: Mapping[str, str] = field(default_factory=dict)  # hashes of layouts, while none of their files has changed
    code: BytecodeCache | None = None  # where compiled layouts are kept

    @cached_property
    def environment(self) -> Environment:
        """Jinja2, escaping everything, and failing on a name that the view does not have."""
        return _Environment(
            loader=FileSystemLoader([str(folder) for folder in self.folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=self.code,
        )

    @cached_property
    def assets(self) -> Mapping[str, Asset]:
        """The static files by their plain names."""
        found: dict[str, Asset] = {}
        for folder in reversed(self.folders):
            for path in sorted((folder / STATIC).rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    name, data = path.relative_to(folder).as_posix(), path.read_bytes()
                    mark = hashlib.sha256(data).hexdigest()[:10]
                    found[name] = Asset(f"{name.removesuffix(path.suffix)}-{mark}{path.suffix}", data)
        return found

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {}

    @cached_property
    def _templates(self) -> dict[str, Template]:
        return {}

    def template(self, layout: str) -> Template:
        """A compiled layout."""
        if layout not in self._templates:
            self._templates[layout] = self.environment.get_template(layout)
        return self._templates[layout]

    @cached_property
    def _memos(self) -> dict[tuple[object, ...], Markup]:
        return {}

    def memo(self, place: tuple[object, ...], *given: object, caller: Callable[[], Markup]) -> Markup:
        """What a layout draws alike for all pages of one folder, drawn once: it depends on `place` and `given` alone."""
        key = (*place, *given)
        if key not in self._memos:
            self._memos[key] = caller()
        return self._memos[key]

    def digest(self, layout: str) -> str:
        """The hash of a layout and of all that it extends, includes or imports. Raises Problems when one is broken."""
        if layout in self.known:
            return self.known[layout]
        if layout not in self._digests:
            found = hashlib.sha256()
            for name in sorted(self._closure(layout, set())):
                found.update(f"{name}\0{self._source(name)}\0".encode())
            self._digests[layout] = found.hexdigest()
        return self._digests[layout]

    def _source(self, name: str) -> str:
        assert self.environment.loader
        try:
            return self.environment.loader.get_source(self.environment, name)[0]
        except TemplateNotFound:
            raise refuse(f"layouts/{name}", 0, "there is no such layout") from None
        except UnicodeDecodeError:
            raise refuse(self._named(name), 0, "not UTF-8", "save the file as UTF-8") from None

    def _closure(self, name: str, seen: set[str]) -> set[str]:
        if name in seen:
            return seen
        seen.add(name)
        for other in self._references(name):
            # A name that is computed while drawing may be any of them; one that is missing is named while drawing.
            for found in self.layouts if other is None else [other]:
                if self._exists(found):
                    self._closure(found, seen)
        return seen

    def _references(self, name: str) -> tuple[str | None, ...]:
        if name not in self._referenced:
            try:
                parsed = self.environment.parse(self._source(name), name)
            except TemplateSyntaxError as error:
                raise refuse(self._named(name), error.lineno, str(error.message)) from None
            self._referenced[name] = tuple(meta.find_referenced_templates(parsed))
        return self._referenced[name]

    @cached_property
    def _referenced(self) -> dict[str, tuple[str | None, ...]]:
        return {}

    @cached_property
    def layouts(self) -> list[str]:
        """The names of all layouts."""
        files = (
            path.relative_to(f).as_posix() for f in self.folders for path in sorted(f.rglob("*")) if path.is_file()
        )
        return [name for name in files if not name.startswith(STATIC) and not name.rpartition("/")[2].startswith(".")]

    def _exists(self, name: str) -> bool:
        return any((folder / name).is_file() for folder in self.folders)

    def _named(self, name: str) -> str:
        """The file of a layout, as messages call it."""
        found = (label for folder, label in zip(self.folders, self.names, strict=True) if (folder / name).is_file())
        return f"{next(found, 'layouts')}/{name}"

    def problem(self, error: Exception, layout: str, page: Page) -> Problems:
        """What a layout did wrong: Jinja maps its frames to the layouts' own files and lines, and the last one failed."""
        name, line, trace = layout, 0, error.__traceback__
        while trace:
            file = Path(trace.tb_frame.f_code.co_filename)
            for folder in self.folders:
                if folder in file.parents:
                    name, line = file.relative_to(folder).as_posix(), trace.tb_lineno
            trace = trace.tb_next
        said = str(error) or type(error).__name__
        return refuse(self._named(name), line, said, f"while drawing /{page.address}")


def fingerprint(page: Page, layouts: Layouts, versions: str) -> str:
    """The hash of all that a page depends on. Raises Problems when its layout is broken."""
    drawn = "" if isinstance(page.view, FeedView) else layouts.digest(page.layout)
    found = hashlib.sha256(f"{versions}\0{page.address}\0{page.layout}\0{drawn}\0".encode())
    found.update(msgspec.msgpack.encode(page.view))
    return found.hexdigest()


def render(page: Page, layouts: Layouts, html: Html) -> bytes:
    """The bytes of a page. Raises Problems when a layout fails."""
    if isinstance(page.view, FeedView):
        from pressfold import feeds  # feedgen is needed only where a feed changed

        view = page.view
        return feeds.FORMATS[page.layout](view, lambda item: feeds.content(item, _feed_body(item, view, html)))
    frame = getattr(page.view, "frame", None)
    prefix = frame.base_url if frame and frame.absolute else None
    place = page.address.rpartition("/")[0]

    def href(address: str) -> str:
        remote = (":" in address or address[:2] == "//") and _REMOTE.match(address)
        return address if remote else link(page.address, address, prefix)

    def body(text: Text) -> Markup:
        safe = html(text) if text.digest else ""
        return Markup(markup.relink(safe, lambda url: _content_link(url, text.folder, href)))  # noqa: S704 - sanitised

    try:
        memo = partial(layouts.memo, (page.layout, prefix, place.count("/"), place.partition("/")[0]))
        template = layouts.template(page.layout)
        return template.render(view=page.view, href=href, body=body, memo=memo).encode("utf-8", "replace")
    except Problems:
        raise
    except Exception as error:  # noqa: BLE001 - a layout is a person's code, and can raise anything
        raise layouts.problem(error, page.layout, page) from None


def _feed_body(item: FeedItem, view: FeedView, html: Html) -> str:
    if not item.text:
        return ""
    folder = item.text.folder
    return markup.relink(
        html(item.text), lambda url: _content_link(url, folder, lambda address: view.base_url + quote(address))
    )


def link(here: str, there: str, base_url: str | None) -> str:
    """A link from one address of the site to another: relative, so that the site works at any path."""
    if base_url is not None:
        return base_url + quote(there)
    path, names = here.split("/")[:-1], there.split("/")
    shared = 0
    for mine, its in zip(path, names[:-1], strict=False):
        if mine != its:
            break
        shared += 1
    return "../" * (len(path) - shared) + _quoted("/".join(names[shared:])) or "./"


_quoted = lru_cache(maxsize=4096)(quote)  # the same addresses stand on page after page


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
