"""Scraped plain text to a draft: the rules that decide what a line becomes, each on a text of its own."""

import pytest

from pressfold.config import LANGUAGES
from pressfold.ingest import notices
from pressfold.ingest.confidence import SURE, doubts, stated
from pressfold.ingest.draft import Draft, Unreadable
from pressfold.ingest.identify import identify
from pressfold.ingest.lines import Line
from pressfold.ingest.text import extract

LEDE = (
    "Several hundred people who work at the Leeds plant of the carmaker Ford have asked its board to explain a contract "
    "with the ministry of defence, the union said on Tuesday."
)
SECOND = (
    "The contract, which was signed in spring, obliges the plant to build parts for armoured vehicles; so far it has made "
    "gearboxes for vans, and its council had promised that this would not change."
)
THIRD = "A spokeswoman said that the board would answer the questions in June, when the works council meets in Leeds."
TITLE = "Ford workers question a defence contract"


def draft(*lines: str) -> Draft:
    return extract("\n\n".join(lines), LANGUAGES)


def kinds(found: Draft) -> list[tuple[str, str]]:
    return [(block.kind, block.text[:20]) for block in found.blocks]


def test_the_first_short_line_that_says_what_the_text_says_is_the_title() -> None:
    found = draft("Business", TITLE, "By Jane Roe", LEDE, SECOND, THIRD)
    assert (found.title, found.title_from, found.author) == (TITLE, "line", "Jane Roe")
    assert [(out.line, out.role) for out in found.left_out] == [(1, "section"), (5, "metadata")]
    assert found.paragraphs == (LEDE, SECOND, THIRD)


def test_a_text_without_a_title_has_none() -> None:
    assert draft(LEDE, SECOND, THIRD).title == ""


def test_an_early_heading_is_promoted_and_leaves_the_body() -> None:
    found = draft(LEDE, TITLE, SECOND, THIRD)
    assert (found.title, found.title_from) == (TITLE, "heading")
    assert found.paragraphs == (LEDE, SECOND, THIRD)


def test_the_site_name_behind_a_bar_is_no_part_of_the_title() -> None:
    assert draft(f"{TITLE} | The Leeds Paper", LEDE, SECOND).title == TITLE


def test_a_title_that_is_said_twice_is_said_once() -> None:
    found = draft(TITLE, TITLE, LEDE, SECOND)
    assert found.title == TITLE
    assert found.paragraphs == (LEDE, SECOND)


def test_a_question_may_be_a_title() -> None:
    title = "Why do Ford's workers in Leeds question the contract with the ministry?"
    assert draft(title, LEDE, SECOND).title == title


def test_a_sentence_under_the_title_is_the_standfirst_and_stays_in_the_body() -> None:
    found = draft(TITLE, "The board will answer after the holidays in June.", LEDE, SECOND, THIRD)
    assert found.standfirst == "The board will answer after the holidays in June."
    assert found.paragraphs[0] == found.standfirst


def test_furniture_round_and_inside_the_text_is_left_out_and_listed() -> None:
    found = draft(
        "Home > News", TITLE, "Share", "Photo: Getty Images", LEDE, "Advertisement", SECOND, "Read also: Another story", THIRD,
        "Jane Roe is a reporter and a graduate of Leeds university.", "Leave a comment", "Back to top",
    )  # fmt: skip
    assert found.paragraphs == (LEDE, SECOND, THIRD)
    roles = [out.role for out in found.left_out]
    assert roles == ["section", "button", "caption", "button", "promotion", "biography", "button", "button"]


def test_short_lines_between_paragraphs_are_headings() -> None:
    found = draft(TITLE, LEDE, "What the board says", SECOND, "Who decides?", THIRD)
    assert [block.text for block in found.blocks if block.kind == "heading"] == ["What the board says", "Who decides?"]


def test_an_unmarked_quotation_beside_its_attribution_is_a_quote() -> None:
    quote = "We were told that our plant would build vans, and we ask the board to keep its word before the summer."
    found = draft(TITLE, LEDE, SECOND, quote, "letter from the workers", THIRD)
    assert ("quote", quote[:20]) in kinds(found)
    assert ("attribution", "letter from the work") in kinds(found)


def test_an_attribution_at_the_end_of_a_quotation_is_set_apart() -> None:
    quote = "Our members build gearboxes, and they will not build anything else – the union said in a statement"
    found = draft(TITLE, LEDE, quote, SECOND, THIRD)
    assert [b.text for b in found.blocks if b.kind in ("quote", "attribution")] == quote.split(" – ")


def test_speech_in_marks_stays_a_paragraph() -> None:
    speech = "“We ask the board to keep its word, and we will wait for it,” a member of our union's council said."
    assert {kind for kind, _ in kinds(draft(TITLE, LEDE, speech, SECOND))} == {"paragraph"}


def test_an_opinion_piece_is_not_made_of_quotes() -> None:
    mine = [
        f"I have worked here for {n} years, and I think that we deserve an answer to my question." for n in range(3, 8)
    ]
    assert {kind for kind, _ in kinds(draft("Why I ask", *mine))} <= {"paragraph", "heading"}


def test_the_lede_is_never_a_quote() -> None:
    lede = "We went to Leeds to ask our readers what they think of the contract that Ford has signed with the ministry."
    assert draft(TITLE, lede, SECOND, THIRD).blocks[0].kind == "paragraph"


def test_lists_stay_lists() -> None:
    found = draft(TITLE, LEDE, "The workers ask three things:", "• an answer", "• a vote", "• a date", SECOND)
    assert [block.text for block in found.blocks if block.kind == "item"] == ["an answer", "a vote", "a date"]


def test_a_long_run_of_short_lines_at_the_end_is_the_articles_own() -> None:
    table = ["Leeds 120", "York 80", "Hull 64", "Ripon 12"]
    assert draft(TITLE, LEDE, SECOND, *table).paragraphs[-4:] == tuple(table)
    assert draft(TITLE, LEDE, SECOND, *table[:2]).paragraphs == (LEDE, SECOND)


