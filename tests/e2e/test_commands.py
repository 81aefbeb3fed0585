"""init, new, list and clean; and the help of every command."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import pressfold
from tests.conftest import CONFIG, PROJECT, Result, Site, article, ok

A = "content/articles/2026/01/a-letter.md"
COMMON = "--site --quiet --verbose --json --no-color --help -s -q -v -h"
FLAGS = {
    "build": "--output --base-url --drafts --future --frozen --no-cache --strict --keep-going -o -b -D -F",
    "serve": "--bind --port --open --output --base-url --drafts --future -o -b -D -F",
    "import": "--again --strict --allow-local PATH URL",
    "fetch": "--strict --allow-local NAMES",
    "new": "--lang --company TITLE",
    "init": "--title --base-url FOLDER",
    "list": "--review --held --drafts",
    "companies": "--least add dismiss read rename",
    "clean": "--output -o",
    "check": "--output --base-url --jobs --strict --against -o -b -j",
    "publish": "--output --base-url --dry-run --max-deletes --verify --force TARGET -o -b",
    "explain": "ARTICLE",
    "stories": "--accept --refuse --least",
}


def command(folder: Path, *arguments: str) -> Result:
    """Run pressfold without --site, in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "pressfold", *arguments], capture_output=True, encoding="utf-8", cwd=folder, check=False
    )
    return Result(done.returncode, done.stdout, done.stderr)


# init


def test_a_new_site_builds_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "digest"
    said = ok(
        command(PROJECT, "init", str(folder), "--title", "Chips: & politics", "--base-url", "https://x.example/d/")
    )
    assert said.out == f"a new site in {folder}: put articles into content/inbox/, then run pressfold build\n"
    made = Site(folder)
    names = ["config.yaml", ".gitignore", "content/pages/about.md", "content/inbox/.about", "content/companies/.about"]
    assert sorted(made.tree(".")) == sorted(names)
    ok(made.build())
    assert "Chips: &amp; politics" in made.page("index.html")
    assert "https://x.example/d/" in made.page("feed.xml")
    assert {"output/", ".pressfold/"} == {line.strip("/") + "/" for line in made.page("../.gitignore").split()}


def test_two_new_sites_have_ids_of_their_own(tmp_path: Path) -> None:
    ids = set()
    for name in ("one", "two"):
        said = ok(command(PROJECT, "init", "--site", str(tmp_path / name), "--json"))
        assert said.json["made"][0] == "config.yaml"
        ids.add((tmp_path / name / "config.yaml").read_text("utf-8").splitlines()[0])
    assert len(ids) == 2
    assert all(line.startswith("id: urn:uuid:") for line in ids)


def test_a_folder_that_holds_only_git_may_become_a_site(tmp_path: Path) -> None:
    Site(tmp_path / "x").write({".git/HEAD": "ref: refs/heads/main\n"})
    ok(command(tmp_path / "x", "init"))
    assert (tmp_path / "x" / "config.yaml").is_file()


@pytest.mark.parametrize(
    ("files", "flags", "line"),
    [
        ({"config.yaml": CONFIG}, (), "config.yaml: there is a site already (choose another folder)"),
        ({"notes.txt": "x"}, (), "{root}: the folder is not empty (choose another folder, or make an empty one)"),
        ({}, ("--base-url", "x.example"), "--base-url: no http(s) address: 'x.example'"),
    ],
)
def test_init_refuses_what_it_would_harm(
    tmp_path: Path, files: dict[str, str | bytes], flags: tuple[str, ...], line: str
) -> None:
    there = Site(tmp_path / "x").write(files)
    before = there.tree(".")
    said = command(PROJECT, "init", str(there.root), *flags)
    assert (said.code, said.out, said.err) == (1, "", line.format(root=there.root) + "\n")
    assert there.tree(".") == before


def test_init_over_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine", "utf-8")
    said = command(PROJECT, "init", str(tmp_path / "x" / "site"))
    assert said.code in (1, 2)
    assert "Traceback" not in said.err
    assert (tmp_path / "x").read_text("utf-8") == "mine"


# new


