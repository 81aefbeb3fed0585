"""Whom a text is about, whom it only mentions, and which platforms are named only as the place of a message."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from pressfold.ingest import confidence
from pressfold.ingest.doubtful import Naming
from pressfold.ingest.lexicon import dense, lexicon, tokens
from pressfold.ingest.naming import Namer
from pressfold.language import Tag
from pressfold.registry import Registry
from pressfold.slug import Slug

_EVIDENCE = 3  # places that are enough to see why a company was taken to be named


class Subject(msgspec.Struct, frozen=True):
    """Whom a text is about and whom it mentions; `sure` says how far the main company stands out, 0 to 1.

    `named` holds for each the words that named it and the place of their text: 0 for the title, then the paragraphs.
    """

    about: tuple[Slug, ...]
    mentions: tuple[Slug, ...]
    names: tuple[str, ...]  # the words by which the main company is named
    sure: float
    named: dict[Slug, tuple[tuple[str, int], ...]]


def subject(namer: Namer, registry: Registry, title: str, paragraphs: Sequence[str], language: Tag) -> Subject:
    """Score the companies: 6 in the title; 3 in the first paragraph, 1.5 in the next two, 1 in any other.

    About is the highest score; another company too when it has 60 % of it, stands in the title or the first paragraph
    and in a quarter of the paragraphs. A platform that is named only as the place of a message is left out.
    """
    texts = [title, *paragraphs]
    whole = "\n\n".join(texts)
    ends, at = [], 0
    for text in texts:
        at += len(text) + 2
        ends.append(at)
    scores: defaultdict[Slug, float] = defaultdict(float)
    places: defaultdict[Slug, set[int]] = defaultdict(set)
    names: defaultdict[Slug, dict[str, None]] = defaultdict(dict)
    acting: set[Slug] = set()
    named_at: defaultdict[Slug, list[tuple[str, int]]] = defaultdict(list)
    for naming in namer.find(whole, language):
        place = bisect_right(ends, naming.start)
        names[naming.slug][naming.words] = None
        if len(named_at[naming.slug]) < _EVIDENCE and place not in places[naming.slug]:
            named_at[naming.slug].append((naming.words, place))
        if place not in places[naming.slug]:
            scores[naming.slug] += 6 if place == 0 else 3 if place == 1 else 1.5 if place <= 3 else 1
            places[naming.slug].add(place)
        if not registry[naming.slug].platform or not _as_tool(whole, naming, language):
            acting.add(naming.slug)
    evidence = {slug: tuple(found) for slug, found in named_at.items()}
    named = [slug for slug in scores if slug in acting or (0 in places[slug] and scores[slug] >= 9)]
    ranked = sorted(named, key=lambda slug: (-scores[slug], min(places[slug]), slug))
    if not ranked or scores[ranked[0]] < 2.5:
        return Subject((), tuple(sorted(ranked)), (), confidence.companies(0, 0), evidence)
    top = ranked[0]
    about = [top] + [
        slug
        for slug in ranked[1:]
        if scores[slug] >= 0.6 * scores[top]
        and places[slug] & {0, 1}
        and 4 * len(places[slug] - {0}) >= len(paragraphs)
    ]
    rival = scores[ranked[len(about)]] if len(ranked) > len(about) else 0.0
    sure = confidence.companies(scores[top], rival)
    mentions = tuple(slug for slug in ranked if slug not in about)
    return Subject(tuple(about), mentions, tuple(names[top]), sure, evidence)


def _as_tool(text: str, naming: Naming, language: Tag) -> bool:
    """Whether the words beside a platform's name say that something was only posted, read or said there."""
    use = {word for phrase in lexicon(language).platform_use for word in tokens(phrase)}
    before = tokens(text[max(0, naming.start - 40) : naming.start])[-3:]
    after = tokens(text[naming.end : naming.end + 40])
    if any(dense(word) for word in use):
        near = text[max(0, naming.start - 8) : naming.start] + " " + text[naming.end : naming.end + 14]
        return any(word in near for word in use)
    if language == "ko":  # particles are written onto the words
        return any(word.startswith(tuple(use)) for word in (*before, *after[:4]))
    stripped = {word[1:] for word in before if word[:1] in "وفבلה"}
    return bool(use & ({*before, *after[:2]} | stripped))
