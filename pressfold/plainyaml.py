"""YAML of the plainest kind, a key and its value on each line, read without the library.

Most front matter is of that kind, and the library makes an object and two marks for every word of it. `read` answers
what the library would, or nothing where a line holds anything else: a continued text, an escape, a comment, an alias.
"""

import re

Entry = tuple[int, "str | list[str] | dict[str, str]"]  # the line, counted from 0, and what stands there

_KEY = r"[A-Za-z_][A-Za-z0-9_-]{0,99}"
_QUOTED = r"\"[^\"\\]*\"|'[^']*'"
_WORD = r"\w(?:[^:#,\[\]{}]*[^:#,\[\]{}\s])?"  # inside brackets, where a comma ends it
_TEXT = r"\w[^:#]*(?:(?::(?=[^\s])|(?<=[^\s])#)[^:#]*)*(?<=[^\s:])"  # on a line, where only `: ` and ` #` do
_ITEM = rf"(?:{_QUOTED}|{_WORD})"
_PAIR = rf"{_KEY}: {_ITEM}"
_LINE = re.compile(
    rf"({_KEY}):(?: (?:({_QUOTED})|({_TEXT})|\[({_ITEM}(?:, {_ITEM})*)?\]|\{{({_PAIR}(?:, {_PAIR})*)\}}))?"
)
_ITEMS = re.compile(rf"({_ITEM})(?:, )?")
_PAIRS = re.compile(rf"({_KEY}): ({_ITEM})(?:, )?")


def read(text: str) -> dict[str, Entry] | None:
    """The entries of a mapping by their keys; None where the library must read it.

    A key that is given twice, and whatever is wrong, is for the library to say.
    """
    lines = text.removesuffix("\n").split("\n")
    if not "".join(lines).isprintable():
        return None
    found: dict[str, Entry] = {}
    for number, line in enumerate(lines):
        match = _LINE.fullmatch(line)
        if not match or match[1] in found:
            return None
        key, quoted, plain, items, pairs = match.groups()
        if quoted:
            found[key] = number, quoted[1:-1]
        elif plain:
            found[key] = number, plain
        elif items is not None:
            found[key] = number, [_bare(item) for item in _ITEMS.findall(items)]
        elif pairs:
            inner = {name: _bare(item) for name, item in _PAIRS.findall(pairs)}
            if len(inner) < len(_PAIRS.findall(pairs)):
                return None
            found[key] = number, inner
        else:
            found[key] = number, [] if line.endswith("]") else ""
    return found


def _bare(item: str) -> str:
    return item[1:-1] if item[0] in "\"'" else item
