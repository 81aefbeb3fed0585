"""Which story a newcomer tells again, and why. No translation: numbers, names and companies are alike in all languages.

Two measures, both deterministic. Within a language, sketches of three-word runs tell edited copies. Across languages (and
for retellings within one) a fingerprint of numbers, names written in Latin letters, and consonant skeletons of names is
compared with fixed weights: a collection's own frequencies would make old decisions drift as it grows.
"""

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from pressfold.article import Article
from pressfold.company import outlets
from pressfold.language import Tag, base
from pressfold.moment import Day
from pressfold.slug import Slug

VERSION = 2  # of the prints, which are remembered between runs
WINDOW = 10  # days that may lie between two tellings when both dates are known
TOTAL, RATIO = 20.0, 0.3  # what shared features must weigh, and their share of the smaller fingerprint
SHARED, JACCARD = 3, 0.2  # what the sketches of two copies must share
_STRONG = 30.0  # below it the evidence is weak, and the join is for a person to confirm
_WEIGHTS = {"number": 4.0, "name": 3.0, "sound": 2.5, "company": 2.0}


class Print(msgspec.Struct, frozen=True):
    """What is compared of an article: `features` by kind, and the sketch of its text."""

    lang: str
    companies: tuple[str, ...]
    features: dict[str, tuple[str, ...]]
    spelled: dict[str, str]  # each name as the text writes it, for the reasons
    sketch: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """An article that is in the digest already, as far as a newcomer is compared with it."""

    id: str
    story: Slug
    date: Day | None
    print: Print


@dataclass(frozen=True, slots=True)
class Match:
    """The story that a newcomer tells again, and the reasons in words."""

    story: Slug
    reasons: str
    weak: bool


# Multipliers written as words, by what they multiply with; each stands right behind its number.
_SCALES = {
    1000: """
        thousand tys tysiąc tysiące tysięcy tysiąca mila mille mil tausend tusind tusen tuhat ezer bin ألف آلاف אלף אלפים هزار
        тысяч тысячи тысяча тис tisíc
    """,
    1_000_000: """
        million millions mln mio milione milioni millón millones milhão milhões millionen مليون ملايين מיליון میلیون миллион
        миллионов млн milionów miliony milion
    """,
    1_000_000_000: """
        billion bn mld miliardo miliardi milliard milliards milliarde milliarden مليار مليارات מיליארד میلیارد миллиард
        миллиардов млрд miliard miliardów
    """,
}
_SCALE = {word: scale for scale, words in _SCALES.items() for word in words.split()}
_NUMBER = re.compile(r"(?<![\w.,])\+?(\d{1,3}(?:[.,'’\u202f\u00a0 ]\d{3})+|\d+(?:[.,]\d+)?)(?![\w])(?:\s?(\w+))?")
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
_COMMON = frozenset("ceo ai ia us usa eu un uk it in la le il the a i no de el der die das los las san new".split())


def fingerprint(title: str, body: str, lang: Tag, companies: Sequence[str]) -> Print:
    """The print of a text; `body` is plain text, a paragraph a line."""
    whole = f"{title}\n{body}"
    names = _names(whole)
    features = {
        "number": tuple(sorted(_numbers(_without_outlets(whole)))),
        "name": tuple(sorted(names)),
        "sound": tuple(sorted(_sounds(whole, names))),
        "company": tuple(sorted(companies)),
    }
    return Print(str(base(lang)), tuple(companies), features, names, _sketch(body))


def _numbers(text: str) -> set[str]:
    """Numbers of two digits and more, written alike: 10.000 = 10,000 = ١٠٠٠٠; years are too common to tell anything."""
    plain = "".join(str(unicodedata.decimal(ch)) if ch.isdecimal() else ch for ch in text)
    plain = plain.replace("٬", ",").replace("٫", ".")
    found: set[str] = set()
    for match in _NUMBER.finditer(plain):
        digits, behind = match[1], (match[2] or "").casefold()
        grouped = re.fullmatch(r"\d{1,3}(?:[.,'’\u202f\u00a0 ]\d{3})+", digits)
        value = float(re.sub(r"\D", "", digits)) if grouped else float(digits.replace(",", "."))
        value *= _SCALE.get(behind, 1)
        if value >= 10 and not (1900 <= value <= 2100 and value == int(value)):
            found.add(f"{value:g}" if value < 1e6 else f"{value:.0f}")
    return found


