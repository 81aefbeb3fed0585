"""Scraped plain text to a draft: each line gets a role, and the roles decide what it becomes.

Order matters: a line that is surely furniture is set aside first, so that the first and the last line of running text
bound the article; what is left between them is the article's, what is left outside must prove it.
"""

import datetime as dt
import re
from collections.abc import Sequence

from pressfold.ingest import body, bounds, furniture, title
from pressfold.ingest.body import OUT, Roles
from pressfold.ingest.decode import clean
from pressfold.ingest.draft import Draft, LeftOut, Unreadable
from pressfold.ingest.identify import identify
from pressfold.ingest.lines import Line, bullet, lines, numbered, script
from pressfold.ingest.metadata import Meta, dated, is_name, metadata
from pressfold.ingest.quotes import first_person, is_attribution, split_attribution, unmarked
from pressfold.language import Tag

SHORTEST = 8  # words, below which a text is no article
LONGEST = 800  # characters, above which a line is running text and no rule for furniture is asked


def extract(text: str, languages: Sequence[Tag]) -> Draft:
    """A draft of a plain text. Raises Unreadable where there is no article in it."""
    rows = lines(clean(text))
    if not rows:
        raise Unreadable("no text in it")
    roles = _furniture(rows)
    place = bounds.trim(rows, roles)
    running = "\n".join(rows[at].text for at in _prose(rows, roles)) or "\n".join(line.text for line in rows)
    language, _ = identify(running, languages)
    meta = _metadata(rows, roles, language)
    found = _title(rows, roles, language, running, languages, page=place.page)
    stated_author = next((m.author for m in meta if m.author), "")
    author = stated_author or _name_beside_date(rows, roles)
    last = _bounds(rows, roles)[1]
    _biographies(rows, roles, language, author)
    _outside(rows, roles, language, running, last)
    body.settle(rows, roles, language, languages)
    blocks = body.blocks(rows, roles, language)
    if sum(Line(0, part.text, gap=False).words for part in blocks) < SHORTEST:
        raise Unreadable(f"no article in it (fewer than {SHORTEST} words of running text)")
    stated = next((m for m in meta if m.date and m.labelled), None) or next((m for m in meta if m.date), None)
    date = stated.date if stated else _date_beside(rows, roles, language)
    standfirst = next((rows[at].text for at in sorted(roles) if roles[at] == "standfirst"), "")
    return Draft(
        blocks=blocks,
        title=title.bare(rows[found].text) if found is not None else "",
        title_from="" if found is None else "heading" if roles.get(found) == "promoted" else "line",
        doubts=found is not None and title.doubtful(rows[found], "\n".join(part.text for part in blocks)),
        standfirst=standfirst,
        author=author,
        author_from="" if stated_author or not author else "beside",
        date=date,
        date_from="text" if stated else "beside" if date else "",
        left_out=tuple(
            LeftOut(rows[at].number, role, rows[at].text) for at, role in sorted(roles.items()) if role in OUT
        ),
    )


def _furniture(rows: list[Line]) -> Roles:
    roles: Roles = {}
    last = max((at for at, line in enumerate(rows) if line.prose), default=0)
    for at, line in enumerate(rows):
        role = _line_furniture(line, last=at >= last)
        led = roles.get(at - 1) == "promotion" and furniture.is_label(rows[at - 1]) and line.words <= 20
        if role or (led and (line.asks or not line.ends)):
            roles[at] = role or "promotion"  # what the label above leads to
    prose = _prose(rows, roles)
    for at in range(prose[0] + 1 if prose else len(rows), len(rows)):
        if at not in roles and len(rows[at].text) <= LONGEST and furniture.is_invitation(rows[at]):
            roles[at] = "promotion"
    for ends in (prose, prose[::-1]):
        for place, at in enumerate(ends):
            if furniture.is_notice(rows[at]) and len(prose) > 2:
                roles[at] = "notice"
            elif place >= 1:
                break
    for at, line in enumerate(rows):
        if at not in roles and not line.prose and furniture.is_notice(line):
            roles[at] = "notice"
    _letter_head(rows, roles)
    _about_the_firm(rows, roles)
    return roles


