"""Raw items to articles-to-be, in processes of their own with a budget of time and memory: what comes in is not trusted."""

import datetime as dt
import faulthandler
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from pressfold import article as articles
from pressfold import markup
from pressfold import registry as companies
from pressfold.article import Article
from pressfold.beside import reader
from pressfold.company import Company
from pressfold.config import Config
from pressfold.ingest import feed
from pressfold.ingest.describe import Described, Desk, describe
from pressfold.ingest.draft import Draft, LeftOut, Raw, Unreadable
from pressfold.ingest.extract import extract, kind
from pressfold.ingest.naming import Namer
from pressfold.ingest.pixels import Beside, nothing
from pressfold.problem import Problems
from pressfold.slug import Slug
from pressfold.workers import Spent, Workers

T = TypeVar("T")
HEAD = 64 * 1024  # characters of an article's fields: every list that names it carries some of them


class Budget(msgspec.Struct, frozen=True):
    """What an item may take: seconds, and bytes that its process may ask for beyond what its libraries hold."""

    seconds: float = 60  # a long page takes one
    memory: int = 2**30
    least: float = 2  # seconds, however many items before it took too long

    def after(self, losses: int) -> float:
        """The seconds that an item has behind so many that took too long: half as many after each.

        A thousand that hang would keep an import busy for a day.
        """
        return max(min(self.least, self.seconds), self.seconds / float(1 << min(losses, 20)))


BUDGET = Budget()


class Drafted(msgspec.Struct, frozen=True):
    """What an item came to; its address is not settled yet, nor its story. `words` are those of its text.

    `pictures` are those that it refers to, by their names in `media/imported/`.
    """

    described: Described
    pictures: tuple[tuple[str, bytes], ...]
    left_out: tuple[LeftOut, ...]
    words: str

    @property
    def article(self) -> Article:
        """The article as far as it is decided."""
        return self.described.article


class Refused(msgspec.Struct, frozen=True):
    """Why an item became nothing, and what can be done."""

    reason: str
    hint: str = ""


class Task(msgspec.Struct, frozen=True):
    """An item, and the seconds that it has."""

    raw: Raw
    seconds: float


class Drafting:
    """Makes drafts of raw items, many at once; to be used in a `with`. Not one of them stops the others."""

    def __init__(
        self,
        root: Path,
        config: Config,
        own: Mapping[Slug, Company],
        now: dt.datetime,
        *,
        jobs: int,
        apart: Callable[[], AbstractContextManager[None]],
        budget: Budget = BUDGET,
    ) -> None:
        make = partial(_bench, root, config, dict(own), now, budget.memory)
        self._workers = Workers(jobs, make, load=0, apart=apart, instead=self._instead)
        self._budget, self._losses = budget, 0

    def __enter__(self) -> "Drafting":
        self._workers.__enter__()
        return self

    def __exit__(self, *wrong: object) -> None:
        self._workers.__exit__(*wrong)  # type: ignore[arg-type]

    def items(self, raw: Raw) -> tuple[Raw, ...] | Refused:
        """The items of a feed's file."""
        (found,) = self._workers.map(_items, [self._task(raw)])
        return found

    def draft(self, items: Iterable[Raw]) -> Iterator[tuple[Raw, Drafted | Refused]]:
        """What comes of each item, in order."""
        raws: deque[Raw] = deque()

        def noted() -> Iterator[Task]:
            for raw in items:
                raws.append(raw)
                yield self._task(raw)

        for drafted in self._workers.map(_draft, noted()):
            yield raws.popleft(), drafted

    def _task(self, raw: Raw) -> Task:
        return Task(raw, self._budget.after(self._losses))

    def _instead(self, task: Task, code: int) -> Refused:
        """What comes of an item whose process ended."""
        if code == _SWOLLEN:
            return Refused(f"it takes more than {self._budget.memory // 2**20} MiB to read")
        if code != _TIME_UP:
            return Refused(
                f"the process that read it ended ({code})", "this is a fault of Pressfold's, or memory is short"
            )
        self._losses += 1
        hint = "others before it took too long: take them out of the inbox, and import again"
        reason = f"it takes more than {task.seconds:.3g} seconds to read"
        return Refused(reason, hint if task.seconds < self._budget.seconds else "")


class Bench:
    """Where one process works: the site, its desk, what it has loaded, and the bytes that an item may have it come to (0: any)."""

    def __init__(self, root: Path, desk: Desk, most: int) -> None:
        self.root, self.desk, self.most = root, desk, most
        self._warm: set[bool] = set()

    def warm(self, raw: Raw) -> None:
        """Have what reads such an item loaded, before its time runs: that takes seconds where a machine is slow."""
        page = kind(raw.file) in ("page", "archive")
        if page not in self._warm:
            self._warm.add(page)
            one = Raw("inbox/one.html", _PAGE) if page else Raw("inbox/one.txt", _TEXT)
            _tried(lambda: drafted(self.desk, one))


