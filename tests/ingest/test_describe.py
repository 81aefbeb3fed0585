"""What is concluded from a draft, and what is left for a person to confirm."""

import datetime as dt
from collections.abc import Collection

import pytest
from msgspec.structs import replace

from pressfold.article import Article
from pressfold.config import Config
from pressfold.ingest import describe as describing
from pressfold.ingest.describe import Desk
from pressfold.ingest.draft import Draft, Raw
from pressfold.ingest.naming import Namer
from pressfold.markup import block
from pressfold.registry import built_in
from pressfold.source import Source

NOW = dt.datetime(2026, 3, 3, 23, 30, tzinfo=dt.UTC)
CONFIG = Config(
    title="T", base_url="https://e.example/", timezone="Europe/Warsaw", sources={"Paper": Source(translated="machine")}
)
RAW = Raw("inbox/a.txt", b"bytes")
LEDE = "Hundreds of people who work for Microsoft asked the company on Monday to end a contract with a ministry."
MORE = "Microsoft has not answered the letter. A spokesman said that it would do so next week, when the board meets."
DRAFT = Draft(
    blocks=(block("paragraph", LEDE), block("paragraph", MORE)), title="A letter at Microsoft", title_from="line"
)


def describe(draft: Draft, raw: Raw, desk: Desk, taken: Collection[str]) -> Article:
    return describing.describe(draft, raw, desk, taken).article


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(CONFIG, built_in(), Namer(built_in()), NOW)


def test_a_plain_article(desk: Desk) -> None:
    article = describe(DRAFT, RAW, desk, set())
    assert article.path == "content/articles/2026/03/a-letter-at-microsoft.md"
    assert (article.lang, article.companies, article.review, article.added) == ("en", ("microsoft",), (), NOW)
    assert article.summary == LEDE
    assert article.body == f"{LEDE}\n\n{MORE}"
    assert article.origin["title"] == "line"


def test_the_id_is_that_of_the_bytes(desk: Desk) -> None:
    again = describe(DRAFT, replace(RAW, file="inbox/other.txt"), desk, set())
    other = describe(DRAFT, replace(RAW, data=b"other"), desk, set())
    assert again.id == describe(DRAFT, RAW, desk, set()).id != other.id


def test_a_taken_address_gets_a_suffix_of_the_id(desk: Desk) -> None:
    article = describe(DRAFT, RAW, desk, {"a-letter-at-microsoft"})
    assert article.slug == f"a-letter-at-microsoft-{article.id[-12:][:6]}"


def test_a_title_made_from_the_text_is_its_own_words_and_for_review(desk: Desk) -> None:
    article = describe(replace(DRAFT, title="", title_from=""), RAW, desk, set())
    assert article.title == LEDE.rstrip(".")
    assert article.review == ("title", "summary")


def test_a_long_lede_gives_way_to_a_sentence_that_can_stand_whole(desk: Desk) -> None:
    lede = (
        "After months of talks, in which nobody moved, and a winter that closed two of its offices, Microsoft, "
        + "the firm, " * 20
    )
    second = "Workers of Microsoft have written a letter to the board about a contract with a ministry."
    made = describe(Draft(blocks=(block("paragraph", lede + "said no."), block("paragraph", second))), RAW, desk, set())
    assert made.title == second.rstrip("."), "a title ends open"


def test_the_month_of_the_folder_is_the_sites(desk: Desk) -> None:
    late = Desk(CONFIG, desk.registry, desk.namer, dt.datetime(2026, 3, 31, 23, 30, tzinfo=dt.UTC))
    assert describe(DRAFT, RAW, late, set()).path.startswith("content/articles/2026/04/")
    assert describe(replace(DRAFT, date=dt.date(2025, 7, 1)), RAW, late, set()).path.startswith(
        "content/articles/2025/07/"
    )


def test_a_page_that_names_another_language_is_believed_only_when_short(desk: Desk) -> None:
    assert describe(replace(DRAFT, lang="de"), RAW, desk, set()).lang == "en"
    assert describe(replace(DRAFT, lang="en-US"), RAW, desk, set()).lang == "en"
    short = Draft(
        blocks=(block("paragraph", "Microsoft in Zürich: mehr bald."),), title="Bern", title_from="line", lang="de-CH"
    )
    assert describe(short, RAW, desk, set()).lang == "de"


def test_a_source_that_translates_by_machine_says_so(desk: Desk) -> None:
    assert describe(replace(DRAFT, source_name="Paper"), RAW, desk, set()).translated == "machine"


def test_a_text_about_nobody_known_is_for_review(desk: Desk) -> None:
    plain = (
        block(
            "paragraph", "A bakery in Leeds opened its doors on Monday, and the first loaves were sold within the hour."
        ),
    )
    article = describe(Draft(blocks=plain, title="A bakery opens", title_from="line"), RAW, desk, set())
    assert (article.companies, article.review) == ((), ("companies",))


def test_what_a_person_wrote_wins(desk: Desk) -> None:
    given = replace(
        DRAFT, given={"companies": ["ford"], "tags": "one", "draft": "true", "body": "link", "extra": {"k": "v"}}
    )
    article = describe(given, RAW, desk, set())
    assert (article.companies, article.mentions, article.tags) == (("ford",), (), ("one",))
    assert (article.draft, article.body_mode, article.extra) == (True, "link", {"k": "v"})
