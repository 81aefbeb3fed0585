"""What a website says of itself or of the text: that it was updated, whose the rights are, who sends it."""

import re
from functools import cache

from pressfold.ingest import labels
from pressfold.ingest.dates import CLOCK
from pressfold.ingest.lexicon import every, holds, stems_of_every
from pressfold.ingest.lines import Line, has_quotes


@cache
def _update_words() -> frozenset[tuple[str, ...]]:
    """Stems that speak of an update: those that notes about the text and labels of dates have in common."""
    notes = {word[:6] for phrase in every("status") for word in phrase.split()}
    labels = {word[:6] for phrase in every("updated") for word in phrase.split() if len(word) > 4}
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


def is_status(line: Line, *, last: bool) -> bool:
    """A note that the story is developing or was updated; a short last line may speak of updates in any words."""
    words = line.tokens
    beside = CLOCK.sub(" ", line.text)
    if beside != line.text and line.words <= _CLOCKED and not re.search(r"\d", beside) and labels.is_later(beside):
        return True
    if line.words > 30 or has_quotes(line.text) or re.search(r"\d", line.text) or corrects(line):
        return False
    if holds(words, stems_of_every("status"), gap=2) > 0:
        return True
    return last and holds(words, _update_words()) > 0 and holds(words, _THIS_TEXT) > 0


_CLOCKED = 5  # words of a line that says at what time a text was changed


# What sites say about themselves under a text: consent, rights, mistakes, comments, advertising, subscriptions.
_NOTICE = re.compile(
    r"免责声明|免責聲明|著作权归|著作權歸|侵权必究|不得轉載|不得转载|观点仅代表|非經.{0,6}授權|"
    r"未经.{0,12}授权.{0,6}(?:不得|禁止|请勿|严禁)|本文(?:来自|来源|转载自).{0,40}(?:授权|转载|发布)|关注我们.{0,10}(?:星标|获取)|"
    r"(?:recebeu este|recibe este|ricevi questa|erhalten diese|recevez cet|otrzymujesz tę|modtager denne) .{0,6}mail.{0,3} "
    r"(?:porque|perché|weil|car|ponieważ|fordi)|(?:e-?mail|newsletter|mail)\b.{0,40}\b(?:in your|i din|im|no|nel tuo|en su) "
    r"(?:browser|navegador)|reader-supported|have a news tip|comments have to be in|haben sie fehler|"
    r"hace posible (?:este|nuestro) periodismo|fer periodisme independent|"
    r"(?:support|subscribe|soutenez|unterstützen|sostieni|apoye|apoya|wesprzyj|podpořte|támogass)\w* .{0,40}"
    r"(?:journalis|periodis|giornalis|jornalis|dziennikar|žurnalis|újságír)|[.·] jederzeit kündbar|"
    r"^(?:read|get|try|subscribe|start)\b.*\bcancel any ?time|"
    r"(?:this|este|esta|diese[rs]?|ce|cette) (?:summary|translation|article|resumo|resumen|zusammenfassung|résumé) .{0,30}"
    r"(?:by|por|con|par|von) (?:an? |une? )?(?:ai|ia|ki|inteligencia|inteligência|intelligence)\b|"
    r"(?:views|opinions) expressed (?:in|by|here)|opiniones (?:expresadas|vertidas) en|opiniile exprimate|poglądy wyrażone|"
    r"for (?:further|more) information,? (?:please )?contact|"
    r"\bcookies?\b|accept all|we value your privacy|all rights reserved|may earn|affiliate|unsubscribe|terms of use|"
    r"privacy policy|urheberrecht|alle rechte vorbehalten|tous droits réservés|droits de reproduction|todos los derechos|"
    r"todos os direitos|tutti i diritti|riproduzione riservata|wszelkie prawa|wszystkie prawa|všechna práva|minden jog|"
    r"все права защищены|всі права|всички права|sva prava|alle rechten|alla rättigheter|kaikki oikeudet|με επιφύλαξη|"
    r"tüm hakları|yasal uyarı|جميع الحقوق|کلیه حقوق|כל הזכויות|版权所有|版權所有|無断転載|무단 전재|ctrl\s?\+\s?enter|"
    r"نقل المحتوى|不构成投资建议|pas engag|não representam|no se hace responsable|réservé aux abonnés|reste.{0,30}à lire|"
    r"помітили помилку|нашли ошибку|заметили ошибку|našli chybu|bu haber|you receive|you are receiving|ontvangt deze|"
    r"forward-looking statements|^about the author|prawem autorskim|[\w.+-]+@[\w-]+\.\w{2,}|submitted by /u/|autre appareil|"
    r"e-?posta adresiniz|email address will not|réservée? aux abonnés",
    re.IGNORECASE,
)


