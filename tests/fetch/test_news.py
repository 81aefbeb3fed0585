"""The feeds of sources, put into the inbox where they have changed."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from pressfold.fetch import Feed, Fetched, fetch, in_order
from pressfold.fetch.kept import FILE, Kept, read_kept
from pressfold.fetch.request import Answer
from pressfold.fetch.together import together
from tests.fetch.serving import QUICK, Host, Sent, Time, network, reset, said, serving

RSS = b"<rss version='2.0'><channel><title>A</title></channel></rss>"
MORE = RSS.replace(b"A", b"B")
NOTHING_NEW = said(status="304 Not Modified")
AGENCY = "content/inbox/fetched/agency.xml"


def feed(host: Host, name: str = "Agency", path: str = "/feed") -> Feed:
    """A source's feed; each name is a host of its own."""
    return Feed(name, host.url(path, f"{name.split()[0].lower()}.example"), "config.yaml")


def run(root: Path, *feeds: Feed, watch: Time | None = None) -> list[Fetched]:
    """What comes of some feeds."""

    @contextmanager
    def alone() -> Iterator[None]:
        yield

    return list(in_order(list(fetch(root, feeds, network(watch, limits=replace(QUICK, pause=0)), alone)), feeds))


def states(fetched: list[Fetched]) -> list[str]:
    """How each went."""
    return [one.state for one in fetched]


