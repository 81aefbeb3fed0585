"""The lines of the article itself: paragraphs, headings, list items, quotations and who said them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pressfold.ingest import buttons, title
from pressfold.ingest.dates import YEAR_OR_CLOCK
from pressfold.ingest.identify import identify
from pressfold.ingest.lines import Line, bullet, numbered
from pressfold.ingest.quotes import (
    dialogue,
    ends_attributed,
    first_person,
    greets,
    is_attribution,
    split_attribution,
    unmarked,
)
from pressfold.ingest.scripts import script
from pressfold.language import Tag
from pressfold.markup import Block, Kind, block

Roles = dict[int, str]  # what each line was taken for, by its place
OUT = frozenset(
    "button section status caption promotion biography metadata repeated label notice tail author boilerplate page".split()
)


def is_caption(line: Line, language: Tag, languages: Sequence[Tag]) -> bool:
    """Whether a line is a name in another language than the article: a picture's caption."""
    if script(line.text) != "LATIN" or not title.is_name(line):
        return False
    other, probability = identify(line.text, languages)
    return other != language and probability > 0.6


def settle(rows: list[Line], roles: Roles, language: Tag, languages: Sequence[Tag]) -> None:
    """Give every line that is left its role: what nothing else claimed is the article's."""
    open_ = [at for at in range(len(rows)) if at not in roles]
    for place, at in enumerate(open_):
        line = rows[at]
        before = rows[open_[place - 1]] if place else None
        after = rows[open_[place + 1]] if place + 1 < len(open_) else None
        roles[at] = _body_role(line, before, after, language, languages)
    _quotations(rows, roles, language)
    _headings(rows, roles)


def _body_role(line: Line, before: Line | None, after: Line | None, language: Tag, languages: Sequence[Tag]) -> str:
    beside = [other for other in (before, after) if other]
    if bullet(line, beside) is not None:
        return "item"
    if numbered(line, beside) is not None:
        return "numbered"
    if (
        line.words <= 12
        and line.asks
        and unmarked(line.text)
        and after
        and (after.prose or bullet(after, [line, after]))
    ):
        return "heading"
    if line.words <= 2 and buttons.is_section(line):
        return "label"
    if line.prose or line.ends or line.text.endswith((":", "：", ",")) or split_attribution(line.text, language):
        return "paragraph"
    if (
        len(line.cells) >= 3
        or " | " in line.text
        or re.search(r"https?://|\w\.\s?/\w{2,5}(/\w{2,5})*$|\*\*", line.text)
    ):
        return "paragraph"  # an address, an agency's sign-off behind a full stop
    if before and is_attribution(line.text, language):
        return "attribution"
    if is_caption(line, language, languages):
        return "caption"
    return "heading" if line.words <= 18 else "paragraph"


def _headings(rows: list[Line], roles: Roles) -> None:
    """Of short lines in a row the last may be a heading, of what follows; the last of all is none.

    Two or three are no list and no table: what stands over the last is the page's, but the head of a live report or of
    an interview's part.
    """
    kept = [at for at in sorted(roles) if roles[at] not in OUT]
    run: list[int] = []
    for at, after in pairwise([*kept, len(rows)]):
        if roles[at] != "heading":
            continue
        run.append(at)
        if roles.get(after) == "heading":
            continue
        led = run[0] and rows[run[0] - 1].text.endswith((":", "："))
        over_text = after == at + 1 < len(rows) and rows[after].prose
        few = 1 < len(run) <= _FEW and over_text and not rows[at].ends and not led
        for over, under in pairwise(run):
            stray = few and under == over + 1 and not YEAR_OR_CLOCK.search(rows[over].text)
            roles[over] = "label" if stray else "paragraph"
        if after == len(rows):
            roles[at] = "paragraph"
        run = []


_FEW = 3  # short lines in a row from which they are a list


def _quotations(rows: list[Line], roles: Roles, language: Tag) -> None:
    texts = [at for at in sorted(roles) if roles[at] in ("paragraph", "standfirst")]
    said = {at: first_person(rows[at].text, language) if unmarked(rows[at].text) else 0 for at in texts}
    speaking = sum(count > 0 for count in said.values())
    lede = next((at for at in texts if rows[at].prose and roles[at] == "paragraph"), None)
    opinion = speaking > 0.5 * len(texts) or any(said[at] and greets(rows[at].text) for at in texts)
    quotes = {
        at for at in texts if at != lede and roles[at] == "paragraph" and split_attribution(rows[at].text, language)
    }
    quotes = {at for at in quotes if unmarked(rows[at].text)}
    if not opinion:
        free = [at for at in texts if at != lede and roles[at] == "paragraph" and rows[at].prose]
        whole = {at for at in free if said[at] >= 2 and not dialogue(rows[at].text)}
        quotes |= whole | {at for at in free if said[at] and ends_attributed(rows[at].text, language)}
        order = [at for at in sorted(roles) if roles[at] not in OUT]
        for near, here in (*pairwise(order), *pairwise(reversed(order))):
            # Going on with a quotation takes one word in the first person; standing before one proves less.
            follows, attributed = near in quotes and near < here, roles.get(near) == "attribution" and near > here
            speaks = said.get(here) and not dialogue(rows[here].text)
            if (follows or attributed) and speaks and here != lede and roles[here] == "paragraph":
                quotes.add(here)
    for at in quotes:
        roles[at] = "quote"
    order = [at for at in sorted(roles) if roles[at] not in OUT]
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
_MARKER = re.compile(
    r"^(?:[•◦▪‣●○■□✓✔➤►・]\s*|[-–—*·]\s+|\(?\d{1,2}(?:[.)]\s+|[、．)]\s*)|[①-⑳]\s*|[一二三四五六七八九]、\s*)"
)


def blocks(rows: list[Line], roles: Roles, language: Tag) -> tuple[Block, ...]:
    """The body's blocks; an attribution that ends a quotation is set apart from it."""
    found: list[Block] = []
    for at in sorted(roles):
        kind = _KINDS.get(roles[at])
        words = rows[at].text
        if kind is None:
            continue
        words = words.lstrip("–—―- ") if kind == "quote" else words
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
