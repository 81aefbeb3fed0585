"""Raw text to article, through the command: every item is taken once, refused with its reason, or left as it is."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from pressfold.ingest import extract
from tests.conftest import CONFIG, Site, missing, ok, told

TITLE = "Workers ask Microsoft to drop a contract"
FIRST = (
    "Several hundred workers of Microsoft have asked the company to drop its contract with the agency, a letter says."
)
SECOND = "The company did not answer on Tuesday, and the workers said that they would wait for another week."
LETTER = f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n"
PLACE = "content/articles/2026/02/workers-ask-microsoft-to-drop-a-contract.md"
KINDS = f"not imported: not a kind of file that import reads ({' '.join(extract.KINDS)})"
NOTHING = "1 problem; nothing was written to the site\n"
# Root may read every file; to be refused one, it gives that capability up.
READS_ALL = ("dac_override", "dac_read_search") if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
LATER = 3_000_000  # seconds: the next month

POLISH = """\
Pracownicy Palantira pytają szefów o współpracę z urzędem

Pracownicy firmy Palantir od kilku dni pytają swoich przełożonych, dlaczego spółka wciąż współpracuje z urzędem.

Część z nich żąda, żeby zarząd ujawnił treść umów. Źródła w spółce mówią, że dyskusja trwała całą noc.
"""
GERMAN = """\
Die Belegschaft verlangt von Microsoft Abstand zur Behörde

Mehrere hundert Beschäftigte von Microsoft haben den Konzern aufgefordert, den Vertrag mit der Behörde zu kündigen.

Die Führung müsse endlich erklären, wofür die Dienste genutzt würden. „Wir möchten nicht länger schweigen“, heißt es.

Der Konzern äußerte sich zunächst nicht. Für Freitag ist eine größere Versammlung in München geplant.
"""


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site into which the letter was imported; to be copied, not changed."""
    made = Site(tmp_path_factory.mktemp("once") / "site")
    made.write({"config.yaml": CONFIG, "content/inbox/.keep": "", "content/inbox/one.txt": LETTER})
    ok(made.run("import"))
    return made


@pytest.fixture
def letter(site: Site, once: Site) -> Site:
    """A site of one's own into which the letter was imported as inbox/one.txt."""
    shutil.copytree(once.root, site.root, dirs_exist_ok=True)
    return site


def only(site: Site) -> Path:
    """The one article that there is."""
    (path,) = site.articles()
    return path


def body(path: Path) -> str:
    """An article's text, without its front matter."""
    return path.read_text("utf-8").split("\n---\n", 1)[1].strip()


def fields(path: Path) -> dict[str, str]:
    """An article's front matter, a line a field, as it stands."""
    head = path.read_text("utf-8").split("---\n")[1]
    return dict(line.split(": ", 1) for line in head.splitlines() if line[0] != "#")


def times(site: Site, folder: str) -> dict[str, int]:
    """When each file below a folder was last written."""
    return {p.as_posix(): p.stat().st_mtime_ns for p in sorted((site.root / folder).rglob("*")) if p.is_file()}


def entries(site: Site) -> list[dict[str, object]]:
    """The ledger, an entry a line."""
    return [json.loads(line) for line in (site.root / "content/imports.jsonl").read_text("utf-8").splitlines()]


def has_edited(path: Path) -> bytes:
    """Change an article as an editor would; its bytes then."""
    path.write_text(path.read_text("utf-8").replace(FIRST, "An editor's own words."), "utf-8")
    return path.read_bytes()


# From text to article.


def test_a_text_becomes_an_article_that_says_where_it_came_from(site: Site) -> None:
    site.write({"content/inbox/letters/one.txt": LETTER})
    said = ok(site.run("import"))
    assert told(said) == f"inbox/letters/one.txt -> {PLACE}  [en]\n1 imported, 0 known already in N s\n"
    hashed = hashlib.sha256(LETTER.encode()).hexdigest()
    assert only(site) == site.root / PLACE
    given = fields(only(site))
    assert given.pop("id").startswith("urn:uuid:")
    assert given.pop("summary").startswith("Several hundred workers")
    assert given.pop("import").startswith(f"{{file: inbox/letters/one.txt, sha256: {hashed}, by: pressfold/")
    assert given == {
        "title": TITLE,
        "lang": "en",
        "added": "2026-02-02T02:40:00Z",
        "companies": "[microsoft]",
        "story": "workers-ask-microsoft-to-drop-a-contract",
    }
    assert body(only(site)) == f"{FIRST}\n\n{SECOND}"
    assert (site.root / "content/inbox/letters/one.txt").read_text("utf-8") == LETTER


