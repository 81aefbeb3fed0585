"""`pressfold fetch` and `pressfold import URL`, through the real command."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import NOW, PROJECT, Site, ok, told
from tests.fetch.serving import certificate, said, serving

TEXT = (
    "Workers at Microsoft ask for an end to a contract\n\n"
    + "The letter that they wrote says why, in many words. " * 12
)


def rss(*titles: str) -> bytes:
    """A feed with some items."""
    items = "".join(
        f"<item><title>{title}</title><guid>urn:{title}</guid><description>{TEXT}</description></item>"
        for title in titles
    )
    return f"<rss version='2.0'><channel><title>What the feed calls itself</title>{items}</channel></rss>".encode()


RSS = rss("Workers at Google ask for an end to a contract")


def sources(**feeds: str) -> str:
    """A file of sources."""
    return "".join(f"{name}:\n  feed: {url}\n" for name, url in feeds.items())


def test_sources_are_fetched_and_what_is_new_is_imported(site: Site) -> None:
    with serving({"/1": said(RSS, etag='"1"'), "/2": said(status="404 Not Found")}) as host:
        site.write(
            {
                "content/inbox/letter.txt": TEXT,
                "content/sources.yaml": sources(Agency=host.url("/1"), Other=host.url("/2", "localhost")),
            }
        )
        result = site.run("fetch", "--allow-local")
    assert result.code == 0
    lines = told(result).splitlines()
    assert lines[0] == "Agency: new, 1 KB -> inbox/fetched/agency.xml"
    assert any(line.startswith("inbox/letter.txt -> content/articles/") for line in lines)
    assert f"Other: not fetched: answers 404 Not Found ({host.url('/2', 'localhost')})\n" in result.err
    assert (site.root / "content/inbox/fetched/agency.xml").read_bytes() == RSS
    assert len(site.articles()) == 2


def test_item_is_imported_once_and_as_what_is_said_of_its_source(site: Site) -> None:
    one, two = "Workers at Google write a letter", "Chips for a ministry come from Nvidia"
    with serving({"/1": [said(rss(one)), said(rss(two, one))]}) as host:
        site.write({"content/sources.yaml": sources(Agency=host.url("/1")) + "  body: link\n"})
        ok(site.run("fetch", "--allow-local"))
        result = ok(site.run("fetch", "--allow-local"))
    assert told(result).startswith("Agency: changed, ")
    assert "\n1 imported, " in result.out
    ok(site.build())
    for article in site.articles():
        assert "source: {name: Agency" in article.read_text("utf-8")
        assert "in many words" not in site.page(f"articles/{article.stem}/index.html")
    assert len(site.articles()) == 2


def test_run_with_nothing_new_writes_nothing(site: Site) -> None:
    with serving({"/1": [said(RSS, etag='"1"'), said(status="304 Not Modified")]}) as host:
        site.write({"content/inbox/letter.txt": TEXT, "content/sources.yaml": sources(Agency=host.url("/1"))})
        site.run("fetch", "--allow-local")
        before = site.tree("content"), site.tree(".pressfold")["fetched.json"]
        result = site.run("fetch", "--allow-local", "agency")
        assert result.code == 0
        assert told(result).startswith("Agency: unchanged\n0 imported, ")
        assert site.run("fetch", "--allow-local", "-q").out == ""
    assert (site.tree("content"), site.tree(".pressfold")["fetched.json"]) == before
    agents = {one.headers["User-Agent"] for one in host.asked}
    assert len(agents) == 1
    assert agents.pop().endswith(" (+https://digest.example/news/)")


def test_host_is_asked_over_tls_with_the_certificates_of_the_system(site: Site, tmp_path: Path) -> None:
    pem = certificate(tmp_path, "localhost")
    with serving({"/1": said(RSS)}, tls=pem) as host:
        site.write({"content/sources.yaml": sources(Agency=host.url("/1", "localhost"))})
        refused = site.run("fetch", "--allow-local")
        result = site.run("fetch", "--allow-local", environment={"SSL_CERT_FILE": str(pem)})
    assert "Agency: not fetched: its certificate does not count: self-signed certificate" in refused.err
    assert result.out.startswith("Agency: new")


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_run_is_stopped_though_a_host_says_nothing(site: Site) -> None:
    with serving({"/1": lambda _: time.sleep(10)}) as host:
        site.write({"content/sources.yaml": sources(Agency=host.url("/1"))})
        command = [sys.executable, "-m", "pressfold", "fetch", "--site", str(site.root), "--allow-local"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, cwd=PROJECT) as run:
            while not host.paths:
                time.sleep(0.01)
            start = time.monotonic()
            run.send_signal(signal.SIGINT)
            run.wait(5)
            assert time.monotonic() - start < 2
        assert run.returncode == 130


def test_it_fails_when_all_fail_or_any_may_not(site: Site) -> None:
    with serving({"/1": said(RSS)}) as host:
        site.write({"content/sources.yaml": sources(Agency=host.url("/1"), Other=host.url("/2", "localhost"))})
        assert site.run("fetch", "--allow-local").code == 0
        assert site.run("fetch", "--allow-local", "--strict").code == 1
        failed = site.run("fetch", "--allow-local", "Other")
    assert failed.code == 1
    assert failed.err.count("Other: not fetched: answers 404 Not Found (") == failed.err.count("Other: ") == 1


def test_program_is_told_all_of_it(site: Site) -> None:
    with serving({"/1": said(RSS)}) as host:
        site.write({"content/sources.yaml": sources(Agency=host.url("/1"), Other="http://127.0.0.1:1/")})
        result = site.run("fetch", "--json")
    assert result.code == 1
    reason = "127.0.0.1 is no public address; --allow-local permits it"
    assert [(one["name"], one["state"], one["reason"]) for one in result.json["fetched"]] == [
        ("Agency", "failed", reason),
        ("Other", "failed", reason),
    ]
    assert [one["path"] for one in result.json["problems"]] == ["Agency", "Other"]
    assert result.json["imported"] == []
    assert host.asked == []


WHERE = "write them in config.yaml under sources:, or in content/sources.yaml or content/sources.opml"
AGENCY = "Agency: {feed: 'https://a.example/'}\n"


@pytest.mark.parametrize(
    ("file", "text", "name", "said"),
    [
        ("README.md", "", "", f"config.yaml: no source has a feed ({WHERE})"),
        ("sources.yaml", "A: {fed: x}", "", "content/sources.yaml:1: unknown key 'A.fed' (did you mean 'feed'?)"),
        ("sources.yaml", AGENCY, "Agancy", "Agancy: there is no such source (did you mean 'Agency'?)"),
        ("sources.opml", "<opml>", "", "content/sources.opml:1: no XML: no element found (export it anew)"),
    ],
)
def test_what_is_wrong_with_the_sources_is_said(site: Site, file: str, text: str, name: str, said: str) -> None:
    result = site.write({f"content/{file}": text}).run("fetch", *([name] if name else []))
    assert (result.code, result.out, result.err) == (1, "", f"{said}\n")


def test_sources_of_either_file_count_in_import_and_build(site: Site) -> None:
    site.write({"content/inbox/letter.md": f"---\nsource: {{name: Agency}}\n---\n# A letter of workers\n\n{TEXT}"})
    site.write({"content/sources.yaml": "Agency: {body: link, translated: machine}\n"})
    ok(site.build())
    (article,) = site.articles()
    page = site.page(f"articles/{article.stem}/index.html")
    assert "translated: machine" in article.read_text("utf-8")
    assert "in many words" not in page
    site.write({"content/sources.yaml": "Agency: {body: full}\n"})
    ok(site.build())
    assert "in many words" in site.page(f"articles/{article.stem}/index.html")
    site.write({"content/sources.yaml": "Agency: {body: half}\n"})
    assert site.build().err.startswith("content/sources.yaml:1: 'Agency.body' is 'half'")


# Addresses.


def test_address_is_imported_as_the_page_that_it_leads_to(site: Site) -> None:
    with serving({"/news/letter": said(TEXT.encode("utf-8"), content_type="text/plain; charset=utf-8")}) as host:
        gone = host.url("/gone", "localhost")
        result = site.run("import", "--allow-local", host.url("/news/letter"), gone, "ftp://example.org/a")
    assert result.code == 1
    assert result.err.splitlines() == [
        f"{gone}: not fetched: answers 404 Not Found",
        "ftp://example.org/a: not fetched: 'ftp://example.org/a' is no http(s) address",
    ]
    assert result.out.startswith("inbox/127-0-0-1-")
    assert len(site.articles()) == 1


def test_address_of_this_machine_is_not_imported_unless_it_may_be(site: Site) -> None:
    with serving({"/": said(TEXT.encode())}) as host:
        result = site.run("import", host.url())
        assert (result.code, host.asked) == (1, [])
    assert result.err == f"{host.url()}: not fetched: 127.0.0.1 is no public address; --allow-local permits it\n"


def test_page_that_changed_makes_its_article_anew(site: Site) -> None:
    with serving({"/": [said(TEXT.encode()), said(TEXT.replace("many", "other").encode())]}) as host:
        for _ in range(2):
            later = Site(site.root, NOW + 60)
            ok(later.run("import", "--allow-local", host.url()))
    (article,) = site.articles()
    assert "in other words" in article.read_text("utf-8")
