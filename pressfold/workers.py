"""Work in parallel processes, by chunks; in this one where there is little of it. Results come in the chunks' order."""

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from pressfold.problem import refuse

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")


class Spent(Exception):
    """Raised by work that leaves its process unfit for more: it ends with a code, and `instead` says what comes of it."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(code)


class Workers(Generic[S]):
    """Processes that each `make` their own state once, and then do chunks of work with it; to be used in a `with`.

    As many as `jobs` (0: as the machine has cores), and none but this one where there is too little to do: `load` counts
    it in articles. `apart` is entered while the processes begin: nothing may be open then that two must not share.

    Where a chunk can be the death of its worker, `instead` says what comes of it then, by the worker's exit code, and
    another takes its place; such work is never done in this process.

    Each has a pipe of its own, by whose end its death is noticed. The pools of the standard library share one, and wait
    for ever where a worker is killed as it writes.
    """

    def __init__(
        self,
        jobs: int,
        make: Callable[[], S],
        *,
        load: int,
        apart: Callable[[], AbstractContextManager[None]],
        instead: Callable[[Any, int], Any] | None = None,
    ) -> None:
        self._jobs, self._make, self._load, self._apart = jobs or cores(), make, load, apart
        self._instead = instead
        self._processes: list[tuple[BaseProcess, Connection[Any, Any]]] = []
        self._own: S | None = None

    def __enter__(self) -> "Workers[S]":
        if self._instead or (self._jobs > 1 and self._load > (_FORKS if _forks() else _SPAWNS)):
            way = "fork" if _forks() else "spawn"
            with self._apart():
                for _ in range(self._jobs):
                    self._begin(way)
        return self

    def _begin(self, way: str) -> "Connection[Any, Any]":
        import multiprocessing  # slow to load, and a small change needs none

        context: Any = multiprocessing.get_context(way)
        ours, theirs = context.Pipe()
        process: BaseProcess = context.Process(target=_serve, args=(theirs, self._make), daemon=True)
        with _undisturbed():
            process.start()
        theirs.close()
        self._processes.append((process, ours))
        return cast("Connection[Any, Any]", ours)

    def __exit__(self, wrong: type[BaseException] | None, *_: object) -> None:
        for process, pipe in self._processes:
            if wrong:
                process.terminate()
            else:
                with suppress(OSError):  # it has died since
                    pipe.send(None)
        for process, pipe in self._processes:
            process.join()
            pipe.close()

    @property
    def own(self) -> S:
        """The state of this process."""
        if self._own is None:
            self._own = self._make()
        return self._own

    def map(self, work: Callable[[S, T], R], chunks: Iterable[T], meanwhile: Iterable[object] = ()) -> Iterator[R]:
        """What comes of each chunk. Raises what a worker raised, and Problems when one dies.

        `meanwhile` is done here, a step at a time, while the others work.
        """
        steps = iter(meanwhile)
        yield from self._map(work, chunks, steps) if self._processes else (work(self.own, one) for one in chunks)
        deque(steps, maxlen=0)

    def _map(self, work: Callable[[S, T], R], chunks: Iterable[T], steps: Iterator[object]) -> Iterator[R]:
        from multiprocessing.connection import wait

        todo = enumerate(chunks)
        again: deque[tuple[int, T]] = deque()  # given to workers that died before they came to it
        doing: dict[Connection[Any, Any], deque[tuple[int, T]]] = {pipe: deque() for _, pipe in self._processes}
        done: dict[int, tuple[bool, Any]] = {}
        wanted, more = 0, True
        while more or again or done or any(doing.values()):
            for pipe, given in list(doing.items()):  # the next chunk waits where the one before it is worked on
                while (more or again) and len(given) < _AHEAD and len(done) < _UNORDERED:
                    following = again.popleft() if again else next(todo, None)
                    if following is None:
                        more = False
                        break
                    given.append(following)
                    with suppress(ConnectionError):  # it has died: that is seen where it answers
                        pipe.send((work, following[1]))
            next(steps, None)
            busy = [pipe for pipe, given in doing.items() if given]
            for answered in wait(busy) if busy else ():  # for none it would wait for ever
                pipe = cast("Connection[Any, Any]", answered)
                number, chunk = doing[pipe].popleft()
                try:
                    done[number] = pipe.recv()
                except (EOFError, ConnectionError):
                    done[number] = True, self._replaced(pipe, chunk)
                    again += doing.pop(pipe)
                    doing[self._processes[-1][1]] = deque()
            while wanted in done:
                fine, found = done.pop(wanted)
                if not fine:
                    raise found
                yield found
                wanted += 1

    def _replaced(self, pipe: "Connection[Any, Any]", chunk: Any) -> Any:
        """What comes of a chunk whose worker died; another stands in its place, last of all. Raises Problems without `instead`."""
        if not self._instead:
            hint = "build again; where memory is short, with --jobs 1"
            raise refuse("build", 0, "a worker process died, and nothing was written to the site", hint)
        (process,) = (process for process, other in self._processes if other is pipe)
        self._processes.remove((process, pipe))
        process.join()
        pipe.close()
        self._begin("spawn")  # a copy of this process would share what it has open by now
        return self._instead(chunk, process.exitcode or 0)


def share(items: Sequence[T], most: int) -> list[Sequence[T]]:
    """The items in chunks of at most so many, in order."""
    return [items[start : start + most] for start in range(0, len(items), most)]


def cores() -> int:
    """How many processes can work at once here."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


_FORKS, _SPAWNS = 400, 4000  # articles: from so many on it is quicker to have other processes begin
_AHEAD = 2  # chunks that a worker has: one that it works on, and one that it finds when that is done
_UNORDERED = 24  # results that wait for an earlier one
_ENDING = {signal.SIGINT, signal.SIGTERM}


def _forks() -> bool:
    """A copy of this process is the quickest worker; beside other threads, and off Linux, it would not be a safe one."""
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No signal reaches a process that has only begun: it would answer as this one does, or with a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: "Connection[Any, Any]", make: Callable[[], Any]) -> None:
    """What a worker does: chunk after chunk, until there is no more to come."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    threading.Thread(target=_follow, daemon=True).start()
    gc.freeze()  # what the parent made stays where it is
    tasks: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, tasks), daemon=True).start()
    state = None
    while (task := tasks.get()) is not None:
        work, chunk = task
        try:
            state = make() if state is None else state
            answer: tuple[bool, object] = (True, work(state, chunk))
        except Spent as ended:
            os._exit(ended.code)
        except Exception as wrong:  # noqa: BLE001 - it is raised where the result is asked for
            answer = (False, wrong)
        try:
            pipe.send(answer)
        except Exception:  # noqa: BLE001 - what cannot be told ends the worker, and the parent notices
            return


def _receive(pipe: "Connection[Any, Any]", tasks: "SimpleQueue[Any]") -> None:
    """Take chunks as they come: else parent and worker could both write, and each wait for the other to read."""
    try:
        with suppress(EOFError, OSError, MemoryError):  # the parent is gone, or the chunk is too large
            while (task := pipe.recv()) is not None:
                tasks.put(task)
    finally:
        tasks.put(None)  # also where a chunk cannot be read: the worker ends, and the parent notices


def _follow() -> None:
    """End with the parent, also where it is killed while other workers still hold its pipe."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)
