"""By what a name shows that it is a company's: legal forms, trades, and the words for company that stand beside it."""

import re
from collections.abc import Iterator

from pressfold.language import Tag, base

_FORMS = (
    "GmbH & Co. KG|GmbH|mbH|gGmbH|AG|SE|KG|KGaA|UG|Inc|Corp|Corporation|Incorporated|LLC|LLP|Ltd|Limited|plc|PLC|Pty Ltd|Pvt Ltd|"
    "S.A.|SA|SAS|SARL|S.à r.l.|SpA|S.p.A.|Srl|S.r.l.|S.L.|Sp. z o.o.|sp. z o.o.|spółka z o.o.|a.s.|s.r.o.|A.Ş.|AB|ASA|AS|A/S|"
    "ApS|Oy|Oyj|NV|N.V.|BV|B.V.|Kft.|Kft|Zrt.|Zrt|Nyrt.|Nyrt|d.o.o.|d.d.|Tbk|Sdn Bhd|Bhd|S.A. de C.V.|Ltda|Α.Ε.|ΑΕ"
)
_LEGAL = "|".join(re.escape(form) for form in sorted(_FORMS.split("|"), key=lambda form: -len(form)))
# A legal form where a name ends, with the comma that English puts before it.
FORM = re.compile(rf",?\s(?:{_LEGAL})(?![\w’'])\.?")
# What may be left away of a name in a text that has said it whole: what a firm is, or trades in.
_TRADES = (
    "Brands|Company|Co|Entertainment|Foods|Games|Group|Groupe|Grupo|Gruppe|Gruppo|Holdings?|International|Labs|Pharma|"
    "Pharmaceuticals|Robotics|Semiconductors?|Software|Studios|Technolog(?:y|ies)|Ticaret"
)
_AWAY = re.compile(rf"^(?:Grupo|Gruppo|Groupe|Grupa|PT) |(?:,? (?:{_LEGAL}|{_TRADES})\.?)+$")

_LATIN = r"[A-Za-zÀ-ɏ][\w&.'’+-]*(?: [A-Z][\w&.'’+-]*){0,2}"
_KATAKANA = r"[゠-ヿ]{3,}(?:[・＝][゠-ヿ]+)*"
_HAN = r"[一-鿿]"
_ARABIC, _HEBREW, _HANGUL, _INDIC = r"[ء-ي]{3,}", r"[א-ת][א-ת'״׳\"-]{2,}", r"[가-힣A-Za-z]{2,}", r"[ऀ-ॣ]{3,}"
# In each script the words for company with what stands beside them; the group is the name.
_BESIDE = {
    "ar": (rf"(?<![ء-ي])(?:[وفبل]|لل)?شركة (?!ال)({_ARABIC}(?: (?!ال){_ARABIC})?)",),
    "fa": (r"(?<![ء-ی])شرکت ([ء-ی]{3,})",),
    "he": (rf"(?<![א-ת])[והבלמשכ]{{0,2}}חברת ({_HEBREW}(?: {_HEBREW})?)",),
    "zh": (rf"({_HAN}{{2,4}})(?:公司|集团|集團)", rf"[「“《]({_HAN}{{2,6}})[」”》](?:公司|集团|集團)"),
    "ja": (
        rf"(?:株式会社|㈱|\(株\)|（株）)((?:{_KATAKANA}|{_HAN}{{2,6}}|{_LATIN}))",
        rf"((?:{_KATAKANA}|{_HAN}{{2,6}}|{_LATIN}))(?:株式会社|㈱)",
        rf"({_KATAKANA})社(?![一-鿿])",
    ),
    "ko": (rf"(?:주식회사|㈜|\(주\)) ?({_HANGUL})", rf"({_HANGUL})(?:그룹|㈜|\(주\))"),
    "hi": (rf"कंपनी ({_INDIC})", rf"({_INDIC}(?: {_INDIC})?) (?:लिमिटेड|प्राइवेट लिमिटेड)"),
    "th": (r"บริษัท ([ก-๙]{3,})",),
    "ru": (r"(?:компани[а-я]+|корпораци[а-я]+|фирм[а-я]+|ООО|АО|ПАО|ЗАО|стартап[а-я]*) «([^«»\n]{2,40})»",),
    "uk": (r"(?:компані[а-яіїє]+|корпораці[а-яіїє]+|фірм[а-яіїє]+|ТОВ|АТ|ПрАТ|ПАТ) «([^«»\n]{2,40})»",),
    "bg": (r"(?:компани[а-я]+|фирм[а-я]+|дружество[а-я]*) [„«“]([^„“”«»\n]{2,40})[“”»]",),
}
_COMPILED = {tag: tuple(map(re.compile, patterns)) for tag, patterns in _BESIDE.items()}
_OPEN = frozenset({"ar", "he"})  # where no mark ends the name
# What stands beside the word for company and says of what kind it is: no name.
_KINDS = re.compile(
    r"(?:科技|技术|技術|有限|股份|上市|能源|保险|保險|航空|汽车|汽車|电商|軟體|软件|互联网|互聯網|外国|外國|[该該总總分子母本大两兩各某家的该这這那]"
    r"|新聞|自動車|食品|製薬|運営|親|子|関連|持株|保険|旅行|通信|管理|控股)$"
    r"|^(?:תעופה|ביטוח|הייטק|טכנולוגיה|תוכנה|סייבר|השקעות|אם|בת|סטארט.*|אבטחה|ענק|תקשורת|אנרגיה|נדל.*|ה.{4,})(?: .*)?$"
    r"|^(?:[ء-ي]*(?:ية|ات|ين)|طيران|تأمين|تكنولوجيا|اتصالات|نفط|ناشئة|كبرى|أمن|برمجيات)(?: .*)?$"
    r"|^(?:استثمار|خاصة|تابعة|شحن|أخرى|واحدة|أدوية|عملاقة)(?: .*)?$"
    r"|^(?:대기업|중견|계열|모|외국|해당|관련|지주|자회사)$|^(?:ने|के|की|का|को|में|से|पर|और|है|ने|भी|इस|यह)$"
)


def short(name: str) -> str:
    """A company's name without its legal form or trade: what a text calls it that has said the whole; empty without these."""
    rest = _AWAY.sub("", name)
    return rest if 2 < len(rest) < len(name) else ""


def beside(text: str, language: Tag) -> Iterator[tuple[int, int]]:
    """Where a name stands beside the word for company, in scripts without capitals and where names stand in quotes.

    Where nothing says whether it is one word or two it is both: many articles tell.
    """
    for pattern in _COMPILED.get(base(language), ()):
        for match in pattern.finditer(text):
            if not _KINDS.search(match[1]):
                yield match.span(1)
                if base(language) in _OPEN and " " in match[1]:
                    yield match.start(1), match.start(1) + match[1].index(" ")
