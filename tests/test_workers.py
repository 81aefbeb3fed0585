"""Work in other processes: in order, each with its own state; and nothing that happens there is lost."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.problem import Problem, Problems, refuse
from pressfold.workers import Workers, cores, share
from tests.conftest import PROJECT

DIED = Problem(
    "build",
    0,
    "a worker process died, and nothing was written to the site",
    "build again; where memory is short, with --jobs 1",
)

MUCH = 1_000_000  # articles


class Bench:
    """The state of a worker: which process made it, and how often that process did."""

    made = 0

    def __init__(self) -> None:
        Bench.made += 1
        self.process, self.number = os.getpid(), Bench.made


def _workers(
    make: Callable[[], Bench] = Bench,
    *,
    jobs: int = 2,
    load: int = MUCH,
    apart: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Workers[Bench]:
    return Workers(jobs, make, load=load, apart=apart)


def _slow(_: Bench, chunk: int) -> int:
    time.sleep(0.02 * (chunk % 3))
    return chunk


def _who(bench: Bench, _: int) -> tuple[int, int, int]:
    return bench.process, bench.number, os.getpid()


def _refuse(_: Bench, chunk: int) -> int:
    if chunk == 3:
        raise refuse("content/a.md", 7, "is wrong", "mend it")
    return chunk


def _fail(_: Bench, chunk: int) -> int:
    return 1 // (3 - chunk)


def _die(_: Bench, chunk: int) -> int:
    if chunk == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return chunk


def _interrupted(_: Bench, chunk: int) -> int:
    os.kill(os.getpid(), signal.SIGINT)
    return chunk


def _unmade() -> Bench:
    raise refuse("layouts", 0, "static/style.css is missing", "give the theme back its file")


def test_results_come_in_the_order_of_the_chunks() -> None:
    with _workers() as workers:
        assert list(workers.map(_slow, range(20))) == list(range(20))


def test_work_is_shared_by_as_many_processes_as_are_asked_for_and_none_of_them_is_this_one() -> None:
    with _workers() as workers:
        found = list(workers.map(_who, range(20)))
    assert 1 <= len({process for process, _, _ in found}) <= 2
    assert os.getpid() not in {process for _, _, process in found}


def test_each_process_makes_its_state_once_and_works_with_its_own() -> None:
    Bench.made = 0
    with _workers() as workers:
        found = [*workers.map(_who, range(10)), *workers.map(_who, range(10))]
    assert all(made == at for made, _, at in found)
    assert {number for _, number, _ in found} == {1}
    assert Bench.made == 0


@pytest.mark.parametrize(("jobs", "load"), [(1, MUCH), (2, 400), (0, 0)])
def test_little_work_and_that_of_one_job_is_done_in_this_process(jobs: int, load: int) -> None:
    def never() -> AbstractContextManager[None]:
        raise AssertionError

    Bench.made = 0
    with _workers(jobs=jobs, load=load, apart=never) as workers:
        found = list(workers.map(_who, range(4)))
        assert workers.own is workers.own
    assert found == [(os.getpid(), 1, os.getpid())] * 4
    assert Bench.made == 1


def test_state_of_this_process_is_made_only_when_it_is_needed() -> None:
    Bench.made = 0
    with _workers(load=0):
        pass
    assert Bench.made == 0


def test_chunks_are_asked_for_no_sooner_than_there_is_somebody_to_work_on_them() -> None:
    asked: list[int] = []

    def chunks() -> Iterator[int]:
        for number in range(50):
            asked.append(number)
            yield number

    with _workers() as workers:
        results = workers.map(_slow, chunks())
        assert next(results) == 0
        assert len(asked) < 10
        assert list(results) == list(range(1, 50))


def test_nothing_is_open_while_the_processes_begin_and_only_then() -> None:
    said: list[str] = []

    @contextmanager
    def apart() -> Iterator[None]:
        said.append("closed")
        yield
        said.append("open")

    with _workers(apart=apart) as workers:
        assert said == ["closed", "open"]
        assert list(workers.map(_slow, range(3))) == [0, 1, 2]
    assert said == ["closed", "open"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_problem_of_a_chunk_passes_through_whole(jobs: int) -> None:
    with _workers(jobs=jobs) as workers:
        results = workers.map(_refuse, range(9))
        assert [next(results) for _ in range(3)] == [0, 1, 2]
        with pytest.raises(Problems) as raised:
            next(results)
    assert raised.value.problems == (Problem("content/a.md", 7, "is wrong", "mend it"),)
    assert str(raised.value) == "content/a.md:7: is wrong (mend it)"


@pytest.mark.parametrize("jobs", [1, 2])
def test_error_of_a_chunk_passes_through(jobs: int) -> None:
    with pytest.raises(ZeroDivisionError), _workers(jobs=jobs) as workers:
        list(workers.map(_fail, range(9)))


@pytest.mark.parametrize("jobs", [1, 2])
def test_problem_in_the_making_of_the_state_passes_through(jobs: int) -> None:
    with pytest.raises(Problems) as raised, _workers(_unmade, jobs=jobs) as workers:
        list(workers.map(_slow, range(9)))
    assert raised.value.problems == (
        Problem("layouts", 0, "static/style.css is missing", "give the theme back its file"),
    )


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_process_that_is_killed_ends_the_work_with_a_hint() -> None:
    with pytest.raises(Problems) as raised, _workers() as workers:
        list(workers.map(_die, range(9)))
    assert raised.value.problems == (DIED,)


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_ctrl_c_is_for_the_parent_to_hear() -> None:
    """The terminal sends it to the whole group; a worker that died of it would say more than one should read."""
    with _workers() as workers:
        assert list(workers.map(_interrupted, range(6))) == list(range(6))


def test_processes_end_with_the_work_also_where_it_was_left_undone() -> None:
    with _workers() as workers:
        results = workers.map(_who, range(30))
        process = next(results)[2]
        del results
    if sys.platform == "linux":
        assert not Path(f"/proc/{process}").exists()


LEFT = """
import time
from contextlib import nullcontext
from tests.test_workers import Bench, Workers, _who
with Workers(2, Bench, load=1_000_000, apart=nullcontext) as workers:
    print(next(workers.map(_who, range(1)))[2], flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_processes_end_with_the_parent_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", LEFT], stdout=subprocess.PIPE, cwd=PROJECT) as parent:
        assert parent.stdout
        process = int(parent.stdout.readline())
        assert Path(f"/proc/{process}").exists()
        parent.kill()
    for _ in range(500):
        if not _runs(process):
            return
        time.sleep(0.02)
    pytest.fail("the worker is still there")


def _runs(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


def test_processes_begin_anew_beside_other_threads() -> None:
    """A copy of a process that has threads may hold their locks for ever."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        with _workers() as workers:
            assert list(workers.map(_slow, range(4))) == list(range(4))
    finally:
        done.set()
        thread.join()


@given(st.lists(st.integers()), st.integers(1, 7))
def test_items_are_shared_in_order_into_chunks_that_are_full_but_for_the_last(items: list[int], most: int) -> None:
    chunks = share(items, most)
    assert [item for chunk in chunks for item in chunk] == items
    assert all(len(chunk) == most for chunk in chunks[:-1])
    assert all(0 < len(chunk) <= most for chunk in chunks)


def test_machine_has_a_core() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)


@pytest.mark.parametrize("count", range(14))
def test_work_ends_with_its_last_chunk_however_many_there_are(count: int) -> None:
    with _workers() as workers:
        found = []
        for one in workers.map(_slow, range(count)):
            time.sleep(0.02)  # meanwhile all that was begun is done
            found.append(one)
        assert found == list(range(count))


@pytest.mark.parametrize("load", [1, MUCH])
@pytest.mark.parametrize("chunks", [0, 1, 9])
def test_something_else_is_done_whole_meanwhile(load: int, chunks: int) -> None:
    done: list[int] = []
    with _workers(load=load) as workers:
        found = list(workers.map(_slow, range(chunks), map(done.append, range(5))))
    assert (found, done) == (list(range(chunks)), [0, 1, 2, 3, 4])


class Unreadable:
    """A chunk that can be sent, and not be taken."""

    def __reduce__(self) -> tuple[type[int], tuple[str]]:
        return int, ("no number",)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_chunk_that_cannot_be_read_ends_the_work() -> None:
    with pytest.raises(Problems) as raised, _workers() as workers:
        list(workers.map(_echo, [Unreadable()]))
    assert raised.value.problems == (DIED,)


def _echo(_: Bench, chunk: object) -> object:
    return chunk


def test_chunks_and_results_may_be_larger_than_a_pipe() -> None:
    chunks = [bytes([number]) * 3_000_000 for number in range(12)]
    with _workers() as workers:
        assert list(workers.map(_echo, chunks)) == chunks


def _perish(_: Bench, chunk: int) -> int:
    if chunk % 3 == 1:
        os._exit(7)
    return chunk


@pytest.mark.parametrize("jobs", [1, 2])
def test_where_a_chunk_can_kill_its_worker_the_others_lose_nothing(jobs: int) -> None:
    def instead(chunk: int, code: int) -> str:
        return f"{chunk} ended with {code}"

    with Workers(jobs, Bench, load=0, apart=nullcontext, instead=instead) as workers:
        found = list(workers.map(_perish, range(9)))
    assert found == [f"{n} ended with 7" if n % 3 == 1 else n for n in range(9)]
