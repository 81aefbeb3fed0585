"""Lines and what can be seen of them; hard-wrapped text joined again."""

import textwrap

import pytest

from pressfold.ingest.lines import Line, bullet, lines, numbered
from pressfold.ingest.scripts import capitalised, script

PARAGRAPH = (
    "The plant opened in spring and makes batteries for three carmakers; its managers say that the first year went better "
    "than planned, although suppliers were late with two machines that should have stood there in winter already."
)


def line(text: str) -> Line:
    return Line(1, text, gap=False)


def test_numbers_and_gaps_are_those_of_the_raw_text() -> None:
    found = lines("one\n\ntwo\nthree")
    assert [(row.number, row.text, row.gap) for row in found] == [
        (1, "one", False),
        (3, "two", True),
        (4, "three", False),
    ]


def test_a_hard_wrap_is_undone_and_paragraphs_stay_apart() -> None:
    wrapped = textwrap.fill(PARAGRAPH, 72)
    found = lines(f"A title of its own\n\n{wrapped}\n\n{wrapped}\n")
    assert [row.text for row in found] == ["A title of its own", PARAGRAPH, PARAGRAPH]


def test_a_few_lines_that_break_off_in_a_sentence_are_joined_too() -> None:
    first = "Several hundred workers of the firm have asked\nit to drop a contract."
    text = f"Title\n\n{first}\n\nNobody answered on Tuesday, and\nthey will wait."
    assert [row.text for row in lines(text)] == [
        "Title",
        "Several hundred workers of the firm have asked it to drop a contract.",
        "Nobody answered on Tuesday, and they will wait.",
    ]


def test_one_paragraph_a_line_is_left_as_it_is() -> None:
    assert len(lines(f"{PARAGRAPH}\n{PARAGRAPH}\nA short sentence.\n{PARAGRAPH}")) == 4


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("It ends.", True),
        ("It ends.”", True),
        ("„Koniec.”", True),
        ("»Das Ende.«", True),
        ("انتهى النص؟", True),
        ("終わった。」", True),
        ("समाप्त।", True),
        ("A title without an end", False),
        ("It introduces:", False),
    ],
)
def test_the_end_of_a_sentence_in_many_scripts(text: str, ends: bool) -> None:
    assert line(text).ends is ends


def test_prose_is_long_or_a_sentence() -> None:
    assert line("Eight words make a sentence with an end.").prose
    assert line(PARAGRAPH).prose
    assert not line("Eight words and more in a title that does not end").prose
    assert line("従業員は経営陣に手紙を書き、契約の解除を求めている。").prose


def test_list_items_have_neighbours_and_dialogue_is_no_list() -> None:
    first, second = line("• bread"), line("• salt")
    assert bullet(first, [second]) == "bread"
    assert bullet(first, []) is None
    speech = line("- Nie zgadzamy się - mówi rzecznik.")
    assert bullet(speech, [line("- Tak.")]) is None
    assert numbered(line("1. bread"), [line("2. salt")]) == "bread"
    assert numbered(line("一、面包"), [line("二、盐")]) == "面包"
    assert numbered(line("1984. A year"), [line("2. salt")]) is None


def test_script_and_capitals() -> None:
    assert (script("Palantir"), script("رسالة من Slack الداخلية"), script("123")) == ("LATIN", "ARABIC", "")
    assert capitalised("United States Immigration (ICE)") == 1
    assert capitalised("a letter to Microsoft") == 0.25


def test_a_few_chinese_lines_of_like_length_beside_long_ones_are_no_wrapped_text() -> None:
    short = "请务必注意公司宣布将在郑州工厂旁边增设一座电池厂投资约一百亿元预计明年投产"
    rows = [short, short[2:], short, short[1:], short + short + short]
    text = "\n".join(rows[:4]) + "\n\n" + "\n\n".join(rows[4:] * 5)
    assert [row.text for row in lines(text)][:4] == rows[:4]


def test_a_title_in_capitals_is_joined() -> None:
    wrapped = textwrap.fill(PARAGRAPH, 72)
    title = "CARMAKER TO EXPAND THE BATTERY PLANT IN LEEDS WITH ONE BILLION POUNDS\nINVESTMENT"
    assert lines(f"{title}\n\n{wrapped}\n\n{wrapped}\n")[0].text == title.replace("\n", " ")


def test_a_footer_that_nobody_wrapped_does_not_keep_a_text_from_being_joined() -> None:
    wrapped = [
        "The union has told its members that",
        "they may refuse to log on to the old",
        "platform, saying that the terms of",
        "it all remain unclear until today.",
    ]
    footer = ["Contact the newsroom at this address: tips@example.org", "Related stories", "Hospitals run out of beds"]
    found = [line.text for line in lines("\n".join([*wrapped, "", *wrapped, "", *footer]))]
    assert found == [" ".join(wrapped), " ".join(wrapped), *footer]


def test_a_wrapped_title_ends_where_a_standfirst_begins_and_goes_on_where_words_are_left_over() -> None:
    paragraph = textwrap.fill(PARAGRAPH, 72)
    title, standfirst = "Workers of the carmaker in Leeds agree, and end their strike of June", "Their wages rise"
    head = f"Business\n{title}\n{standfirst} in two steps of four and then of three per cent until May\n11 June"
    assert title in [line.text for line in lines(f"{head}\n\n{paragraph}\n\n{paragraph}\n")]
    broken = "Business\nThe carmaker drops six hundred jobs in Leeds, and its works council calls\nMonday off"
    assert lines(f"{broken}\n\n{paragraph}\n\n{paragraph}\n")[1].text == broken.partition("\n")[2].replace("\n", " ")


def test_georgian_words_are_small_by_their_script_and_break_no_line() -> None:
    rows = ["მთავარი / ბიზნესი / ბანკები / სიახლეები / დღეს", "ბანკი უზბეკეთში საბანკო მომსახურებას სთავაზობს ყველას"]
    assert [line.text for line in lines("\n".join(rows))] == rows
    assert capitalised(rows[1]) == 0.0


def test_the_last_row_of_a_wrapped_paragraph_is_its_own_however_it_begins() -> None:
    rows = textwrap.wrap(PARAGRAPH, 72)
    assert [line.text for line in lines("\n".join([*rows, "", *rows, 'Leeds." (End)']))][-1].endswith('Leeds." (End)')
