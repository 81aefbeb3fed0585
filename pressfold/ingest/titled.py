"""Which line of a text becomes the article's title, and what that makes of the others."""

import re
from collections.abc import Sequence
from functools import cache

from pressfold.ingest import body, bounds, buttons, title
from pressfold.ingest.body import Roles
from pressfold.ingest.dates import find_day
from pressfold.ingest.lexicon import dense, every, key
from pressfold.ingest.lines import Line, bullet
from pressfold.ingest.quotes import first_person, is_attribution, split_attribution
from pressfold.ingest.scripts import small
from pressfold.language import Tag


def claim(
    rows: list[Line], roles: Roles, language: Tag, running: str, languages: Sequence[Tag], *, page: bool
) -> tuple[int | None, float]:
    """(the index of the title, how sure it is); its role becomes `title`, or `promoted` for a heading inside the text."""
    first, free = _candidates(rows, roles, language, languages)
    reach = 4 if page else 2
    dated = [rows[at] for at in free if any(roles.get(near) == "metadata" for near in range(at + 1, at + reach))]
    above = [rows[at] for at in free]
    role, sure = "title", 1.0
    if page:
        nearest = title.nearest(above[::-1], dated, running)
        chosen, sure = (nearest.line, nearest.sure) if nearest else (None, 1.0)
    else:
        fewest = 3 if bounds.prose(rows, roles) else 2
        chosen = title.choose(above, running, fewest, dated) or title.alone(above, running)
    if chosen is None:
        role = "promoted"
        early = range(first + 1, min(6, len(rows) - 1))
        inside = [rows[at] for at in early if at not in roles and _may_be_promoted(rows[at], language)]
        chosen = title.choose([line for line in inside if not body.is_caption(line, language, languages)], running, 4)
    if chosen is None:
        return None, 1.0
    found = rows.index(chosen)
    for at in range(found + 1, first):
        if roles.get(at) == "page":
            del roles[at]  # a standfirst between the title and what parts it from the text
    roles[found] = role
    for at in range(found):
        if _is_issue(rows[at], language) or (rows[at].words <= _GREETING and _greets(rows[at].text)):
            roles.setdefault(at, "label")  # a newsletter's head
    for at, line in enumerate(rows):
        if at != found and line.key == chosen.key:
            roles[at] = "repeated"
    return found, min(sure, title.likely(chosen, running), title.stands(chosen, above))


def _candidates(rows: list[Line], roles: Roles, language: Tag, languages: Sequence[Tag]) -> tuple[int, list[int]]:
    """(where the text begins, the lines above it of which one may be the title); names of sections get their role."""
    prose = bounds.prose(rows, roles)
    first = next((at for at in prose if not _may_be(rows, roles, at)), prose[0] if prose else len(rows))
    for at in range(first):
        if roles.get(at) == "page" and _is_long(rows, roles, at):
            del roles[at]
    before = [at for at in range(first) if at not in roles and _may_be(rows, roles, at) and not _is_item(rows, at)]
    sections = {at for at in before if buttons.is_section(rows[at]) or buttons.is_path(rows[at])}
    roles.update(dict.fromkeys(sections, "section"))
    free = [at for at in before if at not in sections and not _is_issue(rows[at], language)]
    return first, [at for at in free if not body.is_caption(rows[at], language, languages)]


_GREETING = 25  # words with which a newsletter greets, at most


def _is_issue(line: Line, language: Tag) -> bool:
    """Whether a line says in which issue of a paper the text stood: The Paper No. 34, 26.02.2025, p. 10."""
    return bool(_ISSUE.search(line.text)) and find_day(line.text, language) is not None


_ISSUE = re.compile(
    r"(?:№|\b(?:no|nr|n[.ºo°]|núm|num|č)\.?) ?\d|\b(?:pp?|s|str|стр|с|sid|pág|pag)\. ?\d|第 ?\d+ ?[版期]", re.IGNORECASE
)


def _may_be(rows: list[Line], roles: Roles, at: int) -> bool:
    """Whether a line above the text may be its title; a long one that ends no sentence, over its date."""
    return (_is_long(rows, roles, at) or title.is_title(rows[at])) and not _greets(rows[at].text)


def _is_long(rows: list[Line], roles: Roles, at: int) -> bool:
    """Whether a line is long for a title and ends no sentence, but stands over the date."""
    return not rows[at].ends and rows[at].words <= title.WORDIEST and roles.get(at + 1) == "metadata"


def _greets(text: str) -> bool:
    """Whether a newsletter addresses its readers: Good morning, and welcome ..."""
    greeting = re.match(r"([^!,.，！。،]{3,30})[!,.，！。،]", text)
    said = greeting is not None and key(greeting[1]) in every("greeting")
    return said or text.startswith(_dense_greetings())


@cache
def _dense_greetings() -> tuple[str, ...]:
    """How newsletters greet in scripts without spaces."""
    return tuple(filter(dense, every("greeting")))


def _is_item(rows: list[Line], at: int) -> bool:
    """Whether a line is an item of a list: a menu's above an article."""
    return bullet(rows[at], [rows[near] for near in (at - 1, at + 1) if 0 <= near < len(rows)]) is not None


def _may_be_promoted(line: Line, language: Tag) -> bool:
    """Whether an early line inside the text may be its title: no sentence, no speech, no lead-in."""
    figure = re.search(r"[:：]\s*[\d€$£]", line.text)
    if line.prose or line.ends or line.words > 18 or line.text.endswith((":", "：")) or small(line.text) or figure:
        return False
    speaks = first_person(line.text, language) or split_attribution(line.text, language)
    return not speaks and not is_attribution(line.text, language)
