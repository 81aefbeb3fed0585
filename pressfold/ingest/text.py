"""Scraped plain text to a draft: each line gets a role, and the roles decide what it becomes.

Order matters: a line that is surely furniture is set aside first, so that the first and the last line of running text
bound the article; what is left between them is the article's, what is left outside must prove it.
"""

import datetime as dt
import re
from collections.abc import Sequence

from pressfold.ingest import (
    appeals,
    aside,
    authors,
    biography,
    body,
    bounds,
    confidence,
    outside,
    title,
    titled,
)
from pressfold.ingest.body import OUT, Roles
from pressfold.ingest.dates import CLOCK, find_day, take_day
from pressfold.ingest.decode import clean
from pressfold.ingest.draft import Draft, LeftOut, Unreadable
from pressfold.ingest.identify import identify
from pressfold.ingest.lexicon import every
from pressfold.ingest.lines import Line, lines, size
from pressfold.ingest.metadata import Meta, dated, metadata
from pressfold.ingest.people import is_name
from pressfold.ingest.permalink import Address, address, day_of
from pressfold.language import Tag

SHORTEST = 8  # words, below which a text is no article


def extract(text: str, languages: Sequence[Tag]) -> Draft:
    """A draft of a plain text. Raises Unreadable where there is no article in it."""
    rows = lines(clean(text))
    if not rows:
        raise Unreadable("no text in it")
    roles = aside.set_aside(rows)
    place = bounds.trim(rows, roles)
    aside.set_aside_within(rows, roles, place.first)
    running = "\n".join(rows[at].text for at in bounds.prose(rows, roles)) or "\n".join(line.text for line in rows)
    language, _ = identify(running, languages)
    stated = _metadata(rows, roles, language)
    found, sure = titled.claim(rows, roles, language, running, languages, page=place.page)
    appeals.set_aside(rows, roles, language)
    head = found or 0  # what stands above the title is the page's before it is the article's
    meta = [stated[at] for at in sorted(stated, key=lambda at: (at < head, at))]
    stated_author = authors.stated(rows, roles, meta)
    sent = _dateline(rows, roles, language)
    author = stated_author or authors.beside(rows, roles)
    last = bounds.ends(rows, roles)[1]
    _biographies(rows, roles, language, author)
    outside.settle(rows, roles, language, running, last, page=place.page)
    body.settle(rows, roles, language, languages)
    blocks = body.blocks(rows, roles, language)
    words = sum(size(part.text) for part in blocks)
    if words < SHORTEST:
        raise Unreadable(f"no article in it (fewer than {SHORTEST} words of running text)")
    source = _address(rows)
    date, date_from = _date(meta, source, sent)
    if not date:
        date = _date_beside(rows, roles, language)
        date_from = "beside" if date else ""
    standfirst = next((rows[at].text for at in sorted(roles) if roles[at] == "standfirst"), "")
    return Draft(
        blocks=blocks,
        title=title.bare(rows[found].text) if found is not None else "",
        title_from="" if found is None else "heading" if roles.get(found) == "promoted" else "line",
        title_sure=sure,
        body_sure=confidence.body(words, sum(rows[at].words for at in roles if roles[at] in OUT and rows[at].prose)),
        standfirst=standfirst,
        author=author,
        author_from="" if stated_author or not author else "beside",
        date=date,
        date_from=date_from,
        source_url=source.url if source else "",
        source_sure=0.95 if source and source.labelled else 0.6,
        left_out=tuple(
            LeftOut(rows[at].number, role, rows[at].text) for at, role in sorted(roles.items()) if role in OUT
        ),
    )


def _address(rows: list[Line]) -> Address | None:
    """The article's own address, where it stands on the first or the last lines, and no other address does."""
    ends = rows[:_ENDS] + rows[max(_ENDS, len(rows) - _ENDS) :]
    found = {one.url: one for line in ends if (one := address(line.text))}
    return next(iter(found.values())) if len(found) == 1 else None


_ENDS = 3  # lines at either end where a text tells its address


