"""Articles: what is written is read back, every mistake is told."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressfold.article import KEYS, REVIEWABLE, Article, Incomplete, dump, load, mint
from pressfold.image import Image
from pressfold.language import Tag
from pressfold.problem import Problem, Problems
from pressfold.slug import Slug
from pressfold.source import BODIES
from pressfold.yamltext import Plain
from tests.conftest import article as file

PATH = "content/articles/2026/01/a-letter.md"
NOW = dt.datetime(2026, 2, 2, 2, 40, tzinfo=dt.UTC)

SPELLINGS = [
    "no",
    "010",
    "~",
    "null",
    "- a",
    "-",
    "? b",
    ": c",
    "a: b",
    "a #b",
    "#",
    "'",
    '"',
    "[x]",
    "{y}",
    "&a",
    "*b",
]
SCRIPTS = [
    "żółć",
    "العربية",
    "日本語",
    "한국어",
    "हिन्दी",
    "עברית",
    "😀👩‍💻",
    "«Привет»",
    "|",
    ">",
    "%",
    "@",
    "`",
    "\\",
    "---",
    "...",
]
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # overrides and isolates are read as nothing
ALLOWED = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff" + TURNING)
LINES = st.one_of(st.sampled_from(SPELLINGS + SCRIPTS), st.text(ALLOWED)).map(lambda text: " ".join(text.split()))
WORDS = LINES.filter(bool)
SLUGS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True).filter(
    lambda text: not text.startswith(("con", "prn", "aux", "nul", "com", "lpt"))
)
NAMES = st.lists(SLUGS.map(Slug), max_size=3, unique=True).map(tuple)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))
MOMENTS = st.builds(
    lambda seconds, zone: (dt.datetime(1001, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)).astimezone(zone),
    st.integers(0, 8990 * 365 * 86400),
    OFFSETS,
)
FREE: st.SearchStrategy[dict[str, Plain]] = st.dictionaries(
    WORDS,
    st.recursive(
        LINES, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3))
    ),
    max_size=3,
)
BODY = st.one_of(
    st.sampled_from(["", "---\nid: x\n---", "  code", "a\n\n---\n\nb", "# no\n- yes", "\ufeffbom", "x" * 5000]),
    st.text(st.characters(exclude_categories=["Cs"])),
).map(lambda text: text.strip("\n"))
ARTICLES = st.builds(
    Article,
    path=SLUGS.map(lambda slug: f"content/articles/2026/01/{slug}.md"),
    id=st.one_of(st.sampled_from(["urn:uuid:1", "no", "010", "https://example.org/?a=b#c"]), WORDS).map(
        lambda text: "".join(ch for ch in text if not ch.isspace() and ch not in '<>"\\^`{|}') or "x"
    ),
    title=WORDS,
    lang=st.sampled_from(["en", "nb", "ar", "pt-BR", "zh-Hant", "es-419"]).map(Tag),
    added=MOMENTS,
    date=st.one_of(st.none(), st.dates(dt.date(1000, 1, 1), dt.date(9998, 12, 31)), MOMENTS),
    updated=st.one_of(st.none(), MOMENTS),
    companies=NAMES,
    mentions=NAMES,
    source_name=LINES,
    source_url=st.sampled_from(["", "https://example.org/a?b=c#d", "http://пример.рф/"]),
    author=LINES,
    summary=LINES,
    image=st.one_of(
        st.none(), st.builds(Image, st.sampled_from(["../../../media/a b.jpg", "../../../media/ü/#.PNG"]), LINES, LINES)
    ),
    tags=st.lists(WORDS, max_size=3, unique=True).map(tuple),
    story=st.one_of(st.none(), SLUGS.map(Slug)),
    review=st.lists(st.sampled_from(REVIEWABLE), unique=True).map(tuple),
    translated=st.sampled_from(["", "machine"]),
    original=st.one_of(st.none(), SLUGS.map(lambda slug: Slug(f"of-another-{slug}"))),
    draft=st.booleans(),
    body_mode=st.sampled_from(BODIES),
    redirects=st.lists(SLUGS.map(lambda slug: f"old/{slug}/"), max_size=2, unique=True).map(tuple),
    note=LINES,
    extra=FREE,
    origin=FREE,
    body=BODY,
)


def _problems(text: str, path: str = PATH, known: set[str] | None = None) -> list[Problem]:
    with pytest.raises(Problems) as raised:
        load(text, path, known)
    return list(raised.value.problems)


@given(ARTICLES)
def test_whatever_is_written_is_read_back(article: Article) -> None:
    assert load(dump(article), article.path) == article


@given(ARTICLES)
def test_writing_again_what_was_read_changes_no_byte(article: Article) -> None:
    text = dump(article)
    assert dump(load(text, article.path)) == text


def test_keys_stand_in_their_order_and_empty_ones_are_absent() -> None:
    article = Article(
        path=PATH,
        id="urn:1",
        title="A: letter",
        lang=Tag("no"),
        added=dt.datetime(2026, 1, 10, 8, tzinfo=dt.UTC),
        date=dt.date(2026, 1, 9),
        companies=(Slug("microsoft"), Slug("no")),
        source_name="Gram.pl",
        source_url="https://gram.example/a",
        review=("title",),
        draft=True,
        body_mode="excerpt",
        origin={"file": "inbox/a.txt"},
        body="Text.",
    )
    assert dump(article) == (
        "---\nid: urn:1\ntitle: 'A: letter'\nlang: 'no'\ndate: 2026-01-09\nadded: 2026-01-10T08:00:00Z\n"
        "companies: [microsoft, 'no']\nsource: {name: Gram.pl, url: 'https://gram.example/a'}\nreview: [title]\n"
        "draft: true\nbody: excerpt\nimport: {file: inbox/a.txt}\n---\n\nText.\n"
    )


@given(ARTICLES)
def test_written_keys_are_in_the_order_of_the_table(article: Article) -> None:
    lines = dump(article).split("\n---\n")[0].split("\n")[1:]
    found = [line.split(":")[0].strip("'") for line in lines if line and not line.startswith((" ", "?", "'", '"'))]
    assert [key for key in found if key in KEYS] == sorted(
        (key for key in found if key in KEYS), key=lambda key: KEYS.index(key)
    )


def test_least_article_has_the_defaults() -> None:
    article = load(file(), PATH)
    assert article == Article(
        path=PATH,
        id="urn:test:a-letter",
        title="A letter",
        lang=Tag("en"),
        added=dt.datetime(2026, 1, 10, 8, tzinfo=dt.UTC),
        body="Some words of the article stand here.",
    )
    assert (article.slug, article.happened) == ("a-letter", article.added)


def test_article_happened_on_its_date() -> None:
    assert load(file(date="2025-12-31"), PATH).happened == dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    ("fields", "message", "hint"),
    [
        ({"titel": "x"}, "unknown key 'titel'", "did you mean 'title'?"),
        ({"colour": "x"}, "unknown key 'colour'", "free values go under extra"),
        (
            {"date": "yesterday"},
            "'date': Invalid isoformat string: 'yesterday'",
            "write it as 2026-02-11 or 2026-02-11T09:30:00Z",
        ),
        ({"updated": "2026-02-11"}, "'updated': the time has no offset", "write it as 2026-02-11T09:30:00Z"),
        ({"review": "[title, titel]"}, "'review' names 'titel'", "one of: " + ", ".join(REVIEWABLE)),
        ({"companies": "[Big Co]"}, "'Big Co' is no name for 'companies'", "write it as 'big-co'"),
        ({"source": "Gram.pl"}, "source must be a mapping (key: value)", ""),
        ({"source": "{url: 'javascript:x'}"}, "'source.url' is no http(s) address: 'javascript:x'", ""),
        ({"source": "{nam: x}"}, "unknown key 'source.nam'", "did you mean 'name'?"),
        ({"translated": "human"}, "'translated' is 'human'", "one of: , machine"),
        ({"translation_of": "A Letter"}, "'A Letter' is no name for 'translation_of'", "write it as 'a-letter'"),
        (
            {"translation_of": "a-letter"},
            "'translation_of' names the article itself",
            "name the article that it translates, or take the line out",
        ),
        ({"draft": "yes"}, "'draft' is 'yes'", "one of: true, false"),
        ({"body_": "x"}, "unknown key 'body_'", "did you mean 'body'?"),
        ({"redirects": "[/a b/]"}, "'/a b/' is no address on this site", "write it as articles/old-name/"),
        ({"redirects": "['../up/']"}, "'../up/' is no address on this site", "write it as articles/old-name/"),
        (
            {"redirects": "['https://x.example/']"},
            "'https://x.example/' is no address on this site",
            "write it as articles/old-name/",
        ),
        (
            {"redirects": "[articles/ſtory]"},
            "'articles/ſtory' is no address on this site",
            "write it as articles/old-name/",
        ),
        (
            {"redirects": "[//evil.example/]"},
            "'//evil.example/' is no address on this site",
            "write it as articles/old-name/",
        ),
        ({"story": "Not A Slug"}, "'Not A Slug' is no name for 'story'", "write it as 'not-a-slug'"),
        ({"extra": "[a]"}, "'extra' must be a mapping (key: value)", ""),
        ({"image": "a.jpg"}, "image must be a mapping (key: value)", ""),
        ({"image": "{alt: A gate}"}, "'image.file' is missing", "add file: ..."),
        *[
            (
                {"image": f"{{file: '{file}'}}"},
                f"'image.file' is no picture in content/media/: '{file}'",
                "write its way from the article's file: ../../../media/crowd.jpg",
            )
            for file in (
                "../../../inbox/a.jpg",
                "../../../media/a.txt",
                "https://x.example/media/a.jpg",
                "a.jpg",
                "/media",
            )
        ],
        ({"note": "[a]"}, "'note' must be a text", ""),
        ({"summary": '"a\\0b"'}, "'summary' holds a control character", ""),
        ({"tags": '["a\\0b"]'}, "'tags' holds a control character", ""),
    ],
)
def test_mistake_is_a_problem_on_its_line(fields: dict[str, str], message: str, hint: str) -> None:
    assert _problems(file(**fields)) == [Problem(PATH, 6, message, hint)]


@pytest.mark.parametrize(
    ("given", "line", "message", "hint"),
    [
        ({"id": ""}, 2, "'id' is missing", "add id: ..."),
        ({"lang": ""}, 0, "'lang' is missing", "add a line lang: ..."),
        ({"added": ""}, 0, "'added' is missing", "add a line added: ..."),
        ({"lang": "english"}, 4, "'lang': 'english' is no language tag", "a BCP 47 tag such as en, ar or pt-BR"),
        ({"added": "2026-01-10"}, 5, "'added': the time has no offset", "write it as 2026-02-11T09:30:00Z"),
        (
            {"id": "a b"},
            2,
            "'id' is no address or urn",
            "leave it as it was: feed readers know the article by it",
        ),
    ],
)
def test_missing_or_wrong_necessity_is_a_problem(given: dict[str, str], line: int, message: str, hint: str) -> None:
    assert _problems(file(**given)) == [Problem(PATH, line, message, hint)]


@pytest.mark.parametrize("key", ["lang", "added", "id", "title"])
def test_blank_necessity_is_a_problem_too(key: str) -> None:
    given = {"id": "urn:1", "title": "T", "lang": "en", "added": "2026-01-10T08:00:00Z", key: ""}
    (problem,) = _problems("---\n" + "".join(f"{name}: {text}\n" for name, text in given.items()) + "---\n")
    assert problem.message == f"{key!r} is missing"


def test_all_mistakes_are_told_at_once() -> None:
    assert len(_problems(file(titel="x", date="x", draft="x", lang="x", review="x"))) == 5


def test_unknown_company_is_a_problem_with_a_suggestion() -> None:
    assert _problems(file(companies="[microsft]", mentions="[zzz]"), known={"microsoft", "zoom"}) == [
        Problem(PATH, 6, "unknown company 'microsft'", "did you mean 'microsoft'?"),
        Problem(PATH, 7, "unknown company 'zzz'", "or add content/companies/zzz.md"),
    ]


def test_any_company_will_do_where_none_are_known() -> None:
    assert load(file(companies="[whoever]"), PATH).companies == ("whoever",)


def test_file_name_that_is_no_address_is_a_problem() -> None:
    with pytest.raises(Problems) as raised:
        load(file(), "content/articles/A Letter.md")
    assert raised.value.problems == (
        Problem(
            "content/articles/A Letter.md", 0, "'A Letter' is no file name for an article", "write it as 'a-letter'"
        ),
    )


def test_redirects_are_addresses_with_a_slash_at_the_end() -> None:
    assert load(file(redirects="[/a/b, old-name/]"), PATH).redirects == ("a/b/", "old-name/")


def test_minted_id_is_a_urn_and_always_the_same() -> None:
    assert mint("sha256:00") == mint("sha256:00") != mint("sha256:01")
    assert mint("sha256:00").startswith("urn:uuid:")


def test_only_what_the_machine_gives_is_incomplete() -> None:
    head = "---\ntitle: A letter\nlang: en\n"
    with pytest.raises(Incomplete):
        load(f"{head}id:\n---\n\nWords.\n", "content/articles/2026/01/a.md")
    with pytest.raises(Problems) as wrong:
        load(f"{head}colour: red\n---\n\nWords.\n", "content/articles/2026/01/a.md")
    assert not isinstance(wrong.value, Incomplete)
