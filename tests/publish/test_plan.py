"""The order of a publish, over a model of a target that may fail at any operation: no state in between shows half a site."""

import json
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.publish.kind import is_kept, rank
from pressfold.publish.plan import Confirm, Delete, Note, Plan, Send, most_deletes, plan
from pressfold.publish.record import RECORD, Record, UnreadableError, read_record, write_record
from pressfold.survey import digest

PAGES = ("index.html", "articles/a/index.html", "articles/b/index.html", "stories/s/index.html", "companies/c/index.html",
         "feed.xml", "sitemap.xml")  # fmt: skip
ASSETS = (
    "static/style-0123456789.css",
    "static/style-abcdef0123.css",
    "media/p.png",
    "pagefind/index/en_1234567.pf_index",
)
ENTRIES = (
    "index.html",
    "feed.xml",
    "sitemap.xml",
)  # where readers and programs come to from outside, once they are there
Output = dict[str, str]  # a path to its text, which names the files that it needs


class Stopped(Exception):
    """The publish was killed."""


class Model:
    """A target that is killed after some operations, one file each, and looks at itself after every one."""

    def __init__(self) -> None:
        self.files: Output = {"CNAME": "foreign"}
        self.visited = {"index.html"}

    def publish(self, output: Output, lives: int) -> Plan:
        record = self.files.get(RECORD)
        listed = {path: digest(text.encode()) for path, text in output.items()}
        todo = plan(read_record(record.encode() if record else None), listed, alike=True)
        for _, (path, text) in zip(range(lives), self.operations(todo, output), strict=False):
            self.files.pop(path, None)
            if text is not None:
                self.files[path] = text
            self.look()
        if lives < sum(1 for _ in self.operations(todo, output)):
            raise Stopped
        self.visited = {path for path in ENTRIES if path in output}
        return todo

    @staticmethod
    def operations(todo: Plan, output: Output) -> Iterator[tuple[str, str | None]]:
        for step in todo.steps:
            match step:
                case Note(record):
                    yield RECORD, write_record(record).decode()
                case Send(paths):
                    yield from ((path, output[path]) for path in paths)
                case Delete(paths):
                    yield from ((path, None) for path in paths)
                case Confirm():
                    pass

    def look(self) -> None:
        """What a reader can come to shows nothing that is not there."""
        todo, seen = {path for path in self.visited if path in self.files}, set[str]()
        while todo - seen:
            path = (todo - seen).pop()
            seen.add(path)
            needed = needs(self.files[path])
            assert needed <= self.files.keys(), (path, needed - self.files.keys())
            todo |= needed


def needs(text: str) -> set[str]:
    return set(text.split()[1:])


@st.composite
def outputs(draw: st.DrawFn) -> Output:
    """A site: what each has, some pages and assets, each page with links to some of them; none to what is not there."""
    pages = {*ENTRIES, *draw(st.sets(st.sampled_from(PAGES)))}
    assets = draw(st.sets(st.sampled_from(ASSETS)))
    there = sorted(pages | assets)
    fixed = {path: "as-named" for path in assets if is_kept(path)}
    texts: Output = {}
    for path in sorted(pages):
        others = [one for one in there if one != "sitemap.xml"]  # which no page links to
        links = draw(st.sets(st.sampled_from(others))) if others else set[str]()
        texts[path] = " ".join([draw(st.sampled_from("uvw")), *sorted(links)])
    return {**texts, **fixed, **{path: draw(st.sampled_from("xy")) for path in sorted(assets) if path not in fixed}}


RUNS = st.lists(st.tuples(outputs(), st.one_of(st.integers(0, 30), st.just(999))), max_size=6)


@given(RUNS, outputs())
def test_whatever_was_killed_the_next_publish_is_right_and_no_reader_ever_sees_half(
    runs: list[tuple[Output, int]], last: Output
) -> None:
    target = Model()
    for output, lives in runs:
        try:
            target.publish(output, lives)
        except Stopped:
            continue
        holds(target, output)
    target.publish(last, 999)
    holds(target, last)
    assert target.publish(last, 999).steps == ()


def holds(target: Model, output: Output) -> None:
    """The target is the output, and what was there from others, and hashed files that an open page may ask for."""
    others = {path: text for path, text in target.files.items() if path not in output and path != RECORD}
    assert {path: target.files[path] for path in output} == output
    assert others.pop("CNAME") == "foreign"
    assert all(is_kept(path) for path in others)
    assert others.keys() <= read_record(target.files[RECORD].encode()).leaving.keys()


@given(outputs(), outputs(), outputs())
def test_what_a_page_that_is_open_asks_for_stays_for_one_publish(one: Output, two: Output, three: Output) -> None:
    target = Model()
    target.publish(one, 999)
    did = target.publish(two, 999)
    assert {path for path in one if is_kept(path)} <= target.files.keys()
    if did.steps and target.publish(three, 999).steps:
        gone = {path for path in one if path not in two and path not in three}
        assert gone.isdisjoint(target.files)


