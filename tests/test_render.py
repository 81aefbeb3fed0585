"""Rendering: links that are right anywhere, layouts file by file, fingerprints of all that a page depends on."""

import dataclasses
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pressfold.feeds import FORMATS
from pressfold.pages.view import Frame, Link, Page, Text
from pressfold.pages.view.html import TextView
from pressfold.pages.view.machines import FeedItem, FeedView, RobotsView
from pressfold.problem import Problem, Problems
from pressfold.render import ROOT, feed, fingerprint, href, render, way_up
from tests.conftest import write
from tests.planning import layouts_of

BASE = "https://digest.example/news/"
NAMES = st.one_of(
    st.sampled_from(["a", "b", "articles", "companies", "2026-02", "static", "index.html", "a b", "ż", "100%", "x?y"]),
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="/#\\:"), min_size=1, max_size=5),
).filter(lambda name: name not in (".", ".."))
ADDRESSES = st.builds(
    lambda parts, folder: "/".join(parts) + ("/" if folder and parts else ""),
    st.lists(NAMES, max_size=4),
    st.booleans(),
)


def _link(here: str, there: str) -> str:
    return href(there).replace(ROOT, way_up(here))


@given(ADDRESSES, ADDRESSES)
def test_link_leads_from_any_address_to_any_other(here: str, there: str) -> None:
    assert urljoin(BASE + quote(here), _link(here, there)) == BASE + quote(there)


@given(ADDRESSES, ADDRESSES)
def test_link_works_at_any_path_and_names_no_host(here: str, there: str) -> None:
    relative = _link(here, there)
    assert not relative.startswith("/")
    assert ":" not in relative
    assert urljoin("http://[::1]/" + quote(here), relative) == "http://[::1]/" + quote(there)


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ("", "", "./"),
        ("", "companies/", "./companies/"),
        ("companies/", "", "../"),
        ("companies/a/2026-02/", "articles/b/", "../../../articles/b/"),
        ("articles/a/", "feeds.opml", "../../feeds.opml"),
        ("404.html", "static/a.css", "./static/a.css"),
        ("a/", "media/a#b.png", "../media/a%23b.png"),
        ("a/", "https://a.example/b", "https://a.example/b"),
        ("a/", "//a.example/b", "//a.example/b"),
    ],
)
def test_link_goes_by_the_root(here: str, there: str, expected: str) -> None:
    assert _link(here, there) == expected


def _page(layout: str = "page.html", base_url: str = BASE, address: str = "x/") -> Page:
    return Page(address=address, layout=layout, view=RobotsView(base_url=base_url))


def _none(_: Text) -> str:
    return ""


def _text_page(address: str = "about/", *, absolute: bool = False) -> Page:
    frame = Frame(
        site="S",
        base_url=BASE,
        title="T",
        description="",
        address=address,
        lang="en",
        dir="ltr",
        words="en",
        feeds=(),
        copyright="",
        absolute=absolute,
    )
    view = TextView(frame=frame, heading="H", text=Text(digest="d", path="content/pages/about.md"))
    return Page(address=address, layout="page.html", view=view)


def test_own_layout_stands_before_the_themes_file_by_file(tmp_path: Path) -> None:
    own = write(tmp_path / "own", {"part.html": "own part"})
    theme = write(tmp_path / "theme", {"page.html": "theme page, {% include 'part.html' %}", "part.html": "theme part"})
    assert render(_page(), layouts_of(theme), _none) == b"theme page, theme part"
    assert render(_page(), layouts_of(own, theme), _none) == b"theme page, own part"


FILES = {
    "page.html": "{% extends 'base.html' %}{% block main %}{% include 'part.html' %}{% endblock %}",
    "base.html": "{% import 'macros.html' as m %}<main>{% block main %}{% endblock %}</main>",
    "part.html": "{{ view.base_url }}",
    "macros.html": "{% macro x() %}{% endmacro %}",
    "other.html": "other",
}


@pytest.mark.parametrize(
    ("changed", "changes"),
    [("page.html", True), ("base.html", True), ("part.html", True), ("macros.html", True), ("other.html", False)],
)
def test_fingerprint_changes_with_every_layout_that_the_page_is_drawn_through(
    tmp_path: Path, changed: str, changes: bool
) -> None:
    before = fingerprint(_page(), layouts_of(write(tmp_path / "a", FILES)), "v")
    after = fingerprint(_page(), layouts_of(write(tmp_path / "b", {**FILES, changed: FILES[changed] + " "})), "v")
    assert (before != after) is changes


