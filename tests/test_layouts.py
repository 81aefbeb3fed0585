"""Layouts: file by file, their static files, and how what they print and call is compiled."""

import pickle
import posixpath
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import pass_context
from markupsafe import Markup, escape

from pressfold.jinja import Code, printed
from pressfold.pages.view import Page
from pressfold.problem import Problem, Problems
from pressfold.render import render
from tests.conftest import write
from tests.planning import layouts_of


def test_what_a_site_adds_to_the_style_stands_in_the_same_file(tmp_path: Path) -> None:
    own = write(tmp_path / "own", {"static/site.css": ":root { --accent: blue }"})
    theme = write(tmp_path / "theme", {"static/style.css": "theme", "a.html": "A"})
    layouts = layouts_of(own, theme)
    assert [asset.data for asset in layouts.assets.values()] == [b"theme\n:root { --accent: blue }"]
    assert layouts.digest("a.html") != layouts_of(theme).digest("a.html")  # any layout may name it


def test_a_layout_that_names_a_static_file_which_is_not_there_says_which(tmp_path: Path) -> None:
    layouts = layouts_of(write(tmp_path, {"static/icon.svg": "icon", "a.html": "\n{{ static('icn.svg') }}"}))
    with pytest.raises(Problems) as wrong:
        render(Page(address="a/", layout="a.html", view=None), layouts, lambda text: "")
    said = "there is no file layouts/static/icn.svg; did you mean 'icon.svg'?"
    assert wrong.value.problems == (Problem("layouts/a.html", 2, said, "while drawing /a/"),)


def test_a_sites_layout_extends_the_themes_own_of_the_same_name(tmp_path: Path) -> None:
    own = write(
        tmp_path / "own", {"a.html": "{% extends 'theme/a.html' %}{% block x %}own, {{ super() }}{% endblock %}"}
    )
    theme = write(tmp_path / "theme", {"a.html": "{% block x %}theme {{ view }}{% endblock %}"})
    layouts, page = layouts_of(own, theme), Page(address="a/", layout="a.html", view="words")
    assert render(page, layouts, lambda text: "") == b"own, theme words"
    before = layouts.digest("a.html")
    write(tmp_path / "theme", {"a.html": "\n{% block x %}theme {{ views }}{% endblock %}"})
    changed = layouts_of(own, theme)
    assert changed.digest("a.html") != before
    with pytest.raises(Problems) as wrong:
        render(page, changed, lambda text: "")
    assert [(problem.path, problem.line) for problem in wrong.value.problems] == [("theme/a.html", 2)]


def test_layouts_that_the_theme_alone_has_are_compiled_with_the_others(tmp_path: Path) -> None:
    own = write(tmp_path / "own", {"a.html": "{% extends 'theme/a.html' %}"})
    layouts = layouts_of(own, write(tmp_path / "theme", {"a.html": "theme", "b.html": "{{ 1 + }}"}))
    assert list(layouts.compile())
    assert len(layouts.code.made) == 2


def test_own_static_file_stands_before_the_themes_under_a_name_with_its_hash(tmp_path: Path) -> None:
    own = write(tmp_path / "own", {"static/style.css": "own", "static/.hidden": ""})
    theme = write(tmp_path / "theme", {"static/style.css": "theme", "static/sub/icon.svg": "icon"})
    layouts = layouts_of(own, theme)
    assert set(layouts.assets) == {"static/style.css", "static/sub/icon.svg"}
    assert layouts.assets["static/style.css"].data == b"own"
    address = layouts.static("style.css")
    assert address.startswith("static/style-")
    assert address.endswith(".css")
    assert len(address) == len("static/style-0123456789.css")
    assert address != layouts_of(theme).static("style.css")


@pytest.mark.parametrize("name", ["LICENSE", "v1.2/OFL", "fonts/README"])
def test_static_file_without_an_ending_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    layouts = layouts_of(write(tmp_path, {f"static/{name}": "x"}))
    address = layouts.static(name)
    assert posixpath.dirname(address) == posixpath.dirname(f"static/{name}")
    assert posixpath.basename(address).startswith(posixpath.basename(name))


@given(st.one_of(st.text(), st.text("&<>\"'a"), st.text().map(Markup), st.integers(), st.none()))
def test_what_is_printed_is_escaped_as_jinja_would(value: object) -> None:
    assert printed(value) == escape(value)