def test_after_furniture_at_the_end_headlines_of_other_articles_go_too() -> None:
    others = ["Rivals build vans too", "The ministry orders tanks", "A new bridge for Hull", "Leeds wins again"]
    assert draft(TITLE, LEDE, SECOND, THIRD, "Related articles", *others).paragraphs == (LEDE, SECOND, THIRD)


def test_a_date_line_dates_the_article_and_a_date_in_the_text_does_not() -> None:
    dated = draft(TITLE, "Published: 3 March 2026", LEDE, SECOND)
    assert str(dated.date) == "2026-03-03"
    assert draft(TITLE, LEDE, SECOND, "The contract was signed on 3 March 2026 in a hotel in London.").date is None


def test_the_publication_counts_not_the_last_change() -> None:
    assert str(draft(TITLE, "Updated: 9 March 2026", "Published: 3 March 2026", LEDE, SECOND).date) == "2026-03-03"


def test_the_day_of_a_change_is_taken_where_no_other_is_said_and_is_for_review() -> None:
    found = draft(TITLE, "Updated 9 March 2026", LEDE, SECOND, THIRD)
    assert (str(found.date), found.date_from) == ("2026-03-09", "updated")
    assert "date" in doubts(stated(found))
    addressed = draft(TITLE, "Updated 9 March 2026", LEDE, SECOND, THIRD, "https://paper.example/2026/03/04/vans")
    assert (str(addressed.date), addressed.date_from) == ("2026-03-04", "address")


def test_a_name_and_its_place_under_the_title_are_the_authors() -> None:
    found = draft(TITLE, "Célia Noronha — São Luís", LEDE, SECOND, THIRD)
    assert (found.author, found.author_from, found.paragraphs) == ("Célia Noronha", "beside", (LEDE, SECOND, THIRD))


def test_a_desk_is_no_author_and_proves_no_name_beside_it() -> None:
    found = draft(TITLE, "Business Desk", "Digital Life", LEDE, SECOND, THIRD)
    assert found.author == ""


def test_a_credit_between_paragraphs_is_no_heading() -> None:
    found = draft(TITLE, LEDE, "EFE/Ana Ruiz", SECOND, "Getty Images", THIRD)
    assert {kind for kind, _ in kinds(found)} == {"paragraph"}


def test_a_dash_of_speech_makes_no_quotation_of_what_follows_it() -> None:
    speech = (
        "– Nie podpiszemy tego, bo mamy dość – powiedziała Anna Nowak w czwartek. – Czekamy, co nam odpowiedzą w maju."
    )
    lede = "Kilkuset pracowników fabryki w Gliwicach domaga się od zarządu wyjaśnień w sprawie umowy z ministerstwem."
    second = (
        "Umowa zobowiązuje zakład do produkcji części, których dotąd nie wytwarzał, a rada zakładowa jej nie widziała."
    )
    assert {kind for kind, _ in kinds(draft("Pracownicy pytają o umowę", lede, speech, second))} == {"paragraph"}


def test_a_live_report_that_welcomes_readers_is_not_made_of_quotes() -> None:
    hello = (
        "Welcome to our live coverage of the strike; I am Jane Roe and we will bring you the news from Leeds all day."
    )
    more = "I have just spoken to the union, and we hear that the talks of this morning have ended without a result."
    assert {kind for kind, _ in kinds(draft(TITLE, LEDE, hello, SECOND, more, THIRD))} == {"paragraph"}


def test_who_else_worked_on_the_text_is_no_part_of_it() -> None:
    last = "Additional reporting by Sam Poe in York and by our readers; editing by Max Muster."
    assert draft(TITLE, LEDE, SECOND, THIRD, last).paragraphs == (LEDE, SECOND, THIRD)


def test_a_short_text_of_title_and_sentence_is_an_article() -> None:
    found = draft("Ford: workers protest", "Hundreds of workers have signed a letter to the board of Ford in Leeds.")
    assert (found.title, len(found.blocks)) == ("Ford: workers protest", 1)


@pytest.mark.parametrize("text", ["", "  \n\t\n", "Share\nTweet\nPrint", "One line"])
def test_what_holds_no_article_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        extract(text, LANGUAGES)


def test_a_press_release_ends_where_its_sender_introduces_itself() -> None:
    about = "Ford builds vans and gearboxes in Leeds and has done so for sixty years, with pride and with care."
    assert draft(TITLE, LEDE, SECOND, THIRD, "About Ford", about, "Media contact").paragraphs == (LEDE, SECOND, THIRD)


def test_the_head_of_a_mail_is_no_title() -> None:
    found = draft("From: Sam <sam@mail.example>", "Subject: Fwd: vans", "Date: Tue, 3 Mar 2026", TITLE, LEDE, SECOND)
    assert found.title == TITLE


def test_a_date_among_labels_is_taken_and_is_for_review() -> None:
    found = draft(TITLE, "Page four of the printed issue of 3 March 2026", LEDE, SECOND)
    assert (str(found.date), found.date_from) == ("2026-03-03", "beside")


def test_notices_of_the_site_at_either_end_are_left_out() -> None:
    consent = "We value your privacy and ask you to accept all cookies of our partners before you read on."
    rights = "All rights reserved; no part of this page may be printed elsewhere without our written consent."
    found = draft(consent, TITLE, LEDE, SECOND, THIRD, rights)
    assert (found.title, found.paragraphs) == (TITLE, (LEDE, SECOND, THIRD))


def test_a_last_sentence_about_an_update_of_something_else_stays() -> None:
    last = "The update will reach all phones in June."
    assert draft(TITLE, LEDE, SECOND, THIRD, last).paragraphs[-1] == last


def test_a_title_that_shares_little_with_the_text_is_doubted() -> None:
    assert draft(TITLE, LEDE, SECOND).title_sure >= SURE
    assert draft("Our journalism needs your help every day, Ford or not", LEDE, SECOND).title_sure < SURE