_TEXT = (
    b"A text for a start\n\nThe first words that a process reads are these, so that it is quick with all that follow.\n"
)
_PAGE = b"<html><body><article><h1>A text</h1><p>" + _TEXT * 3 + b"</article></body></html>"


def _bench(root: Path, config: Config, own: Mapping[Slug, Company], now: dt.datetime, memory: int) -> Bench:
    most = _cap_memory(memory)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)  # short of memory, libraries complain a thousand times; what matters is answered
    registry = companies.registry(own)
    return Bench(root, Desk(config, registry, Namer(registry), now), most)


def _cap_memory(memory: int) -> int:
    """Let this process ask for twice so much beyond what it has, and no more; what an item may have it come to. 0: anything."""
    try:
        import resource

        most = _address_space("VmSize") + memory
        resource.setrlimit(resource.RLIMIT_AS, (most + memory, most + memory))
    except (ImportError, OSError, ValueError):  # not on every system
        return 0
    return most


def _address_space(what: str) -> int:
    """The bytes that this process has asked for: now (VmSize), or when they were most (VmPeak)."""
    with Path("/proc/self/status").open(encoding="ascii", errors="replace") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith(what))


def _draft(bench: Bench, task: Task) -> Drafted | Refused:
    return _bounded(bench, task, lambda: drafted(bench.desk, task.raw, reader(bench.root, task.raw.file)))


def _items(bench: Bench, task: Task) -> tuple[Raw, ...] | Refused:
    return _bounded(bench, task, lambda: feed.unpack(task.raw))


def drafted(desk: Desk, raw: Raw, beside: Beside = nothing) -> Drafted:
    """What an item comes to, as its file will say it; `beside` reads what was saved with a page.

    Raises Unreadable where that is no article which a build would take.
    """
    draft = extract(raw, desk.config, beside)
    if desk.config.pictures == "leave":
        draft = _without_pictures(draft)
    left_out = tuple(LeftOut(out.line, out.role, out.text[:80]) for out in draft.left_out)
    try:
        described = describe(draft, raw, desk, ())
        article = _written(described.article, desk)
        pictures = tuple((picture.name, picture.data) for picture in draft.all_pictures)
        return Drafted(replace(described, article=article), pictures, left_out, markup.text(markup.html(article.body)))
    except Problems as wrong:
        raise Unreadable("; ".join(problem.message for problem in wrong.problems)) from None
    except markup.TooTangledError as reason:
        raise Unreadable(str(reason)) from None


def _without_pictures(draft: Draft) -> Draft:
    left = tuple(
        LeftOut(0, "picture", picture.caption or picture.words or picture.name) for picture in draft.all_pictures
    )
    return replace(draft, pictures=(), image=None, left_out=draft.left_out + left)


def _written(article: Article, desk: Desk) -> Article:
    """The article as it is read from its file: what a raw file says must never stop the site."""
    file = articles.dump(article)
    if len(file) - len(article.body) > HEAD:
        raise Unreadable(f"its title and other fields are longer than {HEAD // 1024} KiB")
    return articles.load(file, article.path, desk.registry)


def _bounded(bench: Bench, task: Task, work: Callable[[], T]) -> T | Refused:
    """What a piece of work comes to; where its time is up, or its memory, the process ends."""
    try:
        bench.warm(task.raw)
        with _clock(task.seconds):
            found = _tried(work)
    except MemoryError:
        raise Spent(_SWOLLEN) from None  # what is left of its memory might not be enough for the next
    if bench.most and _address_space("VmPeak") > bench.most:
        raise Spent(_SWOLLEN)  # libraries hide that they had none, and go on with half of the text
    return found


def _tried(work: Callable[[], T]) -> T | Refused:
    try:
        return work()
    except Unreadable as reason:
        return Refused(str(reason))
    except MemoryError:
        raise
    except Exception as fault:  # noqa: BLE001 - a text that we cannot foresee must not stop the rest of the inbox
        return Refused(f"{type(fault).__name__}: {fault}"[:300], "this is a fault of Pressfold's")


# The exit code of a process whose time is up. The system's own timer ends it also inside a library that never comes back.
_TIME_UP = -signal.SIGALRM if hasattr(signal, "SIGALRM") else 1
_SWOLLEN = 77  # that of one that asked for too much


@contextmanager
def _clock(seconds: float) -> Iterator[None]:
    """End the process when so much time is up."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    else:
        with Path(os.devnull).open("w") as nowhere:
            faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
            try:
                yield
            finally:
                faulthandler.cancel_dump_traceback_later()
