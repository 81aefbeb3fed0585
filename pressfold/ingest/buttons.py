"""What is pressed and what leads through a website: buttons, networks, advertising, sections, paths."""

import re
from functools import cache

from pressfold.ingest.lexicon import every, key
from pressfold.ingest.lines import Line, has_quotes

# Rules of dashes, times, addresses, tags, accounts, numbers, an agency's initials (jk/ab), sizes of letters (A+ A-), the
# addresses that programs list behind a page that they dump; short codes, single letters, how many read it (4K views), short dates.
_NO_WORDS = re.compile(
    r"[-=_*~]{3,}.{0,40}[-=_*~]{3,}|\d{1,2}[:.h]\d{2}(?:\s?(?:[A-Z]{3,4}|[ap]\.?m\.?|Uhr|uur|kl\.?))?|"
    r"(https?://|www\.)\S+|\d{1,4}\. [a-z]+:\S+|"
    r"\S+@\S+\.\w+|@[\w.]{3,}|(#[\w]+\s*)+|(?-i:[a-z]{2,4}(?:[/-][a-z]{2,4}){1,4})|(?:A[+-]\s*){1,3}|[©ⓒ].*|[\W_]+|\d+|"
    r"[-–—\s]*END[-–—\s]*|AD|\[[a-z][\w-]*(?: [\w-]+=\"[^\"]*\")*\]|[^\W\d]|\d+(?:[.,]\d+)?\s?[kmкт](?:\s[^\W\d]+)?|"
    r"(?:0?\d|[12]\d|3[01])[./-](?:0?\d|1[0-2])[./-]\d{2},? \d{1,2}[:.]\d{2}",
    re.IGNORECASE,
)
# What advertising is called; a line that says no more than that the text goes on behind it.
_ADVERTISING = re.compile(
    "advertis|anzeige|werbung|publicid|publicit|pubblicit|reklam|oglas|ogłosz|reclam|iklan|quảng cáo|إعلان|اعلان|פרסומת|"
    "تبلیغ|διαφημ|广告|廣告|広告|광고|inzer|hirdet|mainos|annons|sponsor|^pub$"
)
_MARKED = re.compile(r"\[([^\[\]]{2,20})\]\s*\S")  # [Advertisement] Spring sale
NETWORKS = (
    "facebook twitter x linkedin whatsapp telegram instagram youtube tiktok reddit pinterest email e mail pocket threads "
    "bluesky mastodon viber messenger rss flipboard tumblr xing vk ok line wechat weibo qq kakaotalk google news "
    "فيسبوك تويتر إنستغرام انستغرام واتساب تيليغرام تلغرام يوتيوب تلگرام اینستاگرام واتساپ توییتر "
    "פייסבוק טוויטר וואטסאפ טלגרם אינסטגרם телеграм фейсбук вконтакте ютуб вайбер 微信 微博 朋友圈 qq空间 카카오톡 페이스북 ライン"
).split()


@cache
def _buttons() -> frozenset[str]:
    """What buttons say, and what those of one network say said of every other."""
    known = every("ui")
    return known | {phrase.replace("facebook", name) for phrase in known if "facebook" in phrase for name in NETWORKS}


def is_button_text(text: str) -> bool:
    """Whether the words are just what a button says."""
    return key(text) in _buttons()


_MINUTES = frozenset(
    "min mins minutes minuten minuti minut minutos минут мин хв 分 分钟 分鐘 분".split()
)  # a reading time


@cache
def _pressable() -> frozenset[str]:
    """What a row of buttons consists of."""
    return _buttons() | frozenset(NETWORKS) | _MINUTES


@cache
def familiar() -> frozenset[str]:
    """What a site's menus, paths and labels consist of: names of sections, buttons, networks."""
    return every("sections") | _pressable() | _ROOTS


def is_button(line: Line) -> bool:
    """Share, comment, print, subscribe, a row of networks, a reading time, an address, a rule of dashes."""
    if len(line.text) <= 300 and _NO_WORDS.fullmatch(line.text.strip()):
        return True
    if line.words > 14:
        return False
    marked = _MARKED.match(line.narrow)
    if marked and _ADVERTISING.search(key(marked[1])):
        return True
    if goes_on(line) or _shares(line) or _AGO.fullmatch(line.text) or key(_PRICE.sub("", line.text)) in _buttons():
        return True
    words = [word for word in line.tokens if not word.isdecimal()]
    if line.key in _buttons() or covered(words, _pressable()):
        return True
    label, colon, rest = line.narrow.partition(":")
    known = bool(colon) and key(label) in _buttons() and len(rest.split()) <= 3
    timed = known and (bool(re.search(r"\d", rest)) or len(label.split()) > 1)  # Share this story: The Paper
    advertises = line.words <= 8 and not has_quotes(line.text) and len(words) <= 6
    return timed or (advertises and not line.ends and bool(_ADVERTISING.search(line.key)) and _only_label(words))


