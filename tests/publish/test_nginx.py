"""nginx serves a folder while one publish after another goes into it, and readers come all the time."""

import random
import shutil
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from pressfold.publish.kind import is_kept
from tests.conftest import Site, article, missing, ok, write
from tests.e2e.running import TORTURE
from tests.publish.sending import output
from tests.publish.serving import below, free_port, links, running
from tests.publish.test_folder import CONFIG

REQUESTS, PUBLISHES = (10_000, 20) if TORTURE else (400, 4)


@contextmanager
def nginx(folder: Path, own: Path) -> Iterator[int]:
    """A server of the folder's files, as the user who runs the tests."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/sbin") or missing("needs nginx")
    port = free_port()
    settings = f"""
        daemon off; master_process off; pid {own}/pid; error_log {own}/error.log;
        events {{ worker_connections 256; }}
        http {{
            access_log off; types {{ text/html html; text/css css; application/xml xml; }}
            client_body_temp_path {own}/body; proxy_temp_path {own}/proxy; fastcgi_temp_path {own}/fastcgi;
            uwsgi_temp_path {own}/uwsgi; scgi_temp_path {own}/scgi;
            server {{ listen 127.0.0.1:{port}; root {folder}; }}
        }}
    """
    write(own, {"nginx.conf": settings})
    with running([program, "-p", str(own), "-c", str(own / "nginx.conf")], port):
        yield port


class Reader:
    """Comes to the front page, goes on from page to page, and takes what each shows; notes whatever is not as it should be."""

    def __init__(self, port: int, seed: int) -> None:
        self._port, self._chance = port, random.Random(seed)
        self.requests, self.wrong = 0, list[str]()

    def get(self, path: str) -> bytes:
        self.requests += 1
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        connection.request("GET", f"/{path.removesuffix('index.html')}")
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        if answer.status != 200 or len(data) != int(answer.headers["Content-Length"]):
            self.wrong.append(f"{path}: {answer.status}")
            return b""
        return data

    def visit(self) -> None:
        """From the front page a few pages on, each with its assets; then a feed."""
        page = "index.html"
        for _ in range(3):
            data = self.get(page)
            if not data.rstrip().endswith(b"</html>"):
                self.wrong.append(f"{page}: cut off")
            found = sorted(links(page, data.decode()))
            for path in found:
                if path.startswith("static/"):
                    self.get(path)
            page = self._chance.choice([path for path in found if path.endswith("index.html")] or ["index.html"])
        try:
            ET.fromstring(self.get("feed.xml"))
        except ET.ParseError as error:
            self.wrong.append(f"feed.xml: {error}")


def test_no_reader_finds_half_of_a_site_while_it_is_published_again_and_again(site: Site, tmp_path: Path) -> None:
    www = tmp_path / "www"
    site.write({"config.yaml": CONFIG})
    for number in range(12):
        site.write({f"content/articles/2026/01/a{number}.md": article(f"A {number}", companies="[google]")})
    ok(site.build())
    ok(site.run("publish"))
    with nginx(www, tmp_path / "nginx") as port:
        over = threading.Event()
        readers = [Reader(port, seed) for seed in range(3)]

        def read(reader: Reader) -> None:
            while not over.is_set():
                reader.visit()
                time.sleep(0.05)  # the machine is the publish's too

        threads = [threading.Thread(target=read, args=(reader,), daemon=True) for reader in readers]
        for thread in threads:
            thread.start()
        try:
            for number in range(PUBLISHES):
                site.write(
                    {
                        "layouts/static/site.css": f"body {{ --number: {number} }}",
                        f"content/articles/2026/01/n{number}.md": article(
                            f"N {number}", companies=f"[google, c{number}]"
                        ),
                        f"content/companies/c{number}.md": f"---\nname: C {number}\n---\n",
                        "content/articles/2026/01/a1.md": article("A 1", companies="[google]", body=f"Words {number}."),
                    }
                )
                ok(site.build())
                ok(site.run("publish"))
            give_up = time.monotonic() + 600
            while sum(reader.requests for reader in readers) < REQUESTS and time.monotonic() < give_up:
                time.sleep(0.1)
        finally:
            over.set()
            for thread in threads:
                thread.join(timeout=60)
    assert [wrong for reader in readers for wrong in reader.wrong] == []
    assert sum(reader.requests for reader in readers) >= REQUESTS
    leaving = [path for path in below(www) if path not in output(site)]
    assert all(map(is_kept, leaving)), leaving
