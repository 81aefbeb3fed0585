"""Lines that are the website's, not the article's: buttons, labels, credits, notes, bylines, dates.

Every rule looks at a whole line; none takes a phrase out of a sentence.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from pressfold.ingest.dates import find_day
from pressfold.ingest.lexicon import every, holds, key, lexicon, stems, tokens
from pressfold.ingest.lines import Line
from pressfold.language import Tag

_SEPARATOR = re.compile(r"\s*[|•·»›>/]\s*|\s+[–—-]\s+|\s{2,}|,\s+")
_ADDRESS = re.compile(r"(https?://|www\.)\S+|\S+@\S+\.\w+|(#[\w]+\s*)+|[©ⓒ].*|[\W_]+|\d+", re.IGNORECASE)
# Names that picture agencies sign with; in any language the same.
_AGENCIES = re.compile(
    r"\b(getty|shutterstock|istock|unsplash|pexels|pixabay|alamy|nurphoto|picture[ -]alliance|imago|depositphotos|adobe stock|"
    r"wikimedia|flickr|sipa|anadolu|lapresse|zuma|reuters|afp|epa|pap|ansa|dpa|efe|ap photo|ap|tass|xinhua|bloomberg|east news)\b",
    re.IGNORECASE,
)
_NETWORKS = (
    "facebook twitter x linkedin whatsapp telegram instagram youtube tiktok reddit pinterest email e mail pocket threads "
    "bluesky mastodon viber messenger rss flipboard tumblr xing"
).split()


@dataclass(frozen=True, slots=True)
class Meta:
    """What a line of metadata says: who wrote the article, when it was published."""

    author: str = ""
    date: dt.date | None = None
    labelled: bool = False


def is_button(line: Line) -> bool:
    """Share, comment, print, subscribe, a row of networks, an address, a rule of dashes."""
    if _ADDRESS.fullmatch(line.text.strip()):
        return True
    if line.words > 12:
        return False
    words = tokens(line.text)
    if " ".join(words) in every("ui"):
        return True
    bare = [word for word in words if not word.isdecimal()]
    return _covered(bare, every("ui") | frozenset(_NETWORKS))


def _covered(words: list[str], phrases: frozenset[str]) -> bool:
    """Whether the words are nothing but such phrases in a row."""
    at = 0
    while at < len(words):
        step = next((n for n in range(6, 0, -1) if " ".join(words[at : at + n]) in phrases and at + n <= len(words)), 0)
        if not step:
            return False
        at += step
    return bool(words)


def is_section(line: Line) -> bool:
    """The name of a newspaper's section, or a path of them."""
    parts = [key(part) for part in _SEPARATOR.split(line.text) if key(part)]
    known = every("sections") | every("ui")
    return bool(parts) and line.words <= 8 and all(part in known for part in parts)


@cache
def _update_words() -> frozenset[str]:
    """Stems that speak of an update: those that notes about the text and labels of dates have in common."""
    notes = {word[:6] for phrase in every("status") for word in phrase.split()}
    return frozenset(w[:6] for phrase in every("dateline") for w in phrase.split() if w[:6] in notes and _later(w))


def is_status(line: Line, *, last: bool) -> bool:
    """A note that the story is developing or was updated; a short last line may speak of updates in any words."""
    words = tokens(line.text)
    if line.words > 30 or re.search('["“„«”»\\d]', line.text):
        return False
    return holds(words, stems(every("status")), gap=2) > 0 or (
        last and holds(words, frozenset((w,) for w in _update_words())) > 0
    )


def is_credit(line: Line) -> bool:
    """A picture's caption: it opens with a credit word, or is signed by an agency."""
    if line.words > 45:
        return False
    bracket = re.search(r"[(\[]([^()\[\]]{3,60})[)\]]\.?$", line.text)
    opening = re.match(r"[(\[]?\s*([^\W\d_][^:/|]{1,24})[:/|]", line.text)
    if opening and key(opening[1]) in every("credit"):
        return True
    if bracket and (
        tokens(bracket[1])[:1] and (tokens(bracket[1])[0] in every("credit") or _AGENCIES.search(bracket[1]))
    ):
        return line.words <= 30
    signed = " ".join(line.text.rstrip(". ").split()[-4:])
    ending = re.search(r"(?:[.|/©,–-]|\b(?:via|photo|foto|fot)\b)[^.|/]*$", signed, re.IGNORECASE)
    return line.words <= 30 and bool(ending and _AGENCIES.search(ending[0])) and not (line.ends and line.words > 12)


def is_promo(line: Line) -> bool:
    """A line that leads to other articles: "Read also: ...", "X presents:"."""
    if line.words > 25:
        return False
    head, colon, tail = line.text.partition(":")
    leads = every("promo")
    if colon and not tail.strip():
        words = tokens(head)
        return len(words) <= 6 and any(
            " ".join(part) in leads for n in range(1, len(words) + 1) for part in (words[:n], words[-n:])
        )
    return (bool(colon) and key(head) in leads) or (not line.ends and key(line.text) in leads | every("ui"))