def test_fingerprint_changes_with_view_address_layout_and_versions_and_not_otherwise(tmp_path: Path) -> None:
    layouts = layouts_of(write(tmp_path, {**FILES, "copy.html": FILES["page.html"]}))
    first = fingerprint(_page(), layouts, "v")
    assert fingerprint(_page(), layouts_of(tmp_path), "v") == first
    others = [
        fingerprint(_page(base_url=BASE + "x/"), layouts, "v"),
        fingerprint(_page(address="y/"), layouts, "v"),
        fingerprint(_page("copy.html"), layouts, "v"),
        fingerprint(_page(), layouts, "w"),
    ]
    assert len({first, *others}) == 5


def test_fingerprint_does_not_depend_on_where_the_layouts_lie(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one", FILES), write(tmp_path / "two", FILES)
    assert fingerprint(_page(), layouts_of(one), "v") == fingerprint(_page(), layouts_of(two), "v")


def _refused(files: dict[str, str], folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(Problems) as raised:
        render(_page(), layouts_of(write(folder, files)), _none)
    return raised.value.problems


DRAWING = "while drawing /x/"


@pytest.mark.parametrize(
    ("layout", "line", "message"),
    [
        ("a\n{{ nothing }}", 2, "'nothing' is undefined"),
        ("a\n\n{% if %}", 3, "Expected an expression, got 'end of statement block'"),
        ("a\n{{ view.title }}", 2, "'pressfold.pages.view.machines.RobotsView object' has no attribute 'title'"),
        ("{% block a %}\n{{ 1 // 0 }}\n{% endblock %}", 2, "integer division or modulo by zero"),
        ("\n\n{{ 'x' + 1 }}", 3, 'can only concatenate str (not "int") to str'),
        ("\n{{ view.base_url() }}", 2, "'str' object is not callable"),
        ("\n{{ 'x' | nofilter }}", 2, "No filter named 'nofilter'."),
    ],
)
def test_failing_layout_is_a_problem_with_its_line(tmp_path: Path, layout: str, line: int, message: str) -> None:
    assert _refused({"page.html": layout}, tmp_path) == (Problem("layouts/page.html", line, message, DRAWING),)


def test_failing_layout_of_the_theme_is_named_so(tmp_path: Path) -> None:
    own, theme = write(tmp_path / "own", {}), write(tmp_path / "theme", {"page.html": "{{ nothing }}"})
    with pytest.raises(Problems) as raised:
        render(_page(), layouts_of(own, theme), _none)
    assert raised.value.problems == (Problem("theme/page.html", 1, "'nothing' is undefined", DRAWING),)


@pytest.mark.parametrize(
    "page", ["\n{% include 'part.html' %}", "{% extends 'part.html' %}", "{% import 'part.html' as p %}{{ p.m() }}"]
)
def test_failure_inside_another_layout_names_that_layout(tmp_path: Path, page: str) -> None:
    part = "\n\n\n{{ nothing }}\n{% macro m() %}\n{{ nothing }}{% endmacro %}"
    (problem,) = _refused({"page.html": page, "part.html": part}, tmp_path)
    assert (problem.path, problem.message) == ("layouts/part.html", "'nothing' is undefined")
    assert problem.line in (4, 6)


@pytest.mark.parametrize("files", [{}, {"page.html": "\n{% include 'gone.html' %}"}])
def test_missing_layout_is_a_problem(tmp_path: Path, files: dict[str, str]) -> None:
    (problem,) = _refused(files, tmp_path)
    assert problem.path.startswith("layouts/")
    assert "not found" in problem.message
    assert problem.hint == DRAWING


@pytest.mark.parametrize("files", [{}, {"page.html": "a\n{% if %}"}])
def test_broken_layout_is_a_problem_for_the_fingerprint_too(tmp_path: Path, files: dict[str, str]) -> None:
    with pytest.raises(Problems) as raised:
        fingerprint(_page(), layouts_of(write(tmp_path, files)), "v")
    assert raised.value.problems[0].path.startswith("layouts/")


def test_layout_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"\xff")
    with pytest.raises(Problems) as raised:
        render(_page(), layouts_of(tmp_path), _none)
    assert raised.value.problems[0].path == "layouts/page.html"


def test_everything_but_bodies_is_escaped(tmp_path: Path) -> None:
    layouts = layouts_of(write(tmp_path, {"page.html": "{{ view.base_url }} {{ '<i>' }}"}))
    assert render(_page(base_url='<b>&"'), layouts, _none) == b"&lt;b&gt;&amp;&#34; &lt;i&gt;"


def test_lone_surrogate_does_not_stop_a_page(tmp_path: Path) -> None:
    layouts = layouts_of(write(tmp_path, {"page.html": "{{ view.base_url }}"}))
    assert render(_page(base_url="a\ud800b"), layouts, _none) == b"a?b"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("about.md", "../about/"),
        ("../pages/other.md#part", "../other/#part"),
        ("../articles/2026/02/a-letter.md", "../articles/a-letter/"),
        ("../companies/microsoft.md", "../companies/microsoft/"),
        ("../media/a%20b.png", "../media/a%20b.png"),
        ("../media/sub/ż.png", "../media/sub/%C5%BC.png"),
        ("../media/a%23b.png", "../media/a%23b.png"),
        ("https://a.example/x?y#z", "https://a.example/x?y#z"),
        ("//a.example/x", "https://a.example/x"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("#part", "#part"),
        ("../../config.yaml", None),
        ("../inbox/raw.txt", None),
        ("/etc/passwd", None),
        ("../media/", None),
        ("other.html", None),
    ],
)
def test_links_of_a_text_lead_where_its_files_are_published(tmp_path: Path, source: str, expected: str | None) -> None:
    layouts = layouts_of(write(tmp_path, {"page.html": "{{ body(view.text) }}"}))
    drawn = render(_text_page(), layouts, lambda text: f'<a href="{source}">{text.digest}</a>').decode()
    assert drawn == (f'<a href="{expected}">d</a>' if expected is not None else "<a>d</a>")


