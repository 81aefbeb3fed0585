"""One question to one host, of servers that answer as badly as they can."""

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pressfold.fetch.address import Passing, Refused, parse
from pressfold.fetch.exchange import Patience, Reply, exchange, system, trusting
from tests.fetch.serving import Host, Sent, certificate, drip, reset, said, serving

MOST = 100_000


def patience(read: float = 2, total: float = 5) -> Patience:
    """As much of it as a test has."""
    end = time.monotonic() + total

    def left() -> float:
        if time.monotonic() >= end:
            raise Refused(f"takes longer than {total:g} s")
        return end - time.monotonic()

    return Patience(connect=2, read=read, left=left)


def ask(
    host: Host,
    path: str = "/",
    *,
    name: str = "127.0.0.1",
    waiting: Patience | None = None,
    trust: Callable[[], ssl.SSLContext] = trusting,
) -> Reply:
    """What a server answers."""
    address = parse(host.url(path, name))
    return exchange(address, ["127.0.0.1"], {"X-Own": "a"}, most=MOST, patience=waiting or patience(), trust=trust)


def refusal(answer: Sent, waiting: Patience | None = None) -> Refused:
    """Why nothing is had from a server that answers so."""
    with serving({"/": answer}) as host, pytest.raises(Refused) as raised:
        ask(host, waiting=waiting)
    return raised.value


# What is answered.


def test_answer_comes_with_its_headers() -> None:
    with serving({"/a?b": said(b"Some words.", etag='"1"', content_type="text/plain")}) as host:
        reply = ask(host, "/a?b", name="some.example")
    assert (reply.status, reply.body, reply.whole) == (200, b"Some words.", True)
    assert (reply.header("etag"), reply.header("content-type"), reply.header("x")) == ('"1"', "text/plain", "")
    (asked,) = host.asked
    assert (asked.path, asked.headers["Host"], asked.headers["X-Own"]) == ("/a?b", f"some.example:{host.port}", "a")
    assert "Cookie" not in asked.headers


@pytest.mark.parametrize("coding", ["gzip", "x-gzip"])
def test_packed_answer_is_unpacked(coding: str) -> None:
    with serving({"/": said(gzip.compress(b"words " * 1000), content_encoding=coding)}) as host:
        assert ask(host).body == b"words " * 1000


def test_answer_in_chunks_is_put_together() -> None:
    body = b"5\r\nSome \r\n6\r\nwords.\r\n0\r\n\r\n"
    with serving({"/": said(content_length="", transfer_encoding="chunked") + body}) as host:
        assert ask(host).body == b"Some words."


def test_answer_that_ends_with_the_connection_is_whole() -> None:
    with serving({"/": b"HTTP/1.0 200 OK\r\n\r\nSome words."}) as host:
        assert ask(host).body == b"Some words."


def test_what_comes_with_another_status_is_not_read() -> None:
    with serving({"/": drip(b"HTTP/1.1 404 Not Found\r\nContent-Length: 9999\r\n\r\n", b".")}) as host:
        assert ask(host) == Reply(status=404, headers={"content-length": "9999"})


# Too much.


def test_bomb_is_unpacked_no_further_than_it_may_be() -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(2**20)) for _ in range(50)) + packer.flush()
    with serving({"/": said(bomb, content_encoding="gzip")}) as host:
        reply = ask(host)
    assert len(bomb) < 2**17
    assert (len(reply.body), reply.whole) == (MOST, False)


def test_bomb_within_a_bomb_is_not_unpacked_at_all() -> None:
    reason = refusal(said(gzip.compress(gzip.compress(b"")), content_encoding="gzip, gzip"))
    assert str(reason) == "its answer is packed as 'gzip, gzip', which was not asked for"


def test_endless_answer_is_cut_off() -> None:
    with serving({"/": drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 2**16)}) as host:
        reply = ask(host)
    assert (len(reply.body), reply.whole) == (MOST, False)


def test_answer_as_large_as_it_may_be_is_whole() -> None:
    with serving({"/": said(b"x" * MOST)}) as host:
        assert (len(ask(host).body), ask(host).whole) == (MOST, True)


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200, b"HTTP/1.1 200 OK\r\nA: " + b"b" * 2**17])
def test_head_without_end_is_no_answer(head: bytes) -> None:
    assert "the connection breaks" in str(refusal(head))


