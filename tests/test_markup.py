"""Markup: rendered text equals source text in two parsers, and no HTML can do harm."""

import html as entities
import re
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt

from pressfold.config import ENGINES, Engine, Markup
from pressfold.language import Tag, direction
from pressfold.markup import (
    EXTENSIONS,
    Block,
    Kind,
    Span,
    TooTangledError,
    block,
    escape,
    excerpt,
    html,
    relink,
    text,
    write,
)

BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li blockquote pre br hr div".split())
TRICKY = [
    "*a*", "**a**", "_a_", "a_b_c", "`a`", "[a](b)", "[a]: b", "![a](b)", "<b>", "<a@b.c>", "<https://a.b>", "&amp;",
    "&#42;", "# a", "a #", "> a", "- a", "+ a", "* a", "1. a", "1) a", "2026. a", "---", "***", "- - -", "===", "~~~",
    "```", "|a|b|", "\\", "a\\", "\\*", "\\\\", "* * *", "a * b * c", "2 * 3", "_", "__init__", "C#", "#tag", "<!-- a",
    "<?php", "</p>", "http://a.b/c_d_e", "[^1]", "[x]", "[ ]", ": a", "a  b", "    a", "é😀", "*[A]: b", "!", "[a][b]",
]  # fmt: skip
ALLOWED = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
PLAIN = st.one_of(
    st.sampled_from(TRICKY),
    st.lists(st.sampled_from([*TRICKY, "word", "Wort,"]), max_size=4).map(" ".join),
    st.lists(st.sampled_from([*TRICKY, "word"]), max_size=4).map("".join),
    st.text("ab1 *_`[]()<>#&;!\\-+.~|:=\"'/@é中"),
    st.text(ALLOWED),
).map(lambda words: " ".join(words.split()))
KINDS: st.SearchStrategy[Kind] = st.sampled_from(["paragraph", "heading", "quote", "attribution", "item", "numbered"])
ITEMS: st.SearchStrategy[Kind] = st.sampled_from(["item", "numbered"])
WEB = "https://example.org/a?b=c&d=e#f"