def test_a_sentence_under_the_title_is_kept_whatever_it_shares_with_the_text() -> None:
    under = "Those who refuse are promised three months of pay. Some sixteen hundred may have to go"
    found = draft(TITLE, under, "By Jane Roe", LEDE, SECOND, THIRD)
    assert under in (*found.paragraphs, found.standfirst)


def test_what_a_press_release_says_in_short_is_a_list() -> None:
    found = draft(
        TITLE, "• Room for 240 apprentices\n• 36 million euros\n• First class in September", LEDE, SECOND, THIRD
    )
    assert kinds(found)[:3] == [
        ("item", "Room for 240 apprent"),
        ("item", "36 million euros"),
        ("item", "First class in Septe"),
    ]


def test_whom_to_ask_ends_a_press_release() -> None:
    found = draft(
        TITLE,
        LEDE,
        SECOND,
        THIRD,
        "Press contact",
        "Ann Poe",
        "Ford is one of the largest makers of cars in the world.",
    )
    assert found.paragraphs == (LEDE, SECOND, THIRD)


def test_the_date_under_the_title_counts_before_the_one_in_the_head_of_the_page() -> None:
    found = draft("4 August 2026", "Business", TITLE, "8 July 2026, 15:25", LEDE, SECOND, THIRD)
    assert (str(found.date), found.date_from) == ("2026-07-08", "text")


def test_the_day_on_which_an_agency_sent_its_report_is_its_date() -> None:
    found = draft(TITLE, f"LEEDS, 23 May 2026 (AFP) - {LEDE}", SECOND, THIRD)
    assert (str(found.date), found.date_from) == ("2026-05-23", "text")
    assert not draft(
        TITLE, f"The contract of 23 May 2026 - the second that the plant has - is at issue. {LEDE}", SECOND
    ).date


def test_a_byline_in_small_letters_is_no_part_of_the_title_above_it() -> None:
    title = "Melfi, fermata la linea dopo il guasto: gli operai restano a casa"
    lede = (
        "Un nastro trasportatore spezzato, un reparto al buio e duemila operai rimandati a casa dopo il guasto a Melfi."
    )
    found = extract(
        f"{title}\ndi Giuseppe Lamorte\n\n{lede}\n\nLa linea non riparte, dice il delegato degli operai di Melfi.",
        LANGUAGES,
    )
    assert (found.title, found.author) == (title, "Giuseppe Lamorte")


MENU = [f"Section {word}" for word in "one two three four five six seven eight nine ten eleven twelve thirteen".split()]


def test_short_sentences_of_an_article_are_kept_in_a_dump_of_a_page() -> None:
    short = ("The union asked for a meeting.", "Nobody was hurt by it.", "The board did not answer.")
    found = draft(*MENU, TITLE, short[0], LEDE, *short[1:], "Share", *MENU[:5])
    assert found.paragraphs == (short[0], LEDE, *short[1:])


def test_a_short_text_with_a_table_is_no_dump_of_a_page() -> None:
    rows = ("Plan one | Leeds | same pay", "Plan two | York | less pay", "Plan three | home | some money")
    found = draft(
        "Home",
        "News",
        "Cars",
        TITLE,
        LEDE,
        "These are the plans of the firm:",
        *rows,
        THIRD,
        "About us",
        "Jobs",
        "Help",
    )
    assert found.paragraphs == (LEDE, "These are the plans of the firm:", *rows, THIRD)
    assert {block.kind for block in found.blocks} == {"paragraph"}


def test_a_menu_that_names_the_press_office_ends_no_text() -> None:
    found = draft("Home", "Press contact", "Jobs", TITLE, LEDE, SECOND, THIRD)
    assert found.paragraphs == (LEDE, SECOND, THIRD)


def test_readers_who_say_more_than_the_article_are_no_part_of_it() -> None:
    spoken = [
        f"reader{n} says:\nMarch {n}, 2026 at 10:{n}0 am\n{SECOND} That is what reader {n} thinks of it."
        for n in range(1, 6)
    ]
    found = draft(TITLE, LEDE, SECOND, THIRD, *spoken)
    assert found.paragraphs == (LEDE, SECOND, THIRD)


def test_a_menu_within_a_dump_is_no_part_of_the_article() -> None:
    more = f"{THIRD} {SECOND} {LEDE}"
    found = draft(*MENU, TITLE, LEDE, SECOND, *MENU[:7], more, LEDE + " Again.", "Share", *MENU[:5])
    assert found.paragraphs == (LEDE, SECOND, more, LEDE + " Again.")


def test_the_last_of_several_headlines_within_a_dump_is_the_heading_of_the_text_below_it() -> None:
    headlines = [f"The works council meets for the {day} time" for day in ("first", "second", "third", "fourth")]
    more = f"{THIRD} {SECOND} {LEDE}"
    found = draft(*MENU, TITLE, LEDE, SECOND, *headlines, "What comes next", more, "Share", *MENU[:5])
    assert found.paragraphs == (LEDE, SECOND, "What comes next", more)


def test_of_short_lines_in_a_row_within_the_text_the_last_is_the_heading_of_what_follows() -> None:
    found = draft(TITLE, LEDE, SECOND, "Works council", "Leeds", "What comes next", THIRD, LEDE + " Again.")
    assert kinds(found)[2:4] == [("heading", "What comes next"), ("paragraph", THIRD[:20])]
    found = draft(TITLE, LEDE, SECOND, "Third report, 14.05", "What comes next", THIRD, LEDE + " Again.")
    assert [text for _, text in kinds(found)][2:4] == ["Third report, 14.05", "What comes next"]
    found = draft(TITLE, LEDE, SECOND, "What comes next", "What will the board say?", THIRD, LEDE + " Again.")
    assert [text for _, text in kinds(found)][2:4] == ["What comes next", "What will the board "]


