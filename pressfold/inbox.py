"""The inbox of a site: what comes into it, and the import of what is new in it."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from pressfold import content
from pressfold.imported import Intake, settle
from pressfold.intake import Importer, again, look, run, waiting
from pressfold.ledger import by_file
from pressfold.memory import Memory
from pressfold.options import Options
from pressfold.problem import Problem, Problems, refuse
from pressfold.settings import read_config
from pressfold.site import INBOX
from pressfold.survey import passed_over


def receive(root: Path, source: Path) -> Iterator[str]:
    """Copy a file, or what a folder holds but for hidden files and backups; the copies' paths below content/."""
    inside = (root / INBOX).resolve()
    if not source.exists():
        raise refuse(str(source), 0, "there is no such file")
    if source.is_file() and passed_over(source.name):
        raise refuse(str(source), 0, "is hidden or a backup, which the inbox passes over", "rename it")
    for path in sorted(p for p in source.rglob("*") if p.is_file()) if source.is_dir() else [source]:
        hidden = any(passed_over(part) for part in path.relative_to(source).parts)
        if inside not in path.resolve().parents and not hidden:
            yield content.receive(root, path)


def lay_there(path: str, asked: Sequence[str]) -> bool:
    """Whether a file of the inbox is none that the command named, nor in a folder that it named."""
    named = any(f"{path}/".startswith(f"{name}/") for name in asked)
    return path.startswith(f"{INBOX}/") and not named


def take(
    options: Options, memory: Memory, clock: int, settled: Collection[str] = (), anew: Sequence[str] = ()
) -> tuple[Intake, list[Problem]]:
    """(what came of the import, what a frozen build misses). A frozen build only says what would be imported.

    `settled` files are known to be imported; those `anew` are imported again.
    """
    settings = read_config(options.root, options.environment, options.base_url)
    ledger = content.read_ledger(options.root)
    passed = () if anew else settled
    items, known, refused = waiting(content.inbox(options.root, passed), ledger, ())
    known += len(passed)
    if not items and not anew:
        settle(options.root, memory, ledger, clock)
        return Intake(known=known, refused=tuple(refused)), []
    found = content.read(options.root, options.now, frozen=True)
    written = {article.id: article for article in found.articles}
    keys, amiss = again(options.root, ledger, anew, written)
    refused = [*amiss, *refused]
    if keys:
        items, known, _ = waiting(content.inbox(options.root), ledger, keys)
    if options.frozen:
        missing: list[Problem] = []
        files = by_file(ledger)
        for raw in items:
            try:
                look(options.root, raw, settings, files.get(raw.file), written)
                hint = "run pressfold import, and commit what it writes"
                missing.append(Problem(f"content/{raw.file}", 0, "is not imported yet", hint))
            except Problems as wrong:
                refused += wrong.problems
        return Intake(known=known, refused=tuple(refused)), missing
    with memory.change():
        importer = Importer(options.root, settings, found, ledger, memory, options.now, keys)
        try:
            imported, failed = run(importer, items, lambda done, all_: options.progress("Importing", done, all_))
        finally:
            content.write_ledger(options.root, ledger)
            memory.keep("print")
    settle(options.root, memory, ledger, clock)
    return Intake(imported=tuple(imported), refused=(*refused, *failed), known=known), []
