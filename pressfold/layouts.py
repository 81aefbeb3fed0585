"""A site's layouts: its own folder first, then the theme, file by file; compiled, hashed, and what they share."""

import hashlib
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from keyword import iskeyword
from pathlib import Path, PurePosixPath
from typing import Any

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
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from markupsafe import Markup, escape

from pressfold.pages.view import Page
from pressfold.problem import Problems, refuse, suggest
from pressfold.words import FOLDER, Words

STATIC = "static/"
STYLE, MORE = (
    "static/style.css",
    "static/site.css",
)  # the theme's style, and what a site says after it: one file for readers
_MEMOS = 5000  # what is drawn once and kept: about a KiB each, so that memory is bounded


class Asset(msgspec.Struct, frozen=True):
    """A file of the theme that is published as it is, under a name that holds its hash."""

    address: str
    data: bytes


def printed(value: object) -> str:
    """What a layout prints for a value: escaped, unless it is HTML already.

    Most texts hold nothing to escape, and a page prints a hundred of them: to make each Markup would cost more than the rest
    of printing it.
    """
    if type(value) is str:
        plain = not ("<" in value or ">" in value or "&" in value or '"' in value or "'" in value)
        return value if plain else escape(value)
    return value if isinstance(value, Markup) else escape(value)


def _asset(name: str, data: bytes) -> Asset:
    kind = PurePosixPath(name).suffix
    return Asset(f"{name.removesuffix(kind)}-{hashlib.sha256(data).hexdigest()[:10]}{kind}", data)


class _Writer(CodeGenerator):
    """Compiles a layout so that what it prints goes through `printed`, and what it calls is called straight."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's
        """Jinja's own way to a function asks each whether it wants the context, and that costs as much as the call."""
        named = node.node.name if isinstance(node.node, nodes.Name) else ""
        wanting = hasattr(self.environment.globals.get(named), "jinja_pass_arg")
        if wanting or node.dyn_args or node.dyn_kwargs or any(iskeyword(given.key) for given in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.printed(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Template(Template):
    def new_context(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 - Jinja's
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> Context:
        """As Jinja's own, which for a page looks up every global by itself, since each layout could have others."""
        if shared or locals:
            return super().new_context(vars, shared, locals)
        return Context(self.environment, {**self.environment.globals, **(vars or {})}, self.name, self.blocks)


class _Environment(Environment):
    code_generator_class = _Writer
    template_class = _Template
    printed = staticmethod(printed)


class Code(BytecodeCache):
    """Layouts as Python compiled them, by key: some are `kept`, and asked for one by one; others are `made` now."""

    def __init__(self, kept: Callable[[str], bytes | None] | None = None) -> None:
        self.made: dict[str, bytes] = {}
        self._kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        """For Jinja: what is kept."""
        found = self._kept(bucket.key) if self._kept else None
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """For Jinja: what was made."""
        self.made[bucket.key] = bucket.bytecode_to_string()


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
        found = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for folder in reversed(self.folders)
            for path in sorted((folder / STATIC).rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }
        if MORE in found:
            found[STYLE] = found.get(STYLE, b"") + b"\n" + found.pop(MORE)
        return {name: _asset(name, data) for name, data in sorted(found.items())}

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
                self._compile(name)
                yield

    def _compile(self, name: str) -> None:
        assert self.environment.loader
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
                found.update(f"{name}\0{self._source(name)}\0".encode())
            self.digests[layout] = found.hexdigest()
        return self.digests[layout]

    @cached_property
    def _standing(self) -> str:
        """Where the static files stand: any layout may name any of them."""
        return "\0".join(asset.address for asset in self.assets.values())

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
        if name not in self._parsed:
            try:
                self._parsed[name] = self.environment.parse(self._source(name), name)
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
            if not name.startswith((STATIC, f"{FOLDER}/")) and not name.rpartition("/")[2].startswith(".")
        ]

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
