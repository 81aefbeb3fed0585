"""`pressfold build`: what is published, what is refused and how it is said, and what is left alone."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CONFIG, PROJECT, Result, Site, article, ok, told

A = "content/articles/2026/01/a-letter.md"
LETTER = (
    "Workers ask Microsoft to drop a contract\n\n"
    "Several hundred workers of Microsoft have asked the company to drop its contract with the agency, a letter says.\n"
)
NOTHING = "nothing was written to the site\n"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of one article, built; to be copied, not changed."""
    made = Site(tmp_path_factory.mktemp("once") / "site")
    ok(made.write({"config.yaml": CONFIG, A: article()}).build())
    return made


@pytest.fixture
def built(site: Site, once: Site) -> Site:
    """A site of one's own with one article, built."""
    shutil.copytree(once.root, site.root, dirs_exist_ok=True)
    return site


def refused(result: Result, *lines: str) -> None:
    """Assert that a command failed with these lines and no other."""
    count = f"{len(lines)} problem{'s' if len(lines) > 1 else ''}; {NOTHING}"
    assert (result.code, result.err, result.out) == (1, "".join(f"{line}\n" for line in lines) + count, "")


def stopped(result: Result, line: str) -> None:
    """Assert that a command failed at once, with this line alone."""
    assert (result.code, result.err, result.out) == (1, f"{line}\n", "")


def times(folder: Path) -> dict[str, int]:
    """When each file below a folder was last written."""
    return {p.as_posix(): p.stat().st_mtime_ns for p in sorted(folder.rglob("*")) if p.is_file()}


def feeds(site: Site, folder: str = "") -> list[str]:
    """The three feeds of a folder."""
    return [site.page(folder + name) for name in ("feed.xml", "atom.xml", "feed.json")]


# What is published.


def test_a_site_without_articles_builds(site: Site) -> None:
    said = ok(site.build())
    assert re.fullmatch(r"0 imported, \d+ written, 0 unchanged, 0 deleted, 0 held back in N s\n", told(said))
    assert {"index.html", "404.html", "about/index.html", "feed.xml", "robots.txt", "sitemap.xml"} <= set(site.tree())


HELD: dict[str, str | bytes] = {
    A: article("Out"),
    "content/articles/2026/01/draft.md": article("Not yet", draft="true"),
    "content/articles/2026/01/future.md": article("Tomorrow", date="2026-02-03"),
    "content/articles/2026/01/both.md": article("Much later", date="2027-01-01", draft="true"),
}


@pytest.mark.parametrize(
    ("flags", "published"),
    [
        ((), {"a-letter"}),
        (("-D",), {"a-letter", "draft"}),
        (("--drafts",), {"a-letter", "draft"}),
        (("-F",), {"a-letter", "future"}),
        (("--drafts", "--future"), {"a-letter", "draft", "future", "both"}),
    ],
)
def test_drafts_and_articles_of_the_future_are_held_back(
    site: Site, flags: tuple[str, ...], published: set[str]
) -> None:
    said = ok(site.write(HELD).build(*flags))
    assert {name.split("/")[1] for name in site.tree() if name.startswith("articles/")} == published
    assert f" {4 - len(published)} held back in " in said.out
    everything = b"".join(site.tree().values()).decode(errors="replace")
    for title, slug in (("Not yet", "draft"), ("Tomorrow", "future"), ("Much later", "both")):
        assert (title in everything) == (slug in published), title


def test_verbose_names_what_is_held_back(site: Site) -> None:
    said = told(ok(site.write(HELD).build("-v"))).splitlines()
    assert said[:-1] == [
        "held back: content/articles/2026/01/both.md (draft)",
        "held back: content/articles/2026/01/draft.md (draft)",
        "held back: content/articles/2026/01/future.md (dated 2026-02-03)",
    ]


def test_an_article_of_today_in_the_sites_time_zone_is_out(site: Site) -> None:
    """2026-02-02 02:40 UTC is still the first of February in Honolulu."""
    ok(site.write({A: article(date="2026-02-02")}).build())
    assert "articles/a-letter/index.html" in site.tree()
    site.write({"config.yaml": CONFIG.replace("Europe/Warsaw", "Pacific/Honolulu")})
    ok(site.build())
    assert "articles/a-letter/index.html" not in site.tree()


