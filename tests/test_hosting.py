"""The site on real hosts: headers and redirects by nginx, any path, and a page for what is not there."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pressfold.served import HEADERS, YEAR
from tests.conftest import Site, article, ok
from tests.hosting import ask, free_port, nginx, walk

ARTICLES: dict[str, str | bytes] = {
    "content/articles/2026/01/one.md": article(
        "One", companies="[google]", redirects="[old/one/, articles/Former_1.html]", body="See [two](two.md)."
    ),
    "content/articles/2026/01/two.md": article("Two", companies="[google, zonk-works]", lang="ar"),
    "content/companies/zonk-works.md": "---\nname: Zonk Works\nformerly: [zonk]\n---\n",
}


class Host(NamedTuple):
    """A site that stands somewhere: the address of its front page, and its files."""

    address: str
    folder: Path


@pytest.fixture(scope="module", params=["/", "/news/"])
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A site at the root of an nginx or below it, which was told of it by the site's own snippet."""
    where, port = tmp_path_factory.mktemp("host"), free_port()
    address = f"http://127.0.0.1:{port}{request.param}"
    site = Site(where / "site").write(
        {**ARTICLES, "config.yaml": f"title: T\nbase_url: {address}\nsearch: pagefind\nhost: nginx\n"}
    )
    output = where / "web" / request.param.strip("/")
    ok(site.build("-o", str(output)))
    ok(site.run("check", "-o", str(output), "--strict"))
    with nginx(where / "nginx", where / "web", port, f'include "{output}/nginx.conf";'):
        yield Host(address, output)


def test_every_answer_carries_the_headers_of_safety(host: Host) -> None:
    asset = next((host.folder / "static").glob("style-*.css")).name
    for path in ("", "articles/one/", "feed.xml", f"static/{asset}", "no/such/page", "pagefind/pagefind.js"):
        answer = ask(host.address + path)
        for name, value in HEADERS.items():
            assert answer.headers[name.lower()] == value, path
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; ")
        assert policy.endswith("; frame-ancestors 'none'")


def test_the_policy_of_the_host_holds_all_that_pages_carry(host: Host) -> None:
    told = set(ask(host.address).headers["content-security-policy"].replace(" 'wasm-unsafe-eval'", "").split("; "))
    page = (host.folder / "index.html").read_text("utf-8")
    carried = page.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
    assert set(carried.split("; ")) == told - {"frame-ancestors 'none'"}
    search = (host.folder / "search/index.html").read_text("utf-8")
    assert "'wasm-unsafe-eval'" in search.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]


@pytest.mark.parametrize(
    ("path", "kind", "kept"),
    [
        ("", "text/html; charset=utf-8", "public, max-age=0, must-revalidate"),
        ("feed.xml", "application/rss+xml", "public, max-age=300"),
        ("companies/google/feed.xml", "application/rss+xml", "public, max-age=300"),
        ("languages/ar/atom.xml", "application/atom+xml", "public, max-age=300"),
        ("feed.json", "application/feed+json", "public, max-age=300"),
        ("feeds.opml", "text/x-opml", "public, max-age=300"),
        ("site.webmanifest", "application/manifest+json", "public, max-age=0, must-revalidate"),
        ("pagefind/wasm.unknown.pagefind", "application/octet-stream", "public, max-age=0, must-revalidate"),
    ],
)
def test_files_are_served_by_their_kind(host: Host, path: str, kind: str, kept: str) -> None:
    answer = ask(host.address + path)
    assert (answer.status, answer.body) == (200, (host.folder / (path or "index.html")).read_bytes())
    assert (answer.headers["content-type"].replace("; charset=utf-8", "")) == kind.replace("; charset=utf-8", "")
    assert ("charset=utf-8" in answer.headers["content-type"]) or not kind.endswith("utf-8")
    assert answer.headers["cache-control"] == kept


def test_what_holds_its_hash_in_its_name_is_kept_for_a_year(host: Host) -> None:
    hashed = [*(host.folder / "static").iterdir(), *(host.folder / "pagefind/fragment").iterdir()]
    assert len(hashed) > 4
    for file in hashed:
        answer = ask(host.address + file.relative_to(host.folder).as_posix())
        assert (answer.status, answer.headers["cache-control"]) == (200, YEAR)


