"""Names that no list knows, counted over the articles: companies come up, what is known, people and places do not."""

import datetime as dt

import pytest

from pressfold.article import Article
from pressfold.census import Candidate, Census
from pressfold.language import Tag
from pressfold.registry import built_in

NOW = dt.datetime(2026, 2, 2, tzinfo=dt.UTC)


def _counted(*texts: tuple[str, str], least: int = 1) -> dict[str, Candidate]:
    census = Census(built_in())
    for number, (lang, body) in enumerate(texts):
        path = f"content/articles/2026/02/a-{number}.md"
        census.add(Article(path=path, id=f"urn:test:{number}", title="T", lang=Tag(lang), added=NOW, body=body))
    return {one.name: one for one in census.candidates(least)}


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("en", "On Monday workers of Quentic wrote to Microsoft in Germany.", ["Quentic"]),
        (
            "en",
            "An Israeli firm, Tolmera Systems, sold it to Polish and American police in March.",
            ["Tolmera Systems"],
        ),
        ("en", "The contract of Harvik & Venqa was signed by Jane Doe; then Doe left.", ["Harvik & Venqa"]),
        ("en", "It hired J. R. Tolmeran and Tim Tolmera of the city of New York.", []),
        ("en", "Workers met. Contracts ended. Letters came.", []),
        ("en", "It was told to the Guardian, Reuters and Bloomberg by Tim Cook of Apple.", []),
        ("de", "Die Arbeiter der Firma schrieben im Januar einen Brief an die Tolmera GmbH in Köln.", ["Tolmera"]),
        ("de", "Am Montag sprach der Betriebsrat mit dem Vorstand über OpenTolm und den Vertrag.", ["OpenTolm"]),
        ("pl", "W poniedziałek pracownicy spółki Tolmera napisali do zarządu w Warszawie.", ["Tolmera"]),
        ("it", "I lavoratori della Tolmera S.p.A. hanno scritto una lettera a Roma.", ["Tolmera"]),
        ("fr", "Lundi, les salariés de Quentic ont écrit au ministre allemand à Paris.", ["Quentic"]),
        ("ru", "Сотрудники компании «Толмера» написали письмо в Москве.", ["Толмера"]),
        (
            "ja",
            "クエンティック社の社員は手紙を書いた。株式会社トルメラは答えなかった。",
            ["クエンティック", "トルメラ"],
        ),
        ("ko", "주식회사 톨메라 직원들이 편지를 썼다.", ["톨메라"]),
        ("zh", "員工寫信給「昆提克」公司，要求終止合約。", ["昆提克"]),
    ],
)
def test_names_that_no_list_knows_are_found_as_languages_write_them(lang: str, text: str, names: list[str]) -> None:
    assert sorted(_counted((lang, text))) == sorted(names)


def test_in_arabic_and_hebrew_many_articles_tell_where_a_name_ends() -> None:
    said = "كتب موظفون في شركة كوينتك %s، وقالت شركة الطيران إنها لا تعرف Tolmera."
    assert {"كوينتك", "Tolmera"} == set(
        _counted(*[("ar", said % word) for word in ("رسالة", "بيانا", "عقدا")], least=2)
    )
    said = "עובדי חברת קוונטיק %s מכתב, וחברת ביטוח ענתה."
    assert {"קוונטיק"} == set(_counted(*[("he", said % word) for word in ("כתבו", "קראו", "שלחו")], least=2))
    assert {"קוונטיק מערכות"} == set(_counted(*[("he", said % "מערכות")] * 3))


def test_forms_of_a_name_are_one_candidate_in_all_languages() -> None:
    found = _counted(
        ("pl", "Od dawna pracownicy Quentica piszą."),
        ("en", "This week staff of Quentic wrote that Quentic's board knew."),
        ("ar", "قال الموظفون إن Quentic لم ترد."),
    )
    assert [(one.name, one.articles, one.languages) for one in found.values()] == [("Quentic", 3, ("ar", "en", "pl"))]


def test_most_articles_come_first_and_a_legal_form_weighs_more() -> None:
    texts = [("en", "They wrote to Quentic and to Harvik.")] * 4 + [("en", "They wrote to Tolmera Ltd in vain.")] * 3
    found = list(_counted(*texts, least=3).values())
    assert [(one.name, one.articles, one.marked) for one in found] == [
        ("Tolmera", 3, 3),
        ("Harvik", 4, 0),
        ("Quentic", 4, 0),
    ]
    assert _counted(*texts, least=5) == {}


def test_name_that_only_begins_sentences_or_stands_as_a_word_elsewhere_is_none() -> None:
    assert _counted(("en", "Quentic wrote. Quentic answered.")) == {}
    assert (
        _counted(("en", "They asked the Parliament."), ("en", "He left parliament."), ("en", "In Parliament they sat."))
        == {}
    )


def test_part_of_a_name_goes_into_the_whole_and_a_word_beside_it_out() -> None:
    whole = [("en", "They wrote to Tolmera Systems again.")] * 4
    assert list(_counted(*whole, ("en", "So Tolmera Systems, and then Tolmera, knew."))) == ["Tolmera Systems"]
    part = [("en", "They wrote to Tolmera again.")] * 6
    assert list(_counted(*part, ("en", "So Tolmera Again, they knew."))) == ["Tolmera"]


def test_example_shows_the_words_round_a_name() -> None:
    (one,) = _counted(
        ("en", f"{'Many words stand here before it. ' * 9}They asked Quentic about {'many more words ' * 9}.")
    ).values()
    assert one.words.startswith("… ")
    assert " They asked Quentic about many more words" in one.words
    assert one.words.endswith(" …")
    assert one.path == "content/articles/2026/02/a-0.md"
