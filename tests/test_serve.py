"""The live preview through the real command: what it serves and to whom, what it notices, and what a browser shows."""

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pressfold import serve
from pressfold.options import Outcome
from pressfold.problem import Problems
from pressfold.serve import watch
from pressfold.serve.script import loosened, scripted
from tests.conftest import CONFIG, NOW, PROJECT, Site, article
from tests.test_browser import tab

__all__ = ["tab"]  # a fixture

OTHER = "content/articles/2026/01/hebrew.md"
ARTICLE = "content/articles/2026/01/letter.md"
HEBREW = article("מכתב בגוגל", lang="he", companies="[google]", body="עובדים כתבו מכתב.")
RAW = (
    "Workers ask Microsoft to drop a contract\n\n"
    "Several hundred workers of Microsoft have asked the company to drop its contract with the agency, a letter says.\n"
)
PATIENCE = 20  # seconds until a test gives up; what it waits for takes a fraction of one


def letter(words: str, **fields: str) -> str:
    return article("A letter", companies="[google]", body=words, **fields)


def until(what: Callable[[], Any]) -> Any:
    """What a function says, once that is something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.01)
    raise AssertionError("waited in vain")


class Preview:
    """`pressfold serve`, running: what it says, and what it answers."""

    def __init__(self, site: Site, *arguments: str, **environment: str) -> None:
        given = ("--port", "0", *arguments)
        self.site, self.said = site, list[str]()
        kept = {name: text for name, text in os.environ.items() if not name.startswith("PRESSFOLD_")}
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "pressfold", "serve", "--site", str(site.root), *given],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            cwd=PROJECT,
            env={**kept, "SOURCE_DATE_EPOCH": str(NOW), "NO_COLOR": "1", **environment},
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait(self) -> None:
        """Wait until it serves."""
        self.address = until(lambda: self.says(r"serving at (\S+)"))
        self.host = self.address.removeprefix("http://").rstrip("/")

    def _read(self) -> None:
        assert self.process.stdout
        self.said.extend(line.rstrip("\n") for line in self.process.stdout)

    def says(self, pattern: str) -> str:
        """What a pattern, or its group, found in what it has said; nothing where it said no such thing yet."""
        found = re.search(pattern, "\n".join(self.said))
        return found[found.lastindex or 0] if found else ""

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
        """(status, headers, body) of a request, whose path goes out as it stands."""
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        connection.request(method, path, headers={"Host": self.host} | headers)
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, {name.lower(): text for name, text in answer.getheaders()}, body

    def shows(self, words: str, path: str = "/articles/letter/") -> bool:
        return words in self.ask(path)[2]

    @contextlib.contextmanager
    def states(self) -> Iterator[Iterator[dict[str, Any]]]:
        """The states that it tells an open page."""
        with contextlib.closing(http.client.HTTPConnection(self.host, timeout=PATIENCE)) as connection:
            connection.request("GET", "/.pressfold/events")
            with connection.getresponse() as answer:
                yield (json.loads(line.removeprefix(b"data: ")) for line in answer if line.startswith(b"data: "))

    def close(self) -> None:
        """Leave nothing of it behind, however the test went."""
        self.process.kill()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self.process.stdout
        self.process.stdout.close()

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)


@contextlib.contextmanager
def previewed(site: Site, *arguments: str, **environment: str) -> Iterator[Preview]:
    preview = Preview(site, *arguments, **environment)
    try:
        preview.wait()
        yield preview
        assert preview.end() == 0
        assert not preview.says("Traceback")
    finally:
        preview.close()


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview whose site the tests leave as it is."""
    where = tmp_path_factory.mktemp("still")
    (where / "secret.txt").write_text("a secret")
    site = Site(where / "site").write({
        "config.yaml": CONFIG,
        ARTICLE: letter("Words."),
        OTHER: HEBREW,
        "content/media/dot.png": b"\x89PNG" * 100,
    })  # fmt: skip
    with previewed(site, "--output", str(where / "web")) as preview:
        (where / "web" / "out.txt").symlink_to(where / "secret.txt")
        (where / "web" / "away").symlink_to(where)
        yield preview


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of a site that tests change one after another."""
    site = Site(tmp_path_factory.mktemp("live")).write(
        {"config.yaml": CONFIG, ARTICLE: letter("Old words."), OTHER: HEBREW}
    )
    with previewed(site) as preview:
        yield preview


@pytest.fixture
def live(running: Preview) -> Preview:
    """The preview, its article as it was at first."""
    running.site.write({ARTICLE: letter("Old words.")})
    until(lambda: running.shows("Old words."))
    with running.states() as states:
        assert next(state for state in states if not state["problems"])
    return running


POLICIES = [
    ("default-src 'none'; style-src 'self'", "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'"),
    ("default-src https:", "default-src https:; script-src https: 'self'; connect-src https: 'self'"),
    ("Script-Src 'NONE'; script-src x.org", "script-src 'self'; connect-src * 'self'"),
    ("script-src-elem 'none';; img-src *", "script-src-elem 'self'; img-src *; script-src * 'self'; connect-src * 'self'"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "made"), POLICIES)
def test_a_policy_is_loosened_for_the_script_alone(given: str, made: str) -> None:
    assert loosened(given) == made


@pytest.mark.parametrize("meta", [
    """<meta http-equiv="Content-Security-Policy" content="default-src 'none'">""",
    """<META content='default-src &#39;none&#39;' HTTP-EQUIV=content-security-policy>""",
])  # fmt: skip
def test_a_page_with_a_policy_of_its_own_takes_the_script(meta: str) -> None:
    other = '<meta name="description" content="default-src">'
    page = scripted(f"<head>{meta}{other}</head><p>Words", "m")
    assert "script-src &#x27;self&#x27;; connect-src &#x27;self&#x27;" in page
    assert other in page
    assert page.endswith('<script src="/.pressfold/live.js" data-mark="m" async></script></head><p>Words')


def test_a_page_without_a_head_takes_the_script_at_its_end() -> None:
    assert scripted("<p>Words", "m") == '<p>Words<script src="/.pressfold/live.js" data-mark="m" async></script>'


@pytest.mark.parametrize(("path", "kind"), [
    ("/", "text/html; charset=utf-8"),
    ("/articles/letter/", "text/html; charset=utf-8"),
    ("/feed.xml", "application/rss+xml; charset=utf-8"),
    ("/atom.xml", "application/atom+xml; charset=utf-8"),
    ("/feed.json", "application/feed+json"),
    ("/feeds.opml", "text/x-opml; charset=utf-8"),
    ("/media/dot.png", "image/png"),
    ("/.pressfold/live.js", "text/javascript; charset=utf-8"),
])  # fmt: skip
def test_a_file_is_served_as_what_it_is(still: Preview, path: str, kind: str) -> None:
    status, headers, _ = still.ask(path)
    assert (status, headers["content-type"]) == (200, kind)
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-cache")


def test_the_stylesheet_and_the_icon_have_their_types(still: Preview) -> None:
    _, _, front = still.ask("/")
    for ending, kind in (("css", "text/css; charset=utf-8"), ("svg", "image/svg+xml")):
        found = re.search(rf'href="\./(static/[^"]+\.{ending})"', front)
        assert found
        assert still.ask(f"/{found[1]}")[1]["content-type"] == kind


def test_what_is_written_does_not_hold_the_script_but_the_address_of_the_preview(still: Preview) -> None:
    written = (still.site.root.parent / "web" / "index.html").read_text("utf-8")
    assert "live.js" not in written
    assert f'<link rel="canonical" href="{still.address}">' in written
    assert '<script src="/.pressfold/live.js"' in still.ask("/")[2]


@pytest.mark.parametrize("path", [
    "/.pressfold.json", "/.pressfold-stage/0", "/.pressfold/", "/.pressfold/other", "/../secret.txt", "/%2e%2e/secret.txt",
    "/..%2fsecret.txt", "/..%5csecret.txt", "/articles/..%2f..%2f..%2fsecret.txt", "//secret.txt", "/articles//letter/",
    "/%00", "/index.html%00.png", "/feed.xml/", "/out.txt", "/away/secret.txt", "/" + "x" * 5000, "/%ff", "/C:%5csecret.txt",
])  # fmt: skip
def test_nothing_hidden_or_outside_is_served(still: Preview, path: str) -> None:
    status, _, body = still.ask(path)
    assert status == 404
    assert "a secret" not in body
    assert '<script src="/.pressfold/live.js"' in body  # the site's own page for what is missing


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "localhost", "127.0.0.1:1", "", "localhost.evil.example:{port}"]
)
@pytest.mark.parametrize("path", ["/", "/.pressfold/events", "/feed.xml"])
def test_another_host_is_refused(still: Preview, host: str, path: str) -> None:
    status, _, body = still.ask(path, Host=host.format(port=still.host.rpartition(":")[2]))
    assert status == 403
    assert body.count("\n") == 1


@pytest.mark.parametrize("host", ["localhost:{port}", "LOCALHOST:{port}", "127.0.0.1:{port}", "[::1]:{port}"])
def test_this_machine_s_names_are_answered(still: Preview, host: str) -> None:
    named = host.format(port=still.host.rpartition(":")[2])
    assert still.ask("/", Host=named, Origin=f"http://{named}")[0] == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://{host}", "http://127.0.0.1:1"])
def test_pages_of_other_sites_learn_nothing(still: Preview, origin: str) -> None:
    assert still.ask("/.pressfold/events", Origin=origin.format(host=still.host))[0] == 403


def test_a_folder_leads_to_its_slash_wherever_it_is_served(still: Preview) -> None:
    status, headers, _ = still.ask("/articles/letter?a=b")
    assert (status, headers["location"]) == (307, "./letter/?a=b")


def test_head_range_and_conditional_requests(still: Preview) -> None:
    status, headers, body = still.ask("/media/dot.png", "HEAD")
    assert (status, headers["content-length"], body) == (200, "400", "")
    assert still.ask("/media/dot.png", **{"If-None-Match": headers["etag"]})[0] == 304
    status, part, _ = still.ask("/media/dot.png", Range="bytes=0-3")
    assert (status, part["content-range"]) == (206, "bytes 0-3/400")
    assert still.ask("/", "POST")[0] == 405


def _in_place(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def _rename_over(path: Path, text: str) -> None:
    beside = path.with_name(path.name + "~new~")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def _delete_and_create(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text, "utf-8")


def _move_away_and_write(path: Path, text: str) -> None:
    path.rename(path.with_name(path.name + "~"))
    path.write_text(text, "utf-8")


def test_every_way_to_save_is_noticed(live: Preview) -> None:
    for number, save in enumerate((_in_place, _rename_over, _delete_and_create, _move_away_and_write)):
        save(live.site.root / ARTICLE, letter(f"New words {number}."))
        until(lambda number=number: live.shows(f"New words {number}."))  # type: ignore[misc]
    assert not live.site.output.exists()  # what is published holds no address of this machine


def test_no_change_is_missed_while_a_build_runs(live: Preview) -> None:
    for number in range(25):
        (live.site.root / ARTICLE).write_text(letter(f"Newer words {number}."), "utf-8")
        time.sleep(0.03)
    until(lambda: live.shows("Newer words 24."))


def test_settings_and_layouts_that_come_and_go_are_noticed(live: Preview) -> None:
    config = live.site.root / "config.yaml"
    _rename_over(config, CONFIG.replace("A test digest", "Another digest"))
    until(lambda: live.shows("Another digest", "/"))
    _in_place(config, CONFIG)
    until(lambda: live.shows("A test digest", "/"))
    own = (PROJECT / "layouts/base.html").read_text("utf-8").replace("Made with Pressfold", "Made by hand")
    live.site.write({"layouts/base.html": own})
    until(lambda: live.shows("Made by hand", "/"))
    live.site.write({"layouts/base.html": own.replace("Made by hand", "Made by heart")})
    until(lambda: live.shows("Made by heart", "/"))
    (live.site.root / "layouts").rename(live.site.root / "old")
    until(lambda: live.shows("Made with Pressfold", "/"))


def test_what_a_build_writes_itself_makes_no_loop(live: Preview) -> None:
    live.site.write(
        {"content/inbox/raw.txt": RAW, "content/articles/2026/01/bare.md": "---\ntitle: Bare\nlang: en\n---\n"}
    )
    until(lambda: live.shows("Bare", "/articles/bare/") and live.says("1 imported"))
    time.sleep(0.5)
    settled = len(live.said)
    with live.states() as states:
        mark = next(states)["mark"]
    time.sleep(1)
    with live.states() as states:
        assert next(states)["mark"] == mark
    assert len(live.said) == settled


def test_problems_are_told_and_the_last_good_site_stays(live: Preview) -> None:
    path = live.site.root / ARTICLE
    path.write_text(letter("Old words.", date="never"), "utf-8")
    line = path.read_text().splitlines().index("date: never") + 1
    with live.states() as states:
        broken = next(state for state in states if [problem["line"] for problem in state["problems"]] == [line])
        (problem,) = broken["problems"]
        assert problem["path"] == ARTICLE
        assert live.shows("Old words.")
        until(lambda: live.says(re.escape(f"{ARTICLE}:{line}: {problem['message']}")))
        path.write_text(letter("Old words."), "utf-8")
        mended = next(state for state in states if not state["problems"])
        assert mended["mark"] == broken["mark"]


def test_drafts_and_another_address_are_as_for_build(site: Site) -> None:
    site.write({ARTICLE: letter("Draft words.", draft="true")})
    with previewed(site, "--drafts", "--base-url", "https://other.example/") as preview:
        assert preview.shows("Draft words.")
        assert preview.shows('<link rel="canonical" href="https://other.example/', "/articles/letter/")


def test_where_there_is_no_site_nothing_is_served(tmp_path: Path) -> None:
    done = Site(tmp_path / "no").run("serve")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("config.yaml: there is no site here (")


def test_the_site_s_own_folders_are_not_served(site: Site) -> None:
    done = site.run("serve", "--output", str(site.root / "content"))
    assert (done.code, done.out) == (1, "")
    assert "cannot be the output folder" in done.err


def test_a_site_that_cannot_be_watched_is_a_problem(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise OSError("OS file watch limit reached.")

    monkeypatch.setattr(watch, "awatch", full)
    listener = serve.listen("127.0.0.1", 0)
    with pytest.raises(Problems, match=r"cannot be watched: OS file watch limit reached\."), listener:
        serve.run(site.root, site.output, "127.0.0.1", listener, lambda _: Outcome(), lambda: None)


def test_a_taken_port_is_one_line(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = site.run("serve", "--port", str(port))
        assert (done.code, done.out) == (1, "")
        hint = "choose another with --port; 0 takes any that is free"
        assert done.err == f"127.0.0.1:{port}: is taken by another program ({hint})\n"


def test_without_a_port_the_next_free_one_is_taken() -> None:
    with serve.listen("127.0.0.1", None) as first, serve.listen("127.0.0.1", None) as second:
        assert first.getsockname()[1] < second.getsockname()[1]


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(Problems, match="cannot be served at"):
        serve.listen("192.0.2.1", 0)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_and_frees_its_port(site: Site, how: signal.Signals) -> None:
    with previewed(site) as preview:
        with preview.states() as states:
            next(states)
            asked = time.monotonic()
            preview.process.send_signal(how)
            assert list(states) == []
            assert time.monotonic() - asked < 3
        assert preview.process.wait(PATIENCE) == 0
        assert preview.said[-1] == "stopped"
        serve.listen("127.0.0.1", int(preview.host.rpartition(":")[2])).close()


def test_it_opens_the_browser_when_asked(site: Site, tmp_path: Path) -> None:
    note = tmp_path / "opened"
    code = "import pathlib, sys; pathlib.Path(sys.argv[2]).write_text(sys.argv[1])"
    with previewed(site, "--open", BROWSER=f"{sys.executable} -c '{code}' %s {note}") as preview:
        assert until(lambda: note.exists() and note.read_text()) == preview.address


@pytest.mark.browser
def test_an_open_page_shows_new_words_and_problems_by_itself(live: Preview, tab: Any) -> None:
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    path = live.site.root / ARTICLE
    tab.goto(f"{live.address}articles/letter/")
    path.write_text(letter("Newest words."), "utf-8")
    tab.get_by_text("Newest words.").wait_for()

    path.write_text(letter("Newest words.", date="never"), "utf-8")
    alert = tab.get_by_role("alert")
    alert.wait_for()
    line = path.read_text().splitlines().index("date: never") + 1
    assert f"{ARTICLE}:{line}: " in alert.inner_text()
    tab.keyboard.press("Escape")
    alert.wait_for(state="detached")
    path.write_text(letter("Newest words.", date="ever"), "utf-8")
    alert.wait_for()
    path.write_text(letter("Newest words."), "utf-8")
    alert.wait_for(state="detached")
    assert said == []  # the policy forbade nothing


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_problems_are_readable_on_any_page(live: Preview, browser: Any, scheme: str) -> None:
    live.site.write({ARTICLE: letter("Old words.", date="never")})
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{live.address}articles/hebrew/")
    alert = page.get_by_role("alert")
    alert.wait_for()
    look = alert.evaluate(
        "node => (({direction, color, backgroundColor}) => [direction, color, backgroundColor])(getComputedStyle(node))"
    )
    assert look[0] == "ltr"
    ink, paper = (sum(map(int, re.findall(r"\d+", colour)[:3])) / 3 for colour in look[1:])
    assert (ink < 80 and paper > 200) if scheme == "light" else (ink > 200 and paper < 80)
    assert alert.evaluate("node => node.scrollWidth <= node.clientWidth")
    page.get_by_role("button", name="Close").click()
    alert.wait_for(state="detached")
    context.close()


@pytest.mark.browser
def test_a_page_of_a_layout_without_a_policy_reloads_too(site: Site, tab: Any) -> None:
    own = re.sub(
        r'<meta http-equiv="Content-Security-Policy".*\n', "", (PROJECT / "layouts/base.html").read_text("utf-8")
    )
    site.write({ARTICLE: letter("Old words."), "layouts/base.html": own})
    with previewed(site) as preview:
        tab.goto(f"{preview.address}articles/letter/")
        site.write({ARTICLE: letter("New words.")})
        tab.get_by_text("New words.").wait_for()


@pytest.mark.browser
def test_the_problems_of_a_first_build_give_way_to_the_site(site: Site, tab: Any) -> None:
    site.write({"config.yaml": CONFIG + "titel: x\n", ARTICLE: letter("Words.")})
    with previewed(site) as preview:
        status, _, body = preview.ask("/")
        assert status == 503
        assert f"<li>config.yaml:{len(CONFIG.splitlines()) + 1}: " in body  # for those without scripts
        tab.goto(preview.address)
        tab.get_by_role("alert").get_by_text("config.yaml:").wait_for()
        site.write({"config.yaml": CONFIG})
        tab.get_by_role("heading", name="A test digest").wait_for()
