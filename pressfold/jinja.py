"""Jinja2 as layouts are drawn with it: where they are found, how they are compiled, what they print, and what is kept."""

from collections.abc import Callable, Mapping, Sequence
from keyword import iskeyword
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2 import Environment as JinjaEnvironment
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from markupsafe import Markup, escape

THEME = "theme/"  # before a layout's name: the theme's own, where the site has one of the name


def printed(value: object) -> str:
    """What a layout prints for a value: escaped, unless it is HTML already.

    Most texts hold nothing to escape, and a page prints a hundred of them: to make each Markup would cost more than the rest
    of printing it.
    """
    if type(value) is str:
        plain = not ("<" in value or ">" in value or "&" in value or '"' in value or "'" in value)
        return value if plain else escape(value)
    return value if isinstance(value, Markup) else escape(value)


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


class _Loader(FileSystemLoader):
    def get_source(self, environment: JinjaEnvironment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """A layout of the first folder that has it; `theme/…` of the last one alone, so that a site's can extend it."""
        if template.startswith(THEME):
            return FileSystemLoader(self.searchpath[-1:]).get_source(environment, template.removeprefix(THEME))
        return super().get_source(environment, template)


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


class Environment(JinjaEnvironment):
    """The layouts of some folders: everything is escaped, and a name that the view does not have is an error."""

    code_generator_class = _Writer
    template_class = _Template
    printed = staticmethod(printed)
    loader: _Loader

    def __init__(self, folders: Sequence[Path], code: Code) -> None:
        super().__init__(
            loader=_Loader([str(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=code,
        )