def test_what_a_page_says_again_and_again_is_no_heading_but_who_speaks_may_be() -> None:
    found = draft(TITLE, LEDE, "More of this", SECOND, "More of this", THIRD, "More of this", LEDE + " Again.")
    assert found.paragraphs == (LEDE, SECOND, THIRD, LEDE + " Again.")
    found = draft(TITLE, LEDE, "Jane Roe", SECOND, "Jane Roe", THIRD, "Jane Roe", LEDE + " Again.")
    assert found.paragraphs.count("Jane Roe") == 3


def test_a_wrapped_text_is_joined_where_its_lines_are_not_quite_full() -> None:
    wrapped = """Ryanair will treble the size of its maintenance hangar at Shannon
and take on 240 engineers and apprentices, the airline announced on
Tuesday. Work on the extension starts in January.

The new bays will hold five aircraft at a time. Until now the
company has flown some of its jets empty to Poland for heavy checks,
a habit its own accountants have been grumbling about since 2022.

Local hoteliers were quicker to cheer. Occupancy in Ennis drops below
forty per cent between November and March, and engineers on courses
sleep somewhere else."""
    found = extract(f"Ryanair to treble its hangar at Shannon\n\n{wrapped}", LANGUAGES)
    assert found.paragraphs == tuple(" ".join(part.split()) for part in wrapped.split("\n\n"))


def test_a_table_in_a_dump_is_no_run_of_teasers() -> None:
    rows = ("Glass | Deposit | Taken back", "Yoghurt | 15 cents | yes", "Cream | 10 cents | yes", "Pickles | none | no")
    found = draft(*MENU, TITLE, LEDE, SECOND, "What is paid", *rows, f"{THIRD} {SECOND}", "Share", *MENU[:5])
    assert found.paragraphs == (LEDE, SECOND, "What is paid", *rows, f"{THIRD} {SECOND}")


def test_a_label_leads_to_all_headlines_behind_it_but_not_to_the_heading_of_what_follows() -> None:
    teasers = (
        "Four in ten vans now leave the plants of Europe by rail",
        "Money",
        "What a battery costs this year and next",
    )
    found = draft(TITLE, LEDE, SECOND, "Read also", *teasers, "No answer yet", THIRD)
    assert kinds(found)[2:] == [("heading", "No answer yet"), ("paragraph", THIRD[:20])]
    assert [out.text for out in found.left_out] == ["Read also", *teasers]
    found = draft(TITLE, LEDE, SECOND, "Read also", teasers[0], teasers[2], THIRD)
    assert found.paragraphs == (LEDE, SECOND, THIRD)


def test_a_script_that_marks_no_end_of_a_sentence_is_running_text_by_its_length() -> None:
    title = "โรงงานลีดส์ถามบริษัทเรื่องสัญญากับกระทรวง"
    first = "คนงานหลายร้อยคนของโรงงานในเมืองลีดส์ขอให้คณะกรรมการอธิบายสัญญากับกระทรวงกลาโหม สหภาพแรงงานกล่าวเมื่อวันอังคาร"
    second = "สัญญาซึ่งลงนามในฤดูใบไม้ผลิกำหนดให้โรงงานผลิตชิ้นส่วนสำหรับรถหุ้มเกราะ ก่อนหน้านี้โรงงานผลิตแต่เกียร์สำหรับรถตู้"
    last = "โฆษกกล่าวว่าคณะกรรมการจะตอบคำถามของคนงานในเดือนมิถุนายน"
    found = draft(title, "วันที่ 12 พฤศจิกายน 2568 - 17:45 น.", "LINE", first, second, last, "แท็กที่เกี่ยวข้อง", "ลีดส์")
    assert (found.title, str(found.date)) == (title, "2025-11-12")
    assert found.paragraphs == (first, second, last)
    long = f"{title} สหภาพแรงงานขอให้คณะกรรมการตอบคำถามของคนงานทั้งหมดภายในเดือนมิถุนายน"
    assert draft(long, "วันที่ 12 พฤศจิกายน 2568 - 17:45 น.", first, second, last).title == long


def test_what_is_said_in_short_between_title_and_text_is_kept() -> None:
    points = ("Council wants to see the contract before June", "Vans stay at Leeds for two years at least")
    found = draft(TITLE, "By Jane Roe", "3 March 2026", "In short", *points, LEDE, SECOND, THIRD)
    assert found.paragraphs == (*points, LEDE, SECOND, THIRD)
    found = draft(TITLE, "3 March 2026", points[0], LEDE, SECOND, THIRD)
    assert points[1] not in found.paragraphs


def test_a_line_beside_whose_a_picture_is_is_its_caption() -> None:
    found = draft(
        TITLE, "Jane Roe", "Getty Images", "A shopper leaves the Leeds plant by its northern gate", LEDE, SECOND, THIRD
    )
    assert found.paragraphs == (LEDE, SECOND, THIRD)


@pytest.mark.parametrize(
    "opening",
    ["LONDON and LEEDS, UK, 3 March 2026 - ", "（中央社記者王小明台北2026年3月3日電）"],
)
def test_a_report_sent_from_two_places_or_by_an_agency_of_the_east_has_its_date(opening: str) -> None:
    assert str(draft(TITLE, opening + LEDE, SECOND, THIRD).date) == "2026-03-03"


def test_a_date_with_its_time_counts_below_a_standfirst_and_a_caption_that_are_sentences() -> None:
    caption = "The window of a shop that sells vans in the middle of Leeds."
    found = draft(TITLE, LEDE, caption, "A Coruña - 11 JUN 2025 - 08:05 CEST", "Share", SECOND, THIRD)
    assert str(found.date) == "2025-06-11"