# That the text goes on, and below what: an advertisement, a film, the fold.
_CONTINUES = re.compile(
    r"\b(?:contin|fortsätt|fortsætt|fortsett|gaat (?:verder|door)|geht (?:es )?weiter|jatkuu|dalsza część|ciąg dalszy|pokračuj|"
    r"folytat|devamı|продолжени|продовженн|συνεχίζ|suite de|la suite|la nota sigue|sigue)",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"\b(?:advert|annon|anzeige|werbung|publici|pubblicit|reklam|mainos|inzer|hirdet|below|unter|onder|efter|etter|nedan|under|"
    r"sotto|dessous|abajo|abaixo|pod|poniżej|níže|alatt|aşağı|altında|ниже|под|нижче|після|jälkeen|wideo|vid[eé]o)",
    re.IGNORECASE,
)


def goes_on(line: Line) -> bool:
    """A line that says no more than that the text goes on behind an advertisement or a film."""
    return line.words <= 9 and bool(_CONTINUES.search(line.text) and _BELOW.search(line.text))


# To share something, in the languages that name the network beside it.
_SHARE = re.compile(
    r"\b(?:share|teilen|partag|compart|condivid|udostępn|sdíle|zdieľ|jaa|paylaş|delen|dela|del på|megoszt|подел|поділ)|"
    r"شارك|مشاركة|اشتراک|שתפו|שיתוף|分享|シェア|공유|κοινοπο|शेयर",
    re.IGNORECASE,
)
_PRICE = re.compile(r"(?:\s[^\W\d]{2,6})?\s?(?:[€$£]\s?\d+(?:[.,]\d+)?|\d+(?:[.,]\d+)?\s?(?:€|zł|kr|Kč|Ft|₽|руб)).*$")
_AGO = re.compile(r"(?:[^\W\d]+ )?\d{1,2} (?:hours?|minutes?|mins?|days?|h|d) ago\b.{0,12}", re.IGNORECASE)


def _shares(line: Line) -> bool:
    return line.words <= 5 and bool(_SHARE.search(line.text)) and any(word in NETWORKS for word in line.tokens)


def _only_label(words: list[str]) -> bool:
    """Whether the words beside the one for advertising only say that the text goes on."""
    others = [word for word in words if not _ADVERTISING.search(word)]
    return len(others) <= 1 or any(word[:5] in _GOES_ON for word in others)


_GOES_ON = frozenset(
    "conti story artic articu below after text läs weite unten suite depoi abaix debaj sotto dopo dalej".split()
)


def covered(words: list[str], phrases: frozenset[str]) -> bool:
    """Whether the words are nothing but such phrases in a row."""
    at = 0
    while at < len(words):
        step = next((n for n in range(6, 0, -1) if at + n <= len(words) and " ".join(words[at : at + n]) in phrases), 0)
        if not step:
            return False
        at += step
    return bool(words)


_PATH = re.compile(r"\s*[>»›]\s*")
_BARS = re.compile(r"\s*[|•·/]\s*")
_ROOTS = frozenset({"home", "homepage", "start"})


def is_section(line: Line) -> bool:
    """The name of a newspaper's section."""
    return line.words <= 4 and (line.key in every("sections") or line.key in every("ui") or line.key in _ROOTS)


def is_path(line: Line) -> bool:
    """Where the page stands in its site, or the site's menu: a row of short names. Ask it only outside the text."""
    if line.ends or line.words > 16:
        return False
    known = familiar()
    ways = line.narrow.split(" > ")
    for parts, enough in (
        (ways, 1),
        (_PATH.split(line.narrow), 2),
        (_BARS.split(line.narrow), 3),
        (list(line.cells), 3),
    ):
        short = [part for part in parts if part.strip() and len(part.split()) <= 4]
        known_parts = sum(key(part) in known for part in parts)
        if len(parts) >= 2 and len(short) == len(parts) and (len(parts) > enough or known_parts):
            return True
    words = line.tokens
    return len(words) >= 2 and 10 * sum(word in known for word in words) >= 6 * len(words)