class _Reader(HTMLParser):
    """The lines of a page as a reader sees them, the tags, and what is marked or linked."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.out = ""
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        self.out += "\n" if tag in BLOCKS else ""

    def handle_endtag(self, tag: str) -> None:
        self.out += "\n" if tag in BLOCKS else ""

    def handle_data(self, data: str) -> None:
        self.out += data.replace("\n", " ")

    @property
    def lines(self) -> list[str]:
        return [" ".join(line.split()) for line in self.out.split("\n") if line.split()]


def _python(source: str) -> _Reader:
    return _Reader(Markdown(extensions=list(EXTENSIONS), output_format="html").convert(source))


def _commonmark(source: str) -> _Reader:
    return _Reader(MarkdownIt("commonmark").render(source))


@pytest.mark.parametrize("words", TRICKY)
@pytest.mark.parametrize("kind", ["paragraph", "heading", "quote", "attribution", "item", "numbered"])
def test_text_that_looks_like_markdown_reads_as_it_stands_in_both_parsers(kind: Kind, words: str) -> None:
    source = write([block(kind, words)])
    expected = [" ".join((("— " if kind == "attribution" else "") + words).split())]
    assert _python(source).lines == expected
    assert _commonmark(source).lines == expected


@given(PLAIN)
def test_paragraph_of_any_plain_text_reads_as_it_stands_in_both_parsers(words: str) -> None:
    source = write([block("paragraph", words)])
    expected = [words] if words else []
    assert _python(source).lines == expected
    assert _commonmark(source).lines == expected
    assert set(_python(source).tags) | set(_commonmark(source).tags) <= {"p"}


@pytest.mark.parametrize("engine", ENGINES)
@given(PLAIN, PLAIN)
@example('A "letter" [here]', "x](y")
def test_a_picture_shows_any_words_beside_and_below_it(engine: Engine, words: str, below: str) -> None:
    shown = Block("picture", (Span(words, "", "../a.png"), Span(below)))
    source = write([block("paragraph", "Before"), shown, block("paragraph", "After")])
    seen = relink(html(source, Markup(engine)), lambda address: f"/{address}")
    caption = f"<figcaption>{entities.escape(below)}</figcaption>" if below else ""
    picture = f'<img src="/../a.png" alt="{entities.escape(words)}" loading="lazy">'
    around = ("<figure>", "</figure>") if below else ("<p>", "</p>")
    found = entities.unescape(seen)
    assert found == entities.unescape(f"<p>Before</p>\n{around[0]}{picture}{caption}{around[1]}\n<p>After</p>")


@given(st.lists(st.builds(block, KINDS, PLAIN), max_size=6))
def test_blocks_of_any_plain_text_read_as_they_stand_in_both_parsers(blocks: list[Block]) -> None:
    source = write(blocks)
    expected = [("— " if b.kind == "attribution" else "") + b.text for b in blocks if b.text]
    assert _python(source).lines == expected
    assert _commonmark(source).lines == expected


LISTED = st.lists(
    st.builds(
        lambda kind, words, depth: Block(kind, (Span(words),), depth=depth),
        ITEMS,
        PLAIN.filter(bool),
        st.integers(0, 5),
    ),
    max_size=6,
)


@given(LISTED)
@example([Block("item", (Span("a"),)), Block("numbered", (Span("b"),), depth=1), Block("item", (Span("c"),))])
def test_items_of_nested_lists_read_as_they_stand_in_both_parsers(blocks: list[Block]) -> None:
    source = write(blocks)
    for found in (_python(source), _commonmark(source)):
        assert found.lines == [b.text for b in blocks]
        assert found.tags.count("li") == len(blocks)


@given(KINDS, st.lists(PLAIN.filter(bool), min_size=1, max_size=4))
@example("paragraph", ["A", "===", "- b", "1. c", "# d", "> e"])
@example("paragraph", ["|", "|"])
@example("paragraph", ["a|b", ":-|"])
def test_broken_lines_read_as_they_stand_in_both_parsers(kind: Kind, lines: list[str]) -> None:
    source = write([block(kind, "\n".join(lines))])
    expected = (
        [" ".join(lines)] if kind == "heading" else [("— " if kind == "attribution" else "") + lines[0], *lines[1:]]
    )
    for found in (_python(source), _commonmark(source)):
        assert found.lines == expected
        assert found.tags.count("br") == (0 if kind == "heading" else len(lines) - 1)


@given(KINDS, PLAIN.filter(bool), st.sampled_from([Tag("ar"), Tag("de"), Tag("zh-Hant")]))
@example("paragraph", "ends in \\\\", Tag("ar"))
def test_block_in_another_language_reads_as_it_stands_and_keeps_its_mark(kind: Kind, words: str, lang: Tag) -> None:
    source = write([Block(kind, (Span(words),), lang=lang)])
    expected = [("— " if kind == "attribution" else "") + words]
    assert _python(source).lines == _commonmark(source).lines == expected
    for engine in ENGINES:
        safe = html(source, Markup(engine=engine))
        assert f'<span lang="{lang}" dir="{direction(lang)}">' in safe
        assert text(safe).split("\n") == expected


@given(st.lists(st.builds(block, KINDS, PLAIN.filter(bool)), max_size=6))
def test_blocks_are_of_their_kind_in_both_parsers(blocks: list[Block]) -> None:
    source = write(blocks)
    for found in (_python(source), _commonmark(source)):
        assert found.tags.count("h2") == sum(b.kind == "heading" for b in blocks)
        assert found.tags.count("li") == sum(b.kind in ("item", "numbered") for b in blocks)
        assert ("blockquote" in found.tags) == any(b.kind in ("quote", "attribution") for b in blocks)
        assert set(found.tags) <= {"p", "h2", "ul", "ol", "li", "blockquote"}


SPANS = st.lists(
    st.builds(
        Span,
        st.one_of(PLAIN, PLAIN.map(lambda words: f" {words} ")),
        st.sampled_from(["", "strong", "emphasis", "code"]),
        st.sampled_from(["", "", WEB, "https://example.org/a_b_c*d*", "https://example.org/(x)"]),
    ),
    min_size=1,
    max_size=4,
).map(tuple)


@given(SPANS)
@example((Span("a!"), Span("b", href=WEB)))
@example((Span("a"), Span("<b> & &amp;"), Span("c")))
def test_marked_and_linked_runs_read_as_they_stand_in_both_parsers(spans: tuple[Span, ...]) -> None:
    source = write([Block("paragraph", spans)])
    expected = " ".join("".join(span.text for span in spans).split())
    for found in (_python(source), _commonmark(source)):
        assert found.lines == ([expected] if expected else [])


@given(SPANS)
def test_marked_and_linked_runs_are_the_same_in_both_parsers(spans: tuple[Span, ...]) -> None:
    source = write([Block("paragraph", spans)])
    assert _python(source).tags == _commonmark(source).tags
    assert _python(source).links == _commonmark(source).links


@given(st.sampled_from(["heading", "quote", "item", "numbered"]), SPANS)
@example("heading", (Span("C#"), Span("")))
def test_runs_read_as_they_stand_in_any_kind_of_block(kind: str, spans: tuple[Span, ...]) -> None:
    source = write([Block(kind, spans)])  # type: ignore[arg-type]
    expected = " ".join("".join(span.text for span in spans).split())
    for found in (_python(source), _commonmark(source)):
        assert found.lines == ([expected] if expected else [])


def test_runs_are_marked_and_linked() -> None:
    spans = (
        Span("One "),
        Span("two", "strong"),
        Span(" "),
        Span("three", "emphasis"),
        Span(" "),
        Span("four", href=WEB),
    )
    assert write([Block("paragraph", spans)]) == f"One **two** *three* [four]({WEB})"


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (
            "Plain words, 3 * 4 and a_b: 50 % (or so) – “yes” & no!",
            "Plain words, 3 * 4 and a_b: 50 % (or so) – “yes” & no!",
        ),
        ("a < b > c", "a < b > c"),
        ("*a*", "\\*a\\*"),
        ("a & b &amp; c", "a & b &amp;amp; c"),
        ("one * star", "one * star"),
        ("snake_case_name", "snake_case_name"),
    ],
)
def test_only_what_would_be_misread_is_escaped(words: str, written: str) -> None:
    assert escape(words) == written


def test_kinds_are_written_as_markdown() -> None:
    blocks = [
        block("heading", "Head"),
        Block("heading", (Span("Deep"),), 9),
        block("paragraph", "Text"),
        block("item", "a"),
        block("item", "b"),
        block("numbered", "c"),
        block("numbered", "d"),
        block("quote", "Said"),
        block("quote", "more"),
        block("attribution", "Her"),
        block("quote", "Other"),
        block("paragraph", ""),
    ]
    assert write(blocks) == (
        "## Head\n\n###### Deep\n\nText\n\n- a\n- b\n\n1. c\n2. d\n\n> Said\n>\n> more\n>\n> — Her\n\n<!-- -->\n\n> Other"
    )


@pytest.mark.parametrize("words", ["", " ", "#", "a ##", "# #", "\\#"])
def test_heading_of_odd_text_reads_as_it_stands(words: str) -> None:
    source = write([block("heading", words)])
    for found in (_python(source), _commonmark(source)):
        assert found.lines == ([words] if words.strip() else [])


def test_block_has_the_words_of_its_spans() -> None:
    assert Block("paragraph", (Span("a "), Span("b", "strong"))).text == "a b"


# Markdown to safe HTML.

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<svg/onload=alert(1)>",
    "<iframe src='https://evil.example/'></iframe>",
    "<object data=x></object><embed src=x>",
    "<style>body{display:none}</style>",
    "<p style='position:fixed' class='top' id='main' onclick='x()'>x</p>",
    "<form action='https://evil.example/'><input name=a><button>b</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href='https://evil.example/a.css'>",
    "<base href='https://evil.example/'>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><script>alert(1)</script>-->",
    "<video src=x onerror=alert(1)></video><audio src=x>",
    "<img srcset='https://evil.example/a.png 2x'>",
    "<textarea></div><script>",
    "<template><script>x</script></template>",
    "<h1 onmouseover=x>a</h1>",
    "</div></main></body></html>",
    '<a title=\'"><script>alert(1)</script>\' href="https://a.example/">x</a>',
]
FORBIDDEN = frozenset(
    "script style iframe object embed form input button meta link base svg math video audio template textarea noscript "
    "body html head main h1".split()
)


class _Audit(HTMLParser):
    """Every tag and attribute of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.depth: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("br", "hr", "img", "wbr", "col"):
            self.depth.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.depth
        assert self.depth.pop() == tag


