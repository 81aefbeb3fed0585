"""One careful request: redirects, robots.txt, retries, pauses."""

import ssl
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from pressfold.fetch import address as addresses
from pressfold.fetch.address import Refused
from pressfold.fetch.request import NOTHING, Answer, Client, Known, in_the_name_of
from tests.fetch.serving import QUICK, Sent, Time, certificate, drip, leading, network, reset, said, serving

BUSY = said(status="503 Service Unavailable")
A = said(b"a")


def get(url: str, watch: Time | None = None, known: Known = NOTHING, **given: Any) -> Answer:
    """What comes of a request."""
    return Client(network(watch, **given)).get(url, "text/html", known)


def refusal(url: str, watch: Time | None = None, **given: Any) -> str:
    """Why nothing comes of one."""
    with pytest.raises(Refused) as raised:
        get(url, watch, **given)
    return str(raised.value)


# The request.


def test_host_is_told_who_asks_and_what_for() -> None:
    with serving({"/a": said(b"a", content_type="text/html; charset=utf-8")}) as host:
        ours = in_the_name_of(network(), "https://digest.example/ą/")
        answer = Client(ours).get(host.url("/a"), "text/html")
    assert (answer.body, answer.kind, answer.address.url, answer.moved) == (
        b"a",
        "text/html; charset=utf-8",
        host.url("/a"),
        "",
    )
    assert [one.path for one in host.asked] == ["/robots.txt", "/a"]
    for asked in host.asked:
        agent = asked.headers["User-Agent"]
        assert agent.startswith("Pressfold/")
        assert agent.endswith(" (+https://digest.example/%C4%85/)")
    assert host.asked[1].headers["Accept"] == "text/html"
    assert not {"Cookie", "Authorization", "Referer", "If-None-Match"} & host.asked[1].headers.keys()


def test_news_only_are_asked_for() -> None:
    known = Known(etag='"1"', modified="Mon, 02 Feb 2026 02:40:00 GMT")
    with serving({"/": [said(status="304 Not Modified"), said(status="304 Not Modified", etag='"2"')]}) as host:
        assert get(host.url(), known=known) == Answer(address=addresses.parse(host.url()), body=None, known=known)
        assert get(host.url(), known=known).known == Known(etag='"2"')
    asked = host.asked[1].headers
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == (known.etag, known.modified)
    assert "If-None-Match" not in host.asked[0].headers


def test_nothing_changed_where_nothing_was_known_is_no_answer() -> None:
    with serving({"/": said(status="304 Not Modified")}) as host:
        assert refusal(host.url()) == "answers 304 Not Modified"
        assert refusal(host.url(), known=Known(etag="bad\r\nX: y", modified="ą")) == "answers 304 Not Modified"


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("404 Gone Fishing", "answers 404 Not Found"),
        ("410 Gone", "answers 410 Gone"),
        ("500 Oh", "answers 500 Internal Server Error"),
        ("204 No Content", "answers 204 No Content"),
        ("302 Found", "answers 302 Found"),
        ("799 Private", "answers 799"),
    ],
)
def test_any_other_answer_is_a_reason(status: str, reason: str) -> None:
    with serving({"/": said(status=status)}) as host:
        watch = Time()
        assert refusal(host.url(), watch) == reason
    assert (host.paths, watch.slept) == (["/"], [])


def test_answer_that_is_too_large_is_none() -> None:
    with serving({"/": said(b"x" * 2001)}) as host:
        assert refusal(host.url(), limits=replace(QUICK, size=2000)) == "is larger than 0.00191 MiB"


def test_all_of_a_request_has_one_time_limit() -> None:
    limits = replace(QUICK, total=0.3, pause=0)
    with serving({"/robots.txt": leading("/r"), "/r": said(), "/": leading("/a"), "/a": drip(b"", b"H")}) as host:
        start = time.monotonic()
        assert refusal(host.url(), limits=limits) == "takes longer than 0.3 s"
        assert time.monotonic() - start < 1


# Redirects.


def test_redirects_are_followed_and_checked() -> None:
    with serving(
        {"/a": leading("b?c"), "/b?c": leading("//other.example/", "307 Temporary Redirect"), "/d": A}
    ) as host:
        host.answers["/b?c"] = leading(host.url("/d", "other.example"))
        answer = get(host.url("/a", "one.example"))
    assert (answer.body, answer.address.url, answer.moved) == (b"a", host.url("/d", "other.example"), "")
    assert [one.path for one in host.asked] == ["/robots.txt", "/a", "/b?c", "/robots.txt", "/d"]
    assert [one.headers["Host"].partition(":")[0] for one in host.asked] == ["one.example"] * 3 + ["other.example"] * 2


