"""Stories through the real commands: copies are one article, joins are proposed, and an editor's word on both stands."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import Site, article, ok
from tests.test_story import ARABIC, ENGLISH, GERMAN, OTHER

PAGE = """<html lang="en"><head><title>{title}</title><link rel="canonical" href="{url}">
<meta property="og:site_name" content="{outlet}"></head><body><article><h1>{title}</h1>{body}</article></body></html>"""
TITLE = "Workers at the Ford plant in Leeds reject an offer"
URL = "https://post.example/ford/leeds"


def page(body: str = ENGLISH, title: str = TITLE, url: str = URL, outlet: str = "The Post") -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n"))
    return PAGE.format(title=title, url=url, outlet=outlet, body=paragraphs)


def telling(title: str, body: str, lang: str, story: str = "", day: int = 1, **fields: str) -> str:
    added = f"2026-01-{day:02}T08:00:00Z"
    return article(title, body=body, lang=lang, companies="[ford]", added=added, story=story, **fields)


def story(path: Path) -> Any:
    """What an article's file says of its story."""
    return yaml.safe_load(path.read_text("utf-8").split("---")[1]).get("story")


def ledger(site: Site) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (site.root / "content/imports.jsonl").read_text("utf-8").splitlines()]


def unjoined(site: Site) -> Site:
    """Three tellings of one event that were written by hand, and another event."""
    return site.write(
        {
            "content/articles/vote.md": telling("Vote", ENGLISH, "en", day=2),
            "content/articles/abstimmung.md": telling("Abstimmung", GERMAN, "de", day=1),
            "content/articles/taswit.md": telling("Taswit", ARABIC, "ar", day=3),
            "content/articles/sales.md": telling("Sales", OTHER, "en", "sales"),
        }
    )


# Copies.


def test_the_same_page_from_two_files_is_one_article(site: Site) -> None:
    ok(site.write({"content/inbox/page.html": page()}).run("import"))
    (first,) = site.articles()
    site.write({"content/inbox/again.html": page(ENGLISH + "\nRead more.", url=f"{URL}/?utm_source=feed#top")})
    said = ok(site.run("import"))
    assert said.out.splitlines()[0] == (
        f"inbox/again.html is {first.relative_to(site.root)}, imported from inbox/page.html"
    )
    assert site.articles() == [first]
    (copy,) = (entry for entry in ledger(site) if entry["file"] == "inbox/again.html")
    (own,) = (entry for entry in ledger(site) if entry["file"] == "inbox/page.html")
    assert (copy["same_as"], copy["article"], copy["written"]) == (own["id"], own["article"], "")
    assert "same_as" not in own
    assert ok(site.run("import", "--json")).json["counts"] == {"imported": 0, "known already": 2}
    assert ok(site.build("--frozen")).code == 0


def test_two_items_of_one_import_are_one_article_and_a_program_hears_it(site: Site) -> None:
    site.write({"content/inbox/a.html": page(), "content/inbox/b.html": page(url=f"http://www.{URL[8:]}")})
    said = ok(site.run("import", "--json")).json
    assert said["counts"] == {"imported": 1, "here already": 1, "known already": 0}
    assert said["same"] == [
        {"file": "inbox/b.html", "article": said["imported"][0]["article"], "first": "inbox/a.html"}
    ]


def test_a_feeds_item_of_a_page_that_is_here_is_no_second_article(site: Site) -> None:
    feed = f"""<rss version="2.0"><channel><title>The Post</title><item><title>{TITLE}</title><guid>7</guid>
    <link>{URL}?utm_medium=rss</link><description>{ENGLISH.splitlines()[0]}</description></item></channel></rss>"""
    ok(site.write({"content/inbox/page.html": page(), "content/inbox/all.xml": feed}).run("import"))
    assert len(site.articles()) == 1
    (copy,) = (entry for entry in ledger(site) if "same_as" in entry)
    assert copy["file"] == "inbox/all.xml"
    assert ok(site.run("import", "--json")).json["counts"]["imported"] == 0


def test_a_copy_that_becomes_another_article_is_imported(site: Site) -> None:
    ok(site.write({"content/inbox/a.html": page(), "content/inbox/b.html": page(url=f"{URL}?fbclid=1")}).run("import"))
    assert len(site.articles()) == 1
    ok(site.write({"content/inbox/b.html": page(OTHER, "Ford sold 61,000 vans", f"{URL}/sales")}).run("import"))
    assert len(site.articles()) == 2
    assert [entry["file"] for entry in ledger(site) if "same_as" in entry] == []
    assert len(ledger(site)) == 2


