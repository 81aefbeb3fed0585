"""Which language a text is in, by py3langid; a model of 140 languages, limited to those that the site expects."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from pressfold.language import Tag, base

_TO_MODEL = {"nb": "no"}  # the model knows Norwegian by its old tag
_FROM_MODEL = {"no": "nb"}
_TRADITIONAL = frozenset("這個們說國會為與對發無時還沒從後來開關於學經過來")
_SIMPLIFIED = frozenset("这个们说国会为与对发无时还没从后来开关于学经过来") - _TRADITIONAL


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
    code, probability = _model(wanted).classify(text[:20000])
    found = Tag(_FROM_MODEL.get(code, code))
    if found == "zh" and sum(ch in _TRADITIONAL for ch in text) > sum(ch in _SIMPLIFIED for ch in text):
        return Tag("zh-Hant"), float(probability)
    regional = [tag for tag in languages if base(tag) == found and tag != found]
    return (regional[0] if regional and found not in languages else found), float(probability)
