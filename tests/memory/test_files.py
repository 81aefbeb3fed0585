"""Files: each is known as it was seen last, with what it said."""

from pathlib import Path

from pressfold.survey import Seen, State
from tests.memory.remembering import opened, seen_as


def test_files_are_known_as_they_were_seen_with_what_they_said(tmp_path: Path) -> None:
    files = [
        ("content/pages/b.md", seen_as(2), b"B"),
        ("content/pages/a.md", seen_as(1), b"A"),
        ("config.yaml", seen_as(3), b""),
    ]
    with opened(tmp_path) as memory:
        memory.saw(files)
        memory.saw([("config.yaml", seen_as(4), b"")])
        memory.restate([("content/pages/a.md", State(9, 9, 9)), ("none", State(1, 1, 1))])
    with opened(tmp_path) as memory:
        expected = {
            "config.yaml": seen_as(4),
            "content/pages/a.md": Seen(State(9, 9, 9), "1"),
            "content/pages/b.md": seen_as(2),
        }
        assert memory.seen_but() == memory.seen([*expected, "none"]) == expected
        assert list(memory.seen_but()) == sorted(expected)
        assert memory.states() == {path: seen.state for path, seen in expected.items()}
        memory.forget(["config.yaml", "none"])
        assert list(memory.seen_but()) == ["content/pages/a.md", "content/pages/b.md"]


def test_files_of_a_folder_are_those_below_it_alone(tmp_path: Path) -> None:
    paths = (
        "content/pages/a.md",
        "content/pages/sub/b.md",
        "content/pages.md",
        "content/pages2/c.md",
        "content/page/d",
    )
    with opened(tmp_path) as memory:
        memory.saw((path, seen_as(), path.encode()) for path in paths)
        assert memory.said("content/pages") == {path: path.encode() for path in paths[:2]}
        assert memory.marks("content/pages") == dict.fromkeys(paths[:2], "1")
        assert list(memory.seen_but("content/pages")) == sorted(paths[2:])
        assert list(memory.seen_but("content/pages2", "content/page")) == sorted(paths[:3])