def test_new_begins_a_draft_that_the_site_can_read(site: Site) -> None:
    said = ok(site.run("new", '  Łódź:  "two" words ', "--lang", "pl", "--company", "microsoft", "--company", "google"))
    (path,) = site.articles()
    assert said.out == f"{path}\n"
    assert path == site.root / "content/articles/2026/02/lodz-two-words.md"
    text = path.read_text("utf-8")
    assert re.search(r"^id: urn:uuid:[0-9a-f-]{36}$", text, re.MULTILINE)
    for line in ("lang: pl", "added: 2026-02-02T02:40:00Z", "companies: [microsoft, google]", "draft: true"):
        assert f"\n{line}\n" in text
    ok(site.build("-D"))
    assert "<h1>Łódź: &#34;two&#34; words</h1>" in site.page("articles/lodz-two-words/index.html")


def test_new_never_writes_over_an_article(site: Site) -> None:
    first = ok(site.run("new", "A letter"))
    mine = Path(first.out.strip()).read_bytes()
    second = ok(site.run("new", "A letter", "--json"))
    assert second.json["article"] != first.out.strip()
    assert Path(first.out.strip()).read_bytes() == mine
    assert len(site.articles()) == 2


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--lang", "klingonisch"), "--lang: "),
        (("--company", "microsft"), "--company: unknown company 'microsft' (did you mean 'microsoft'?)\n"),
        (("--company", "Not A Slug"), "--company: 'Not A Slug' is no company (write it as 'not-a-slug')\n"),
    ],
)
def test_new_refuses_what_the_site_does_not_know(site: Site, arguments: tuple[str, ...], line: str) -> None:
    said = site.run("new", "A letter", *arguments)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert line in said.err
    assert site.articles() == []


@pytest.mark.parametrize("title", ["", "   ", "…", "\u202e"])
def test_a_title_without_words_is_refused_or_gets_an_address(site: Site, title: str) -> None:
    said = site.run("new", title)
    assert "Traceback" not in said.err
    if said.code == 0:
        assert ok(site.build("-D")).out
    else:
        assert said.code in (1, 2)
        assert site.articles() == []


# list

LISTED: dict[str, str | bytes] = {
    A: article(companies="[google, amazon]", date="2026-01-05"),
    "content/articles/2026/01/arabic.md": article("رسالة", lang="ar", date="2026-01-20", review="[title, summary]"),
    "content/articles/2026/01/draft.md": article("Not yet", draft="true", date="2025-12-01"),
    "content/articles/2026/01/future.md": article("Tomorrow", date="2026-02-03", review="[date]"),
}
ROWS = {
    "draft": "2025-12-01  en  -  Not yet  (draft)\n            content/articles/2026/01/draft.md\n",
    "future": "2026-02-03  en  -  Tomorrow  (held back; review: date)\n            content/articles/2026/01/future.md\n",
    "arabic": "2026-01-20  ar  -  رسالة  (review: title, summary)\n            content/articles/2026/01/arabic.md\n",
    "letter": f"2026-01-05  en  google, amazon  A letter\n            {A}\n",
}


@pytest.mark.parametrize(
    ("flags", "rows"),
    [
        ((), ["future", "draft", "arabic", "letter"]),
        (("--held",), ["future", "draft"]),
        (("--drafts",), ["draft"]),
        (("--review",), ["future", "arabic"]),
        (("--held", "--review"), ["future"]),
        (("--quiet",), []),
    ],
)
def test_list_names_the_articles(site: Site, flags: tuple[str, ...], rows: list[str]) -> None:
    before = site.write(LISTED).tree(".")
    said = ok(site.run("list", *flags))
    assert said.out == "".join(ROWS[row] for row in rows)
    assert site.tree(".") == before


def test_list_as_json(site: Site) -> None:
    said = ok(site.write(LISTED).run("list", "--json"))
    assert said.json["problems"] == []
    assert said.json["articles"][-1] == {
        "path": A,
        "id": "urn:test:a-letter",
        "title": "A letter",
        "lang": "en",
        "companies": ["google", "amazon"],
        "story": None,
        "date": "2026-01-05",
        "draft": False,
        "held_back": False,
        "review": [],
    }
    assert "رسالة" in said.out