def test_the_numbers_that_a_dump_gives_to_links_are_no_words() -> None:
    text = f"[1]Skip to text\n\n[2]Home [3]Money\n\n{TITLE}\n\n[4]Jane Roe\n3 March 2026\n\n{LEDE.replace('Ford', '[5]Ford')}"
    found = extract(f"{text}\n\n{SECOND}\n\n{THIRD}\n\nReferences\n\n   1. https://paper.example/#text\n", LANGUAGES)
    assert (found.title, found.author, found.paragraphs) == (TITLE, "Jane Roe", (LEDE, SECOND, THIRD))
    assert "1. https://paper.example/#text" in [out.text for out in found.left_out]


def test_the_times_of_a_live_report_are_no_part_of_it() -> None:
    found = draft(TITLE, LEDE, "16.52 GMT", "No answer yet", SECOND, "Updated at 13.44 GMT", THIRD)
    assert [block.text for block in found.blocks] == [LEDE, "No answer yet", SECOND, THIRD]


@pytest.mark.parametrize(
    "byline",
    [
        ("Jane Roe", "Business reporter, The Paper"),
        ("Jane Roe Business reporter",),
        ("autor: Jane Roe, ČTK",),
        ("Author, Jane Roe",),
    ],
)
def test_a_name_with_a_role_or_a_label_is_the_authors(byline: tuple[str, ...]) -> None:
    found = draft(TITLE, *byline, LEDE, SECOND, THIRD)
    assert (found.author, found.author_from, found.paragraphs) == ("Jane Roe", "", (LEDE, SECOND, THIRD))


def test_two_names_with_roles_are_two_authors() -> None:
    assert draft(TITLE, "Jane Roe", "Reporter", "Ada Poe", "Reporter", LEDE, SECOND).author == "Jane Roe, Ada Poe"


@pytest.mark.parametrize("number", [0, 1])
def test_a_name_under_the_text_or_beside_the_date_past_a_caption_is_for_review(number: int) -> None:
    lines = [
        (TITLE, LEDE, SECOND, THIRD, "Jane Roe", "Share"),
        (TITLE, "3 March 2026", "Photo: The Paper", "Jane Roe", LEDE, SECOND, THIRD),
    ][number]
    found = draft(*lines)
    assert (found.author, found.author_from) == ("Jane Roe", "beside")


@pytest.mark.parametrize("line", ["Author: 71604", "La Matanza - 3 March 2026 - 10:15"])
def test_a_number_and_a_town_are_no_authors(line: str) -> None:
    assert draft(TITLE, line, LEDE, SECOND, THIRD).author == ""


def test_a_list_and_a_question_behind_what_a_label_leads_to_are_the_articles() -> None:
    items = ("- a plant for vans in the north of Leeds", "- no work for armies")
    teaser = "Four in ten vans now leave the plants of Europe by rail"
    found = draft(TITLE, LEDE, SECOND, "Read also", teaser, "What the workers want", *items, THIRD)
    assert [block.text for block in found.blocks][2:5] == ["What the workers want", *(item[2:] for item in items)]
    found = draft(TITLE, LEDE, SECOND, "Read also", teaser, "What would you tell the board if it asked you?", THIRD)
    assert kinds(found)[2:] == [("heading", "What would you tell "), ("paragraph", THIRD[:20])]


def test_what_a_button_stands_under_and_what_leads_in_a_list_are_no_headlines_of_other_articles() -> None:
    letter = ("Newsletter", "The week in vans and motors, for all readers", "Obituaries")
    found = draft(TITLE, LEDE, SECOND, *letter, "No answer came", THIRD)
    assert kinds(found)[2:] == [("heading", "No answer came"), ("paragraph", THIRD[:20])]
    asked = "The union has asked the board of the plant for two things"
    found = draft(
        TITLE,
        LEDE,
        SECOND,
        "Read also",
        "Four in ten vans leave by rail",
        asked,
        "1. A plant for vans",
        "2. No armies",
        THIRD,
    )
    assert [block.text for block in found.blocks][2:5] == [asked, "A plant for vans", "No armies"]


def test_the_title_of_a_page_is_the_shorter_line_over_a_long_standfirst_and_may_be_long_over_its_date() -> None:
    standfirst = (
        "Several hundred at the Leeds plant of the carmaker ask its board to explain the contract with the ministry that it "
        "signed in spring"
    )
    more = f"{THIRD} {SECOND}"
    found = draft(*MENU, TITLE, standfirst, "Photo: The Paper", "3 March 2026", LEDE, SECOND, more, "Share", *MENU)
    assert found.title == TITLE
    long = f"{TITLE}, {standfirst[0].lower()}{standfirst[1:]}"
    found = draft(*MENU, long, "3 March 2026", LEDE, SECOND, more, "Share", *MENU)
    assert found.title == long


def test_a_title_of_few_words_and_a_question_over_another_line_are_for_a_person_to_confirm() -> None:
    assert draft(TITLE, "3 March 2026", LEDE, SECOND, THIRD).title_sure >= SURE
    assert draft("Ford in Leeds", "3 March 2026", LEDE, SECOND, THIRD).title_sure < SURE
    asked = "Does the Leeds plant build parts for armoured vehicles?"
    found = draft(asked, "Workers have questions and a letter", LEDE, SECOND, THIRD)
    assert (found.title, found.title_sure < SURE) == (asked, True)


def test_a_last_headline_that_says_nothing_of_the_paragraph_below_it_is_no_heading() -> None:
    teasers = ("Four in ten vans now leave Europe by rail", "Which battery lasts longest in winter")
    assert draft(TITLE, LEDE, SECOND, "Read also", *teasers, THIRD).paragraphs == (LEDE, SECOND, THIRD)
    heading = "Answers when the council meets in June"
    found = draft(TITLE, LEDE, SECOND, "Read also", teasers[0], heading, THIRD)
    assert kinds(found)[2:] == [("heading", heading[:20]), ("paragraph", THIRD[:20])]


