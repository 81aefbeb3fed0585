"""Which language a text is in, by py3langid; a model of 140 languages, limited to those that the site expects."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from pressfold.ingest.lexicon import tokens
from pressfold.language import Tag, base

_TO_MODEL = {"nb": "no"}  # the model knows Norwegian by its old tag
_FROM_MODEL = {"no": "nb"}
_TRADITIONAL = frozenset("這個們說國會為與對發無時還沒從後來開關於學經過來")
_SIMPLIFIED = frozenset("这个们说国会为与对发无时还没从后来开关于学经过来") - _TRADITIONAL


# One language to a model of letters, told apart by the vowel of some frequent words, and by how a thousand is called.
_SERBIAN = frozenset(
    "pre posle gde ovde nedelju nedelja nedelje vreme uvek dve reč reči čovek deo delom delu mesto mesta mesec meseca meseci "
    "primer sledeće sledeći ceo celo svet sveta videti hteo uspeo rešenje zahtev zahteve hiljada hiljade hiljadu saopštila "
    "saopšteno".split()
)
_CROATIAN = frozenset(
    "prije poslije gdje ovdje nedjelju nedjelja nedjelje vrijeme uvijek dvije riječ riječi čovjek dio dijelom dijelu mjesto mjesta "
    "mjesec mjeseca mjeseci primjer sljedeće sljedeći cijeli cijelo svijet svijeta vidjeti htio uspio rješenje zahtjev zahtjeve "
    "tisuća tisuće tisuću priopćila priopćeno".split()
)


def _of_two(text: str, found: Tag) -> Tag:
    """Serbian or Croatian, by the words that only one of them has; what was found where neither has more."""
    words = tokens(text)
    more = sum(word in _SERBIAN for word in words) - sum(word in _CROATIAN for word in words)
    return Tag("sr") if more > 0 else Tag("hr") if more < 0 else found


@cache
def _model(languages: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = set(model.labels)
    wanted = [code for code in (_TO_MODEL.get(tag, tag) for tag in languages) if code in known]
    if wanted:
        model.set_languages(wanted)
    return model


def classify(text: str) -> tuple[str, float]:
    """The likeliest of all the model's languages (its own codes), and how likely, 0 to 1."""
    language, probability = _model(()).classify(text)
    return str(language), float(probability)


def identify(text: str, languages: Sequence[Tag]) -> tuple[Tag, float]:
    """The likeliest of the given languages, and how likely, 0 to 1. Chinese is told into Hant by its characters."""
    wanted = tuple(sorted({base(tag) for tag in languages}))
    text = text[:20000]
    code, probability = _model(wanted).classify(text)
    found = Tag(_FROM_MODEL.get(code, code))
    if found == "zh" and sum(ch in _TRADITIONAL for ch in text) > sum(ch in _SIMPLIFIED for ch in text):
        return Tag("zh-Hant"), float(probability)
    if found in ("hr", "sr") and {"hr", "sr"} <= set(wanted):
        found = _of_two(text, found)
    regional = [tag for tag in languages if base(tag) == found and tag != found]
    return (regional[0] if regional and found not in languages else found), float(probability)
