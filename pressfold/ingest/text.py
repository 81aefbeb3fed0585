"""Scraped plain text to a draft: each line gets a role, and the roles decide what it becomes.

Order matters: a line that is surely furniture is set aside first, so that the first and the last line of running text
bound the article; what is left between them is the article's, what is left outside must prove it.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from pressfold.ingest import furniture, title
from pressfold.ingest.decode import normalise
from pressfold.ingest.draft import Draft, LeftOut, Unreadable
from pressfold.ingest.identify import identify
from pressfold.ingest.lines import Line, bullet, lines, numbered, script
from pressfold.ingest.quotes import first_person, is_attribution, split_attribution, unmarked
from pressfold.language import Tag
from pressfold.markup import Block, Kind, block

SHORTEST = 8  # words, below which a text is no article

Roles = dict[int, str]


def extract(text: str, languages: Sequence[Tag]) -> Draft:
    """A draft of a plain text. Raises Unreadable where there is no article in it."""
    rows = lines(normalise(text))
    if not rows:
        raise Unreadable("no text in it")
    running = "\n".join(line.text for line in rows if line.prose) or "\n".join(line.text for line in rows)
    language, _ = identify(running, languages)
    roles = _furniture(rows, language)
    meta = _metadata(rows, roles, language)
    found = _title(rows, roles, language, running, languages)
    _outside(rows, roles, language)
    _inside(rows, roles, language, languages)
    blocks = _blocks(rows, roles, language)
    if sum(Line(0, part.text, False).words for part in blocks) < SHORTEST:
        raise Unreadable(f"no article in it (fewer than {SHORTEST} words of running text)")
    dated = next((m for m in meta if m.date and m.labelled), None) or next((m for m in meta if m.date), None)
    standfirst = next((rows[at].text for at in sorted(roles) if roles[at] == "standfirst"), "")
    return Draft(
        blocks=blocks,
        title=title.bare(rows[found].text) if found is not None else "",
        title_from="" if found is None else "heading" if roles.get(found) == "promoted" else "line",
        standfirst=standfirst,
        author=next((m.author for m in meta if m.author), ""),
        date=dated.date if dated else None,
        date_from="text" if dated else "",
        left_out=tuple(
            LeftOut(rows[at].number, role, rows[at].text) for at, role in sorted(roles.items()) if role in _OUT
        ),
    )


_OUT = frozenset("button section status caption promotion biography metadata repeated label notice tail".split())


def _furniture(rows: list[Line], language: Tag) -> Roles:
    roles: Roles = {}
    last = max((at for at, line in enumerate(rows) if line.prose), default=0)
    for at, line in enumerate(rows):
        role = _line_furniture(line, last=at >= last)
        led = (
            roles.get(at - 1) == "promotion" and rows[at - 1].text.endswith(":") and not line.ends and line.words <= 20
        )
        if role or led:
            roles[at] = role or "promotion"  # what the label above leads to
    prose = _prose(rows, roles)
    for at in range(prose[0] + 1 if prose else len(rows), len(rows)):
        if at not in roles and furniture.is_invitation(rows[at]):
            roles[at] = "promotion"
    prose = _prose(rows, roles)
    for at in reversed(prose[2:]):
        if not furniture.is_biography(rows[at], language):
            break
        roles[at] = "biography"
    for at in (*prose[:2], *prose[-2:]):
        if len(prose) > 3 and rows[at].words <= 60 and re.search(r"\bcookies?\b", rows[at].text, re.IGNORECASE):
            roles[at] = "notice"
    return roles


def _line_furniture(line: Line, *, last: bool) -> str:
    """What a line is by itself, wherever it stands; empty when it may be the article's."""
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


def _metadata(rows: list[Line], roles: Roles, language: Tag) -> list[furniture.Meta]:
    first, last = _bounds(rows, roles)
    found: list[furniture.Meta] = []
    for at, line in enumerate(rows):
        if at in roles or line.prose or first + 2 < at < last:
            continue
        meta = furniture.metadata(line, language)
        if meta:
            roles[at] = "metadata"
            found.append(meta)
    return found


