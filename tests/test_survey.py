"""What lies in a folder: in order, nothing that is not ours to publish, and never trusted sooner than it can be."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold import survey as surveys
from pressfold.problem import Problem
from pressfold.survey import (
    TEMPORARY,
    Change,
    Restless,
    Seen,
    State,
    compare,
    digest,
    digest_of,
    passed_over,
    read,
    state,
    survey,
    trusted,
)

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="names and links that Windows has not")
NO_TEXT = "its name holds characters that are no text"


def _write(root: Path, *files: str) -> Path:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(file)
    return root


# What is there.


def test_files_of_a_folder_come_before_its_folders_each_by_name(tmp_path: Path) -> None:
    files = ["content/b.md", "content/z.md", "content/A/b.md", "content/a/a.md", "content/a/x/a.md", "content/a.d/a.md"]
    _write(tmp_path, *files)
    (tmp_path / "content" / "empty").mkdir()
    order = ["b.md", "z.md", "A/b.md", "a/a.md", "a/x/a.md", "a.d/a.md"]
    assert list(survey(tmp_path, "content").files) == [f"content/{path}" for path in order]


def test_survey_holds_the_state_of_every_file_of_its_folders(tmp_path: Path) -> None:
    _write(tmp_path, "content/pages/a.md", "content/media/sub/b", "content/inbox/c", "config.yaml")
    found = survey(tmp_path, "content/pages", "content/media", "content/none", "config.yaml")
    assert found.files == {path: state(tmp_path / path) for path in ("content/pages/a.md", "content/media/sub/b")}
    assert found.odd == ()
    assert found.below("content/media") == ["content/media/sub/b"]
    assert [*found.below("content/none"), *found.below("content/med")] == []


def test_state_is_size_and_times_and_another_when_anything_is_written(tmp_path: Path) -> None:
    place = _write(tmp_path, "a") / "a"
    os.utime(place, ns=(1, 2_000_000_001))
    before = state(place)
    assert (before.size, before.modified) == (1, 2_000_000_001)
    place.write_text("b")
    os.utime(place, ns=(1, 2_000_000_001))
    assert state(place)[:2] == before[:2]
    assert state(place).changed > before.changed or sys.platform == "win32"


@pytest.mark.parametrize(
    ("name", "passed"),
    [(".hidden", True), (".keep", True), ("a.md~", True), ("a.md", False), ("~a", False), ("a.", False)],
)
def test_hidden_files_and_backups_are_passed_over(tmp_path: Path, name: str, passed: bool) -> None:
    assert passed_over(name) is passed
    found = survey(_write(tmp_path, f"content/{name}"), "content")
    assert (list(found.files), found.odd) == ([] if passed else [f"content/{name}"], ())


def test_hidden_folders_are_not_entered(tmp_path: Path) -> None:
    _write(tmp_path, "content/.git/a.md", "content/old~/a.md", "content/a.md")
    assert list(survey(tmp_path, "content").files) == ["content/a.md"]


def test_half_written_file_of_a_run_that_stopped_is_removed(tmp_path: Path) -> None:
    half, other = f"content/sub/.0123{TEMPORARY}", "content/sub/.other"
    _write(tmp_path, half, other, "content/sub/a.md")
    assert list(survey(tmp_path, "content").files) == ["content/sub/a.md"]
    assert ((tmp_path / half).exists(), (tmp_path / other).exists()) == (False, True)


def test_file_that_goes_away_meanwhile_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor's own files come and go while it saves."""
    _write(tmp_path, "content/a.md", "content/b.md", "content/d/e.md")
    real = surveys.state

    def gone(file: "os.DirEntry[str]") -> State:
        for path in ("b.md", "d/e.md"):
            (tmp_path / "content" / path).unlink(missing_ok=True)
        return real(file)

    monkeypatch.setattr(surveys, "state", gone)
    assert list(survey(tmp_path, "content").files) == ["content/a.md"]


@UNIX
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a\nb.md", "content/a\nb.md"),
        (b"a\x7f.md", "content/a\x7f.md"),
        (b"\xff.md", "content/\\udcff.md"),
        (b"sub\xff/a.md", "content/sub\\udcff/a.md"),
    ],
)
def test_name_that_is_no_text_is_named_in_letters_that_can_be_printed(tmp_path: Path, name: bytes, shown: str) -> None:
    place = os.fsencode(tmp_path / "content") + b"/" + name
    os.makedirs(os.path.dirname(place))  # noqa: PTH103, PTH120 - a Path takes no bytes
    Path(os.fsdecode(place)).write_text("")
    found = survey(_write(tmp_path, "content/ż a:b.md"), "content")
    assert found.odd == (Problem(shown, 0, NO_TEXT),)
    assert list(found.files) == ["content/ż a:b.md"]
    shown.encode()


@UNIX
def test_link_to_a_file_of_the_same_folder_is_followed_and_any_other_is_odd(tmp_path: Path) -> None:
    _write(tmp_path, "content/articles/a.md", "content/inbox/raw", "secret")
    links = {"in.md": "articles/a.md", "out": "../secret", "nowhere": "gone", "round": "round"}
    for name, target in links.items():
        (tmp_path / "content" / name).symlink_to(target)
    found = survey(tmp_path, "content")
    assert list(found.files) == ["content/in.md", "content/articles/a.md", "content/inbox/raw"]
    assert found.files["content/in.md"] == state(tmp_path / "content" / "articles" / "a.md")
    odd = [f"content/{name}" for name in ("nowhere", "out", "round")]
    assert found.odd == tuple(Problem(path, 0, "is no plain file of content/") for path in odd)


