"""What hosts are told, by the host: which files, what stands in them, and that a build keeps them up to date."""

import pytest

from pressfold.host import HOSTS, KNOWN
from pressfold.served import KINDS, OTHERS, YEAR, kind_of
from tests.conftest import CONFIG, Site, article, ok

FILES = ("_headers", "_redirects", "nginx.conf", ".nojekyll")
OLD = article("One", redirects="[old/one/]")


def told(site: Site) -> dict[str, str]:
    """The files for hosts that the output holds."""
    return {name: site.page(name) for name in FILES if (site.output / name).exists()}


def config(host: str) -> str:
    return f"{CONFIG}host: {host}\n"


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_gets_the_files_that_it_reads(site: Site, host: str) -> None:
    site.write({"config.yaml": config(host), "content/articles/2026/01/one.md": OLD})
    ok(site.build())
    assert sorted(told(site)) == sorted(KNOWN[host].reads if host != "any" else ())  # type: ignore[index]
    assert (site.output / "old/one/index.html").is_file()  # whatever the host
    ok(site.run("check", "--strict"))


def test_a_host_that_nobody_knows_is_a_problem(site: Site) -> None:
    said = site.write({"config.yaml": config("cloudfare")}).build()
    assert said.code == 1
    assert "config.yaml:4: 'host' is 'cloudfare' (one of: any, bucket, cloudflare, github, " in said.err


def test_netlify_must_be_told_to_redirect_from_where_a_page_stands(site: Site) -> None:
    lines = {}
    for host in ("cloudflare", "netlify"):
        ok(site.write({"config.yaml": config(host), "content/articles/2026/01/one.md": OLD}).build())
        lines[host] = site.page("_redirects")
    assert lines["cloudflare"] == "/news/old/one/ /news/articles/one/ 301\n"
    assert lines["netlify"] == "/news/old/one/ /news/articles/one/ 301!\n"


def test_headers_stay_within_what_hosts_take(site: Site) -> None:
    ok(site.write({"config.yaml": config("cloudflare") + "search: pagefind\n"}).build())
    lines = site.page("_headers").splitlines()
    rules = [line for line in lines if line.startswith("/")]
    assert len(rules) <= 100
    assert max(map(len, lines)) <= 2000
    assert all(rule.count("*") == 1 and rule.startswith("/news/") for rule in rules)
    assert all(line.startswith("  ") and ": " in line for line in lines if line and line not in rules)


def test_no_header_stands_in_two_rules_that_match_one_file(site: Site) -> None:
    """Cloudflare would join their values with a comma."""
    ok(site.write({"config.yaml": config("cloudflare"), "content/articles/2026/01/one.md": OLD}).build())
    rules = [block.splitlines() for block in site.page("_headers").strip().split("\n\n")]
    for path in site.tree():
        before, after = "", ""
        names: list[str] = []
        for pattern, *headers in rules:
            before, _, after = pattern.removeprefix("/news/").partition("*")
            if path.startswith(before) and path.endswith(after):
                names += [header.split(":")[0].strip() for header in headers]
        assert len(names) == len(set(names)), path


def test_what_a_host_is_told_follows_the_articles(site: Site) -> None:
    site.write({"config.yaml": config("nginx"), "content/articles/2026/01/one.md": OLD})
    site.write({"content/articles/2026/01/two.md": article("Two")})
    ok(site.build())
    for text in (article("Two", redirects="[old/two/, old/second/]"), article("Two", redirects="[old/two/]", draft="true"),
                 article("Two", redirects="[old/two/]"), article("Two")):  # fmt: skip
        ok(site.write({"content/articles/2026/01/two.md": text}).build())
        out = [old for old in ("old/two/", "old/second/") if old in text and "draft" not in text]
        assert [
            old for old in ("old/two/", "old/second/") if f"location = /news/{old} " in site.page("nginx.conf")
        ] == out
        before = site.tree()
        assert ", 0 written, " in ok(site.build("--no-cache")).out
        assert site.tree() == before
    (site.root / "content/articles/2026/01/one.md").unlink()
    ok(site.build())
    assert "location = " not in site.page("nginx.conf")


def test_a_company_that_had_another_slug_is_moved_with_all_that_is_below_it(site: Site) -> None:
    company = "---\nname: Zonk Works\nformerly: [zonk]\n---\n"
    site.write({"content/companies/zonk-works.md": company, "config.yaml": config("netlify")})
    ok(site.build())
    assert "_redirects" not in told(site)
    ok(site.write({"content/articles/2026/01/one.md": article("One", companies="[zonk-works]")}).build())
    assert site.page("_redirects") == "/news/companies/zonk/* /news/companies/zonk-works/:splat 301!\n"
    assert (site.output / "companies/zonk/feed.xml").is_file()
    ok(site.run("check", "--strict"))
    assert ", 0 written, " in ok(site.build("--no-cache")).out


def test_an_article_without_old_addresses_touches_nothing_of_it(site: Site) -> None:
    site.write({"config.yaml": config("cloudflare"), "content/articles/2026/01/one.md": OLD})
    ok(site.build())
    before = {name: (site.output / name).stat().st_mtime_ns for name in told(site)}
    ok(site.write({"content/articles/2026/01/two.md": article("Two")}).build())
    assert {name: (site.output / name).stat().st_mtime_ns for name in told(site)} == before


def test_more_redirects_than_a_host_takes_stay_pages(site: Site) -> None:
    old = ", ".join(f"old/{number:04}/" for number in range(2005))
    ok(
        site.write(
            {
                "config.yaml": config("cloudflare"),
                "content/articles/2026/01/one.md": article("One", redirects=f"[{old}]"),
            }
        ).build()
    )
    assert site.page("_redirects").count("\n") == 2000
    assert (site.output / "old/2004/index.html").is_file()


@pytest.mark.parametrize(
    ("path", "cache", "type_"),
    [
        ("index.html", OTHERS.cache, ""),
        ("static/style-0123456789.css", YEAR, ""),
        ("pagefind/fragment/en_1.pf_fragment", YEAR, ""),
        ("pagefind/pagefind.js", OTHERS.cache, ""),
        ("companies/google/atom.xml", "public, max-age=300", "application/atom+xml"),
        ("site.webmanifest", OTHERS.cache, "application/manifest+json"),
    ],
)
def test_how_a_file_is_served(path: str, cache: str, type_: str) -> None:
    assert (kind_of(path).cache, kind_of(path).type) == (cache, type_)


def test_every_kind_is_told_by_one_mark() -> None:
    assert all(bool(kind.below) != bool(kind.ending) for kind in KINDS)
