"""A site's layouts: its own folder first, then the theme, file by file; compiled, hashed, and what they share."""

import hashlib
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from jinja2 import Template, TemplateNotFound, TemplateSyntaxError, meta, nodes
from markupsafe import Markup

from pressfold.assets import STATIC, Asset, assets
from pressfold.jinja import THEME, Code, Environment
from pressfold.pages.view import Page
from pressfold.problem import Problems, refuse, suggest
from pressfold.words import FOLDER, Words

OTHER = ".typ"  # in another language than Jinja's
_MEMOS = 5000  # what is drawn once and kept: about a KiB each, so that memory is bounded


@dataclass(frozen=True)
class Layouts:
    """The layouts of a site: its own folder first, then the theme, file by file."""

    folders: tuple[Path, ...]
    names: tuple[str, ...]  # of the folders, for messages
    known: Mapping[str, str] = field(default_factory=dict)  # hashes of layouts, while none of their files has changed
    code: Code = field(default_factory=Code)
    words: Words = field(default_factory=Words)

    def using(self, code: Code, known: Mapping[str, str] | None = None, words: Words | None = None) -> "Layouts":
        """The same layouts, with what was made of them before."""
        return replace(self, code=code, known=self.known if known is None else known, words=words or self.words)

    @cached_property
    def environment(self) -> Environment:
        """Jinja2 with these layouts."""
        return Environment(self.folders, self.code)

    @cached_property
    def assets(self) -> Mapping[str, Asset]:
        """The static files by their plain names."""
        return assets(self.folders)

    def static(self, name: str) -> str:
        """For a layout: the address of a static file. Raises LookupError when there is none of the name."""
        if STATIC + name not in self.assets:
            known = suggest(name, [asset.removeprefix(STATIC) for asset in self.assets])
            raise LookupError(f"there is no file layouts/{STATIC}{name}" + (f"; {known}" if known else ""))
        return self.assets[STATIC + name].address

    @cached_property
    def digests(self) -> dict[str, str]:
        """The hashes that were reckoned until now."""
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
    def _memos(self) -> dict[tuple[Hashable, ...], Markup]:
        return {}

    def memo(self, *given: Hashable, caller: Callable[[], Markup]) -> Markup:
        """What layouts draw alike on many pages, drawn once: it depends on what is `given` and on nothing else."""
        kept = self._memos.get(given)
        if kept is None:
            if len(self._memos) == _MEMOS:
                self._memos.clear()
            kept = self._memos[given] = caller()
        return kept

    def compile(self) -> Iterator[None]:
        """Hash and compile every layout that is whole, step by step: into `digests` and `code.made`."""
        for name in self.layouts:
            with suppress(Problems):  # a page that is drawn through a broken one will say so
                self.digest(name)
                yield
        for name in list(self._parsed):  # these, and what they extend or import of the theme
            self._compile(name)
            yield

    def _compile(self, name: str) -> None:
        source, file, _ = self.environment.loader.get_source(self.environment, name)
        bucket = self.code.get_bucket(self.environment, name, file, source)
        with suppress(TemplateSyntaxError):
            bucket.code = self.environment.compile(self._parsed[name], name, file)
            self.code.set_bucket(bucket)

    def digest(self, layout: str) -> str:
        """The hash of a layout and of all that it extends, includes or imports. Raises Problems when one is broken."""
        if layout in self.known:
            return self.known[layout]
        if layout not in self.digests:
            found = hashlib.sha256(self._standing.encode())
            for name in sorted(self._closure(layout, set())):
                found.update(f"{name}\0{self.source(name)}\0".encode())
            self.digests[layout] = found.hexdigest()
        return self.digests[layout]

    @cached_property
    def _standing(self) -> str:
        """Where the static files stand: any layout may name any of them."""
        return "\0".join(asset.address for asset in self.assets.values())

    def source(self, name: str) -> str:
        """What stands in a layout. Raises Problems when it is not there, or is no text."""
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
        if name not in self._parsed:
            try:
                self._parsed[name] = self.environment.parse(self.source(name), name)
            except TemplateSyntaxError as error:
                raise refuse(self._named(name), error.lineno, str(error.message)) from None
        return tuple(meta.find_referenced_templates(self._parsed[name]))

    @cached_property
    def _parsed(self) -> dict[str, nodes.Template]:
        return {}

    @cached_property
    def layouts(self) -> list[str]:
        """The names of all layouts."""
        files = (
            path.relative_to(f).as_posix() for f in self.folders for path in sorted(f.rglob("*")) if path.is_file()
        )
        return [
            name
            for name in files
            if not name.startswith((STATIC, f"{FOLDER}/"))
            and not name.endswith(OTHER)
            and not name.rpartition("/")[2].startswith(".")
        ]

    def _places(self, name: str) -> Iterator[tuple[str, Path]]:
        """The files of a layout, as messages call them and where they lie; the one that counts comes first."""
        first = len(self.folders) - 1 if name.startswith(THEME) else 0
        bare = name.removeprefix(THEME)
        for label, folder in list(zip(self.names, self.folders, strict=True))[first:]:
            if (folder / bare).is_file():
                yield f"{label}/{bare}", folder / bare

    def _exists(self, name: str) -> bool:
        return any(self._places(name))

    def _named(self, name: str) -> str:
        return next((label for label, _ in self._places(name)), f"layouts/{name}")

    def problem(self, error: Exception, layout: str, page: Page) -> Problems:
        """What a layout did wrong: Jinja maps its frames to the layouts' own files and lines, and the last one failed."""
        place, line, trace = self._named(layout), 0, error.__traceback__
        while trace:
            file = Path(trace.tb_frame.f_code.co_filename)
            for label, folder in zip(self.names, self.folders, strict=True):
                if folder in file.parents:
                    place, line = f"{label}/{file.relative_to(folder).as_posix()}", trace.tb_lineno
            trace = trace.tb_next
        said = str(error) or type(error).__name__
        if isinstance(error, RecursionError):
            said = f"needs itself; the theme's own layout of a name is {THEME}…"
        return refuse(place, line, said, f"while drawing /{page.address}")
