"""What was saved beside a page goes with it and is no item; nothing outside the inbox is read for one."""

from pathlib import Path

import pytest

from pressfold.beside import items, reader, saved_with


@pytest.mark.parametrize("folder", ["a b_files", "a b-Dateien", "a b_fichiers", "a b_pliki"])
def test_files_in_the_folder_of_a_page_are_no_items(folder: str) -> None:
    inbox = ["content/inbox/a b.html", f"content/inbox/{folder}/deep/frame.html", f"content/inbox/{folder}/x.js"]
    assert items(inbox) == inbox[:1]
    assert items(inbox[1:]) == inbox[1:]  # without the page nobody knows what they are


@pytest.mark.parametrize(
    "other", ["content/inbox/b_files/c.txt", "content/inbox/a_letters/c.txt", "content/inbox/c/a.txt"]
)
def test_other_folders_hold_items(other: str) -> None:
    assert items(["content/inbox/a.html", other]) == ["content/inbox/a.html", other]


def test_a_page_is_saved_with_the_files_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a_files/in").mkdir(parents=True)
    for name in ("a.html", "a_files/x.png", "a_files/in/y.png", "a_files/.hidden", "b.png"):
        (tmp_path / name).write_text("x")
    (tmp_path / "a_files/link").symlink_to(tmp_path / "b.png")
    assert saved_with(tmp_path / "a.html") == [tmp_path / "a_files/in/y.png", tmp_path / "a_files/x.png"]
    assert saved_with(tmp_path / "b.png") == []


def test_only_what_lies_in_the_inbox_is_read(tmp_path: Path) -> None:
    inbox = tmp_path / "content/inbox"
    (inbox / "a_files").mkdir(parents=True)
    (inbox / "a_files/x.png").write_bytes(b"x")
    (tmp_path / "secret").write_bytes(b"s")
    (inbox / "a_files/link").symlink_to(tmp_path / "secret")
    read = reader(tmp_path, "inbox/a.html")
    assert read("a_files/x.png") == read("./a_files/../a_files/x.png") == b"x"
    for name in (
        "a_files/link",
        "../../secret",
        str(tmp_path / "secret"),
        "",
        ".",
        "a_files",
        "no",
        "a\0b",
        "x" * 5000,
    ):
        assert read(name) == b""
