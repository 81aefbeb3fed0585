"""Every reader under input that is almost right: an article that a build takes, or a reason; nothing else, and in time.

The inputs are put together of what each format is made of, so that they come further than random bytes would.
"""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.torture.readers import PROMISES

SECONDS = 20  # that one input may take, on a machine with other work
MANY = settings(max_examples=settings().max_examples * 2 // 5)
BREAKS = ["\n", "\r\n", "\r", "\u2028", "\x85", "\f"]
ODD = st.sampled_from(
    ["\0", "\ud800", "\u202e", "\u2066", "\ufeff", "\ufffe", "\u200b", "\u0301", "&#xD800;", "&#0;", "&amp;", "&x;", "&", "<",
        ">", "]]>", '"', "'", "\\", "`", "*", "[", "](", "%", "é", "中", "ש", "ع", "😀", "\x1b"]
)  # fmt: skip
WORDS = st.sampled_from(
    [
        "Several hundred workers of Microsoft have asked the company to drop its contract with the agency.",
        "„Wir möchten nicht länger schweigen“, heißt es in dem Brief an die Führung des Konzerns.",
        "Pracownicy firmy Palantir pytają, dlaczego spółka współpracuje z urzędem – mówi źródło.",
        "قال موظفون في شركة مايكروسوفت إنهم يطالبون الشركة بإنهاء العقد مع الوكالة.",
        "Share", "Read also: more", "Photo: Reuters", "2026-02-03", "3 February 2026", "By Ada Lis", "We", "x" * 300, "* * *",
        "---", "# ", "> ", "1. ", "- ", "    ", "© 2026",
    ]
)  # fmt: skip
LINE = st.lists(st.one_of(WORDS, WORDS, ODD, st.text(max_size=8)), max_size=5).map(" ".join)
LINES = st.lists(LINE, max_size=12)


@st.composite
def texts(draw: st.DrawFn) -> str:
    return draw(st.sampled_from([*BREAKS, "\n\n", "\n \n"])).join(draw(LINES))


def encoded(text: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """A text's bytes in one encoding or another, cut off anywhere, with some zeros or marks."""
    names = st.sampled_from(
        ["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "koi8_r", "gb18030", "utf-7", "shift_jis"]
    )
    whole = st.builds(
        lambda words, name: words.encode(name, "replace" if name != "utf-8" else "surrogatepass"), text, names
    )
    return st.one_of(
        whole, whole, st.builds(lambda data, end: data[: max(0, len(data) - end)], whole, st.integers(0, 60))
    )


TAGS = st.sampled_from(
    "p div blockquote ul li ol table tr td h1 h2 b i a br img script style article main pre figure time span svg form".split()
)
ATTRIBUTES = st.sampled_from(
    ["", " href='http://['", " href='javascript:x'", " href=/a", " hidden", " style='display: none'", " lang=zz", " dir=rtl",
        " datetime='2026-02-30'", " class='share'", " itemprop=datePublished", " a='", " =\"\""]
)  # fmt: skip
HEADS = st.sampled_from(
    [
        "<title>A title</title>", "<meta charset=utf-8>", "<meta charset='utf-16'>",
        "<meta property='og:title' content='\u202eA title'>", "<base href='http://['>",
        "<link rel=canonical href='http://['>",
        "<script type='application/ld+json'>{\"@type\": \"Article\", \"headline\": [1], \"author\": 3}</script>",
        "<script type='application/ld+json'>[[[{</script>", "<html lang='\u202e'>", "<!DOCTYPE html [<!ENTITY a 'b'>]>",
        "<!--", "<?xml version='1.0' encoding='x'?>",
    ]
)  # fmt: skip


def _element(tag: str, attributes: str, inner: str, closed: bool, times: int) -> str:
    return f"<{tag}{attributes}>" * times + inner + (f"</{tag}>" * times if closed else "")


HTML = st.recursive(
    LINE,
    lambda inner: st.builds(
        _element,
        TAGS,
        ATTRIBUTES,
        st.lists(inner, max_size=4).map("".join),
        st.booleans(),
        st.sampled_from([1, 1, 1, 2, 300]),
    ),
    max_leaves=10,
)
STORY = "<p>Several hundred workers of Microsoft have asked the company to drop its contract with the agency, a letter says.</p>"
BODIES = st.builds(
    lambda begin, inner, end: begin + inner + end,
    st.sampled_from(["", STORY, STORY]),
    HTML,
    st.sampled_from(["", STORY]),
)
PAGES = st.builds(lambda head, body: f"<html>{''.join(head)}<body><article>{body}", st.lists(HEADS, max_size=3), BODIES)

YAML = st.sampled_from(
    [
        "title: A letter", "title: [a]", "title: ''", "title: |\n  a\n  b", "title: \"\\ud800\"", "date: 2026-02-30",
        "date: 2026-02-03 10:00:00 +0100", "date: 0000-00-00", "lang: no",
        "lang: zz-ZZZZZZZZZZ", "lang: [en]", "tags: a, b", "tags: [[a], {b: c}]", "tags: {a: b}", "companies: [microsoft]",
        "companies: [../x]", "companies: nobody", "mentions: 3",
        "source: Paper", "source: {name: [a], url: 'javascript:x'}", "source: {other: x}", "author: {name: A}",
        "authors: [{name: [x]}, b]", "summary: >\n  folded\n  text",
        "draft: maybe", "draft: true", "body: half", "body: link", "redirects: [../.., 'a b', /x/]", "story: ../x",
        "story: letter", "translation_of: a", "review: [x]", "review: [title]",
        "id: x", "added: yesterday", "added: 2026-02-03T10:00:00Z", "updated: 1", "extra: x", "extra: {a: {b: [c]}}",
        "import: {file: x}", "note: \u202e", "translated: x", "canonical_url: 'http://['",
        "aliases: {a: b}", "? [a]\n: b", "&a b: *a", "!!python/object:x y: z", "\"\\0\": x", "a: b: c", "\ttab: x",
        "title: A\ntitle: B", "# only this", "\u202e: x", "<<: {a: b}",
    ]
)  # fmt: skip
TOML = st.sampled_from(
    ['title = "A"', "title = 3", "date = 2026-02-03", "date = 10:00:00", "date = 2026-02-03T10:00:00", "draft = 1",
        "tags = [1, [2]]", 'authors = ["A", 3]', "[params]\na = nan", "a = 1e400", "[[x]]", "a =", 'lang = ""']
)  # fmt: skip
HEADED = st.one_of(
    st.lists(YAML, max_size=6).map(lambda lines: "---\n" + "\n".join(lines) + "\n---\n"),
    st.lists(YAML, max_size=3).map(lambda lines: "---\r\n" + "\r\n".join(lines) + "\r\n...\r\n"),
    st.lists(YAML, max_size=3).map(lambda lines: "\n".join(lines) + "\n\n"),
    st.lists(TOML, max_size=4, unique=True).map(lambda lines: "+++\n" + "\n".join(lines) + "\n+++\n"),
    st.dictionaries(st.sampled_from(["title", "date", "tags", "lang", "author", "source", "draft"]),
        st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3),
            max_leaves=4), max_size=4).map(lambda given: json.dumps(given) + "\n"),
    st.sampled_from(["", "---\n", "+++\n", "{\"", "---\n---\n", "Title: A letter\nDate: 2026-02-03\n\n"]),
)  # fmt: skip
MARKDOWN = st.builds(
    lambda head, lines: head + "\n" + "\n\n".join(lines), HEADED, st.lists(st.one_of(LINE, HTML), max_size=6)
)


@st.composite
def feeds(draw: st.DrawFn) -> str:
    """RSS or Atom whose items hold anything at all."""
    names = st.sampled_from(
        "title link guid id description summary content content:encoded pubDate updated published dc:creator dc:language dc:date "
        "author category source enclosure media:content".split()
    )
    field = st.builds(lambda name, extra, inner: f"<{name}{extra}>{inner}</{name}>", names, st.sampled_from(["",
        " type='html'", " type='xhtml'", " xml:base='http://['", " xml:lang='\u202e'", " isPermaLink='x'"]), st.one_of(HTML,
        LINE, st.sampled_from(["Tue, 99 Feb 99999 10:00 +9999", "2026-02-30", "0001-01-01T00:00:00Z", "http://[", "same",
            "<![CDATA[<p>x", "&a;"])))  # fmt: skip
    tag = draw(st.sampled_from(["item", "entry"]))
    inner = "".join(
        f"<{tag}>{''.join(fields)}</{tag}>" for fields in draw(st.lists(st.lists(field, max_size=5), max_size=4))
    )
    begin = draw(
        st.sampled_from(
            [
                "",
                "<?xml version='1.0' encoding='utf-16'?>",
                "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'b'>]>",
                " \n",
            ]
        )
    )
    around = (
        "<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>",
        "<rss version='2.0'><channel><title>F</title>{}</channel></rss>",
        "<rdf:RDF>{}",
        "{}",
    )
    return begin + draw(st.sampled_from(around)).format(inner)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | LINE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "url"]), inner, max_size=2),
    max_leaves=5,
)
JSON_KEYS = st.sampled_from(
    "id url title content_html content_text summary date_published tags authors language".split()
)
JSON_FEEDS = st.builds(
    lambda about, items: json.dumps({"version": "https://jsonfeed.org/version/1.1", **about, "items": items}),
    st.dictionaries(st.sampled_from(["title", "language", "authors", "author", "feed_url"]), ANYTHING, max_size=3),
    st.lists(st.dictionaries(JSON_KEYS, st.one_of(ANYTHING, BODIES), max_size=6), max_size=4),
)  # fmt: skip

