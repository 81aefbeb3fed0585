"""The sparing parser writes what the library writes, whatever it reads and whatever extensions it has."""

from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension

from pressfold.markup import EXTENSIONS
from pressfold.markup.sparing import SparingMarkdown

PIECES = [
    "word", "Wort", "é", "中文", "ب", "😀", "²", "1", "12", "٣", "a.b", "x@y.z", "href", "title",
    " ", "  ", "   ", "    ", "        ", "\t", "\n", "\n\n", "\r\n", "\r", "  \n", "\n \n", "\n    ", "\n  ", "\\\n",
    "\x02", "\x03", "\x0b", "\x0c", "\x1c", "\x85", "\u00a0", "\u2028", "\x02klzzwxh:0000\x03", "\x02wzxhzdk:0\x03", "\x0292\x03",
    "*", "**", "***", "_", "__", "___", "`", "``", "```", "~~~", "\\", "\\\\", "\\*", "\\_", "\\`", "\\[", "\\|", "\\<",
    "*a*", "**b**", "_c_", "__d__", "***e***", "*a **b** c*", "**a *b* c**", " *f g* ", "*h*,", "i*j*k", "`l`", "2 * 3 * 4",
    "[", "]", "(", ")", "![", "](", "][", "[]", "()", "]: ", "[a](b)", "[a](b 'c')", "[a](<b c>)", "[a](b(c))",
    "[a] (b)", "[a]( b )",
    "[*a*](b_c_d)", "*[a](b)*", "[a][b]", "[b]", "[b][]", "[a [b] c](d)",
    "![a](b)", "![b]", "![a][b]", "[![a](b)](c)", "[a](\n",
    "\n[b]: /u\n", "\n[b]: <u> 'T'\n",
    "\n[b]:\n /u\n", "[^1]", "\n[^1]: note\n", "\n*[HTML]: x\n", "HTML", "[[wiki]]",
    "<", ">", "<b>", "</b>", "<br>", "<div>", "</div>", "\n<div>\n", "\n</div>\n", "<hr>", "<!--", "-->",
    "<!-- c -->", "<?x?>", "<!D>",
    "<![CDATA[x]]>", "<http://a.b/c_d>", "<a@b.c>", "<p title='x'>", "<script>", "</script>", "<div markdown=1>", "<a`b`>",
    "&", "&amp;", "&#42;", "&#x2a;", "&#42 ", "&x", "&copy;", "&#", '"', "'", '"q"', "--", "...", "==x==",
    "\n# ", "\n## h ##\n", "#", "\n> ", "\n>> ", ">", "\n- ", "\n* ", "\n+ ", "\n1. ", "\n2) ", "\n10. ", "\n    - ", "\n    1. ",
    "\n---\n", "\n***\n", "\n* * *\n", "\n===\n", "\n=", "\n-", "\n___\n", "|", " | ", "\n|a|b|\n|-|-|\n|c|d|\n",
    "\na | b\n--|:-:\n`|` | \\|\n", "|-",
    "\n```\n", "\n```py\ncode\n```\n", "\n~~~\n", "\n~~~ {.a #b}\n<x>\n~~~\n", "\n    code\n",
    "\n: def\n", "!!! note\n", "{: .c }", "{", "}",
]  # fmt: skip
SOURCES = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=15).map("".join),
    st.text("ab *_`[]()<>#&;!\\-+.~|:=\"'1 \n\n\t", max_size=60),
    st.text("ab *_\n", max_size=30),
    st.text("ab []()!<>\"'", max_size=30),
    st.text("a -1.>#|=+*\n    ", max_size=40),
)
# Those of the library; the sanitiser drops what some of them write.
OTHERS = [
    ("abbr",), ("admonition",), ("attr_list",), ("def_list",), ("footnotes",), ("md_in_html",),
    ("legacy_attrs",), ("legacy_em",), ("meta",),
    ("nl2br",), ("smarty",), ("wikilinks",), ("extra", "toc"), ("codehilite",),
]  # fmt: skip


@cache
def _parsers(extensions: tuple[str, ...]) -> tuple[Markdown, Markdown]:
    names = [*EXTENSIONS, *extensions]
    return Markdown(extensions=names, output_format="html"), SparingMarkdown(extensions=names, output_format="html")


def _same(source: str, extensions: tuple[str, ...] = ()) -> None:
    library, sparing = _parsers(extensions)
    assert sparing.reset().convert(source) == library.reset().convert(source)


@given(SOURCES)
@example("*a*\\*_b_")
@example("> a\n> - b\n>     c")
def test_any_text_is_parsed_as_the_library_parses_it(source: str) -> None:
    _same(source)


@pytest.mark.parametrize("extensions", OTHERS, ids=" ".join)
@given(source=SOURCES)
def test_any_text_is_parsed_as_the_library_parses_it_whatever_the_extensions(
    extensions: tuple[str, ...], source: str
) -> None:
    _same(source, extensions)


class _Delimiter(Extension):
    """A mark of a site's own, or a mark of the library's with other rules."""

    def __init__(self, token: str, tags: str, smart: bool) -> None:
        super().__init__()
        self.given = token, tags, smart

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        token, tags, smart = self.given
        assert md.delimiters
        md.delimiters.add(token, tags, smart)


@pytest.mark.parametrize(
    ("token", "tags", "smart"), [("*", "b,i", False), ("*", "strong,em", True), ("~", "del", False)]
)
@given(source=SOURCES)
@example("a*b*c ~*d*~ *e~f~*")
def test_any_text_is_parsed_as_the_library_parses_it_with_delimiters_of_another(
    token: str, tags: str, smart: bool, source: str
) -> None:
    library, sparing = (
        parser(extensions=[_Delimiter(token, tags, smart)], output_format="html")
        for parser in (Markdown, SparingMarkdown)
    )
    assert sparing.convert(source) == library.convert(source)


@pytest.mark.parametrize("depth", [10, 90, 400, 2000])
def test_deep_emphasis_is_parsed_as_the_library_parses_it(depth: int) -> None:
    _same("*a **b " * depth + "c** d*" * depth)