def is_notice(line: Line) -> bool:
    """A notice of the site about itself: cookies, rights, mistakes, comments, subscriptions. Ask it only outside the text."""
    if line.words > _NOTE or has_quotes(line.text) or corrects(line):
        return False
    signed = line.words <= _BYLINE and "@" in line.text and line.tokens[:1] and line.tokens[0] in every("byline")
    return (bool(_NOTICE.search(line.text)) and not signed) or _says(line)


def is_between(line: Line) -> bool:
    """A short notice in the words of many sites, such as stands between paragraphs."""
    return line.words <= _SHORT_NOTE and not has_quotes(line.text) and not corrects(line) and _says(line)


# That a text was wrong before: part of it, and not of the site.
_CORRECTS = re.compile(
    r"^(?:correction|corrections|korrektur|richtigstellung|berichtigung|rectificatif|correctif|fe de erratas?|fe de errores|"
    r"corrección|rectificación|errata|rettifica|correzione|errata corrige|sprostowanie|oprava|rättelse|rettelse|oikaisu|"
    r"correctie|rectificatie|düzeltme|исправление|поправка|виправлення|helyreigazítás|rectificare|διόρθωση|تصحيح|تصويب|"
    r"תיקון|更正|訂正|정정)\b.{0,30}?[:：]|"
    r"\b(?:earlier|previous|prior) version of (?:this|the) \w+|früher\w+ (?:version|fassung) d|"
    r"(?:eerdere|vorige) versie van d|version (?:antérieure|précédente) de (?:cet|ce)|(?:versión|versió|versão) anterior d|"
    r"versione precedente di quest|poprzedni\w* wersji? (?:tego )?(?:artyku|teks)|(?:tidigare|tidligere) versj?ion av|"
    r"tidligere udgave|предыдущ\w+ верси\w+ |попередн\w+ версі\w+ ",
    re.IGNORECASE,
)


def corrects(line: Line) -> bool:
    """Whether a line says what was wrong in the text."""
    return _CORRECTS.search(line.text) is not None


def _says(line: Line) -> bool:
    return holds(line.tokens, stems_of_every("notice"), gap=2) > 0


_NOTE, _SHORT_NOTE = 70, 30  # words of a notice; of one between paragraphs
_BYLINE = 8  # words of a byline with an address


_MAIL = re.compile(
    r"(from|to|cc|subject|date|sent|von|an|betreff|datum|gesendet|de|à|objet|para|asunto|oggetto|da|od|do|temat|"
    r"emne|fra|til|dato|ämne|från|till|betreft|aan|assunto|para|data|předmět|tárgy|konu|θέμα|"
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


_CONTACT = re.compile(
    r"(media|press|news) (contacts?|enquiries|inquiries|office)|pressekontakt|ansprechpartner(in)? für (journalist|die presse)|"
    r"contacts? (presse|médias)|contatti (stampa|per la stampa)|ufficio stampa|contacto (de|para) prensa|"
    r"contato (de|para a?) imprensa|kontakt dla (mediów|prasy)|biuro prasowe|kontakt pro média|perscontact|presskontakt|"
    r"контакты для (прессы|сми)|报道联系|媒体联系|媒體聯絡|报道垂询|報道関係者|언론 문의",
    re.IGNORECASE,
)


def is_contact_heading(line: Line) -> bool:
    """The heading under which a press release says whom to ask."""
    return line.words <= 6 and not line.ends and bool(_CONTACT.match(line.text.strip("*•– ")))


def is_about_heading(line: Line) -> bool:
    """The heading under which a press release introduces its sender."""
    match = _ABOUT.match(line.text)
    if not match or line.words > 5 or line.ends:
        return False
    return not line.text[match.end()].islower()
