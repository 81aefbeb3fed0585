"""What someone who writes asks for: a new site, a new article, a list of all."""

from collections.abc import Sequence
from pathlib import Path

from pressfold.card import Card
from pressfold.options import Options
from pressfold.problem import Problem
from pressfold.site import lock


def init(options: Options, title: str, base_url: str) -> tuple[str, ...]:
    """Write a new site's first files; their paths."""
    from pressfold import scaffold

    return scaffold.make(options.root, title, base_url)


def new(options: Options, title: str, lang: str, companies: Sequence[str]) -> Path:
    """Write a draft article with a title; its path."""
    from pressfold import scaffold
    from pressfold.settings import read_config

    with lock(options.root, options.notice):
        settings = read_config(options.root, options.environment)
        return scaffold.begin(options.root, settings, options.now, title, lang, companies)


def listing(options: Options) -> tuple[tuple[Card, ...], tuple[Card, ...], tuple[Problem, ...]]:
    """(published, held back, problems) of all articles, newest first."""
    from pressfold import content
    from pressfold.published import card
    from pressfold.settings import read_config
    from pressfold.translations import mistakes

    settings = read_config(options.root, options.environment)
    found = content.read(options.root, options.now, frozen=True)
    former = found.registry.former
    cards = sorted(
        (card(article, settings, former) for article in found.articles), key=lambda c: (c.day, c.moment, c.joined)
    )
    held = tuple(one for one in reversed(cards) if options.due.holds(one))
    by_slug = {str(card.slug): card for card in cards}
    problems = (*found.problems, *mistakes(options.root, cards, by_slug.get, by_slug))
    return tuple(one for one in reversed(cards) if not options.due.holds(one)), held, problems
