"""The story of a publish: what the output lists against what the target's record says, sent in an order that never breaks.

Whatever speaks against it is said before anything is sent.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from pressfold.config import Config
from pressfold.destination import Destination
from pressfold.options import Options
from pressfold.output.manifest import read_manifest
from pressfold.problem import Problem, Problems, refuse, suggest
from pressfold.publish.folder import Folder
from pressfold.publish.git import Branch, repository
from pressfold.publish.kind import is_kept
from pressfold.publish.plan import Confirm, Delete, Note, Plan, Send, most_deletes, plan, vouched
from pressfold.publish.program import Program, alone
from pressfold.publish.rclone import Rclone, find_rclone
from pressfold.publish.record import Record, UnreadableError, adding, read_record, write_record
from pressfold.publish.rsync import Rsync, find_rsync
from pressfold.publish.target import MovedError, Target
from pressfold.site import CONFIG, WORK

if TYPE_CHECKING:
    from pressfold.check import Audit

__all__ = ["Asked", "Published", "chosen", "publish"]

LIVE = "live"  # the target that is meant where none is named
_TRIES = 5  # where others publish at the same time
_NAMED = 10  # files that a message names


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """How it is to be done."""

    environment: Mapping[str, str]  # holds the credentials of the programs that are run
    most: int | None = None  # files that may be deleted
    verify: bool = False  # look at every file at the target, whatever its record says
    force: bool = False
    dry_run: bool = False


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What a publish did, or would do; `overruled` are the problems in spite of which it went on."""

    target: str
    plan: Plan
    size: int  # bytes that were sent
    dry: bool
    overruled: tuple[Problem, ...] = ()


def chosen(settings: Config, name: str) -> str:
    """The name of the target that is meant. Raises Problems."""
    known = settings.publish
    if not known:
        raise refuse(CONFIG, 0, "names no place to publish to", "publish: {live: 'folder:/srv/www'}; docs/publish.md")
    if name and name not in known:
        raise refuse(CONFIG, 0, f"has no target {name!r}", suggest(name, known) or f"known: {', '.join(sorted(known))}")
    if not name and len(known) > 1 and LIVE not in known:
        raise refuse(CONFIG, 0, "names several targets", f"say which: {', '.join(sorted(known))}")
    return name or (LIVE if LIVE in known else next(iter(known)))


def publish(options: Options, settings: Config, name: str, asked: Asked, unfit: Sequence[Problem]) -> Published:
    """Bring a target to what the output is. `unfit` is what speaks against the output. It is asked for under the site's lock."""
    to = settings.publish[name]
    with alone(options.root / WORK / "publishing") as held:
        target = _target(options, name, to, Program(words=(), target=name, environment=asked.environment, held=held))
        ours = set[str]()  # what we may have sent, which the record of whoever came between need not name
        for _ in range(_TRIES):
            try:
                return _publish(options, name, settings, target, asked, unfit, ours)
            except MovedError as moved:
                ours.update(moved.perhaps)
                options.notice(f"{name}: somebody else published there meanwhile; reckoning anew")
    raise refuse(name, 0, f"changed under each of {_TRIES} tries", "try again when nobody else publishes there")


def _target(options: Options, name: str, to: Destination, program: Program) -> Target:
    if to.scheme == "rclone":
        return Rclone(to.place, find_rclone(program))
    if to.scheme == "rsync":
        return Rsync(to.place, find_rsync(program))
    if to.scheme == "git":
        work = options.root / WORK
        git, remote = repository(program, options.root, to.place, work / "publish.git")
        return Branch(remote, to.branch, git, work / "publish.index")
    return Folder(_outside(options, name, options.root / to.place))


def _outside(options: Options, name: str, place: Path) -> Path:
    """A folder that is neither the site nor its output."""
    place, root, output = place.resolve(), options.root.resolve(), options.folder.resolve()
    if any(place == one or place in one.parents for one in (root, output)) or output in place.parents:
        raise refuse(name, 0, "would publish over the site itself", "choose a folder of its own")
    return place


