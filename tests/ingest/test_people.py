"""Who wrote an article: people, not desks and places."""

import pytest

from pressfold.ingest.people import is_desk, is_name, people, placed, signed


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Roe", True),
        ("נועה ברקת", True),
        ("Anna van der Berg", True),
        ("Business", False),
        ("रमेश यादव", True),
        ("in Business", False),
        ("Back to Results", False),
        ("the workers ask", False),
        ("A A A", False),
        ("المزيد من تكنولوجيا", False),
    ],
)
def test_a_persons_name(text: str, name: bool) -> None:
    assert is_name(text) is name


@pytest.mark.parametrize(
    ("text", "desk"),
    [
        ("Business Desk", True),
        ("Staff reporter", True),
        ("Wirtschaftsredaktion", True),
        ("Redactie Economie", True),
        ("Redakcja", True),
        ("La rédaction avec AFP", True),
        ("Haber Merkezi", True),
        ("هيئة التحرير", True),
        ("編集部", True),
        ("财经编辑部", True),
        ("편집국", True),
        ("वेब डेस्क", True),
        ("Redaktion streikt gegen Sparplan", False),
        ("Jane Roe", False),
        ("Desk research", False),
    ],
)
def test_a_part_of_a_newsroom(text: str, desk: bool) -> None:
    assert is_desk(text) is desk


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Célia Noronha — São Luís", "Célia Noronha"),
        ("Jane Roe, Leeds", "Jane Roe"),
        ("Jane Roe", "Jane Roe"),
        ("Business Desk, Leeds", ""),
        ("Jane Roe, who wrote the letter", ""),
        ("Ford, General Motors", ""),
    ],
)
def test_a_name_and_its_place(text: str, name: str) -> None:
    assert placed(text) == name


def test_more_names_than_one() -> None:
    assert people("Jane Roe, Sam Poe, Leeds") == "Jane Roe, Sam Poe"
    assert people("Jane Roe (Leeds, envoyée spéciale)") == "Jane Roe"
    assert people("证券时报记者 王小明") == "王小明"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("【ロンドン＝佐藤健】自動車大手は3日、工場の閉鎖を発表した。", "佐藤健"),
        ("【ロンドン=ロイター】自動車大手は3日、工場の閉鎖を発表した。", ""),
        ("[부산=뉴시스] 한지윤 기자 = 공장이 문을 닫는다.", "한지윤"),
        ("新华社武汉3月3日电（记者 周小雨）一家工厂宣布停产。", "周小雨"),
        ("女性記者が会見で質問した。", ""),
    ],
)
def test_who_signs_at_the_head_of_a_text(text: str, name: str) -> None:
    assert signed(text) == name


@pytest.mark.parametrize("text", ["NTB", "TASR, ku", "AFP"])
def test_an_agency_is_nobody(text: str) -> None:
    assert people(text) == ""
