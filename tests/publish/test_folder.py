"""A local folder as a target, by the real command."""

import json
import shutil
from pathlib import Path

import pytest

from pressfold.publish.record import RECORD
from tests.conftest import Site, article, ok, write
from tests.publish.sending import counts, edit, output, two_articles
from tests.publish.serving import below

LETTER = """Workers ask Microsoft for an answer

Several hundred workers of Microsoft have asked the company to drop its contract with the agency, a letter says.
"""
CONFIG = "title: A test digest\nbase_url: https://digest.example/news/\npublish: {here: 'folder:../www'}\n"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with two articles, built once, and a copy of it beside it."""
    site = two_articles(Site(tmp_path_factory.mktemp("folder") / "site"), CONFIG)
    shutil.copytree(site.root, site.root.with_name("copy"))
    return site


@pytest.fixture
def built(kept: Site) -> Site:
    """The site as it was built, whatever was done to it; in its own place, so that its memory holds and a build is short."""
    for old in (kept.root, kept.root.with_name("www")):
        shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(kept.root.with_name("copy"), kept.root)
    ok(kept.build())
    return kept


@pytest.fixture
def www(built: Site) -> Path:
    return built.root.with_name("www")


def test_the_folder_is_the_output_and_a_second_publish_sends_nothing(built: Site, www: Path) -> None:
    assert ok(built.run("publish")).out.startswith(f"here: {len(output(built))} sent, 0 kept, 0 deleted, ")
    assert below(www) == output(built)
    before = {p: p.stat().st_mtime_ns for p in www.rglob("*")}
    assert counts(built.run("publish", "here", "--json")) == (0, 0)
    assert {p: p.stat().st_mtime_ns for p in www.rglob("*")} == before


def test_an_edit_sends_its_own_files_and_what_others_put_there_stays(built: Site, www: Path) -> None:
    write(www, {"CNAME": "digest.example\n", ".well-known/x": "y"})
    ok(built.run("publish"))
    edit(built, body="Other words stand here.")
    sent = ok(built.run("publish", "--json")).json["sent"]
    assert "articles/a-letter/index.html" in sent
    assert "articles/b/index.html" not in sent
    assert {"CNAME", ".well-known/x"} == below(www).keys() - output(built).keys()


def test_a_dry_run_says_what_it_would_do_and_does_nothing(built: Site, www: Path) -> None:
    said = ok(built.run("publish", "--dry-run")).out
    assert "send articles/a-letter/index.html\n" in said
    assert " would be sent, 0 would be kept, 0 would be deleted, " in said
    assert not www.exists()


def test_an_article_that_is_gone_is_gone_there_with_its_folder(built: Site, www: Path) -> None:
    ok(built.run("publish"))
    (built.root / "content/articles/2026/01/b.md").unlink()
    ok(built.build())
    said = ok(built.run("publish", "-v")).out
    assert "delete articles/b/index.html\n" in said
    assert below(www) == output(built)
    assert not (www / "articles/b").exists()


def test_more_deletes_than_are_allowed_stop_it_before_anything_is_sent(built: Site, www: Path) -> None:
    ok(built.run("publish"))
    before = below(www)
    edit(built, body="Other words.")
    (built.root / "content/articles/2026/01/b.md").unlink()
    ok(built.build())
    done = built.run("publish", "--max-deletes", "2")
    assert (done.code, done.out) == (1, "")
    count = int(done.err.split(" files would")[0].rpartition(" ")[2])
    assert done.err == f"here: {count} files would be deleted, more than 2 (if so: --max-deletes {count})\n"
    assert below(www) == before
    assert counts(built.run("publish", "--json", "--max-deletes", str(count)))[1] == count


def test_a_style_that_the_last_pages_used_stays_for_one_publish_more(built: Site, www: Path) -> None:
    ok(built.run("publish"))
    (style,) = www.glob("static/style-*.css")
    built.write({"layouts/static/style.css": "body { color: red }"})
    ok(built.build())
    assert ok(built.run("publish", "--json")).json["leaving"] == [f"static/{style.name}"]
    assert style.exists()
    assert counts(built.run("publish", "--json")) == (0, 0)
    assert style.exists()
    edit(built, body="Other words.")
    ok(built.run("publish"))
    assert not style.exists()
    assert below(www) == output(built)


def test_an_output_that_is_not_what_content_says_is_not_published(built: Site, www: Path) -> None:
    built.write({"content/articles/2026/01/a-letter.md": article(body="Not built yet.")})
    done = built.run("publish")
    assert (done.code, done.err) == (1, "output: is not what content/ says now (run pressfold build)\n")
    forced = built.run("publish", "--force")
    assert forced.code == 0
    assert forced.err.endswith("here was published in spite of that, as --force says\n")
    assert below(www) == output(built)


def test_what_is_not_imported_or_is_broken_is_not_published(built: Site) -> None:
    built.write({"content/inbox/new.txt": LETTER})
    assert "content/inbox/new.txt: is not imported" in built.run("publish").err
    shutil.rmtree(built.root / "content/inbox")
    built.write({"content/articles/2026/01/c.md": "---\nnonsense: 1\n---\n"})
    assert built.run("publish").code == 1


def test_a_link_that_leads_nowhere_stops_it_and_a_file_that_was_tampered_with(built: Site, www: Path) -> None:
    built.write({"layouts/robots.txt": "User-agent: *\nSitemap: https://digest.example/news/nowhere.xml\n"})
    ok(built.build())
    done = built.run("publish")
    assert done.code == 1
    assert "nowhere" in done.err
    assert not www.exists()
    assert built.run("publish", "--force").code == 0
    assert below(www) == output(built)
    edit(built, body="Other words.")
    assert "nowhere" in built.run("publish").err  # what was forced once is looked at again
    (built.root / "layouts/robots.txt").unlink()
    ok(built.build())
    (built.output / "articles/a-letter/index.html").write_text("<!doctype html>")
    assert "output/articles/a-letter/index.html: " in built.run("publish").err


def test_drafts_that_were_built_to_be_looked_at_are_not_published(built: Site) -> None:
    built.write({"content/articles/2026/01/d.md": article("A draft", draft="true")})
    ok(built.build("--drafts"))
    assert built.run("publish").code == 1


def test_what_others_put_in_a_new_files_place_is_not_written_over(built: Site, www: Path) -> None:
    write(www, {"index.html": "by hand", "articles": "a file"})
    done = built.run("publish")
    assert done.code == 1
    assert done.err.startswith("here: files lie there that no publish put there: articles/a-letter/index.html, ")
    assert below(www) == {"index.html": b"by hand", "articles": b"a file"}


def test_an_id_that_readers_know_does_not_change_unless_it_is_forced(built: Site, www: Path) -> None:
    """A publish between the two that says nothing of the article does not make it forget."""
    ok(built.run("publish"))
    edit(built, body="Other words.")
    ok(built.run("publish"))
    before = below(www)
    path = built.root / "content/articles/2026/01/b.md"
    path.write_text(path.read_text("utf-8").replace("urn:test:another", "urn:test:anew"), "utf-8")
    ok(built.build())
    done = built.run("publish")
    assert (done.code, done.out) == (1, "")
    assert "gives articles/b/ another id than was published, urn:test:another (every reader would show it " in done.err
    assert below(www) == before
    forced = built.run("publish", "--force")
    assert forced.code == 0
    assert "gives articles/b/ another id than was published" in forced.err
    assert below(www) == output(built)
    edit(built, body="Still other words.")
    ok(built.run("publish"))


def test_a_feeds_own_id_does_not_change_unless_it_is_forced(built: Site) -> None:
    ok(built.run("publish"))
    built.write({"config.yaml": CONFIG + "id: urn:uuid:5f0c1d3e-0000-4000-8000-000000000001\n"})
    ok(built.build())
    done = built.run("publish")
    assert done.code == 1
    assert "output/atom.xml: has another id than was published, https://digest.example/news/ (" in done.err
    assert built.run("publish", "--force").code == 0
    assert counts(built.run("publish", "--json")) == (0, 0)


def test_a_file_that_is_gone_there_comes_back_when_all_are_looked_at(built: Site, www: Path) -> None:
    ok(built.run("publish"))
    shutil.rmtree(www / "articles/b")
    (www / "index.html").unlink()
    assert counts(built.run("publish", "--json")) == (0, 0)
    assert counts(built.run("publish", "--json", "--verify")) == (2, 0)
    assert below(www) == output(built)
    assert counts(built.run("publish", "--json", "--verify")) == (0, 0)


def test_a_record_that_cannot_be_read_stops_it_and_force_begins_anew(built: Site, www: Path) -> None:
    ok(built.run("publish"))
    write(www, {RECORD: "{"})
    assert "its list of what was published cannot be read" in built.run("publish").err
    assert built.run("publish", "--force").code == 0
    assert below(www) == output(built)
    assert json.loads((www / RECORD).read_bytes())["whole"] is True


@pytest.mark.parametrize("place", [".", "output", "output/x", ".."])
def test_the_site_is_not_published_over_itself(site: Site, place: str) -> None:
    site.write({"config.yaml": CONFIG.replace("../www", place)})
    ok(site.build())
    assert site.run("publish").err == "here: would publish over the site itself (choose a folder of its own)\n"


def test_the_target_is_named_or_live_or_the_only_one(built: Site) -> None:
    assert built.run("publish", "her").err == "config.yaml: has no target 'her' (did you mean 'here'?)\n"
    built.write({"config.yaml": CONFIG.replace("{here", "{there: 'folder:../x', here")})
    ok(built.build())
    assert built.run("publish").err == "config.yaml: names several targets (say which: here, there)\n"
    built.write({"config.yaml": CONFIG.replace("here:", "live:")})
    ok(built.build())
    assert ok(built.run("publish")).out.startswith("live: ")
    built.write({"config.yaml": "title: T\nbase_url: https://x.example/\n"})
    assert "names no place to publish to" in built.run("publish").err