def is_invitation(line: Line) -> bool:
    """A line inside or under the text that asks to subscribe, follow or read on."""
    words = tokens(line.text)
    if len(words) > 20 or re.search('["“„«”»]', line.text):
        return False
    opening = any(
        len(lead) > 1 and tuple(words[: len(lead)]) == lead for lead in (tuple(p.split()) for p in every("promo"))
    )
    return (
        (opening and (not line.ends or bool(re.search("newsletter|feed|e-?mail|rss", line.text, re.IGNORECASE))))
        or (not line.ends and holds(words[:5], stems(p for p in every("ui") if " " in p), gap=1) > 0)
        or bool(re.match(r"\W*newsletter\b", line.text, re.IGNORECASE))
    )


def is_biography(line: Line, language: Tag) -> bool:
    """A few sentences about the author: two different words of the trade, and nobody is quoted."""
    words = tokens(line.text)
    if line.words > 60 or re.search('["“„«”»]', line.text) or holds(words, stems(lexicon(language).reporting)) > 0:
        return False
    known = lexicon(language)
    writers = {word for name in known.byline for word in tokens(name) if len(word) > 4}
    about_author = any(
        word.startswith(tuple(w[:5] for w in writers)) or word.split("'")[-1][:5] in {w[:5] for w in writers}
        for word in words[:3]
    )
    return holds(words, stems(known.profession)) >= 2 or (bool(writers) and about_author and line.words <= 40)


def metadata(line: Line, language: Tag) -> Meta | None:
    """A byline, a date line, or both in one; None where any part of the line is something else."""
    if line.words > 16 or (line.ends and line.words > 10):
        return None
    whole = _meta_part(line.text, language)
    if whole:
        return whole
    parts = [part for part in _SEPARATOR.split(line.text) if part.strip()]
    found = [_meta_part(part, language) or (Meta() if _passing(part) else None) for part in parts]
    if len(parts) < 2 or not any(found) or None in found:
        return None
    known = [meta for meta in found if meta]
    return Meta(
        author=next((meta.author for meta in known if meta.author), ""),
        date=next((meta.date for meta in known if meta.date), None),
        labelled=any(meta.labelled for meta in known),
    )


def _passing(part: str) -> bool:
    words = [word for word in tokens(part) if not word.isdecimal()]
    known = every("ui") | every("sections") | frozenset(_NETWORKS) | {"am", "pm", "cet", "gmt", "utc", "h", "min"}
    return not words or _covered(words, known)


def _meta_part(text: str, language: Tag) -> Meta | None:
    words = tokens(text)
    label, colon, rest = text.partition(":")
    day = find_day(text, language)
    if day:
        left = _without_date(words, language)
        lead = " ".join(left)
        if not left:
            return Meta(date=day, labelled=False)
        if any(lead == name or (lead.startswith(name + " ") and len(left) <= 5) for name in every("dateline")):
            return Meta(date=None if _later(lead) else day, labelled=True)
        return None
    if colon and key(label) in every("byline") and 1 <= len(tokens(rest)) <= 8:
        return Meta(author=rest.strip())
    opening = next((w for w in sorted(every("byline"), key=len, reverse=True) if key(text).startswith(w + " ")), "")
    name = text.split()[len(opening.split()) :] if opening else []
    if (
        opening
        and 1 <= len(name) <= 5
        and all(word[:1].isupper() or len(word) <= 3 for word in name)
        and name[0][:1].isupper()
    ):
        return Meta(author=" ".join(name).rstrip(",.;"))
    return None


_LATER = re.compile(
    "last |zuletzt |ostatni|últim|ultim|dernière|aktual|akt|updat|modif|mis à|mise à|actuali|aggiorn|обнов|تحديث|آخر|עודכן|"
    "עדכון|güncel|gewijzigd|更新|수정"
)


def _later(label: str) -> bool:
    """Whether the label speaks of a change, not of the publication."""
    return bool(_LATER.match(label))


def _without_date(words: list[str], language: Tag) -> list[str]:
    """The words of a line that are no part of a date or a time."""
    from pressfold.ingest.dates import _months
    from pressfold.language import locale

    days = {
        key(str(name))
        for tag in (language, Tag("en"))
        for width in ("wide", "abbreviated")
        for name in locale(tag).days["format"][width].values()
    }
    parts = {word for name in _months(language) for word in name.split()}
    extra = {
        "de",
        "del",
        "di",
        "d",
        "at",
        "um",
        "uhr",
        "alle",
        "ore",
        "godz",
        "à",
        "a",
        "las",
        "kl",
        "om",
        "of",
        "the",
        "st",
        "th",
        "nd",
        "rd",
        "r",
        "г",
        "року",
        "год",
        "года",
        "م",
        "h",
        "am",
        "pm",
        "est",
        "edt",
        "et",
        "gmt",
        "utc",
        "cet",
        "cest",
        "bst",
    }
    return [
        word
        for word in words
        if not re.fullmatch(r"\d+\w{0,2}", word) and word not in days and word not in parts and word not in extra
    ]
