"""The beginning of a Markdown text."""

import re

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


def excerpt(markdown: str, words: int = 60) -> str:
    """The first blocks of a Markdown text, whole, until they hold that many words; '…' says that more followed.

    Two characters of a script without spaces count as one word.
    """
    blocks = _top_blocks(markdown.strip())
    taken = 0.0
    for at, part in enumerate(blocks, 1):
        taken += len(_DENSE.sub(" ", part).split()) + len(_DENSE.findall(part)) / 2
        if taken >= words or at == len(blocks):
            return "\n\n".join(blocks[:at]) + ("\n\n…" if at < len(blocks) else "")
    return ""


def _top_blocks(markdown: str) -> list[str]:
    """A text parted at its blank lines, but for those inside a fence."""
    blocks: list[list[str]] = [[]]
    fence = ""
    for line in markdown.split("\n"):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        if line.strip() or fence:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return ["\n".join(block) for block in blocks if block]