def test_addresses_of_layouts_are_relative_or_whole(tmp_path: Path) -> None:
    layouts = layouts_of(write(tmp_path, {"page.html": "{{ href('companies/') }} {{ href('https://a.example/') }}"}))
    assert render(_text_page(), layouts, _none) == b"../companies/ https://a.example/"
    assert render(_text_page("404.html", absolute=True), layouts, _none) == (
        f"{BASE}companies/ https://a.example/".encode()
    )


@pytest.mark.parametrize("layout", ["rss", "atom", "json"])
def test_feed_is_drawn_without_a_layout_and_its_links_are_whole(tmp_path: Path, layout: str) -> None:
    item = FeedItem(
        id="urn:1",
        title="T",
        address="articles/a/",
        lang="en",
        dir="ltr",
        published="2026-01-10T08:00:00Z",
        updated="2026-01-10T08:00:00Z",
        summary="",
        text=Text(digest="d", path="content/articles/2026/01/a.md"),
        author="",
        companies=(),
        source=Link(text="S", address="https://s.example/"),
        credit="S",
    )
    view = FeedView(
        base_url=BASE,
        folder="",
        id="urn:f",
        title="F",
        description="F",
        lang="en",
        author="A",
        copyright="",
        home=BASE,
        updated="2026-01-10T08:00:00Z",
        items=(item,),
    )
    page = Page(address="feed.xml", layout=layout, view=view)
    html = '<img src="../../../media/a#b.png"><a href="../02/x.md">y</a>'
    drawn = FORMATS[layout](feed(view, lambda _: html))
    assert f"{BASE}articles/x/" in drawn.decode()
    assert f"{BASE}media/a" in drawn.decode()
    assert fingerprint(page, layouts_of(tmp_path), "v") == fingerprint(page, layouts_of(), "v")


def test_text_of_nothing_draws_nothing_and_asks_for_nothing(tmp_path: Path) -> None:
    layouts = layouts_of(write(tmp_path, {"page.html": "[{{ body(view.text) }}]"}))
    page = _text_page()
    empty = Page(address=page.address, layout=page.layout, view=replace(page.view, text=Text(digest="", path="x.md")))
    asked: list[Text] = []
    assert render(empty, layouts, lambda text: asked.append(text) or "x") == b"[]"  # type: ignore[func-returns-value]
    assert asked == []


def test_hash_of_a_layout_that_is_known_is_not_reckoned_again(tmp_path: Path) -> None:
    layouts = layouts_of(write(tmp_path, FILES))
    known = dataclasses.replace(layouts, known={"page.html": layouts.digest("page.html")})
    before = fingerprint(_page(), layouts, "v")
    (tmp_path / "page.html").unlink()
    assert fingerprint(_page(), known, "v") == before