def test_a_copy_can_be_made_an_article_of_its_own(site: Site) -> None:
    ok(site.write({"content/inbox/a.html": page(), "content/inbox/b.html": page(url=f"{URL}?fbclid=1")}).run("import"))
    ok(site.run("import", "--again", "inbox/b.html"))
    assert len(site.articles()) == 2
    assert len({entry["id"] for entry in ledger(site)}) == 2


def test_a_copy_of_a_deleted_article_brings_nothing_back(site: Site) -> None:
    ok(site.write({"content/inbox/a.html": page(), "content/inbox/b.html": page(url=f"{URL}?fbclid=1")}).run("import"))
    site.articles()[0].unlink()
    ok(site.run("import"))
    assert site.articles() == []


def test_a_reprint_at_another_outlet_is_another_telling(site: Site) -> None:
    reprint = page(url="https://courier.example/1", outlet="The Courier")
    ok(site.write({"content/inbox/a.html": page(), "content/inbox/b.html": reprint}).run("import"))
    assert len(site.articles()) == 2
    assert len({story(path) for path in site.articles()}) == 1


# An editor's story.


def test_an_editors_story_survives_a_new_import_of_its_source(site: Site) -> None:
    ok(site.write({"content/inbox/a.html": page()}).run("import"))
    (path,) = site.articles()
    before = path.read_text("utf-8")
    path.write_text(before.replace(f"story: {path.stem}", "story: leeds"), "utf-8")
    site.write({"content/inbox/a.html": page(ENGLISH + "\nThe board meets on Monday in Cologne to discuss it.")})
    ok(site.run("import"))
    assert "story: leeds" in path.read_text("utf-8")
    assert "Cologne" in path.read_text("utf-8")
    ok(site.write({"content/articles/vote.md": telling("Vote", GERMAN, "de", "vote")}).run("import"))
    assert ok(site.run("stories")).out == "0 proposed\n"  # both stories are an editor's still


# Joins.


def test_joins_are_proposed_with_their_reasons(site: Site) -> None:
    said = ok(unjoined(site).run("stories"))
    assert said.out.splitlines()[1:4] == [
        "   content/articles/abstimmung.md  [de]  Abstimmung",
        "   content/articles/vote.md  [en]  Vote",
        "   content/articles/taswit.md  [ar]  Taswit",
    ]
    assert "shared: numbers 1200, 3150, 4.2, 87" in said.out
    assert said.out.splitlines()[-1] == "1 proposed"
    (proposal,) = ok(site.run("stories", "--json")).json["proposed"]
    assert (proposal["number"], proposal["story"]) == (1, "abstimmung")
    assert 0.5 < proposal["confidence"] < 1
    assert ok(site.run("stories", "--least", "1")).out == "0 proposed\n"


def test_articles_written_by_hand_are_joined_by_an_editors_word(site: Site) -> None:
    said = ok(unjoined(site).run("stories", "--accept", "all", "--json")).json
    assert said["joined"] == [f"content/articles/{name}.md" for name in ("abstimmung", "vote", "taswit")]
    assert [story(path) for path in site.articles()] == ["abstimmung", "sales", "abstimmung", "abstimmung"]
    assert ok(site.build()).code == 0


def imported(site: Site) -> dict[str, str]:
    """Two imported tellings that were made a story each by the machine, as an older import would have; their files."""
    inbox = {"content/inbox/a.html": page(), "content/inbox/b.html": page(url="https://c.example/1", outlet="C")}
    ok(site.write({**inbox}).run("import"))
    lines = []
    for entry in ledger(site):
        path = site.root / entry["article"]
        text = path.read_text("utf-8").replace(f"story: {entry['fields']['story']}", f"story: {path.stem}")
        path.write_text(text, "utf-8")
        entry["fields"]["story"] = path.stem
        entry["written"] = hashlib.sha256(text.encode()).hexdigest()
        lines.append(json.dumps(entry, ensure_ascii=False))
    site.write({"content/imports.jsonl": "\n".join(sorted(lines)) + "\n"})
    return {entry["file"]: entry["article"] for entry in ledger(site)}


