"""Where a site is published, as `config.yaml` says it: `rclone:remote:path`, `git:remote#branch`, `rsync:host:path`, `folder:path`.

It never holds a secret: a text with a password in it is refused, and is not repeated.
"""

import re
from typing import Literal, get_args

import msgspec

from pressfold.problem import suggest

Scheme = Literal["rclone", "git", "rsync", "folder"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
FORMS = "rclone:remote:path, git:remote#branch, rsync:host:path or folder:path"
_PASSWORD = re.compile(
    r"//[^/@\s]*:[^/@\s]+@|^[^/@\s:]+:[^/@\s:]+@|//[^/@\s]{20,}@"
)  # a token stands where a name would
_SECRET = re.compile(r"(?:^|[,:&?])\s*\w*(?:pass|secret|token|key|auth|cred|sas)\w*\s*=", re.IGNORECASE)


class Destination(msgspec.Struct, frozen=True):
    """A place that a program of its own scheme knows how to reach; `branch` is git's alone."""

    scheme: Scheme
    place: str
    branch: str = ""

    def __str__(self) -> str:
        return f"{self.scheme}:{self.place}" + (f"#{self.branch}" if self.branch else "")


class Unreadable(ValueError):
    """A text that is no destination, and what would be one."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def parse(text: str) -> Destination:
    """Read where a site is published. Raises Unreadable."""
    word, colon, place = text.strip().partition(":")
    if _PASSWORD.search(place) or _SECRET.search(place):
        raise Unreadable("holds a secret", "keep it in the environment, or in the tool's own store: docs/publish.md")
    scheme = next((one for one in SCHEMES if one == word), None)
    if not colon or scheme is None:
        raise Unreadable(f"{word!r} is no way to publish", suggest(word, SCHEMES) or FORMS)
    place, _, branch = place.partition("#") if scheme == "git" else (place, "", "")
    if not place or place.startswith("-") or not text.isprintable():
        raise Unreadable(f"{text!r} names no place", FORMS)
    if scheme == "git" and not _is_branch(branch):
        raise Unreadable(f"{text!r} names no branch", "write git:origin#gh-pages")
    if scheme in ("rclone", "rsync") and ":" not in place and not (scheme == "rsync" and place.startswith("/")):
        raise Unreadable(f"{text!r} names no {'remote' if scheme == 'rclone' else 'host'}", FORMS)
    return Destination(scheme, place, branch)


def _is_branch(name: str) -> bool:
    """Whether git takes a name for a branch, and nothing else can be meant by it."""
    return bool(re.fullmatch(r"(?!-)[\w.+-]+(/[\w.+-]+)*", name)) and ".." not in name and not name.endswith(".lock")