def listed(*paths: str, **changed: str) -> Mapping[str, str]:
    return {**dict.fromkeys(paths, "1"), **changed}


def order(todo: Plan) -> list[str]:
    return [
        path if isinstance(step, Send) else f"-{path}"
        for step in todo.steps
        if isinstance(step, Send | Delete)
        for path in step.paths
    ]


def test_new_files_come_before_changed_ones_assets_before_pages_the_front_last_and_deletes_at_the_end() -> None:
    before = Record(publish=1, files=listed("index.html", "feed.xml", "articles/a/index.html", "articles/z/index.html"))
    now = {
        **dict.fromkeys(["index.html", "feed.xml", "articles/a/index.html"], "2"),
        **dict.fromkeys(
            ["articles/b/index.html", "companies/c/index.html", "media/p.png", "companies/c/feed.xml"], "2"
        ),
    }
    assert order(plan(before, now, alike=False)) == [
        *("media/p.png", "articles/b/index.html", "companies/c/index.html", "companies/c/feed.xml"),
        *("articles/a/index.html", "index.html", "feed.xml", "-articles/z/index.html"),
    ]
    first = order(plan(Record(), now, alike=False))
    assert first[-1] == "index.html"


def test_files_that_are_served_alike_are_sent_together_where_that_is_asked() -> None:
    paths = ("feed.xml", "atom.xml", "companies/c/feed.xml", "companies/c/atom.xml")
    sends = [s.paths for s in plan(Record(), listed(*paths), alike=True).steps if isinstance(s, Send)]
    assert sorted(map(sorted, sends)) == [["atom.xml", "companies/c/atom.xml"], ["companies/c/feed.xml", "feed.xml"]]
    many = listed(*(f"articles/a{number}/index.html" for number in range(2500)))
    assert [len(s.paths) for s in plan(Record(), many, alike=True).steps if isinstance(s, Send)] == [*(1000, 1000, 500)]


def test_a_publish_that_only_changes_pages_keeps_two_records_and_one_that_deletes_three() -> None:
    before = Record(publish=4, files=listed("index.html", "articles/a/index.html"))
    kinds = [type(step).__name__ for step in plan(before, {**before.files, "index.html": "2"}, alike=True).steps]
    assert kinds == ["Note", "Send", "Confirm", "Note"]
    kinds = [type(step).__name__ for step in plan(before, listed("index.html"), alike=True).steps]
    assert kinds == ["Note", "Note", "Delete", "Note"]


def test_an_old_file_in_a_new_folders_place_goes_first() -> None:
    before = Record(publish=1, files=listed("media/p", "index.html"))
    assert order(plan(before, listed("media/p/q.png", "index.html"), alike=False)) == [*("-media/p", "media/p/q.png")]


def test_only_folders_go_that_hold_nothing_of_ours_any_more_the_deepest_first() -> None:
    before = Record(
        publish=1, files=listed("articles/a/index.html", "companies/c/feed.xml", "companies/c/2026/index.html")
    )
    todo = plan(before, listed("articles/b/index.html"), alike=False)
    (folders,) = (step.folders for step in todo.steps if isinstance(step, Delete))
    assert folders == ("companies/c/2026", "articles/a", "companies/c", "companies")


def test_a_quarter_may_go_and_a_few_always() -> None:
    assert most_deletes(Plan(there=10)) == 25
    assert most_deletes(Plan(there=1000)) == 250


def test_a_record_is_read_as_it_was_written_and_one_that_leads_out_is_refused() -> None:
    record = Record(publish=3, whole=False, files={"b": "1", "a": ""}, perhaps=("c",), leaving={"d": 2})
    assert read_record(write_record(record)) == record
    assert write_record(record) == write_record(read_record(write_record(record)))
    for data in (
        b"",
        b"{",
        b'{"files": []}',
        json.dumps({"files": {"../x": ""}}).encode(),
        b'{"perhaps": ["/etc/passwd"]}',
    ):
        with pytest.raises(UnreadableError):
            read_record(data)


def test_what_pages_need_comes_before_them_and_what_leads_to_them_after() -> None:
    paths = (
        "site.webmanifest card.png static/s.css articles/a/index.html stories/s/index.html about/index.html index.html"
    )
    ranks = [rank(path) for path in (*paths.split(), "companies/c/feed.xml", "sitemap-2026-01.xml")]
    assert ranks == [0, 0, 0, 1, 2, 3, 4, 5, 6]


def test_what_is_kept_is_named_by_its_hash() -> None:
    kept = ("static/style-1531301c99.css", "static/a/b-98c848b3db.js", "pagefind/fragment/und_0549db5.pf_fragment")
    assert all(map(is_kept, kept))
    assert not any(
        map(is_kept, ("media/p-0123456789.png", "pagefind/pagefind.js", "articles/style-1531301c99/index.html"))
    )
