"""A real nginx on this machine alone, serving a folder; and a reader who follows every link of it."""

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from pressfold.check.page import scan
from tests.conftest import missing

_CONF = """
{user}
pid {place}/pid;
error_log {place}/error.log;
worker_processes 1;
events {{ worker_connections 64; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {place}/t1;
    proxy_temp_path {place}/t2;
    fastcgi_temp_path {place}/t3;
    uwsgi_temp_path {place}/t4;
    scgi_temp_path {place}/t5;
    server {{
        listen 127.0.0.1:{port};
        root "{root}";
        {more}
    }}
}}
"""


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: dict[str, str]  # names in lower case; of a header that came twice, both
    body: bytes


def ask(address: str) -> Answer:
    """What a server answers for an address."""
    parts = urlsplit(address)
    line = http.client.HTTPConnection(parts.netloc, timeout=20)
    line.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
    answer = line.getresponse()
    headers: dict[str, str] = {}
    for name, value in answer.getheaders():
        headers[name.lower()] = " AND ".join(filter(None, (headers.get(name.lower(), ""), value)))
    found = Answer(answer.status, headers, answer.read())
    line.close()
    return found


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@contextmanager
def nginx(place: Path, root: Path, port: int, more: str = "") -> Iterator[str]:
    """nginx, serving a folder; `more` stands in its server block. Its address."""
    program = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if program is None:
        missing("no nginx here: the tests of hosting did not run")
    place.mkdir(parents=True, exist_ok=True)
    user = "user root;" if os.geteuid() == 0 else ""
    conf = place / "nginx.conf"
    conf.write_text(_CONF.format(user=user, place=place, root=root, port=port, more=more), "utf-8")
    command = [program, "-p", str(place), "-e", str(place / "error.log"), "-c", str(conf), "-g", "daemon off;"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8")
    try:
        _wait(running, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.communicate(timeout=30)


def _wait(running: "subprocess.Popen[str]", port: int) -> None:
    give_up = time.monotonic() + 30
    while True:
        assert running.poll() is None, running.communicate()[1]
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            assert time.monotonic() < give_up
            time.sleep(0.05)
        else:
            return


def walk(start: str) -> dict[str, int]:
    """Follow every link and asset from a page on that stays on its host; the status of each address."""
    host, todo, found = urlsplit(start).netloc, [start], dict[str, int]()
    while todo:
        address = todo.pop().partition("#")[0]
        if address in found or urlsplit(address).netloc != host:
            continue
        answer = ask(address)
        found[address] = answer.status
        if answer.headers.get("content-type", "").startswith("text/html"):
            todo += [urljoin(address, way.url) for way in scan(answer.body).ways]
    return found
