"""Whose picture it is: captions that name a photographer or an agency, and such names alone on their line."""

import re

from pressfold.ingest.lexicon import every, key, tokens
from pressfold.ingest.lines import Line
from pressfold.ingest.scripts import cased
from pressfold.ingest.wrapped import ENDS

# Names that picture agencies sign with; in any language the same.
_AGENCIES = re.compile(
    r"\b(getty|shutterstock|istock|unsplash|pexels|pixabay|alamy|nurphoto|picture[ -]alliance|imago|depositphotos|"
    r"adobe stock|wikimedia|flickr|sipa|anadolu|lapresse|zuma|reuters|afp|epa|pap|ansa|dpa|efe|ap photo|ap|tass|xinhua|"
    r"bloomberg|east news|anp|belga|tt|ntb|mti|čtk|tasr)\b",
    re.IGNORECASE,
)


# Signs of a picture's owner, and how captions end or go on in some languages: ... / THE PAPER, 图为 ..., 記者王小明攝,
# ... /Daily DB, ... / fot. A. Roe / Agency, place=town で、本社ヘリから; (Ada Poe/The Paper).
_CREDITED = re.compile(
    r"[©ⓒ]|[A-ZÀ-Ž.' -]{4,} / [A-ZÀ-Ž' -]{3,}$|^图为|[記记]者\S{2,4}[攝摄]|"
    r"[(\[](?:[A-ZÀ-Ž][\w.'-]+ ?){1,4}/ ?[A-ZÀ-Ž][^()\[\]/]{2,40}[)\]]\.?$|"
    r"(?i:[.。]\s*/[^/]{1,14}(?:DB|제공|뉴스\d?|뉴시스)$|\s/ (?:fot|foto|photo|zdj|kuva|bild)\b\.?\s|"
    r"(?:\s사진|写真)=\S{2,5}(?:\s기자)?$|[=＝].{2,40}(?:から|撮影)$)"
)
_CAPITALS = re.compile(
    r"[.!?]\s+[A-ZÀ-Ž]{3,}(?:\s[A-ZÀ-Ž]{2,}){0,2}$"
)  # behind a long sentence an agency signs its report
# A sentence and, behind it, nothing but a name: At the gate, on Friday. Ada Poe; ... | THE PAPER; ... PAPER/A. Roe.
_NAME = r"[A-ZÀ-ŽА-Я][\w'’-]+(?:\s[A-ZÀ-ŽА-Я][\w'’.-]*){1,2}"
_BEHIND = re.compile(
    rf"[.!?]\s+(?:[A-Z]{{3,}}/)?{_NAME}$|[.!?]\s*\|\s*[^|!?]{{2,30}}$|"
    r"[,|]\s*(?:fot|foto|photo|zdj|kuva|φωτ)\b[.:]?\s|\b[A-Z]{4,}\s\|\s[A-Z]{4,}$|"
    r"[.!?]\s+(?i:fot|foto|zdj|phot)\.\s.{2,40}$|"
    r"[.!?]\s+(?:[\w-]+\.(?:com|net|org|info|[a-z]{2})\b\s*){1,3}$"
)
# Behind what a picture shows, with nothing between, whose it is: ... for workers Credit: Ada Poe.
_TOLD = re.compile(
    r"\s(?:Credit|Picture|Image|Photo|Foto|Bild|Quelle|Źródło|Fot|Zdjęcie|Kuva|Fuente|Fonte)(?:: |\.{3})\s?(.{2,50})$"
)
# What kind of picture it is, or whose, in brackets, or its reporter, behind a sentence.
_FILED = re.compile(
    r"\snuotr\.?$|[.!?]\s+\([A-Z][\w .&'’-]{1,30}: [A-Z][\w .'’-]{2,40}\)$|"
    r"[（(][^（()）]*(?:照片|資料照|资料照|圖|图|사진|写真)[)）]$|[.。]\s*\S{2,10}\s\S{2,5}\s기자$"
)
# What a picture shows, and that it is an old one or stands for another.
_SHOWN = re.compile(
    r"(?:an? )?(?:undated |old )?(?:file|stock|archive|handout|representational?|representative) (?:photo|picture|image)s? of\b",
    re.IGNORECASE,
)
# Whose it is without a colon: Photos Ada Poe.
_TAKER = re.compile(
    r"(?i:beeld|foto['’]?s?|photos?|photographies?|fotografie|zdjęcia|bild|bilder|kuvat?|valokuvat?|fotó|φωτογραφίες?|фото)"
    r"(?:\s(?:[A-ZÀ-ŽА-Я][\w.'’-]+|d[aei]|van|von|de[nr]|l[ae])){1,4}\s[A-ZÀ-ŽА-Я][\w.'’-]+$"
)
# Whose picture it is, or that it is an old one, before what it shows: Getty Images A woman ...; Archivo - ...
_OPENED = re.compile(
    r"(?i:(?:[\w ]{3,20} via )?getty images|pa media|pa wire|shutterstock|alamy|epa|reuters|afp) (?=[A-ZÀ-Ž][^ ]* [^ ])|"
    r"(?:Archivo|Archives?|Archiv|Arquivo|Archivio|Archiwum|FILE|FILE PHOTO|Foto de archivo) [–—-] (?=\S)"
)
_TAKEN = re.compile(r"(?:撮影|摄影|攝影?)[)\]]?$|[A-ZÀ-Ž]{3,} \([A-ZÀ-Ž .]{3,}\)$")  # AGENCY (ADA POE)


