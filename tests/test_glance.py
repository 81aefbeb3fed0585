"""The first look at a site: what is not as it was, and what all of its pages depend on."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pressfold import glance as glances
from pressfold.glance import Glance, glance, survey_site, vouch, vouched
from pressfold.memory import Memory
from pressfold.output.manifest import MANIFEST
from pressfold.problem import Problem
from pressfold.survey import Seen, digest, state
from tests.conftest import CONFIG, PROJECT, Site, article

FILES: dict[str, str | bytes] = {
    "config.yaml": CONFIG,
    "content/articles/2026/01/a.md": article(),
    "content/pages/about.md": "---\ntitle: T\n---\n",
    "content/companies/zzyzx.md": "---\nname: Zzyzx\n---\n",
    "content/media/p.png": b"\x89PNG",
    "content/inbox/a.txt": "raw",
    "content/imports.jsonl": "",
    "layouts/404.html": "own",
}


@pytest.fixture
def home(tmp_path: Path) -> Site:
    """A site with a file of each kind."""
    return Site(tmp_path).write(FILES)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    """Its memory."""
    with closing(Memory(tmp_path / ".pressfold")) as memory:
        yield memory


def _look(home: Site, memory: Memory, salt: str = "") -> Glance:
    here, places = survey_site(home.root)
    return glance(home.root, memory, here, places, salt)


def _keep(home: Site, memory: Memory) -> Glance:
    """Look, and remember every file as it is."""
    seen = _look(home, memory)
    places = survey_site(home.root)[1]
    for path in seen.here.files:
        place = places.get(path, home.root / path)
        memory.saw([(path, Seen(state(place), digest(place.read_bytes())), b"")])
    memory.forget(seen.gone)
    return seen


def test_survey_of_a_site_holds_its_content_settings_and_layouts(home: Site) -> None:
    here, places = survey_site(home.root)
    theme = {
        f"theme/{p.relative_to(PROJECT / 'layouts').as_posix()}"
        for p in (PROJECT / "layouts").rglob("*")
        if p.is_file()
    }
    assert set(here.files) == {*FILES, *theme}
    assert places["layouts/404.html"] == home.root / "layouts" / "404.html"
    assert places["theme/404.html"] == PROJECT / "layouts" / "404.html"
    assert list(here.below("content/articles")) == ["content/articles/2026/01/a.md"]


def test_first_look_sees_everything_and_reads_what_is_small(home: Site, memory: Memory) -> None:
    seen = _look(home, memory)
    assert seen.articles == ("content/articles/2026/01/a.md",)
    assert {path: data.decode() for path, data in seen.data.items()} == {
        path: FILES[path] for path in ("content/pages/about.md", "content/companies/zzyzx.md")
    }
    assert seen.fresh["content/media/p.png"] == Seen(state(home.root / "content/media/p.png"), digest(b"\x89PNG"))
    assert not {"content/inbox/a.txt", *seen.articles} & set(seen.fresh)
    assert (seen.calm, seen.gone, seen.problems) == (False, (), ())


def test_site_that_is_as_it_was_is_calm_and_no_file_is_opened(
    home: Site, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _keep(home, memory)
    monkeypatch.setattr(glances, "read", None)
    monkeypatch.setattr(glances, "digest_of", None)
    for _ in range(2):
        seen = _look(home, memory)
        assert (seen.calm, seen.fresh, seen.articles) == (True, {}, ())
        assert (seen.scope, seen.theme) == (first.scope, first.theme)


@pytest.mark.parametrize("path", sorted(FILES))
def test_file_that_changed_after_a_calm_look_is_seen(home: Site, memory: Memory, path: str) -> None:
    _keep(home, memory)
    assert _look(home, memory).calm
    os.utime(home.root / path, ns=(1, 1))
    seen = _look(home, memory)
    assert seen.calm is (path == "content/inbox/a.txt")
    assert {*seen.articles, *seen.fresh} == ({path} if not seen.calm else set())
    assert not seen.changed("content")


@pytest.mark.parametrize("path", sorted(FILES.keys() - {"config.yaml"}))
def test_file_that_went_after_a_calm_look_is_gone(home: Site, memory: Memory, path: str) -> None:
    _keep(home, memory)
    assert _look(home, memory).calm
    (home.root / path).unlink()
    seen = _look(home, memory)
    assert (seen.gone, seen.calm, seen.changed(path.rpartition("/")[0])) == ((path,), False, True)


@pytest.mark.parametrize(
    ("path", "scope", "theme"),
    [
        ("config.yaml", True, True),
        ("content/companies/zzyzx.md", True, False),
        ("layouts/404.html", True, True),
        ("content/articles/2026/01/a.md", False, False),
        ("content/pages/about.md", False, False),
        ("content/media/p.png", False, False),
        ("content/inbox/a.txt", False, False),
        ("content/imports.jsonl", False, False),
    ],
)
def test_scope_is_what_may_touch_any_page(home: Site, memory: Memory, path: str, scope: bool, theme: bool) -> None:
    before = _keep(home, memory)
    home.write({path: "other"})
    seen = _look(home, memory)
    assert (seen.scope != before.scope, seen.theme != before.theme) == (scope, theme)


def test_scope_is_another_with_another_salt(home: Site, memory: Memory) -> None:
    assert _look(home, memory, "1").scope != _look(home, memory, "2").scope


def test_file_that_cannot_be_read_is_a_problem(home: Site, memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(glances, "digest_of", refuse)
    problems = _look(home, memory).problems
    assert Problem("content/media/p.png", 0, "cannot be read: Permission denied") in problems


def test_list_of_the_output_is_vouched_for_until_anybody_touches_it(tmp_path: Path, memory: Memory) -> None:
    folder = tmp_path / "output"
    folder.mkdir()
    (folder / MANIFEST).write_text("{}")
    assert not vouched(folder, memory)
    vouch(folder, memory)
    assert vouched(folder, memory)
    assert not vouched(tmp_path / "other", memory)
    os.utime(folder / MANIFEST, ns=(1, 1))
    assert not vouched(folder, memory)
    vouch(folder, memory)
    (folder / MANIFEST).unlink()
    assert not vouched(folder, memory)


def test_list_of_the_output_is_not_vouched_for_once_the_machine_was_started_again(
    tmp_path: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not yet on the disk may be lost."""
    (tmp_path / MANIFEST).write_text("{}")
    vouch(tmp_path, memory)
    monkeypatch.setattr(glances, "boot", lambda: "another")
    assert not vouched(tmp_path, memory)
