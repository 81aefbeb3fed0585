"""Bylines and date lines: who wrote an article and when it was published, where a line says so and nothing else."""

import datetime as dt
import re
from functools import cache

import msgspec

from pressfold.ingest.dates import take_day
from pressfold.ingest.furniture import covered, familiar, is_later
from pressfold.ingest.lexicon import dense, every, key, lexicon, tokens
from pressfold.ingest.lines import Line
from pressfold.language import Tag

_PARTS = re.compile(r"\s*[|•·»›/]\s*|\s+[–—-]\s+|\t")
_LETTERS = r"[^\W\d_](?:[^\W\d_]|[.'’\u200c-])*"
_NAME = re.compile(rf"{_LETTERS}(?:\s{_LETTERS}){{1,3}}")


class Meta(msgspec.Struct, frozen=True):
    """What a line of metadata says; `labelled` when a word before the date says what it dates."""

    author: str = ""
    date: dt.date | None = None
    labelled: bool = False


def metadata(line: Line, language: Tag) -> Meta | None:
    """A byline, a date line, or both in one; None where any part of the line is something else."""
    if len(line.text) > 300 or line.words > 20 or (line.ends and line.words > 12):
        return None
    text = "\t".join(line.cells).translate(_NARROW) if len(line.cells) > 1 else line.narrow
    whole = _part(text, language)
    if whole:
        return whole
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if len(parts) < 2:
        parts = [part.strip() for part in text.split(",") if part.strip()]
    found = [_part(part, language) for part in parts]
    if len(parts) < 2 or not any(found):
        return None
    author = next((meta.author for meta in found if meta and meta.author), "")
    dated = [meta for meta in found if meta and meta.date]
    for part, meta in zip(parts, found, strict=True):
        if meta or _passing(part):
            continue
        if is_name(part) and not author and not _is_place(part) and any(m and (m.date or m.labelled) for m in found):
            author = part
        elif not (author and len(part.split()) <= 5 and part[:1].isupper()):  # the place or desk behind a byline
            return None
    first = next((meta for meta in dated if meta.labelled), dated[0] if dated else None)
    labelled = any(meta.labelled for meta in found if meta)
    return Meta(author, first.date if first else None, labelled)


_NARROW = str.maketrans("：／｜＞（）【】", ":/|>()[]")


def is_name(text: str) -> bool:
    """Whether a text is a person's name as far as can be seen: two to four words, capitals where the script has them."""
    if not _NAME.fullmatch(text.strip()) or key(text) in familiar():
        return False
    words = text.split()
    return all(word[:1].isupper() or not (word[:1].islower() or word[:1].isupper()) or len(word) <= 3 for word in words)


_LATER_INSIDE = re.compile(
    r"[\s(,;.]+(?:last )?(?:updated?|modified|aktualisiert|zuletzt|mis à jour|actualizad[oa]|atualizado|aggiornato|"
    r"aktualizov[aá]n[oé]|aktualizacja|zaktualizowano|обновлен[оа]?|оновлено|güncelleme|آخر تحديث|تم التحديث|päivitetty|opdateret|"
    r"oppdatert|uppdaterad|bijgewerkt|frissítve|更新)\b",
    re.IGNORECASE,
)


def _is_place(part: str) -> bool:
    """Whether a name before a date is a place's: Rio de Janeiro, Frankfurt am Main."""
    return bool(re.search(r"\s(?:de|do|da|am|an der|sur|del|nad|upon)\s", part))


def _passing(part: str) -> bool:
    """Whether a part beside a date or a name is furniture: a reading time, a section, a network."""
    words = [word for word in tokens(part) if not word.isdecimal()]
    return not words or covered(words, familiar())


def _part(text: str, language: Tag) -> Meta | None:
    later = _LATER_INSIDE.search(text, 6)
    if later and take_day(text[: later.start()], language):
        text = text[: later.start()]  # published ... updated ...: what follows is about a change
    taken = take_day(text, language)
    if taken:
        return _dated(*taken, language) or _clocked(text, *taken)
    return _byline(text, language)


def _dated(day: dt.date, rest: str, language: Tag) -> Meta | None:
    """A date and what stands beside it: nothing, a label, a name."""
    lead = key(rest)
    words = lead.split()
    if not words or (all(len(word) <= 4 for word in words) and not set(words) & every("byline")):
        label = next((name for name in every("dateline") if lead == name), "")
        return Meta(date=day, labelled=bool(label))
    if any(lead == name or (lead.startswith(name + " ") and len(words) <= 6) for name in every("dateline")) or is_later(
        lead
    ):
        return Meta(date=None if is_later(lead) else day, labelled=True)
    byline = _byline(rest.strip(" ,-–—|:"), language)
    return Meta(author=byline.author, date=day) if byline else None


_EDITED = frozenset("编辑 責編 责编 责任编辑 編輯 編集 来源 來源".split())  # who edited it, or where it is from


def _clocked(text: str, day: dt.date, rest: str) -> Meta | None:
    """A date with the time of day and hardly a word more is a date line, whatever its label says."""
    clock = re.search(r"\d{1,2}[:.h時时]\s?\d{2}", text)
    words = tokens(rest)
    name = rest.strip(" ,-–—|:")
    author = name if is_name(name) else ""
    return Meta(author, None if is_later(key(rest)) else day) if clock and len(words) <= 3 and len(rest) <= 30 else None


def dated(text: str, language: Tag) -> dt.date | None:
    """The only date of a line, before any word of a later change; for lines that say more than a date."""
    taken = take_day(_LATER_INSIDE.split(text)[0], language)
    return taken[0] if taken and not take_day(taken[1], language) and not is_later(key(text)) else None


@cache
def _openings(language: Tag) -> tuple[str, ...]:
    """What a byline of a language can begin with, longest first."""
    own = {key(opening) for opening in lexicon(language).byline} | {"by", "story by"}
    openings = [opening for opening in every("byline") | {"story by"} if len(opening) > 3 or opening in own]
    return tuple(sorted(openings, key=len, reverse=True))


def _byline(text: str, language: Tag) -> Meta | None:
    """A name behind a word that says it is the author's. A short word says so in its own language alone."""
    label, colon, rest = text.partition(":")
    if colon and key(label) in every("byline") | _EDITED and 1 <= len(tokens(rest)) <= 8:
        return Meta(author="" if key(label) in _EDITED else re.split(r"\t|\s{2,}", rest.strip())[0])
    words = text.split()
    folded = key(text)
    openings = _openings(language)
    for opening in openings if folded.startswith(openings) else ():
        if not folded.startswith(opening):
            continue
        if dense(opening) and 2 <= len(folded) - len(opening) <= 5:
            return Meta(author=folded[len(opening) :].strip())
        if not dense(opening) and folded.startswith(opening + " "):
            name = words[len(opening.split()) :]
            name = " ".join(name).split(",")[0].split()  # Jane Roe, Leeds
            if (
                1 <= len(name) <= 5
                and not name[0][:1].islower()
                and all(not w[:1].islower() or len(w) <= 3 for w in name)
            ):
                return Meta(author=" ".join(name).rstrip(",.;"))
    if 2 <= len(words) <= 3 and key(words[-1]) in every("byline") and not words[0].isascii():  # 한지윤 기자
        return Meta(author=" ".join(words[:-1]))
    return None
