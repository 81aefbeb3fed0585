"""The search index, brought to what is published: records of all articles, and the bundle that Pagefind makes of them.

Records lie beside the memory and are written anew only for articles that changed. The bundle in the output stays as it is,
byte for byte, until a record is another or Pagefind is: two runs over the same records need not give the same bytes.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from pressfold import pagefind
from pressfold.drawing import Done, Painter, Plan
from pressfold.memory import Drawn, Memory, encode
from pressfold.output.stage import Stage
from pressfold.pages import INDEX, kind
from pressfold.pages.search import record
from pressfold.problem import Problems
from pressfold.survey import digest
from pressfold.workers import Workers, share

BUNDLE = "pagefind"  # where it stands in the output
_CHUNK = 100  # records that one worker writes at a time
Progress = Callable[[str, int, int], None]


def indexed(
    plan: Plan, memory: Memory, workers: Workers[Painter], dirty: Sequence[str], *, jobs: int, progress: Progress
) -> list[Done]:
    """The files of the index; nothing where it is as it was. `dirty` are the subjects that are to be drawn.

    A site without search has no such files, nor has one that is only looked at.
    """
    folder = plan.memory.parent / "search"
    if plan.config.search == "none" or plan.preview:
        _remove(folder)
        return [Done(INDEX, [], [], [])]
    try:
        program = pagefind.program()
        articles = [one.removeprefix("article/") for one in dirty if kind(one) == "article"]
        told = _Records(folder, workers, progress).bring(None if plan.anew else articles, plan.versions)
        mark = _mark(pagefind.version(program), told)
        if memory.fingerprints(INDEX) == ({mark} if told else set()):
            memory.clean(INDEX)
            return []
        return [_staged(_bundled(program, folder, len(told), jobs) if told else (), folder / BUNDLE, plan, mark)]
    except Problems as wrong:
        (folder / _MARKS).unlink(missing_ok=True)  # the records may be what is wrong
        return [Done(INDEX, memory.drawn([INDEX])[INDEX], [], list(wrong.problems))]  # the index stays as it was
    finally:
        _remove(folder / BUNDLE)


def _mark(version: str, told: Mapping[str, "_Record"]) -> str:
    """The hash of all that the bundle is made of."""
    pages = sorted((slug, record.page) for slug, record in told.items())
    return hashlib.sha256(encode((version, pages))).hexdigest()


def _bundled(program: str, folder: Path, count: int, jobs: int) -> list[Path]:
    _remove(folder / BUNDLE)
    return pagefind.bundle(program, folder / _RECORDS, folder / BUNDLE, count, jobs)


def _staged(files: Sequence[Path], folder: Path, plan: Plan, mark: str) -> Done:
    done, stage = Done(INDEX, [], [], []), Stage(plan.folder)
    for file in files:
        path, data = f"{BUNDLE}/{file.relative_to(folder).as_posix()}", file.read_bytes()
        done.put(Drawn(path, INDEX, "", mark, digest(data), None), data, stage, plan.listed)
    return done


def _remove(folder: Path) -> None:
    if folder.exists():
        from shutil import rmtree  # slow to load

        rmtree(folder, ignore_errors=True)


class _Record(msgspec.Struct, frozen=True, array_like=True):
    """A record that is written: the hash of what it was made of, and of its page."""

    made_of: str
    page: str


_RECORDS, _MARKS = "records", "marks.json"
_decoder = msgspec.json.Decoder(dict[str, _Record])


class _Records:
    """The folder of the records, a page for each article that is out, by its slug."""

    def __init__(self, folder: Path, workers: Workers[Painter], progress: Progress) -> None:
        self._marks, self._pages = folder / _MARKS, folder / _RECORDS
        self._workers, self._progress = workers, progress

    def bring(self, changed: Sequence[str] | None, versions: str) -> Mapping[str, _Record]:
        """Bring the folder to what is out now; all records. `changed` are the articles that may be others (None: all).

        While the folder is not whole there is no list of what it holds: whoever comes next writes all of it.
        """
        known = self._known() if changed is not None else None
        before: Mapping[str, _Record] = {} if known is None else known
        paths = self._workers.own.site.catalog.paths() if known is None else changed or ()
        wanted = dict(self._wanted(paths, versions))
        gone = before.keys() & ({Path(path).stem for path in paths} - wanted.keys())
        new = {
            slug: path for slug, (path, mark) in wanted.items() if slug not in before or before[slug].made_of != mark
        }
        if known is not None and not new and not gone:
            return known
        self._marks.unlink(missing_ok=True)
        if known is None:
            _remove(self._pages)
        self._pages.mkdir(parents=True, exist_ok=True)
        for slug in gone:
            self._pages.joinpath(f"{slug}.html").unlink(missing_ok=True)
        kept = {slug: one for slug, one in before.items() if slug not in gone}
        now = kept | {slug: _Record(wanted[slug][1], page) for slug, page in self._written([*new.values()])}
        self._marks.write_bytes(msgspec.json.encode(now))
        return now

    def _known(self) -> dict[str, _Record] | None:
        with suppress(OSError, msgspec.MsgspecError):
            return _decoder.decode(self._marks.read_bytes())
        return None

    def _wanted(self, paths: Sequence[str], versions: str) -> Iterator[tuple[str, tuple[str, str]]]:
        """(slug, (the article's file, the hash of what its record is made of)) of each that is out."""
        site = self._workers.own.site
        for some in share(paths, _CHUNK):
            for card in site.catalog.cards(some):
                found = hashlib.sha256(versions.encode())
                found.update(encode(record(site, card)))
                yield card.slug, (card.path, found.hexdigest())

    def _written(self, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(slug, the hash of its page) of each record that is written."""
        done = 0
        for some in self._workers.map(_write, [(str(self._pages), part) for part in share(paths, _CHUNK)]):
            yield from some
            done += len(some)
            self._progress("Indexing", done, len(paths))


def _write(painter: Painter, chunk: tuple[str, Sequence[str]]) -> list[tuple[str, str]]:
    folder, paths = chunk
    written = []
    for slug, page in painter.records(paths):
        data = page.encode("utf-8", "replace")
        Path(folder, f"{slug}.html").write_bytes(data)
        written.append((slug, digest(data)))
    return written
