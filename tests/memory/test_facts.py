"""Facts: what was stated last is known."""

from pathlib import Path

from tests.memory.remembering import opened


def test_fact_is_known_once_it_is_stated(tmp_path: Path) -> None:
    with opened(tmp_path) as memory:
        assert memory.fact("scope") == ""
        memory.state({"scope": "1", "rules": "2"})
        memory.state({"scope": "3"})
    with opened(tmp_path) as memory:
        assert (memory.fact("scope"), memory.fact("rules")) == ("3", "2")