def _title(rows: list[Line], roles: Roles, language: Tag, body: str, languages: Sequence[Tag]) -> int | None:
    """The index of the title; its role becomes `title`, or `promoted` for a heading inside the text."""
    prose = _prose(rows, roles)
    first = next((at for at in prose if not title.is_title(rows[at])), prose[0] if prose else len(rows))
    before = [at for at in range(first) if at not in roles and title.is_title(rows[at])]
    for at in before:
        if furniture.is_section(rows[at]):
            roles[at] = "section"
    free = [
        at
        for at in before
        if at not in roles and not (title.is_name(rows[at]) and _foreign(rows[at], language, languages))
    ]
    chosen = title.choose([rows[at] for at in free], body)
    role = "title"
    if chosen is None:
        early = [
            at
            for at in range(first + 1, min(6, len(rows)))
            if at not in roles and not rows[at].prose and not rows[at].ends
        ]
        inside = [
            at
            for at in early
            if rows[at].words >= 4 and not rows[at].text.endswith(":") and not rows[at].text[:1].islower()
        ]
        inside = [at for at in inside if not (title.is_name(rows[at]) and _foreign(rows[at], language, languages))]
        chosen = title.choose([rows[at] for at in inside if at < len(rows) - 1], body)
        role = "promoted"
    if chosen is None:
        return None
    found = rows.index(chosen)
    roles[found] = role
    for at, line in enumerate(rows):
        if at != found and line.key == chosen.key:
            roles[at] = "repeated"
    return found


def _foreign(line: Line, language: Tag, languages: Sequence[Tag]) -> bool:
    """Whether a line is surely in another language than the article."""
    if script(line.text) != "LATIN":
        return False
    other, probability = identify(line.text, languages)
    return other != language and probability > 0.6


def _outside(rows: list[Line], roles: Roles, language: Tag) -> None:
    """Lines before the first and after the last running text."""
    first, last = _bounds(rows, roles)
    heads = [at for at in range(min(first, len(rows))) if roles.get(at) in ("title", "promoted")]
    for at in range(min(first, len(rows))):
        if at in roles:
            continue
        line = rows[at]
        if furniture.is_section(line) or line.words <= 4:
            roles[at] = "section" if not heads or at < heads[0] else "label"
        elif first == len(rows):
            roles[at] = "paragraph"  # no running text at all: what there is is the article
        else:
            roles[at] = "standfirst" if heads and at > heads[0] else "paragraph"
    if heads and first < len(rows) and rows[first].words <= 40 and _is_standfirst(rows, first, roles):
        roles[first] = "standfirst"
    tail = [at for at in range(last + 1, len(rows)) if at not in roles]
    furnished = False
    for at in range(last + 1, len(rows)):
        line = rows[at]
        furnished = furnished or roles.get(at) in ("button", "promotion")
        if at in roles:
            continue
        if at == last + 1 and is_attribution(line.text, language):
            roles[at] = "attribution"
        elif line.ends and not furnished and line.words >= 3 and script(line.text) == script(rows[last].text):
            roles[at] = "paragraph"
        elif len(tail) <= 3 or furnished or script(line.text) != script(rows[last].text):
            roles[at] = "tail"


def _is_standfirst(rows: list[Line], first: int, roles: Roles) -> bool:
    """One sentence under the title, set apart from a longer text below."""
    more = [at for at in range(first + 1, len(rows)) if at not in roles and rows[at].prose]
    set_apart = first + 1 in roles or (more and rows[more[0]].words >= 1.5 * rows[first].words)
    return bool(more) and bool(set_apart) and roles.get(first - 1) == "title"


