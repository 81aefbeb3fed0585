"""rclone's remotes: what buckets are told of files, connections that break, and credentials that are wrong."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pressfold.problem import Problems
from pressfold.publish.program import Program, unspoken
from pressfold.publish.rclone import find_rclone
from tests.conftest import Site, ok
from tests.e2e.running import TORTURE
from tests.publish import serving
from tests.publish.sending import by, config, output, publish, two_articles
from tests.publish.serving import SECRET, Host


@pytest.fixture
def bucket(tmp_path: Path) -> Iterator[Host]:
    with serving.s3(tmp_path / "host") as found:
        yield found


@pytest.fixture
def built(site: Site, bucket: Host) -> Site:
    return two_articles(site, config(bucket))


def test_a_bucket_is_told_how_long_each_file_may_be_kept_and_what_it_is(built: Site, bucket: Host) -> None:
    ok(publish(built, bucket))
    asked = [serving.rclone(), "lsjson", "-R", "-M", "--files-only", "HOST:bucket/site"]
    said = subprocess.run(asked, capture_output=True, check=True, env={**os.environ, **bucket.environment}).stdout
    found = {one["Path"]: one["Metadata"] for one in json.loads(said)}
    (style,) = (path for path in found if path.startswith("static/style-"))
    assert found[style]["cache-control"] == "public, max-age=31536000, immutable"
    assert found[style]["content-type"].startswith("text/css")
    assert found["feed.xml"]["content-type"] == "application/rss+xml"
    assert "max-age=300" in found["feed.xml"]["cache-control"]
    assert found["index.html"]["content-type"].startswith("text/html")
    assert "immutable" not in found["index.html"]["cache-control"]


WAYS = {"s3": ("ENDPOINT", serving.s3), "webdav": ("URL", serving.webdav)}
CUTS = [(kind, limit) for kind in WAYS for limit in (3_000, 30_000, 60_000, 90_000)]


@pytest.mark.parametrize(("kind", "limit"), CUTS if TORTURE else [("webdav", 30_000)])  # a bucket is asked for long
def test_a_connection_that_breaks_is_a_problem_and_the_next_publish_goes_on(
    site: Site, tmp_path: Path, kind: str, limit: int
) -> None:
    name, serve = WAYS[kind]
    with serve(tmp_path / "host") as host:
        two_articles(site, config(host))
        with serving.cutting(host.port, limit) as (port, cuts):
            done = publish(site, by(host, **{f"RCLONE_CONFIG_HOST_{name}": f"http://127.0.0.1:{port}"}))
            assert cuts()
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith("live: rclone: ")
        ok(publish(site, host))
        assert host.tree() == output(site)


def test_wrong_credentials_are_a_problem_that_does_not_tell_them(built: Site, bucket: Host) -> None:
    wrong = by(bucket, RCLONE_CONFIG_HOST_SECRET_ACCESS_KEY=SECRET[::-1])
    done = publish(built, wrong, "-v")
    assert done.code == 1
    assert done.err.startswith("live: rclone: ")
    assert SECRET[::-1] not in done.err + done.out
    done = publish(built, wrong, "--json")
    assert done.json["problems"][0]["path"] == "live"
    assert SECRET[::-1] not in done.err + done.out


def test_an_rclone_that_is_too_old_is_named(tmp_path: Path) -> None:
    old = tmp_path / "rclone"
    old.write_text("#!/bin/sh\necho rclone v1.60.1-DEV\n")
    old.chmod(0o755)
    with pytest.raises(Problems) as wrong:
        find_rclone(Program(words=(), target="live", environment={"PATH": str(tmp_path)}))
    (problem,) = wrong.value.problems
    assert problem.message == f"needs rclone 1.65 or newer, and {old} is rclone v1.60.1-DEV"


def test_what_a_program_says_is_shown_without_secrets() -> None:
    said = f"cannot reach https://me:{SECRET}@host/x with {SECRET}"
    assert (
        unspoken(said, {"AWS_SECRET_ACCESS_KEY": SECRET, "HOME": "host"}) == "cannot reach https://***@host/x with ***"
    )
    signed = f'Put "https://x.example/c/index.html?sv=2021&sig={SECRET}": forbidden'
    assert unspoken(signed, {}) == 'Put "https://x.example/c/index.html?***": forbidden'
    assert unspoken("what is this? nothing", {}) == "what is this? nothing"
