"""What pages state of themselves, in the forms in which newspapers' systems write it."""

import json

import pytest

from pressfold.ingest.html import extract

P = "<p>Several hundred workers of the plant asked the board to explain a contract, and they wait for an answer in June.</p>"


def page(
    head: str,
    body: str = f"<article><h1>A letter at the plant</h1>{P}{P}</article>",
    lang: str = "en",
    before: str = "",
) -> bytes:
    """A page with this head and body."""
    return f'<!doctype html>{before}<html lang="{lang}"><head><title>x</title>{head}</head><body>{body}</body></html>'.encode()


def data(*nodes: object) -> str:
    """The script element of JSON-LD nodes."""
    return "".join(
        f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>' for node in nodes
    )


WORDPRESS = data(
    {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Article",
                "@id": "https://gazeta.example/2026/02/11/list/#article",
                "headline": "List pracownik&oacute;w &#8211; o co prosz&#261;",
                "datePublished": "2026-02-11T09:30:00+01:00",
                "dateModified": "2026-02-14T10:00:00+01:00",
                "author": {"name": "Anna Nowak", "@id": "https://gazeta.example/#/schema/person/1"},
                "publisher": {"@id": "https://gazeta.example/#organization"},
                "inLanguage": "pl-PL",
            },
            {
                "@type": "WebPage",
                "@id": "https://gazeta.example/2026/02/11/list/",
                "datePublished": "2026-02-11T08:00:00+00:00",
            },
            {"@type": "Organization", "@id": "https://gazeta.example/#organization", "name": "Gazeta Zakładowa"},
        ],
    }
)


def test_wordpress_with_a_graph_and_references() -> None:
    head = (
        WORDPRESS
        + '<link rel="canonical" href="https://gazeta.example/2026/02/11/list/?utm_source=x&p=7&fbclid=y#top">'
    )
    body = f'<article><h1 class="entry-title">List pracowników – o co proszą</h1>{P}{P}</article>'
    found = extract(page(head, body, lang="pl-PL"))
    assert (found.title, found.title_from) == ("List pracowników – o co proszą", "metadata")
    assert (str(found.date), found.date_from) == ("2026-02-11 09:30:00+01:00", "metadata")
    assert (found.author, found.source_name, found.lang) == ("Anna Nowak", "Gazeta Zakładowa", "pl-PL")
    assert found.source_url == "https://gazeta.example/2026/02/11/list/?p=7"


def test_arc_with_teasers_beside_the_article() -> None:
    teaser = {
        "@type": "NewsArticle",
        "headline": "Another story",
        "datePublished": "2020-01-01",
        "author": "Nobody Here",
    }
    own = {
        "@type": ["NewsArticle"],
        "headline": "A letter at the plant",
        "datePublished": "2026-03-03T08:00:00Z",
        "author": [{"@type": "Person", "name": "By Jane Roe"}, {"@type": "Person", "name": "John Poe"}],
        "publisher": {"@type": "NewsMediaOrganization", "name": "The Paper", "logo": {"@type": "ImageObject"}},
    }
    found = extract(page(data(teaser, own) + '<meta property="og:title" content="A letter at the plant | The Paper">'))
    assert (found.author, str(found.date)[:10], found.source_name) == ("Jane Roe, John Poe", "2026-03-03", "The Paper")


def test_drupal_with_dublin_core() -> None:
    head = """<meta name="dcterms.title" content="x"><meta name="dcterms.date" content="2026-04-05T10:15+02:00">
    <meta name="dcterms.creator" content="Chiara Verdi"><meta property="og:site_name" content="Il Foglio di Fabbrica">
    <meta property="og:title" content="La lettera dei lavoratori | Il Foglio di Fabbrica">
    <meta property="og:locale" content="it_IT">"""
    found = extract(page(head, f"<div class='node__content'><h1>La lettera dei lavoratori</h1>{P}{P}</div>", lang=""))
    assert (found.title, found.author, str(found.date)[:10]) == (
        "La lettera dei lavoratori",
        "Chiara Verdi",
        "2026-04-05",
    )
    assert (found.source_name, found.lang) == ("Il Foglio di Fabbrica", "it-IT")


