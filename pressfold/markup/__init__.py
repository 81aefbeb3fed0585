"""Plain text to Markdown, and Markdown to safe HTML: escaping and parsing are one rule, and live together."""

from pressfold.markup.beginning import excerpt
from pressfold.markup.reading import relink, text
from pressfold.markup.safe import EXTENSIONS, TooTangledError, check, html
from pressfold.markup.writing import Block, Kind, Span, block, escape, write

__all__ = [
    "EXTENSIONS",
    "Block",
    "Kind",
    "Span",
    "TooTangledError",
    "block",
    "check",
    "escape",
    "excerpt",
    "html",
    "relink",
    "text",
    "write",
]