def test_what_is_no_html_is_printed_as_it_is_where_a_layout_says_so(tmp_path: Path) -> None:
    layouts = layouts_of(
        write(tmp_path, {"page.html": "{% autoescape false %}{{ '<i>' }}{% endautoescape %}{{ '<i>' }}"})
    )
    assert layouts.template("page.html").render() == "<i>&lt;i&gt;"


def _drawn(folder: Path, files: dict[str, str], **given: object) -> str:
    layouts = layouts_of(write(folder, files))
    return layouts.template("page.html").render(memo=layouts.memo, **given)


MACROS = "{% macro show(a, b=2, c=3) %}<{{ a }}{{ b }}{{ c }}{{ caller() if caller is defined else '' }}>{% endmacro %}"


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("{{ m.show(1) }}", "<123>"),
        ("{{ m.show(1, c='&') }}", "<12&amp;>"),
        ("{{ m.show(*[1, 4], **{'c': 5}) }}", "<145>"),
        ("{% call m.show(1, b=0) %}<i>{% endcall %}", "<103<i>>"),
        ("{% for x in [1] %}{{ m.show(x) }}{{ loop.cycle('a', 'b') }}{% endfor %}", "<123>a"),
        ("{{ dict(a=1).a }}{{ 'x'.upper() }}{{ range(3)|join }}", "1X012"),
    ],
)
def test_what_is_called_straight_is_called_as_jinja_would(tmp_path: Path, call: str, expected: str) -> None:
    page = "{% import 'm.html' as m %}" + call
    assert _drawn(tmp_path, {"page.html": page, "m.html": MACROS}) == expected


def test_function_that_wants_the_context_is_given_it(tmp_path: Path) -> None:
    layouts = layouts_of(write(tmp_path, {"page.html": "{{ said('a') }}"}))
    layouts.environment.globals["said"] = pass_context(lambda context, name: context[name])
    assert layouts.template("page.html").render(a="b") == "b"


def test_what_is_kept_is_drawn_once_for_what_it_is_given(tmp_path: Path) -> None:
    drawn: list[str] = []
    page = "{% for x in 'aba' %}{% call memo('x', x) %}{{ x }}{{ note(x) or '' }}{% endcall %}{% endfor %}"
    assert _drawn(tmp_path, {"page.html": page}, note=drawn.append) == "aba"
    assert drawn == ["a", "b"]


def test_no_more_is_kept_than_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pressfold.layouts._MEMOS", 2)
    layouts = layouts_of(tmp_path)
    assert [layouts.memo(text, caller=partial(Markup, text)) for text in "abcab"] == list("abcab")


def test_layouts_are_compiled_step_by_step_and_what_was_kept_is_not_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"page.html": "{% include 'part.html' %}", "part.html": "{{ x }}", "broken.html": "{% if %}"}
    first = layouts_of(write(tmp_path, {**files, "odd.html": "{{ x|nofilter }}"}))
    assert len(list(first.compile())) >= 4
    assert set(first.digests) == {"page.html", "part.html", "odd.html"}
    kept = replace(first, known=first.digests, code=Code(first.code.made.get))
    monkeypatch.setattr(kept.environment, "compile", None)
    assert kept.template("page.html").render(x=1) == "1"


def test_layouts_can_be_given_to_another_process(tmp_path: Path) -> None:
    layouts = layouts_of(write(tmp_path, {"page.html": "a"}))
    given = pickle.loads(pickle.dumps(replace(layouts, known={"page.html": layouts.digest("page.html")})))
    assert given.template("page.html").render() == "a"


def test_a_static_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"secret.txt": "secret", "layouts/static/icon.svg": "icon"})
    (tmp_path / "layouts" / "static" / "p.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(Problems) as wrong:
        layouts_of(tmp_path / "layouts").assets  # noqa: B018 - reading it is what fails
    assert wrong.value.problems == (Problem("layouts/static/p.txt", 0, "is no plain file of layouts/"),)


def test_a_layout_that_extends_itself_is_told_how_to_extend_the_themes(tmp_path: Path) -> None:
    layouts = layouts_of(write(tmp_path, {"a.html": "{% extends 'a.html' %}"}))
    with pytest.raises(Problems) as wrong:
        render(Page(address="a/", layout="a.html", view=None), layouts, lambda text: "")
    (problem,) = wrong.value.problems
    assert (problem.path, problem.message) == (
        "layouts/a.html",
        "needs itself; the theme's own layout of a name is theme/…",
    )