def _harmless(safe: str) -> None:
    audit = _Audit(safe)
    assert audit.depth == []
    for tag, attributes in audit.found:
        assert tag not in FORBIDDEN
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "class", "id", "srcset")]
        for name in ("href", "src"):
            address = (attributes.get(name) or "").replace("\t", "").replace("\n", "").strip().lower()
            scheme, colon, _ = address.partition(":")
            if colon and scheme.isalnum():
                assert scheme in ("http", "https", "mailto")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_html_is_made_harmless(source: str, engine: Engine) -> None:
    _harmless(html(source, Markup(engine)))
    _harmless(html(f"Words before {source} and after\n\n- {source}\n\n> {source}\n", Markup(engine)))


@pytest.mark.parametrize("engine", ENGINES)
@given(
    source=st.lists(st.one_of(st.sampled_from([*HOSTILE, *TRICKY, "\n\n", " "]), st.text(ALLOWED)), max_size=5).map(
        "".join
    )
)
def test_no_mixture_of_hostile_html_does_harm(engine: Engine, source: str) -> None:
    safe = html(source, Markup(engine))
    _harmless(safe)
    _harmless(relink(safe, lambda address: address))
    _harmless(relink(safe, lambda _: 'x"><script>'))


@given(st.lists(st.one_of(st.sampled_from([*HOSTILE, *TRICKY, "\n\n"]), st.text(ALLOWED)), max_size=4).map("".join))
def test_same_text_makes_the_same_html_whatever_was_made_before(source: str) -> None:
    first = html(source)
    html("# other\n\n```\ncode")
    assert html(source) == first