def _metadata(rows: list[Line], roles: Roles, language: Tag) -> dict[int, Meta]:
    """What each line of metadata says, by its place."""
    prose = [at for at in bounds.prose(rows, roles) if not title.is_title(rows[at])]
    second, third = (prose[place] if len(prose) > place else len(rows) for place in (1, 2))
    last = prose[-1] if prose else len(rows)
    found: dict[int, Meta] = {}
    for at, line in enumerate(rows):
        dated = roles.get(at) in _MAY_DATE and find_day(line.text, language)
        dates = line.prose and line.words <= _DATES and find_day(line.text, language)
        if (at in roles and not dated) or (line.prose and not dates) or third < at < last:
            continue
        meta = metadata(line, language) or _named_below(rows, at)
        if meta and (at <= second or at >= last or " " in meta.author or (meta.date and CLOCK.search(line.text))):
            roles[at] = "author" if meta == Meta() else "metadata"  # a desk proves no name beside it
            found[at] = meta
    return found


def _named_below(rows: list[Line], at: int) -> Meta | None:
    """The byline of a line that says no more than "By", over a name."""
    short = len(rows[at].text) <= _BY and rows[at].key in every("byline")  # no role, as "Reporter" is
    below = rows[at + 1].text if short and at + 1 < len(rows) else ""
    return Meta(author=below) if is_name(below) else None


_BY = 4  # letters of By, Von, Text
_DATES = 14  # words of a sentence that says no more than when: Published on 3 March 2026 at 10:12.
_MAY_DATE = ("button", "metadata")  # beside a reading time, in the head of a mail


def _dateline(rows: list[Line], roles: Roles, language: Tag) -> dt.date | None:
    """When an agency sent its report, as the head of the first paragraph says: PARIS, 23 May 2025 (AFP) - ..."""
    first = bounds.ends(rows, roles)[0]
    head = _SENT.match(rows[first].narrow) if first < len(rows) else None
    taken = take_day(head[1] or head[2], language) if head else None
    words = taken[1].split() if taken else []
    small = any(word[:1].islower() and len(word) > 3 for word in words)  # Leeds and York
    return taken[0] if taken and len(words) <= _PLACE and not small else None


_SENT = re.compile(r"(.{8,60}?)\s[–—-]\s|\(([^()]{8,40})[电電讯訊]\)")
_PLACE = 6  # words of places and an agency


def _date(meta: list[Meta], source: Address | None, sent: dt.date | None) -> tuple[dt.date | None, str]:
    """(when it was published, where that is from), the surest first; the day of a change only where nothing else is said."""
    dated = [m for m in meta if m.date]
    stated = next((m.date for m in dated if m.labelled), dated[0].date if dated else None)
    changed = next((m.changed for m in meta if m.changed), None)
    named = day_of(source.url) if source else None
    found = ((stated, "text"), (named, "address"), (sent, "text"), (changed, "updated"))
    return next(((day, basis) for day, basis in found if day), (None, ""))


def _date_beside(rows: list[Line], roles: Roles, language: Tag) -> dt.date | None:
    """The only date in the short lines round the title, where none of them is a date line; for a person to confirm."""
    first, _ = bounds.ends(rows, roles)
    labels = [rows[at] for at in range(min(first, len(rows))) if roles.get(at) in ("label", "section", "caption")]
    found = {day for line in labels if line.words <= 20 and (day := dated(line.narrow, language))}
    return found.pop() if len(found) == 1 else None


def _biographies(rows: list[Line], roles: Roles, language: Tag, author: str) -> None:
    prose = bounds.prose(rows, roles)
    for at in reversed(prose[2:]):
        if not (biography.is_biography(rows[at], language, author) or biography.is_signoff(rows[at])):
            break
        roles[at] = "biography"
    card = biography.card(rows, prose, author)
    last = bounds.ends(rows, roles)[1]
    for at in range(min(card, last + 1), len(rows)):
        if at not in roles and (at >= card or biography.is_signoff(rows[at])):
            roles[at] = "biography"
