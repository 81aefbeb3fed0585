"""Settings: read whole, with every problem, and overridden by the environment."""

import datetime as dt

import pytest

from pressfold.config import KEYS, LANGUAGES, Config, Markup, load
from pressfold.language import Tag
from pressfold.problem import Problem, Problems
from pressfold.source import BODIES, Source

ID = "an address, or urn:uuid: and a UUID; pressfold init mints one"
EXTENSION = "the name of an installed extension of Python-Markdown, such as def_list"
BROKEN = "cannot be loaded: Failed to initiate extension 'string': module 'string' has no attribute 'makeExtension'"
LEAST = "title: A digest\nbase_url: https://example.org/news\n"


def _problems(text: str, environment: dict[str, str] | None = None, base_url: str = "") -> list[Problem]:
    with pytest.raises(Problems) as raised:
        load(text, environment=environment, base_url=base_url)
    return list(raised.value.problems)


def test_title_and_address_are_enough() -> None:
    assert load(LEAST) == Config(title="A digest", base_url="https://example.org/news/")


def test_every_setting_is_read() -> None:
    config = load(
        "id: urn:uuid:1d6e6f4b-3d5a-4f0c-9c39-6b1f7f0a2c55\ntitle: T\ndescription: D\n"
        "base_url: https://example.org/\nlanguage: no\n"
        "timezone: Europe/Warsaw\nauthor: A\ncopyright: C\ncontact: mail@example.org\nlanguages: [en, pt_br]\n"
        "body: excerpt\nsources: {Gram.pl: {body: link, translated: machine, feed: 'https://gram.example/rss'}, 'No': {}}\n"
        "feeds: {limit: 7}\n"
        "markup: {extensions: [footnotes, markdown.extensions.abbr, 'markdown.extensions.toc:TocExtension']}\n"
        "extra: {colour: {main: '010'}}\n"
    )
    assert config == Config(
        id="urn:uuid:1d6e6f4b-3d5a-4f0c-9c39-6b1f7f0a2c55",
        title="T",
        description="D",
        base_url="https://example.org/",
        language=Tag("nb"),
        timezone="Europe/Warsaw",
        author="A",
        copyright="C",
        contact="mail@example.org",
        languages=(Tag("en"), Tag("pt-BR")),
        body="excerpt",
        sources={
            "Gram.pl": Source(body="link", translated="machine", feed="https://gram.example/rss"),
            "No": Source(),
        },
        feed_limit=7,
        markup=Markup("markdown", ("footnotes", "markdown.extensions.abbr", "markdown.extensions.toc:TocExtension")),
        extra={"colour": {"main": "010"}},
    )
    assert dt.datetime(2026, 7, 1, tzinfo=config.zone).utcoffset() == dt.timedelta(hours=2)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("inbox/fetched/agency.xml", "Agency"),
        ("inbox/fetched/agency.json", "Agency"),
        ("inbox/fetched/gram-pl-25f819.xml", "Gram.pl"),
        ("inbox/fetched/other.xml", ""),
        ("inbox/fetched/deeper/agency.xml", ""),
        ("inbox/agency.xml", ""),
    ],
)
def test_fetched_feed_belongs_to_a_source(file: str, name: str) -> None:
    assert load(LEAST + "sources: {Agency: {body: link}, Gram.pl: {body: link}}\n").source_of(file) == name


def test_engine_of_the_markup_is_read() -> None:
    assert load(LEAST + "markup: {engine: commonmark}\n").markup == Markup("commonmark")
    assert load(LEAST + "markup: {extensions: abbr}\n").markup == Markup("markdown", ("abbr",))
    assert load(LEAST + "markup:\n").markup == Markup()


def test_no_language_stands_twice() -> None:
    assert len(LANGUAGES) == len(set(LANGUAGES))


def test_bodies_go_from_the_widest_to_the_narrowest() -> None:
    assert BODIES == ("full", "excerpt", "link")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/", "https://example.org/"),
        ("https://example.org/a/b///", "https://example.org/a/b/"),
    ],
)
def test_base_url_ends_in_one_slash(given: str, expected: str) -> None:
    assert load(f"title: T\nbase_url: {given}\n").base_url == expected


def test_feed_id_is_the_sites_own_or_its_address() -> None:
    assert load(LEAST).feed_id == "https://example.org/news/"
    assert load(LEAST + "id: urn:x\n").feed_id == "urn:x"


MISSING = Problem(
    "config.yaml", 0, "'base_url' is missing", "feeds need the site's address: base_url: https://example.org/"
)


def test_empty_file_lacks_title_and_address() -> None:
    assert _problems("") == [Problem("config.yaml", 1, "'title' is missing", "add title: ..."), MISSING]


def test_file_without_address_lacks_it() -> None:
    assert _problems("title: T\n") == [MISSING]