ORDINARY = (
    '# One\n\nA *b* **c** `d` [e](f.md) ![g](h.png "i")\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```py\nx < 1\n```\n'
)


def test_ordinary_markdown_keeps_its_form() -> None:
    assert html(ORDINARY) == (
        '<h2>One</h2>\n<p>A <em>b</em> <strong>c</strong> <code>d</code> <a href="f.md">e</a> '
        '<img alt="g" src="h.png" title="i"></p>\n<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n'
        "<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n<pre><code>x &lt; 1\n</code></pre>"
    )


# But for the line feeds between tags; and the attributes of pictures stand in another order.
@pytest.mark.parametrize(
    "source",
    [
        ORDINARY.replace("!", ""),
        "- a\n- b\n\n1. c\n2. d\n\n- e\n\n3. f\n4. g",
        "- a\n    - b\n    - c\n- d",
        "- a\n\n- b",
        "> a\n> b\n>\n> - c",
        "~~~\n*a* <b>\n\n&amp;\n~~~",
        "    code\n\na  \nb\\*c\\*",
        "|a|b|\n|:-|-:|\n|`c`|*d*|\n|\\||e|",
        "[a][b] <https://a.example/b_c>\n\n[b]: https://a.example/ 'T'",
        "<div>\n*a*\n</div>\n\nb <kbd>*c*</kbd> &copy; & d",
        "One\n===\n\nTwo\n---\n\n***",
    ],
)
def test_engines_agree_on_ordinary_markdown(source: str) -> None:
    first, second = (re.sub(r"\n+(?=<)", "", html(source, Markup(engine))) for engine in ENGINES)
    assert first == second


def test_extensions_of_the_site_are_used() -> None:
    assert html("a\nb") == "<p>a\nb</p>"
    assert html("a\nb", Markup(extensions=("nl2br",))) == "<p>a<br>\nb</p>"
    assert html("Term\n: it", Markup(extensions=("def_list",))) == "<dl>\n<dt>Term</dt>\n<dd>it</dd>\n</dl>"
    assert html("a\nb") == "<p>a\nb</p>"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("piece", ["> ", ">", "- + ", "1. ", "[a](", "![", "<div>", "<ul><li>", "<", "[^", "- > "])
