"""Markdown from elsewhere: our fields are taken, others kept, the text left as it stands."""

import pytest

from pressfold.ingest.draft import Raw, Unreadable
from pressfold.ingest.markdown import extract

BODY = "Some *words* that an editor wrote about a [letter](https://paper.example/).\n\n- one\n- two\n"


def draft(text: str) -> tuple[str, str, str]:
    found = extract(Raw("inbox/a.md", text.encode()))
    return found.title, found.title_from, found.markdown


def test_fields_of_ours_are_taken_and_others_kept() -> None:
    head = "title: 'A: b'\ndate: 2026-03-03\ncompanies: [ford]\nlayout: post\ncategories: [x]\nsource: {name: Paper}\n"
    text = f"---\n{head}---\n\n{BODY}"
    found = extract(Raw("inbox/a.md", text.encode()))
    assert (found.title, found.title_from, str(found.date), found.source_name) == (
        "A: b",
        "metadata",
        "2026-03-03",
        "Paper",
    )
    assert found.given == {"companies": ["ford"], "extra": {"layout": "post", "categories": ["x"]}}
    assert found.markdown == BODY.strip("\n")


def test_a_leading_heading_is_the_title() -> None:
    assert draft(f"# A title\n\n{BODY}") == ("A title", "heading", BODY.strip("\n"))


def test_a_text_alone_has_no_title() -> None:
    assert draft(BODY)[:2] == ("", "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no text"),
        ("---\ntitle: x\n---\n\n", "no text"),
        ("---\ntitle: x\n\nno end " + BODY, "has no end"),
        (f"---\ntitle: [x\n---\n\n{BODY}", "not YAML"),
        (f"---\ntitle: x\ndate: soon\n---\n\n{BODY}", "line 3: 'date'"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        draft(text)