def test_items_without_a_mark_are_no_headlines_that_a_label_leads_to() -> None:
    items = (
        "a plant for vans in the north of Leeds,",
        "no work for armies,",
        "and an answer by the end of June to all workers.",
    )
    teaser = "Four in ten vans now leave the plants of Europe by rail"
    found = draft(TITLE, LEDE, SECOND, "Read also", teaser, "What the workers want", *items, THIRD)
    assert [block.text for block in found.blocks][2:6] == ["What the workers want", *items]
    listed = ("list of 2 items", f"list 1 of 2 {teaser}", "list 2 of 2 Vans by ship", "end of list")
    assert draft(TITLE, LEDE, SECOND, *listed, THIRD).paragraphs == (LEDE, SECOND, THIRD)


def test_a_live_report_is_no_thread_of_comments() -> None:
    hours = [line for hour in range(9, 18) for line in (f"{hour}:05", f"{SECOND} It is {hour} now.")]
    assert len(draft(TITLE, LEDE, *hours).paragraphs) == 10


def test_two_figures_that_a_line_leads_in_are_no_strays() -> None:
    figures = ("Sales: 11 million against 10 million", "Profit: 2 million against 3 million")
    found = draft(
        TITLE, LEDE, "This is what the year brought to the maker of the vans, in pounds:", *figures, SECOND, THIRD
    )
    assert [block.text for block in found.blocks][2:4] == list(figures)


def test_a_button_that_says_the_text_goes_on_takes_no_heading_over_a_paragraph() -> None:
    found = draft(TITLE, LEDE, SECOND, "Continue reading", "A TICKET COSTS SIXTY POUNDS", THIRD)
    assert kinds(found)[2:] == [("heading", "A TICKET COSTS SIXTY"), ("paragraph", THIRD[:20])]


def test_the_issue_of_a_paper_is_no_title() -> None:
    assert draft("The Leeds Paper No. 34, 26.02.2026, p. 10", TITLE, LEDE, SECOND, THIRD).title == TITLE


def test_a_newsletters_greeting_is_no_title() -> None:
    assert draft("Good morning, and welcome to Ford workers' week", "3 March 2026", LEDE, SECOND, THIRD).title == ""


def test_a_last_sentence_that_an_agency_signs_in_brackets_is_no_caption() -> None:
    last = "On Thursday the shares of the carmaker rose by 1.9 per cent on the exchange in Leeds. (PAP)"
    assert draft(TITLE, LEDE, SECOND, THIRD, last, "Read also", "Vans").paragraphs == (LEDE, SECOND, THIRD, last)


def test_a_list_of_places_and_prices_within_a_dump_is_the_articles() -> None:
    prices = [
        f"{place}: £3.{cents} for a litre" for place, cents in (("Leeds", 38), ("York", 41), ("Hull", 44), ("Bath", 36))
    ]
    found = draft(*MENU, TITLE, LEDE, SECOND, "What it costs where", *prices, THIRD, "Share", *MENU)
    assert [block.text for block in found.blocks] == [LEDE, SECOND, "What it costs where", *prices, THIRD]


def test_points_of_a_korean_text_are_short() -> None:
    points = ("리즈 공장 1000억원 투자", "'밴' 라인도 2단계로 추진")
    paragraph = "포드가 영국 리즈 공장에 1000억원을 투자해 밴 라인을 2단계로 늘린다고 밝혔다. 노조는 계약을 설명하라고 요구했다."
    found = draft(
        "포드, 리즈 공장 늘린다…노조는 '설명하라'",
        "입력 2025.05.14 10:32",
        *points,
        paragraph,
        paragraph + " 회사는 답하지 않았다.",
    )
    assert found.paragraphs[:2] == points


def test_a_title_is_no_item_of_a_menu_no_rule_and_not_its_own_standfirst() -> None:
    standfirst = (
        "Hundreds at Leeds ask the board of the carmaker to explain a contract with the ministry of defence that makes it "
        "build parts for vehicles"
    )
    found = draft(
        "* News from Leeds and the plants", "* Contract notes", "-" * 60, TITLE, standfirst, LEDE, SECOND, THIRD
    )
    assert found.title == TITLE
    assert found.paragraphs[0] == standfirst


def test_a_headline_over_the_byline_is_the_title_though_a_point_of_the_summary_says_more_of_the_text() -> None:
    headline = "Ford faces questions on armour plan, shares of its maker steady"
    point = "Leeds workers question the ministry's contract"
    assert draft(headline, "By Jane Roe", "Summary", point, LEDE, SECOND, THIRD).title == headline


def test_notices_beyond_the_last_paragraph_but_one_and_initials_are_left_out() -> None:
    notices = (
        "You receive this e-mail because you asked for it once.",
        "We are a reader-supported paper, and glad of it all.",
    )
    assert draft(TITLE, LEDE, SECOND, THIRD, "jk/ab/spi", *notices).paragraphs == (LEDE, SECOND, THIRD)


@pytest.mark.parametrize("signed", [" (Jane Roe, 5.2.2026)", " ®", " (R)", "（編輯：王小明）1150108"])
def test_a_last_sentence_that_is_signed_off_is_the_articles(signed: str) -> None:
    last = "The board will say more in June." + signed
    assert draft(TITLE, LEDE, SECOND, THIRD, last, "Read also", "Vans").paragraphs == (LEDE, SECOND, THIRD, last)


def test_a_short_last_sentence_behind_a_link_to_another_article_is_the_articles() -> None:
    found = draft(TITLE, LEDE, SECOND, THIRD, "Read also: Vans for Europe", "The talks go on.", "Share this article")
    assert found.paragraphs == (LEDE, SECOND, THIRD, "The talks go on.")


def test_a_standfirst_over_a_credit_is_no_caption_and_a_short_sentence_over_the_text_no_label() -> None:
    standfirst = "Workers turn down what the board has offered"
    found = draft(TITLE, standfirst, "Photo: The Paper", LEDE, SECOND, THIRD)
    assert found.paragraphs == (standfirst, LEDE, SECOND, THIRD)
    found = draft(TITLE, "3 March 2026", "Reading time: 2 min", "The wait is long.", LEDE, SECOND, THIRD)
    assert found.paragraphs == ("The wait is long.", LEDE, SECOND, THIRD)