def test_quiet_says_nothing_when_nothing_is_wrong(site: Site) -> None:
    assert ok(site.write({A: article()}).build("-q")).out == ""


def test_frozen_names_each_raw_item_and_writes_nothing(site: Site) -> None:
    site.write({"content/inbox/b/two.txt": LETTER, "content/inbox/one.txt": LETTER + "It is short.\n"})
    site.write({"content/inbox/x.pdf": b"%PDF"})
    before = site.tree("content")
    said = site.build("--frozen")
    assert (said.code, said.out) == (1, "")
    lines = said.err.splitlines()
    why = "is not imported yet (run pressfold import, and commit what it writes)"
    assert [line for line in lines if "pdf" not in line] == [
        f"content/inbox/b/two.txt: {why}",
        f"content/inbox/one.txt: {why}",
        "2 problems; nothing was written to the site",
    ]
    assert site.tree("content") == before
    assert not site.output.exists()


def test_frozen_passes_when_all_is_imported(site: Site) -> None:
    site.write({"content/inbox/two.txt": LETTER})
    ok(site.run("import"))
    before, written = site.tree("content"), times(site.root / "content")
    ok(site.build("--frozen"))
    assert (site.tree("content"), times(site.root / "content")) == (before, written)
    assert "articles/workers-ask-microsoft-to-drop-a-contract/index.html" in site.tree()


def test_frozen_gives_no_id_to_an_article_but_asks_for_one(site: Site) -> None:
    site.write({A: "---\ntitle: Mine\nlang: en\n---\n\nWords.\n"})
    hint = "(run pressfold build without --frozen, and commit what it writes)"
    refused(site.build("--frozen"), f"{A}: 'added' is missing {hint}", f"{A}:2: 'id' is missing {hint}")


# Settings.


def test_base_url_of_the_command_wins_over_all(site: Site) -> None:
    site.write({A: article()})
    ok(
        site.build(
            "--base-url", "https://other.example/x", environment={"PRESSFOLD_BASE_URL": "https://third.example/"}
        )
    )
    assert all("https://other.example/x/articles/a-letter/" in feed for feed in feeds(site))
    text = b"".join(site.tree().values()).decode(errors="replace")
    assert "digest.example" not in text
    assert "third.example" not in text


@pytest.mark.parametrize("flags", [("-b", "ftp://x.example/"), ("-b", "x.example"), ("-b", "https://x.example/?a")])
def test_a_base_url_that_is_none_is_refused(site: Site, flags: tuple[str, ...]) -> None:
    said = site.build(*flags)
    assert (said.code, said.out) == (1, "")
    assert "base_url" in said.err or "base-url" in said.err
    assert not site.output.exists()


def test_the_environment_overrides_a_setting(site: Site) -> None:
    ok(site.write({A: article()}).build(environment={"PRESSFOLD_TITLE": "Ein anderer Titel"}))
    assert "Ein anderer Titel" in site.page("index.html")
    assert all("Ein anderer Titel" in feed and "A test digest" not in feed for feed in feeds(site))


def test_an_unknown_setting_of_the_environment_is_a_problem(site: Site) -> None:
    said = site.build(environment={"PRESSFOLD_TITEL": "x", "PRESSFOLD_X": "y"})
    stopped(
        said, "PRESSFOLD_TITEL: sets nothing (did you mean 'title'?)\nPRESSFOLD_X: sets nothing (see docs/config.md)"
    )


def test_the_clock_stands_on_no_page(site: Site) -> None:
    site.write({A: article(date="2026-01-09"), "content/articles/2026/01/b.md": article("B", companies="[google]")})
    ok(site.build())
    before, written = site.tree(), times(site.output)
    site.now += 40 * 86_400
    assert ", 0 written, " in ok(site.build()).out
    assert (site.tree(), times(site.output)) == (before, written)
    ok(site.build("--no-cache"))
    assert site.tree() == before


