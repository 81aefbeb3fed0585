"""What every layout is given, as docs/views.md says it: read from the types in pressfold/pages/view/.

python -m scripts.views > docs/views.md
"""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent / "pressfold" / "pages" / "view"
HEAD = """# What layouts are given

Made from the types in `pressfold/pages/view/` by `make views`. A layout's `view` is one of these; a name in a type is
another of them. Addresses are relative to the site's root (`companies/microsoft/`, empty for the front page) unless they
begin with a scheme: `href(address)` makes the link. `Text` is given to `body(…)`.
"""


def comments(lines: list[str], node: ast.AnnAssign) -> str:
    """What stands behind a field, or on lines of its own after it."""
    line = lines[node.lineno - 1]
    said = [line[node.end_col_offset or 0 :].partition("#")[2].strip()]
    for below in lines[node.end_lineno or node.lineno :]:
        if not below.strip().startswith("#"):
            break
        said.append(below.strip().lstrip("# "))
    return " ".join(filter(None, said)).replace("|", "\\|")


def described(cls: ast.ClassDef, lines: list[str]) -> Iterator[str]:
    """One view: its docstring, and a table of its fields and properties."""
    yield f"\n## {cls.name}\n\n{ast.get_docstring(cls)}\n"
    rows = [
        (node.target.id, ast.unparse(node.annotation).strip("'\""), comments(lines, node))
        for node in cls.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]
    rows += [
        (node.name, ast.unparse(node.returns) if node.returns else "", str(ast.get_docstring(node)))
        for node in cls.body
        if isinstance(node, ast.FunctionDef)
    ]
    if rows:
        yield "| field | type | |\n|---|---|---|"
        for name, kind, said in rows:
            yield f"| `{name}` | `{kind}` | {said} |".replace(" | None", " \\| None")


def document() -> str:
    """The whole of docs/views.md."""
    files = sorted(SOURCES.glob("*.py"))  # what the others share stands in __init__.py, the first
    return HEAD + "\n".join(line for file in files for line in read(file.read_text("utf-8"))) + "\n"


def read(text: str) -> Iterator[str]:
    """The views of one file."""
    lines = text.splitlines()
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef) and node.name not in ("View", "Page"):
            yield from described(node, lines)


if __name__ == "__main__":
    print(document(), end="")