@cache
def _outlet_pattern() -> re.Pattern[str]:
    numbered = sorted((name for name in outlets() if any(ch.isdigit() for ch in name)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, numbered)) or r"(?!)", re.IGNORECASE)


def _without_outlets(text: str) -> str:
    return _outlet_pattern().sub(" ", text)


def _is_latin(word: str) -> bool:
    return unicodedata.name(word[0], "").startswith("LATIN")


def _names(text: str) -> dict[str, str]:
    """Names in Latin letters: every Latin word of another script's text, capitals inside a sentence of a Latin one."""
    counts = Counter(_is_latin(word) for word in _WORD.findall(text))
    latin = counts[True] > counts[False]
    found: dict[str, str] = {}
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word) < 3 or not _is_latin(word) or word.casefold() in _COMMON:
            continue
        before = text[: match.start()].rstrip(" ")[-1:]
        inside = before and before not in '.!?…:\n"“„«–—-|'
        if not latin or word.isupper() or (word[0].isupper() and (inside or sum(ch.isupper() for ch in word) > 1)):
            found.setdefault(_stem(word), word)
    return found


def _stem(word: str) -> str:
    """A name without case, accents or a short ending, so that Benioffa and Benioff agree."""
    from anyascii import anyascii

    plain = re.sub(r"['’].*", "", anyascii(word).casefold())
    return plain[: max(5, len(plain) - 2)] if len(plain) > 5 else plain


_SAME = str.maketrans("bgvkqcszjdwy", "pjfcccssjtfi")


def _skeleton(word: str) -> str:
    """The consonants of a word as they survive transliteration."""
    from anyascii import anyascii

    plain = anyascii(unicodedata.normalize("NFKC", word)).casefold()
    plain = plain.replace("ph", "f").replace("sh", "s").replace("ch", "c").replace("x", "ks")
    bones = re.sub(r"[^a-z]|[aeiouyhw]", "", plain).translate(_SAME)
    return re.sub(r"(.)\1+", r"\1", bones)


_PREFIX = re.compile("^[وفبكل]?(?:ال)?(?=\\w{4})|^[והבלמשכ](?=\\w{4})")


def _sounds(text: str, names: Collection[str]) -> set[str]:
    """Skeletons of the words that may be names: of Latin names, and of every longer word of scripts without capitals."""
    found = {_skeleton(name) for name in names}
    for word in _WORD.findall(text):
        if _is_latin(word) or len(word) < 5:
            continue
        if unicodedata.name(word[0], "").startswith(("ARABIC", "HEBREW")):
            found |= {_skeleton(word), _skeleton(_PREFIX.sub("", word))}
        elif word[0].isupper():
            found.add(_skeleton(word))
    return {bones for bones in found if len(bones) >= 4}


def _sketch(body: str) -> tuple[int, ...]:
    """Hashes of runs of three words (or five characters of a script without spaces), an eighth of them by their value."""
    folded = unicodedata.normalize("NFKC", body).casefold()
    words = re.findall(r"\w+", folded)
    dense = sum(map(len, words)) > 12 * len(words) if words else False
    runs: Iterable[str] = (
        ("".join(words)[at : at + 5] for at in range(len("".join(words)) - 4))
        if dense
        else (" ".join(words[at : at + 3]) for at in range(len(words) - 2))
    )
    return tuple(
        sorted({value for value in (zlib.crc32(run.encode("utf-8", "replace")) for run in runs) if value % 8 == 0})
    )


