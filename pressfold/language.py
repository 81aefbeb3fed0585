"""A language: its BCP 47 tag, its direction and its name."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Literal, NewType

if TYPE_CHECKING:
    from babel import Locale

Tag = NewType("Tag", str)
Direction = Literal["ltr", "rtl"]

_FORM = re.compile(r"([a-zA-Z]{2,3})(?:-([a-zA-Z]{4}))?(?:-([a-zA-Z]{2}|[0-9]{3}))?")
_RTL_LANGUAGES = frozenset("ar arc ckb dv fa he ps sd syr ug ur yi".split())
_RTL_SCRIPTS = frozenset("Adlm Arab Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa".split())
_RENAMED = {"no": "nb", "iw": "he", "in": "id", "ji": "yi"}  # tags that BCP 47 has replaced


# Those that the identifier of languages tells apart well, and in which nearly all articles come.
USUAL = tuple(
    "af am ar az be bg bn ca cs cy da de el en es et eu fa fi fr ga gl gu ha he hi hr hu hy id is it ja ka kk km "
    "kn ko ky lo lt lv mk ml mn mr ms mt my nb ne nl pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th tl tr uk "
    "ur uz vi xh yo zh zu".split()
)


@cache
def parse_tag(text: str) -> Tag:
    """A tag in canonical case (`pt-BR`, `zh-Hant`). Raises ValueError for what is no tag of a known language."""
    match = _FORM.fullmatch(text.strip().replace("_", "-"))
    if not match:
        raise ValueError(f"{text!r} is no language tag")
    language, script, region = match.groups()
    language = _RENAMED.get(language.lower(), language.lower())
    if not _known(language):
        raise ValueError(f"{language!r} is no language that CLDR knows")
    parts = [language, script.title() if script else "", region.upper() if region else ""]
    return Tag("-".join(part for part in parts if part))


@cache
def _known(language: str) -> bool:
    if language in USUAL:
        return True
    from babel import Locale

    return language in Locale("en").languages


def base(tag: Tag) -> Tag:
    """The language alone: `pt` of `pt-BR`."""
    return Tag(tag.split("-")[0])


def direction(tag: Tag) -> Direction:
    """Which way the language's script runs."""
    parts = tag.split("-")
    scripts = [part for part in parts[1:] if len(part) == 4]
    return "rtl" if (scripts[0] in _RTL_SCRIPTS if scripts else parts[0] in _RTL_LANGUAGES) else "ltr"


def runs(text: Iterable[str], usual: Direction = "ltr") -> Direction:
    """Which way a text runs by itself: as its first letter does, by Unicode's rule; `usual` where it has none."""
    strong = next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "")
    return ("ltr" if strong == "L" else "rtl") if strong else usual


@cache
def locale(tag: Tag) -> "Locale":
    """CLDR's data for the tag or its nearest known parent; English where it has none."""
    from babel import Locale, UnknownLocaleError

    for candidate in (tag, base(tag)):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


# What CLDR says, by what was asked. To load its data takes longer than to draw a page, so runs hand it to each other.
_said: dict[str, str] = {}


def said(question: str, answer: Callable[[], str]) -> str:
    """What CLDR says; `answer` asks it where no run has asked that question yet."""
    if question not in _said:
        _said[question] = answer()
    return _said[question]


def all_said() -> dict[str, str]:
    """All that CLDR has said until now."""
    return dict(_said)


def recall(answers: Mapping[str, str]) -> None:
    """Take over what CLDR said to an earlier run, of the same version."""
    _said.update(answers)


@cache
def name(tag: Tag, reader: Tag) -> str:
    """The language's name as readers of another language write it: `Arabic` for ar to en."""
    return said(f"name {tag} {reader}", lambda: _name(tag, reader))


def _name(tag: Tag, reader: Tag) -> str:
    here = locale(reader)
    if locale(tag).language == base(tag):
        return str(locale(tag).get_display_name(here) or tag)
    return str(here.languages.get(base(tag)) or tag)  # CLDR names more languages than it has data for


@cache
def own_name(tag: Tag) -> str:
    """The language's name for itself: `polski`."""
    return said(f"own {tag}", lambda: name(tag, tag if locale(tag).language == base(tag) else Tag("en")))