# Hand-written articles.


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_article_without_an_id_gets_one_and_keeps_every_other_byte(site: Site, end: str) -> None:
    lines = [
        "---",
        "title:  'Mine'   # a remark",
        "companies: [ google ]",
        "lang: en",
        "---",
        "",
        "Words,  two ",
        "",
        "",
    ]
    site.write({A: end.join(lines)})
    ok(site.build())
    after = (site.root / A).read_bytes().decode().split(end)
    made = [line for line in after if line not in lines]
    assert [line.partition(": ")[0] for line in made] == ["id", "added"]
    assert made[0].startswith("id: urn:uuid:")
    assert made[1] == "added: 2026-02-02T02:40:00Z"
    assert [line for line in after if line not in made] == lines
    again = (site.root / A).read_bytes()
    site.now += 5000
    ok(site.build())
    assert (site.root / A).read_bytes() == again


def test_a_byte_order_mark_is_kept_when_the_id_is_given(site: Site) -> None:
    site.write({A: b"\xef\xbb\xbf---\r\ntitle: Mine\r\nlang: en\r\n---\r\n\r\nWords.\r\n"})
    ok(site.build())
    after = (site.root / A).read_bytes()
    assert after.startswith(b"\xef\xbb\xbf---\r\n")
    assert after.endswith(b"---\r\n\r\nWords.\r\n")
    assert b"\r\nid: urn:uuid:" in after


def test_an_id_is_the_same_on_every_machine(site: Site, tmp_path: Path) -> None:
    text = "---\ntitle: Mine\nlang: en\nadded: 2026-01-01T00:00:00Z\n---\n\nWords.\n"
    other = Site(tmp_path / "other", now=site.now + 99).write({"config.yaml": CONFIG, A: text})
    ok(site.write({A: text}).build())
    ok(other.build())
    assert (site.root / A).read_bytes() == (other.root / A).read_bytes()


# What is wrong is said, all of it, and nothing changes.

BROKEN: list[tuple[dict[str, str | bytes], str]] = [
    (
        {A: article(), "content/articles/2026/01/b.md": article("B", id="urn:test:a-letter")},
        f"content/articles/2026/01/b.md: has the id of {A} (delete the id line of the copy)",
    ),
    ({A: article(companies="[microsft]")}, f"{A}:6: unknown company 'microsft' (did you mean 'microsoft'?)"),
    (
        {A: article(companies="[zzyzx-works]")},
        f"{A}:6: unknown company 'zzyzx-works' (or add content/companies/zzyzx-works.md)",
    ),
    ({A: article(compnies="[google]")}, f"{A}:6: unknown key 'compnies' (did you mean 'companies'?)"),
    ({A: article(colour="red")}, f"{A}:6: unknown key 'colour' (free values go under extra)"),
    ({A: article(lang="")}, f"{A}: 'lang' is missing (add a line lang: ...)"),
    (
        {A: article(date="yesterday")},
        f"{A}:6: 'date': Invalid isoformat string: 'yesterday' (write it as 2026-02-11 or ",
    ),
    ({A: article(source="{url: 'javascript:x'}")}, f"{A}:6: 'source.url' is no http(s) address: 'javascript:x'"),
    ({A: article(draft="yes")}, f"{A}:6: 'draft' is 'yes' (one of: true, false)"),
    ({A: article(tags="[a, b")}, f"{A}:7: not YAML: "),
    ({A: "no fields\n"}, f"{A}:1: no front matter (begin the file with a line '---', the fields, and another '---')"),
    ({A: "---\ntitle: x\n"}, f"{A}:1: the front matter has no end (close it with a line '---')"),
    ({A: article().encode("utf-16")}, f"{A}:1: not UTF-8 (save the file as UTF-8)"),
    ({"content/articles/2026/01/Ä b.md": article()}, "content/articles/2026/01/Ä b.md: 'Ä b' is no "),
    ({"content/companies/own.md": "---\nalias: [x]\n---\n"}, "content/companies/own.md:2: unknown key 'alias' (did "),
    (
        {"content/pages/more.md": "---\nlang: en\n---\n\nx\n"},
        "content/pages/more.md:2: 'title' is missing (add title: ...)",
    ),
    ({"content/artikles/x.md": article()}, "content/artikles: no part of content/ (did you mean 'articles'?)"),
]


