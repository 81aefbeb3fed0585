"""Bylines and date lines."""

import datetime as dt

import pytest

from pressfold.ingest.lines import Line
from pressfold.ingest.metadata import Meta, metadata
from pressfold.language import Tag

EN, DE, PL, FR, AR = (Tag(tag) for tag in ("en", "de", "pl", "fr", "ar"))


def line(text: str) -> Line:
    return Line(1, text, gap=False, cells=tuple(text.split("\t")))


@pytest.mark.parametrize(
    ("text", "language", "author", "date", "labelled"),
    [
        ("By Jane Roe", EN, "Jane Roe", None, False),
        ("By Jane Roe | 12 May 2024", EN, "Jane Roe", dt.date(2024, 5, 12), False),
        ("Published: May 12, 2024 at 10:35", EN, "", dt.date(2024, 5, 12), True),
        ("Autor: Jan Kowalski", PL, "Jan Kowalski", None, False),
        ("12 maja 2024, 10:35", PL, "", dt.date(2024, 5, 12), False),
        ("Veröffentlicht am 12. Mai 2024", DE, "", dt.date(2024, 5, 12), True),
        ("١٢ مايو ٢٠٢٤", AR, "", dt.date(2024, 5, 12), False),
        ("Par Jeanne Dupont", FR, "Jeanne Dupont", None, False),
        ("March 4, 2026 · 5 min read", EN, "", dt.date(2026, 3, 4), False),
        ("Publié le 3 février 2026 à 08h15 - Mis à jour le 4 février 2026 à 10h02", FR, "", dt.date(2026, 2, 3), True),
        ("Lucía Armengol | 20 de enero de 2026", Tag("es"), "Lucía Armengol", dt.date(2026, 1, 20), False),
        ("Por Célia Noronha — São José dos Campos", Tag("pt"), "Célia Noronha", None, False),
        ("한지윤 기자", Tag("ko"), "한지윤", None, False),
        ("2026年2月18日 17時30分", Tag("ja"), "", dt.date(2026, 2, 18), False),
        ("۲۲ دی ۱۴۰۴ - ۰۹:۴۰", Tag("fa"), "", dt.date(2026, 1, 12), False),
        ("By Jane Roe, Leeds", EN, "Jane Roe", None, False),
        ("بقلم ليلى حداد", AR, "ليلى حداد", None, False),
        ("18 lutego 2026 o 07:30", PL, "", dt.date(2026, 2, 18), False),
        ("12.03.2026, 08:15 Uhr | 3 Min.", DE, "", dt.date(2026, 3, 12), False),
        ("Torino, 3 marzo 2026 (ANSA)", Tag("it"), "", dt.date(2026, 3, 3), False),
        ("CARDIFF (Reuters) - 3 March 2026", EN, "", dt.date(2026, 3, 3), False),
        ("نواكشوط - 3 مارس 2026 (أ ف ب)", AR, "", dt.date(2026, 3, 3), False),
        ("लखनऊ शहर, 3 मार्च 2026 (भाषा)", Tag("hi"), "", dt.date(2026, 3, 3), False),
        ("New York, March 3, 2026", EN, "", dt.date(2026, 3, 3), False),
        ("الثلاثاء ٣ مارس ٢٠٢٦ - ٠٨:٢٠ ص بتوقيت غرينتش", AR, "", dt.date(2026, 3, 3), False),
        ("יום שלישי, 3 במרץ 2026, 08:20", Tag("he"), "", dt.date(2026, 3, 3), False),
        ("วันที่ 3 มี.ค. 2569 เวลา 08:20 น.", Tag("th"), "", dt.date(2026, 3, 3), True),
        ("3. mart 2026. 08:20", Tag("sr"), "", dt.date(2026, 3, 3), False),
        ("Updated 5 March 2026, first published 3 March 2026", EN, "", dt.date(2026, 3, 3), True),
        ("입력 2026.03.03 08:20 수정 2026.03.04 11:00", Tag("ko"), "", dt.date(2026, 3, 3), True),
        ("Por Célia Noronha — São Luís, 3 de março de 2026", Tag("pt"), "Célia Noronha", dt.date(2026, 3, 3), False),
        ("Par Le Courrier avec AFP - 3 mars 2026", FR, "", dt.date(2026, 3, 3), False),
        ("By Jane Roe in Leeds", EN, "Jane Roe", None, False),
        ("Data: 09-02-2026, 11:24", PL, "", dt.date(2026, 2, 9), True),
        ("প্রকাশ: ২৫ ফেব্রুয়ারি ২০২৬, ২০: ১৫", Tag("bn"), "", dt.date(2026, 2, 25), True),
        ("12:20pm Jan 7, 2024", EN, "", dt.date(2024, 1, 7), False),
        ("Von Anna Lenz, Karl Roth und Mia Beck", DE, "Anna Lenz, Karl Roth, Mia Beck", None, False),
        ("By Jane Roe and Ada Poe", EN, "Jane Roe, Ada Poe", None, False),
        ("الثلاثاء 4 نونبر 2025 - 18:00", AR, "", dt.date(2025, 11, 4), False),
        ("5 फरवरी, 2026 7:45 PM IST", Tag("hi"), "", dt.date(2026, 2, 5), False),
        ("Autor: Jan Kowalski, Anna Nowak", PL, "Jan Kowalski, Anna Nowak", None, False),
        ("रमेश यादव, संवाददाता", Tag("hi"), "रमेश यादव", None, False),
        ("【大阪=佐藤健】", Tag("ja"), "佐藤健", None, False),
        ("記者 佐藤健", Tag("ja"), "佐藤健", None, False),
        ("(부산=연합뉴스) 한지윤 기자", Tag("ko"), "한지윤", None, False),
        ("文｜周小雨", Tag("zh"), "周小雨", None, False),
        ("撰文：周小雨 编辑：李雷", Tag("zh"), "周小雨", None, False),
        ("来源于 江北网", Tag("zh"), "", None, False),
        ("記者周小雨／高雄報導", Tag("zh"), "周小雨", None, False),
        ("2026-03-03 08:20　来源：江北日报　作者：周小雨", Tag("zh"), "周小雨", dt.date(2026, 3, 3), False),
    ],
)
def test_bylines_and_dates(text: str, language: Tag, author: str, date: dt.date | None, labelled: bool) -> None:
    assert metadata(line(text), language) == Meta(author, date, labelled)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Last updated: 13 May 2024", "en"),
        ("Aktualisiert: 13.05.2024, 08:15 Uhr", "de"),
        ("Actualizado el 13 de mayo de 2024 a las 10:15", "es"),
        ("Mis à jour le 13 mai 2024 à 10h15", "fr"),
        ("Ostatnia aktualizacja: 13.05.2024 10:15", "pl"),
        ("Обновлено 13 мая 2024 года в 10:15 (МСК)", "ru"),
        ("تم التحديث في ١٣ مايو ٢٠٢٤ الساعة ١٠:١٥", "ar"),
        ("עודכן ב-13.5.2024 בשעה 10:15", "he"),
        ("2024年5月13日 10時15分更新", "ja"),
        ("更新时间：2024-05-13 10:15", "zh"),
        ("최종수정 2024.05.13. 오전 10:15", "ko"),
        ("Son Güncelleme: 13 Mayıs 2024 Pazartesi, 10:15", "tr"),
        ("अंतिम अपडेट: १३ मई २०२४", "hi"),
        ("อัปเดตล่าสุด 13 พฤษภาคม 2567", "th"),
        ("Cập nhật lúc 10:15 ngày 13/5/2024", "vi"),
    ],
)
def test_the_day_of_a_change_is_no_publication(text: str, language: str) -> None:
    found = metadata(line(text), Tag(language))
    assert found
    assert (found.date, found.changed) == (None, dt.date(2024, 5, 13))


@pytest.mark.parametrize(
    "text",
    [
        "By the end of May 2024 the plant will be shut for good.",
        "The letter of 12 May 2024",
        "By and large it worked well",
        "文化 芸能",
    ],
)
def test_what_only_holds_a_date_or_a_by_is_no_metadata(text: str) -> None:
    assert metadata(line(text), EN) is None
