"""Bylines and date lines: who wrote an article and when it was published, where a line says so and nothing else."""

import datetime as dt
import re
from functools import cache

import msgspec

from pressfold.ingest.buttons import covered, familiar
from pressfold.ingest.dates import take_day
from pressfold.ingest.labels import is_later, of_publication
from pressfold.ingest.lexicon import dense, every, key, lexicon, tokens
from pressfold.ingest.lines import Line
from pressfold.ingest.people import is_desk, is_name, people, person, signed, together
from pressfold.ingest.scripts import cased, small
from pressfold.language import Tag, locale

_SENTENCE = 15  # words, from which a line that ends as a sentence is one
_PARTS = re.compile(r"\s*[|•·»›/]\s*|\s+[–—-]\s+|\t")


class Meta(msgspec.Struct, frozen=True):
    """What a line of metadata says; `labelled` when a word before the date says what it dates.

    `changed` is the date of a line that says only when the text was changed.
    """

    author: str = ""
    date: dt.date | None = None
    labelled: bool = False
    changed: dt.date | None = None


def metadata(line: Line, language: Tag) -> Meta | None:
    """A byline, a date line, or both in one; None where any part of the line is something else."""
    if len(line.text) > 300 or line.words > 20 or (line.ends and line.words > _SENTENCE):
        return None
    text = "\t".join(line.cells).translate(_NARROW) if len(line.cells) > 1 else line.narrow
    whole = _part(text, language)
    if whole:
        return whole
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if len(parts) < 2:
        parts = [part.strip() for part in text.split(",") if part.strip()]
    found = [_part(part, language) for part in parts]
    return _joined(parts, found, language) if len(parts) > 1 and any(found) else None


def _joined(parts: list[str], found: list[Meta | None], language: Tag) -> Meta | None:
    """What the parts of a line say together; None where one of them says something else."""
    author = next((meta.author for meta in found if meta and meta.author), "")
    dated = [meta for meta in found if meta and meta.date]
    says_when = any(meta and (meta.date or meta.labelled) for meta in found)
    desk = any(is_desk(part) for part in parts)
    for part, meta in zip(parts, found, strict=True):
        if meta or _passing(part) or key(part) in every("agency"):
            continue
        capital = not small(part)
        if (
            is_name(part)
            and not author
            and not _is_place(part, language)
            and (says_when or (desk and parts[0] == part))
        ):
            author = part
        elif (author or desk) and len(part.split()) <= 5 and capital:  # the place or desk behind a byline
            continue
        elif says_when and len(part.split()) <= _LABEL and f"{key(part)} ".startswith(_leads(language)):
            continue  # by more than a person: By The Paper with AFP
        elif not (
            part == parts[0] and dated and capital and len(part.split()) <= _PLACE
        ):  # Berlin, 3 March 2026; A Coruña - 3 MAR 2026
            return None
    first = next((meta for meta in dated if meta.labelled), dated[0] if dated else None)
    changed = next((meta.changed for meta in found if meta and meta.changed), None)
    labelled = any(meta.labelled for meta in found if meta)
    return Meta(author, first.date if first else None, labelled, changed)


_NARROW = str.maketrans("：／｜＞（）【】", ":/|>()[]")


def _is_place(part: str, language: Tag) -> bool:
    """Whether a name before a date is a place's: Rio de Janeiro, Frankfurt am Main, New York."""
    return bool(_TOWN.search(part)) or key(part) in _cities(language)


# How names of towns begin, or are joined: La Plata, San Remo, Frankfurt am Main.
_TOWN = re.compile(
    r"^(?:A|El|La|Las|Los|Le|Les|O|Os|The|San|Santa|São|Saint|Sankt|Bad|New|Nova|Novi|Stara|Nowy|Nowa)\s|"
    r"\s(?:de|do|da|am|an der|sur|del|nad|upon)\s"
)


@cache
def _cities(language: Tag) -> frozenset[str]:
    """The cities by which time zones are called, in a language and in English."""
    from babel.core import get_global

    zones = get_global("zone_territories")
    local = locale(language).time_zones
    names = [zone.rpartition("/")[2].replace("_", " ") for zone in zones]
    return frozenset(map(key, names + [local[zone]["city"] for zone in zones if "city" in local.get(zone, ())]))


def _passing(part: str) -> bool:
    """Whether a part beside a date or a name is furniture: a reading time, a section, a network."""
    words = [word for word in tokens(part) if not word.isdecimal()]
    return not words or covered(words, familiar())


def _part(text: str, language: Tag) -> Meta | None:
    taken = take_day(text, language)
    if taken and (told := of_publication(text, language)) != text:
        text, taken = told, take_day(told, language)
    if taken:
        return _dated(*taken, language) or _clocked(text, *taken, language)
    return _byline(text, language)