@pytest.mark.parametrize(("files", "line"), BROKEN)
def test_what_is_wrong_is_named_with_its_line(site: Site, files: dict[str, str | bytes], line: str) -> None:
    said = site.write(files).build()
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(line)
    assert said.err.endswith("; nothing was written to the site\n")
    assert said.err.startswith(line + "\n") or not line.endswith(")")
    assert not site.output.exists()


def test_two_articles_at_one_address_are_a_problem(site: Site) -> None:
    site.write({A: article(), "content/articles/2026/02/a-letter.md": article("Another")})
    said = site.build()
    assert said.code == 1
    assert "wants the address /articles/a-letter/, which content/articles/2026/0" in said.err
    assert not site.output.exists()


def test_all_that_is_wrong_is_said_in_one_run_and_the_old_site_stays(site: Site) -> None:
    ok(site.write({A: article(), "content/articles/2026/01/b.md": article("B")}).build())
    before, written = site.tree(), times(site.output)
    site.write(
        {
            A: article("Changed", companies="[microsft]", colour="red"),
            "content/articles/2026/01/b.md": article("Changed too"),
            "content/articles/2026/01/c.md": article("C", lang="12345"),
            "content/articles/2025/12/d.md": "nothing\n",
            "content/companies/own.md": "---\nnam: x\n---\n",
            "content/pages/p.md": "---\ntitle: ''\n---\n",
        }
    )
    said = site.build()
    assert (said.code, said.out) == (1, "")
    places = [line.split(": ")[0] for line in said.err.splitlines()]
    files = list(dict.fromkeys(place.rpartition(":")[0] or place for place in places[:-1]))
    assert files == [
        "content/articles/2025/12/d.md",
        A,
        "content/articles/2026/01/c.md",
        "content/companies/own.md",
        "content/pages/p.md",
    ]
    assert {f"{A}:6", f"{A}:7"} <= set(places)
    assert places[-1].endswith("problems; nothing was written to the site")
    assert site.build().err == said.err
    assert site.build(environment={"PYTHONHASHSEED": "7"}).err == said.err
    assert (site.tree(), times(site.output)) == (before, written)


def test_keep_going_builds_the_rest_and_still_fails(site: Site) -> None:
    site.write({A: article(companies="[microsft]"), "content/articles/2026/01/b.md": article("B")})
    said = site.build("--keep-going")
    assert said.code == 1
    assert said.err == f"{A}:6: unknown company 'microsft' (did you mean 'microsoft'?)\n"
    assert re.fullmatch(r"0 imported, \d+ written, 0 unchanged, 0 deleted, 0 held back in N s\n", told(said))
    assert "articles/b/index.html" in site.tree()
    assert "articles/a-letter/index.html" not in site.tree()


@pytest.mark.parametrize(
    ("config", "lines"),
    [
        (
            "title: x\nbase_url: https://x.example/\ntitel: y\nlanguage: englisch-und-mehr\n",
            ["config.yaml:3: unknown key 'titel' (did you mean 'title'?)", "config.yaml:4: 'language': "],
        ),
        ("base_url: https://x.example/\n", ["config.yaml:1: 'title' is missing (add title: ...)"]),
        ("title: x\n", ["config.yaml: 'base_url' is missing (feeds need the site's address: base_url: https://"]),
        (
            "title: x\nbase_url: https://x.example/\ntimezone: Mars/Base\n",
            ["config.yaml:3: 'timezone': 'Mars/Base' is no "],
        ),
        (
            "title: x\nbase_url: https://x.example/\nfeeds: {limit: 0}\n",
            ["config.yaml:3: 'feeds.limit' is '0' (a whole "],
        ),
        ("title: [x\n", ["config.yaml:"]),
        ("- a\n- b\n", ["config.yaml:1: this must be a mapping (key: value)"]),
    ],
)
def test_what_is_wrong_in_the_config_is_named(site: Site, config: str, lines: list[str]) -> None:
    said = site.write({"config.yaml": config}).build()
    assert (said.code, said.out) == (1, "")
    for line in lines:
        assert any(got.startswith(line) for got in said.err.splitlines()), said.err


