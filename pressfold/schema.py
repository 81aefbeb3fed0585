"""Reads a mapping by its schema: known keys only, each of one type, every problem with its line.

A `Fields` collects what is wrong instead of stopping, so that a file's problems are reported together.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypeVar
from urllib.parse import urlsplit

from pressfold.moment import Day, parse_day, parse_moment
from pressfold.problem import Problem, Problems, refuse, suggest
from pressfold.slug import Slug, check_slug
from pressfold.yamltext import Plain, Value

T = TypeVar("T")
W = TypeVar("W", bound=str)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # what XML may not hold
# Overrides and embeddings turn the words round them: a title could show another address than it leads to.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_WEB = re.compile(r"(https?://[^\s/?#<>\"\\]++)[^\s<>\"\\]*+", re.IGNORECASE)  # never tries a shorter host


def is_web_address(text: str) -> bool:
    """Whether the text is an http(s) address, and nothing else."""
    match = _WEB.fullmatch(text)
    if not match or _CONTROL.search(text):
        return False
    try:
        return bool(urlsplit(match[1]).netloc)  # the host alone: urlsplit remembers those that it has seen
    except ValueError:  # http://[
        return False


def one_line(text: str) -> str | None:
    """The text with its white space folded and nothing in it that turns words round; None for a control character."""
    if not text.isprintable():  # else it holds neither
        if _CONTROL.search(text):
            return None
        text = _BIDI.sub("", text)
    return " ".join(text.split())


class Fields:
    """The entries of one mapping, handed out by type. `finish` raises all that was wrong."""

    def __init__(self, value: Value, path: str, known: Collection[str], within: str = "") -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._within = within
        self._line = value.line
        self._entries: dict[str, Value] = {}
        if not isinstance(value.data, dict):
            self.problem(value.line, f"{within or 'this'} must be a mapping (key: value)")
            return
        self._entries = value.data
        for key, item in value.data.items():
            if not key.isprintable() and (_CONTROL.search(key) or _BIDI.search(key)):
                self.problem(item.line, f"{self._name(key)[:40]!r} is no name for a key")
            elif key not in known:
                self.problem(item.line, f"unknown key {self._name(key)!r}", suggest(key, known) or self._choices(known))

    def _choices(self, known: Collection[str]) -> str:
        return "free values go under extra" if "extra" in known else "known: " + ", ".join(known)

    def _name(self, key: str) -> str:
        return f"{self._within}.{key}" if self._within else key

    def problem(self, line: int, message: str, hint: str = "") -> None:
        """Note something that is wrong."""
        self.problems.append(Problem(self.path, line, message, hint))

    def finish(self) -> None:
        """Raise Problems when anything was wrong."""
        if self.problems:
            raise Problems(self.problems)

    def line(self, key: str) -> int:
        """Where the key stands; the mapping's own line where it does not."""
        return self._entries[key].line if key in self._entries else self._line

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._entries

    def blank(self, key: str) -> bool:
        """Whether the key is not there, or has nothing behind it."""
        return key not in self._entries or self._entries[key].data == ""

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """A text of one line, white space folded."""
        item = self._entries.get(key)
        if item is None or item.data == "":
            if required:
                self.problem(self.line(key), f"{self._name(key)!r} is missing", f"add {key}: ...")
            return default
        if not isinstance(item.data, str):
            self.problem(item.line, f"{self._name(key)!r} must be a text")
            return default
        line = one_line(item.data)
        if line is None:
            self.problem(item.line, f"{self._name(key)!r} holds a control character")
            return default
        return line

    def parsed(self, key: str, parse: Callable[[str], T], default: T, hint: str = "") -> T:
        """A text that `parse` understands; its ValueError becomes the problem."""
        text = self.text(key)
        if not text:
            return default
        try:
            return parse(text)
        except ValueError as error:
            self.problem(self.line(key), f"{self._name(key)!r}: {error}", hint)
            return default

    def flag(self, key: str) -> bool:
        """`true` or `false`; absent is false."""
        text = self.choice(key, ("true", "false"), "false")
        return text == "true"

    def choice(self, key: str, allowed: Sequence[W], default: W) -> W:
        """One of a few words."""
        text = self.text(key, default)
        for word in allowed:
            if word == text:
                return word
        self.problem(self.line(key), f"{self._name(key)!r} is {text!r}", "one of: " + ", ".join(allowed))
        return default

    def number(self, key: str, default: int, lowest: int, highest: int) -> int:
        """A whole number within bounds."""
        text = self.text(key, str(default))
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not lowest <= int(text) <= highest:
            self.problem(
                self.line(key), f"{self._name(key)!r} is {text!r}", f"a whole number from {lowest} to {highest}"
            )
            return default
        return int(text)

    def day(self, key: str) -> Day | None:
        """A day, or a moment with its offset."""
        return self.parsed(key, parse_day, None, "write it as 2026-02-11 or 2026-02-11T09:30:00Z")

    def moment(self, key: str) -> Day | None:
        """A moment with its offset."""
        return self.parsed(key, parse_moment, None, "write it as 2026-02-11T09:30:00Z")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text is a list of one."""
        item = self._entries.get(key)
        if item is None or item.data == "":
            return ()
        items = item.data if isinstance(item.data, list) else [item]
        found: list[str] = []
        for entry in items:
            if not isinstance(entry.data, str):
                self.problem(entry.line, f"{self._name(key)!r} must be a list of texts")
            elif (line := one_line(entry.data)) is None:
                self.problem(entry.line, f"{self._name(key)!r} holds a control character")
            elif line:
                found.append(line)
        return tuple(dict.fromkeys(found))

    def slugs(self, key: str) -> tuple[Slug, ...]:
        """A list of slugs."""
        found: list[Slug] = []
        for text in self.texts(key):
            try:
                found.append(check_slug(text, self.path, self.line(key), f"name for {self._name(key)!r}"))
            except Problems as wrong:
                self.problems.extend(wrong.problems)
        return tuple(found)

    def slug(self, key: str) -> Slug | None:
        """One slug."""
        text = self.text(key)
        return next(iter(self.slugs(key)), None) if text else None

    def web_address(self, key: str) -> str:
        """An http(s) address; anything else is a problem."""
        text = self.text(key)
        if text and not is_web_address(text):
            self.problem(self.line(key), f"{self._name(key)!r} is no http(s) address: {text[:80]!r}")
            return ""
        return text

    def mapping(self, key: str, known: Collection[str] | None = None) -> "Fields | None":
        """A mapping inside; its problems are added by `take`. Without `known` every key is allowed."""
        item = self._entries.get(key)
        if item is None or item.data == "":
            return None
        names = known if known is not None else tuple(item.data) if isinstance(item.data, dict) else ()
        return Fields(item, self.path, names, self._name(key))

    def take(self, inner: "Fields") -> None:
        """Add what was wrong inside a mapping."""
        self.problems.extend(inner.problems)

    def keys(self) -> Iterable[str]:
        """The keys that are there, in the file's order."""
        return self._entries.keys()

    def free(self, key: str) -> dict[str, Plain]:
        """A mapping of anything, as plain strings, lists and mappings."""
        item = self._entries.get(key)
        if item is None or item.data == "":
            return {}
        if not isinstance(item.data, dict):
            self.problem(item.line, f"{self._name(key)!r} must be a mapping (key: value)")
            return {}
        return {name: plain(inner) for name, inner in item.data.items()}


def plain(value: Value) -> Plain:
    """A value without its lines."""
    if isinstance(value.data, dict):
        return {key: plain(item) for key, item in value.data.items()}
    if isinstance(value.data, list):
        return [plain(item) for item in value.data]
    return value.data


_BEGIN = re.compile(r"---[^\S\n]*(?:\n|\Z)")
_END = re.compile(r"\n(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)")


def front_matter(text: str, path: str) -> tuple[str, str, int]:
    """Split a Markdown file: (YAML, body, line on which the body begins). Raises Problems when there is no front matter."""
    begin = _BEGIN.match(text)
    if not begin:
        raise refuse(path, 1, "no front matter", "begin the file with a line '---', the fields, and another '---'")
    end = _END.search(text, begin.end() - 1)
    if not end:
        raise refuse(path, 1, "the front matter has no end", "close it with a line '---'")
    head, body = text[begin.end() : end.start() + 1], text[end.end() :]
    return head or "\n", body, text.count("\n", 0, end.start() + 1) + 2