class Shelf:
    """The told articles, found again by their main company and by their wording, so that not all are compared with all."""

    def __init__(self, told: Iterable[Told] = ()) -> None:
        self._told: dict[str, Told] = {}
        self._sizes: Counter[Slug] = Counter()
        self._by_company: dict[str, set[str]] = {}
        self._by_wording: dict[tuple[str, int], set[str]] = {}
        for one in told:
            self.add(one)

    def add(self, told: Told) -> None:
        """Put an article on the shelf, or put it back with its new print."""
        self._sizes[told.story] += 1
        if told.id in self._told:
            self._sizes[self._told[told.id].story] -= 1
        self._told[told.id] = told
        for company in told.print.companies[:1]:
            self._by_company.setdefault(company, set()).add(told.id)
        for run in told.print.sketch:
            self._by_wording.setdefault((told.print.lang, run), set()).add(told.id)

    def match(self, newcomer: str, print_: Print, date: Day | None) -> Match | None:
        """The story that a newcomer (by its id) tells again; None where the evidence does not reach.

        A story of several tellings takes it only when at least half of them agree: else chains would grow.
        """
        found: dict[Slug, list[tuple[float, str]]] = {}
        for other in sorted(self._candidates(print_) - {newcomer}):
            told = self._told[other]
            evidence = compare(print_, told.print) if _near(date, told.date) else None
            if evidence:
                found.setdefault(told.story, []).append(evidence)
        own = self._told[newcomer].story if newcomer in self._told else None
        agree = {story: all_ for story, all_ in found.items() if 2 * len(all_) >= self._sizes[story] - (story == own)}
        ranked = sorted((max(all_), story) for story, all_ in agree.items())
        if not ranked:
            return None
        (total, reasons), story = ranked[-1]
        return Match(story, reasons, weak=total < _STRONG)

    def _candidates(self, print_: Print) -> set[str]:
        alike = Counter(other for run in print_.sketch for other in self._by_wording.get((print_.lang, run), ()))
        same = {other for company in print_.companies[:1] for other in self._by_company.get(company, ())}
        return same | {other for other, shared in alike.items() if shared >= SHARED}


def _near(one: Day | None, other: Day | None) -> bool:
    if one is None or other is None:
        return True
    return abs(one.toordinal() - other.toordinal()) <= WINDOW


def compare(one: Print, other: Print) -> tuple[float, str] | None:
    """(weight, reasons) when two prints tell the same story."""
    if one.lang == other.lang:
        shared = len(set(one.sketch) & set(other.sketch))
        either = len(set(one.sketch) | set(other.sketch))
        if shared >= SHARED and shared >= JACCARD * either:
            return 100.0, f"{round(100 * shared / either)} % of its wording"
    if not one.companies or not other.companies or one.companies[0] != other.companies[0]:
        return None
    common = {kind: sorted(set(one.features[kind]) & set(other.features[kind])) for kind in _WEIGHTS}
    common["company"] = [slug for slug in common["company"] if slug != one.companies[0]]
    known = {_skeleton(name) for name in common["name"]}
    common["sound"] = [bones for bones in common["sound"] if bones not in known]
    total = sum(_weight(kind, feature) for kind, features in common.items() for feature in features)
    smaller = min(_whole(one), _whole(other))
    kinds = sum(bool(features) for kind, features in common.items() if kind != "company")
    if kinds < 2 or total < TOTAL or total < RATIO * smaller or not _telling(common):
        return None
    names = [one.spelled[stem] for stem in common["name"]][:8]
    parts = [
        ("numbers", common["number"]),
        ("names", names),
        ("names by their sound", common["sound"][: 8 - len(names)]),
    ]
    return total, "; ".join(f"{what} {', '.join(shared)}" for what, shared in parts if shared)


def _telling(common: dict[str, list[str]]) -> bool:
    """Numbers tell one event from the next of the same kind; without a number many more names are asked."""
    telling = sum(_weight("number", number) for number in common["number"])
    return telling >= 6 or len(common["name"]) + len(common["sound"]) >= (7 if telling else 10)


def _weight(kind: str, feature: str) -> float:
    if kind == "number":
        digits = feature.replace(".", "").rstrip("0")
        return _WEIGHTS[kind] * (1.0 if len(feature) > 2 or len(digits) > 2 else 0.75)
    if kind == "name" and len(feature) <= 4:
        return 1.0  # ICE, DHS, WIRED's kin: agencies and acronyms of a running topic
    return _WEIGHTS[kind]


def _whole(print_: Print) -> float:
    """The weight of what could be shared with a text in any script."""
    return sum(_weight(kind, feature) for kind in ("number", "name") for feature in print_.features[kind])


def of_article(article: Article, plain: str) -> Print:
    """The print of an article whose body's words are given."""
    return fingerprint(article.title, plain, article.lang, [*article.companies, *article.mentions])
