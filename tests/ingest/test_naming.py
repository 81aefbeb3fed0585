"""Companies named in many scripts; names that are ordinary words; about, mentioned, or only the place of a message."""

import pytest

from pressfold.ingest.confidence import SURE
from pressfold.ingest.folded import fold
from pressfold.ingest.naming import Namer
from pressfold.ingest.subject import subject
from pressfold.language import Tag
from pressfold.registry import built_in


@pytest.fixture(scope="module")
def namer() -> Namer:
    return Namer(built_in())


@pytest.mark.parametrize(
    ("text", "language", "slug"),
    [
        ("Pracownicy Microsoftu protestują w Microsofcie.", "pl", "microsoft"),
        ("Lidé z Googlu napsali dopis.", "cs", "google"),
        ("Сотрудники Google'а и Яндекса ждут.", "ru", "yandex"),
        ("Microsoftin työntekijät kirjoittivat kirjeen.", "fi", "microsoft"),
        ("A Microsoftnak írtak levelet.", "hu", "microsoft"),
        ("Microsoft'un çalışanları mektup yazdı.", "tr", "microsoft"),
        ("l’ufficio d’Amazon; la sede di Google", "it", "google"),
        ("كتب موظفون في مايكروسوفت رسالة", "ar", "microsoft"),
        ("قالت غوغل وأمازون إنهما تدرسان العقد", "ar", "google"),
        ("עובדי מיקרוסופט ובגוגל", "he", "google"),
        ("微软的员工写信", "zh", "microsoft"),
        ("マイクロソフトは発表した", "ja", "microsoft"),
        ("삼성전자가 발표했다", "ko", "samsung"),
        ("Η Microsoft ανακοίνωσε", "el", "microsoft"),
        ("मारुति सुज़ुकी के कर्मचारी; मारुति सुजुकी", "hi", "suzuki"),
        ("Angajații uzinei Dacia de la Mioveni protestează.", "ro", "renault"),
        ("يشتكي عمال رونو في طنجة", "ar", "renault"),
        ("公司宣布，7-ELEVEN全台門市數破7400家", "zh", "seven-and-i"),
        ("카카오 주가는 코스피 시장에서 내렸다", "ko", "kakao"),
    ],
)
def test_names_are_found_as_languages_write_them(namer: Namer, text: str, language: str, slug: str) -> None:
    assert slug in {naming.slug for naming in namer.find(text, Tag(language))}


@pytest.mark.parametrize(
    "text",
    [
        "The Amazon rainforest lost trees; the Amazon river rose.",
        "She ate an apple, and the target was met.",
        "They live in the Big Apple.",
        "A meta-analysis of shell companies",
        "Microsoftware is no word",
        "Apple fell from the tree.",
        "The Romans made Dacia a province.",
        "A reporter of Apple Daily wrote it.",
        "He met her at Copley Square and in Harvard Square.",
        "MS stands for multiple sclerosis.",
    ],
)
def test_what_only_looks_like_a_company_is_none(namer: Namer, text: str) -> None:
    assert namer.find(text, Tag("en")) == []


def test_an_ordinary_word_counts_with_support(namer: Namer) -> None:
    supported = "In Cupertino the chief executive Tim Cook said that Apple would wait with the iPhone."
    assert {naming.slug for naming in namer.find(supported, Tag("en"))} == {"apple"}
    twice = "Workers at Target signed it. A store of Target closed early."
    assert {naming.slug for naming in namer.find(twice, Tag("en"))} == {"target"}


def test_two_letters_count_beside_the_whole_name(namer: Namer) -> None:
    text = "General Motors answered. The vans that GM sells are old."
    assert [naming.words for naming in namer.find(text, Tag("en"))] == ["General Motors", "GM"]


def test_folding_keeps_places() -> None:
    folded, places = fold("Großmaß ﬁx")
    assert folded == "grossmass fix"
    assert [places[folded.index(ch)] for ch in "gmf"] == [0, 4, 8]


LEDE = "Hundreds of Microsoft workers asked the company to end a contract with a ministry."
MORE = "Microsoft did not answer. Two years ago Google had dropped a contract of that kind."


def test_about_and_mentioned(namer: Namer) -> None:
    found = subject(
        namer, built_in(), "A letter at Microsoft", [LEDE, MORE, "Nobody knows what comes next."], Tag("en")
    )
    assert (found.about, found.mentions, found.sure >= SURE) == (("microsoft",), ("google",), True)


def test_two_companies_of_one_deal_are_both_the_subject(namer: Namer) -> None:
    text = [
        "Nvidia and Intel agreed on a common chip.",
        "Nvidia pays, Intel builds.",
        "Intel and Nvidia gave no price.",
    ]
    assert set(subject(namer, built_in(), "Intel and Nvidia build a chip", text, Tag("en")).about) == {
        "intel",
        "nvidia",
    }


def test_one_naming_far_down_makes_no_subject(namer: Namer) -> None:
    text = ["A bakery in Leeds opened."] * 6 + ["Its bread was photographed for Google."]
    found = subject(namer, built_in(), "A bakery opens", text, Tag("en"))
    assert (found.about, found.mentions, found.sure < SURE) == ((), ("google",), True)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Messages on Slack and posts on LinkedIn show it.", "en"),
        ("رسائل Slack الداخلية تكشف ذلك", "ar"),
        ("Wpis na LinkedIn pokazał list.", "pl"),
    ],
)
def test_a_platform_named_as_a_tool_is_left_out(namer: Namer, text: str, language: str) -> None:
    found = subject(namer, built_in(), "", [LEDE, text], Tag(language))
    assert not {"slack", "linkedin"} & {*found.about, *found.mentions}


def test_a_platform_that_acts_is_mentioned(namer: Namer) -> None:
    found = subject(namer, built_in(), "", [LEDE, "LinkedIn dismissed forty engineers last year."], Tag("en"))
    assert "linkedin" in found.mentions


@pytest.mark.parametrize("text", ["Straße", "ﬁrm", "حَكَمَ", "ab\u0640c", "ﬁ\u064b", "Ⅷ İ", "plain", ""])
def test_folded_text_knows_where_each_character_came_from(text: str) -> None:
    folded, places = fold(text)
    assert len(places) == len(folded) + 1
    assert places[-1] == len(text)
    assert "".join(fold(text[place])[0] for place in dict.fromkeys(places[:-1])) == folded
    assert list(places) == sorted(places)


def test_a_name_without_its_legal_form_counts_where_the_text_says_the_whole_name(namer: Namer) -> None:
    def places(text: str) -> list[str]:
        return [found.words for found in namer.find(text, Tag("en")) if found.slug == "ripple"]

    assert places("Ripple Labs cuts jobs. Staff at Ripple wrote a letter.") == ["Ripple Labs", "Ripple"]
    assert places("Ripple Labs cuts jobs, and the ripple was felt. Ripple by Ripple it went on.") == ["Ripple Labs"]
    assert places("The staff at Ripple wrote a letter.") == []
