"""Which feeds a site has, and what is wrong with the files that say so."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.fetch.opml import LARGEST, Outline, outlines
from pressfold.fetch.sources import OPML, Feed, chosen, feeds
from pressfold.problem import Problem, Problems
from pressfold.settings import read_config
from tests.conftest import CONFIG, write

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0"><head><title>All</title></head><body>\n'
TAIL = "</body></opml>\n"


def opml(*lines: str) -> bytes:
    """An OPML file with some outlines, the first of them on line 3."""
    return (HEAD + "".join(f"{line}\n" for line in lines) + TAIL).encode()


def outline(name: str, url: str) -> str:
    """One of them."""
    return f'<outline type="rss" text="{name}" xmlUrl="{url}"/>'


def found(root: Path, files: dict[str, str | bytes]) -> list[Feed]:
    """The feeds of a site with some files."""
    write(root, {"config.yaml": CONFIG, **files})
    return feeds(root, read_config(root, {}))


def wrong(root: Path, files: dict[str, str | bytes]) -> list[Problem]:
    """What is wrong with them."""
    with pytest.raises(Problems) as raised:
        found(root, files)
    return list(raised.value.problems)


# OPML.


def test_every_outline_with_an_address_is_a_feed() -> None:
    nested = "<outline text='Deep'>" * 300 + outline("Deepest", "https://d.example/f") + "</outline>" * 300
    data = opml(
        outline("A &amp; B", "https://a.example/f?x=1&amp;y=2"),
        '<outline text="short" title="The  long&#10;name" XMLURL=" https://b.example/f "/>',
        '<outline text="no feed" htmlUrl="https://c.example/"/>',
        "<outline xmlUrl='https://c.example/f'/>",
        nested,
    )
    assert outlines(data, OPML) == [
        Outline("A & B", "https://a.example/f?x=1&y=2", 3),
        Outline("The long name", "https://b.example/f", 4),
        Outline("https://c.example/f", "https://c.example/f", 6),
        Outline("Deepest", "https://d.example/f", 7),
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-2"])
def test_encoding_is_the_files_own(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><opml>{outline("Zażółć", "https://a.example/")}</opml>'
    assert outlines(text.encode(encoding), OPML) == [Outline("Zażółć", "https://a.example/", 1)]


BOMB = '<!DOCTYPE opml [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (f"{BOMB}]>\n<opml><outline text='&j;' xmlUrl='https://a.example/'/></opml>".encode(), 1, "declares entities"),
        (b'<!DOCTYPE opml [\n<!ENTITY a SYSTEM "file:///etc/passwd">]><opml>&a;</opml>', 2, "declares entities"),
        (b'<!DOCTYPE opml [<!ENTITY % a SYSTEM "http://a.example/"> %a;]><opml/>', 1, "declares entities"),
        (b"", 1, "no XML: no element found"),
        (b"<opml><body>\n</opml>", 2, "no XML: mismatched tag"),
        (b"<opml>&a;</opml>", 1, "no XML: undefined entity"),
        (b"<opml>\n\xff</opml>", 2, "no XML: not well-formed (invalid token)"),
        (b"\0\1\2", 1, "no XML: not well-formed (invalid token)"),
        (b'<?xml version="1.0" encoding="ebcdic-x"?><opml/>', 1, "no XML: unknown encoding: ebcdic-x"),
        (b"<rss/>", 1, "no OPML, but <rss>"),
        (b" " * (LARGEST + 1), 0, "larger than 8 MiB"),
    ],
)
def test_hostile_or_broken_file_is_one_problem(data: bytes, line: int, message: str) -> None:
    with pytest.raises(Problems) as raised:
        outlines(data, OPML)
    (problem,) = raised.value.problems
    assert (problem.path, problem.line, problem.message) == (OPML, line, message)


@given(
    st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"<opml>{text}</opml>".encode("utf-8", "replace"))
)
def test_any_bytes_are_an_opml_or_a_problem(data: bytes) -> None:
    with suppress(Problems):
        outlines(data, OPML)


def test_outline_whose_address_is_none_is_a_problem_on_its_line() -> None:
    with pytest.raises(Problems) as raised:
        outlines(opml(outline("A", "ftp://a.example/"), outline("B", "https://b.example/"), outline("C", "x")), OPML)
    assert raised.value.problems == (
        Problem(OPML, 3, "'A' has no http(s) address: 'ftp://a.example/'"),
        Problem(OPML, 5, "'C' has no http(s) address: 'x'"),
    )


# All of them together.


def test_feeds_stand_in_three_places(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "config.yaml": CONFIG + "sources: {A: {feed: 'https://a.example/f', body: link}, B: {translated: machine}}\n",
        "content/sources.yaml": "C:\n  feed: https://c.example/f\n  body: excerpt\nD: {body: link}\n",
        OPML: opml(outline("E", "https://e.example/f"), outline("B", "https://b.example/f")),
    }
    assert found(tmp_path, files) == [
        Feed("A", "https://a.example/f", "config.yaml"),
        Feed("C", "https://c.example/f", "config.yaml"),
        Feed("E", "https://e.example/f", OPML, 3),
        Feed("B", "https://b.example/f", OPML, 4),
    ]
    assert [str(feed.slug) for feed in found(tmp_path, files)] == ["a", "c", "e", "b"]


def test_one_feed_that_is_named_twice_is_fetched_once(tmp_path: Path) -> None:
    one = outline("A", "https://a.example/f")
    assert len(found(tmp_path, {OPML: opml(one, f"<outline text='Folder'>{one}</outline>")})) == 1


def test_second_feed_of_a_source_is_a_problem(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "config.yaml": CONFIG + "sources: {A: {feed: 'https://a.example/f'}}\n",
        OPML: opml(
            outline(" a ", "https://a.example/g"),
            outline("B", "https://b.example/f"),
            outline("b", "https://b.example/g"),
        ),
    }
    assert wrong(tmp_path, files) == [
        Problem(OPML, 3, "a second feed of 'a'; the first is https://a.example/f", "rename one of them"),
        Problem(OPML, 5, "a second feed of 'b'; the first is https://b.example/f", "rename one of them"),
    ]


def test_names_with_the_same_words_are_told_apart(tmp_path: Path) -> None:
    data = opml(
        outline("Gram.pl", "https://a.example/f"),
        outline("Gram pl", "https://b.example/f"),
        outline("報", "https://c.example/"),
    )
    slugs = {feed.slug for feed in found(tmp_path, {OPML: data})}
    assert len(slugs) == 3


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("A: {feeds: x}\n", Problem("content/sources.yaml", 1, "unknown key 'A.feeds'", "did you mean 'feed'?")),
        ("\nA:\n  feed: x\n", Problem("content/sources.yaml", 3, "'A.feed' is no http(s) address: 'x'")),
        ("A: https://a.example/\n", Problem("content/sources.yaml", 1, "A must be a mapping (key: value)")),
        ("- A\n", Problem("content/sources.yaml", 1, "this must be a mapping (key: value)")),
        ("A: {}\nB: {body: full}\n", Problem("content/sources.yaml", 2, "'B' stands in config.yaml too", "keep one of them")),
        ("A: {body: half}\n", Problem("content/sources.yaml", 1, "'A.body' is 'half'", "one of: full, excerpt, link")),
        ("A: [\n", Problem("content/sources.yaml", 2, "not YAML: did not find expected node content",
                           "quote a text that holds ': ' or '#'")),
        (b"\xff", Problem("content/sources.yaml", 0, "not UTF-8", "save the file as UTF-8")),
    ],
)  # fmt: skip
def test_wrong_source_is_a_problem_on_its_line(tmp_path: Path, text: str | bytes, problem: Problem) -> None:
    given = {"config.yaml": CONFIG + "sources: {B: {body: link}}\n", "content/sources.yaml": text}
    assert wrong(tmp_path, given) == [problem]


def test_empty_file_of_sources_says_nothing(tmp_path: Path) -> None:
    assert found(tmp_path, {"content/sources.yaml": "# none yet\n", OPML: opml()}) == []


# Which of them.


def test_sources_are_chosen_by_name() -> None:
    here = [Feed("Gram.pl", "https://a.example/", "config.yaml"), Feed("B", "https://b.example/", "config.yaml")]
    assert chosen(here, [], []) == here
    assert chosen(here, ["b", " GRAM.pl", "B"], ["B"]) == [here[1], here[0]]


@pytest.mark.parametrize(
    ("names", "here", "problems"),
    [
        (["Grm.pl", "C"], ["Gram.pl"], [Problem("Grm.pl", 0, "there is no such source", "did you mean 'Gram.pl'?"),
                                       Problem("C", 0, "is a source without a feed", "write feed: and its address beside it")]),
        ([], [], [Problem("config.yaml", 0, "no source has a feed",
                          "write them in config.yaml under sources:, or in content/sources.yaml or content/sources.opml")]),
    ],
)  # fmt: skip
def test_source_that_has_no_feed_is_a_problem(names: list[str], here: list[str], problems: list[Problem]) -> None:
    with pytest.raises(Problems) as raised:
        chosen([Feed(name, "https://a.example/", "config.yaml") for name in here], names, [*here, "C"])
    assert list(raised.value.problems) == problems