MIME = st.sampled_from(
    [
        "From: A <a@b.example>", "From: =?utf-8?q?=ff?= <@>", "From: \u202e", "Subject: A letter", "Subject: =?x?b?!!!?=",
        "Subject: Re: Fwd: AW: x\n y", "Subject:", "Date: Tue, 03 Feb 2026 10:00:00 +0100",
        "Date: 99 99 99999", "Date: Tue, 03 Feb 2026 99:00:00 +9999", "Message-ID: <a@b>", "Message-ID: <",
        "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "Content-Type: multipart/mixed",
        "Content-Type: multipart/alternative; boundary=\"\"",
        "Content-Type: text/html; charset=x", "Content-Type: text/plain; charset=\"utf-16\"",
        "Content-Type: text/html; charset*=utf-8''%ff", "Content-Type: message/rfc822", "Content-Type: ;;;",
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: quoted-printable", "Content-Transfer-Encoding: uuencode",
        "Content-Disposition: attachment", "Content-Disposition: =?", "Content-Language: zz, y", "no header", " folded",
        "\u202e: x",
    ]
)  # fmt: skip
PARTS = st.builds(
    lambda heads, body: "\n".join(heads) + "\n\n" + body,
    st.lists(MIME, max_size=5),
    st.one_of(texts(), PAGES, st.sampled_from(["=ff=", "AAAA====", "begin 666 x\n!!!", "--b--", ""])),
)
LETTERS = st.lists(PARTS, min_size=1, max_size=4).map(lambda parts: "\n--b\n".join(parts))
MAILBOXES = st.lists(
    st.builds(
        lambda mark, letter: f"{mark}\n{letter}\n\n", st.sampled_from(["From x", "From ", ">From y", ""]), LETTERS
    ),
    max_size=3,
).map("".join)


def _read(reader: str, data: bytes) -> None:
    begun = time.monotonic()
    PROMISES[reader](data)
    assert time.monotonic() - begun < SECONDS


ITEMS = {
    "decode text": texts(),
    "fragment page": PAGES,
    "markdown": MARKDOWN,
    "feed": st.one_of(feeds(), JSON_FEEDS),
    "letter": LETTERS,
    "mailbox": MAILBOXES,
}


@pytest.mark.parametrize("readers", ITEMS)
@MANY
@given(data=st.data())
def test_what_a_reader_promises(readers: str, data: st.DataObject) -> None:
    item = data.draw(encoded(ITEMS[readers]))
    for reader in readers.split():
        _read(reader, item)
