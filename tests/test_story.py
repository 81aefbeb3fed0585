"""Which story a newcomer tells again: by wording, or by numbers and names in any language."""

import pytest

from pressfold.language import Tag
from pressfold.prints import Print, print_of
from pressfold.slug import Slug
from pressfold.story import SURE, Match, compare

ENGLISH = """Workers at the Ford plant in Leeds have rejected an offer of 4.2 percent, the union said.
Of 3,150 members who voted, 87 percent were against it, union secretary Anna Kowalska said in Brighton.
The plant builds gearboxes. Ford had offered 1,200 pounds more for night shifts and a day off at Whitsun.
A strike could begin in Bradford and Halifax as well, Kowalska said. Ford's Peter Hollins called it regrettable."""
GERMAN = """Im Ford-Werk in Leeds haben die Beschäftigten ein Angebot von 4,2 Prozent abgelehnt.
87 Prozent der 3.150 Mitglieder, die abstimmten, waren dagegen, wie die Sekretärin Anna Kowalska in Brighton mitteilte.
Ford wollte 1.200 Pfund mehr für Nachtschichten zahlen. Peter Hollins von Ford bedauerte das Ergebnis.
Auch in Bradford und Halifax droht nun ein Streik."""
ARABIC = """رفض عمال مصنع فورد (Ford) في ليدز عرضا بزيادة 4.2 في المئة، بحسب النقابة.
وصوت ضد العرض 87 في المئة من أصل 3150 عضوا، كما قالت أمينة النقابة آنا كوالسكا (Anna Kowalska) في برايتون (Brighton).
وعرضت الشركة 1200 جنيه إضافي لمناوبات الليل. وقال بيتر هولينز (Peter Hollins) إن الأمر مؤسف.
وقد يبدأ إضراب في برادفورد (Bradford) وهاليفاكس (Halifax) أيضا."""
OTHER = """Ford sold 61,000 vans in the second quarter, 12 percent more than a year before, the company said in Leeds.
Most of them, 18,400, went to parcel services. Peter Hollins said that the plant would hire 240 people by autumn.
The union's Anna Kowalska welcomed it and asked for a written promise."""


def prints() -> dict[str, Print]:
    texts = {"en": ENGLISH, "de": GERMAN, "ar": ARABIC}
    return {tag: print_of("", text, Tag(tag), ["ford"]) for tag, text in texts.items()}


@pytest.mark.parametrize(("one", "other"), [("en", "de"), ("en", "ar"), ("de", "ar")])
def test_tellings_in_other_languages_are_found(one: str, other: str) -> None:
    made = prints()
    evidence = compare(made[one], made[other])
    assert evidence
    assert "numbers 1200, 3150, 4.2, 87" in evidence.reasons


def test_another_event_of_the_same_company_and_people_is_another_story() -> None:
    other = print_of("", OTHER, Tag("en"), ["ford"])
    assert all(compare(print_, other) is None for print_ in prints().values())


def test_the_same_facts_of_another_company_are_another_story() -> None:
    assert compare(prints()["en"], print_of("", GERMAN, Tag("de"), ["volkswagen"])) is None


def test_an_edited_copy_is_found_by_its_wording_even_without_a_company() -> None:
    one = print_of("", ENGLISH, Tag("en"), [])
    copy = print_of("", ENGLISH.replace("rejected", "turned down").replace("regrettable", "a pity"), Tag("en"), [])
    evidence = compare(one, copy)
    assert evidence
    assert evidence.reasons.endswith("% of its wording")


def test_numbers_are_alike_however_they_are_written() -> None:
    written = ["10,000", "10.000", "10 000", "10000", "١٠٠٠٠", "10 thousand", "10 tys."]
    assert {print_of("", f"a {text} b", Tag("en"), []).features["number"] for text in written} == {("10000",)}
    assert print_of("", "in 2024, 9 of 404 Media's people", Tag("en"), []).features["number"] == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("기본급 14만 2,000원", "142000"),
        ("組合員4万1600人", "41600"),
        ("投入19亿卢比", "1900000000"),
        ("1.9 अरब रुपये", "1900000000"),
        ("৩৪ লাখ ডলার", "3400000"),
        ("1,25,000 rupees", "125000"),
        ("3,4 miljoner dollar", "3400000"),
    ],
)
def test_numbers_are_read_as_their_languages_write_them(text: str, number: str) -> None:
    assert print_of("", text, Tag("en"), []).features["number"] == (number,)


def test_names_in_indian_scripts_are_known_by_their_sound() -> None:
    hindi = print_of("", "श्रम आयुक्त अनिता सेल्वाकुमार ने बताया", Tag("hi"), [])
    english = print_of("", "said labour commissioner Anita Selvakumar", Tag("en"), [])
    assert set(english.features["sound"]) <= set(hindi.features["sound"])


def test_a_join_by_few_shared_features_is_for_a_person_to_confirm() -> None:
    weak, sure = Match(Slug("a"), SURE - 0.01, ""), Match(Slug("a"), SURE, "")
    assert (weak.weak, sure.weak) == (True, False)
    evidence = compare(prints()["en"], prints()["de"])
    copied = compare(prints()["en"], prints()["en"])
    assert evidence and copied
    assert 0.5 < evidence.confidence < copied.confidence == 1.0
