"""Lines that are the website's, not the article's: buttons, paths, credits, notes, offers, biographies.

Every rule looks at a whole line; none takes a phrase out of a sentence.
"""

import re
from functools import cache

from pressfold.ingest.lexicon import Phrases, every, holds, key, lexicon, stems, stems_of_every, tokens
from pressfold.ingest.lines import Line
from pressfold.language import Tag

_NO_WORDS = re.compile(
    r"[-=_*~]{3,}.{0,40}[-=_*~]{3,}|\d{1,2}[:.]\d{2}|(https?://|www\.)\S+|\S+@\S+\.\w+|(#[\w]+\s*)+|[©ⓒ].*|[\W_]+|\d+",
    re.IGNORECASE,
)
_QUOTED = re.compile('["“„«”»「」『』]')
# Names that picture agencies sign with; in any language the same.
_AGENCIES = re.compile(
    r"\b(getty|shutterstock|istock|unsplash|pexels|pixabay|alamy|nurphoto|picture[ -]alliance|imago|depositphotos|"
    r"adobe stock|wikimedia|flickr|sipa|anadolu|lapresse|zuma|reuters|afp|epa|pap|ansa|dpa|efe|ap photo|ap|tass|xinhua|"
    r"bloomberg|east news|anp|belga|tt|ntb|mti|čtk|tasr)\b",
    re.IGNORECASE,
)
# What advertising is called; a line that says no more than that the text goes on behind it.
_ADVERTISING = re.compile(
    "advertis|anzeige|werbung|publicid|publicit|pubblicit|reklam|oglas|ogłosz|reclam|iklan|quảng cáo|إعلان|اعلان|פרסומת|"
    "تبلیغ|διαφημ|广告|廣告|広告|광고|inzer|hirdet|mainos|annons|sponsor"
)
_LETTERS = re.compile("newsletter|e-?mail|rss|ctrl", re.IGNORECASE)
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
    if goes_on(line) or _shares(line) or _AGO.fullmatch(line.text) or key(_PRICE.sub("", line.text)) in _buttons():
        return True
    words = [word for word in tokens(line.text) if not word.isdecimal()]
    if line.key in _buttons() or covered(words, _pressable()):
        return True
    label, colon, rest = line.narrow.partition(":")
    timed = bool(colon) and key(label) in _buttons() and bool(re.search(r"\d", rest)) and len(rest.split()) <= 3
    advertises = line.words <= 8 and not _QUOTED.search(line.text) and len(words) <= 6
    return timed or (advertises and not line.ends and bool(_ADVERTISING.search(key(line.text))) and _only_label(words))


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
    return line.words <= 5 and bool(_SHARE.search(line.text)) and any(word in NETWORKS for word in line.key.split())


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
    for parts, enough in ((_PATH.split(line.narrow), 2), (_BARS.split(line.narrow), 3), (list(line.cells), 3)):
        short = [part for part in parts if part.strip() and len(part.split()) <= 4]
        known_parts = sum(key(part) in known for part in parts)
        if len(parts) >= 2 and len(short) == len(parts) and (len(parts) > enough or known_parts):
            return True
    words = tokens(line.text)
    return len(words) >= 2 and 10 * sum(word in known for word in words) >= 6 * len(words)


@cache
def _update_words() -> frozenset[tuple[str, ...]]:
    """Stems that speak of an update: those that notes about the text and labels of dates have in common."""
    notes = {word[:6] for phrase in every("status") for word in phrase.split()}
    labels = {word[:6] for phrase in every("dateline") for word in phrase.split() if is_later(word)}
    return frozenset((stem,) for stem in labels & notes)


# What a note calls the text that it stands under.
_THIS_TEXT = frozenset(
    (word[:6],)
    for word in (
        "article story report page text artikel bericht meldung beitrag histoire historia storia notizia noticia nota texto "
        "matéria reportagem tekst artykuł materiał článek zpráva správa članak vijest vest cikk haber yazı статья материал "
        "новость стаття новина статия новина مقال خبر قصة تقرير مطلب כתבה ידיעה artikkel nyhet uutinen juttu bài viết"
    ).split()
)


