"""Work in parallel processes, by chunks; in this one where there is little of it. Results come in the chunks' order."""

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pressfold.problem import Problems, refuse

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
            from concurrent.futures.process import BrokenProcessPool

            self._pool = ProcessPoolExecutor(
                self._jobs, multiprocessing.get_context("fork" if _forks() else "spawn"), _begin, (self._make,)
            )
            try:
                with self._apart():
                    self._pool.submit(os.getpid).result()  # all processes of the pool begin with its first task
            except BrokenProcessPool:
                raise _died() from None
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
        from concurrent.futures.process import BrokenProcessPool

        waiting: deque[Future[R]] = deque()
        try:
            for chunk in chunks:
                waiting.append(self._pool.submit(_do, work, chunk))
                if len(waiting) > 2 * self._jobs:  # no more results are held than are soon fetched
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            raise _died() from None
        finally:
            for future in waiting:
                future.cancel()


def _died() -> Problems:
    hint = "build again; where memory is short, with --jobs 1"
    return refuse("build", 0, "a worker process died, and nothing was written to the site", hint)


def share(items: Sequence[T], most: int) -> list[Sequence[T]]:
    """The items in chunks of at most so many, in order."""
    return [items[start : start + most] for start in range(0, len(items), most)]


def cores() -> int:
    """How many processes can work at once here."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


_FORKS, _SPAWNS = 400, 4000  # articles: from so many on it is quicker to have other processes begin


def _forks() -> bool:
    """A copy of this process is the quickest worker; beside other threads, and off Linux, it would not be a safe one."""
    return sys.platform == "linux" and threading.active_count() == 1


_make: Callable[[], Any]
_state: Any = None


def _begin(make: Callable[[], object]) -> None:
    global _make  # a process of a pool has no other place for what it is given
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_follow, daemon=True).start()
    _make = make


def _follow() -> None:
    """End with the parent, also where it is killed: a worker would wait for ever for what nobody sends."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent:
        connection.wait([parent.sentinel])
        os._exit(1)


def _do(work: Callable[[Any, T], R], chunk: T) -> R:
    global _state  # made with the first chunk: what goes wrong while a process begins would only break the pool
    if _state is None:
        _state = _make()
    return work(_state, chunk)