def _letter_head(rows: list[Line], roles: Roles) -> None:
    """The head of a forwarded mail: at least two of its lines near the top."""
    heads = [at for at, line in enumerate(rows[:12]) if furniture.is_mail_header(line)]
    if len(heads) >= 2:
        roles.update(dict.fromkeys(heads, "metadata"))


def _about_the_firm(rows: list[Line], roles: Roles) -> None:
    """What a press release says of the firm that sends it: from its heading in the last third on."""
    for at in range(2 * len(rows) // 3, len(rows) - 1):
        if furniture.is_about_heading(rows[at]) and rows[at + 1].prose:
            roles.update({behind: roles.get(behind, "boilerplate") for behind in range(at, len(rows))})
            return


def _line_furniture(line: Line, *, last: bool) -> str:
    """What a line is by itself, wherever it stands; empty when it may be the article's."""
    if len(line.text) > LONGEST:
        return ""
    if furniture.is_button(line):
        return "button"
    if furniture.is_status(line, last=last):
        return "status"
    if furniture.is_promo(line):
        return "promotion"
    return "caption" if furniture.is_credit(line) else ""


def _prose(rows: list[Line], roles: Roles) -> list[int]:
    return [at for at, line in enumerate(rows) if line.prose and at not in roles]


def _bounds(rows: list[Line], roles: Roles) -> tuple[int, int]:
    """The first and the last line of running text; the whole text where there is none."""
    prose = _prose(rows, roles)
    return (prose[0], prose[-1]) if prose else (len(rows), len(rows))


def _metadata(rows: list[Line], roles: Roles, language: Tag) -> list[Meta]:
    prose = _prose(rows, roles)
    second = prose[1] if len(prose) > 1 else len(rows)
    last = prose[-1] if prose else len(rows)
    found: list[Meta] = []
    for at, line in enumerate(rows):
        if at in roles or line.prose or second < at < last:
            continue
        meta = metadata(line, language)
        if meta:
            roles[at] = "metadata"
            found.append(meta)
    return found


def _title(rows: list[Line], roles: Roles, language: Tag, running: str, languages: Sequence[Tag], *, page: bool) -> int | None:
    """The index of the title; its role becomes `title`, or `promoted` for a heading inside the text."""
    prose = _prose(rows, roles)
    first = next((at for at in prose if not title.is_title(rows[at])), prose[0] if prose else len(rows))
    before = [at for at in range(first) if at not in roles and title.is_title(rows[at])]
    for at in before:
        if furniture.is_section(rows[at]) or furniture.is_path(rows[at]):
            roles[at] = "section"
    fewest = 3 if prose else 2
    free = [at for at in before if at not in roles and not body.is_caption(rows[at], language, languages)]
    if page:
        dated = [rows[at] for at in free if any(roles.get(near) == "metadata" for near in range(at + 1, at + 4))]
        nearest = title.nearest([rows[at] for at in reversed(free)], dated, running)
        chosen = nearest.line if nearest else None
    else:
        chosen = title.choose([rows[at] for at in free], running, fewest)
    role = "title"
    if chosen is None:
        early = range(first + 1, min(6, len(rows) - 1))
        inside = [rows[at] for at in early if at not in roles and _may_be_promoted(rows[at], language)]
        chosen = title.choose([line for line in inside if not body.is_caption(line, language, languages)], running, 4)
        role = "promoted"
    if chosen is None:
        return None
    found = rows.index(chosen)
    for at in range(found + 1, first):
        if roles.get(at) == "page":
            del roles[at]  # a standfirst between the title and what parts it from the text
    roles[found] = role
    for at, line in enumerate(rows):
        if at != found and line.key == chosen.key:
            roles[at] = "repeated"
    return found


def _may_be_promoted(line: Line, language: Tag) -> bool:
    """Whether an early line inside the text may be its title: no sentence, no speech, no lead-in."""
    figure = re.search(r"[:：]\s*[\d€$£]", line.text)
    if (
        line.prose
        or line.ends
        or line.words > 18
        or line.text.endswith((":", "："))
        or line.text[:1].islower()
        or figure
    ):
        return False
    speaks = first_person(line.text, language) or split_attribution(line.text, language)
    return not speaks and not is_attribution(line.text, language)


def _date_beside(rows: list[Line], roles: Roles, language: Tag) -> dt.date | None:
    """The only date in the short lines round the title, where none of them is a date line; for a person to confirm."""
    first, _ = _bounds(rows, roles)
    labels = [rows[at] for at in range(min(first, len(rows))) if roles.get(at) in ("label", "section", "caption")]
    found = {day for line in labels if line.words <= 20 and (day := dated(line.narrow, language))}
    return found.pop() if len(found) == 1 else None


def _name_beside_date(rows: list[Line], roles: Roles) -> str:
    """A name on a line of its own beside the date line, or under the title, is the author's."""
    for at, role in sorted(roles.items()):
        for near in {"metadata": (at - 1, at + 1), "title": (at + 1,)}.get(role, ()):
            line = rows[near] if 0 <= near < len(rows) and near not in roles else None
            if line and line.words <= 3 and not line.ends and is_name(line.text):
                roles[near] = "author"
                return line.text
    return ""


def _biographies(rows: list[Line], roles: Roles, language: Tag, author: str) -> None:
    for at in reversed(_prose(rows, roles)[2:]):
        if not furniture.is_biography(rows[at], language, author):
            break
        roles[at] = "biography"


def _outside(rows: list[Line], roles: Roles, language: Tag, running: str, last: int) -> None:
    """Lines before the first and after the last running text."""
    first, _ = _bounds(rows, roles)
    head = next((at for at in range(min(first, len(rows))) if roles.get(at) in ("title", "promoted")), None)
    for at in range(min(first, len(rows))):
        if at in roles:
            continue
        if first == len(rows):
            roles[at] = "paragraph"  # no running text at all: what there is is the article
        elif head is None:
            roles[at] = "label" if rows[at].words <= 6 or furniture.is_path(rows[at]) else "paragraph"
        elif at < head:
            roles[at] = "section"
        else:
            roles[at] = "standfirst" if _says_something(rows[at], running) else "label"
    if head is not None and first < len(rows) and rows[first].words <= 40 and _is_standfirst(rows, first, roles):
        roles[first] = "standfirst"
    _tail(rows, roles, language, last)


def _says_something(line: Line, running: str) -> bool:
    """Whether a line under the title is more than a label: it shares words with the text, or quotes."""
    return (line.words >= 5 and title.choose([line], running) is not None) or (
        line.words >= 3 and not unmarked(line.text)
    )


_FURNISHING = frozenset({"button", "promotion", "notice", "boilerplate"})


def _tail(rows: list[Line], roles: Roles, language: Tag, last: int) -> None:
    """Lines after the last running text: furniture, unless they end a sentence, make a list or a table, or attribute."""
    behind = range(last + 1, len(rows))
    free = [at for at in behind if at not in roles]
    furnished = any(roles.get(at) in _FURNISHING for at in behind)
    figures = sum(bool(re.search(r"\d", rows[at].text)) for at in free)
    table = len(free) > 3 and not furnished and 10 * figures >= 6 * len(free)
    listed = rows[last].text.endswith((":", "：")) if last < len(rows) else False
    button = next((at for at in behind if roles.get(at) in _FURNISHING), len(rows))
    for place, at in enumerate(free):
        line = rows[at]
        beside = [rows[near] for near in (at - 1, at + 1) if last <= near < len(rows)]
        item = bullet(line, beside) is not None or numbered(line, beside) is not None
        if not title.same_script(script(line.text), script(rows[last].text)):
            roles[at] = "tail"
        elif at == last + 1 and is_attribution(line.text, language):
            roles[at] = "attribution"
        elif (line.ends and line.words >= 3 and at < button and place < 3) or table or (item and at < button) or listed:
            continue
        else:
            roles[at] = "tail"


def _is_standfirst(rows: list[Line], first: int, roles: Roles) -> bool:
    """One sentence under the title, set apart from a longer text below."""
    more = [at for at in range(first + 1, len(rows)) if at not in roles and rows[at].prose]
    set_apart = first + 1 in roles or (more and rows[more[0]].words >= 1.5 * rows[first].words)
    return bool(more) and bool(set_apart) and roles.get(first - 1) == "title"
