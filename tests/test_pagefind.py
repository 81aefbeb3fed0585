"""Pagefind's program is run over a folder; whatever keeps it from its work is one line."""

import gzip
import sys
from pathlib import Path

import pytest

from pressfold import pagefind
from pressfold.problem import Problem, Problems
from tests.conftest import write

PAGE = "<!doctype html><html lang='{}'><body data-pagefind-body><p>{}</p></body></html>"
HINT = "build again; or set search: none"
unix = pytest.mark.skipif(sys.platform == "win32", reason="its programs are scripts")


def _program(folder: Path, script: str) -> str:
    place = write(folder, {"program": f"#!/bin/sh\n{script}\n"}) / "program"
    place.chmod(0o755)
    return str(place)


def _refused(program: str, folder: Path, longest: float = 60) -> tuple[Problem, ...]:
    (folder / "pages").mkdir(exist_ok=True)
    with pytest.raises(Problems) as raised:
        pagefind.bundle(program, folder / "pages", folder / "into", 1, longest=longest)
    return raised.value.problems


def test_all_languages_are_one_index_of_what_a_page_needs(tmp_path: Path) -> None:
    write(tmp_path / "pages", {"a.html": PAGE.format("ar", "رساله"), "b.html": PAGE.format("pl", "list")})
    files = pagefind.bundle(pagefind.program(), tmp_path / "pages", tmp_path / "into", 2)
    names = [path.relative_to(tmp_path / "into").as_posix() for path in files]
    assert {name.partition("/")[0] if "/" in name else Path(name).suffix for name in names} == {
        "fragment", "index", ".js", ".json", ".pf_meta", ".pagefind"}  # fmt: skip
    assert sum(name.endswith(".pf_meta") for name in names) == 1
    assert not any("ui" in name for name in names)
    assert any("رساله".encode() in gzip.decompress(path.read_bytes()) for path in files if path.parent.name == "index")


def test_the_version_is_told() -> None:
    assert pagefind.version(pagefind.program()).startswith("pagefind 1.")


def test_a_page_that_pagefind_leaves_out_is_noticed(tmp_path: Path) -> None:
    write(tmp_path / "pages", {"a.html": PAGE.format("en", "word")})
    with pytest.raises(Problems) as raised:
        pagefind.bundle(pagefind.program(), tmp_path / "pages", tmp_path / "into", 2)
    assert raised.value.problems == (Problem("pagefind", 0, "indexed 1 of 2 articles", HINT),)


@unix
def test_a_program_that_fails_is_a_problem(tmp_path: Path) -> None:
    program = _program(tmp_path, "echo it is full >&2; echo more >&2; exit 3")
    assert _refused(program, tmp_path) == (Problem("pagefind", 0, "failed with exit code 3: it is full", HINT),)


@unix
def test_a_program_that_does_not_end_is_a_problem(tmp_path: Path) -> None:
    program = _program(tmp_path, "exec sleep 60")
    assert _refused(program, tmp_path, 0.2) == (Problem("pagefind", 0, "did not end within 0.2 s", HINT),)


def test_a_program_that_cannot_be_run_is_a_problem(tmp_path: Path) -> None:
    program = str(write(tmp_path, {"program": "no program"}) / "program")
    (problem,) = _refused(program, tmp_path)
    assert problem.message.startswith("cannot be run: ")


def test_without_the_program_the_problem_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Problems) as raised:
        pagefind.program()
    (problem,) = raised.value.problems
    assert (problem.path, problem.message) == (
        "config.yaml",
        "'search: pagefind' needs Pagefind, which is not installed",
    )


@unix
def test_the_program_may_lie_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    Path(_program(tmp_path, "exit 0")).rename(tmp_path / "pagefind")
    assert pagefind.program() == str(tmp_path / "pagefind")
