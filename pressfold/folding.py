"""Words as they are looked for: without accents, vowel marks and forms that one writer uses and another does not.

The index is made of folded words and a query is folded by the same rules, so that either finds the other. A query is
folded in the browser (layouts/static/search.js), by the tables that stand here: `RULES` is all that it needs of them.
"""

import re
import unicodedata

# Letters that Unicode does not take apart. What it does (أ ؤ ئ é й Ａ ﻻ) loses its marks, and need not stand here.
_LETTERS = {
    **dict.fromkeys("ٱ", "ا"),
    **dict.fromkeys("ىیےې", "ي"),
    **dict.fromkeys("ةۃہھە", "ه"),
    **dict.fromkeys("کڪ", "ك"),
    **dict.fromkeys("ـ׳״", ""),  # the Arabic stretch; the marks of Hebrew abbreviations
    **dict(
        zip("łøđðħıŋŧςəæœßþ", ("l", "o", "d", "d", "h", "i", "n", "t", "σ", "e", "ae", "oe", "ss", "th"), strict=True)
    ),
    **{digit: str(number % 10) for number, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯๐๑๒๓๔๕๖๗๘๙")},
}
# Quotation marks in a Hebrew abbreviation, as they are typed for its own marks.
_ABBREVIATION = "(?<=[א-ת])[\"'“”„‘’](?=[א-ת])"
# Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, kana, bopomofo, Chinese characters.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\U00020000-\U0003ffff"
)
_RUN = f"[{_UNSPACED}]+"
RULES = {"letters": _LETTERS, "abbreviation": _ABBREVIATION, "unspaced": _RUN}

_MARKS = ("Mn", "Mc", "Me", "Cf")  # combining marks, and characters that are not seen at all


class _Folds(dict[int, str]):
    """What becomes of each character; worked out once for each that is met."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code))
        bare = "".join(part for part in parts if unicodedata.category(part) not in _MARKS).lower()
        self[code] = "".join(_LETTERS.get(part, part) for part in bare)
        return self[code]


_folds = _Folds()
_abbreviation = re.compile(_ABBREVIATION)
_word = re.compile(r"[^\W_]+")
_unspaced = re.compile(_RUN)


def fold(text: str) -> str:
    """The words of a text as they are looked for, with a space between each."""
    bare = text.translate(_folds)
    if not bare.isascii():
        bare = _abbreviation.sub("", bare)
    words = " ".join(_word.findall(bare))
    return words if words.isascii() else " ".join(_unspaced.sub(_pairs, words).split())


def _pairs(run: re.Match[str]) -> str:
    """Words of a script without spaces: each two characters that stand side by side, so that any part can be found."""
    text = run[0]
    pairs = [text[at : at + 2] for at in range(len(text) - 1)] or [text]
    return f" {' '.join(pairs)} "