def test_a_folder_that_is_no_site_is_left_as_it_is(tmp_path: Path) -> None:
    empty = Site(tmp_path / "empty")
    hint = "(run pressfold init, or name the site's folder with --site)"
    for command in (("build",), ("import",), ("list",), ("clean",), ("new", "A title")):
        stopped(empty.run(*command), f"config.yaml: there is no site here {hint}")
    assert list(empty.root.iterdir()) == []
    assert Site(tmp_path / "none").run("build").code == 1


@pytest.mark.parametrize(
    "arguments",
    [("build", "--nonsense"), ("build", "extra"), ("biuld",), ("new",), ("init", "a", "b"), ("build", "--output"), ()],
)
def test_wrong_usage_exits_2(site: Site, arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pressfold", *arguments], capture_output=True, encoding="utf-8", cwd=PROJECT, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert re.search("^(Usage: pressfold|Error: Option '--output' requires an argument)", done.stderr)
    assert "Traceback" not in done.stderr


def test_a_moment_that_is_no_number_is_wrong_usage(site: Site) -> None:
    said = site.build(environment={"SOURCE_DATE_EPOCH": "noon"})
    assert said.code == 2
    assert said.err.endswith("Error: SOURCE_DATE_EPOCH is no number of seconds: 'noon'\n")


# Where the site goes.


def test_the_output_may_lie_elsewhere(site: Site, tmp_path: Path) -> None:
    site.write({A: article()})
    ok(site.build("--output", str(tmp_path / "www" / "digest")))
    elsewhere = Site(tmp_path / "www" / "digest")
    assert not site.output.exists()
    ok(site.build())
    assert elsewhere.tree(".") == site.tree()
    ok(site.build("-o", str(tmp_path / "www" / "digest")))
    assert elsewhere.tree(".") == site.tree()


@pytest.mark.parametrize("place", ["content", "content/out", ".", "..", "layouts", ".pressfold/x"])
def test_an_output_that_would_swallow_the_site_is_refused(site: Site, place: str) -> None:
    site.write({A: article()})
    before = site.tree("content")
    folder = (site.root / place).resolve()
    why = "cannot be the output folder: the site itself lies there (choose a folder of its own)"
    stopped(site.build("-o", str(site.root / place)), f"{folder}: {why}")
    assert site.tree("content") == before


def test_a_strangers_file_in_the_way_is_named_and_nothing_changes(site: Site) -> None:
    site.write({A: article(), "output/index.html": "mine", "output/about/index.html": "mine too"})
    before = site.tree()
    why = "was not made by the build, and is in its way (move it, or empty the output folder)"
    stopped(site.build(), f"output/about/index.html: {why}\noutput/index.html: {why}")
    assert site.tree() == before


@pytest.mark.parametrize("files", [{"output/about": "a file"}, {"output/robots.txt/x": "a folder"}])
def test_a_file_where_a_folder_must_be_is_named_and_nothing_changes(site: Site, files: dict[str, str | bytes]) -> None:
    site.write({A: article(), **files})
    before = site.tree()
    said = site.build()
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(next(iter(files)).removesuffix("/x"))
    assert site.tree() == before


def test_files_of_others_are_kept(site: Site) -> None:
    site.write({A: article(), "output/CNAME": "digest.example", "output/articles/a-letter/notes.txt": "mine"})
    ok(site.build())
    (site.root / A).unlink()
    ok(site.build())
    assert site.tree()["CNAME"] == b"digest.example"
    assert site.tree()["articles/a-letter/notes.txt"] == b"mine"
    assert "articles/a-letter/index.html" not in site.tree()


def test_the_page_of_a_removed_article_goes_with_its_folder(site: Site) -> None:
    site.write({A: article(companies="[google]"), "content/articles/2026/01/b.md": article("B")})
    ok(site.build())
    (site.root / A).unlink()
    said = ok(site.build())
    assert re.search(r", [1-9]\d* deleted, ", said.out)
    assert not (site.output / "articles" / "a-letter").exists()
    assert not (site.output / "companies" / "google").exists()
    assert "A letter" not in b"".join(site.tree().values()).decode(errors="replace")


def test_a_build_with_nothing_to_do_writes_nothing(site: Site) -> None:
    site.write({A: article(companies="[google]"), "content/media/p.txt": "x"})
    ok(site.build())
    before, written = site.tree(), times(site.output)
    said = ok(site.build())
    count = len([name for name in before if name != ".pressfold.json"])
    assert told(said) == f"0 imported, 0 written, {count} unchanged, 0 deleted, 0 held back in N s\n"
    assert (site.tree(), times(site.output)) == (before, written)


def test_no_cache_looks_at_the_files_themselves(built: Site) -> None:
    before, written = built.tree(), times(built.output / "articles")
    assert ", 0 written, " in ok(built.build("--no-cache")).out
    assert (built.tree(), times(built.output / "articles")) == (before, written)
    (built.output / "index.html").write_text("spoiled", "utf-8")
    (built.output / "feed.xml").unlink()
    assert ", 2 written, " in ok(built.build("--no-cache")).out
    assert built.tree() == before


def test_losing_what_makes_builds_fast_loses_nothing_else(built: Site) -> None:
    before, written = built.tree(), times(built.output)
    shutil.rmtree(built.root / ".pressfold")
    ok(built.build())
    assert (built.tree(), times(built.output)) == (before, written)


def test_a_stale_lock_does_no_harm(site: Site) -> None:
    site.write({A: article(), ".pressfold/lock": "12345"})
    ok(site.build())
    assert "articles/a-letter/index.html" in site.tree()


def test_the_list_of_files_holds_names_and_hashes_and_no_time(built: Site) -> None:
    listed = json.loads(built.page(".pressfold.json"))
    assert list(listed) == ["files"]
    assert sorted(listed["files"]) == sorted(name for name in built.tree() if name != ".pressfold.json")
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in listed["files"].values())