_LATER = re.compile(
    "last |zuletzt |ostatni|últim|ultim|dernière|aktual|akt|updat|modif|mis à|mise à|actuali|aggiorn|обнов|оновл|تحديث|آخر|"
    "עודכן|עדכון|güncel|gewijzigd|更新|수정|अपडेट|atualiz|oppdater|opdater|uppdater|päivit|frissít"
)


def is_later(label: str) -> bool:
    """Whether the label of a date speaks of a change, not of the publication."""
    return bool(_LATER.match(label))


def is_status(line: Line, *, last: bool) -> bool:
    """A note that the story is developing or was updated; a short last line may speak of updates in any words."""
    words = tokens(line.text)
    if line.words > 30 or _QUOTED.search(line.text) or re.search(r"\d", line.text):
        return False
    if holds(words, stems_of_every("status"), gap=2) > 0:
        return True
    return last and holds(words, _update_words()) > 0 and holds(words, _THIS_TEXT) > 0


def is_credit(line: Line) -> bool:
    """A picture's caption: it opens or ends with a credit word, or is signed by an agency."""
    text, words = line.narrow, line.words
    if words > 45:
        return False
    if (
        words <= 40
        and not line.ends
        and re.search(r"(?:撮影|摄影|攝影?)[)\]]?$|[A-ZÀ-Ž]{3,} \([A-ZÀ-Ž .]{3,}\)$", text)
    ):
        return True
    if words <= 30 and (re.search(r"[©ⓒ]|[A-ZÀ-Ž.' -]{4,} / [A-ZÀ-Ž' -]{3,}$", text) or text.startswith("图为")):
        return True
    opening = re.match(r"[(\[▲]?\s*([^\W\d_][^:/|.]{0,24})[:/|.]\s*(\S?)", text)
    if opening and key(opening[1]) in every("credit") and (text[opening.end(1)] != "." or opening[2].isupper()):
        return True
    closing = re.search(r"(?:[.。|(\[]|\s[–—-])\s*([^\W\d_][^:.|()\[\]]{0,24})[:/]\s*[^.:]{2,60}[)\]]?\.?$", text)
    if closing and key(closing[1]) in every("credit"):
        return words <= 30
    if words <= 30 and re.search(r"[(\[](?:[A-ZÀ-Ž][\w.'-]+ ){1,3}/ ?[A-ZÀ-Ž][^()\[\]/]{2,40}[)\]]\.?$", text):
        return True
    bracket = re.search(r"[(\[]([^()\[\]]{2,60})[)\]]\.?$", text)
    if bracket and (_AGENCIES.search(bracket[1]) or set(re.split(r"[/\s]", key(bracket[1]))) & every("credit")):
        return words <= 30
    signed = " ".join(text.rstrip(". ").split()[-4:])
    ending = re.search(r"(?:[.|/©,–-]|\b(?:via|photo|foto|fot)\b)[^.|/]*$", signed, re.IGNORECASE)
    return words <= 30 and bool(ending and _AGENCIES.search(ending[0])) and not (line.ends and words > 12)


def is_promo(line: Line) -> bool:
    """A line that leads to other articles: "Read also: ...", "X presents:"."""
    if line.words > 25:
        return False
    text = re.sub(r"^\[([^\[\]]{2,20})\]\s*", r"\1: ", line.narrow)  # [Related] a headline
    head, colon, tail = text.partition(":")
    leads = every("promo")
    if colon and not tail.strip():
        words = tokens(head)
        parts = [part for n in range(1, len(words) + 1) for part in (words[:n], words[-n:])]
        return len(words) <= 6 and any(" ".join(part) in leads for part in parts)
    return (bool(colon) and key(head) in leads) or (not line.ends and (key(text) in leads or key(text) in _buttons()))


def is_label(line: Line) -> bool:
    """A promotion's label alone on its line: what it leads to stands on the next."""
    return line.words <= 6 and is_promo(line) and not re.search(r":\s*\S", line.narrow)


_LEAD = 8  # words that lead to other articles, at most


def is_invitation(line: Line) -> bool:
    """A line inside or under the text that asks to subscribe, follow or read on."""
    words = tokens(line.text)
    if len(words) > 20 or _QUOTED.search(line.text):
        return False
    opening = any(" ".join(words[:n]) in every("promo") for n in range(2, min(len(words), _LEAD) + 1))
    asks = opening and (not line.ends or bool(_LETTERS.search(line.text)))
    pressed = not line.ends and holds(words[:5], _pressed(), gap=1) > 0
    letter = not line.ends and "newsletter" in words
    return asks or pressed or letter or bool(re.match(r"\W*(newsletter|tags?\b|ctrl)", line.text, re.IGNORECASE))


