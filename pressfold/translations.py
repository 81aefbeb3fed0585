"""What is wrong with articles whose file says, in `translation_of`, of which other article they are a translation."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from pressfold import content
from pressfold.card import Card
from pressfold.problem import Problem, suggest

KEY = "translation_of"


def mistakes(
    root: Path, cards: Iterable[Card], find: Callable[[str], Card | None], slugs: Collection[str]
) -> list[Problem]:
    """The problem of each translation that has one; `find` is asked for an original by its slug, `slugs` are all there are."""
    found: list[Problem] = []
    for card in cards:
        wrong = _mistake(card, find(card.original), slugs) if card.original else None
        if wrong:
            message, hint = wrong
            found.append(Problem(card.path, content.line_of(root, card.path, KEY), f"{KEY!r} names {message}", hint))
    return found


def _mistake(card: Card, original: Card | None, slugs: Collection[str]) -> tuple[str, str] | None:
    """(what is wrong, what to do). An original that is held back, or that cannot be read, is not this article's mistake."""
    if original is None:
        hint = suggest(card.original, slugs) or "write the name of its file, without .md"
        return None if card.original in slugs else (f"{card.original!r}, which is no article", hint)
    if original.original:
        return f"{card.original!r}, which is a translation itself", f"name the original: {original.original}"
    if original.lang == card.lang:
        return f"an article in the same language, {card.lang}", "mend the lang of one of them, or take the line out"
    if not card.story or original.story != card.story:
        hint = f"give both the same story: {original.story or original.slug}"
        return f"{card.original!r}, which tells another story", hint
    return None
