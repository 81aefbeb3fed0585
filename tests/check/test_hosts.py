"""What a host would not take, by plain values."""

import pytest

from pressfold.check.hosts import Weight, judge_size
from pressfold.host import HOSTS, KNOWN, HostName

SMALL = Weight(1000, 1000, "a.png")


def said(host: HostName, paths: list[str], weight: Weight = SMALL) -> list[str]:
    found = list(judge_size(host, paths, weight))
    assert all(one.warning and one.hint for one in found)
    return [f"{one.path}: {one.message}" for one in found]


@pytest.mark.parametrize("host", HOSTS)
def test_a_small_site_stands_anywhere(host: HostName) -> None:
    assert said(host, ["index.html"]) == []


def test_too_many_files_are_told_with_the_host() -> None:
    paths = [f"articles/{number}/index.html" for number in range(20_001)]
    assert said("cloudflare", paths) == [": 20,001 files: Cloudflare Pages takes 20,000 on its free plan"]
    assert said("any", paths) == said("cloudflare", paths)
    assert said("nginx", paths) == said("bucket", paths) == said("netlify", paths) == []


def test_folders_are_entries_too() -> None:
    paths = [f"a/{number}/index.html" for number in range(100_000)]
    assert said("gitlab", paths) == [": 200,001 files and folders: GitLab Pages takes 200,000"]


def test_too_many_files_in_one_folder_are_told() -> None:
    paths = [f"search/parts/{number}" for number in range(54_001)]
    assert said("netlify", paths) == ["search/parts: 54,001 files in one folder: Netlify takes 54,000"]


def test_what_is_too_large_is_told() -> None:
    weight = Weight(400, 400, "a").plus(Weight(2_000_000_000, 30 * 1024**2, "media/film.mp4")).plus(SMALL)
    assert said("cloudflare", ["a"], weight) == ["media/film.mp4: 30 MiB: Cloudflare Pages takes 25 MiB a file"]
    assert said("github", ["a"], weight) == [": 2.0 GB: GitHub Pages takes 1 GB"]


def test_every_figure_has_its_source() -> None:
    for host in KNOWN.values():
        caps = (host.files, host.entries, host.beside, host.largest, host.size, host.redirects)
        assert bool(host.source) == any(caps)
