"""Who wrote a plain text: who signs at its head, a name with a role, and a name that stands alone where a byline would."""

from collections.abc import Sequence

from pressfold.ingest import bounds
from pressfold.ingest.bounds import Roles
from pressfold.ingest.lexicon import every, tokens
from pressfold.ingest.lines import Line
from pressfold.ingest.metadata import Meta
from pressfold.ingest.people import is_name, placed, signed, together

_NAMED = 8  # words of a name and its place, or of two names
_ROLE = 6  # words of what somebody is: Business reporter, The Paper
_LOOKED = 3  # lines of buttons and captions between a date and the name that goes with it


def stated(rows: Sequence[Line], roles: Roles, meta: Sequence[Meta]) -> str:
    """The author as a byline says, or a name with a role, or a signature; empty where none does. The lines get their roles."""
    named = [one.author for one in meta if one.author]
    if named:
        return max((name for name in named if name.startswith(named[0])), key=len)
    return _with_role(rows, roles) or _signature(rows, roles)


def beside(rows: Sequence[Line], roles: Roles) -> str:
    """A name alone on its line beside the date, under the title, or right under the text; for a person to confirm."""
    for at, role in sorted(roles.items()):
        dated = any(roles.get(above) == "metadata" for above in range(at - 4, at))
        near = {"metadata": (-1, 1), "title": (1, -1) if dated else (1,)}.get(role, ())
        for step in near:
            name = _take(rows, roles, _next(rows, roles, at, step))
            if name:
                return name
    under = bounds.ends(rows, roles)[1] + 1
    text = rows[under].text if under < len(rows) else ""
    cased = text[:1].isupper() and not text.isupper()  # where a name can be told from two words, or a heading
    return _take(rows, roles, under) if cased else ""


def _next(rows: Sequence[Line], roles: Roles, at: int, step: int) -> int:
    """The next line that nothing claimed, past buttons and captions."""
    near = at + step
    while 0 <= near < len(rows) and roles.get(near) in ("button", "caption") and abs(near - at) <= _LOOKED:
        near += step
    return near


def _take(rows: Sequence[Line], roles: Roles, at: int) -> str:
    """The name that is all that a free line says; the line becomes the author's."""
    line = rows[at] if 0 <= at < len(rows) and at not in roles else None
    alone = line is not None and line.words <= _NAMED and not line.ends and line.text[-1] != ","  # Dear colleagues,
    name = (together(line.text) or placed(line.text)) if line and alone else ""
    if name:
        roles[at] = "author"
    return name


def _with_role(rows: Sequence[Line], roles: Roles) -> str:
    """The names before the text, or under its standfirst, with a role below or behind: Jane Roe | Business reporter."""
    names: list[str] = []
    prose = bounds.prose(rows, roles)
    for at in range(prose[1] if len(prose) > 1 else len(rows)):
        if at in roles or rows[at].ends:
            continue
        if at and at - 1 not in roles and _is_role(rows[at].text) and (name := placed(rows[at - 1].text)):
            roles[at - 1] = roles[at] = "author"
        elif name := _before_role(rows[at].text):
            roles[at] = "author"
        else:
            continue
        names.append(name)
    return ", ".join(names)


def _is_role(text: str) -> bool:
    words = tokens(text)
    return 0 < len(words) <= _ROLE and any(word in every("profession") for word in words)


def _before_role(text: str) -> str:
    """The name of a line that is a name and a role: Jane Roe Business reporter. Its capitals tell a name from words."""
    words = text.split()
    for count in (2, 3):
        name, role = " ".join(words[:count]), " ".join(words[count:])
        if (
            role
            and len(words) - count <= 3
            and _is_cased(words[:count])
            and is_name(name)
            and not _is_role(name)
            and _is_role(role)
        ):
            return name
    return ""


def _is_cased(words: Sequence[str]) -> bool:
    return all(word[0].isupper() for word in words)


def _signature(rows: Sequence[Line], roles: Roles) -> str:
    """Who signs at the head of the first paragraph."""
    first = bounds.ends(rows, roles)[0]
    return signed(rows[first].text) if first < len(rows) else ""
