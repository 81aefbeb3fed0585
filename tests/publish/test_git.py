"""A branch as a target: commits on what is there, whoever pushed it, and nothing of the user's own touched."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Site, ok
from tests.publish import serving
from tests.publish.sending import by, config, counts, edit, output, publish, two_articles
from tests.publish.serving import Host


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Me", "-c", "user.email=me@host.example"]
    asked = ["git", "-C", str(folder), *who, *arguments]
    return subprocess.run(asked, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    with serving.bare(tmp_path / "host.git") as found:
        yield found


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    return tmp_path / "host.git"


@pytest.fixture
def built(site: Site, host: Host) -> Site:
    return two_articles(site, config(host))


def subjects(bare: Path) -> list[str]:
    return git(bare, "log", "--format=%s", "gh-pages").splitlines()


def test_each_publish_is_a_commit_that_says_what_changed_and_one_of_nothing_is_none(
    built: Site, host: Host, bare: Path
) -> None:
    ok(publish(built, host))
    ok(publish(built, host))
    count = len(output(built))
    assert subjects(bare) == [f"Publish: {count} new"]
    edit(built, body="Other words.")
    sent = ok(publish(built, host, "--json")).json["sent"]
    assert subjects(bare) == [f"Publish: {len(sent)} changed", f"Publish: {count} new"]
    changed = git(bare, "diff", "--name-only", "gh-pages~1", "gh-pages").splitlines()
    assert sorted(changed) == sorted([*sent, ".pressfold-published.json"])


def test_the_users_index_files_and_branches_are_not_touched(built: Site, bare: Path) -> None:
    root = built.root
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "remote", "add", "origin", str(bare))
    built.write(
        {
            ".gitignore": ".pressfold/\noutput/\n",
            "config.yaml": (root / "config.yaml").read_text().replace(str(bare), "origin"),
        }
    )
    ok(built.build())
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "A site")
    built.write({"staged": "x", "loose": "y"})
    git(root, "add", "staged")
    index, status = (root / ".git/index").read_bytes(), git(root, "status", "--porcelain")
    ok(built.run("publish"))
    assert serving.branch(bare) == output(built)
    assert git(root, "status", "--porcelain") == status
    assert git(root, "diff", "--cached", "--name-only") == "staged\n"
    assert (root / ".git/index").read_bytes() == index
    assert git(root, "branch", "--list").split() == ["*", "main"]


def meanwhile(bare: Path, unless: str = ":") -> None:
    """Have whoever pushes find that another commit came first: what a second publisher does at the wrong moment."""
    hook = bare / "hooks/pre-receive"
    hook.write_text(
        "#!/bin/sh\n"
        f"{unless}\n"
        "unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\n"
        "new=$(git -c user.name=O -c user.email=o@host.example commit-tree -p gh-pages -m Meanwhile gh-pages^{tree})\n"
        "git update-ref refs/heads/gh-pages $new\n"
    )
    hook.chmod(0o755)


def test_what_others_pushed_between_publishes_and_during_one_is_kept(
    built: Site, host: Host, bare: Path, tmp_path: Path
) -> None:
    ok(publish(built, host))
    host.put({"CNAME": b"digest.example\n"})
    edit(built, body="Other words.")
    meanwhile(bare, f"test -e {tmp_path}/once && exit 0; touch {tmp_path}/once")
    done = publish(built, host)
    assert done.code == 0
    assert done.err == "live: somebody else published there meanwhile; reckoning anew\n"
    assert serving.branch(bare) == {**output(built), "CNAME": b"digest.example\n"}
    assert subjects(bare)[1:3] == ["Meanwhile", "By hand"]


def test_a_remote_that_always_moves_is_given_up(built: Site, host: Host, bare: Path) -> None:
    ok(publish(built, host))
    edit(built, body="Other words.")
    meanwhile(bare)
    done = publish(built, host)
    assert done.code == 1
    assert done.err.endswith("live: changed under each of 5 tries (try again when nobody else publishes there)\n")


def test_a_remote_that_is_not_there_is_a_problem(site: Site, tmp_path: Path) -> None:
    site.write({"config.yaml": config(Host(f"git:{tmp_path}/none.git#gh-pages", dict))})
    ok(site.build())
    done = site.run("publish")
    assert done.code == 1
    assert done.err.startswith("live: git: fatal: ")


def test_a_site_without_a_name_for_its_commits_is_published(built: Site, host: Host, tmp_path: Path) -> None:
    ok(publish(built, by(host, HOME=str(tmp_path / "nobody"), GIT_CONFIG_NOSYSTEM="1", EMAIL="")))
    assert host.tree() == output(built)


def test_line_ends_are_published_as_they_are_whatever_git_is_told(built: Site, host: Host) -> None:
    built.write({"content/media/notes.txt": b"a\r\nb\r\n"})
    ok(built.build())
    ok(publish(built, by(host, GIT_CONFIG_COUNT="1", GIT_CONFIG_KEY_0="core.autocrlf", GIT_CONFIG_VALUE_0="input")))
    assert host.tree()["media/notes.txt"] == b"a\r\nb\r\n"
    assert counts(publish(built, host, "--json")) == (0, 0)
