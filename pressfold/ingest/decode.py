"""Bytes to text: the encoding found, line ends made one, and characters that are no text taken out."""

import codecs
import re
import unicodedata

from pressfold.ingest.draft import Unreadable

LARGEST = 8 * 2**20  # bytes; the longest article in a newspaper is some 0.2 MB

# The legacy encodings in which articles still come, and the languages whose letters each has.
_LEGACY = {
    "cp1252": "fr en de es it pt nl ca sv da no fi id et",
    "cp1250": "pl cs sk hu hr sl ro sr",
    "iso8859_2": "pl cs sk hu hr sl ro",
    "cp1251": "ru uk bg sr",
    "koi8_r": "ru uk",
    "cp1256": "ar fa ur",
    "cp1255": "he",
    "cp1253": "el",
    "cp1254": "tr",
    "cp1257": "lt lv et",
    "shift_jis": "ja",
    "euc_jp": "ja",
    "gb18030": "zh",
    "big5": "zh",
    "euc_kr": "ko",
    "cp874": "th",
}
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> str:
    """The text of the bytes. Raises Unreadable for bytes that are no text."""
    if len(data) > LARGEST:
        raise Unreadable(f"larger than {LARGEST // 2**20} MiB")
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if unmarked := _unmarked(data):
        return data.decode(unmarked, "replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and len(data) > 64:  # cut off in the middle of the last character
            return data[: error.start].decode("utf-8")
        text = data.decode(legacy(data), "replace")
    if text.count("\0") * 50 > len(text):
        raise Unreadable("not a text (binary data)")
    return text


def legacy(data: bytes) -> str:
    """The likeliest of the encodings above, by charset-normalizer; a tie is broken by the language that comes out.

    Raises Unreadable where none fits.
    """
    from charset_normalizer import from_bytes

    from pressfold.ingest.identify import classify

    sample = data[: 64 * 1024]
    matches = list(
        from_bytes(sample, cp_isolation=list(_LEGACY), threshold=1.0, preemptive_behaviour=False, enable_fallback=False)
    )
    if not matches:
        raise Unreadable("not a text (no known encoding)")
    calm = min(match.chaos for match in matches) + 0.01

    def rank(encoding: str, coherence: float) -> tuple[float, float, int]:
        language, probability = classify(sample.decode(encoding, "replace"))
        fitting = probability if language in _LEGACY[encoding].split() else 0.0
        return round(coherence, 1), fitting, -list(_LEGACY).index(encoding)

    best = max((m for m in matches if m.chaos <= calm), key=lambda m: rank(m.encoding, m.coherence))
    return best.encoding


_SHIFTED = re.compile(rb"\+[A-Za-z0-9+/]{3,}")


def _unmarked(data: bytes) -> str:
    """UTF-16 by the zeros that its Latin letters and spaces have, UTF-7 by its words; empty for all else."""
    head = data[:4000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 8 > len(head) > 16 * min(even, odd):
        found = "utf-16-le" if odd > even else "utf-16-be"
    elif len(set(_SHIFTED.findall(data))) >= 3 and data.isascii():
        found = "utf-7"
    else:
        return ""
    try:
        words = (data if found == "utf-7" else head).decode(found)
    except UnicodeDecodeError:
        return ""
    return found if all(ch.isprintable() or ch.isspace() for ch in words) else ""


_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Zero-width spaces, soft hyphens and bidi controls go; the joiners stay, for Persian and Indic words need them.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """NFC, one line feed for every kind of line end, and only characters that XML may carry; spaces as they were."""
    return unicodedata.normalize("NFC", _NO_TEXT.sub("", _INVISIBLE.sub("", _BREAKS.sub("\n", text))))


def flat(text: str) -> str:
    """The words of a piece of text on one line, with a space at an end where it had white space."""
    words = " ".join(clean(text).split())
    return (" " if text[:1].isspace() else "") + words + (" " if words and text[-1:].isspace() else "")


def normalise(text: str) -> str:
    """A clean text with single plain spaces, and none at the ends of a line."""
    return "\n".join(" ".join(line.split()) for line in clean(text).split("\n"))
