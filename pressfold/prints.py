"""Prints of articles: what can be compared of two in any languages: numbers, names, the sound of names, runs of words.

By its print a telling of a story is found again. No page has one: what a page was drawn from is told by `render.py`.
"""

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache

import msgspec

from pressfold.article import Article
from pressfold.language import Tag, base
from pressfold.registry import outlets

VERSION = 5  # of the prints, which are remembered between runs
_LONGEST = 200_000  # characters: what comes behind so many tells no other story


class Print(msgspec.Struct, frozen=True):
    """What is compared of an article: `features` by kind, and the sketch of its text."""

    lang: str
    companies: tuple[str, ...]
    features: dict[str, tuple[str, ...]]
    spelled: dict[str, str]  # each name as the text writes it, for the reasons
    sketch: tuple[int, ...]


def of_article(article: Article, plain: str) -> Print:
    """The print of an article whose body's words are given."""
    return print_of(article.title, plain, article.lang, [*article.companies, *article.mentions])


def print_of(title: str, body: str, lang: Tag, companies: Sequence[str]) -> Print:
    """The print of a text; `body` is plain text, a paragraph a line, and the first company the main one."""
    body = body[:_LONGEST]
    whole = f"{title}\n{body}"
    names = _names(whole)
    features = {
        "number": tuple(sorted(_numbers(_without_outlets(whole)))),
        "name": tuple(sorted(names)),
        "sound": tuple(sorted(_sounds(whole, names.values()))),
        "company": tuple(sorted(companies)),
    }
    return Print(str(base(lang)), tuple(companies), features, names, _sketch(body))


# Numbers.

# Multipliers written as words, by what they multiply with; each stands right behind its number.
_SCALES = {
    1000: """
        thousand tys tysiąc tysiące tysięcy tysiąca mila mille mil tausend tusind tusen tuhat tuhatta ezer bin duizend mii mie
        hiljada tisuća tisuće tisíc ribu nghìn ألف آلاف אלף אלפים هزار ہزار тысяч тысячи тысяча тис хил χιλιάδες हज़ार हजार হাজার
    """,
    100_000: "lakh lakhs लाख লাখ لاکھ",
    1_000_000: """
        million millions mln mio milione milioni millón millones milhão milhões millionen مليون ملايين מיליון میلیون миллион
        миллионов миллиона млн milionów miliony milion мільйон мільйона мільйонів milyon millió εκατομμύρια εκατ millioner
        miljoner miljon miljoen miljoonaa miljoona milioane milion milionů miliónov milijuna milijun милиона juta triệu मिलियन
    """,
    10_000_000: "crore crores करोड़ কোটি کروڑ",
    1_000_000_000: """
        billion bn mld miliardo miliardi milliard milliards milliarde milliarden مليار مليارات מיליארד میلیارد миллиард
        миллиардов млрд miliard miliardów мільярд мільярда мільярдів milyar milliarder mia miljarder miljard miljardia
        miliarde miliardy milijardi милиарда bilhão bilhões miliar tỷ अरब
    """,
    1_000_000_000_000: """
        trillion trn tn трлн триллион триллиона триллионов تريليون تریلیون bilion bilionów trilyon billones trilhão triliun
    """,
}
_SCALE = {word: scale for scale, words in _SCALES.items() for word in words.split()}
_SIGNS = "\u0900-\u0963\u0966-\u0dff"  # of the scripts of India: their vowels are no letters to a regular expression
_GROUPED = r"(?:\d{1,3}(?:[.,'’\u202f\u00a0 ]\d{3})+|\d{1,2}(?:,\d\d)+,\d{3})(?!\d)"
_NUMBER = re.compile(rf"(?<![\w.,])\+?({_GROUPED}|\d+(?:[.,]\d+)?)(?:\s?([^\W\d][^\W\d{_SIGNS}]*[{_SIGNS}]*))?")
_HAN_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)([千百천백]?)(万亿|萬億|[万萬亿億兆만억조]?)")
_HAN_SCALES = {1e2: "百백", 1e3: "千천", 1e4: "万萬만", 1e8: "亿億억", 1e12: "兆조"}
_HAN_SCALE = {"": 1.0, "万亿": 1e12, "萬億": 1e12} | {
    sign: scale for scale, signs in _HAN_SCALES.items() for sign in signs
}
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def _numbers(text: str) -> set[str]:
    """Numbers written alike (10.000 = 10,000 = ١٠٠٠٠ = 1万): of two digits or with a fraction, and no years."""
    plain = _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
    plain = plain.replace("٬", ",").replace("٫", ".")
    found = _han_numbers(plain) if 5 * len(_HAN.findall(plain)) > len(plain) else _worded_numbers(plain)
    return {
        f"{value:g}" if value < 1e6 else f"{value:.0f}"
        for value, sure in found
        if value < 1e18 and _tells(value, sure=sure)
    }


