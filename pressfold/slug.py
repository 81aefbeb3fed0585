"""An address, made once: lower-case ASCII words that every file system, host and person can type."""

import hashlib
import re
import unicodedata
from collections.abc import Container
from functools import lru_cache
from typing import NewType

from pressfold.problem import refuse

Slug = NewType("Slug", str)

LONGEST = 60  # bytes: a folder name, and a line of a terminal
_FORM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MARK = 6  # digits of a hash that stand behind a name's words
_MARKED = re.compile(rf"(^|-)[0-9a-f]{{{_MARK}}}$")
# Names that Windows keeps for devices, with any extension.
_RESERVED = frozenset("con prn aux nul".split()) | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}


def slug(text: str, fallback: str) -> Slug:
    """Words of the text in ASCII, at most 60 bytes, cut at a word; `fallback` where the text has none."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", _ascii(text[:400])).lower())
    cut = _cut("-".join(words), LONGEST)
    return Slug(cut if cut and cut not in _RESERVED else f"{cut}-{fallback}".strip("-"))


def slug_of(path: str) -> Slug:
    """The slug that a file of content/ has by its name."""
    return Slug(path.rpartition("/")[2].removesuffix(".md"))


def _cut(words: str, longest: int) -> str:
    """Words as far as they may be, cut between two where there are two."""
    cut = words[: longest + 1]
    return cut if len(cut) <= longest else cut.rpartition("-")[0] or cut[:longest]


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    from anyascii import anyascii  # its tables are read only where they are needed

    return anyascii(text)


@lru_cache(maxsize=4096)  # article after article bears the same
def name_slug(name: str, kind: str) -> Slug:
    """The address of a name that nobody gave one: by the name alone, so that no other name's coming or going changes it.

    Names that differ only in case, white space or Unicode form have one address. No others share one: where the words in
    ASCII do not say the whole name (`Gram.pl`, `gram pl`), a hash of it stands behind them. `kind` is the word for a name
    that has none.
    """
    folded = _folded(name)
    words = slug(folded, kind)
    if words.replace("-", " ") == folded and not _MARKED.search(words):
        return words
    mark = hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()[:_MARK]
    return Slug(f"{_cut(words, LONGEST - _MARK - 1)}-{mark}")


def _folded(name: str) -> str:
    """What is the same in all ways to write a name."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(folded.split())


def distinct(wanted: Slug, suffix: str, taken: Container[str]) -> Slug:
    """`wanted`, or where that is taken `wanted` and as much of the suffix as tells the two apart."""
    for length in (0, *range(6, len(suffix) + 1)):
        tail = "-" + suffix[:length] if length else ""
        candidate = Slug(wanted[: LONGEST - len(tail)].rstrip("-") + tail)
        if candidate not in taken:
            return candidate
    raise ValueError(f"{wanted!r} with {suffix!r} is taken")


def check_slug(text: str, path: str, line: int, what: str = "slug") -> Slug:
    """A slug that a person wrote. Raises Problems when it would not do as an address."""
    if not _FORM.fullmatch(text) or len(text) > LONGEST or text in _RESERVED:
        raise refuse(path, line, f"{text!r} is no {what}", f"write it as {slug(text, 'x')!r}")
    return Slug(text)
