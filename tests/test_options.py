"""What a command is asked: where it writes, what it remembers, and which articles are out."""

import datetime as dt
from pathlib import Path

import pytest

from pressfold.catalog import Due
from pressfold.options import Options

NOW = dt.datetime(2026, 2, 2, 2, 40, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("preview", "output", "folder", "work", "shown"),
    [
        (False, None, "site/output", "site/.pressfold", "output"),
        (True, None, "site/.pressfold/preview/preview", "site/.pressfold/preview", ".pressfold/preview/preview"),
        (False, "site/public/news", "site/public/news", "site/.pressfold", "public/news"),
        (True, "site/public", "site/public", "site/.pressfold/preview", "public"),
        (False, "elsewhere", "elsewhere", "site/.pressfold", "{root}/elsewhere"),
    ],
)
def test_site_and_preview_are_written_and_remembered_apart(
    tmp_path: Path, preview: bool, output: str | None, folder: str, work: str, shown: str
) -> None:
    options = Options(root=tmp_path / "site", now=NOW, preview=preview, output=tmp_path / output if output else None)
    assert (options.folder, options.work) == (tmp_path / folder, tmp_path / work)
    assert options.shown == shown.format(root=tmp_path.as_posix())


def test_articles_that_are_out_are_those_of_the_moment_and_of_what_is_asked_for(tmp_path: Path) -> None:
    assert Options(root=tmp_path, now=NOW).due == Due(now=NOW)
    asked = Options(root=tmp_path, now=NOW, drafts=True, future=True)
    assert asked.due == Due(now=NOW, drafts=True, future=True)