@UNIX
def test_linked_folder_is_odd_and_never_entered(tmp_path: Path) -> None:
    _write(tmp_path, "elsewhere/a.md", "content/articles/a.md")
    (tmp_path / "content" / "out").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "content" / "articles" / "up").symlink_to(tmp_path / "content")
    found = survey(tmp_path, "content")
    assert list(found.files) == ["content/articles/a.md"]
    assert [problem.path for problem in found.odd] == ["content/out", "content/articles/up"]
    assert {problem.message for problem in found.odd} == {"is no plain file of content/"}


@UNIX
def test_pipe_is_odd_and_never_opened(tmp_path: Path) -> None:
    _write(tmp_path, "content/a.md")
    os.mkfifo(tmp_path / "content" / "pipe")  # type: ignore[attr-defined,unused-ignore]
    assert survey(tmp_path, "content").odd == (Problem("content/pipe", 0, "is no plain file of content/"),)


# What may have changed.

STATES = st.builds(State, st.integers(0, 2), st.integers(0, 2), st.integers(0, 2))
TREES = st.dictionaries(st.sampled_from("abcd"), STATES)


@given(TREES, TREES)
def test_doubtful_is_what_has_another_state_or_none_that_is_known(
    here: dict[str, State], last: dict[str, State]
) -> None:
    change = compare(here, last)
    assert change.doubtful == {path: here[path] for path in here if last.get(path) != here[path]}
    assert change.gone == tuple(path for path in last if path not in here)


def test_nothing_is_doubtful_where_all_is_as_it_was(tmp_path: Path) -> None:
    files = survey(_write(tmp_path, "content/a", "content/b"), "content").files
    assert compare(files, {path: state[:3] for path, state in files.items()}) == Change({}, ())


BEGAN = 1_770_000_000_123_456_789
SECOND = 1_000_000_000


@pytest.mark.parametrize(
    ("clock", "age", "known"),
    [
        (BEGAN, 0, False),
        (BEGAN, -1, False),
        (BEGAN, -SECOND, False),
        (BEGAN, 10_000_000, False),
        (BEGAN, 50_000_000, False),
        (BEGAN, 50_000_001, True),
        (BEGAN, SECOND, True),
        (1_770_000_000 * SECOND, SECOND, False),
        (1_770_000_000 * SECOND, 2 * SECOND, False),
        (1_770_000_000 * SECOND, 2 * SECOND + 1, True),
    ],
)
@pytest.mark.parametrize("which", ["modified", "changed"])
def test_file_is_trusted_once_the_clock_has_moved_on_since_it_was_written(
    clock: int, age: int, known: bool, which: str
) -> None:
    """By two seconds where the file system keeps whole ones."""
    seen = Seen(State(7, 5, 5)._replace(**{which: clock - age}), "hash")
    assert trusted(seen, clock).digest == "hash"
    assert (trusted(seen, clock) == seen) is known
    assert (trusted(seen, clock).state == State(-1, 0, 0)) is not known


def test_state_of_a_file_that_is_not_trusted_is_that_of_none(tmp_path: Path) -> None:
    files = survey(_write(tmp_path, "content/empty"), "content").files
    (tmp_path / "content" / "empty").write_text("")
    seen = trusted(Seen(files["content/empty"], ""), files["content/empty"].modified)
    assert compare(files, {"content/empty": seen.state}).doubtful == files


# Reading.


def test_bytes_are_read_with_the_state_that_they_have(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\r\n\x00\xff")
    assert read(tmp_path / "a") == (b"\r\n\x00\xff", state(tmp_path / "a"))


@pytest.mark.parametrize("data", [b"", b"words", b"large" * 100_000])
def test_hash_is_that_which_everybody_reckons(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    assert digest(data) == hashlib.sha256(data).hexdigest()
    assert digest_of(tmp_path / "a") == Seen(state(tmp_path / "a"), digest(data))


def _changing(path: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """The file grows between the first look at it and the second, so often."""
    real, looks = os.fstat, iter(range(100))

    def grown(number: int) -> os.stat_result:
        look = next(looks)
        if look % 2 and look // 2 < times:
            with path.open("ab") as file:
                file.write(b"+")
        return real(number)

    monkeypatch.setattr(os, "fstat", grown)


def test_file_that_changes_as_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"words")
    _changing(tmp_path / "a", monkeypatch, 4)
    data, found = read(tmp_path / "a")
    assert (data, found.size) == (b"words++++", 9)


def test_file_that_changes_all_the_time_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"words")
    _changing(tmp_path / "a", monkeypatch, 5)
    with pytest.raises(Restless) as raised:
        read(tmp_path / "a")
    assert (raised.value.strerror, raised.value.filename) == ("it changes while it is read", str(tmp_path / "a"))


def test_file_that_changes_as_its_hash_is_reckoned_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"words")
    _changing(tmp_path / "a", monkeypatch, 1)
    with pytest.raises(Restless) as raised:
        digest_of(tmp_path / "a")
    assert (raised.value.strerror, raised.value.filename) == ("it changes while it is read", str(tmp_path / "a"))


WRITING = """
import os, sys
file = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
print("begun", flush=True)
while True:
    os.write(file, b"x" * 99_999 + b"\\n")
    if os.fstat(file).st_size > 9_000_000:
        os.ftruncate(file, 0)
"""


@UNIX
def test_what_is_read_beside_a_writing_process_is_whole(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITING, str(tmp_path / "a")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == b"begun\n"
        try:
            for _ in range(40):
                try:
                    data, found = read(tmp_path / "a")
                except Restless:
                    continue
                assert len(data) == found.size
        finally:
            writer.kill()
    data, found = read(tmp_path / "a")
    assert (len(data), found) == (found.size, state(tmp_path / "a"))


def test_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    for look in (read, digest_of):
        with pytest.raises(FileNotFoundError):
            look(tmp_path / "none")
