"""Lines before the first and after the last running text: standfirst, attribution, list; else what the page says."""

import re
from itertools import accumulate

from pressfold.ingest import bounds, buttons, title
from pressfold.ingest.body import Roles
from pressfold.ingest.dates import CLOCK, find_day
from pressfold.ingest.lines import Line, bullet, has_quotes, numbered
from pressfold.ingest.quotes import is_attribution, unmarked
from pressfold.ingest.scripts import capitalised, script
from pressfold.language import Tag


def settle(rows: list[Line], roles: Roles, language: Tag, running: str, last: int, *, page: bool) -> None:
    """Lines before the first and after the last running text."""
    first, _ = bounds.ends(rows, roles)
    head = next((at for at in range(min(first, len(rows))) if roles.get(at) in ("title", "promoted")), None)
    under = head + 1 if head is not None else first
    points = _points(rows, roles, range(under, min(first, len(rows))), language)
    if under < first < len(rows) and rows[first - 1].text.endswith((":", "：")):
        points.add(first - 1)  # what leads in the text, or its list
    for at in range(min(first, len(rows))):
        if at in roles:
            continue
        if first == len(rows):
            roles[at] = "paragraph"  # no running text at all: what there is is the article
        elif head is None:
            roles[at] = "label" if page or rows[at].words <= 6 or buttons.is_path(rows[at]) else "paragraph"
        elif at < head:
            roles[at] = "section"
        elif at in points:
            roles[at] = "paragraph"
        elif bullet(rows[at], rows[max(head + 1, at - 1) : at + 2 : 2]) is not None:
            continue  # what a press release says in short
        elif _shows(rows, roles, range(under, first), at):
            roles[at] = "caption"
        elif roles.get(at + 1) in _SAID_OF_IT and _is_called(rows[at]) and not _is_called(rows[head]):
            roles[at] = "label"  # a name and its place
        else:
            near = not page or at <= head + 3
            roles[at] = _under_title(rows[at], running, language, right=at == under, over=at == first - 1, near=near)
    if head is not None and first < len(rows) and rows[first].words <= 40 and _is_standfirst(rows, first, roles):
        roles[first] = "standfirst"
    _under_standfirst(rows, roles, first)
    _tail(rows, roles, language, last, page=page)


def _under_standfirst(rows: list[Line], roles: Roles, first: int) -> None:
    """Short lines between standfirst and text, over who wrote it and when, or a button: the page's."""
    second = next((at for at in range(first + 1, len(rows)) if rows[at].prose and at not in roles), first)
    zone = range(first + 1, second)
    if any(roles.get(at) in _SAID_OF_IT for at in zone):
        over = max(at for at in zone if roles.get(at) in _SAID_OF_IT or roles.get(at) == "button")
        for at in range(first + 1, over):
            if rows[at].words <= _BRIEF and not rows[at].ends and not rows[at].text.endswith((":", "：")):
                roles.setdefault(at, "label")
        for at in zone:
            if at not in roles and _shows(rows, roles, zone, at):
                roles[at] = "caption"


def _shows(rows: list[Line], roles: Roles, zone: range, at: int) -> bool:
    """Whether a line between title and text says what a picture shows: beside a credit, or without an end below the date.

    A standfirst stands above date, byline and buttons; points stand in a row;
    what stands right over the text, or under a time of day, may be its heading.
    """
    line = rows[at]
    if line.ends or (at > zone.start and _beside_credit(rows, roles, at)):
        return not line.ends
    said = any(roles.get(above) in (*_SAID_OF_IT, "button") for above in range(zone.start, at))
    alone = all(near in roles or near not in zone or rows[near].words < _SHOWN.start for near in (at - 1, at + 1))
    over = at + 1 == zone.stop and (line.words < _HEADING or CLOCK.search(rows[at - 1].text) is not None)
    plain = not (line.marked or has_quotes(line.text)) and line.text[-1] not in ":：…" and line.text[0] != "…"
    return said and alone and not over and line.words in _SHOWN and plain and script(line.text) in _ENDING


_SHOWN = range(5, 16)  # words of such a line
_HEADING = 8  # words that one right over the text has, at least: fewer may be its heading
_ENDING = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW")  # scripts whose sentences end in a full stop without fail
_SAID_OF_IT = ("metadata", "author")
_BRIEF = 6  # words of a label


def _is_called(line: Line) -> bool:
    """Whether a line is names alone, or all its words have capitals."""
    return line.words <= _NAMES and not line.ends and capitalised(line.text) >= _CAPITALS


_NAMES, _CAPITALS = 8, 0.7  # words of a name and its place; of them that have a capital


