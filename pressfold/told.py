"""An article as far as newcomers are compared with it; and whether a newcomer is the same article once more."""

import datetime as dt

import msgspec

from pressfold.article import Article
from pressfold.moment import Day
from pressfold.origin import origin
from pressfold.prints import Print, of_article
from pressfold.slug import Slug, slug_of
from pressfold.story import SHARED, WINDOW, wording

_SHORT = 12  # runs in a sketch: about a hundred words, a feed's or a letter's beginning of an article
_SOME = 0.1  # of the shorter sketch: less of it is in two texts that one address had one after the other
_NEARLY = 0.9  # of all wording: the rest is a corrected word, a line more of furniture


class Told(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """An article of the digest. `day` counts days, 0 where its date is not known; `origin` is where it came from."""

    path: str
    id: str
    print: Print
    story: Slug | None = None
    day: int = 0
    joined: int = 0
    title: str = ""
    source: str = ""
    origin: str = ""

    @property
    def slug(self) -> Slug:
        """The last part of the article's address."""
        return slug_of(self.path)


def told_of(article: Article, plain: str) -> Told:
    """What is compared of an article whose body's words are given."""
    return Told(
        path=article.path,
        id=article.id,
        print=of_article(article, plain),
        story=article.story,
        day=_count(article.date),
        joined=int(article.added.timestamp()),
        title=article.title,
        source=" ".join(article.source_name.casefold().split()),
        origin=origin(article.source_url),
    )


def _count(date: Day | None) -> int:
    """The number of a day; 0 for none."""
    return dt.date(date.year, date.month, date.day).toordinal() if date else 0


def near(one: int, other: int) -> bool:
    """Whether two days are near enough for two tellings of one story, or one of them is not known."""
    return not (one and other) or abs(one - other) <= WINDOW


def same(one: Told, other: Told) -> bool:
    """Whether two items are one article: from one address, or by one outlet with next to the same words.

    The same words at another outlet are a reprint: another telling of the story. Two texts that one address had one
    after the other (a morning's briefing) are two articles.
    """
    if one.print.lang != other.print.lang or not near(one.day, other.day):
        return False
    shared, alike = wording(one.print, other.print)
    shorter = min(len(one.print.sketch), len(other.print.sketch))
    if one.origin and one.origin == other.origin:
        return shorter < _SHORT or shared >= _SOME * shorter
    if shorter < _SHORT and one.title != other.title:  # a teaser can be the same under many headlines
        return False
    figures = one.print.features["number"] == other.print.features["number"]
    return figures and shared >= SHARED and alike >= _NEARLY and _one_outlet(one, other)


def _one_outlet(one: Told, other: Told) -> bool:
    """Whether two items came from one outlet; where neither says from which, they did."""
    if one.origin and other.origin:
        return one.origin.partition("/")[0] == other.origin.partition("/")[0]
    return one.source == other.source and (bool(one.source) or one.origin == other.origin)