# How much of an article is published.

LONG = "\n\n".join(f"Paragraph {number} " + "of the article has a good many words " * 4 for number in range(1, 8))
SOURCE = "{name: A paper, url: 'https://paper.example/1'}"


@pytest.mark.parametrize(
    ("site_mode", "source_mode", "own_mode", "shown"),
    [
        ("full", "full", "", "full"),
        ("excerpt", "full", "", "excerpt"),
        ("full", "excerpt", "", "excerpt"),
        ("full", "full", "excerpt", "excerpt"),
        ("full", "full", "link", "link"),
        ("full", "link", "", "link"),
        ("link", "full", "full", "link"),
        ("excerpt", "link", "full", "link"),
        ("link", "excerpt", "excerpt", "link"),
    ],
)
def test_the_narrowest_of_site_source_and_article_rules_page_and_feeds(
    site: Site, site_mode: str, source_mode: str, own_mode: str, shown: str
) -> None:
    config = f"{CONFIG}body: {site_mode}\nsources: {{A paper: {{body: {source_mode}}}}}\n"
    words = article(source=SOURCE, summary="A sentence that sums it up.", companies="[google]", body=LONG)
    site.write(
        {"config.yaml": config, A: words.replace("---\n\n", f"body: {own_mode}\n---\n\n" if own_mode else "---\n\n")}
    )
    ok(site.build())
    pages = [site.page("articles/a-letter/index.html"), *feeds(site), *feeds(site, "companies/google/")]
    for page in pages:
        assert ("Paragraph 1 of" in page) == (shown != "link")
        assert ("Paragraph 7 of" in page) == (shown == "full")
        assert "https://paper.example/1" in page
    everything = b"".join(site.tree().values()).decode(errors="replace")
    assert ("Paragraph 7 of" in everything) == (shown == "full")
    assert ("A sentence that sums it up." in everything) == (shown != "link")


def test_old_addresses_lead_to_the_article(site: Site) -> None:
    ok(site.write({A: article(redirects="[articles/old-name/, /was/here]")}).build())
    for old in ("articles/old-name/index.html", "was/here/index.html"):
        page = site.page(old)
        assert re.search(r'http-equiv="refresh" content="0; ?url=\.\./\.\./articles/a-letter/"', page)
        assert "noindex" in page
    assert "old-name" not in site.page("sitemap.xml")