def _inside(rows: list[Line], roles: Roles, language: Tag, languages: Sequence[Tag]) -> None:
    """Lines of the article itself: paragraphs, quotations and who said them, headings, list items."""
    open_ = [at for at in range(len(rows)) if at not in roles]
    for place, at in enumerate(open_):
        line = rows[at]
        beside = [rows[open_[n]] for n in (place - 1, place + 1) if 0 <= n < len(open_)]
        if bullet(line, beside) is not None:
            roles[at] = "item"
        elif numbered(line, beside) is not None:
            roles[at] = "numbered"
        elif (
            place
            and line.words <= 12
            and line.text[-1:] in "?？؟"
            and unmarked(line.text)
            and rows[at + 1 : at + 2]
            and rows[at + 1].prose
        ):
            roles[at] = "heading"
        elif line.prose or line.ends or line.text.endswith((":", ",")):
            roles[at] = "paragraph"
        elif place and is_attribution(line.text, language):
            roles[at] = "attribution"
        elif title.is_name(line) and _foreign(line, language, languages):
            roles[at] = "caption"
        elif furniture.is_section(line) and line.words <= 2:
            roles[at] = "label"
        else:
            roles[at] = "heading" if line.words <= 18 else "paragraph"
    _quotations(rows, roles, language)
    kept = [at for at in sorted(roles) if roles[at] not in _OUT]
    for at, after in zip(kept, [*kept[1:], None], strict=True):
        if roles[at] == "heading" and (after is None or (roles[after] == "heading" and rows[after].words <= 3)):
            roles[at] = "paragraph" if rows[at].words > 3 else "label"


def _quotations(rows: list[Line], roles: Roles, language: Tag) -> None:
    texts = [at for at in sorted(roles) if roles[at] in ("paragraph", "standfirst")]
    said = {at: first_person(rows[at].text, language) if unmarked(rows[at].text) else 0 for at in texts}
    speaking = sum(count > 0 for count in said.values())
    lede = next((at for at in texts if rows[at].prose and roles[at] == "paragraph"), None)
    opinion = speaking > 0.5 * len(texts)
    quotes = {
        at for at in texts if at != lede and roles[at] == "paragraph" and split_attribution(rows[at].text, language)
    }
    quotes = {at for at in quotes if unmarked(rows[at].text)}
    if not opinion:
        quotes |= {at for at in texts if said[at] >= 2 and at != lede and roles[at] == "paragraph" and rows[at].prose}
        order = [at for at in sorted(roles) if roles[at] not in _OUT]
        for neighbours in (pairwise(order), pairwise(reversed(order))):
            for at, beside in neighbours:
                near, here = (at, beside)
                touching = near in quotes or (roles.get(near) == "attribution" and near > here)
                if (
                    touching
                    and said.get(here, 0) >= 1
                    and here != lede
                    and roles[here] == "paragraph"
                    and rows[here].prose
                ):
                    quotes.add(here)
    for at in quotes:
        roles[at] = "quote"
    order = [at for at in sorted(roles) if roles[at] not in _OUT]
    for before, at in pairwise(order):
        if roles[at] == "attribution" and roles[before] not in ("quote", "attribution"):
            roles[at] = "paragraph"


_KINDS: dict[str, Kind] = {
    "paragraph": "paragraph",
    "standfirst": "paragraph",
    "heading": "heading",
    "quote": "quote",
    "attribution": "attribution",
    "item": "item",
    "numbered": "numbered",
}
_MARKER = re.compile(r"^(?:[•◦▪‣●○■□·*-]|\d{1,2}[.)])\s+")


def _blocks(rows: list[Line], roles: Roles, language: Tag) -> tuple[Block, ...]:
    found: list[Block] = []
    for at in sorted(roles):
        kind = _KINDS.get(roles[at])
        words = rows[at].text
        if kind is None:
            continue
        parts = split_attribution(words, language) if kind == "quote" else None
        if parts:
            found += [block("quote", parts[0]), block("attribution", parts[1])]
        elif kind in ("item", "numbered"):
            found.append(block(kind, _MARKER.sub("", words)))
        elif kind == "attribution":
            found.append(block(kind, words.lstrip("–—- ")))
        else:
            found.append(block(kind, words))
    return tuple(found)
