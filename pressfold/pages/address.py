"""Where everything stands. An address never changes, so that links to it and the feeds hold."""

from pressfold.card import Card


def article_address(card: Card) -> str:
    """Where an article stands."""
    return f"articles/{card.slug}/"


def company_address(slug: str) -> str:
    """Where a company stands."""
    return f"companies/{slug}/"


def source_address(slug: str) -> str:
    """Where a source stands."""
    return f"sources/{slug}/"


def language_address(tag: str) -> str:
    """Where a language stands."""
    return f"languages/{tag}/"


def story_address(slug: str) -> str:
    """Where the tellings of a story stand."""
    return f"stories/{slug}/"


def part_address(folder: str, number: int) -> str:
    """Where a part of what stands in a folder stands: the first in the folder itself, the others below it."""
    return folder + (f"{number}/" if number > 1 else "")


def card_address(slug: str = "") -> str:
    """Where a company's social card stands, or the site's."""
    return (company_address(slug) if slug else "") + "card.png"
