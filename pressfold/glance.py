"""A site's files against those of the last run: what may have changed, and what all pages depend on.

Files are told apart by their state, and where that is another, by their hash.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from pressfold.memory import Memory, encode
from pressfold.output.manifest import MANIFEST
from pressfold.problem import Problem
from pressfold.site import ARTICLES, COMPANIES, CONFIG, FOLDERS, INBOX, LEDGER, MEDIA, PAGES, SOURCES, boot, theme
from pressfold.survey import Change, Seen, Survey, compare, digest, digest_of, read, state, survey


class Glance(msgspec.Struct, frozen=True, kw_only=True):
    """What a run saw of a site before it read any article."""

    here: Survey
    articles: tuple[str, ...]  # those whose file is not as it was
    gone: tuple[str, ...]
    fresh: Mapping[str, Seen]  # other files that are not as they were, as they are now ...
    data: Mapping[str, bytes]  # ... and what stands in those that are read
    before: Mapping[str, Seen]
    problems: tuple[Problem, ...]
    scope: str  # the hash of all that any page may depend on
    theme: str  # the hash of all layouts

    @property
    def calm(self) -> bool:
        """Whether no file is another."""
        return not (self.articles or self.gone or self.fresh)

    def changed(self, folder: str) -> bool:
        """Whether files below a folder are others than they were."""
        below = f"{folder}/"
        return any(path.startswith(below) for path in self.gone) or any(
            path.startswith(below) and (path not in self.before or self.before[path].digest != seen.digest)
            for path, seen in self.fresh.items()
        )


def survey_site(root: Path) -> tuple[Survey, dict[str, Path]]:
    """(every file that a build depends on, where those lie that are not below root by their name)."""
    here = survey(root, *FOLDERS)
    places = {name: root / name for name in (CONFIG, LEDGER, SOURCES)}
    for name, folder in theme(root).items():
        places |= {f"{name}/{path.relative_to(folder).as_posix()}": path for path in sorted(folder.rglob("*"))}
    states = {name: state(path) for name, path in places.items() if path.is_file()}
    return replace(here, files={**here.files, **states}), places


def glance(root: Path, memory: Memory, here: Survey, elsewhere: Mapping[str, Path], salt: str) -> Glance:
    """Look at what changed since the last run; `elsewhere` are files that do not lie below root, by what they are called."""
    change = _change(memory, here)
    before = memory.seen_but(ARTICLES, INBOX)
    before |= memory.seen(path for path in change.doubtful if path.startswith(f"{ARTICLES}/"))
    fresh: dict[str, Seen] = {}
    data: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in change.doubtful:
        place = elsewhere.get(path, root / path)
        try:
            if path.startswith((f"{COMPANIES}/", f"{PAGES}/")):
                data[path], now = read(place)
                fresh[path] = Seen(now, digest(data[path]))
            elif not path.startswith((f"{ARTICLES}/", f"{INBOX}/")):
                fresh[path] = digest_of(place)
        except OSError as error:
            problems.append(Problem(path, 0, f"cannot be read: {error.strerror}"))
    now_known = {**{path: seen for path, seen in before.items() if path in here.files}, **fresh}
    return Glance(
        here=here,
        articles=tuple(path for path in change.doubtful if path.startswith(f"{ARTICLES}/") and path.endswith(".md")),
        gone=change.gone,
        fresh=fresh,
        data=data,
        before=before,
        problems=tuple(problems),
        scope=_hash(salt, {path: seen for path, seen in now_known.items() if not path.startswith(_OWN)}),
        theme=_hash("", {path: seen for path, seen in now_known.items() if not path.startswith("content/")}),
    )


def unchanged(root: Path, seen: Glance) -> bool:
    """Whether all files hold what they held. One that was written as the last run read it may do so in another state."""
    now = {**seen.fresh, **{path: digest_of(root / path) for path in seen.articles}}
    return not seen.gone and all(
        path in seen.before and seen.before[path].digest == one.digest for path, one in now.items()
    )


def _change(memory: Memory, here: Survey) -> Change:
    """What may have changed. Where a run found nothing at all, the next one need not compare file by file."""
    mark = hashlib.sha256(encode(here.files)).hexdigest()
    if memory.fact("survey") == mark:
        return Change({}, ())
    change = compare(here.files, memory.states())
    if not change.doubtful and not change.gone:
        memory.state({"survey": mark})
    return change


# What these touch is known exactly; anything else may touch any page.
_OWN = (f"{ARTICLES}/", f"{INBOX}/", f"{MEDIA}/", f"{PAGES}/", LEDGER)


def _hash(salt: str, files: Mapping[str, Seen]) -> str:
    found = hashlib.sha256(salt.encode())
    for path, seen in sorted(files.items()):
        found.update(f"{path}\0{seen.digest}\0".encode("utf-8", "replace"))
    return found.hexdigest()


def vouched(folder: Path, memory: Memory) -> bool:
    """Whether the output's list of files is the one that the last run wrote, in this run of the machine."""
    return memory.fact("folder") == str(folder) and memory.fact("list") == _list(folder)


def vouch(folder: Path, memory: Memory) -> None:
    """Remember that the output's list of files is right."""
    memory.state({"folder": str(folder), "list": _list(folder)})


def _list(folder: Path) -> str:
    place = folder / MANIFEST
    return f"{state(place)} {boot()}" if place.is_file() else ""
