"""Work in parallel processes, by chunks; in this one where there is little of it. Results come in the chunks' order."""

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pressfold.problem import refuse

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")


class Workers(Generic[S]):
    """Processes that each `make` their own state once, and then do chunks of work with it; to be used in a `with`.

    As many as `jobs` (0: as the machine has cores), and none but this one where there is too little to do: `load` counts
    it in articles. `apart` is entered while the processes begin: nothing may be open then that two must not share.
    """

    def __init__(
        self, jobs: int, make: Callable[[], S], *, load: int, apart: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._jobs, self._make, self._load, self._apart = jobs or cores(), make, load, apart
        self._pool: ProcessPoolExecutor | None = None
        self._own: S | None = None

    def __enter__(self) -> "Workers[S]":
        if self._jobs > 1 and self._load > (_FORKS if _forks() else _SPAWNS):
            import multiprocessing
            from concurrent.futures import ProcessPoolExecutor  # slow to load, and a small change needs none

            context = multiprocessing.get_context("fork" if _forks() else "spawn")
            self._pool = ProcessPoolExecutor(self._jobs, context, _begin, (self._make,))
            try:
                with self._apart():
                    with _undisturbed():  # all processes of the pool begin with its first task
                        first = self._pool.submit(os.getpid)
                    _result(first)
            except BaseException:
                self._pool.shutdown(wait=True, cancel_futures=True)
                raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)

    @property
    def own(self) -> S:
        """The state of this process."""
        if self._own is None:
            self._own = self._make()
        return self._own

    def map(self, work: Callable[[S, T], R], chunks: Iterable[T]) -> Iterator[R]:
        """What comes of each chunk. Raises Problems when a process dies."""
        if not self._pool:
            yield from (work(self.own, chunk) for chunk in chunks)
            return
        waiting: deque[Future[R]] = deque()
        try:
            for chunk in chunks:
                waiting.append(self._pool.submit(_do, work, chunk))
                if len(waiting) > 2 * self._jobs:  # no more results are held than are soon fetched
                    yield _result(waiting.popleft())
            while waiting:
                yield _result(waiting.popleft())
        finally:
            for future in waiting:
                future.cancel()


def _result(future: "Future[R]") -> R:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result()
    except BrokenProcessPool:
        hint = "build again; where memory is short, with --jobs 1"
        raise refuse("build", 0, "a worker process died, and nothing was written to the site", hint) from None


def share(items: Sequence[T], most: int) -> list[Sequence[T]]:
    """The items in chunks of at most so many, in order."""
    return [items[start : start + most] for start in range(0, len(items), most)]


def cores() -> int:
    """How many processes can work at once here."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


_FORKS, _SPAWNS = 400, 4000  # articles: from so many on it is quicker to have other processes begin
_ENDING = {signal.SIGINT, signal.SIGTERM}


def _forks() -> bool:
    """A copy of this process is the quickest worker; beside other threads, and off Linux, it would not be a safe one."""
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No signal reaches a process that has only been copied: it would answer as this one does."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_make: Callable[[], Any]
_state: Any = None


def _begin(make: Callable[[], object]) -> None:
    global _make  # a process of a pool has no other place for what it is given
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    threading.Thread(target=_follow, daemon=True).start()
    gc.freeze()  # what the parent made stays where it is ...
    gc.set_threshold(50_000, 20, 100)  # ... and chunks leave little behind that only the collector finds
    _make = make


def _follow() -> None:
    """End with the parent, also where it is killed: a worker would wait for ever for what nobody sends."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _do(work: Callable[[Any, T], R], chunk: T) -> R:
    global _state  # made with the first chunk: what goes wrong while a process begins would only break the pool
    if _state is None:
        _state = _make()
    return work(_state, chunk)
