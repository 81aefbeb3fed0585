"""Scraped plain text to a draft: each line gets a role, and the roles decide what it becomes.

Order matters: a line that is surely furniture is set aside first, so that the first and the last line of running text
bound the article; what is left between them is the article's, what is left outside must prove it.
"""

import datetime as dt
import re
from collections.abc import Sequence
from itertools import accumulate

from pressfold.ingest import (
    authors,
    biography,
    body,
    bounds,
    confidence,
    furniture,
    notices,
    outside,
    promotions,
    title,
    titled,
)
from pressfold.ingest.body import OUT, Roles
from pressfold.ingest.dates import CLOCK, take_day
from pressfold.ingest.decode import clean
from pressfold.ingest.draft import Draft, LeftOut, Unreadable
from pressfold.ingest.identify import identify
from pressfold.ingest.lines import Line, lines
from pressfold.ingest.metadata import Meta, dated, metadata
from pressfold.ingest.permalink import Address, address, day_of
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
    running = "\n".join(rows[at].text for at in bounds.prose(rows, roles)) or "\n".join(line.text for line in rows)
    language, _ = identify(running, languages)
    stated = _metadata(rows, roles, language)
    found, sure = titled.claim(rows, roles, language, running, languages, page=place.page)
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
    words = sum(Line(0, part.text, gap=False).words for part in blocks)
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


def _furniture(rows: list[Line]) -> Roles:
    roles: Roles = {}
    last = max((at for at, line in enumerate(rows) if line.prose), default=0)
    for at, line in enumerate(rows):
        role = _line_furniture(line, last=at >= last)
        if role:
            roles[at] = role
    known, first = roles.copy(), bounds.ends(rows, roles)[0]
    for at in [at for at in known if promotions.is_label(rows[at]) and (at > first or known[at] == "promotion")]:
        led = promotions.led(rows, at, known)
        roles.update(dict.fromkeys(led if at > first else led[:1], "promotion"))  # above the text may stand its title
    prose = bounds.prose(rows, roles)
    for at in range(prose[0] + 1 if prose else len(rows), len(rows)):
        if at not in roles and len(rows[at].text) <= LONGEST and promotions.is_invitation(rows[at]):
            roles[at] = "promotion"
    for ends, beyond in (
        (prose, 1),
        (prose[::-1], 2),
    ):  # paragraphs that may stand at an end, beyond a notice of the site
        for place, at in enumerate(ends):
            if notices.is_notice(rows[at]) and len(prose) > 2:
                roles[at] = "notice"
            elif place >= beyond:
                break
    for at, line in enumerate(rows):
        if at not in roles and not line.prose and notices.is_notice(line):
            roles[at] = "notice"
    _letter_head(rows, roles)
    _about_the_firm(rows, roles)
    return roles


def _address(rows: list[Line]) -> Address | None:
    """The article's own address, where it stands on the first or the last lines, and no other address does."""
    ends = rows[:_ENDS] + rows[max(_ENDS, len(rows) - _ENDS) :]
    found = {one.url: one for line in ends if (one := address(line.text))}
    return next(iter(found.values())) if len(found) == 1 else None


_ENDS = 3  # lines at either end where a text tells its address


def _letter_head(rows: list[Line], roles: Roles) -> None:
    """The head of a forwarded mail: at least two of its lines near the top."""
    heads = [at for at, line in enumerate(rows[:12]) if notices.is_mail_header(line)]
    if len(heads) >= 2:
        roles.update(dict.fromkeys(heads, "metadata"))


def _about_the_firm(rows: list[Line], roles: Roles) -> None:
    """What a press release says of the firm that sends it, or whom to ask: from its heading in the last third on."""
    running = list(accumulate((line.words if line.prose else 0 for line in rows), initial=0))
    for at in range(len(rows) // 2, len(rows)):
        about = at + 1 < len(rows) and notices.is_about_heading(rows[at]) and rows[at + 1].prose
        asked = notices.is_contact_heading(rows[at]) and 3 * running[at] >= 2 * running[-1]
        if (about and at >= 2 * len(rows) // 3) or asked:
            roles.update({behind: roles.get(behind, "boilerplate") for behind in range(at, len(rows))})
            return


def _line_furniture(line: Line, *, last: bool) -> str:
    """What a line is by itself, wherever it stands; empty when it may be the article's."""
    return "" if len(line.text) > LONGEST else furniture.role(line, last=last)


def _metadata(rows: list[Line], roles: Roles, language: Tag) -> dict[int, Meta]:
    """What each line of metadata says, by its place."""
    prose = bounds.prose(rows, roles)
    second, third = (prose[place] if len(prose) > place else len(rows) for place in (1, 2))
    last = prose[-1] if prose else len(rows)
    found: dict[int, Meta] = {}
    for at, line in enumerate(rows):
        if at in roles or line.prose or third < at < last:
            continue
        meta = metadata(line, language)
        if meta and (at <= second or at >= last or " " in meta.author or (meta.date and CLOCK.search(line.text))):
            roles[at] = "author" if meta == Meta() else "metadata"  # a desk proves no name beside it
            found[at] = meta
    return found


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
    for at in reversed(bounds.prose(rows, roles)[2:]):
        if not (biography.is_biography(rows[at], language, author) or biography.is_signoff(rows[at])):
            break
        roles[at] = "biography"
    last = bounds.ends(rows, roles)[1]
    for at in range(last + 1, len(rows)):
        if at not in roles and biography.is_signoff(rows[at]):
            roles[at] = "biography"
