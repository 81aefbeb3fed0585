"""Work done a few pieces at a time, while each group's pieces go one after the other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def together(work: Callable[[T], R], groups: Iterable[Sequence[T]], threads: int) -> Iterator[tuple[T, R]]:
    """(piece, what came of it) as they are done; `work` raises nothing.

    The threads go with the process: one that waits for a host must not keep a run from being stopped.
    """
    waiting: SimpleQueue[Sequence[T]] = SimpleQueue()
    done: SimpleQueue[tuple[T, R]] = SimpleQueue()
    pieces = 0
    for group in groups:
        waiting.put(group)
        pieces += len(group)

    def take() -> None:
        try:
            while True:
                for piece in waiting.get_nowait():
                    done.put((piece, work(piece)))
        except Empty:
            pass

    at_work = [Thread(target=take, daemon=True) for _ in range(min(threads, waiting.qsize()))]
    for thread in at_work:
        thread.start()
    for _ in range(pieces):
        yield done.get()
    for thread in at_work:
        thread.join()  # what comes next may copy this process
