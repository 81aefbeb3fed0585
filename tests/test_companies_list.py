"""The built-in lists hold their form: one line a company, sorted, every alias sure to be one company's, in a script of its own."""

import re
import unicodedata
from collections import Counter

import pytest

from pressfold.ingest.folded import fold
from pressfold.registry import built_in, outlets
from tests.conftest import PROJECT

DATA = PROJECT / "pressfold" / "data"
LINES = [
    line
    for line in (DATA / "companies.txt").read_text("utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
ROWS = [[column.strip() for column in line.split("|")] for line in LINES]
SCRIPTS = {
    "Latin": "LATIN",
    "Arabic": "ARABIC",
    "Cyrillic": "CYRILLIC",
    "Hebrew": "HEBREW",
    "Greek": "GREEK",
    "Han": "CJK",
    "Kana": "KATAKANA|HIRAGANA|KATAKANA-HIRAGANA",
    "Hangul": "HANGUL",
    "Devanagari": "DEVANAGARI",
    "Bengali": "BENGALI",
    "Thai": "THAI",
}
# How many companies have an alias in each: it may rise. In Greek, Hebrew and Hindi the press writes most names in Latin
# letters, or writes of few of these companies at all.
LEAST = {
    "Latin": 4060, "Arabic": 980, "Cyrillic": 1210, "Hebrew": 440, "Greek": 130, "Han": 1280, "Kana": 1090, "Hangul": 950,
    "Devanagari": 440, "Bengali": 140, "Thai": 200,
}  # fmt: skip
# Scripts that stand together in one alias: a Latin name within another script, and those of Japanese.
TOGETHER = {"Han", "Kana"}


def names(row: list[str]) -> list[str]:
    return [row[1], *(part.strip().removeprefix("?") for part in row[2].split(";") if part.strip())]


def scripts(name: str) -> set[str]:
    found = {unicodedata.name(ch, "?").split(" ")[0] for ch in unicodedata.normalize("NFKC", name) if ch.isalpha()}
    return {label for label, kinds in SCRIPTS.items() for kind in kinds.split("|") if kind in found}


def same(name: str) -> str:
    return " ".join(fold(name)[0].split())


def _well_formed(row: list[str]) -> bool:
    columns = [[part.strip() for part in column.split(";")] if column else [] for column in row[2:5]]
    flags = row[-1].split()
    return (
        len(row) == 6
        and bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row[0]) and row[1])
        and len(flags) == len(set(flags))
        and all(re.fullmatch(r"word|platform|(formerly|also)=[a-z0-9,-]+", flag) for flag in flags)
        and all(all(parts) and len(parts) == len(set(parts)) for parts in columns)
    )


def test_every_line_has_six_columns_of_the_right_kind() -> None:
    assert [row for row in ROWS if not _well_formed(row)] == []


def test_lines_are_sorted_and_each_slug_stands_once() -> None:
    slugs = [row[0] for row in ROWS]
    assert slugs == sorted(set(slugs))


def test_no_name_is_that_of_two_companies_however_it_is_written() -> None:
    owners: dict[str, set[str]] = {}
    for row in ROWS:
        for name in names(row):
            owners.setdefault(same(name), set()).add(row[0])
    assert {name: slugs for name, slugs in owners.items() if len(slugs) > 1} == {}


def test_no_name_is_an_outlets() -> None:
    found = {same(name) for row in ROWS for name in names(row)}
    assert [outlet for outlet in outlets() if same(outlet) in found] == []


def test_old_slugs_are_nobodys_now() -> None:
    slugs = {row[0] for row in ROWS}
    old = [slug for company in built_in().values() for slug in company.old]
    assert slugs.isdisjoint(old)
    assert len(old) == len(set(old))


def _of_one_script(name: str) -> bool:
    found = scripts(name)
    mixed = len(found - {"Latin"} - TOGETHER) + bool(found & TOGETHER) > 1
    confused = " " not in name and ({"Latin", "Cyrillic"} <= found or {"Latin", "Greek"} <= found)
    unknown = name.isalnum() and not found and not name.isdigit()
    return not (mixed or confused or unknown)  # confused: a letter of the one script among those of the other


def test_every_name_is_of_one_script_save_for_latin_within_it() -> None:
    assert [name for row in ROWS for name in names(row) if not _of_one_script(name)] == []


@pytest.mark.parametrize("script", LEAST)
def test_companies_have_aliases_in_the_scripts_of_the_press(script: str) -> None:
    counted = Counter(found for row in ROWS for found in set().union(*map(scripts, names(row))))
    assert counted[script] >= LEAST[script]


def test_company_that_needs_support_has_some() -> None:
    assert [
        company.slug
        for company in built_in().values()
        if company.name in company.doubtful and not company.support and len(company.aliases) == 0
    ] == []