def test_ghost_names_the_author_behind_a_label() -> None:
    head = """<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Roe">
    <meta name="twitter:label2" content="Filed under"><meta name="twitter:data2" content="Work">
    <meta property="article:published_time" content="2026-05-06T07:08:09.000Z"><meta property="og:site_name" content="Ghostly">"""
    found = extract(page(head))
    assert (found.author, str(found.date)) == ("Jane Roe", "2026-05-06 07:08:09+00:00")


def test_medium_calls_its_page_by_title_author_and_site() -> None:
    head = """<title>A letter at the plant | by Jane Roe | Feb, 2026 | Medium</title><meta property="og:site_name" content="Medium">
    <meta property="og:title" content="A letter at the plant"><meta name="author" content="Jane Roe">
    <meta property="article:author" content="https://medium.example/@roe">"""
    found = extract(page(head))
    assert (found.title, found.author, found.date) == ("A letter at the plant", "Jane Roe", None)


def test_blogger_with_microdata_and_microformats() -> None:
    body = f"""<div class="post hentry" itemscope itemtype="http://schema.org/BlogPosting">
    <h1 class="header">Aus dem Werk</h1><h3 class="post-title" itemprop="name">Der Brief</h3>
    <span itemprop="author" itemscope><span itemprop="name">Max Muster</span></span>
    <abbr class="published" itemprop="datePublished" title="2026-01-02T03:04:00+01:00">3:04</abbr>
    <div class="post-body">{P}{P}</div></div>
    <div class="comments"><span itemprop="author">Some Body</span><time datetime="2026-01-09">later</time></div>"""
    found = extract(page("", body, lang="de"))
    assert (found.author, str(found.date), found.date_from) == ("Max Muster", "2026-01-02 03:04:00+01:00", "metadata")


def test_arabic_page() -> None:
    asked = "طلب مئات العمال في المصنع من مجلس الإدارة أن يشرح العقد الجديد، وهم ينتظرون الجواب في شهر يونيو المقبل."
    said = "نحن نصنع الشاحنات منذ عشرين سنة، ونريد أن نعرف لمن تذهب وماذا سيفعل بها من يشتريها منا."
    more = "وقالت الإدارة إنها قرأت الرسالة وإنها سوف ترد عليها في الاجتماع القادم مع ممثلي العمال في المدينة."
    node = {
        "@type": "NewsArticle",
        "headline": "رسالة من المصنع",
        "author": {"name": "بقلم: سلمى خليل"},
        "datePublished": "2026-02-01",
    }
    body = (
        f"<h1>رسالة من المصنع</h1><p>{asked}</p><blockquote><p>{said}</p></blockquote><p>{more}</p><p>{asked[:60]}</p>"
    )
    found = extract(page(data(node), f"<article>{body}</article>", lang="ar"))
    assert (found.title, found.author, found.lang) == ("رسالة من المصنع", "سلمى خليل", "ar")
    assert [block.kind for block in found.blocks] == ["paragraph", "quote", "paragraph", "paragraph"]


def test_hebrew_page_with_its_date_in_its_address() -> None:
    words = "מאות עובדים במפעל ביקשו מן ההנהלה להסביר את החוזה החדש, והם מחכים לתשובה בחודש יוני הקרוב."
    head = '<meta property="og:url" content="https://iton.example/2026/02/11/mikhtav/">'
    head += '<meta property="og:title" content="מכתב מן המפעל - העיתון">'
    head += '<meta property="og:site_name" content="העיתון">'
    found = extract(page(head, f"<article><h2>מכתב</h2><p>{words}</p><p>{words}</p></article>", lang="he"))
    assert (found.title, str(found.date), found.date_from) == ("מכתב מן המפעל", "2026-02-11", "address")


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0038)https://paper.example/news/letter?utm_a=b -->",
        "<!--\n Page saved with SingleFile \n url: https://paper.example/news/letter \n saved date: Sat Nov 28 2026\n-->",
    ],
)
def test_address_in_the_comment_of_the_browser_counts_when_the_page_states_none(comment: str) -> None:
    assert extract(page("", before=comment)).source_url == "https://paper.example/news/letter"
    relative = page('<link rel="canonical" href="/a-letter">', before=comment)
    assert extract(relative).source_url == "https://paper.example/a-letter"
    home = page('<link rel="canonical" href="https://paper.example/">', before=comment)
    assert extract(home).source_url == "https://paper.example/news/letter"
    foreign = page('<link rel="canonical" href="https://other.example/first-print">', before=comment)
    assert extract(foreign).source_url == "https://paper.example/news/letter"


