"""The site's own audit: the output as its readers, their programs and its host will find it, before they do.

It reads files, and writes none. What is wrong with content/ itself a build says.
"""

import html
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import msgspec

from pressfold.check.audit import Asked, Auditor
from pressfold.check.feeds import NAMES
from pressfold.check.finding import Finding, Tally, Wrong
from pressfold.check.hosts import Weight, judge_size
from pressfold.check.identity import identities
from pressfold.check.manifest import others
from pressfold.config import Config
from pressfold.options import Options
from pressfold.output.journal import read_journal
from pressfold.output.manifest import MANIFEST, inside, read_manifest
from pressfold.workers import Workers, share

__all__ = ["Audit", "Finding", "run"]

_CHUNK = 100
_CANONICAL = re.compile(rb'<link rel="canonical" href="([^"]*)"')


class Audit(msgspec.Struct, frozen=True):
    """How many files were looked at, what was found, and the ids that feeds give, by what they name."""

    files: int = 0
    findings: tuple[Finding, ...] = ()
    ids: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """What may not be published so; the rest are warnings."""
        return tuple(one for one in self.findings if not one.warning)


def run(
    options: Options,
    config: Config,
    *,
    only: Collection[str] | None = None,
    against: Path | None = None,
    published: Mapping[str, str] | None = None,
    older: bool = False,
) -> Audit:
    """Check the output. It is asked for under the site's lock.

    `only`: these files of it, as others were checked before. `against`: the output as it was published last, whose feeds
    say which ids are known to readers; `published`: these ids, where that is known. `older`: content/ has changed since.
    """
    folder, tally = options.folder, Tally(options.shown)
    manifest = read_manifest(folder)
    listed = {path: mark for path, mark in manifest.items() if inside(path)}
    begun = list(_unfinished(folder, listed))
    if begun:
        tally.add(begun)
        return Audit(0, tuple(tally.findings()))
    base_url = _built_for(folder) or config.base_url
    tally.add(_about(base_url, config, older=older))
    tally.add(_aside(manifest.keys() - listed.keys(), against))
    paths = sorted(path for path in listed if only is None or path in only)
    asked = Asked(
        folder=folder,
        base_url=base_url,
        listed=listed,
        known=identities(options.root) or None,
        against=against,
        published=published or {},
    )
    weight, count, ids = Weight(), 0, dict[str, str]()
    with Workers(options.jobs, partial(Auditor, asked), load=len(paths), apart=nullcontext) as workers:
        for seen in workers.map(Auditor.look, share(_groups(paths), _CHUNK)):
            count, weight = count + seen.files, weight.plus(seen.weight)
            tally.add(seen.wrong)
            ids |= seen.ids
            options.progress("Checking", count, len(paths))
    if only is None:
        tally.add(others(folder, listed))
        tally.add(judge_size(config.host, listed, weight))
    return Audit(count, tuple(tally.findings()), ids)


def _unfinished(folder: Path, listed: Collection[str]) -> Iterator[Wrong]:
    """Why there is no site to check."""
    if read_journal(folder):
        yield Wrong("", 0, "a build was stopped as it wrote here", "run pressfold build: it finishes that first")
    elif not listed:
        yield Wrong("", 0, "no build has written here", "run pressfold build, or name the folder with --output")


def _about(base_url: str, config: Config, *, older: bool) -> Iterator[Wrong]:
    """What is wrong with the output as a whole."""
    if base_url != config.base_url:
        hint = f"build again, or say --base-url {base_url} here too"
        yield Wrong("index.html", 0, f"was built for {base_url}, not for {config.base_url}", hint)
    if older:
        yield Wrong("", 0, "is older than what it is made of", "run pressfold build", True)


def _aside(outside: Collection[str], against: Path | None) -> Iterator[Wrong]:
    """What is wrong with what the output is compared with."""
    for path in sorted(outside):
        yield Wrong(MANIFEST, 0, f"lists {path!r}, which is no place in the output", "run pressfold build --no-cache")
    if against and not (against / NAMES[0]).is_file():
        yield Wrong("", 0, f"is compared with {against}, where no site is", "name the folder that holds feed.xml")


def _built_for(folder: Path) -> str:
    """The address that the front page was built for; empty where it does not say."""
    try:
        found = _CANONICAL.search((folder / "index.html").read_bytes())
    except OSError:
        return ""
    return html.unescape(found[1].decode("utf-8", "replace")) if found else ""


def _groups(paths: Sequence[str]) -> list[Sequence[str]]:
    """The files one by one, but the feeds of a folder together."""
    feeds: dict[str, list[str]] = {}
    singles: list[Sequence[str]] = []
    for path in paths:
        folder, _, name = path.rpartition("/")
        if name in NAMES:
            feeds.setdefault(folder, []).append(path)
        else:
            singles.append((path,))
    return [*feeds.values(), *singles]