def test_tangled_text_is_refused(piece: str, engine: Engine) -> None:
    with pytest.raises(TooTangledError):
        html(piece * 3000, Markup(engine))


def test_text_after_a_tangled_one_is_read_as_ever() -> None:
    with pytest.raises(TooTangledError):
        html("- > " * 3000)
    assert html("a") == "<p>a</p>"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "piece",
    ["*a **b ", "**a ", "_a__", "`", "` `` ", "&", "|", "\\", "a\n", "- a\n", "[a]: b\n", "[^a]", "(", "\0", "~~~\n"],
)
def test_long_text_of_marks_is_read(piece: str, engine: Engine) -> None:
    _harmless(html(piece * 9000, Markup(engine)))


def test_page_has_no_second_main_heading() -> None:
    assert html("# a\n\n<h1 lang='pl'>b</h1>") == '<h2>a</h2>\n<h2 lang="pl">b</h2>'


@given(PLAIN)
def test_plain_text_survives_the_whole_way(words: str) -> None:
    assert text(html(write([block("paragraph", words)]))) == words


# Links and pictures.


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<a href="a.md">x</a>', '<a href="/NEW?a.md&amp;">x</a>'),
        ('<a hreflang="pl" href="a.md" title="t">x</a>', '<a hreflang="pl" href="/NEW?a.md&amp;" title="t">x</a>'),
        ('<a href="?a=b&amp;c=d">x</a>', '<a href="/NEW??a=b&amp;c=d&amp;">x</a>'),
        ("<a>x</a>", "<a>x</a>"),
        ('<p title="&lt;a href=">no &lt;a href="b"&gt;</p>', '<p title="&lt;a href=">no &lt;a href="b"&gt;</p>'),
        ('<img src="a.png" alt="b">', '<img src="/NEW?a.png&amp;" alt="b" loading="lazy">'),
        (
            '<img height="2" src="a.png" width="3">',
            '<img src="/NEW?a.png&amp;" alt="" width="3" height="2" loading="lazy">',
        ),
        ('<img src="a.png" alt="b" width="100%">', '<img src="/NEW?a.png&amp;" alt="b" loading="lazy">'),
    ],
)
def test_links_and_pictures_get_the_address_that_is_answered(source: str, expected: str) -> None:
    assert relink(source, lambda address: f"/NEW?{address}&") == expected


def test_what_looks_like_a_tag_in_a_value_is_none() -> None:
    given = '<a href="b>c" title="<img src=d>">e</a> <img src="f>g" alt="<a href=h>">'
    safe = html(f'<p title="<a href=x>">a</p>\n\n{given}')
    assert relink(safe, lambda address: f"/{address}").replace("&lt;", "<").replace("&gt;", ">") == (
        '<p title="<a href=x>">a</p>\n\n<p><a href="/b>c" title="<img src=d>">e</a> '
        '<img src="/f>g" alt="<a href=h>" loading="lazy"></p>'
    )


def test_address_that_is_answered_with_none_is_taken_away() -> None:
    source = html('[x](gone.md "t") ![words](gone.png) ![](gone.png "title") ![](gone.png)')
    assert relink(source, lambda _: None) == '<p><a title="t">x</a> words title </p>'


REMOTE = [
    "https://evil.example/p/a.png",
    "http://evil.example/p/a.png",
    "//evil.example/p/a.png",
    "HTTPS://evil.example/p/a.png",
    "https:\\\\evil.example/p/a.png",
    "https:/evil.example/p/a.png",
    "https:evil.example/p/a.png",
]


@pytest.mark.parametrize("address", REMOTE)
def test_remote_picture_becomes_a_link(address: str) -> None:
    safe = relink(html(f'<img src="{address}" alt="a &lt; b">'), lambda given: given)
    assert "<img" not in safe
    assert ">a &lt; b</a>" in safe
    assert "href=" in safe


@pytest.mark.parametrize("address", REMOTE)
def test_remote_picture_inside_a_link_leaves_its_words_alone(address: str) -> None:
    safe = relink(html(f'<a href="https://a.example/"><img src="{address}" alt="words"></a>'), lambda given: given)
    assert safe == '<a href="https://a.example/">words</a>' or safe == '<p><a href="https://a.example/">words</a></p>'


