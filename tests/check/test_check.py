"""The audit through the real command: a site as it was built is right, and each thing that is broken in it is told."""

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pressfold.check import run
from pressfold.config import load
from pressfold.options import Options
from pressfold.output.manifest import MANIFEST
from pressfold.survey import digest
from tests.conftest import CONFIG, Site, article, ok

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
WORDS = "See [two](two.md), [the picture](../../../media/p.png) and [the web](https://paper.example/x)."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of two articles with all kinds of pages, built."""
    site = Site(tmp_path_factory.mktemp("check") / "site")
    site.write(
        {
            "config.yaml": CONFIG + "cards: true\n",
            "content/articles/2026/01/one.md": article("One", companies="[google]", body=WORDS, redirects="[old/one/]"),
            "content/articles/2026/01/two.md": article("Two", companies="[google]", lang="ar"),
            "content/media/p.png": PNG,
            "content/media/page.html": "<p>a page of somebody else's",
        }
    )
    ok(site.build())
    return site


@pytest.fixture
def copy(built: Site, tmp_path: Path) -> Iterator[Site]:
    """The same site, to be broken."""
    shutil.copytree(built.root, tmp_path / "site", ignore=shutil.ignore_patterns(".pressfold"))
    yield Site(tmp_path / "site")


def change(site: Site, path: str, old: str, new: str) -> None:
    """Change a file of the output, and the list of its files with it: as if a layout had written it so."""
    place = site.output / path
    text = place.read_text("utf-8")
    assert old in text
    place.write_text(text.replace(old, new, 1), "utf-8")
    listed = json.loads((site.output / MANIFEST).read_text("utf-8"))
    listed["files"][path] = digest(place.read_bytes())
    (site.output / MANIFEST).write_text(json.dumps(listed), "utf-8")


def test_a_site_as_it_was_built_is_right(built: Site) -> None:
    before = built.tree()
    said = ok(built.run("check", "--strict"))
    assert f"{len(before) - 1} files checked, 0 problems, 0 warnings in " in said.out
    assert built.tree() == before


def test_a_preview_for_another_address_is_right_by_that_address(built: Site, tmp_path: Path) -> None:
    other = tmp_path / "out"
    ok(built.build("-o", str(other), "--base-url", "https://other.example/a/b/"))
    ok(built.run("check", "-o", str(other), "--base-url", "https://other.example/a/b/", "--strict"))
    said = built.run("check", "-o", str(other))
    assert said.code == 1
    assert "index.html: was built for https://other.example/a/b/, not for https://digest.example/news/ (" in said.err
    ok(built.build())


PAGE, FEED = "articles/one/index.html", "companies/google/feed.xml"
BREAKS = [
    (PAGE, 'href="../../articles/two/"', 'href="../../articles/tow/"', "links to articles/tow/, which is not there"),
    (PAGE, 'href="#main"', 'href="#mian"', "links to #mian, which is not on the page"),
    (PAGE, 'href="../../articles/two/"', 'href="../../articles/two/#mian"', "links to #mian, which is not on articles/two/"),
    (PAGE, "../../media/p.png", "../../media/q.png", "links to media/q.png, which is not there"),
    (PAGE, ' lang="en"', "", "says no language"),
    (PAGE, "<title>One", "<title></title><desc>", "has no title"),
    (PAGE, "<h1", "<h2", "has 0 first headings"),
    (PAGE, "<main", '<h1 id="main">Twice</h1><main', "has the id 'main' 2 times"),
    (PAGE, "</head>", '<script src="https://cdn.example/x.js"></script></head>', "asks another host, cdn.example"),
    (PAGE, "</main>", "<img src=//cdn.example/p.png alt></main>", "asks another host, cdn.example"),
    (PAGE, "</main>", "<img srcset='../../no.png 2x' alt></main>", "links to no.png, which is not there"),
    (PAGE, "</head>", "<script>alert(1)</script></head>", "has an inline script, which its own policy forbids"),
    (PAGE, "</main>", "<p onclick='x()'>a</p></main>", "has an inline script, which its own policy forbids"),
    (PAGE, "</main>", "<p style='color: red'>a</p></main>", "has an inline style, which its own policy forbids"),
    ("404.html", "https://digest.example/news/companies/", "companies/", "'companies/' is relative"),
    ("old/one/index.html", 'url=../../articles/one/"', 'url=../../articles/en/"', "links to articles/en/, which"),
    (FEED, "<title>One</title>", "<title>One & two</title>", "is no XML: "),
    (FEED, "<title>One</title>", "<title>One &#8;</title>", "is no XML: "),
    (FEED, ">urn:test:one<", ">urn:test:two<", "has the id urn:test:two 2 times"),
    (FEED, ">urn:test:one<", ">urn:test:new<", "gives articles/one/ the id urn:test:new, not its article's urn:test:one"),
    (FEED, "articles/one/<", "articles/en/<", "has an entry of articles/en/, which is no article of content/"),
    (FEED, "google/feed.xml", "feed.xml", "names https://digest.example/news/companies/feed.xml as its own, not "),
    ("atom.xml", "<entry", "<entri", "is no XML: "),
    ("atom.xml", ">urn:test:one<", "><", "gives articles/one/ no id"),
    ("atom.xml", "articles/one/", "articles/no/", "links to articles/no/, which is not there"),
    ("feed.json", '"id": "urn:test:one"', '"id": "urn:test:1"', "gives articles/one/ the id urn:test:1"),
    ("feed.json", "{", "{,", "is no JSON: "),
    ("feed.json", '<a href=\\"https://digest.example/news/', '<a href=\\"/', "links to '/articles/two/' in a text"),
    ("feed.json", "/version/1.1", "", "is no JSON Feed"),
    ("sitemap.xml", "articles/one/", "articles/en/", "links to articles/en/, which is not there"),
    ("sitemap.xml", "</loc>", "", "is no XML: "),
    ("feeds.opml", "google/feed.xml", "gogle/feed.xml", "links to companies/gogle/feed.xml, which is not there"),
    ("site.webmanifest", '"src": "', '"src": "x', "which is not there"),
    ("robots.txt", "sitemap.xml", "map.xml", "links to map.xml, which is not there"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "message"), BREAKS)
def test_what_is_broken_is_told(copy: Site, path: str, old: str, new: str, message: str) -> None:
    change(copy, path, old, new)
    audit = run(Options(root=copy.root, now=dt.datetime.now(dt.UTC), jobs=1), load(CONFIG))
    said = [str(one) for one in audit.wrong]
    told = [line for line in said if line.startswith(f"output/{path}") and message in line]
    assert told, said
    assert told[0].endswith(")")  # there is a hint


def test_a_line_is_that_of_the_element(copy: Site) -> None:
    change(copy, PAGE, "</main>", '\n\n<a href="../../nowhere/">x</a></main>')
    line = copy.page(PAGE).split("../../nowhere/")[0].count("\n") + 1
    assert f"output/{PAGE}:{line}: links to nowhere/, which is not there" in copy.run("check").err


def test_a_page_without_a_policy_is_a_warning(copy: Site) -> None:
    change(copy, PAGE, 'http-equiv="Content-Security-Policy"', 'name="nothing"')
    said = copy.run("check")
    assert (said.code, said.err.count("\n")) == (0, 1)
    assert f"output/{PAGE}: carries no policy (" in said.err
    assert copy.run("check", "--strict").code == 1


def test_files_are_compared_with_the_list_of_them(copy: Site) -> None:
    (copy.output / "about/index.html").unlink()
    (copy.output / "media/p.png").write_bytes(b"another")
    copy.write({"output/CNAME": "digest.example\n"})
    said = copy.run("check")
    assert said.code == 1
    assert said.err.splitlines() == [
        "output/CNAME: was not made by the build (builds keep it, but nothing else knows of it)",
        "output/about/index.html: is not there, though a build wrote it (run pressfold build --no-cache)",
        "output/media/p.png: is not as the build wrote it (run pressfold build --no-cache)",
    ]


def test_what_many_files_share_is_said_of_a_few(copy: Site) -> None:
    pages = [path.relative_to(copy.output).as_posix() for path in sorted(copy.output.rglob("index.html"))]
    broken = [page for page in pages if 'href="#main"' in copy.page(page)]
    for page in broken:
        change(copy, page, 'href="#main"', 'href="#mian"')
    said = copy.run("check")
    assert said.err.count("\n") == 3
    assert said.err.rstrip().endswith(f"; the same in {len(broken) - 3} more files")
    data = copy.run("check", "--json").json
    assert data["counts"]["problems"] == 3
    assert [one["more"] for one in data["findings"]] == [0, 0, len(broken) - 3]


def test_where_no_build_has_written_there_is_nothing_to_check(site: Site) -> None:
    said = site.run("check")
    assert (said.code, said.err) == (
        1,
        "output: no build has written here (run pressfold build, or name the folder with --output)\n",
    )


def test_a_build_that_was_stopped_is_told(copy: Site) -> None:
    copy.write({"output/.pressfold-stage/journal.json": '{"early": [], "first": [], "gone": []}'})
    said = copy.run("check")
    assert said.code == 1
    assert said.err == "output: a build was stopped as it wrote here (run pressfold build: it finishes that first)\n"


def test_an_output_older_than_its_content_is_told(copy: Site) -> None:
    ok(copy.build())
    ok(copy.run("check", "--strict"))
    copy.write({"content/articles/2026/01/three.md": article("Three")})
    said = copy.run("check")
    assert (said.code, said.err) == (0, "output: is older than what it is made of (run pressfold build)\n")


def test_an_id_that_was_published_may_not_change(copy: Site, tmp_path: Path) -> None:
    before = tmp_path / "published"
    shutil.copytree(copy.output, before)
    ok(copy.run("check", "--against", str(before)))
    path = copy.root / "content/articles/2026/01/one.md"
    path.write_text(path.read_text("utf-8").replace("urn:test:one", "urn:test:anew"), "utf-8")
    ok(copy.build("--base-url", "https://moved.example/"))
    said = copy.run("check", "--base-url", "https://moved.example/", "--against", str(before))
    assert said.code == 1
    assert "output/feed.xml:" in said.err
    assert "gives articles/one/ another id than was published, urn:test:one (" in said.err


def test_a_site_that_is_compared_with_nothing_is_told(copy: Site, tmp_path: Path) -> None:
    said = copy.run("check", "--against", str(tmp_path))
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert f"output: is compared with {tmp_path}, where no site is (" in said.err


def test_a_list_that_leads_out_of_the_output_is_not_followed(copy: Site) -> None:
    listed = json.loads((copy.output / MANIFEST).read_text("utf-8"))
    listed["files"]["../config.yaml"] = digest((copy.root / "config.yaml").read_bytes())
    (copy.output / MANIFEST).write_text(json.dumps(listed), "utf-8")
    said = copy.run("check")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "output/.pressfold.json: lists '../config.yaml', which is no place in the output (" in said.err


def test_some_files_can_be_checked_alone(copy: Site) -> None:
    change(copy, PAGE, 'href="#main"', 'href="#mian"')
    change(copy, "about/index.html", 'href="#main"', 'href="#mian"')
    options = Options(root=copy.root, now=dt.datetime.now(dt.UTC), jobs=1)
    audit = run(options, load(CONFIG), only={PAGE, "feed.xml"})
    assert (audit.files, [one.problem.path for one in audit.wrong]) == (2, [f"output/{PAGE}"])


def test_all_ways_of_working_find_the_same(copy: Site) -> None:
    change(copy, PAGE, 'href="../../articles/two/"', 'href="../../articles/tow/"')
    one, two = (copy.run("check", "--json", "--jobs", jobs).json for jobs in ("1", "2"))
    assert one == two
