"""The settings of a site, read from its file."""

from pathlib import Path

import pytest

from pressfold.problem import Problem, Problems
from pressfold.settings import read_config
from pressfold.source import Source
from tests.conftest import CONFIG, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a site."""
    (tmp_path / "config.yaml").write_text(CONFIG)
    return tmp_path


def test_settings_are_read_with_what_overrides_them(root: Path) -> None:
    found = read_config(root, {"PRESSFOLD_TITLE": "Another"}, "https://other.example/")
    assert (found.title, found.base_url, found.timezone) == ("Another", "https://other.example/", "Europe/Warsaw")


def test_mark_of_the_encoding_is_no_part_of_the_settings(root: Path) -> None:
    (root / "config.yaml").write_bytes(b"\xef\xbb\xbf" + CONFIG.encode())
    assert read_config(root, {}).title == "A test digest"


def test_sources_may_stand_in_a_file_of_their_own(root: Path) -> None:
    write(root, {"config.yaml": CONFIG + "sources: {A: {body: link}}\n"})
    write(root, {"content/sources.yaml": "\ufeffB:\n  body: excerpt\n  feed: https://b.example/\nC:\n"})
    assert read_config(root, {}).sources == {
        "A": Source(body="link"),
        "B": Source(body="excerpt", feed="https://b.example/"),
    }


def test_source_that_stands_in_both_is_a_problem_and_so_is_all_else_that_is_wrong(root: Path) -> None:
    write(root, {"config.yaml": CONFIG + "sources: {A: {}}\n", "content/sources.yaml": "B: {bdy: x}\nA: {}\n"})
    with pytest.raises(Problems) as raised:
        read_config(root, {})
    assert raised.value.problems == (
        Problem("content/sources.yaml", 1, "unknown key 'B.bdy'", "did you mean 'body'?"),
        Problem("content/sources.yaml", 2, "'A' stands in config.yaml too", "keep one of them"),
    )


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (
            None,
            Problem(
                "config.yaml", 0, "there is no site here", "run pressfold init, or name the site's folder with --site"
            ),
        ),
        (b"title: \xff\n", Problem("config.yaml", 0, "not UTF-8", "save the file as UTF-8")),
    ],
)
def test_settings_that_cannot_be_read_are_a_problem(tmp_path: Path, data: bytes | None, problem: Problem) -> None:
    if data is not None:
        (tmp_path / "config.yaml").write_bytes(data)
    with pytest.raises(Problems) as raised:
        read_config(tmp_path, {})
    assert raised.value.problems == (problem,)
