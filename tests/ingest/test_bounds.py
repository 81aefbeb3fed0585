"""The article in a dump of a whole page: where the running text is richest."""

from pressfold.ingest.bounds import bounds, trim
from pressfold.ingest.lines import Line, lines

TEXT = "The mill by the river has ground flour since the bridge was built, and it has never yet stood still in a flood."
CONSENT = "We and our partners keep information on your device so that we can show you what you may like."


def rows(*parts: str) -> list[Line]:
    return lines("\n".join(parts))


def menu(count: int) -> list[str]:
    return [f"Menu {chr(97 + at % 26)} {'x' * (at // 26)}" for at in range(count)]


def test_a_notice_over_the_menu_is_no_part_of_the_article() -> None:
    page = rows(CONSENT, *menu(20), "A mill", TEXT, "ADVERTISEMENT SPACE", TEXT, TEXT)
    found = bounds(page, {})
    assert (page[found.first].text, page[found.last].text, found.page) == (TEXT, TEXT, True)


def test_a_short_heading_parts_no_article() -> None:
    page = rows(*menu(20), TEXT, "The bridge", TEXT, *menu(20))
    found = bounds(page, {})
    assert (found.first, found.last) == (20, 22)


def test_a_text_with_little_round_it_keeps_all_its_sentences() -> None:
    page = rows(TEXT, *menu(8), TEXT)
    assert trim(page, {}) == bounds(page, {})
    assert (bounds(page, {}).first, bounds(page, {}).last, bounds(page, {}).page) == (0, 9, False)


def test_comments_of_readers_end_the_article() -> None:
    page = rows(
        TEXT, TEXT, TEXT, TEXT, "Comments (2)", "anna 2 hours ago", "I have bought my flour there for twenty years now."
    )
    roles: dict[int, str] = {}
    trim(page, roles)
    assert sorted(roles) == [4, 5, 6]


def test_a_list_of_days_behind_the_text_is_the_articles() -> None:
    days = [f"June {day} – Mill {word}, open house" for day, word in ((9, "A"), (10, "B"), (14, "C"), (20, "D"))]
    page = rows(*menu(20), TEXT, TEXT, "The days", *days * 2, *menu(20))
    roles: dict[int, str] = {}
    assert trim(page, roles).last == 30
    assert not set(range(20, 31)) & set(roles)


def test_what_a_line_leads_in_is_no_run_of_headlines() -> None:
    points = [f"How the {word} of our town was mended at last" for word in ("clock", "bridge", "school", "road")]
    page = rows(*menu(20), TEXT, TEXT, "What we have seen", "Here is what was mended:", *points, TEXT, TEXT)
    roles: dict[int, str] = {}
    trim(page, roles)
    assert not set(range(20, 30)) & set(roles)


def test_headlines_inside_a_page_are_no_list() -> None:
    teasers = [f"How the {word} of our town was mended at last" for word in ("clock", "bridge", "school", "road")]
    page = rows(*menu(20), TEXT, TEXT, *teasers, TEXT, TEXT)
    roles: dict[int, str] = {}
    trim(page, roles)
    assert sorted(roles) == [22, 23, 24, 25]


def test_teasers_with_section_and_age_inside_a_text_are_no_thread_of_comments() -> None:
    teaser = ("Politics", "22 hours ago", "A mill in another town has been sold to its millers after years.")
    page = rows(TEXT, TEXT, *teaser, *(TEXT for _ in range(6)), *teaser, *teaser, *teaser)
    roles: dict[int, str] = {}
    trim(page, roles)
    assert not set(range(5, 11)) & set(roles)
