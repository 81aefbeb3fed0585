"""A branch of a git repository as a target: one commit on what is there, made without any working tree.

All is written to an index of its own; the user's index, files and branches are not touched. The branch keeps its history and
whatever others put there. Nothing takes effect before the push, which is never forced.
"""

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from msgspec.structs import replace

from pressfold.output.manifest import above
from pressfold.publish.plan import Plan
from pressfold.publish.program import Program
from pressfold.publish.record import RECORD
from pressfold.publish.target import MovedError

_GONE = "0" * 40
_NAMED = 3  # files that a commit's message names
_MOVED = re.compile(rb"rejected|fetch first|non-fast-forward|cannot lock ref|stale info|failed to update ref")
_NONE = re.compile(rb"couldn't find remote ref")
_WHO = ("-c", "user.name=Pressfold", "-c", "user.email=pressfold@localhost")


class Branch:
    """A branch of a remote repository, by a repository of this machine."""

    alike = False
    at_once = True

    def __init__(self, remote: str, branch: str, program: Program, index: Path) -> None:
        environment = {**program.environment, "GIT_INDEX_FILE": str(index), "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        self._git = replace(program, environment=environment)
        self._remote, self._branch, self._index, self._tip = remote, branch, index, ""

    def read(self) -> bytes | None:
        """The record of the branch's newest commit, which all that follows is made on."""
        self._index.unlink(missing_ok=True)
        self._tip = self._fetch()
        if not self._tip:
            self._run("read-tree", "--empty")
            return None
        self._run("read-tree", self._tip)
        done, _ = self._git.attempt("cat-file", "blob", f"{self._tip}:{RECORD}")
        return done.out if done.code == 0 else None

    def _fetch(self) -> str:
        """The branch's newest commit; empty where there is no such branch."""
        shallow = self._run("rev-parse", "--is-shallow-repository").strip() == b"true"
        depth = ("--depth", "1") if shallow else ()
        done, said = self._git.attempt(
            "fetch", "--quiet", "--no-tags", *depth, self._remote, f"refs/heads/{self._branch}"
        )
        if done.code and _NONE.search(said):
            return ""
        if done.code:
            raise self._git.failed(said)
        return self._run("rev-parse", "FETCH_HEAD").decode().strip()

    def standing(self, paths: Collection[str]) -> Sequence[str]:
        """Those whose place is taken, or whose folder's place is by a file."""
        there = set(self._run("ls-files", "-z").decode("utf-8", "replace").split("\0"))
        folders = {folder for path in there for folder in above(path)} if paths else set()
        return [path for path in paths if path in there or path in folders or not there.isdisjoint(above(path))]

    def tidy(self) -> None:
        """Nothing can be half sent."""

    def note(self, record: bytes) -> None:
        """Have the record in the commit."""
        blob = self._run("hash-object", "-w", "--stdin", given=record).decode().strip()
        self._enter([(RECORD, blob)])

    def send(self, folder: Path, paths: Sequence[str], *, again: bool) -> None:  # noqa: ARG002 - none is there already
        """Have files in the commit, byte for byte, whatever git is told to make of line ends."""
        self._enter(zip(paths, self._blobs(folder, paths, "-w"), strict=True))

    def _blobs(self, folder: Path, paths: Sequence[str], *write: str) -> list[str]:
        given = "".join(f"{folder / path}\n" for path in paths).encode()
        return self._run("hash-object", *write, "--no-filters", "--stdin-paths", given=given).decode().split()

    def _enter(self, blobs: "Collection[tuple[str, str]] | zip[tuple[str, str]]") -> None:
        given = "".join(f"{'0' if blob == _GONE else '100644'} {blob}\t{path}\0" for path, blob in blobs)
        self._run("update-index", "--add", "--replace", "-z", "--index-info", given=given.encode())

    def differing(self, folder: Path, paths: Sequence[str], *, each: bool = False) -> Sequence[str]:
        """None of those that were just entered, by their hashes; of `each`, those whose hash is another there."""
        if not each:
            return ()
        entered = [line.partition("\t") for line in self._run("ls-files", "--stage", "-z").decode().split("\0") if line]
        there = {path: mark.split()[1] for mark, _, path in entered}
        blobs = self._blobs(folder, paths)
        return [path for path, blob in zip(paths, blobs, strict=True) if there.get(path) != blob]

    def delete(self, paths: Sequence[str], folders: Sequence[str]) -> None:  # noqa: ARG002 - git knows no folders
        """Leave files out of the commit."""
        self._enter([(path, _GONE) for path in paths])

    def finish(self, plan: Plan) -> None:
        """Commit and push. Raises MovedError where others pushed meanwhile."""
        tree = self._run("write-tree").decode().strip()
        parents = ("-p", self._tip) if self._tip else ()
        who = _WHO if self._git.attempt("var", "GIT_COMMITTER_IDENT")[0].code else ()
        commit = self._run(*who, "commit-tree", tree, *parents, given=_message(plan).encode()).decode().strip()
        asked = ("push", "--quiet", self._remote, f"{commit}:refs/heads/{self._branch}")
        done, said = self._git.attempt(*asked)
        if done.code and _MOVED.search(said):
            raise MovedError
        if done.code:
            raise self._git.failed(said)

    def _run(self, *arguments: str, given: bytes = b"") -> bytes:
        return self._git.run(*arguments, given=given).out


def _message(plan: Plan) -> str:
    """What a commit says of itself: how much changed, and what."""
    counts = {"new": plan.new, "changed": plan.changed, "deleted": plan.deleted}
    parts = [f"{len(paths)} {word}" for word, paths in counts.items() if paths]
    lines = [f"Publish: {', '.join(parts) or 'only the list of files'}", ""]
    for word, paths in counts.items():
        some = sorted(paths)[:_NAMED]
        more = f" and {len(paths) - len(some)} more" if len(paths) > len(some) else ""
        lines += [f"{word}: {', '.join(some)}{more}"] if some else []
    return "\n".join(lines).strip() + "\n"


def repository(program: Program, root: Path, remote: str, own: Path) -> tuple[Program, str]:
    """(git in the repository to work in, the remote): the site's own, where it names the remote; else one made for this."""
    git = replace(program, words=("git",))
    inside = replace(git, words=("git", "-C", str(root)))
    if inside.attempt("remote", "get-url", remote)[0].code == 0:
        return inside, remote
    place = root / remote
    if not own.exists():
        git.run("init", "--quiet", "--bare", str(own))
    return replace(git, words=("git", "--git-dir", str(own))), str(place) if place.exists() else remote