@pytest.mark.parametrize(
    "path", ["nothing", "a/b/c/nothing.html", "articles/", "static/none.css", "nginx.conf", ".pressfold.json"]
)
def test_what_is_not_there_is_answered_by_the_page_for_it(host: Host, path: str) -> None:
    answer = ask(host.address + path)
    assert (answer.status, answer.body) == (404, (host.folder / "404.html").read_bytes())
    assert answer.headers["cache-control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize("old", ["old/one/", "articles/Former_1.html/"])
def test_an_old_address_redirects_for_good(host: Host, old: str) -> None:
    answer = ask(host.address + old)
    root = "/" + host.address.split("/", 3)[3]
    assert (answer.status, answer.headers["location"]) == (301, f"{root}articles/one/")
    assert (host.folder / old / "index.html").is_file()  # for other hosts


@pytest.mark.parametrize("below", ["", "2026-01/", "feed.xml", "card.png"])
def test_what_lies_below_an_old_address_redirects_too(host: Host, below: str) -> None:
    answer = ask(f"{host.address}companies/zonk/{below}")
    root = "/" + host.address.split("/", 3)[3]
    assert (answer.status, answer.headers["location"]) == (301, f"{root}companies/zonk-works/{below}")


def test_every_link_holds_from_the_front_page_on(host: Host) -> None:
    found = walk(host.address)
    assert {address for address, status in found.items() if status != 200} == set()
    assert host.address + "articles/two/" in found
    assert len(found) > 30


@pytest.mark.browser
@pytest.mark.parametrize("path", ["nothing", "a/b/c/d/nothing.html"])
def test_the_page_for_what_is_not_there_works_at_any_depth(host: Host, browser: Any, path: str) -> None:
    page = browser.new_page()
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.on("console", lambda said: failed.append(said.text) if "policy" in said.text.lower() else None)
    assert page.goto(host.address + path).status == 404
    links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    assert failed == [host.address + path]
    assert page.evaluate("document.styleSheets.length") > 0
    page.close()
    assert len(links) > 5
    assert {ask(link.partition("#")[0]).status for link in links if not link.endswith("#main")} == {200}


@pytest.mark.browser
def test_the_search_runs_under_the_policy_of_the_host(host: Host, browser: Any) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{host.address}search/?q=one")
    page.wait_for_selector("#results li", timeout=20_000)
    assert "One" in page.inner_text("#results")
    assert said == []
    page.close()


@pytest.fixture(scope="module")
def anywhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """One output, served below three paths that it knows nothing of."""
    where, port = tmp_path_factory.mktemp("anywhere"), free_port()
    site = Site(where / "site").write({**ARTICLES, "config.yaml": "title: T\nbase_url: https://digest.example/x/\n"})
    ok(site.build())
    paths = ["", "news", "a/much deeper/path"]
    for path in paths:
        shutil.copytree(site.output, where / "web" / path, dirs_exist_ok=True)
    with nginx(where / "nginx", where / "web", port) as address:
        yield [f"{address}/{path}/".replace(" ", "%20").replace("//", "/").replace(":/", "://") for path in paths]


def test_the_same_output_works_at_any_path(anywhere: list[str]) -> None:
    walked = [walk(front) for front in anywhere]
    for front, found in zip(anywhere, walked, strict=True):
        assert {address for address, status in found.items() if status != 200} == set()
        assert all(address.startswith(front) for address in found)  # nothing leads out of it
    names = [{address.removeprefix(front) for address in found} for front, found in zip(anywhere, walked, strict=True)]
    assert names[0] == names[1] == names[2]
    assert len(names[0]) > 30


@pytest.mark.browser
def test_a_browser_finds_style_and_pages_at_any_path(anywhere: list[str], browser: Any) -> None:
    for front in anywhere:
        page = browser.new_page()
        failed: list[str] = []
        page.on("response", lambda answer, failed=failed: failed.append(answer.url) if answer.status >= 400 else None)
        page.goto(front)
        page.click("main a[href*='articles/one']")
        page.wait_for_url(f"{front}articles/one/")
        page.click("main >> text=two")
        page.wait_for_url(f"{front}articles/two/")  # and until all that it asks for is there
        assert page.evaluate("document.styleSheets[0].cssRules.length") > 10
        assert failed == []
        page.close()
