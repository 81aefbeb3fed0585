"""A text as names in it are compared: without case, vowel marks and forms of letters, each character traced to its place."""

import re
import unicodedata
from collections.abc import Sequence

_DROPPED = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u093c]")
_UNIFIED = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ۀ": "ه", "’": "'", "\u200c": " "}
)
_MANY = 20_000  # characters: more than any press uses


class _Folds(dict[str, str]):
    """How each character is compared; reckoned once."""

    def __missing__(self, ch: str) -> str:
        folded = _DROPPED.sub("", unicodedata.normalize("NFKC", ch).casefold().translate(_UNIFIED))
        if len(self) < _MANY:
            self[ch] = folded
        return folded


_FOLDS = _Folds()


def flatten(text: str) -> str:
    """The text as names are compared, where the places do not matter."""
    return "".join([_FOLDS[ch] for ch in text])


def fold(text: str) -> tuple[str, Sequence[int]]:
    """The text as names are compared, and for each of its characters the place it came from."""
    parts = [_FOLDS[ch] for ch in text]
    folded = "".join(parts)
    if len(folded) == len(text) and all(parts):
        return folded, range(len(text) + 1)  # none was dropped, so none became two
    places = [place for place, part in enumerate(parts) for _ in part]
    return folded, [*places, len(text)]
