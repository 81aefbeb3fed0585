"""The beginning of a Markdown text."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


def excerpt(markdown: str, words: int = 60) -> str:
    """The first blocks of a Markdown text, whole, until they hold that many words; '…' says that more followed.

    Two characters of a script without spaces count as one word.
    """
    kept: list[str] = []
    taken = 0.0
    for block in _top_blocks(markdown.strip()):
        if taken >= words:
            return "\n\n".join([*kept, "…"])
        kept.append(block)
        dense = 0 if block.isascii() else len(_DENSE.findall(block))
        taken += dense / 2 + len((_DENSE.sub(" ", block) if dense else block).split())
    return "\n\n".join(kept)


def _top_blocks(markdown: str) -> Iterator[str]:
    """A text parted at its blank lines, but for those inside a fence."""
    block: list[str] = []
    fence = ""
    for line in markdown.split("\n"):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        if line.strip() or fence:
            block.append(line)
        elif block:
            yield "\n".join(block)
            block = []
    if block:
        yield "\n".join(block)