def test_what_leads_in_the_text_is_no_label_and_what_shows_a_letter_elsewhere_no_title() -> None:
    lead = "That is all from us; here is what happened:"
    found = draft("See it in your browser: https://paper.example/1", TITLE, "3 March 2026", lead, LEDE, SECOND, THIRD)
    assert (found.title, found.paragraphs) == (TITLE, (lead, LEDE, SECOND, THIRD))


def test_the_last_paragraph_over_the_times_of_a_page_is_no_name_of_a_reader() -> None:
    times = ("Published", "9 January 2026 07:14", "Updated", "9 January 2026 09:40", "Reader", "9 January 2026 10:02")
    assert draft(TITLE, LEDE, SECOND, THIRD, *times).paragraphs == (LEDE, SECOND, THIRD)


def test_serbian_in_latin_letters_and_croatian_are_told_apart_by_their_words() -> None:
    serbian = (
        "Radnici fabrike su pre nedelju dana tražili od uprave da objasni ugovor. Uprava je saopštila da će posle sastanka "
        "dati odgovor, a deo radnika čeka rešenje već mesec dana."
    )
    croatian = (
        "Radnici tvornice su prije tjedan dana tražili od uprave da objasni ugovor. Uprava je priopćila da će poslije sastanka "
        "dati odgovor, a dio radnika čeka rješenje već mjesec dana."
    )
    assert identify(serbian, LANGUAGES)[0] == "sr"
    assert identify(croatian, LANGUAGES)[0] == "hr"


@pytest.mark.parametrize(
    "line",
    [
        "Vans leave the Leeds plant of the carmaker, on Friday. ACN",
        "Vans leave the Leeds plant of the carmaker, on Friday. | THE PAPER",
        "A worker at the gate of the Leeds plant, on Friday. Ada Poe",
        "A van before the gate, fot. Ford press office",
        "A+ A-",
        "- Ends -",
    ],
)
def test_a_credit_behind_a_caption_and_the_marks_of_a_page_are_left_out(line: str) -> None:
    assert draft(TITLE, LEDE, SECOND, line, THIRD).paragraphs == (LEDE, SECOND, THIRD)


@pytest.mark.parametrize(
    "notice",
    [
        "The views expressed in this column are those of its writer and of nobody else.",
        "Read us for ten weeks at half the price and cancel anytime, without a reason.",
    ],
)
def test_what_a_site_says_of_its_columns_and_of_its_price_is_left_out(notice: str) -> None:
    assert draft(TITLE, LEDE, SECOND, THIRD, notice).paragraphs == (LEDE, SECOND, THIRD)


@pytest.mark.parametrize(
    "sentence",
    [
        "Much of the growth came from images generated by AI, which the group sells to papers.",
        "Le chiffre d'affaires généré par la filiale de Leeds a doublé en un an, selon le groupe.",
        "Customers who do not want to pay more may cancel anytime, the company said on Monday.",
        "The tool runs in your browser, and needs no account, the company said on Monday.",
        "The paper said that independent journalism had cost it a third of what it earns.",
        "公司表示，部分员工未经授权访问了客户的数据，调查仍在进行，结果将于下月公布，届时会有说明。",
    ],
)
def test_a_last_sentence_that_speaks_of_what_notices_speak_of_is_the_articles(sentence: str) -> None:
    assert notices.is_notice(Line(1, sentence, gap=False)) is False


def test_a_firm_of_two_short_words_is_a_heading_and_no_agencys_initials() -> None:
    assert ("heading", "Coca-Cola") in kinds(draft(TITLE, LEDE, SECOND, "Coca-Cola", THIRD))


def test_a_button_that_says_that_the_text_goes_on_takes_no_heading_with_it() -> None:
    found = draft(TITLE, LEDE, SECOND, "Haberin devamı", "No answer yet", THIRD)
    assert kinds(found)[2:] == [("heading", "No answer yet"), ("paragraph", THIRD[:20])]


def test_a_long_last_sentence_that_an_agency_signs_is_no_caption() -> None:
    last = "The call comes a day before the carmaker presents what it earned in the first quarter of the year. EFE"
    assert draft(TITLE, LEDE, SECOND, THIRD, last).paragraphs == (LEDE, SECOND, THIRD, last)


def test_where_a_page_stands_in_its_site_is_no_title() -> None:
    assert draft("The Paper > Firms", TITLE, "3 March 2026", LEDE, SECOND, THIRD).title == TITLE


def test_a_short_sentence_over_nothing_but_whose_picture_it_is_is_a_caption() -> None:
    caption = "The gates of the plant in Leeds on a quiet Sunday."
    found = draft(TITLE, LEDE, SECOND, caption, "Ada Poe/Reuters", THIRD)
    assert found.paragraphs == (LEDE, SECOND, THIRD)
    assert draft(TITLE, LEDE, caption, "© Ada Poe", SECOND, THIRD).paragraphs == (LEDE, SECOND, THIRD)
    asked = draft(TITLE, LEDE, SECOND, "What do the workers want?", "© Ada Poe", THIRD)
    assert ("heading", "What do the workers ") in kinds(asked)


def test_a_sentence_that_stands_twice_is_said_once() -> None:
    assert draft(TITLE, LEDE, SECOND, THIRD, SECOND).paragraphs == (LEDE, SECOND, THIRD)


def test_between_standfirst_and_text_short_lines_over_the_date_are_the_pages() -> None:
    found = draft(TITLE, LEDE, "The Leeds Paper", "Jane Roe and Ada Poe", "3 March 2026", SECOND, THIRD)
    assert (found.author, found.paragraphs) == ("Jane Roe, Ada Poe", (LEDE, SECOND, THIRD))


