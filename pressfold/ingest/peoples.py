"""What a language calls countries, cities, languages, peoples, days and months, as far as CLDR says it: no companies."""

import re
from collections.abc import Iterator
from functools import cache

from pressfold.ingest.lexicon import key, lexicon
from pressfold.language import Tag, base, locale

_LETTERS = 3  # of which a word has at least so many
_SHORT = frozenset({"us", "usa", "uk", "eu", "un", "uae", "ue", "оон", "сша", "ес"})  # CLDR has the long names alone
_LEAST = 4  # letters of a word that stay when its ending is taken off


class Peoples:
    """The words of one language for what is no company; they are found in inflected forms too."""

    def __init__(self, language: Tag) -> None:
        whole = {words for text in _texts(language) if (words := tuple(key(text).split()))}
        self._words = {word for words in whole for word in words if len(word) >= _LETTERS} | _SHORT
        self._suffixes = frozenset(lexicon(language).suffixes)
        cuts = (1, 2) if self._suffixes else ()
        self._stems = {word[: max(_LEAST, len(word) - cut)] for word in self._words for cut in cuts}

    def __contains__(self, word: str) -> bool:
        """Whether a word, as `key` writes it, is one of these."""
        return word in self._words or any(
            word[:cut] in self._stems and word[cut:] in self._suffixes
            for cut in range(max(_LEAST, len(word) - 5), len(word))
        )


@cache
def peoples(language: Tag) -> Peoples:
    """The words of a language; its region and script change nothing."""
    return Peoples(base(language))


def _texts(language: Tag) -> Iterator[str]:
    """Names of peoples stand in those of languages and of money: American English, Israeli New Shekel."""
    from babel.core import get_global

    here = locale(language)
    for names in (here.territories, here.languages, here.currencies):
        yield from (re.sub(r"\(.*?\)", "", name) for name in names.values())
    for calendar in (here.days, here.months):
        yield from (name for form in calendar.values() for name in form["wide"].values())
    for zone in get_global("zone_territories"):  # whose cities stand there where a language has its own name for them
        yield str(here.time_zones.get(zone, {}).get("city", zone.rpartition("/")[2].replace("_", " ")))