@pytest.mark.parametrize("written", ["base_url:\n", "base_url: ''\n", "base_url: '  '\n"])
def test_blank_address_is_missing_too(written: str) -> None:
    (problem,) = _problems("title: T\n" + written)
    assert problem.message == "'base_url' is missing"


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("titel: x", "unknown key 'titel'", "did you mean 'title'?"),
        ("printing: x", "unknown key 'printing'", "free values go under extra"),
        ("search: yes", "'search' is 'yes'", "one of: none, pagefind"),
        ("language: english", "'language': 'english' is no language tag", "a tag such as en, ar or pt-BR"),
        ("timezone: Mars/Base", "'timezone': 'Mars/Base' is no time zone", "a name such as Europe/Warsaw or UTC"),
        ("timezone: Europe", "'timezone': 'Europe' is no time zone", "a name such as Europe/Warsaw or UTC"),
        ("timezone: ../UTC", "'timezone': '../UTC' is no time zone", "a name such as Europe/Warsaw or UTC"),
        ("languages: [en, qq]", "'languages': 'qq' is no language that CLDR knows", ""),
        ("languages: {en: pl}", "'languages' must be a list of texts", ""),
        ("id: my site", "'id': 'my site' is no id", ID),
        ("id: urn:uuid:1", "'id': badly formed hexadecimal UUID string", ID),
        ("body: half", "'body' is 'half'", "one of: full, excerpt, link"),
        ("sources: [a]", "sources must be a mapping (key: value)", ""),
        ("sources: {A: b}", "sources.A must be a mapping (key: value)", ""),
        ("sources: {A: {bdy: link}}", "unknown key 'sources.A.bdy'", "did you mean 'body'?"),
        ("sources: {A: {feed: gram.example/rss}}", "'sources.A.feed' is no http(s) address: 'gram.example/rss'", ""),
        ("sources: {A: {body: half}}", "'sources.A.body' is 'half'", "one of: full, excerpt, link"),
        ("sources: {A: {translated: yes}}", "'sources.A.translated' is 'yes'", "one of: , machine"),
        ("feeds: 7", "feeds must be a mapping (key: value)", ""),
        ("feeds: {limit: 0}", "'feeds.limit' is '0'", "a whole number from 1 to 1000"),
        ("feeds: {limit: 1001}", "'feeds.limit' is '1001'", "a whole number from 1 to 1000"),
        ("feeds: {size: 1}", "unknown key 'feeds.size'", "known: limit"),
        ("markup: fast", "markup must be a mapping (key: value)", ""),
        ("markup: {engine: cmark}", "'markup.engine' is 'cmark'", "one of: markdown, commonmark"),
        ("markup: {extension: x}", "unknown key 'markup.extension'", "did you mean 'extensions'?"),
        (
            "markup: {extensions: [abbr, footnots]}",
            "'markup.extensions': 'footnots' is not there",
            "did you mean 'footnotes'?",
        ),
        ("markup: {extensions: no.such.module}", "'markup.extensions': 'no.such.module' is not there", EXTENSION),
        ("markup: {extensions: string}", f"'markup.extensions': 'string' {BROKEN}", EXTENSION),
        (
            "markup: {engine: commonmark, extensions: [abbr]}",
            "'commonmark' has no extensions",
            "leave them out, or set engine: markdown",
        ),
        ("extra: x", "'extra' must be a mapping (key: value)", ""),
        ("author: [a]", "'author' must be a text", ""),
    ],
)
def test_wrong_setting_is_a_problem_on_its_line(line: str, message: str, hint: str) -> None:
    assert _problems(LEAST + line + "\n") == [Problem("config.yaml", 3, message, hint)]


@pytest.mark.parametrize(
    ("address", "message", "hint"),
    [
        ("example.org", "'base_url' is no http(s) address: 'example.org'", ""),
        ("ftp://example.org/", "'base_url' is no http(s) address: 'ftp://example.org/'", ""),
        ("https://example.org/?a=b", "'base_url' has a query or a fragment", "give the address of a folder"),
        ("'https://example.org/#a'", "'base_url' has a query or a fragment", "give the address of a folder"),
    ],
)
def test_wrong_address_is_a_problem(address: str, message: str, hint: str) -> None:
    assert _problems(f"title: T\nbase_url: {address}\n") == [Problem("config.yaml", 2, message, hint)]


def test_all_problems_are_told_at_once() -> None:
    lines = [problem.line for problem in _problems("titel: x\nbody: half\nfeeds: {limit: x}\n")]
    assert sorted(lines) == [0, 1, 1, 2, 3]


def test_list_is_no_config() -> None:
    assert _problems("- a\n")[0] == Problem("config.yaml", 1, "this must be a mapping (key: value)")


def test_broken_yaml_is_a_problem() -> None:
    (problem,) = _problems("title: a: b\n")
    assert (problem.path, problem.line) == ("config.yaml", 1)


def test_environment_overrides_a_text() -> None:
    environment = {"PRESSFOLD_TITLE": "Other", "PRESSFOLD_LANGUAGE": "ar", "PATH": "/bin", "TITLE": "no"}
    config = load(LEAST, environment=environment)
    assert (config.title, config.language) == ("Other", "ar")


def test_environment_can_give_what_the_file_lacks() -> None:
    environment = {"PRESSFOLD_TITLE": "T", "PRESSFOLD_BASE_URL": "https://example.org"}
    assert load("", environment=environment) == Config(title="T", base_url="https://example.org/")


def test_argument_overrides_file_and_environment() -> None:
    config = load(LEAST, environment={"PRESSFOLD_BASE_URL": "https://b.example/"}, base_url="https://c.example")
    assert config.base_url == "https://c.example/"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("PRESSFOLD_TITEL", "did you mean 'title'?"),
        ("PRESSFOLD_LANGUAGES", "did you mean 'language'?"),
        ("PRESSFOLD_ZZZ", "see docs/config.md"),
        ("PRESSFOLD_", "see docs/config.md"),
    ],
)
def test_environment_that_sets_nothing_is_a_problem(name: str, hint: str) -> None:
    assert _problems(LEAST, {name: "x"}) == [Problem(name, 0, "sets nothing", hint)]


def test_wrong_value_of_the_environment_is_a_problem() -> None:
    assert _problems(LEAST, {"PRESSFOLD_BODY": "half"}) == [
        Problem("config.yaml", 0, "'body' is 'half'", "one of: full, excerpt, link")
    ]


def test_every_key_is_known_once() -> None:
    assert len(KEYS) == len(set(KEYS))
