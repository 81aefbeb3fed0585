"""The benchmark's corpus: the same each time, valid, and changed by each scene as the scene says. No peer is needed."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.census import Census, reached, traces
from benchmarks.corpus import COMPANIES, FLAVOURS, HERE, LANGUAGES, NAME, Corpus
from benchmarks.corpus import Site as Laid
from benchmarks.extraction import alone, measure, pressfold
from benchmarks.measure import Command, Failed, descent
from benchmarks.run import SCENES
from benchmarks.table import table
from tests import conftest

CORPUS = Corpus(20)
MANY = [Corpus(400).article(number) for number in range(400)]


@pytest.fixture
def laid(tmp_path: Path) -> Laid:
    """A corpus laid out for Pressfold."""
    site = Laid(tmp_path / "site", "pressfold", CORPUS)
    site.lay_out(HERE / "peers" / "pressfold")
    return site


@pytest.fixture
def built(laid: Laid) -> Iterator[conftest.Site]:
    """The same, built through the real command."""
    site = conftest.Site(laid.root)
    conftest.ok(site.build())
    yield site


def test_an_article_is_the_same_each_time() -> None:
    assert Corpus(20).article(7) == CORPUS.article(7)
    assert Corpus(20, seed=2).article(7) != CORPUS.article(7)


def test_articles_stand_in_the_order_of_time_and_newcomers_after_them() -> None:
    moments = [CORPUS.article(number).moment for number in range(25)]
    assert moments == sorted(moments)


def test_the_corpus_is_like_what_it_stands_for() -> None:
    assert 3400 < sum(len(article.body.encode()) for article in MANY) / len(MANY) < 4000
    assert len({article.slug for article in MANY}) == len(MANY)
    assert {article.lang for article in MANY} == set(LANGUAGES)
    assert {len(article.companies) for article in MANY} == {1, 2, 3}
    about = [sum(name in article.companies for article in MANY) for name in COMPANIES]
    assert about[0] > 4 * about[10] > 0
    for mark in (": ", " & ", '"'):
        assert 0 < sum(mark in article.title for article in MANY) < 100
    for article in MANY:
        assert [len(re.findall(rf"^{mark}", article.body, re.MULTILINE)) for mark in ("## ", "> ")] == [1, 1]
        assert article.body.count("](https://") == 2


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_every_form_is_laid_out_and_every_scene_can_be_played(flavour: str, tmp_path: Path) -> None:
    site = Laid(tmp_path / flavour, flavour, CORPUS)
    site.lay_out(HERE / "peers" / flavour)
    assert len(list((site.root / "content" / "articles").rglob("*.md"))) == 20
    assert (site.root / site.form.config).read_text("utf-8").count(NAME) == 1
    assert (site.root / site.form.layout).read_text("utf-8").count("</head>") == 1
    for act in SCENES.values():
        before = Census.taken(site.root)
        for turn in (1, 2) if act else ():
            act(site, turn)  # type: ignore[misc]
        assert Census.taken(site.root).since(before)["changed"] == (2 if act in (Laid.add, Laid.delete) else bool(act))


def test_what_each_scene_does_is_seen_in_the_output(laid: Laid, built: conftest.Site) -> None:
    for act in filter(None, SCENES.values()):
        change = act(laid, 1)
        assert not reached(built.output, change)
        conftest.ok(built.build())
        assert reached(built.output, change)


def test_a_deleted_article_is_looked_for_everywhere(laid: Laid, built: conftest.Site) -> None:
    gone = laid.delete(1).gone
    assert traces(built.output, gone) == ["feeds", "lists", "page", "sitemap"]
    conftest.ok(built.build())
    assert traces(built.output, gone) == []


def test_a_census_tells_what_changed_from_what_was_only_written(tmp_path: Path) -> None:
    (tmp_path / "same.html").write_text("same")
    (tmp_path / "other.html").write_text("one")
    (tmp_path / ".hidden").write_text("a builder's own")
    before = Census.taken(tmp_path)
    aged = {name: (digest, moment - 1) for name, (digest, moment) in before.files.items()}
    (tmp_path / "other.html").write_text("two")
    assert Census.taken(tmp_path).since(replace(before, files=aged)) == {"changed": 1, "written": 2}
    assert before.bytes == 7


def test_a_command_is_measured_stopped_and_reported(tmp_path: Path) -> None:
    def shell(text: str, limit: float = 60) -> Command:
        return Command(["sh", "-c", text], tmp_path, limit, tmp_path / "log")

    cost = shell("sleep 0.2").timed()
    assert cost.wall >= 0.2 and cost.cpu < cost.wall and cost.yardstick > 0
    with pytest.raises(Failed, match="exit 3"):
        shell("exit 3").timed()
    with pytest.raises(Failed, match="stopped"):
        shell("sleep 60 & wait", 0.1).timed()


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").is_file(), reason="memory is read from Linux's /proc")
def test_memory_is_that_of_all_processes(tmp_path: Path) -> None:
    command = Command(["sh", "-c", "sleep 0.3 & sleep 0.3; wait"], tmp_path, 60, tmp_path / "log")
    with command.running() as process:
        while len(list(descent(process.pid))) < 3:
            assert process.poll() is None
        process.wait()
    assert command.watched() > 100_000


def test_the_table_holds_up_beside_a_peer_that_failed() -> None:
    seen = {"memory": 2**20, "files": 5, "bytes": 1000, "changed": 5, "written": 5}
    peers = {
        "pressfold": {"scenes": {"cold": {"runs": [], "cpu": {"min": 3.0, "median": 4.0}, **seen}}, "failure": ""},
        "hugo": {"scenes": {"cold": {"runs": [], "cpu": {"min": 2.0, "median": 2.0}, **seen}}, "failure": ""},
        "pelican": {"scenes": {}, "failure": "exit 1 after 0 s"},
    }
    assert "| cold | 2.00 (2.00) | 3.00 (4.00) · 1.50× | – |" in table({"20": peers})
    assert "| pelican | – | – | exit 1 after 0 s | – |" in table({"20": peers})


def test_a_command_does_not_outlive_what_measures_it(tmp_path: Path) -> None:
    command = Command(["sleep", "60"], tmp_path, 60, tmp_path / "log")
    with pytest.raises(KeyboardInterrupt), command.running() as process:
        raise KeyboardInterrupt
    assert process.returncode == -9


@pytest.mark.parametrize("extract", [alone, pressfold])
def test_extraction_is_scored_by_the_benchmarks_own_scorer(tmp_path: Path, extract: Callable[[bytes], str]) -> None:
    words = "Several hundred workers of the plant asked the board to explain a contract, and they wait for an answer."
    page = (
        f"<html><head><title>x</title></head><body><article><p>{words}</p><p>{words[::-1]}</p></article></body></html>"
    )
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "one.html.gz").write_bytes(gzip.compress(page.encode()))
    (tmp_path / "ground-truth.json").write_text(json.dumps({"one": {"articleBody": words}}))
    scored = "{'f1': float(truth['one']['articleBody'] in found['one']['articleBody'])}"
    (tmp_path / "evaluate.py").write_text(f"def evaluate(truth, found, rounds):\n    return {scored}\n")
    assert measure(tmp_path, extract)[0] == {"f1": 1.0}
