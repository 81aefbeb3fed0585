"""Another program, run to its end: what it says, and nothing secret in that."""

import re
import subprocess
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from pressfold.problem import Problems, refuse

_SECRET = re.compile(r"pass|secret|token|key|cred|auth|sas|pwd|connection_string", re.IGNORECASE)
_SHORT = 4  # characters: what is shorter stands in too many words to be taken out of them
_IN_ADDRESS = re.compile(r"(?<=://)[^/@\s]+(?=@)|(?<=\?)[^\s\"'<>=]+=[^\s\"'<>]*")  # who asks; a signed question
_LONG = 300


class Done(NamedTuple):
    """How a program ended, and what it wrote."""

    code: int
    out: bytes


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """A program, as it is started for a target.

    `held` is a file that it keeps open: so a lock on it holds for as long as the program runs, even when we were killed.
    """

    words: tuple[str, ...]
    target: str  # as problems name it
    environment: Mapping[str, str]
    held: tuple[int, ...] = ()

    def run(self, *arguments: str, given: bytes = b"", fine: Collection[int] = (0,)) -> Done:
        """Run it. Raises Problems with its own last words where it does not end well."""
        done, said = self.attempt(*arguments, given=given)
        if done.code not in fine:
            raise self.failed(said)
        return done

    def attempt(self, *arguments: str, given: bytes = b"") -> tuple[Done, bytes]:
        """(how it ended, what it complained of)."""
        done = subprocess.run(  # noqa: S603 - a list of words, no shell
            [*self.words, *arguments],
            input=given,
            capture_output=True,
            check=False,
            env=self.environment,
            pass_fds=self.held,
        )
        return Done(done.returncode, done.stdout), done.stderr

    def failed(self, said: bytes, hint: str = "") -> Problems:
        """What it said as it failed."""
        lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
        last = unspoken("; ".join(lines[-3:]), self.environment)
        return refuse(
            self.target, 0, f"{Path(self.words[0]).name}: {last[-_LONG:] or 'failed, and said nothing'}", hint
        )


@contextmanager
def alone(place: Path) -> Iterator[tuple[int, ...]]:
    """The lock of whoever publishes, as files to be `held` by the programs that are run: none outlives us unnoticed.

    Where the system knows no such locks there is none.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield ()
        return
    with place.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield (file.fileno(),)


def unspoken(text: str, environment: Mapping[str, str]) -> str:
    """A text without the secrets that the environment holds, and without who asks, and what, in an address."""
    hidden = {value for name, value in environment.items() if _SECRET.search(name) and len(value) >= _SHORT}
    for value in sorted(hidden, key=len, reverse=True):
        text = text.replace(value, "***")
    return _IN_ADDRESS.sub("***", text)