def is_credit(line: Line) -> bool:
    """A picture's caption: it opens or ends with a credit word, or is signed by an agency."""
    text, words = line.narrow, line.words
    if words > _LONGEST or _is_byline(text):
        return False
    if _opens(text) or _SHOWN.match(text) or _TAKER.match(text):
        return True
    if not line.ends and words <= _LONG and _OPENED.match(text):
        return True
    if not line.ends and ((words <= _SIGNED and _signature(text)) or (words <= _UNENDED and _TAKEN.search(text))):
        return True
    return words <= _LONG and bool(
        _CREDITED.search(text)
        or _closes(text)
        or _bracketed(text)
        or (_agency_last(text) and not (line.ends and words > _SHORT))
        or (_CAPITALS.search(text) and words <= _SHORT)
        or (_FILED.search(text) and words <= _FILED_MOST)
        or (not line.ends and (_BEHIND.search(text) or _kind_of_picture(text) or _is_told(text)))
    )


def is_signed(line: Line) -> bool:
    """Whether it is a sentence with an agency in brackets or a reporter behind it, which can sign a whole report."""
    return line.words >= _SHORT and ((line.ends and line.narrow.endswith(")")) or line.text.endswith("기자"))


_LONGEST, _UNENDED, _LONG, _FILED_MOST, _SHORT = 45, 40, 30, 20, 12  # words of a caption, by what makes it one


def _is_byline(text: str) -> bool:
    label = key(text.partition(":")[0])
    return label in every("byline") and label not in every("credit")


def _opens(text: str) -> bool:
    """Whether a line opens with a credit word: Photo: Ada Poe; Image source, The Agency."""
    named = re.match(r"([^\W\d_][^,،:.]{5,24})[,،]\s", text)
    if named and " " in named[1] and key(named[1]) in every("credit"):
        return True
    opening = re.match(r"[(\[▲]?\s*([^\W\d_][^:/|.=]{0,32})([:/|.=])\s*(\S?)", text)
    if not opening:
        return False
    label, mark, rest = opening[1], opening[2], text[opening.end(2) :]
    brief = len(text.split()) <= _SIGNED and not ENDS.search(text)
    whose = mark == ":" and brief and cased(rest) and _has_credit(label)
    return whose or (key(label) in every("credit") and (mark != "." or brief or opening[3].isupper()))


def _has_credit(label: str) -> bool:
    """Whether a label has a word for a picture in it: Source of the main picture, Photo EE."""
    words = tokens(label)
    return len(words) <= _LABEL and any(len(word) >= 4 and word in every("credit") for word in words)


_LABEL = 4  # words of a credit's label


def _closes(text: str) -> bool:
    """Whether a line ends with a credit word and a name: The gate. Photo: Ada Poe."""
    closing = re.search(
        r"(?:[.。।|(\[/]|\s[–—-])\s*([^\W\d_][^:.|()\[\]/]{0,24})(?:[:/]|-\s)\s*(?:[^.:]|(?<=\b[A-ZÀ-Ž])\.){2,60}[)\]]?\.?$",
        text,
    )
    return bool(closing and (key(closing[1]) in every("credit") or _has_credit(closing[1])))


def _bracketed(text: str) -> bool:
    """Whether a line ends with an agency or a credit word in brackets, and is no paragraph that an agency signs."""
    bracket = re.search(r"[(\[]([^()\[\]]{2,60})[)\]]\.?$", text)
    if not bracket or len(re.findall(r"[.!?]\s", text)) >= _SENTENCES:
        return False
    said = key(bracket[1])
    words = re.split(r"[/\s]", said)
    return bool(
        _AGENCIES.search(bracket[1]) or said in every("agency") or any(word in every("credit") for word in words)
    )


def _agency_last(text: str) -> bool:
    signed = " ".join(text.rstrip(". ").split()[-4:])
    closing = re.search(r"(?:[.|/©,–-]|\b(?:via|photo|foto|fot)\b)[^.|/]*$", signed, re.IGNORECASE)
    return bool(closing and _AGENCIES.search(closing[0]))


def _is_told(text: str) -> bool:
    """Whether a line has a credit behind what it shows, with no mark between."""
    told = _TOLD.search(text)
    return told is not None and len(text[: told.start()].split()) >= _SHOWS and cased(told[1])


_SHOWS = 4  # words that say what a picture shows, at least


def _kind_of_picture(text: str) -> bool:
    """Whether a line ends by what kind of picture it stands under, or by whose: A crowd at the gate - archive photo."""
    ending = re.search(r"(?:\s[–—-]|[.!?])\s([^–—.!?-]{2,40})$", text)
    if not ending:
        return False
    said, words = key(ending[1]), tokens(ending[1])
    whose = 1 <= len(words) <= _BEHIND_MOST and len(words[0]) >= 4 and words[0] in every("credit")
    return said in every("credit") or said in every("agency") or whose


_BEHIND_MOST = 7  # words of a credit behind a sentence
_SENTENCES = 2  # before an agency's name, from which it signs a paragraph and no caption
_SIGNED = 8  # words of an agency and its photographer
_BETWEEN = re.compile(r"\s*[/|]\s*|\s+[–—-]\s+|\s*,\s+|\s+via\s+", re.IGNORECASE)


def _signature(text: str) -> bool:
    """Whether a line is nothing but an agency's name, alone or beside a photographer's: Getty Images; EFE/Ana Ruiz."""
    parts = [part for part in _BETWEEN.split(text.strip(" ()[]<>©.")) if part]
    known = [key(part) in every("agency") for part in parts]
    return any(known) and all(agency or _named(part) for agency, part in zip(known, parts, strict=True))


def _named(part: str) -> bool:
    return len(part.split()) <= 4 and cased(part)