def test_canonical_address_that_is_the_home_page_is_none() -> None:
    found = extract(
        page(
            '<link rel="canonical" href="https://paper.example/"><meta property="og:url" content="https://paper.example/a">'
        )
    )
    assert found.source_url == "https://paper.example/a"
    assert extract(page('<link rel="canonical" href="https://paper.example">')).source_url == ""


@pytest.mark.parametrize(
    ("head", "h1", "title"),
    [
        (
            '<meta property="og:title" content="A letter at the plant - The Paper">',
            "A letter at the plant",
            "A letter at the plant",
        ),
        (
            '<meta property="og:title" content="The plant has a letter">',
            "A letter has come to the plant",
            "A letter has come to the plant",
        ),
        (
            '<meta property="og:title" content="A letter at the plant">',
            "Labour A letter at the plant",
            "A letter at the plant",
        ),
        ('<meta property="og:title" content="A letter &amp;#8217;s worth">', "The Paper", "A letter ’s worth"),
        (
            '<meta property="og:title" content="The Paper"><meta property="og:site_name" content="The Paper">',
            "A letter",
            "A letter",
        ),
        ("", "A letter at the plant", "A letter at the plant"),
    ],
)
def test_title_is_the_heading_where_it_agrees_with_what_is_stated(head: str, h1: str, title: str) -> None:
    assert extract(page(head, f"<article><h1>{h1}</h1>{P}{P}</article>")).title == title


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2026-02-11T09:30:00+0100", "2026-02-11 09:30:00+01:00"),
        ("2026-02-11 09:30:00", "2026-02-11"),
        ("20260211", "2026-02-11"),
        ("2026/2/11", "2026-02-11"),
        ("Wed, 11 Feb 2026 09:30:00 +0100", "2026-02-11 09:30:00+01:00"),
        ("February 11, 2026", "2026-02-11"),
        ("2026-13-45", "None"),
        ("today", "None"),
        ("", "None"),
    ],
)
def test_date_in_the_forms_in_which_systems_write_it(stated: str, day: str) -> None:
    assert str(extract(page(f'<meta property="article:published_time" content="{stated}">')).date) == day


def test_date_of_a_change_is_not_the_date() -> None:
    head = '<meta property="article:modified_time" content="2026-02-11"><meta property="og:updated_time" content="2026-02-11">'
    body = f'<article><h1>A letter</h1><time class="updated" datetime="2026-02-12">12 Feb</time>{P}{P}</article>'
    assert extract(page(head, body)).date is None


def test_date_in_a_place_for_dates_is_for_review() -> None:
    found = extract(
        page("", f'<article><h1>Der Brief</h1><span class="date">11. Februar 2026</span>{P}{P}</article>', lang="de")
    )
    assert (str(found.date), found.date_from) == ("2026-02-11", "beside")


@pytest.mark.parametrize(
    "author", ["admin", "The Paper", "https://paper.example/roe", "desk@paper.example", "", "paper.example"]
)
def test_who_is_no_author(author: str) -> None:
    head = f'<meta name="author" content="{author}"><meta property="og:site_name" content="The Paper">'
    head += '<link rel="canonical" href="https://www.paper.example/a">'
    assert extract(page(head)).author == ""


@pytest.mark.parametrize(
    "broken",
    [
        '{"@type": "NewsArticle", "author": {"name": {"a": 1}}, "headline": 5, "datePublished": [1]}',
        "[" * 100_000,
        '{"@type": null}',
        "<!-- x",
    ],
)
def test_odd_json_does_no_harm(broken: str) -> None:
    found = extract(page(f'<script type="application/ld+json">{broken}</script>'))
    assert (found.title, found.author, found.date) == ("A letter at the plant", "", None)


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("Di Stefano", "Di Stefano"),
        ("Von der Leyen", "Von der Leyen"),
        ("Von Max Muster", "Max Muster"),
    ],
)
def test_label_before_a_name_is_no_part_of_it(stated: str, name: str) -> None:
    assert extract(page(f'<meta name="author" content="{stated}">')).author == name