@pytest.mark.parametrize(
    ("first", "second", "moved"),
    [("301 Moved", "308 Moved", "/c"), ("301 Moved", "302 Found", "/b"), ("302 Found", "301 Moved", "")],
)
def test_address_that_moved_for_good_is_told(first: str, second: str, moved: str) -> None:
    with serving({"/a": leading("/b", first), "/b": leading("/c", second), "/c": A}) as host:
        assert get(host.url("/a")).moved == (moved and host.url(moved))


def test_redirects_are_counted() -> None:
    chain = {f"/{number}": leading(f"/{number + 1}") for number in range(9)}
    with serving({**chain, "/9": A}) as host:
        assert get(host.url("/4")).body == b"a"
        assert refusal(host.url("/3")) == f"leads on more than 5 times, at last to {host.url('/9')}"
    with serving({"/a": leading("/b"), "/b": leading("/a")}) as host:
        assert refusal(host.url("/a")) == f"leads on more than 5 times, at last to {host.url('/a')}"
        assert host.paths == ["/a", "/b"] * 3


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("ftp://example.org/", "'ftp://example.org/' is no http(s) address"),
        ("file:///etc/passwd", "'file:///etc/passwd' is no http(s) address"),
        ("http://me:secret@example.org/", "a user's name or password stands in the address"),
        ("http://[::1/", "'http://[::1/' is no address"),
    ],
)
def test_redirect_that_leads_nowhere_good_is_not_followed(location: str, reason: str) -> None:
    with serving({"/": leading(location)}) as host:
        assert refusal(host.url()) == reason


def test_redirect_to_a_private_address_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda place: place == "127.0.0.1")  # it stands for the internet
    machines = {"one.example": ["127.0.0.1"], "inner.example": ["192.168.1.1", "::1"]}
    with serving({"/": leading("http://inner.example/")}) as host:
        reason = refusal(host.url(name="one.example"), local=False, resolve=lambda name, _: machines[name])
    assert reason == "inner.example leads to 192.168.1.1, which is no public address; --allow-local permits it"


def test_redirect_in_another_script_is_followed() -> None:
    with serving({"/": leading("/zażółć".encode().decode("latin-1")), "/za%C5%BC%C3%B3%C5%82%C4%87": A}) as host:
        assert get(host.url()).body == b"a"


def test_redirect_from_https_to_http_is_not_followed(tmp_path: Path) -> None:
    pem = certificate(tmp_path, "digest.example")
    with serving({"/": leading("http://digest.example/a"), "/b": leading("/a"), "/a": A}, tls=pem) as host:
        secure: dict[str, Any] = {"trust": lambda: ssl.create_default_context(cafile=pem)}
        assert get(host.url("/b", "digest.example"), **secure).body == b"a"
        reason = refusal(host.url("/", "digest.example"), **secure)
    assert reason == "leads from https to http, to http://digest.example/a"


# Whom it asks.


def test_this_machine_is_not_asked_unless_it_may_be() -> None:
    with serving({"/": A}) as host:
        assert refusal(host.url(), local=False) == "127.0.0.1 is no public address; --allow-local permits it"
        assert host.asked == []
        assert get(host.url()).body == b"a"


def test_name_that_leads_elsewhere_the_second_time_is_asked_where_it_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda place: place == "127.0.0.1")  # it stands for the internet
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]])
    with serving({"/": A}) as host:
        client = Client(network(local=False, resolve=lambda *_: next(answers)))
        assert client.get(host.url(name="rebinding.example"), "").body == b"a"  # a name that no system knows
        with pytest.raises(Refused, match=r"rebinding.example leads to 10.0.0.1, which is no public address"):
            client.get(host.url(name="rebinding.example"), "")
    assert host.paths == ["/"]


# robots.txt.


def test_robots_txt_is_heeded_and_asked_for_once() -> None:
    with serving(
        {"/robots.txt": said(b"User-agent: *\nDisallow: /private/\n"), "/a": A, "/b": leading("/private/c")}
    ) as host:
        client = Client(network())
        assert client.get(host.url("/a"), "").body == b"a"
        for path in ("/private/c", "/b"):
            with pytest.raises(Refused, match=r"the robots.txt of 127.0.0.1 forbids it"):
                client.get(host.url(path), "")
    assert [one.path for one in host.asked] == ["/robots.txt", "/a", "/b"]


def test_robots_txt_is_read_where_it_leads_and_no_further_than_it_may_be_long() -> None:
    rules = b"User-agent: *\nDisallow: /private\n" + b"# words\n" * 200_000 + b"Disallow: /a\n"
    with serving({"/robots.txt": leading("/r", "301 Moved"), "/r": said(rules), "/a": A}) as host:
        client = Client(network())
        assert client.get(host.url("/a"), "").body == b"a"
        with pytest.raises(Refused, match="forbids it"):
            client.get(host.url("/private"), "")


