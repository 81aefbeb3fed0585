"""The versions on which pages depend: one hash that is the same on every machine, and a quick way to see it may differ."""

import importlib.metadata
import os
import shutil
import sysconfig
from pathlib import Path

import pytest

import pressfold
from pressfold import versions
from pressfold.versions import salt, standing


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of two modules, which stands for the program's own source."""
    home = tmp_path / "pressfold"
    (home / "pages").mkdir(parents=True)
    (home / "render.py").write_text("one")
    (home / "pages" / "front.py").write_text("two")
    monkeypatch.setattr(versions, "_HOME", home)
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(tmp_path))
    return home


def test_versions_are_the_same_twice() -> None:
    assert salt() == salt()
    assert standing() == standing()


def test_versions_do_not_depend_on_where_and_when_the_program_was_installed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = salt()
    monkeypatch.setattr(versions, "_HOME", Path(shutil.copytree(home, home.with_name("elsewhere"))))
    os.utime(home.with_name("elsewhere") / "render.py", (0, 0))
    assert salt() == before


@pytest.mark.parametrize("file", ["render.py", "pages/front.py", "pages/new.py"])
def test_other_source_is_another_version(home: Path, file: str) -> None:
    before, stood = salt(), standing()
    (home / file).write_text("other")
    assert salt() != before
    assert standing() != stood


def test_other_release_is_another_version(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = salt()
    monkeypatch.setattr(pressfold, "__version__", "99.0")
    assert salt() != before


@pytest.mark.parametrize("library", ["jinja2", "markdown", "nh3", "feedgen", "babel", "pyyaml", "pyromark"])
def test_other_library_that_draws_is_another_version(home: Path, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    before, version = salt(), importlib.metadata.version
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "99" if name == library else version(name))
    assert salt() != before


def test_folder_of_the_libraries_that_was_changed_is_noticed(home: Path) -> None:
    """An installer makes folders there, and removes them."""
    os.utime(home.parent, ns=(0, 0))
    before = standing()
    (home.parent / "jinja2-99.dist-info").mkdir()
    assert standing() != before


def test_source_that_is_only_touched_is_looked_at_and_is_the_same_version(home: Path) -> None:
    before, stood = salt(), standing()
    os.utime(home / "render.py", (0, 0))
    assert standing() != stood
    assert salt() == before