def files(root: Path) -> dict[str, bytes]:
    """What lies in the inbox."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("content/**/*") if path.is_file()
    }


def test_feed_is_written_when_it_changed_and_asked_for_news_only(tmp_path: Path) -> None:
    answers = [
        said(RSS, etag='"1"'),
        NOTHING_NEW,
        said(MORE, last_modified="Mon, 02 Feb 2026 02:40:00 GMT"),
        NOTHING_NEW,
    ]
    with serving({"/feed": answers}) as host:
        first = run(tmp_path, feed(host))
        assert first == [
            Fetched(name="Agency", url=feed(host).url, state="new", file="inbox/fetched/agency.xml", size=len(RSS))
        ]
        assert files(tmp_path) == {AGENCY: RSS}
        assert states(run(tmp_path, feed(host))) == ["unchanged"]
        assert states(run(tmp_path, feed(host))) == ["changed"]
        assert files(tmp_path) == {AGENCY: MORE}
        before = (tmp_path / FILE).stat().st_mtime_ns, (tmp_path / AGENCY).stat().st_mtime_ns
        assert states(run(tmp_path, feed(host))) == ["unchanged"]
        assert ((tmp_path / FILE).stat().st_mtime_ns, (tmp_path / AGENCY).stat().st_mtime_ns) == before
    asked = [one.headers for one in host.asked if one.path == "/feed"]
    assert [one.get("If-None-Match") for one in asked] == [None, '"1"', '"1"', None]
    assert asked[3]["If-Modified-Since"] == "Mon, 02 Feb 2026 02:40:00 GMT"


def test_same_bytes_are_no_news(tmp_path: Path) -> None:
    with serving({"/feed": said(RSS)}) as host:
        assert states(run(tmp_path, feed(host))) == ["new"]
        assert states(run(tmp_path, feed(host))) == ["unchanged"]


@pytest.mark.parametrize("lost", ["{", '{"agency": 1}', "[]", "\xff", None])
def test_lost_memory_loses_speed_alone(tmp_path: Path, lost: str | None) -> None:
    with serving({"/feed": said(RSS, etag='"1"')}) as host:
        run(tmp_path, feed(host))
        (tmp_path / FILE).unlink()
        if lost is not None:
            (tmp_path / FILE).write_text(lost, "latin-1")
        assert states(run(tmp_path, feed(host))) == ["unchanged"]
        assert "If-None-Match" not in host.asked[-1].headers
        assert list(read_kept(tmp_path)) == ["agency"]


def test_file_that_is_gone_or_another_is_fetched_in_full(tmp_path: Path) -> None:
    with serving({"/feed": said(RSS, etag='"1"')}) as host:
        run(tmp_path, feed(host))
        (tmp_path / AGENCY).unlink()
        assert states(run(tmp_path, feed(host))) == ["new"]
        (tmp_path / AGENCY).write_bytes(b"edited")
        assert states(run(tmp_path, feed(host))) == ["changed"]
        assert states(run(tmp_path, replace(feed(host), url=host.url("/feed?2", "agency.example")))) == ["failed"]
    assert ["If-None-Match" in one.headers for one in host.asked if "feed" in one.path] == [False] * 4
    assert files(tmp_path) == {AGENCY: RSS}


def test_json_feed_has_its_own_ending(tmp_path: Path) -> None:
    with serving({"/feed": said(b'{"items": []}')}) as host:
        assert [one.file for one in run(tmp_path, feed(host))] == ["inbox/fetched/agency.json"]


def test_one_that_fails_stops_no_other(tmp_path: Path) -> None:
    answers: dict[str, Sent] = {
        "/1": said(RSS),
        "/2": said(b"<html>", content_type="text/html"),
        "/3": said(status="404 Not Found"),
        "/4": reset,
        "/5": said(MORE, status="200 OK"),
    }
    with serving(answers) as host:
        feeds = [feed(host, f"{name} news", f"/{number}") for number, name in enumerate("abcde", 1)]
        fetched = run(tmp_path, *feeds, Feed("F", "https://me:secret@example.org/", "config.yaml"))
    assert [(one.name, one.state, one.reason) for one in fetched] == [
        ("a news", "new", ""),
        ("b news", "failed", "is a web page, and no feed"),
        ("c news", "failed", "answers 404 Not Found"),
        ("d news", "failed", "the connection breaks: Connection reset by peer"),
        ("e news", "new", ""),
        ("F", "failed", "a user's name or password stands in the address"),
    ]
    assert files(tmp_path) == {"content/inbox/fetched/a-news.xml": RSS, "content/inbox/fetched/e-news.xml": MORE}
    assert str(fetched[2].problem) == f"c news: not fetched: answers 404 Not Found ({feeds[2].url})"


def test_failure_keeps_what_was_there(tmp_path: Path) -> None:
    with serving({"/feed": [said(RSS, etag='"1"'), said(status="500 Oh"), NOTHING_NEW]}) as host:
        assert [states(run(tmp_path, feed(host)))[0] for _ in range(3)] == ["new", "failed", "unchanged"]
    assert files(tmp_path) == {AGENCY: RSS}


def test_names_that_collide_have_files_of_their_own(tmp_path: Path) -> None:
    with serving({"/1": said(RSS), "/2": said(MORE)}) as host:
        fetched = run(tmp_path, feed(host, "Gram.pl", "/1"), feed(host, "Gram pl", "/2"), feed(host, "con", "/1"))
    assert len(files(tmp_path)) == 3
    assert files(tmp_path)[f"content/{fetched[0].file}"] == RSS
    assert files(tmp_path)[f"content/{fetched[1].file}"] == MORE
    assert "/con." not in fetched[2].file


def test_feed_that_moved_for_good_says_where(tmp_path: Path) -> None:
    with serving({"/feed": said(status="301 Moved", location="/new"), "/new": said(RSS)}) as host:
        (came,) = run(tmp_path, feed(host))
    assert came.moved == host.url("/new", "agency.example")


def test_fault_of_ours_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(answer: Answer) -> str:
        if answer.body == MORE:
            raise ZeroDivisionError("oh")
        return ".xml"

    monkeypatch.setattr("pressfold.fetch.news.feed_ending", broken)
    with serving({"/1": said(RSS), "/2": said(MORE)}) as host:
        fetched = run(tmp_path, feed(host, "A", "/1"), feed(host, "B", "/2"))
    assert [one.reason for one in fetched] == ["", "ZeroDivisionError: oh (this is a fault of Pressfold's)"]


def test_hosts_are_asked_side_by_side_and_each_in_turn(tmp_path: Path) -> None:
    both = threading.Barrier(2, timeout=5)

    def meets(sock: object) -> None:
        both.wait()  # comes to an end only where two hosts are asked at the same time
        sock.sendall(said(RSS))  # type: ignore[attr-defined]

    watch = Time()
    with serving({"/feed": meets, "/1": said(RSS), "/2": said(RSS)}) as host:
        feeds = [feed(host, "A"), feed(host, "B"), feed(host, "A two", "/1"), feed(host, "A three", "/2")]
        assert states(run(tmp_path, *feeds, watch=watch)) == ["new"] * 4
    assert host.paths[2:] == ["/1", "/2"]


def test_what_is_kept_of_a_feed_is_told_by_its_source(tmp_path: Path) -> None:
    with serving({"/feed": said(RSS, etag='"1"', last_modified="today")}) as host:
        run(tmp_path, feed(host))
    kept = read_kept(tmp_path)["agency"]
    assert kept == Kept(
        url=feed(host).url, file="inbox/fetched/agency.xml", digest=kept.digest, etag='"1"', modified="today"
    )
    assert json.loads((tmp_path / FILE).read_bytes())["agency"]["etag"] == '"1"'


# Side by side.


def test_pieces_of_a_group_are_done_one_after_the_other() -> None:
    order: list[int] = []
    pieces = list(together(lambda n: order.append(n) or n * n, [[1, 2, 3], [4], []], 5))  # type: ignore[func-returns-value]
    assert sorted(pieces) == [(1, 1), (2, 4), (3, 9), (4, 16)]
    assert [n for n in order if n < 4] == [1, 2, 3]
    assert list(together(lambda n: n, [], 5)) == []


def test_no_more_are_done_at_a_time_than_there_are_threads() -> None:
    inside: list[int] = []
    most: list[int] = []

    def work(n: int) -> None:
        inside.append(n)
        most.append(len(inside))
        time.sleep(0.005)
        inside.remove(n)

    list(together(work, [[n] for n in range(12)], 3))
    assert max(most) <= 3