def _tells(value: float, *, sure: bool) -> bool:
    whole = value == int(value)
    return (value >= 10 or not whole) and (sure or not (whole and 1900 <= value <= 2100))


def _worded_numbers(text: str) -> Iterable[tuple[float, bool]]:
    """(value, whether it is surely no year)."""
    for match in _NUMBER.finditer(text):
        digits, scale = match[1], _SCALE.get((match[2] or "").casefold(), 1)
        grouped = bool(re.fullmatch(_GROUPED, digits))
        value = float(re.sub(r"\D", "", digits)) if grouped else float(digits.replace(",", "."))
        yield value * scale, grouped or scale > 1


def _han_numbers(text: str) -> Iterable[tuple[float, bool]]:
    """Chinese, Japanese and Korean count in ten thousands, and what follows is added: 1億2000万, 14만 2,000."""
    parts: list[float] = []
    lowest, end = 0.0, -1
    for match in _HAN_NUMBER.finditer(text):
        digits, hundreds, scale = match.groups()
        part = float(digits.replace(",", "")) * _HAN_SCALE[hundreds] * _HAN_SCALE[scale]
        spaced = text[end : match.start()] == " " and (scale or lowest == 1e4)
        if not (part < lowest and (match.start() == end or spaced)):
            yield sum(parts), len(parts) > 1 or lowest > 0
            parts = []
        parts.append(part)
        lowest, end = _HAN_SCALE[scale] if scale or hundreds else 0.0, match.end()
    yield sum(parts), len(parts) > 1 or lowest > 0


@cache
def _numbered_outlets() -> list[str]:
    """Outlets with a number in their name (404 Media): it tells nothing of the story."""
    return sorted((name for name in outlets() if any(ch.isdigit() for ch in name)), key=len, reverse=True)


def _without_outlets(text: str) -> str:
    folded = text.casefold()
    for name in _numbered_outlets():
        if name.casefold() in folded:
            text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    return text


# Names.

_WORD = re.compile(rf"[^\W\d_](?:[\w{_SIGNS}'’-]*[\w{_SIGNS}])?")
_COMMON = frozenset("ceo ai ia us usa eu un uk it in la le il the a i no de el der die das los las san new".split())


def _is_latin(word: str) -> bool:
    return unicodedata.name(word[0], "").startswith("LATIN")


def _names(text: str) -> dict[str, str]:
    """Names in Latin letters, by stem: every Latin word of another script's text, capitals inside a Latin sentence."""
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


@lru_cache(maxsize=1 << 15)
def skeleton(word: str) -> str:
    """The consonants of a word as they survive transliteration."""
    from anyascii import anyascii

    plain = anyascii(unicodedata.normalize("NFKC", word)).casefold()
    plain = plain.replace("ph", "f").replace("sh", "s").replace("ch", "c").replace("x", "ks")
    bones = re.sub(r"[^a-z]|[aeiouyhw]", "", plain).translate(_SAME)
    return re.sub(r"(.)\1+", r"\1", bones)


_CASELESS = tuple(
    "BENGALI DEVANAGARI ETHIOPIC GEORGIAN GUJARATI GURMUKHI KANNADA MALAYALAM ORIYA SINHALA TAMIL TELUGU".split()
)
_PREFIX = re.compile(r"^[وفبكل]?(?:ال)?(?=\w{4})|^[והבלמשכ](?=\w{4})")


def _sounds(text: str, names: Collection[str]) -> set[str]:
    """Skeletons of words that may be names: of Latin names, and of every longer word of alphabets without capitals."""
    found = {skeleton(name) for name in names}
    for word in _WORD.findall(text):
        if _is_latin(word) or len(word) < 5:
            continue
        if unicodedata.name(word[0], "").startswith(("ARABIC", "HEBREW")):
            found |= {skeleton(word), skeleton(_PREFIX.sub("", word))}
        elif word[0].isupper() or unicodedata.name(word[0], "").startswith(_CASELESS):
            found.add(skeleton(word))
    return {bones for bones in found if len(bones) >= 4}


# Wording.


def _sketch(body: str) -> tuple[int, ...]:
    """Hashes of runs of three words (of five characters where words are not parted), an eighth of them by value."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", body).casefold())
    letters = "".join(words)
    dense = len(letters) > 12 * len(words)
    runs: Iterable[str] = (
        (letters[at : at + 5] for at in range(len(letters) - 4))
        if dense
        else (" ".join(words[at : at + 3]) for at in range(len(words) - 2))
    )
    hashes = {zlib.crc32(run.encode("utf-8", "replace")) for run in runs}
    return tuple(sorted(value for value in hashes if value % 8 == 0))