def test_what_stands_under_the_authors_name_at_the_end_is_about_the_author() -> None:
    about = "Has looked at cars since she could walk, and is on board since 2019. Privately the mother of two cats."
    found = draft(TITLE, "By Jane Roe", LEDE, SECOND, THIRD, "Jane Roe", about)
    assert found.paragraphs == (LEDE, SECOND, THIRD)


def test_questions_over_the_byline_keep_no_date_from_being_read() -> None:
    asked = "Which plant of the carmaker will make parts of armoured vehicles?"
    found = draft(
        "Who builds what for the ministry of defence in Leeds?", asked, LEDE, "3 March 2026, 10:12", SECOND, THIRD
    )
    assert found.date is not None


def test_what_leads_in_a_list_behind_related_headlines_is_the_articles() -> None:
    related = (
        "Related news:",
        "Court upholds a fine for the carmaker.",
        "Vans sold well in January, says the ministry.",
    )
    found = draft(
        TITLE, LEDE, *related, "The council asks for three things, it says:", "a list of the parts;", SECOND, THIRD
    )
    assert found.paragraphs[1] == "The council asks for three things, it says:"
    assert not set(related) & set(found.paragraphs)


def test_the_head_of_a_mail_in_danish_dates_it_and_a_byline_may_hold_an_address() -> None:
    head = ("Fra: Leeds Nyt <news@leeds.example>", "Dato: fre. 30. jan. 2026 kl. 07.02", f"Emne: {TITLE}")
    found = draft(*head, TITLE, "By Jane Roe, jane@leeds.example", LEDE, SECOND, THIRD)
    assert (found.title, found.paragraphs, found.date is not None) == (TITLE, (LEDE, SECOND, THIRD), True)


def test_a_name_and_its_place_over_the_date_are_no_standfirst() -> None:
    found = draft(TITLE, "Jane Roe Leeds West Riding", "3 March 2026", LEDE, SECOND, THIRD)
    assert found.paragraphs == (LEDE, SECOND, THIRD)


def test_a_table_of_contents_is_no_part_of_the_text_that_it_announces() -> None:
    heads = ("What the contract says", "What the workers ask", "What comes next")
    found = draft(
        TITLE, LEDE, *heads, heads[0], SECOND, heads[1], THIRD, heads[2], "The board meets in June, it said on Monday."
    )
    assert [text for kind, text in kinds(found) if kind == "heading"] == [head[:20] for head in heads]


@pytest.mark.parametrize(
    "line",
    [
        "A correction was made on March 6: An earlier version of this article misstated the number of members who opposed it.",
        "In einer früheren Version dieses Artikels stand, dass auch das Werk in York betroffen sei. Das stimmt nicht.",
    ],
)
def test_what_corrects_a_text_is_kept(line: str) -> None:
    assert line in draft(TITLE, LEDE, SECOND, THIRD, line).paragraphs


def test_a_label_before_a_bar_is_the_titles_and_the_sites_name_behind_one_is_not() -> None:
    assert draft(f"Live | {TITLE} | The Leeds Paper", LEDE, SECOND, THIRD).title == f"Live | {TITLE}"


def test_a_name_under_the_word_by_is_the_authors() -> None:
    found = draft(TITLE, "3 March 2026", "By", "Jane Roe", LEDE, SECOND, THIRD)
    assert (found.author, found.paragraphs) == ("Jane Roe", (LEDE, SECOND, THIRD))


def test_a_small_table_of_two_columns_near_the_end_of_a_dump_is_the_articles() -> None:
    table = "Maker\tShare\nFord\t61\nRenault\t14\nDacia\t6\nOthers\t19"
    menu = "\n".join(f"Menu {word}" for word in "a b c d e f g h i j k l m n o p".split())
    found = extract(f"{menu}\n\n{TITLE}\n\n{LEDE}\n\n{SECOND}\n\n{table}\n\n{THIRD}\n\n{menu}", LANGUAGES)
    assert [text for text in found.paragraphs if text[-2:].isdigit() or text == "Dacia 6"] != []
    assert found.paragraphs[-1] == THIRD


def test_a_line_without_an_end_below_the_date_is_a_caption_and_above_it_a_standfirst() -> None:
    shown = "The gates of the plant in Leeds on a quiet Sunday morning"
    assert draft(TITLE, "3 March 2026", shown, "Share", LEDE, SECOND, THIRD).paragraphs == (LEDE, SECOND, THIRD)
    told = "Hundreds of workers of the carmaker ask the board about armoured vehicles"
    assert told in draft(TITLE, told, "3 March 2026", LEDE, SECOND, THIRD).paragraphs


def test_who_somebody_is_and_a_sentence_are_no_title_beside_a_headline() -> None:
    for line in ("Jane Roe, head of the carmaker's plant in Leeds", "Jane Roe, head of the plant."):
        assert (
            draft("The plant has work, it lacks workers", line, LEDE, SECOND, THIRD).title
            == "The plant has work, it lacks workers"
        )


def test_what_was_said_is_the_heading_of_an_answer_behind_related_headlines() -> None:
    related = ("Read also:", "Vans sold well in January, says the ministry", "A market for steel pulls up")
    found = draft(TITLE, LEDE, *related, '"People want to know which chair is theirs"', SECOND, THIRD)
    assert ("heading", '"People want to know') in kinds(found)


def test_a_box_of_facts_right_behind_the_text_is_kept_before_buttons_too() -> None:
    facts = ("FACTS: Earlier cuts", "2023: 1,400 jobs in Leeds", "2024: 1,200", "2025: 190, in two steps")
    assert draft(TITLE, LEDE, SECOND, THIRD, *facts, "Share", "Print").paragraphs[3:] != ()


def test_who_is_addressed_in_a_letter_wrote_nothing() -> None:
    assert draft(TITLE, "3 March 2026", "Jane Roe and Ada Poe,", LEDE, SECOND, THIRD).author == ""
