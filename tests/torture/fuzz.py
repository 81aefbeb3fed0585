"""Coverage-guided fuzzing of every reader; `python -m tests.torture.fuzz` fuzzes them in turn, and ends with 1 where one fell.

What felled a reader is kept in .fuzz/fallen/ and named with the command that repeats it.
"""

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
PLACE = PROJECT / ".fuzz"
READERS = "text page archive markdown feed letter mailbox fragment decode".split()
FOLLOWED = [
    "pressfold",
    "email",
    "feedparser",
    "json",
    "tomllib",
    "trafilatura",
    "sgmllib",
]  # whose branches are counted
TOKENS = Path(__file__).with_name("tokens.txt")
HANGS, SWELLS = 30, 3000  # seconds, and MiB, of one input
_UNTOLD = re.compile(r"^(?:#\d+\s|INFO|WARNING).*\n", re.MULTILINE)
_DONE = re.compile(r"^#(\d+)\s+DONE\s+cov: (\d+)", re.MULTILINE)


def seeds(reader: str) -> Iterator[bytes]:
    """Inputs from which others are made."""
    from tests.ingest.test_feed import ATOM, RSS
    from tests.ingest.test_foreign import BODY, HUGO
    from tests.ingest.test_letter import PAGE, letter, mailbox
    from tests.ingest.test_mhtml import archive

    corpus = [path.read_bytes() for path in sorted((PROJECT / "tests/corpus").glob("*.txt"))]
    one = letter("Some words of a letter stand here.", page=PAGE)
    yield from {
        "text": corpus,
        "page": [PAGE.encode(), *(b"<html><body><p>" + data.replace(b"\n\n", b"<p>") for data in corpus[:4])],
        "archive": [archive()],
        "markdown": [HUGO.encode(), BODY.encode(), b"Title: A title\nDate: 2026-02-02\n\n" + corpus[0]],
        "feed": [RSS.encode(), ATOM.encode(), JSON.encode()],
        "letter": [one, letter("Some words of a letter stand here.")],
        "mailbox": [mailbox(one, one)],
        "fragment": [PAGE.encode()],
        "decode": [*corpus, corpus[0].decode().encode("utf-16"), corpus[-1].decode().encode("gb18030")],
    }[reader]


JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [{"id": "a", "title": "\\ud83d\\ude00",
"content_html": "<p>Several hundred workers of Microsoft have asked the company to drop its contract.</p>", "tags": ["x"],
"date_published": "2026-02-02T10:00:00Z", "url": "https://a.example/b", "authors": [{"name": "A"}], "language": "en"}]}"""


def turn(reader: str, seconds: int) -> None:
    """Fuzz one reader, in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=FOLLOWED):
        from tests.torture.readers import PROMISES

    place = PLACE / reader
    place.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(reader)):
        (place / f"seed-{number}").write_bytes(data)
    fallen = PLACE / "fallen"
    fallen.mkdir(exist_ok=True)
    bounds = f"-max_total_time={seconds} -timeout={HANGS} -rss_limit_mb={SWELLS} -max_len=6000 -dict={TOKENS}".split()

    def kept(data: bytes) -> None:
        try:
            PROMISES[reader](data)
        except BaseException:  # the fuzzer keeps those that it made itself, and the ones that hang
            (fallen / f"{reader}-{hashlib.sha256(data).hexdigest()[:16]}.fallen").write_bytes(data)
            raise

    atheris.Setup([sys.argv[0], *bounds, f"-artifact_prefix={fallen}/{reader}-", str(place)], kept)
    atheris.Fuzz()


def repeat(reader: str, path: Path) -> None:
    """Give a reader one file."""
    from tests.torture.readers import PROMISES

    PROMISES[reader](path.read_bytes())


def all_in_turn(seconds: int) -> int:
    """Fuzz each reader in a process of its own for its share of the time; how many fell."""
    shutil.rmtree(PLACE / "fallen", ignore_errors=True)
    fell = 0
    for reader in READERS:
        again = [sys.executable, "-m", "tests.torture.fuzz", "--reader", reader]
        timed = [*again, "--seconds", str(seconds // len(READERS))]
        done = subprocess.run(timed, cwd=PROJECT, capture_output=True, encoding="utf-8", errors="replace", check=False)
        print(f"{reader}: {'fell' if done.returncode else _figures(done.stderr)}", flush=True)
        if done.returncode:
            fell += 1
            print(done.stdout[-3000:], _UNTOLD.sub("", done.stderr)[-1500:], sep="\n")
            for path in sorted((PLACE / "fallen").glob(f"{reader}-*")):
                if "-crash-" in path.name:  # kept twice
                    continue
                print("to repeat it:", *again, path, flush=True)
    return fell


def _figures(said: str) -> str:
    done = _DONE.search(said)
    return f"{done[1]} executions, {done[2]} edges covered" if done else "nothing was covered"


def main() -> None:
    """Read the arguments, and do what they say."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reader", choices=READERS)
    asked.add_argument("--seconds", type=int, default=600)
    asked.add_argument("file", type=Path, nargs="?")
    given = asked.parse_args()
    if given.file:
        repeat(given.reader, given.file)
    elif given.reader:
        turn(given.reader, given.seconds)
    elif not find_spec("atheris"):
        print("atheris has no wheel for this platform: nothing was fuzzed")
    else:
        sys.exit(bool(all_in_turn(given.seconds)))


if __name__ == "__main__":
    main()