@cache
def _pressed() -> Phrases:
    """The buttons of all languages that take more than a word to say, as stems."""
    return stems(frozenset(phrase for phrase in every("ui") if " " in phrase))


def is_biography(line: Line, language: Tag, author: str = "") -> bool:
    """A few sentences about the author: it begins with the name, or with the word for one, or uses two of the trade."""
    words = tokens(line.text)
    if line.words > 60 or _QUOTED.search(line.text) or re.search(r"(?<!\d)(?!19|20)\d{3}", line.text):
        return False
    if author and key(line.text).startswith(key(author)):
        return True
    known = lexicon(language)
    trade = holds(words, stems(known.profession))
    if trade < 4 and holds(words, stems(known.reporting)) > 0:
        return False
    writers = {word for name in known.byline for word in tokens(name) if len(word) > 4}
    opening = {word.split("'")[-1] for word in words[:3]}
    return (
        trade >= 2
        or (line.words <= 40 and bool(opening & writers) and trade >= 1)
        or (line.words <= 16 and bool(opening & (writers | _AUTHORS)))
    )


# The author as a person, in the forms in which sites write it; the lexicon's bylines hold it for other languages.
_AUTHORS = frozenset("author autor autorin autorka autore autrice auteur autrice auteure autora автор автора".split())


# What sites say about themselves under a text: consent, rights, mistakes, comments, advertising, subscriptions.
_NOTICE = re.compile(
    r"\bcookies?\b|accept all|we value your privacy|all rights reserved|may earn|affiliate|unsubscribe|terms of use|"
    r"privacy policy|urheberrecht|alle rechte vorbehalten|tous droits réservés|droits de reproduction|todos los derechos|"
    r"todos os direitos|tutti i diritti|riproduzione riservata|wszelkie prawa|wszystkie prawa|všechna práva|minden jog|"
    r"все права защищены|всі права|всички права|sva prava|alle rechten|alla rättigheter|kaikki oikeudet|με επιφύλαξη|"
    r"tüm hakları|yasal uyarı|جميع الحقوق|کلیه حقوق|כל הזכויות|版权所有|版權所有|無断転載|무단 전재|ctrl\s?\+\s?enter|"
    r"نقل المحتوى|不构成投资建议|pas engag|não representam|no se hace responsable|réservé aux abonnés|reste.{0,30}à lire|"
    r"помітили помилку|нашли ошибку|заметили ошибку|našli chybu|bu haber|you receive|you are receiving|ontvangt deze|"
    r"forward-looking statements|^about the author|prawem autorskim|[\w.+-]+@[\w-]+\.\w{2,}|submitted by /u/|autre appareil|"
    r"version of this article|versie van dit artikel|e-?posta adresiniz|email address will not|réservée? aux abonnés",
    re.IGNORECASE,
)


def is_notice(line: Line) -> bool:
    """A notice of the site about itself: cookies, rights, mistakes, comments, subscriptions. Ask it only outside the text."""
    return line.words <= 70 and not _QUOTED.search(line.text) and bool(_NOTICE.search(line.text))


_MAIL = re.compile(
    r"(from|to|cc|subject|date|sent|von|an|betreff|datum|gesendet|de|à|objet|para|asunto|oggetto|da|od|do|temat|"
    r"от|кому|тема|дата|من|إلى|الموضوع):\s+\S",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(about|über|à propos (de|d[’'])|acerca de|sobre|informazioni su|o (firmie|spółce|společnosti)|over|om|tietoa|"
    r"о компании|про компанію|نبذة عن|关于|關於)\s*(?=[^\W\d_])",
    re.IGNORECASE,
)


def is_mail_header(line: Line) -> bool:
    """A line of a mail's head; one alone proves nothing."""
    return line.words <= 25 and bool(_MAIL.match(line.text))


def is_about_heading(line: Line) -> bool:
    """The heading under which a press release introduces its sender."""
    match = _ABOUT.match(line.text)
    if not match or line.words > 5 or line.ends:
        return False
    return not line.text[match.end()].islower()