def test_the_build_imports_first(site: Site) -> None:
    site.write({"content/inbox/one.txt": LETTER})
    said = ok(site.build())
    assert told(said).splitlines()[0] == f"inbox/one.txt -> {PLACE}  [en]"
    assert f"<h1>{TITLE}</h1>" in site.page("articles/workers-ask-microsoft-to-drop-a-contract/index.html")


ENCODED = [
    ("bom.txt", LETTER, "utf-8-sig"),
    ("wide-little.txt", POLISH, "utf-16-le"),
    ("wide-big.txt", POLISH, "utf-16-be"),
    ("latin-2.txt", POLISH, "iso-8859-2"),
    ("central.txt", POLISH, "windows-1250"),
    ("western.txt", GERMAN, "windows-1252"),
    ("dos.txt", LETTER.replace("\n", "\r\n"), "utf-8"),
    ("mac.txt", LETTER.replace("\n", "\r"), "utf-8"),
    ("separated.txt", LETTER.replace("\n", "\u2028"), "utf-8"),
]
MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@pytest.fixture(scope="module")
def encoded(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that imported every one of ENCODED, in one go."""
    made = Site(tmp_path_factory.mktemp("encoded") / "site").write({"config.yaml": CONFIG})
    made.write({f"content/inbox/{name}": MARKS.get(code, b"") + text.encode(code) for name, text, code in ENCODED})
    ok(made.run("import"))
    return made


@pytest.mark.parametrize(("name", "text", "code"), ENCODED)
def test_an_encoding_or_line_end_changes_nothing_of_the_article(encoded: Site, name: str, text: str, code: str) -> None:
    (path,) = (encoded.root / str(entry["article"]) for entry in entries(encoded) if entry["file"] == f"inbox/{name}")
    title, _, rest = "\n".join(text.splitlines()).partition("\n\n")
    assert fields(path)["title"] == title
    assert fields(path)["lang"] == {LETTER: "en", POLISH: "pl", GERMAN: "de"}.get(text, "en")
    assert body(path) == rest.strip()
    assert b"\r" not in path.read_bytes()


def test_control_characters_reach_neither_the_article_nor_the_feeds(site: Site) -> None:
    noisy = (
        LETTER.replace("workers", "wor\x01k\x7fers")
        .replace("contract", "con\u202etract\x1b")
        .replace(" a ", "\u00a0a ")
    )
    site.write({"content/inbox/a.txt": noisy + "\ufeff\x00"})
    ok(site.build())
    assert only(site) == site.root / PLACE
    assert body(only(site)) == f"{FIRST}\n\n{SECOND}"
    allowed = set("\n")
    for name, data in site.tree().items():
        if name.endswith(".png"):
            continue
        text = data.decode("utf-8")
        assert not {ch for ch in text if (ch < " " or ch in "\x7f\u202e") and ch not in allowed}, name


def test_a_saved_page_gives_title_date_source_and_text(site: Site) -> None:
    page = f"""\
<!DOCTYPE html>
<html lang="en"><head><title>{TITLE} | The Evening Paper</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="The Evening Paper">
<meta property="og:url" content="https://paper.example/2026/letter">
<meta property="article:published_time" content="2026-01-20T10:00:00+01:00">
</head><body><nav><a href="/">Home</a> <a href="/tech">Technology</a></nav>
<article><h1>{TITLE}</h1><p>{FIRST}</p><blockquote><p>We will not be silent any longer, they wrote.</p></blockquote>
<p>{SECOND} <a href="/earlier">An earlier letter</a> had no answer <b>either</b>.</p>
<script>track("you")</script></article>
<footer>Copyright The Evening Paper. All rights reserved.</footer></body></html>
"""
    site.write({"content/inbox/page.html": page})
    said = ok(site.run("import"))
    assert told(said).startswith("inbox/page.html -> content/articles/2026/01/")
    given = fields(only(site))
    assert given["title"] == TITLE
    assert given["date"].startswith("2026-01-20")
    assert given["source"] == "{name: The Evening Paper, url: 'https://paper.example/2026/letter'}"
    text = body(only(site))
    assert text.startswith(FIRST)
    assert "> We will not be silent any longer, they wrote." in text
    assert "[An earlier letter](https://paper.example/earlier)" in text
    assert "track" not in text
    assert "rights reserved" not in text


def test_markdown_keeps_its_fields_and_its_text(site: Site) -> None:
    text = f"""\
---
title: A title of my own
date: 2025-12-24
lang: en-GB
companies: [google]
source: {{name: A paper, url: 'https://paper.example/x'}}
tags: [letters]
rating: five
---

{FIRST}

* a point
* **another**, with [a link](https://paper.example/y)

{SECOND}
"""
    site.write({"content/inbox/mine.md": text})
    ok(site.run("import"))
    given = fields(only(site))
    assert only(site) == site.root / "content/articles/2025/12/a-title-of-my-own.md"
    assert given["title"] == "A title of my own"
    assert given["date"] == "2025-12-24"
    assert given["lang"] == "en-GB"
    assert given["companies"] == "[google]"
    assert given["tags"] == "[letters]"
    assert given["extra"] == "{rating: five}"
    assert given["source"] == "{name: A paper, url: 'https://paper.example/x'}"
    assert body(only(site)) == text.split("\n---\n", 1)[1].strip()


def test_markdown_without_front_matter_has_its_heading_for_a_title(site: Site) -> None:
    site.write({"content/inbox/mine.md": f"# A *title* of my own\n\n{FIRST}\n\n{SECOND}\n"})
    ok(site.run("import"))
    assert fields(only(site))["title"] in ("A title of my own", "A *title* of my own")
    assert body(only(site)) == f"{FIRST}\n\n{SECOND}"


# What cannot be imported.


REFUSED = {
    "blank.txt": (b" \r\n\n\t ", "the file is empty"),
    "cut.pdf": (b"%PDF-1.7", KINDS.removeprefix("not imported: ")),
    "empty.txt": (b"", "the file is empty"),
    "music.txt": (bytes(range(256)) * 40, "not a text (no known encoding)"),
    "nameless": (LETTER.encode(), KINDS.removeprefix("not imported: ")),
    "open.md": (b"---\ntitle: x\n", "the front matter has no end"),
    "picture.txt": (b"\x00\x01\x02P" * 400, "not a text (binary data)"),
    "shell.html": (b"<!doctype html><html><body><p></p></body></html>", "no article in it"),
    "short.txt": (b"Only three words\n", "no article in it (fewer than 8 words of running text)"),
    "wrong.md": (f"---\ntitle: x\ndate: never\n---\n\n{FIRST}\n".encode(), "line 3: 'date': "),
}


def test_a_file_that_is_no_article_is_named_with_its_reason(site: Site) -> None:
    site.write({f"content/inbox/{name}": data for name, (data, _) in REFUSED.items()})
    site.write({"content/inbox/good.txt": LETTER + "More was not said about it.\n"})
    said = site.run("import")
    assert said.code == 0
    lines = said.err.splitlines()
    for line, (name, (_, reason)) in zip(lines, REFUSED.items(), strict=True):
        assert line.startswith(f"content/inbox/{name}: not imported: {reason}")
        assert line.endswith(reason) or name == "wrong.md"
    assert told(said).splitlines()[-1] == "1 imported, 10 not imported, 0 known already in N s"
    assert only(site) == site.root / PLACE
    strict = site.run("import", "--strict")
    assert strict.code == 1
    assert strict.err.splitlines()[:10] == lines


def test_a_strict_import_that_wrote_does_not_say_that_nothing_was_written(site: Site) -> None:
    site.write({"content/inbox/good.txt": LETTER, "content/inbox/x.pdf": b"%PDF"})
    said = site.run("import", "--strict")
    assert said.code == 1
    assert said.err.startswith(f"content/inbox/x.pdf: {KINDS}\n")
    assert only(site) == site.root / PLACE
    assert "nothing was written" not in said.err


def test_a_build_says_what_it_could_not_import_and_goes_on_unless_strict(site: Site) -> None:
    site.write({"content/inbox/paper.pdf": b"%PDF", "content/inbox/good.txt": LETTER})
    line = f"content/inbox/paper.pdf: {KINDS}\n"
    strict = site.build("--strict")
    assert (strict.code, strict.err) == (1, line + "1 problem; nothing was written to the site\n")
    assert not site.output.exists()
    said = site.build()
    assert (said.code, said.err) == (0, line)
    assert "articles/workers-ask-microsoft-to-drop-a-contract/index.html" in site.tree()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_file_that_cannot_be_read_is_named_and_stops_nothing(site: Site) -> None:
    site.write({"content/inbox/good.txt": LETTER})
    (site.root / "content/inbox/gone.txt").symlink_to("/nowhere/at/all.txt")
    said = site.run("import")
    assert said.code == 0
    assert said.err.startswith("content/inbox/gone.txt: not imported: ")
    assert only(site) == site.root / PLACE
    assert site.run("import", "--strict").code == 1


@pytest.mark.skipif(os.name == "nt", reason="chmod takes away no reading there")
def test_a_file_without_permission_is_named_and_stops_nothing(site: Site) -> None:
    if READS_ALL and not shutil.which("setpriv"):
        missing("root reads every file, and no setpriv")
    site.write({"content/inbox/good.txt": LETTER, "content/inbox/secret.txt": LETTER + "More.\n"})
    (site.root / "content/inbox/secret.txt").chmod(0)
    said = site.run("import", without=READS_ALL)
    assert (said.code, said.err) == (0, "content/inbox/secret.txt: not imported: Permission denied\n")
    assert only(site) == site.root / PLACE


# Once, and never over a person's word.


def test_importing_twice_changes_nothing(site: Site) -> None:
    site.write({"content/inbox/one.txt": LETTER, "content/inbox/two.txt": GERMAN})
    ok(site.run("import"))
    before, written = site.tree("content"), times(site, "content")
    site.now += LATER
    again = ok(site.run("import"))
    assert told(again) == "0 imported, 2 known already in N s\n"
    assert (site.tree("content"), times(site, "content")) == (before, written)


def test_an_edited_article_is_never_written_over(letter: Site) -> None:
    mine = has_edited(only(letter))
    for command in (("import",), ("build",), ("build", "--no-cache")):
        ok(letter.run(*command))
        assert only(letter).read_bytes() == mine
    (letter.root / "content/imports.jsonl").unlink()  # even one whose ledger is lost
    said = ok(letter.run("import"))
    assert only(letter).read_bytes() == mine
    assert told(said) == f"inbox/one.txt -> {PLACE}  [en]  changed: nothing\n1 imported, 0 known already in N s\n"


def test_a_deleted_article_stays_deleted_until_it_is_asked_for(letter: Site) -> None:
    before = only(letter).read_bytes()
    only(letter).unlink()
    assert told(ok(letter.run("import"))) == "0 imported, 1 known already in N s\n"
    ok(letter.build())
    assert letter.articles() == []
    said = ok(letter.run("import", "--again", "inbox/one.txt"))
    assert told(said) == f"inbox/one.txt -> {PLACE}  [en]\n1 imported, 0 known already in N s\n"
    assert only(letter).read_bytes() == before


@pytest.mark.parametrize("name", ["content/inbox/one.txt", "inbox/one.txt", "inbox", "inbox\\one.txt"])
def test_again_takes_a_file_or_a_folder_by_either_name(letter: Site, name: str) -> None:
    only(letter).unlink()
    ok(letter.run("import", "--again", name))
    assert only(letter) == letter.root / PLACE


def test_again_writes_nothing_over_an_edited_article(letter: Site) -> None:
    mine = has_edited(only(letter))
    ok(letter.run("import", "--again", "inbox/one.txt"))
    assert only(letter).read_bytes() == mine


def test_again_finds_an_edited_article_that_was_renamed(letter: Site) -> None:
    mine = has_edited(only(letter))
    path = only(letter).rename(only(letter).with_name("my-name-for-it.md"))
    ok(letter.run("import", "--again", "inbox/one.txt"))
    assert (only(letter), path.read_bytes()) == (path, mine)
    assert [entry["article"] for entry in entries(letter)] == [path.relative_to(letter.root).as_posix()]
    ok(letter.build())


def test_again_for_a_file_that_was_never_imported_says_so(letter: Site) -> None:
    said = letter.run("import", "--again", "inbox/won.txt")
    assert said.code == 1
    assert said.err.startswith("content/inbox/won.txt: ") or "inbox/won.txt" in said.err
    assert only(letter) == letter.root / PLACE


def test_a_changed_file_remakes_an_article_that_nobody_touched(letter: Site) -> None:
    before, path = fields(only(letter)), only(letter)
    letter.now += LATER
    letter.write({"content/inbox/one.txt": LETTER.replace("drop a contract", "end a contract")})
    said = ok(letter.run("import"))
    assert told(said).endswith("1 imported, 0 known already in N s\n")
    after = fields(only(letter))
    assert only(letter) == path
    assert after["title"] == "Workers ask Microsoft to end a contract"
    for key in ("id", "added", "story"):
        assert after[key] == before[key]
    assert len(entries(letter)) == 1
    assert told(ok(letter.run("import"))) == "0 imported, 1 known already in N s\n"


@pytest.mark.parametrize("deleted", [False, True])
def test_again_after_a_change_keeps_the_id_and_the_address(letter: Site, deleted: bool) -> None:
    before = fields(only(letter))
    for noun in ("deal", "treaty"):
        letter.now += LATER
        letter.write({"content/inbox/one.txt": LETTER.replace("a contract", f"a {noun}")})
        if deleted:
            only(letter).unlink()
        else:
            ok(letter.run("import"))
        ok(letter.run("import", "--again", "inbox/one.txt"))
        after = fields(only(letter))
        assert after["title"] == f"Workers ask Microsoft to drop a {noun}"
        assert [after[key] for key in ("id", "added")] == [before[key] for key in ("id", "added")]
        assert only(letter) == letter.root / PLACE
        assert len(entries(letter)) == 1


def test_an_old_refusal_does_not_fail_the_import_of_another_file(site: Site, tmp_path: Path) -> None:
    site.write({"content/inbox/bad.pdf": "%PDF-1.4"})
    good, bad = tmp_path / "good.txt", tmp_path / "worse.pdf"
    good.write_text(LETTER, "utf-8")
    bad.write_text("%PDF-1.4 x", "utf-8")
    said = site.run("import", str(good))
    assert (said.code, "bad.pdf" in said.err, len(site.articles())) == (0, True, 1)
    assert site.run("import", str(bad)).code == 1


@pytest.mark.parametrize("name", [".hidden.txt", "letter.txt~"])
def test_a_hidden_file_is_refused_by_name(site: Site, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(LETTER, "utf-8")
    said = site.run("import", str(tmp_path / name))
    wrong = "is hidden or a backup, which the inbox passes over (rename it)"
    assert (said.code, said.err) == (1, f"{tmp_path / name}: {wrong}\n")


def test_a_folder_gives_no_hidden_files_and_no_backups(site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    for name in (".git/config", ".DS_Store", "one.txt~", "one.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(LETTER, "utf-8")
    ok(site.run("import", str(folder)))
    assert sorted(path.name for path in (site.root / "content/inbox").iterdir()) == [".keep", "one.txt"]


def test_a_changed_text_does_not_take_the_place_of_an_edited_one(letter: Site) -> None:
    mine = has_edited(only(letter))
    letter.write({"content/inbox/one.txt": LETTER + "\nOne more line stands at the end of it now.\n"})
    said = letter.run("import")
    why = "the text was edited here, and is another in content/inbox/one.txt now"
    assert (said.code, said.err) == (0, f"{PLACE}: {why} (yours is kept; take the new one by hand if it is right)\n")
    assert only(letter).read_bytes() == mine
    assert told(ok(letter.run("import"))) == "0 imported, 1 known already in N s\n"  # it is said once
    assert letter.build().code == 0


def test_what_nobody_touched_follows_the_source_and_what_was_edited_stays(letter: Site) -> None:
    path = only(letter)
    edited = (
        path.read_text("utf-8")
        .replace(f"title: {TITLE}", "# mine\ntitle: My own title")
        .replace("lang: en", "lang: en-GB")
    )
    path.write_text(edited.replace("companies: [microsoft]", "companies: [microsoft]\ntags: [letters]"), "utf-8")
    letter.write(
        {"content/inbox/one.txt": LETTER.replace("Several hundred", "Nine hundred").replace("drop a", "end a")}
    )
    said = letter.run("import")
    assert f"{PLACE}:4: 'title' was edited here, and is another in content/inbox/one.txt now" in said.err
    assert "changed: summary, text" in said.out
    after, given = path.read_text("utf-8"), fields(path)
    assert body(path).startswith("Nine hundred workers")
    assert given["summary"].startswith("Nine hundred workers")
    assert "# mine\ntitle: My own title\nlang: en-GB\n" in after
    assert given["tags"] == "[letters]"
    ok(letter.build())
    letter.write({"content/inbox/one.txt": LETTER.replace("Several hundred", "A thousand")})  # and again later
    letter.run("import")
    assert (body(path)[:18], fields(path)["title"]) == ("A thousand workers", "My own title")


def test_a_frozen_build_asks_for_what_changed(letter: Site) -> None:
    has_edited(only(letter))
    letter.write({"content/inbox/one.txt": LETTER + "\nOne more line stands at the end of it now.\n"})
    assert "content/inbox/one.txt: is not imported yet" in letter.build("--frozen").err
    assert letter.build().code == 0
    ok(letter.build("--frozen"))


def test_the_way_out_that_a_changed_file_names_works(letter: Site) -> None:
    has_edited(only(letter))
    letter.write({"content/inbox/one.txt": LETTER.replace("drop a contract", "end a contract")})
    letter.run("import")
    only(letter).unlink()
    ok(letter.run("import", "--again", "inbox/one.txt"))
    assert fields(only(letter))["title"] == "Workers ask Microsoft to end a contract"


def test_a_changed_file_never_doubles_an_article_that_was_renamed(letter: Site) -> None:
    mine = only(letter).rename(only(letter).with_name("my-name-for-it.md"))
    letter.write({"content/inbox/one.txt": LETTER.replace("drop a contract", "end a contract")})
    letter.run("import")
    assert only(letter) == mine
    assert letter.build().code == 0


def test_a_raw_file_that_moves_is_known_by_its_bytes(letter: Site) -> None:
    before = letter.tree("content/articles")
    letter.write({"content/inbox/sorted/first.txt": LETTER})
    (letter.root / "content/inbox/one.txt").unlink()
    assert told(ok(letter.run("import"))) == "0 imported, 1 known already in N s\n"
    assert letter.tree("content/articles") == before


def test_the_same_bytes_twice_are_one_article(site: Site) -> None:
    site.write({"content/inbox/one.txt": LETTER, "content/inbox/copy/two.txt": LETTER})
    said = ok(site.run("import"))
    assert told(said).splitlines()[-1].startswith("1 imported, ")
    assert only(site) == site.root / PLACE
    assert told(ok(site.run("import"))) == "0 imported, 2 known already in N s\n"


def test_two_titles_alike_are_two_articles_at_two_addresses(site: Site) -> None:
    title = LETTER.split("\n", 1)[0]
    other = "A second letter went to the company's board on Friday, this time from its offices in Ireland and Spain.\n"
    site.write({"content/inbox/one.txt": LETTER, "content/inbox/two.txt": f"{title}\n\n{other * 2}"})
    said = site.run("import")
    assert (said.code, said.err) == (0, "")
    first, second = (path.stem for path in site.articles())
    assert second == "workers-ask-microsoft-to-drop-a-contract" or first == "workers-ask-microsoft-to-drop-a-contract"
    assert len({fields(path)["id"] for path in site.articles()}) == 2


def test_two_machines_agree_on_ids_and_addresses(site: Site, tmp_path: Path) -> None:
    raw: dict[str, str | bytes] = {
        "content/inbox/one.txt": LETTER,
        "content/inbox/two.txt": GERMAN,
        "content/inbox/three.txt": POLISH,
    }
    other = Site(tmp_path / "elsewhere").write({"config.yaml": (site.root / "config.yaml").read_bytes(), **raw})
    ok(site.write(raw).run("import", environment={"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}))
    ok(other.run("import", environment={"PYTHONHASHSEED": "2", "TZ": "America/Lima"}))
    assert site.tree("content") == {**other.tree("content"), "inbox/.keep": b""}


# Files from elsewhere.


def test_a_path_is_copied_into_the_inbox_and_imported(site: Site, tmp_path: Path) -> None:
    raw = tmp_path / "Downloads"
    Site(raw).write({"letter.txt": LETTER, "more/brief.txt": GERMAN})
    said = ok(site.run("import", str(raw / "letter.txt")))
    assert told(said) == f"inbox/letter.txt -> {PLACE}  [en]\n1 imported, 0 known already in N s\n"
    assert (site.root / "content/inbox/letter.txt").read_text("utf-8") == LETTER
    assert (raw / "letter.txt").read_text("utf-8") == LETTER
    ok(site.run("import", str(raw)))
    assert sorted(site.tree("content/inbox")) == [".keep", "brief.txt", "letter.txt"]
    assert len(site.articles()) == 2


def test_another_file_of_the_same_name_gets_a_name_of_its_own(site: Site, tmp_path: Path) -> None:
    Site(tmp_path / "b").write({"letter.txt": GERMAN})
    site.write({"content/inbox/letter.txt": LETTER})
    ok(site.run("import", str(tmp_path / "b" / "letter.txt")))
    assert (site.root / "content/inbox/letter.txt").read_text("utf-8") == LETTER
    assert (site.root / "content/inbox/letter-2.txt").read_text("utf-8") == GERMAN


def test_a_path_that_is_not_there_is_named(site: Site, tmp_path: Path) -> None:
    said = site.run("import", str(tmp_path / "nothing.txt"))
    assert (said.code, said.out) == (1, "")
    assert said.err == f"{tmp_path / 'nothing.txt'}: there is no such file\n"


def test_a_path_that_cannot_be_imported_fails_the_command(site: Site, tmp_path: Path) -> None:
    Site(tmp_path / "raw").write({"paper.pdf": b"%PDF"})
    said = site.run("import", str(tmp_path / "raw" / "paper.pdf"))
    assert (said.code, said.err.removesuffix(NOTHING)) == (1, f"content/inbox/paper.pdf: {KINDS}\n")


# The ledger.


def test_the_ledger_is_sorted_and_has_a_line_an_item(site: Site) -> None:
    site.write({"content/inbox/one.txt": LETTER, "content/inbox/two.txt": GERMAN})
    ok(site.run("import"))
    site.write({"content/inbox/a.txt": POLISH})
    ok(site.run("import"))
    found = entries(site)
    keys = [str(entry["key"]) for entry in found]
    assert keys == sorted(keys)
    hashes = {f"sha256:{hashlib.sha256(text.encode()).hexdigest()}" for text in (LETTER, GERMAN, POLISH)}
    assert set(keys) == hashes
    assert sorted(str(entry["file"]) for entry in found) == ["inbox/a.txt", "inbox/one.txt", "inbox/two.txt"]
    for entry in found:
        path = site.root / str(entry["article"])
        assert entry["id"] == fields(path)["id"]
        assert entry["written"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (site.root / "content/imports.jsonl").read_bytes().endswith(b"\n")


@pytest.mark.parametrize("line", ["<<<<<<< HEAD", "{}", "[1, 2]", '{"key": "x", "colour": "red"}', '{"key": '])
def test_a_line_that_is_no_entry_is_named_and_nothing_is_written(letter: Site, line: str) -> None:
    whole = (letter.root / "content/imports.jsonl").read_text("utf-8")
    letter.write({"content/imports.jsonl": f"{whole}{line}\n", "content/inbox/two.txt": GERMAN})
    before = letter.tree("content")
    said = letter.run("import")
    hint = "not a line of the ledger (restore it from version control, or take the line out)"
    assert (said.code, said.out) == (1, "")
    assert said.err == f"content/imports.jsonl:2: {hint}\n"
    assert letter.tree("content") == before


def test_an_import_that_was_stopped_before_its_ledger_doubles_nothing(site: Site) -> None:
    site.write({"content/inbox/one.txt": LETTER, "content/inbox/two.txt": GERMAN})
    ok(site.run("import"))
    before = site.tree("content")
    (site.root / "content/imports.jsonl").unlink()
    site.now += LATER
    ok(site.run("import"))
    assert site.tree("content") == before


COUNTED = """\
Microsoft staff count their signatures

At Microsoft 4120 people in 37 offices have signed the appeal against the contract, which is worth 194 million dollars.

Only 612 of them gave their names, and 85 want to leave, said Anna Kowalczyk.
"""
CONTADAS = """\
La plantilla de Microsoft reúne sus firmas

En Microsoft 4120 personas de 37 oficinas han firmado el llamamiento contra el contrato, que vale 194 millones de dólares.

Solo 612 de ellas dieron su nombre, y 85 quieren marcharse, dijo Anna Kowalczyk.
"""


def test_a_stopped_import_of_a_doubtful_story_is_completed_too(site: Site) -> None:
    site.write({"content/inbox/one.txt": COUNTED, "content/inbox/two.txt": CONTADAS})
    said = ok(site.run("import"))
    assert re.search(
        r"\[es\]  to review: .*\bstory\n  tells the story of content/articles/2026/02/microsoft-st", said.out
    )
    before = site.tree("content")
    (site.root / "content/imports.jsonl").unlink()
    ok(site.run("import"))
    assert site.tree("content") == before


def test_a_half_written_file_of_a_stopped_import_is_swept_away(site: Site) -> None:
    site.write({"content/inbox/one.txt": LETTER, "content/articles/2026/02/.x.md.pressfold-tmp": "half"})
    ok(site.run("import"))
    assert [name for name in site.tree("content") if "tmp" in name] == []


def test_a_damaged_memory_is_set_aside_and_costs_nothing_but_time(site: Site) -> None:
    site.write({"content/inbox/one.txt": LETTER})
    ok(site.build())
    before = site.tree()
    site.write({".pressfold/memory.sqlite": b"this is no database at all, " * 40})
    said = site.build()
    assert (said.code, site.tree()) == (0, before)
    assert said.err == "memory.sqlite could not be read; it is set aside, and everything is made anew\n"
    ok(site.build())
    sqlite3.connect(site.root / ".pressfold/memory.sqlite").close()


def test_json_says_what_was_imported_and_refused(site: Site) -> None:
    site.write({"content/inbox/one.txt": LETTER, "content/inbox/x.pdf": b"%PDF"})
    said = site.run("import", "--json")
    assert (said.code, said.err) == (0, "")
    assert said.json == {
        "imported": [{"file": "inbox/one.txt", "article": PLACE, "review": [], "story": "", "changed": None}],
        "same": [],
        "refused": [{"path": "content/inbox/x.pdf", "line": 0, "message": KINDS, "hint": ""}],
        "problems": [],
        "held_back": [],
        "counts": {"imported": 1, "not imported": 1, "known already": 0},
    }


def test_a_deleted_article_stays_deleted_when_its_raw_file_changes(site: Site) -> None:
    site.write({"content/inbox/one.txt": LETTER})
    ok(site.run("import"))
    site.articles()[0].unlink()
    site.write({"content/inbox/one.txt": LETTER + "\n\nOne more sentence stands at the end of the letter now.\n"})
    said = site.run("import")
    assert said.code == 0
    assert said.err.startswith(
        "content/inbox/one.txt: has changed, but its article was deleted (pressfold import --again"
    )
    assert site.articles() == []
    ok(site.run("import", "--again", "inbox/one.txt"))
    assert len(site.articles()) == 1