def _publish(
    options: Options,
    name: str,
    settings: Config,
    target: Target,
    asked: Asked,
    unfit: Sequence[Problem],
    ours: Collection[str],
) -> Published:
    listed = read_manifest(options.folder)
    known = target.read()
    before, wrong = _before(name, known)
    before = adding(before, ours)
    if asked.verify:
        before = _looked_at(target, options.folder, listed, before)
    todo = plan(before, listed, alike=target.alike)
    found = _audited(options, settings, before, todo)
    unsound = [one.problem for one in found.wrong]
    wrong = [*unfit, *wrong, *unsound, *_taken(name, target, before, todo)]
    if wrong and not asked.force:
        raise Problems(wrong)
    todo = vouched(todo, checked=not wrong, ids={**before.ids, **found.ids})
    _check_deletes(name, todo, asked.most)
    if not asked.dry_run:
        _carry_out(options, name, target, todo, known, again=not before.whole)
    size = sum((options.folder / path).stat().st_size for path in todo.sent)
    return Published(target=name, plan=todo, size=size, dry=asked.dry_run, overruled=tuple(wrong))


def _audited(options: Options, settings: Config, before: Record, todo: Plan) -> "Audit":
    """What an audit of the output finds: of what is sent alone, where all else was found to be sound and nothing goes."""
    from pressfold.check import Audit, run

    if not todo.steps:
        return Audit()
    only = {*todo.sent} if before.checked and all(map(is_kept, todo.deleted)) else None
    return run(options, settings, only=only, published=before.ids)


def _before(name: str, known: bytes | None) -> tuple[Record, list[Problem]]:
    """(what is known to be at the target, why nothing is)."""
    try:
        return read_record(known), []
    except UnreadableError as error:
        message = f"its list of what was published cannot be read: {error}"
        return Record(), [Problem(name, 0, message, "--force sends all files again, and deletes none")]


def _looked_at(target: Target, folder: Path, listed: Mapping[str, str], before: Record) -> Record:
    """The record once all files were looked at that it says are as they should be: of those that are not nothing is known."""
    settled = sorted(path for path, mark in before.files.items() if listed.get(path) == mark)
    astray = target.differing(folder, settled, each=True) if settled else ()
    return replace(before, files={**before.files, **dict.fromkeys(astray, "")})


def _taken(name: str, target: Target, before: Record, todo: Plan) -> list[Problem]:
    """Files that we did not put there, where new ones must go."""
    ours = before.ours
    found = sorted(target.standing([path for path in todo.new if path not in ours]))
    if not found:
        return []
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    message = f"files lie there that no publish put there: {', '.join(found[:_NAMED])}{more}"
    return [Problem(name, 0, message, "move them; or --force writes over them")]


def _check_deletes(name: str, todo: Plan, most: int | None) -> None:
    limit = most_deletes(todo) if most is None else most
    count = len(todo.deleted)
    if count > limit:
        raise refuse(name, 0, f"{count} files would be deleted, more than {limit}", f"if so: --max-deletes {count}")


def _carry_out(options: Options, name: str, target: Target, todo: Plan, known: bytes | None, *, again: bool) -> None:
    """Do it, step by step; what was `known` before is looked at again each time it is about to be written over."""
    done, whole = 0, len(todo.sent) + len(todo.deleted)
    if again:
        target.tidy()
    for step in todo.steps:
        match step:
            case Note(record):
                _undisturbed(target, todo, known)
                known = write_record(record)
                target.note(known)
            case Send(paths):
                target.send(options.folder, paths, again=again)
                done += len(paths)
            case Confirm(paths):
                if differing := target.differing(options.folder, paths):
                    _undisturbed(target, todo, known)
                    raise _lost(name, differing)
            case Delete(paths, folders):
                target.delete(paths, folders)
                done += len(paths)
        options.progress("Publishing", done, whole)
    if todo.steps:
        target.finish(todo)
        if target.read() != known:
            raise MovedError(todo.new)


def _undisturbed(target: Target, todo: Plan, known: bytes | None) -> None:
    """Raise MovedError where the record is not what is known of it: it says what somebody else sent."""
    if not target.at_once and target.read() != known:
        raise MovedError(todo.new)


def _lost(name: str, differing: Collection[str]) -> Problems:
    some = ", ".join(sorted(differing)[:_NAMED])
    return refuse(name, 0, f"{len(differing)} files did not arrive as they were sent: {some}", "publish again")