def test_what_is_accepted_is_written_with_the_fewest_bytes_and_the_ledger_knows_it(site: Site) -> None:
    files = imported(site)
    before = {path: (site.root / path).read_text("utf-8") for path in files.values()}
    said = ok(site.run("stories", "--accept", "1")).out.splitlines()
    assert said[-1] == "1 joined, 0 kept apart"
    changed = said[0].removeprefix("joined: ")
    (kept,) = set(files.values()) - {changed}
    name = kept.rpartition("/")[2].removesuffix(".md")
    old = changed.rpartition("/")[2].removesuffix(".md")
    assert (site.root / changed).read_text("utf-8") == before[changed].replace(f"story: {old}", f"story: {name}")
    assert (site.root / kept).read_text("utf-8") == before[kept]
    assert {entry["fields"]["story"] for entry in ledger(site)} == {name}
    assert ok(site.run("stories")).out == "0 proposed\n"
    # The join is the machine's word still: a source that changed is taken as a whole.
    site.write({"content/inbox/a.html": page(ENGLISH + "\nThe board meets on Monday."), "content/inbox/b.html": page(
        ENGLISH + "\nThe board meets on Monday.", url="https://c.example/1", outlet="C")})  # fmt: skip
    ok(site.run("import"))
    assert all("The board meets" in (site.root / path).read_text("utf-8") for path in files.values())
    assert {story(path) for path in site.articles()} == {name}


def test_an_edited_article_stays_edited_for_the_ledger_when_it_is_joined(site: Site) -> None:
    files = imported(site)
    for path in files.values():
        (site.root / path).write_text((site.root / path).read_text("utf-8") + "\nMine.\n", "utf-8")
    written = [entry["written"] for entry in ledger(site)]
    ok(site.run("stories", "--accept", "all"))
    assert [entry["written"] for entry in ledger(site)] == written


def test_what_is_refused_is_not_proposed_again(site: Site) -> None:
    said = ok(unjoined(site).run("stories", "--refuse", "1"))
    assert said.out.splitlines()[-1] == "0 joined, 3 kept apart"
    assert (site.root / "content/stories.yaml").read_text("utf-8") == (
        "apart:\n- [abstimmung, taswit]\n- [abstimmung, vote]\n- [taswit, vote]\n"
    )
    assert ok(site.run("stories")).out == "0 proposed\n"
    assert ok(site.build()).code == 0


def test_the_import_keeps_apart_what_an_editor_refused(site: Site) -> None:
    ok(site.write({"content/inbox/a.html": page()}).run("import"))
    (first,) = site.articles()
    reprint = page(title="Ford workers say no", url="https://courier.example/1", outlet="The Courier")
    site.write({"content/stories.yaml": f"apart:\n- [{first.stem}, ford-workers-say-no]\n"})
    ok(site.write({"content/inbox/b.html": reprint}).run("import"))
    assert sorted(map(story, site.articles())) == sorted([first.stem, "ford-workers-say-no"])


def test_an_editors_story_names_the_join_and_two_of_them_are_never_joined(site: Site) -> None:
    files = imported(site)
    (one, other) = files.values()
    slug = {path: path.rpartition("/")[2].removesuffix(".md") for path in files.values()}
    text = (site.root / other).read_text("utf-8")
    (site.root / other).write_text(text.replace(f"story: {slug[other]}", "story: leeds"), "utf-8")
    (proposal,) = ok(site.run("stories", "--json")).json["proposed"]
    assert proposal["story"] == "leeds"
    text = (site.root / one).read_text("utf-8")
    (site.root / one).write_text(text.replace(f"story: {slug[one]}", "story: halifax"), "utf-8")
    assert ok(site.run("stories")).out == "0 proposed\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--accept", "2"), 1, "stories: there is no proposal 2 (from 1 to 1)\n"),
        (("--refuse", "0"), 1, "stories: there is no proposal 0 (from 1 to 1)\n"),
        (("--accept", "one"), 2, "no numbers: 'one'"),
    ],
)
def test_numbers_that_name_no_proposal(site: Site, arguments: tuple[str, str], code: int, said: str) -> None:
    result = unjoined(site).run("stories", *arguments)
    assert result.code == code
    assert said in result.err


def test_a_file_of_stories_that_is_wrong_is_named_by_its_line(site: Site) -> None:
    site.write({"content/stories.yaml": "apart:\n- [a, b]\n- [c]\nother: x\n", "content/inbox/a.html": page()})
    said = site.run("import")
    assert said.code == 1
    assert "content/stories.yaml:3: is no pair of articles" in said.err
    assert "content/stories.yaml:4: unknown key 'other'" in said.err
