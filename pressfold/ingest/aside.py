"""Lines of a text that are set aside first: furniture by themselves (`furniture`), or by what stands round them."""

import re
from collections import Counter
from itertools import accumulate
from statistics import median

from pressfold.ingest import bounds, furniture, notices, promotions
from pressfold.ingest.bounds import Roles
from pressfold.ingest.dates import CLOCK
from pressfold.ingest.lines import Line
from pressfold.ingest.scripts import capitalised

LONGEST = 800  # characters, above which a line is running text and no rule for furniture is asked


def set_aside(rows: list[Line]) -> Roles:
    """The role of each line that is surely furniture, by its place."""
    last = max((at for at, line in enumerate(rows) if line.prose), default=0)
    alone = ((at, _line_furniture(line, last=at >= last)) for at, line in enumerate(rows))
    roles = {at: role for at, role in alone if role}
    _notices(rows, roles)
    first = bounds.ends(rows, roles)[0]
    _led(rows, roles, first)
    _invitations(rows, roles)
    _again(rows, roles, first)
    _contents(rows, roles)
    _letter_head(rows, roles)
    _about_the_firm(rows, roles)
    return roles


def _contents(rows: list[Line], roles: Roles) -> None:
    """A table of contents: short lines in a row that stand again, in order, over what they announce."""
    last = {line.key: at for at, line in enumerate(rows)}
    run: list[int] = []
    for at in range(len(rows) + 1):
        again = last[rows[at].key] if at < len(rows) and at not in roles and rows[at].words <= _HEADING else -1
        if again > at and (not run or again > last[rows[run[-1]].key] + 1):
            run.append(at)
            continue
        if len(run) >= _OFTEN:
            roles.update(dict.fromkeys(run, "repeated"))
        run = []


_HEADING = 12  # words of one


def set_aside_within(rows: list[Line], roles: Roles, first: int) -> None:
    """Give a role to the lines inside the text, from its `first` on, that are a picture's or stand there twice."""
    _captions(rows, roles, first)
    _copies(rows, roles, first)


def _captions(rows: list[Line], roles: Roles, first: int) -> None:
    """What a picture inside the text shows: a sentence much shorter than paragraphs, over nothing but whose picture it is."""
    prose = bounds.prose(rows, roles)
    usual = median([rows[at].words for at in prose] or [0])
    for at in range(first + 1, prose[-1] if prose else 0):
        line, below = rows[at], rows[at + 1]
        credited = below.words <= _CREDIT and (roles.get(at + 1) == "caption" or below.text.startswith(("©", "ⓒ")))
        row = len(line.cells) > 1 or " | " in line.text
        shows = _CAPTION <= line.words <= min(_LONG, _SHORT * usual) and not (line.asks or line.marked or row)
        if credited and shows and at not in roles and not (_PARTED.search(line.text) or CLOCK.search(line.text)):
            roles[at] = "caption"


def _copies(rows: list[Line], roles: Roles, first: int) -> None:
    """A sentence that a page says twice; one that a picture shows is its caption in both places."""
    said: dict[str, int] = {}
    for at in range(first, len(rows)):
        earlier = said.setdefault(rows[at].key, at)
        if earlier < at and rows[at].ends and rows[at].words >= _COPIED:
            roles.setdefault(at, "repeated")
            if roles[at] == "caption":
                roles.setdefault(earlier, "caption")  # what a picture is said to show, for those who do not see it


_COPIED = 8  # words of a sentence that stands twice
_CREDIT = 8  # words of an agency and its photographer
_CAPTION, _LONG = 5, 30  # words of a caption; fewer may be a heading
_SHORT = 0.6  # of the words of the paragraph in the middle
_PARTED = re.compile(r"[.!?]\s")  # where a second sentence begins


def _line_furniture(line: Line, *, last: bool) -> str:
    """What a line is by itself, wherever it stands; empty when it may be the article's."""
    return "" if len(line.text) > LONGEST else furniture.role(line, last=last)


def _led(rows: list[Line], roles: Roles, first: int) -> None:
    """What the label of a promotion leads to; above the text its title may stand there."""
    known = roles.copy()
    for at in [at for at in known if promotions.is_label(rows[at]) and (at > first or known[at] == "promotion")]:
        led = promotions.led(rows, at, known)
        roles.update(dict.fromkeys(led if at > first else led[:1], "promotion"))


def _invitations(rows: list[Line], roles: Roles) -> None:
    """What asks a reader, behind the first paragraph, to subscribe, follow or read on."""
    for at in range(bounds.ends(rows, roles)[0] + 1, len(rows)):
        if at not in roles and len(rows[at].text) <= LONGEST and promotions.is_invitation(rows[at]):
            roles[at] = "promotion"


def _notices(rows: list[Line], roles: Roles) -> None:
    """What a site says of itself: any short line or sentence, and a paragraph at either end, also beyond one that is none."""
    for at, line in enumerate(rows):
        if at not in roles and (notices.is_between(line) if line.prose else notices.is_notice(line)):
            roles[at] = "notice"
    prose = bounds.prose(rows, roles)
    for ends, beyond in ((prose, 1), (prose[::-1], 2)):
        for place, at in enumerate(ends):
            if notices.is_notice(rows[at]) and len(prose) > 2:
                roles[at] = "notice"
            elif place >= beyond:
                break


def _again(rows: list[Line], roles: Roles, first: int) -> None:
    """What a page says again and again between paragraphs; a name says who speaks."""
    often = Counter(line.key for line in rows)
    for at in range(first, len(rows)):
        line = rows[at]
        says = line.prose or line.ends or line.marked or line.text.endswith((":", "："))
        if often[line.key] >= _OFTEN and not says and capitalised(line.text) < _NAME:
            roles.setdefault(at, "repeated")


_OFTEN = 3  # times from which no heading is said
_NAME = 0.7  # of the words have a capital in a name


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
