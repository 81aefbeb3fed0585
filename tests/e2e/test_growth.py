"""What a build writes follows the change, not the archive: as many files of the same kinds on a small site and a large."""

import re
from pathlib import Path

import pytest

from tests.conftest import CONFIG, Site, article, ok
from tests.e2e.running import COMPANIES, TORTURE, times

MONTH = 100  # articles a month
SMALL = 200
LARGE = 20_000 if TORTURE else 2_000
LANGUAGES = ("en", "de", "pl")
NEW = "content/articles/2026/01/a-new-one.md"
FEEDS = ("feed.xml", "atom.xml", "feed.json")


def archive(site: Site, count: int) -> Site:
    """A site of so many articles, in months that end with January 2026."""
    site.write({"config.yaml": CONFIG})
    for number in range(count):
        past, place = divmod(number, MONTH)
        year, month = 2026 - (past + 11) // 12, 12 - (past - 1) % 12 if past else 1
        day = f"{year}-{month:02}-{28 - place * 28 // MONTH:02}"
        folder = site.root / f"content/articles/{year}/{month:02}"
        folder.mkdir(parents=True, exist_ok=True)
        words = article(
            f"Article {number}",
            date=day,
            added=f"{day}T08:{place % 60:02}:00Z",
            lang=LANGUAGES[number % 3],
            companies=f"[{COMPANIES[number % 4]}]",
            body=f"What article {number} says of a company and its workers.\n\n" + "More words stand here. " * 20,
        )
        (folder / f"a-{number}.md").write_text(words, "utf-8")
    return site


def changed(site: Site, before: dict[str, int]) -> dict[str, int]:
    """The files of the output that were written since, with their sizes."""
    now = times(site.output)
    names = [name for name, when in now.items() if before.get(name) != when]
    files = {Path(name).relative_to(site.output).as_posix(): Path(name).stat().st_size for name in names}
    return {name: size for name, size in files.items() if name != ".pressfold.json"}


def kinds(files: dict[str, int]) -> list[str]:
    """What files are, without the month that a sitemap is of."""
    return sorted(re.sub(r"^sitemap-\d{4}-\d\d\.xml$", "sitemap.xml", name) for name in files)


@pytest.fixture(scope="module", params=[SMALL, LARGE])
def grown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site, small or large, built."""
    site = archive(Site(tmp_path_factory.mktemp("grown") / "site"), request.param)
    ok(site.build("-j2"))
    return site


EXPECTED = sorted(
    [
        "articles/a-new-one/index.html",
        "companies/google/index.html",
        "companies/google/2026-01/index.html",
        *(f"companies/google/{name}" for name in FEEDS),
        "languages/en/index.html",
        "languages/en/2026-01/index.html",
        *(f"languages/en/{name}" for name in FEEDS),
        "archive/2026-01/index.html",
        "companies/index.html",
        "index.html",
        *FEEDS,
        "sitemap.xml",
    ]
)


def is_clean(site: Site) -> None:
    """Assert that the output is what a build without any memory makes of it: nothing is written over."""
    before = site.tree()
    assert ", 0 written, " in ok(site.build("--no-cache")).out
    assert site.tree() == before


def test_a_new_article_writes_the_pages_that_show_it_and_no_other(grown: Site) -> None:
    before = times(grown.output)
    words = article(
        "A new one", date="2026-01-29", added="2026-01-29T08:00:00Z", companies="[google]", body="New words. " * 50
    )
    said = ok(grown.write({NEW: words}).build())
    files = changed(grown, before)
    assert kinds(files) == EXPECTED
    assert f", {len(EXPECTED)} written, " in said.out
    assert ", 0 deleted, " in said.out
    SIZES[len(grown.articles())] = sum(files.values())


SIZES: dict[int, int] = {}  # bytes that the new article cost, by the number of articles


def test_other_words_in_an_article_write_its_page_and_the_feeds_that_carry_it(grown: Site) -> None:
    path = grown.root / NEW
    path.write_text(path.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    before = times(grown.output)
    ok(grown.build())
    feeds = [folder + name for folder in ("", "companies/google/", "languages/en/") for name in FEEDS]
    assert sorted(changed(grown, before)) == sorted(["articles/a-new-one/index.html", *feeds])


def test_other_words_in_an_old_article_write_its_page_and_the_feeds_that_carry_it(grown: Site) -> None:
    name = f"a-{SMALL - 1}"
    path = next(path for path in grown.articles() if path.stem == name)
    carrying = [place for place, data in grown.tree().items() if place.endswith(FEEDS) and f"/{name}/".encode() in data]
    assert not set(carrying) & set(FEEDS)  # no longer in those of the site
    path.write_text(path.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    before = times(grown.output)
    ok(grown.build())
    assert sorted(changed(grown, before)) == sorted([f"articles/{name}/index.html", *carrying])


def test_of_a_deleted_article_no_trace_is_left(grown: Site) -> None:
    assert (grown.output / "articles/a-new-one/index.html").exists()
    (grown.root / NEW).unlink()
    before = times(grown.output)
    said = ok(grown.build())
    assert ", 1 deleted, " in said.out
    assert kinds(changed(grown, before)) == sorted(set(EXPECTED) - {"articles/a-new-one/index.html"})
    assert not (grown.output / "articles/a-new-one").exists()
    traces = [name for name, data in grown.tree().items() if b"a-new-one" in data or b"A new one" in data]
    assert traces == []
    is_clean(grown)


def test_a_new_article_costs_a_large_site_about_as_much_as_a_small_one() -> None:
    small, large = SIZES[SMALL + 1], SIZES[LARGE + 1]
    assert large <= 1.5 * small
