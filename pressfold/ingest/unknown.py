"""Names in a text that no list knows: candidates for companies, with what speaks for each.

Nothing is concluded from one text. What a name is worth is seen where many texts are counted: `census.py`.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import chain

import msgspec

from pressfold.company import Company
from pressfold.ingest.lexicon import key, lexicon
from pressfold.ingest.marks import FORM, beside
from pressfold.ingest.naming import Namer
from pressfold.ingest.peoples import peoples
from pressfold.ingest.scripts import capitalised, script
from pressfold.language import Tag, base
from pressfold.slug import Slug

_RANGES = ((0x41, 0x5B), (0xC0, 0x250), (0x370, 0x530), (0x531, 0x557), (0x1E00, 0x2000))
_UPPER = "".join(ch for ch in map(chr, chain.from_iterable(range(*ends) for ends in _RANGES)) if ch.isupper())
_WORD = rf"(?:[{_UPPER}]|[a-z]{{1,2}}(?=[A-Z]\w))[\w’'.+-]*[\w+]"
_RUN = re.compile(rf"(?<![\w@#/.&-]){_WORD}(?: (?:& |\+ )?{_WORD}){{0,4}}")
_FOREIGN = re.compile(r"(?<![\w@#/.])[A-Z][\w&'’.+-]*\w(?: [A-Z][\w&'’.+-]*\w){0,2}")
_SMALL = re.compile(r"(?<![\w@#/.-])[^\W\d_]{3,}(?![\w@./-]\w)")
_START = re.compile(r"(?:^|[.!?…:;؟。|•\n]\s*|[\"“„«»(\[–—-]\s*)$")
_POSSESSIVE = re.compile(r"['’](?:s|S|a|u|ie|em|nın|nin|in|ın|un|ün|da|de|ta|te|ya|ye|e|i|ı|у|а|ом|е)?$")
_TITLE = re.compile(
    r"(?:^|\s)(?:Mr|Mrs|Ms|Dr|Prof|Sir|Lord|Herr|Frau|Mme|Sra?|Sen|Gov|Gen|Rep|President|Judge|pan|pani|prof|dr|г-н|господин|κ)\.?\s$"
)
_VOWELS = "aeiouyаеиоуыяіїειαο"
_CONSONANTS = 4  # letters that stay of a name whose last vowel is taken off
_NOUNS = frozenset({"de", "lb"})  # languages that write every noun with a capital
_WITHOUT = frozenset({"ARABIC", "HEBREW", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "DEVANAGARI", "BENGALI", "THAI"})
_TWO, _FEW = 2, 4


class Name(msgspec.Struct, frozen=True):
    """A name as it stands in a text. `marked`: by a legal form or the word for company; `sure`: by more than a first capital."""

    key: str
    words: str
    start: int
    end: int
    marked: bool
    sure: bool


def first_names(companies: Mapping[Slug, Company]) -> frozenset[str]:
    """First names of people, as the lists of those who lead companies have them: each is the first name of two at least."""
    people = {
        tuple(name.split())
        for company in companies.values()
        for name in company.support
        if name.count(" ") == 1 and all(word[:1].isupper() for word in name.split())
    }
    counted = Counter(first for first, _ in people)
    return frozenset(key(first) for first, times in counted.items() if times > 1)


def small_words(text: str) -> set[str]:
    """The words that stand in a text without a capital, and so are no names."""
    return {match[0] for match in _SMALL.finditer(text) if match[0].islower()}


class Unknown:
    """Finds the names that neither a registry nor the outlets know."""

    def __init__(self, namer: Namer, first: Container[str]) -> None:
        self._namer, self._first = namer, first

    def find(self, text: str, language: Tag) -> Iterator[Name]:
        """Each name of a text once, at the place that speaks for it most."""
        known = self._namer.known(text, language)
        found = [name for name in self._names(text, language) if name and not _covered(name, known)]
        people = self._people(found)
        best: dict[str, Name] = {}
        for name in found:
            if name.marked or name.key not in people:
                before = best.get(name.key)
                if not before or (name.marked, name.sure) > (before.marked, before.sure):
                    best[name.key] = name
        yield from best.values()

    def _names(self, text: str, language: Tag) -> Iterator[Name | None]:
        for start, end in beside(text, language):
            yield _name(text, start, end, language, marked=True, sure=True)
        pattern = _FOREIGN if script(text) in _WITHOUT else _RUN
        for line in re.finditer(r"[^\n]+", text):
            if pattern is _RUN and capitalised(line[0]) >= 0.6:
                continue  # a heading: its capitals say nothing
            for match in pattern.finditer(text, line.start(), line.end()):
                yield self._run(text, match.start(), match.end(), language, foreign=pattern is _FOREIGN)

    def _run(self, text: str, start: int, end: int, language: Tag, *, foreign: bool) -> Name | None:
        """A run of words with capitals, without what is no name at its ends."""
        form = FORM.search(text, start, end + 4)
        marked = bool(form and form.start() > start)
        end = form.start() if form and marked else end
        starts = bool(_START.search(text[max(0, start - 40) : start]))
        nowhere = peoples(language)
        spans = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\s&]+", text[start:end])]
        while spans and key(text[slice(*spans[0])]) in nowhere:
            spans, starts = spans[1:], False
        while spans and key(text[slice(*spans[-1])]) in nowhere:
            spans = spans[:-1]
        if not spans or len(spans) > _FEW or (not marked and _TITLE.search(text[max(0, start - 12) : spans[0][0]])):
            return None
        words = text[spans[0][0] : spans[-1][1]]
        odd = any(ch.isupper() for ch in words[1:].partition(" ")[0])  # OpenAI, NSO
        common = base(language) in _NOUNS and len(spans) == 1 and not odd
        sure = marked or ((foreign or not starts or odd) and not common)
        return _name(text, spans[0][0], spans[-1][1], language, marked=marked, sure=sure)

    def _people(self, names: Iterable[Name]) -> set[str]:
        """The names that are people's: by a first name or an initial, or since the last part stands alone, the first never."""
        alone = {name.key for name in names if " " not in name.key}
        people: set[str] = set()
        for name in names:
            parts = name.key.split()
            if _TWO <= len(parts) < _FEW and not name.marked:
                initial = any(re.fullmatch(r"\w\.", word) for word in name.words.split())
                short = parts[-1] in alone and parts[0] not in alone
                if initial or short or key(name.words.split()[0]) in self._first:
                    people |= {name.key, parts[-1]}
        return people


def _name(text: str, start: int, end: int, language: Tag, *, marked: bool, sure: bool) -> Name | None:
    words = _POSSESSIVE.sub("", text[start:end]).rstrip(".'’-&+ ")
    parts = key(words).split()
    if not parts or len("".join(parts)) < (_TWO if marked or not words.isascii() else _TWO + 1):
        return None
    suffixes = lexicon(language).suffixes
    return Name(" ".join(_stem(part, suffixes) for part in parts), words, start, start + len(words), marked, sure)


def _stem(word: str, suffixes: Iterable[str]) -> str:
    """A word without its ending, so that the forms of a name are one: Figma, Figmy, Figmie."""
    for suffix in sorted(suffixes, key=len, reverse=True):
        if word.endswith(suffix) and len(word) - len(suffix) >= _CONSONANTS:
            word = word[: -len(suffix)]
            break
    return word[:-1] if word[-1:] in _VOWELS and len(word) > _CONSONANTS else word


def _covered(name: Name, known: Iterable[tuple[int, int]]) -> bool:
    return any(start < name.end and name.start < end for start, end in known)