def test_remote_picture_without_words_is_called_by_its_file() -> None:
    assert relink('<img src="https://a.example/p/b.png">', lambda given: given) == (
        '<a href="https://a.example/p/b.png">b.png</a>'
    )


def test_picture_after_a_closed_link_is_a_link_again() -> None:
    source = '<a href="x"><b>a</b></a> <img src="https://a.example/b.png" alt="c">'
    assert relink(source, lambda given: given) == '<a href="x"><b>a</b></a> <a href="https://a.example/b.png">c</a>'


@given(st.text(ALLOWED), st.text(ALLOWED))
@example('a.png" onerror="x', "b")
@example("a&quot;b", "<b>")
def test_no_address_and_no_word_breaks_out_of_a_picture(address: str, words: str) -> None:
    safe = relink('<p><img src="a.png" alt="b"><a href="c">d</a></p>', lambda _: address)
    audit = _Audit(safe)
    assert [attributes.get("src", attributes.get("href")) for tag, attributes in audit.found if tag != "p"] == [
        address
    ] * 2
    remote = nh3.clean("<img>", attributes={"img": {"src", "alt"}}).replace(
        "<img", f'<img src="https://a.example/" alt="{nh3.clean_text(words)}"'
    )
    _harmless(relink(remote, lambda given: given))


@given(st.lists(st.one_of(st.sampled_from([*HOSTILE, *TRICKY, "\n\n"]), st.text(ALLOWED)), max_size=4).map("".join))
def test_relinking_to_the_same_addresses_keeps_the_words_outside_pictures(source: str) -> None:
    safe = html(source)
    if "<img" not in safe:
        assert text(relink(safe, lambda given: given)) == text(safe)


# Words.


@pytest.mark.parametrize(
    ("safe", "words"),
    [
        ("<p>a <em>b</em></p>\n<p>c</p>", "a b\nc"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("a<br>b<hr>c", "a\nb\nc"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\nb"),
        ("<p>a &lt;b&gt; &amp;amp; c</p>", "a <b> &amp; c"),
        ('<p title="x > y">a</p>', "a"),
        ("", ""),
    ],
)
def test_words_of_html_stand_a_line_a_block(safe: str, words: str) -> None:
    assert text(safe) == words


# Excerpts.


def test_short_text_is_its_own_excerpt() -> None:
    assert excerpt("One.\n\nTwo.\n") == "One.\n\nTwo."
    assert excerpt("") == ""


def test_excerpt_ends_after_the_block_that_fills_it_and_says_that_more_followed() -> None:
    part = "word " * 30
    assert excerpt(f"{part}\n\n{part}\n\nlast") == f"{part.strip()} \n\n{part.strip()} \n\n…".replace(" \n", " \n")
    assert excerpt("a b\n\nc d\n\ne", 2) == "a b\n\n…"
    assert excerpt("a b\n\nc d\n\ne", 3) == "a b\n\nc d\n\n…"
    assert excerpt("a b\n\nc d\n\ne", 5) == "a b\n\nc d\n\ne"


@given(st.lists(st.text("ab ", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=9), st.integers(1, 20))
def test_excerpt_is_a_beginning_of_the_text(parts: list[str], words: int) -> None:
    whole = "\n\n".join(parts)
    cut = excerpt(whole, words)
    if cut != whole:
        assert cut.endswith("\n\n…")
        assert whole.startswith(cut.removesuffix("…"))
        assert len(cut.split()) > words


@pytest.mark.parametrize(
    "sentence",
    ["员工要求公司放弃合同，因为他们不同意。", "従業員は会社に契約を破棄するよう求めた。", "พนักงานขอให้บริษัทยกเลิกสัญญา"],
)
def test_excerpt_of_a_text_without_spaces_is_not_the_whole(sentence: str) -> None:
    whole = "\n\n".join([sentence * 10] * 12)
    assert len(excerpt(whole)) < len(whole) / 2


def test_excerpt_does_not_end_inside_a_block_of_code() -> None:
    whole = "```\n" + "code " * 60 + "\n\nmore code\n```\n\nWords.\n"
    cut = html(excerpt(whole))
    assert "```" not in cut
    assert "more code" in cut