# Too slow.


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nA: b",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
def test_drip_of_bytes_ends_when_the_time_is_over(before: bytes) -> None:
    start = time.monotonic()
    reason = refusal(drip(before, b"1"), patience(total=0.2))
    assert str(reason) == "takes longer than 0.2 s"
    assert not isinstance(reason, Passing)
    assert time.monotonic() - start < 1


@pytest.mark.parametrize("before", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"])
def test_silence_is_no_answer(before: bytes) -> None:
    def answer(sock: socket.socket) -> None:
        sock.sendall(before)
        time.sleep(0.5)

    assert str(refusal(answer, patience(read=0.1))) == "does not answer in time"


def test_handshake_that_never_ends_is_no_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        host = Host({}, server.getsockname()[1], "https")
        with pytest.raises(Refused, match=r"takes longer than 0\.2 s|does not answer in time"):
            ask(host, waiting=patience(total=0.2))


# Broken.


@pytest.mark.parametrize(
    "answer",
    [
        reset,
        b"",
        b"garbage\r\n\r\n",
        said(b"Some", content_length="11"),
        said(content_length="", transfer_encoding="chunked") + b"5\r\nSom",
    ],
)
def test_broken_connection_may_be_another_in_a_moment(answer: Sent) -> None:
    reason = refusal(answer)
    assert isinstance(reason, Passing)
    assert str(reason).startswith("the connection breaks: ")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nSome",
            "Content-Length contained multiple unmatching values",
        ),
        (said(content_length="", transfer_encoding="chunked") + b"x\r\nSome", "invalid literal for int()"),
    ],
)
def test_answer_that_contradicts_itself_is_none(answer: Sent, words: str) -> None:
    reason = refusal(answer)
    assert str(reason).startswith(f"its answer makes no sense: {words}")
    assert not isinstance(reason, Passing)


def test_broken_packing_is_no_answer() -> None:
    reason = refusal(said(b"no gzip", content_encoding="gzip"))
    assert (type(reason), str(reason)) == (Refused, "its packed answer cannot be unpacked")


def test_machine_that_takes_no_connection_is_passed_over() -> None:
    with serving({"/": said(b"a")}) as host, socket.create_server(("127.0.0.1", 0)) as closed:
        address, gone = parse(host.url()), parse(f"http://127.0.0.1:{closed.getsockname()[1]}/")
        closed.close()
        given = {"most": MOST, "patience": patience(), "trust": trusting}
        assert exchange(address, ["::1", "127.0.0.1"], {}, **given).body == b"a"  # type: ignore[arg-type]
        with pytest.raises(Refused, match="no connection comes about: Connection refused"):
            exchange(gone, ["127.0.0.1"], {}, **given)  # type: ignore[arg-type]


# Names and certificates.


def test_name_is_looked_up_by_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(system("localhost", 80)) <= {"127.0.0.1", "::1"}
    assert system("127.1", 80) == ["127.0.0.1"]
    with pytest.raises(Refused, match="is no host"):
        system("a" * 70, 80)

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Refused, match=r"there is no host nobody\.example \(Not known\)"):
        system("nobody.example", 80)


def test_certificate_must_be_trusted_and_the_hosts_own(tmp_path: Path) -> None:
    pem = certificate(tmp_path, "digest.example")

    def trust() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=pem)

    with serving({"/": said(b"a")}, tls=pem) as host:
        assert ask(host, name="digest.example", trust=trust).body == b"a"
        with pytest.raises(Refused, match="its certificate does not count: Hostname mismatch") as raised:
            ask(host, name="other.example", trust=trust)
        assert not isinstance(raised.value, Passing)
        with pytest.raises(Refused, match="its certificate does not count: self-signed certificate"):
            ask(host, name="digest.example")
    assert [one.headers["Host"] for one in host.asked] == [f"digest.example:{host.port}"]


def test_host_that_speaks_no_tls_has_no_secure_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            with server.accept()[0] as sock:
                sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                sock.recv(2**16)

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(Refused, match="no secure connection comes about") as raised:
            ask(Host({}, server.getsockname()[1], "https"))
        thread.join()
    assert not isinstance(raised.value, Passing)
