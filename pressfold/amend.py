"""An article's file with some fields as they should be, and not another byte touched."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from pressfold import yamltext
from pressfold.article import KEYS
from pressfold.moment import iso
from pressfold.problem import refuse
from pressfold.schema import front_matter, plain
from pressfold.yamltext import Plain, Value, alike


def amend(
    text: str, path: str, fields: Mapping[str, Plain], body: str | None = None, keys: Sequence[str] = KEYS
) -> str:
    """The file with `fields` (front matter by its keys; an empty one is taken out) and, where it is given, the body.

    What says the same already keeps its bytes; so do comments, line ends and the order of the keys. New ones are put in
    the order of `keys`. Raises Problems where the fields do not stand a key a line.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    for key, value in fields.items():
        text = _with_field(text, path, key, value, keys)
    return mark + (text if body is None else _with_body(text, path, body))


def complete(text: str, path: str, article_id: str, added: dt.datetime) -> str:
    """The file with the `id` and `added` that a hand-written one lacks.

    Raises Problems where the fields do not stand a key a line.
    """
    said = _entries(text.removeprefix("\ufeff"), path)
    given = {"id": article_id, "added": yamltext.Bare(iso(added))}
    lacking = {key: new for key, new in given.items() if key not in said or said[key].data == ""}
    return amend(text, path, lacking)


def _entries(text: str, path: str) -> dict[str, Value]:
    """The fields, each with the line on which it begins. Raises Problems where they do not stand a key a line."""
    head, _, _ = front_matter(text, path)
    value = yamltext.load(head, path, 2)
    entries = value.data if isinstance(value.data, dict) else {}
    first = text.split("\n")[min((item.line for item in entries.values()), default=1) - 1]
    if entries and not re.match(r"['\"\w]", first):
        raise refuse(path, 2, "the fields must stand a key a line", "write key: value on lines of their own")
    return entries


def _with_field(text: str, path: str, key: str, value: Plain, keys: Sequence[str]) -> str:
    entries = _entries(text, path)
    said = plain(entries[key]) if key in entries else ""
    if alike(said, value):
        return text
    lines = text.split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    start, stop = _extent(lines, entries, key) if key in entries else _gap(lines, entries, key, keys)
    new = yamltext.dump({key: value}).split("\n")[:-1] if value else []
    lines[start:stop] = [line + end for line in new]
    changed = "\n".join(lines)
    _check(changed, path, entries, key, value)
    return changed


def _extent(lines: list[str], entries: Mapping[str, Value], key: str) -> tuple[int, int]:
    """The lines of a field, without the blank lines and comments that lead to the next."""
    start = entries[key].line - 1
    stop = min((item.line - 1 for item in entries.values() if item.line - 1 > start), default=_close(lines))
    while stop > start + 1 and (not lines[stop - 1].strip() or lines[stop - 1].startswith("#")):
        stop -= 1
    return start, stop


def _gap(lines: list[str], entries: Mapping[str, Value], key: str, keys: Sequence[str]) -> tuple[int, int]:
    """Where a new field belongs: before the first of a later key, else behind all."""
    later = [item.line for name, item in entries.items() if name in keys and keys.index(name) > keys.index(key)]
    at = min(later) - 1 if later else _close(lines)
    return at, at


def _close(lines: list[str]) -> int:
    """The line that ends the fields."""
    return next(n for n in range(1, len(lines)) if re.fullmatch(r"(?:---|\.\.\.)\s*", lines[n]))


def _check(changed: str, path: str, before: Mapping[str, Value], key: str, value: Plain) -> None:
    """Raise Problems where the change would have said anything else than that the field is so."""
    after = _entries(changed, path)
    wanted = {name: plain(item) for name, item in before.items()} | {key: value}
    if any(not alike(plain(after[name]) if name in after else "", wanted[name]) for name in {*wanted, *after}):
        raise refuse(path, before[key].line if key in before else 0, f"{key!r} cannot be changed in its place")


def _with_body(text: str, path: str, body: str) -> str:
    _, below, _ = front_matter(text, path)
    end = "\r\n" if text.split("\n", 1)[0].endswith("\r") else "\n"
    if below.replace("\r\n", "\n").strip("\n") == body.strip("\n"):
        return text
    head = text[: len(text) - len(below)]
    new = "".join(f"{line}\n" for line in ["", *body.strip("\n").split("\n")] if body.strip("\n"))
    return head + ("" if head.endswith("\n") else end) + new.replace("\n", end)