def test_host_whose_robots_txt_cannot_be_had_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda place: place == "127.0.0.1")
    machines = {"one.example": ["127.0.0.1"], "inner.example": ["10.0.0.1"]}
    given: dict[str, Any] = {"local": False, "resolve": lambda name, _: machines[name]}
    answers: list[tuple[Sent, str]] = [
        (BUSY, "its robots.txt answers 503, so that nothing is asked now"),
        (said(status="500 Oh"), "its robots.txt answers 500, so that nothing is asked now"),
        (leading("http://inner.example/"), "inner.example leads to 10.0.0.1, which is no public address"),
        (leading("/robots.txt"), "leads on more than 5 times"),
        (reset, "the connection breaks: Connection reset by peer"),
    ]
    for answer, reason in answers:
        with serving({"/robots.txt": answer, "/": A}) as host:
            client = Client(network(**given))
            for _ in range(2):
                with pytest.raises(Refused) as raised:
                    client.get(host.url(name="one.example"), "")
                assert str(raised.value).startswith(reason)
            asked = len(host.asked)
            with pytest.raises(Refused):
                client.get(host.url(name="one.example"), "")
        assert (host.paths, len(host.asked)) == ([], asked)


# Retries and pauses.


@pytest.mark.parametrize(
    "first", [BUSY, reset, said(b"some", content_length="9"), said(status="429 Too Many Requests")]
)
def test_what_may_pass_is_tried_again(first: object) -> None:
    watch = Time()
    with serving({"/": [first, A]}) as host:  # type: ignore[list-item]
        assert get(host.url(), watch, limits=replace(QUICK, pause=0)).body == b"a"
    assert (len(host.paths), watch.slept) == (2, [1.0])


def test_it_is_tried_a_few_times_only_and_later_each_time() -> None:
    watch = Time()
    with serving({"/": BUSY}) as host:
        reason = refusal(host.url(), watch, limits=replace(QUICK, pause=0), chance=lambda: 1.0)
    assert reason == "answers 503 Service Unavailable"
    assert (len(host.paths), watch.slept) == (3, [1.5, 3.0])


@pytest.mark.parametrize(
    ("after", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("Mon, 02 Feb 2026 02:40:09 GMT", 9),
        ("Mon, 02 Feb 2026 01:40:00 GMT", 0),
        ("soon", 1),
        ("-3", 1),
        ("²", 1),
    ],
)
def test_host_says_when_it_wants_to_be_asked_again(after: str, seconds: float) -> None:
    watch = Time()
    busy = said(status="429 Too Many Requests", retry_after=after, date="Mon, 02 Feb 2026 02:40:00 GMT")
    with serving({"/": [busy, A]}) as host:
        assert get(host.url(), watch, limits=replace(QUICK, pause=0)).body == b"a"
    assert watch.slept == [seconds]


@pytest.mark.parametrize("after", ["3600", "Mon, 02 Feb 2026 03:40:00 GMT"])
def test_host_that_wants_to_be_left_alone_is(after: str) -> None:
    watch = Time()
    busy = said(status="429 Too Many Requests", retry_after=after, date="Mon, 02 Feb 2026 02:40:00 GMT")
    with serving({"/": busy}) as host:
        reason = refusal(host.url(), watch)
    assert reason == "answers 429 Too Many Requests, and wants to be asked again in 3600 s"
    assert (host.paths, watch.slept) == (["/"], [])


def test_wait_ends_with_the_time_of_the_request() -> None:
    with serving({"/": said(status="503 Oh", retry_after="20")}) as host:
        assert refusal(host.url(), Time()) == "takes longer than 10 s"


def test_host_is_left_alone_between_two_requests() -> None:
    watch = Time()
    with serving({"/a": A, "/b": A}) as host:
        client = Client(network(watch))
        for name, path in [("one.example", "/a"), ("two.example", "/a"), ("one.example", "/b")]:
            client.get(host.url(path, name), "")
    assert len(watch.slept) == 1
    assert 0 < watch.slept[0] <= QUICK.pause


def test_host_is_asked_one_thing_at_a_time() -> None:
    inside: list[int] = []
    most: list[int] = []

    def answer(sock: object) -> None:
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.02)
        inside.pop()
        sock.sendall(A)  # type: ignore[attr-defined]

    with serving({"/": answer}) as host:
        client = Client(network(limits=replace(QUICK, pause=0)))
        threads = [threading.Thread(target=client.get, args=(host.url(), "")) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert most == [1] * 4