@pytest.mark.parametrize("address", ["robots.txt", "feed.xml", "media/p.txt", "static", "articles", "about"])
def test_an_old_address_never_takes_the_place_of_a_file(built: Site, address: str) -> None:
    """Refused, or built beside it: the site is never left half made."""
    ok(built.write({"content/media/p.txt": "x"}).build())
    before = built.tree()
    said = built.write({A: article(redirects=f"[{address}]")}).build()
    if said.code:
        assert said.err.startswith(f"{A}")
        assert built.tree() == before
    else:
        assert {name: data for name, data in built.tree().items() if name in before}.keys() == before.keys()


def test_pages_of_their_own_are_published(site: Site) -> None:
    page = "---\ntitle: How we work\nlang: de\n---\n\nSee [the letter](../articles/2026/01/a-letter.md) and [about](about.md).\n"
    site.write({A: article(), "content/pages/how.md": page, "content/pages/about.md": "---\ntitle: Us\n---\n\nWe.\n"})
    ok(site.build())
    made = site.page("how/index.html")
    assert "<h1>How we work</h1>" in made
    assert '<html lang="de"' in made
    assert 'href="../articles/a-letter/"' in made
    assert 'href="../about/"' in made
    assert "We." in site.page("about/index.html")


def test_a_page_that_wants_an_address_of_the_sites_own_is_refused(site: Site) -> None:
    said = site.write({"content/pages/archive.md": "---\ntitle: x\n---\n\nx\n"}).build()
    why = "wants the address /archive/, which a page of the site's own has (rename one of them)"
    refused(said, f"content/pages/archive.md: {why}")


def test_a_picture_at_the_address_of_a_page_is_a_problem(built: Site) -> None:
    before = built.tree()
    built.write({"content/pages/media.md": "---\ntitle: M\n---\n\nx\n", "content/media/index.html": "mine"})
    said = built.build()
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("content/")
    assert "media/" in said.err
    assert built.tree() == before


def test_pictures_are_linked_relatively_on_pages_and_whole_in_feeds(site: Site) -> None:
    text = "See ![a graph](../../../media/2026/my graph.png) or [the data](../../../media/data.csv)."
    site.write(
        {
            A: article(body=text.replace("my graph", "my%20graph"), companies="[google]"),
            "content/media/2026/my graph.png": b"\x89PNG",
            "content/media/data.csv": "a,b\r\n",
        }
    )
    ok(site.build())
    assert site.tree()["media/2026/my graph.png"] == b"\x89PNG"
    assert site.tree()["media/data.csv"] == b"a,b\r\n"
    page = site.page("articles/a-letter/index.html")
    assert 'src="../../media/2026/my%20graph.png"' in page
    assert 'href="../../media/data.csv"' in page
    for feed in [*feeds(site), *feeds(site, "companies/google/")]:
        assert "https://digest.example/news/media/2026/my%20graph.png" in feed
        assert "https://digest.example/news/media/data.csv" in feed
        assert "../media" not in feed


def test_a_changed_picture_is_published_anew_and_a_removed_one_goes(site: Site) -> None:
    ok(site.write({A: article(), "content/media/p.png": b"one", "content/media/q.png": b"q"}).build())
    site.write({"content/media/p.png": b"two"})
    (site.root / "content/media/q.png").unlink()
    assert ", 1 written, " in ok(site.build()).out
    assert site.tree()["media/p.png"] == b"two"
    assert "media/q.png" not in site.tree()


# The theme.


def test_one_layout_of_the_sites_own_stands_over_the_themes(built: Site) -> None:
    before = built.tree()
    own = '{% extends "base.html" %}\n{% block main %}<h1>Nothing here, {{ view.frame.site }}</h1>{% endblock %}\n'
    assert ", 1 written, " in ok(built.write({"layouts/404.html": own}).build()).out
    after = built.tree()
    assert "Nothing here, A test digest" in built.page("404.html")
    assert {name for name in before if before[name] != after[name]} == {"404.html", ".pressfold.json"}
    shutil.rmtree(built.root / "layouts")
    ok(built.build())
    assert built.tree() == before