def _dated(day: dt.date, rest: str, language: Tag) -> Meta | None:
    """A date and what stands beside it: nothing, a label, a name, the place and agency of a report."""
    lead = key(rest)
    words = lead.split()
    if len(words) <= _LABEL and is_later(rest):
        return Meta(labelled=True, changed=day)
    if not words or (all(len(word) <= 4 for word in words) and not set(words) & every("byline")):
        label = next((name for name in every("dateline") if lead == name), "")
        return Meta(date=day, labelled=bool(label))
    if any(lead == name or (lead.startswith(name + " ") and len(words) <= _LABEL) for name in every("dateline")):
        return Meta(date=day, labelled=True)
    if _reported(rest):
        return Meta(date=day)
    byline = _byline(rest.strip(" ,-–—|:"), language)
    return Meta(author=byline.author, date=day) if byline else None


_PLACE = 2  # words of a place that a report is from
_LABEL = 6  # words of a label and what goes with it: last updated on, at, o'clock


def _reported(rest: str) -> bool:
    """Whether it is where an agency reports from: Madrid (EFE)."""
    bracket = re.search(r"\(([^()]+)\)", rest)
    if not bracket or key(bracket[1]) not in every("agency"):
        return False
    place = f"{rest[: bracket.start()]} {rest[bracket.end() :]}".strip(" ,،-–—")
    return len(place.split()) <= 4 and cased(place)


_EDITED = frozenset("编辑 責編 责编 责任编辑 編輯 編集 来源 來源".split())  # who edited it, or where it is from


def _clocked(text: str, day: dt.date, rest: str, language: Tag) -> Meta | None:
    """A date with the time of day and hardly a word more is a date line, whatever its label says."""
    clock = re.search(r"\d{1,2}[:.h時时]\s?\d{2}", text)
    words = tokens(rest)
    if not clock or len(words) > 3 or len(rest) > 30:
        return None
    if is_later(rest):
        return Meta(changed=day)
    name = rest.strip(" ,-–—|:")
    person = is_name(name) and not is_desk(name) and not _is_place(name, language)
    return Meta(name if person else "", day)


def dated(text: str, language: Tag) -> dt.date | None:
    """The only date of a line, before any word of a later change; for lines that say more than a date."""
    taken = take_day(of_publication(text, language), language)
    return taken[0] if taken and not take_day(taken[1], language) and not is_later(text) else None


@cache
def _openings(language: Tag) -> tuple[str, ...]:
    """What a byline of a language can begin with, longest first."""
    own = {key(opening) for opening in lexicon(language).byline} | {"by", "story by"}
    openings = [opening for opening in every("byline") | {"story by"} if len(opening) > 3 or opening in own]
    return tuple(sorted(openings, key=len, reverse=True))


@cache
def _leads(language: Tag) -> tuple[str, ...]:
    return tuple(f"{opening} " for opening in _openings(language) if not dense(opening))


def _dense_byline(text: str, opening: str, name: str) -> Meta | None:
    """What a short line says that opens with a byline's word in a script without spaces: 記者王小明, 文 | 王小明; not 文化."""
    if opening in _EDITED:
        return Meta()
    apart = len(opening) > 1 or not text.strip()[1:2].isalpha()
    return Meta(author=person(name)) if apart else None


def _byline(text: str, language: Tag) -> Meta | None:
    """A name behind a word that says it is the author's, or a desk. A short word says so in its own language alone."""
    if is_desk(text):
        return Meta()
    if name := signed(text):
        return Meta(author=name)
    label, colon, rest = re.sub(r"^([^\W\d]{5,})[,،](?=\s)", r"\1:", text).partition(":")  # Author, Jane Roe
    if colon and key(label) in every("byline") | _EDITED and 1 <= len(tokens(rest)) <= 8:
        if key(label) in _EDITED:
            other = re.search(r"\s(\S{1,8}:.+)", rest)
            return (_byline(other[1], language) if other else None) or Meta()
        said = re.split(r"\t|\s{2,}|\s+\S{1,8}:", rest.strip())[0]
        return Meta(author=together(said) or people(said))
    words = re.sub(r"\S+@\S+\.\w{2,}", "", text).split()
    if found := _opened(text, words, language):
        return found
    if 2 <= len(words) <= 3 and key(words[-1]) in every("byline") and not words[0].isascii() and words[0][0].isalpha():
        return Meta(author=" ".join(words[:-1]))  # 한지윤 기자
    return None


def _opened(text: str, words: list[str], language: Tag) -> Meta | None:
    """What a line says that opens with a byline's word: By Jane Roe, 文 | 王小明."""
    folded = key(" ".join(words))
    openings = _openings(language)
    for opening in openings if folded.startswith(openings) else ():
        if not folded.startswith(opening):
            continue
        if dense(opening) and 2 <= len(folded) - len(opening) <= 5:
            return _dense_byline(text, opening, folded[len(opening) :])
        if not dense(opening) and folded.startswith(opening + " "):
            behind = " ".join(words[len(opening.split()) :])
            if is_desk(behind):
                return Meta()
            if names := together(behind):
                return Meta(author=names)
            name = person(behind)
            if 1 <= len(name.split()) <= 5 and not small(name) and cased(name):
                return Meta(author=name)
    return None