def _points(rows: list[Line], roles: Roles, head: range, language: Tag) -> set[int]:
    """Lines between title and text that say in short what the text says: two or more of them, one behind the other."""
    found: set[int] = set()
    run: list[int] = []
    for at in head:
        line = rows[at]
        fewest = _POINT_KO if script(line.text) == "HANGUL" else _POINT
        wordy = at not in roles and fewest <= line.words <= _LONG_POINT and not (line.asks or CLOCK.match(line.text))
        if (
            wordy
            and not find_day(line.text, language)
            and not title.is_name(line)
            and not _beside_credit(rows, roles, at)
        ):
            run.append(at)
        else:
            run = []
        found.update(run if len(run) > 1 else ())
    return found


def _beside_credit(rows: list[Line], roles: Roles, at: int) -> bool:
    """Whether nothing but whose a picture is stands beside a line, which so is the picture's caption."""
    most = _CREDIT_KO if script(rows[at].text) == "HANGUL" else _CREDIT
    return any(roles.get(near) == "caption" and rows[near].words <= most for near in (at - 1, at + 1))


def _under_title(line: Line, running: str, language: Tag, *, right: bool, over: bool, near: bool) -> str:
    """Standfirst, paragraph or label: a line `right` under the title, right `over` the text, or `near` enough to be read."""
    dated = find_day(line.text, language) is not None
    short = line.ends and not line.asks and line.words >= _SHORT
    text = (over and _is_said(line)) or (((right and line.words >= _SENTENCE) or short) and not dated)
    says = (text or (near and not dated)) and _says_something(line, running)
    return "standfirst" if says else "paragraph" if text else "label"


def _says_something(line: Line, running: str) -> bool:
    """Whether a line under the title is more than a label: it shares words with the text, or quotes."""
    return (line.words >= _TOLD and title.choose([line], running) is not None) or (
        line.words >= 3 and not unmarked(line.text)
    )


_POINT, _LONG_POINT = 5, 30  # words of a line that says in short what a text says
_POINT_KO, _CREDIT_KO = 3, 2  # Korean writes particles onto its words
_CREDIT = 4  # words of a credit alone
_TOLD = 4  # words that say something
_LABELS = 3  # lines that end no sentence, from which what follows is the page's
_UNMARKED = 12  # words of a sentence in a script that marks no end of it: a tag is shorter
_SHORT = 5  # words of a sentence that ends in a full stop
_SENTENCE = 9  # words under a title, from which they are no label: to lose a standfirst is worse than to keep a caption
_FURNISHING = frozenset({"button", "promotion", "notice", "boilerplate"})


def _tail(rows: list[Line], roles: Roles, language: Tag, last: int, *, page: bool) -> None:
    """Lines after the last running text: furniture, unless they end a sentence, make a list or a table, or attribute.

    A link between two paragraphs does not end an article that was copied alone.
    """
    behind = range(last + 1, len(rows))
    free = [at for at in behind if at not in roles]
    furnished = any(roles.get(at) in _FURNISHING for at in behind)
    figures = sum(bool(re.search(r"\d", rows[at].text)) for at in free)
    table = len(free) > 3 and not furnished and 10 * figures >= 6 * len(free)
    listed = rows[last].text.endswith((":", "：")) if last < len(rows) else False
    linked = not page and roles.get(last + 1) == "promotion"
    button = next((at for at in behind[linked:] if roles.get(at) in _FURNISHING), len(rows))
    before = accumulate((not rows[at].ends for at in free), initial=0)
    facts = _facts(rows, roles, last)
    for at, labels in zip(free, before, strict=False):
        if at in facts:
            continue
        line = rows[at]
        beside = [rows[near] for near in (at - 1, at + 1) if last <= near < len(rows)]
        item = bullet(line, beside) is not None or numbered(line, beside) is not None
        if not title.same_script(script(line.text), script(rows[last].text)):
            roles[at] = "tail"
        elif at == last + 1 and is_attribution(line.text, language):
            roles[at] = "attribution"
        elif (_is_said(line) and at < button and labels < _LABELS) or table or (item and at < button) or listed:
            continue
        else:
            roles[at] = "tail"


def _facts(rows: list[Line], roles: Roles, last: int) -> range:
    """The rows of a box of facts right behind the text, with what stands over them: 2023: 1,400 jobs."""
    begins = last + 1
    first = begins + (begins < len(rows) and not bounds.is_row(rows, begins) and rows[begins].words <= _BRIEF)
    ends = first
    while ends < len(rows) and ends not in roles and bounds.is_row(rows, ends):
        ends += 1
    return range(begins, ends) if ends - first > 1 and begins not in roles else range(0)


def _is_said(line: Line) -> bool:
    """Whether a line behind the text is a sentence."""
    return (line.ends and line.words >= 3) or (line.unmarked and line.words >= _UNMARKED)


def _is_standfirst(rows: list[Line], first: int, roles: Roles) -> bool:
    """One sentence under the title, set apart from a longer text below."""
    more = [at for at in range(first + 1, len(rows)) if at not in roles and rows[at].prose]
    set_apart = first + 1 in roles or (more and rows[more[0]].words >= 1.5 * rows[first].words)
    return bool(more) and bool(set_apart) and roles.get(first - 1) == "title"