def test_a_static_file_of_the_sites_own_stands_over_the_themes(built: Site) -> None:
    (old,) = (name for name in built.tree() if name.startswith("static/style-"))
    ok(built.write({"layouts/static/style.css": "body { color: red }\n", "layouts/static/logo.svg": "<svg/>"}).build())
    (new,) = (name for name in built.tree() if name.startswith("static/style-"))
    assert new != old
    assert built.tree()[new] == b"body { color: red }\n"
    assert f'href="../../{new}"' in built.page("articles/a-letter/index.html")
    assert any(name.startswith("static/logo-") for name in built.tree())


@pytest.mark.parametrize(
    ("layout", "where"),
    [
        ("{{ view.colour }}\n", ":1: "),
        ("<p>\n{{ nothing }}\n", ":2: "),
        ("<p>\n{{ 1 // 0 }}\n", ":2: "),
        ("<p>\n{{ href(3) }}\n", ":2: "),
        ("<p>\n{{ 1 +* 2 }}\n", ":2: "),
        ("<p>\n{% if view %}\n", ":"),
        ('<p>\n{% include "parts/gone.html" %}\n', ":"),
        ('{% extends "gone.html" %}\n', ":"),
        (b"<p>\n\xff\xfe</p>\n", ":"),
    ],
)
def test_a_wrong_layout_is_named_and_the_old_site_stays(built: Site, layout: str | bytes, where: str) -> None:
    before = built.tree()
    said = built.write({"layouts/404.html": layout}).build()
    assert said.code == 1
    assert "Traceback" not in said.err
    assert said.err.startswith(f"layouts/404.html{where}")
    assert built.tree() == before


def test_an_included_file_may_be_missing_where_the_layout_says_so(site: Site) -> None:
    ok(site.write({"layouts/404.html": 'x{% include "gone.html" ignore missing %}\n'}).build())
    assert site.page("404.html") == "x"


# For programs.


def test_json_holds_counts_and_problems(site: Site) -> None:
    said = ok(site.write({**HELD, "content/inbox/one.txt": LETTER}).build("--json"))
    given: dict[str, Any] = said.json
    assert given["imported"] == [
        {
            "file": "inbox/one.txt",
            "article": "content/articles/2026/02/workers-ask-microsoft-to-drop-a-contract.md",
            "review": given["imported"][0]["review"],
            "changed": None,
            "story": "",
        }
    ]
    assert given["problems"] == []
    assert given["refused"] == []
    assert given["held_back"] == [f"content/articles/2026/01/{name}.md" for name in ("both", "draft", "future")]
    assert set(given["counts"]) == {"imported", "written", "unchanged", "deleted", "held back"}
    assert given["counts"]["written"] == len(site.tree()) - 1


def test_json_holds_what_is_wrong(site: Site) -> None:
    said = site.write({A: article(companies="[microsft]")}).build("--json")
    assert (said.code, said.err) == (1, "")
    wrong = {"path": A, "line": 6, "message": "unknown company 'microsft'", "hint": "did you mean 'microsoft'?"}
    assert said.json["problems"] == [wrong]


@pytest.mark.parametrize("files", [{"config.yaml": "title: x\n"}, {"content/imports.jsonl": "<<<<<<<\n"}])
def test_json_is_json_also_where_nothing_could_begin(site: Site, files: dict[str, str | bytes]) -> None:
    said = site.write(files).build("--json")
    assert (said.code, said.err) == (1, "")
    (wrong,) = said.json["problems"]
    assert wrong["path"] == next(iter(files))


def test_build_py_is_the_build(site: Site) -> None:
    site.write({A: article()})
    done = subprocess.run(
        [sys.executable, str(PROJECT / "build.py"), "--site", str(site.root)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(site.now)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    by_script = site.tree()
    shutil.rmtree(site.output)
    ok(site.build("--no-cache"))
    assert site.tree() == by_script


def test_a_folder_that_is_not_there_empties_no_site(site: Site) -> None:
    ok(site.write({A: article(companies="[google]")}).build())
    before = site.tree()
    (site.root / "content").rename(site.root / "elsewhere")
    said = site.build()
    assert said.code == 1
    assert said.err.startswith("content: there is no such folder (")
    assert site.tree() == before
