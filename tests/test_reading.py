"""Files to cards: a file's bytes decide whether it is read, and whatever is wrong with it is said."""

import pickle
from pathlib import Path

import msgspec
import pytest

from pressfold import article as articles
from pressfold.card import Card
from pressfold.config import Config
from pressfold.problem import Problem, Problems
from pressfold.published import card
from pressfold.reading import Read, Reader, plain, read_articles
from pressfold.survey import Seen, digest, state
from tests.conftest import article

CONFIG = Config(title="T", base_url="https://digest.example/", timezone="Europe/Warsaw")
PATH = "content/articles/2026/01/a.md"


def _read(root: Path, data: str | bytes | None, before: str = "", known: tuple[str, ...] = ("microsoft",)) -> Read:
    if data is not None:
        (root / PATH).parent.mkdir(parents=True, exist_ok=True)
        (root / PATH).write_bytes(data if isinstance(data, bytes) else data.encode())
    (found,) = read_articles(Reader(root=root, config=CONFIG, known=known), [(PATH, before)])
    return found


def test_file_becomes_its_card_and_is_known_by_its_state_and_hash(tmp_path: Path) -> None:
    text = article(companies="[microsoft]", date="2026-01-09")
    found = _read(tmp_path, text)
    assert found.seen == Seen(state(tmp_path / PATH), digest(text.encode()))
    assert found.card is not None
    assert msgspec.msgpack.decode(found.card, type=Card) == card(articles.load(text, PATH), CONFIG)
    assert (found.path, found.problems, found.incomplete) == (PATH, (), False)
    assert pickle.loads(pickle.dumps(found)) == found


def test_file_whose_bytes_are_as_before_is_not_read(tmp_path: Path) -> None:
    data = b"no article at all"
    assert _read(tmp_path, data, digest(data)) == Read(PATH, Seen(state(tmp_path / PATH), digest(data)))


def test_every_file_of_a_chunk_has_its_result_in_order(tmp_path: Path) -> None:
    names = ["b", "none", "a"]
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(article(name))
    reader = Reader(root=tmp_path, config=CONFIG, known=())
    found = read_articles(reader, [(f"{name}.md", "") for name in names])
    assert [(one.path, one.card is not None) for one in found] == [("b.md", True), ("none.md", False), ("a.md", True)]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"---\ntitle: \xff\n---\n", Problem(PATH, 2, "not UTF-8", "save the file as UTF-8")),
        (
            article(companies="[mikrosoft]"),
            Problem(PATH, 6, "unknown company 'mikrosoft'", "did you mean 'microsoft'?"),
        ),
        (None, Problem(PATH, 0, "cannot be read: No such file or directory")),
    ],
)
def test_file_with_something_wrong_has_no_card_and_is_not_known(
    tmp_path: Path, data: str | bytes | None, problem: Problem
) -> None:
    assert _read(tmp_path, data) == Read(PATH, None, problems=(problem,))


def test_folder_of_an_articles_name_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / PATH).mkdir(parents=True)
    assert _read(tmp_path, None).problems == (Problem(PATH, 0, "cannot be read: Is a directory"),)


@pytest.mark.parametrize(
    ("fields", "html"),
    [
        ({"body": "Some *words*."}, "<p>Some <em>words</em>.</p>"),
        ({"body": "Some *words*.", "draft": "true"}, None),
        ({"body": ""}, None),
        ({"body": "[" * 5000}, None),
    ],
)
def test_text_is_made_html_while_it_is_at_hand_where_that_is_asked_for(
    tmp_path: Path, fields: dict[str, str], html: str | None
) -> None:
    (tmp_path / "a.md").write_text(article(**fields))
    (found,) = read_articles(Reader(root=tmp_path, config=CONFIG, known=(), convert=True), [("a.md", "")])
    assert found.html == ((digest(fields["body"].encode()), html.encode()) if html else None)
    (found,) = read_articles(Reader(root=tmp_path, config=CONFIG, known=()), [("a.md", "")])
    assert found.html is None
    assert found.problems == ()


@pytest.mark.parametrize("lacking", ["id", "added"])
def test_file_that_lacks_only_what_the_machine_gives_is_incomplete(tmp_path: Path, lacking: str) -> None:
    found = _read(tmp_path, article(**{lacking: ""}))
    assert (found.seen, found.card, found.incomplete) == (None, None, True)
    assert [problem.message for problem in found.problems] == [f"'{lacking}' is missing"]


def test_file_that_lacks_more_is_not_incomplete_but_wrong(tmp_path: Path) -> None:
    found = _read(tmp_path, article(id="", lang=""))
    assert not found.incomplete
    assert sorted(problem.message for problem in found.problems) == ["'id' is missing", "'lang' is missing"]


@pytest.mark.parametrize("data", [b"a\nb", b"a\r\nb", b"\xef\xbb\xbfa\nb", b"\xef\xbb\xbfa\r\nb"])
def test_mark_of_the_encoding_and_the_kind_of_line_ends_are_no_part_of_a_text(data: bytes) -> None:
    assert plain(data, "x.md") == "a\nb"


@pytest.mark.parametrize(("data", "line"), [(b"\xff", 1), (b"a\r\nb\n\xe9t\xe9", 3), (b"a\n\n\xc5", 3)])
def test_text_that_is_not_utf8_is_a_problem_at_its_line(data: bytes, line: int) -> None:
    with pytest.raises(Problems) as raised:
        plain(data, "x.md")
    assert raised.value.problems == (Problem("x.md", line, "not UTF-8", "save the file as UTF-8"),)
