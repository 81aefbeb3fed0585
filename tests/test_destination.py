"""Where a site is published, read from the settings."""

import pytest

from pressfold import config
from pressfold.destination import FORMS, Destination, Unreadable, parse
from pressfold.problem import Problems

LEAST = "title: T\nbase_url: https://x.example/\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("rclone:r2:bucket/path", Destination("rclone", "r2:bucket/path")),
        ("git:origin#gh-pages", Destination("git", "origin", "gh-pages")),
        ("git:git@host.example:a/b.git#pages/live", Destination("git", "git@host.example:a/b.git", "pages/live")),
        ("git:https://user@host.example/b.git#main", Destination("git", "https://user@host.example/b.git", "main")),
        ("rsync:user@host:/srv/site", Destination("rsync", "user@host:/srv/site")),
        ("folder:/srv/www", Destination("folder", "/srv/www")),
    ],
)
def test_a_destination_is_read_and_says_itself_again(text: str, wanted: Destination) -> None:
    assert parse(text) == wanted
    assert str(wanted) == text


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("rsnyc:host:/x", "did you mean 'rsync'?"),
        ("s3://bucket", FORMS),
        ("", FORMS),
        ("folder:", FORMS),
        ("folder:-x", FORMS),
        ("git:origin", "write git:origin#gh-pages"),
        ("git:origin#-f", "write git:origin#gh-pages"),
        ("git:origin#a..b", "write git:origin#gh-pages"),
        ("rclone:bucket", FORMS),
        ("rsync:folder", FORMS),
    ],
)
def test_what_is_no_destination_says_what_would_be(text: str, hint: str) -> None:
    with pytest.raises(Unreadable) as wrong:
        parse(text)
    assert wrong.value.hint == hint


@pytest.mark.parametrize(
    "text",
    [
        "git:https://me:hunter2@host.example/b.git#main",
        "git:https://tok_hunter2hunter2hunter2@host.example/b.git#main",
        "rsync:me:hunter2@host:/x",
        "rclone::s3,access_key_id=hunter2,secret_access_key=hunter2:bucket",
        "rclone::sftp,host=h,user=u,pass=hunter2:x",
    ],
)
def test_a_secret_in_the_settings_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(Problems) as wrong:
        config.load(f"{LEAST}publish:\n  live: '{text}'\n")
    (problem,) = wrong.value.problems
    assert (problem.line, problem.message) == (4, "'publish.live' holds a secret")
    assert "hunter2" not in str(problem)
