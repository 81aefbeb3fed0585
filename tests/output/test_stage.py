"""The stage: new files wait there, each in its place."""

from pathlib import Path

import pytest

from pressfold.output import apply, staging
from pressfold.output.stage import Stage
from pressfold.survey import digest
from tests.output.building import tree


def test_file_that_is_copied_is_written_too(tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"\x89PNG")
    with staging(tmp_path / "out"):
        assert Stage(tmp_path / "out").copy("media/sub/a.png", tmp_path / "picture", digest(b"\x89PNG"))
        apply(tmp_path / "out", {}, {"media/sub/a.png": digest(b"\x89PNG")}, ["media/sub/a.png"], lambda path: 0)
    assert (tmp_path / "out" / "media" / "sub" / "a.png").read_bytes() == b"\x89PNG"


def test_file_that_is_staged_twice_is_what_it_was_last(tmp_path: Path) -> None:
    """Another worker draws again what one that failed had staged; there may be files where it makes its folders."""
    for text in ("longer than the second", "second"):
        Stage(tmp_path).put("x/y/a", text.encode())
    assert (Path(Stage(tmp_path).files) / "x" / "y" / "a").read_text() == "second"


@pytest.mark.parametrize("paths", [("x", "x/y"), ("x/y", "x"), ("x", "x/y/z"), ("x/y/z", "x/y")])
def test_file_whose_place_another_has_is_left_out_of_the_stage(tmp_path: Path, paths: tuple[str, str]) -> None:
    """Two pages want it, which the build will say."""
    (tmp_path / "picture").write_text("second")
    for number, put in enumerate([lambda stage, path: stage.put(path, b"second"), _copy]):
        folder = tmp_path / str(number)
        Stage(folder).put(paths[0], b"first")
        put(Stage(folder), paths[1])
        assert tree(Path(Stage(folder).files)) == {paths[0]: "first"}


def _copy(stage: Stage, path: str) -> None:
    stage.copy(path, Path(stage.files).parent.parent.parent / "picture", "")