def test_list_says_what_is_wrong_and_lists_the_rest(site: Site) -> None:
    said = site.write({**LISTED, A: article(colour="red")}).run("list")
    assert (said.code, said.err) == (1, f"{A}:6: unknown key 'colour' (free values go under extra)\n")
    assert ROWS["arabic"] in said.out


def test_listing_writes_no_id_into_a_file(site: Site) -> None:
    before = site.write({A: "---\ntitle: Mine\nlang: en\n---\n\nWords.\n"}).tree("content")
    site.run("list")
    assert site.tree("content") == before


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is told otherwise there")
@pytest.mark.parametrize("count", [1, 600])
def test_list_ends_quietly_when_its_reader_has_enough(site: Site, count: int) -> None:
    site.write({f"content/articles/2026/01/a{n}.md": article(f"A letter {n} " + "x" * 90) for n in range(count)})
    command = [sys.executable, "-m", "pressfold", "list", "--site", str(site.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=PROJECT) as running:
        assert running.stdout and running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""


# clean


def test_clean_deletes_what_builds_wrote_and_nothing_else(site: Site) -> None:
    site.write({A: article(companies="[google]"), "output/CNAME": "x", "output/about/mine.txt": "x"})
    before = site.tree("content")
    ok(site.build())
    count = len(site.tree()) - 3
    assert re.fullmatch(rf"{count} deleted in \d+\.\d s\n", ok(site.run("clean")).out)
    assert sorted(site.tree()) == ["CNAME", "about/mine.txt"]
    assert sorted(p.name for p in site.output.rglob("*")) == ["CNAME", "about", "mine.txt"]
    assert site.tree("content") == before
    assert not (site.root / ".pressfold").exists()
    assert ok(site.run("clean")).out.startswith("0 deleted in ")


def test_clean_takes_the_empty_folder_away(site: Site) -> None:
    ok(site.write({A: article()}).build())
    assert ok(site.run("clean", "--json")).json["deleted"]
    assert not site.output.exists()


def test_clean_of_another_output(site: Site, tmp_path: Path) -> None:
    site.write({A: article()})
    ok(site.build("-o", str(tmp_path / "www")))
    ok(site.build())
    before = site.tree()
    ok(site.run("clean", "-o", str(tmp_path / "www")))
    assert not (tmp_path / "www").exists()
    assert site.tree() == before


def test_clean_believes_no_list_that_names_files_outside(site: Site, tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine", "utf-8")
    outside = {"../../precious.txt": "0", str(tmp_path / "precious.txt"): "0", "../config.yaml": "0"}
    site.write({A: article(), "output/.pressfold.json": json.dumps({"files": outside})})
    site.run("clean")
    site.write({"output/.pressfold.json": json.dumps({"files": outside})})
    site.build()
    assert (tmp_path / "precious.txt").read_text("utf-8") == "mine"
    assert (site.root / "config.yaml").read_text("utf-8") == CONFIG


# Help.


@pytest.mark.parametrize("name", FLAGS)
def test_help_names_each_flag(name: str, tmp_path: Path) -> None:
    said = ok(command(tmp_path, name, "--help"))
    assert said.out.startswith(f"Usage: pressfold {name} ")
    for flag in f"{FLAGS[name]} {COMMON}".split():
        assert re.search(rf"(^|[\s,\[|]){re.escape(flag)}\b", said.out, re.MULTILINE), flag
    assert ok(command(tmp_path, name, "-h")).out == said.out


def test_help_names_each_command(tmp_path: Path) -> None:
    said = ok(command(tmp_path, "--help"))
    listed = re.findall(r"^  (\w+) {2,}\S", said.out.partition("Commands:")[2], re.MULTILINE)
    assert sorted(listed) == sorted(FLAGS)


def test_version(tmp_path: Path) -> None:
    assert ok(command(tmp_path, "--version")).out == f"pressfold, version {pressfold.__version__}\n"


def test_the_readme_names_each_command() -> None:
    readme = (PROJECT / "README.md").read_text("utf-8")
    for name in FLAGS:
        assert f"`pressfold {name}" in readme
