"""`content/no-companies.txt`: names that an editor says are no company's, a line each; the queue of names leaves them out."""

from collections.abc import Iterable

from pressfold.problem import refuse
from pressfold.schema import one_line

HEAD = "# Names that are no company's: pressfold companies leaves them out. Delete a line to see its name again.\n"


def load(text: str) -> frozenset[str]:
    """The names, as they are compared."""
    return frozenset(map(known_by, _names(text)))


def add(text: str, names: Iterable[str]) -> str:
    """The file with more names in it, in order; lines that begin with # stay at its head.

    Raises Problems for what could not be read back as a name.
    """
    head = [line for line in text.splitlines() if line.startswith("#")] or HEAD.splitlines()
    found = {known_by(name): name for name in (*_names(text), *map(_line, names))}
    return "\n".join([*head, *(found[key] for key in sorted(found))]) + "\n"


def _line(name: str) -> str:
    line = one_line(name.removeprefix("\ufeff"))
    if not line or line.startswith("#"):
        raise refuse("NAME", 0, f"{name[:80]!r} is no name", "give it as the list shows it")
    return line


def known_by(name: str) -> str:
    """A name without what does not tell it from another."""
    return " ".join(name.casefold().split())


def _names(text: str) -> list[str]:
    lines = (line.strip() for line in text.removeprefix("\ufeff").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
