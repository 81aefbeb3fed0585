"""Companies under other slugs than they had: nothing that names the old one breaks, and no subscriber is lost."""

import re

import pytest

from tests.conftest import Site, article, ok

OWN = "---\nname: Acme\n---\n\nOf Acme.\n"


def _ids(site: Site, folder: str) -> list[str]:
    atom, feed = site.page(f"{folder}/atom.xml"), site.page(f"{folder}/feed.json")
    return [*re.findall(r"<id>(.*?)</id>", atom), *re.findall(r'"id": "(.*?)"', feed)]


@pytest.fixture
def digest(site: Site) -> Site:
    """Two articles of the site's own company, in two months."""
    site.write(
        {
            "content/companies/acme.md": OWN,
            "content/articles/2026/01/a.md": article("A", companies="[acme]", date="2026-01-05"),
            "content/articles/2026/01/b.md": article("B", companies="[acme, google]", date="2025-12-05"),
            "content/articles/2026/01/c.md": article("C", companies="[google]", mentions="[acme]"),
        }
    )
    ok(site.build())
    return site


def test_renamed_company_is_found_at_all_its_addresses_and_its_feeds_stay_the_same(digest: Site) -> None:
    before, articles = _ids(digest, "companies/acme"), digest.tree("content/articles")
    months = digest.page("companies/acme/2026-01/index.html")
    assert "Of Acme" in digest.page("companies/acme/index.html")
    ok(digest.run("companies", "rename", "acme", "acme-group"))
    ok(digest.run("companies", "rename", "acme-group", "acme-world"))
    ok(digest.build())
    assert digest.tree("content/articles") == articles
    for old in ("acme", "acme-group"):
        assert "url=../acme-world/" in digest.page(f"companies/{old}/index.html").replace("../../companies/", "../")
        for month in ("2026-01", "2025-12"):
            assert f"acme-world/{month}/" in digest.page(f"companies/{old}/{month}/index.html")
        for file in ("feed.xml", "atom.xml", "feed.json"):
            assert digest.page(f"companies/{old}/{file}") == digest.page(f"companies/acme-world/{file}")
    assert _ids(digest, "companies/acme-world") == before
    assert digest.page("companies/acme-world/2026-01/index.html") == months.replace(
        "companies/acme/", "companies/acme-world/"
    )
    assert "companies/acme/" not in digest.page("sitemap.xml") + digest.page("companies/index.html")
    assert "acme-world/" in digest.page("articles/a/index.html")
    assert "A" in digest.page("companies/acme-world/index.html")


def test_company_that_became_part_of_another_leads_there(digest: Site) -> None:
    before = _ids(digest, "companies/google")[0]
    ok(digest.run("companies", "rename", "acme", "google"))
    ok(digest.build())
    assert _ids(digest, "companies/google")[0] == before
    assert digest.page("companies/acme/atom.xml") == digest.page("companies/google/atom.xml")
    assert "companies/google/" in digest.page("companies/acme/index.html")
    assert "2025-12" in digest.page("companies/google/2025-12/index.html")
    named = [digest.page(f"articles/{name}/index.html").count("companies/google/") for name in "bc"]
    assert named[0] == named[1]  # once, though the file names both


def test_slug_that_the_built_in_list_gave_up_goes_on(site: Site) -> None:
    site.write({"content/articles/2026/01/a.md": article("A", companies="[twitter]", mentions="[statoil, google]")})
    ok(site.build())
    assert "companies/x/" in site.page("articles/a/index.html")
    assert "companies/x/" in site.page("companies/twitter/index.html")
    site.write({"content/companies/twitter.md": "---\nsupport: [Birdwatch]\n---\n\nOurs.\n"})
    ok(site.build())
    assert "Ours" in site.page("companies/x/index.html")


def test_one_slug_for_two_companies_is_named_in_every_build_until_it_is_mended(digest: Site) -> None:
    digest.write({"content/companies/bolt.md": "---\nname: Bolts\nformerly: [acme]\n---\n"})
    said = "content/companies/bolt.md:3: 'acme' has a file of its own, content/companies/acme.md"
    for flags in ((), ("--keep-going",), ()):
        result = digest.build(*flags)
        assert (result.code, said in result.err) == (1, True)
    assert said in digest.run("companies", "add", "Carrow").err
    digest.write({"content/companies/bolt.md": "---\nname: Bolts\n---\n"})
    ok(digest.build())
