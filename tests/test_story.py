"""Which story a newcomer tells again: by wording, or by numbers and names in any language."""

import datetime as dt

import pytest

from pressfold.fingerprint import Print, fingerprint
from pressfold.language import Tag
from pressfold.slug import Slug
from pressfold.story import Shelf, Told, compare

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


def told(name: str, print_: Print, date: dt.date | None = None) -> Told:
    return Told(name, Slug(name), date, print_)


def prints() -> dict[str, Print]:
    texts = {"en": ENGLISH, "de": GERMAN, "ar": ARABIC}
    return {tag: fingerprint("", text, Tag(tag), ["ford"]) for tag, text in texts.items()}


@pytest.mark.parametrize(("one", "other"), [("en", "de"), ("en", "ar"), ("de", "ar")])
def test_tellings_in_other_languages_are_found(one: str, other: str) -> None:
    made = prints()
    evidence = compare(made[one], made[other])
    assert evidence
    assert "numbers 1200, 3150, 4.2, 87" in evidence[1]


def test_another_event_of_the_same_company_and_people_is_another_story() -> None:
    other = fingerprint("", OTHER, Tag("en"), ["ford"])
    assert all(compare(print_, other) is None for print_ in prints().values())


def test_the_same_facts_of_another_company_are_another_story() -> None:
    assert compare(prints()["en"], fingerprint("", GERMAN, Tag("de"), ["volkswagen"])) is None


def test_an_edited_copy_is_found_by_its_wording_even_without_a_company() -> None:
    one = fingerprint("", ENGLISH, Tag("en"), [])
    copy = fingerprint("", ENGLISH.replace("rejected", "turned down").replace("regrettable", "a pity"), Tag("en"), [])
    evidence = compare(one, copy)
    assert evidence
    assert evidence[1].endswith("% of its wording")


def test_numbers_are_alike_however_they_are_written() -> None:
    written = ["10,000", "10.000", "10 000", "10000", "١٠٠٠٠", "10 thousand", "10 tys."]
    assert {fingerprint("", f"a {text} b", Tag("en"), []).features["number"] for text in written} == {("10000",)}
    assert fingerprint("", "in 2024, 9 of 404 Media's people", Tag("en"), []).features["number"] == ()


def test_a_newcomer_takes_the_story_and_hears_why() -> None:
    made = prints()
    shelf = Shelf([told("ford-vote", made["en"]), told("sales", fingerprint("", OTHER, Tag("en"), ["ford"]))])
    match = shelf.match("new", made["ar"], None)
    assert match
    assert (match.story, match.weak) == ("ford-vote", False)
    assert "Kowalska" in match.reasons


def test_dates_far_apart_part_two_articles() -> None:
    made = prints()
    shelf = Shelf([told("ford-vote", made["en"], dt.date(2026, 3, 1))])
    assert shelf.match("new", made["de"], dt.date(2026, 3, 9))
    assert shelf.match("new", made["de"], dt.date(2026, 4, 9)) is None
    assert shelf.match("new", made["de"], None)


def test_an_article_is_not_compared_with_itself() -> None:
    made = prints()
    assert Shelf([told("ford-vote", made["en"])]).match("ford-vote", made["en"], None) is None
