"""What pages share: the frame round them, and an article as lists show it."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from pressfold import moment
from pressfold.article import Article
from pressfold.catalog import Catalog, Group
from pressfold.config import Config
from pressfold.language import Tag, direction, locale, name, own_name
from pressfold.pages.view import Day, Feeds, Frame, Item, Link, Text
from pressfold.slug import Slug

NEWEST = 50  # how many a first page holds; the rest stand in its months
PART = 200  # how many a page of a month, or of a story, holds at most
BESIDE = 12  # how many tellings stand beside one; the rest stand on the story's page
WORDS = Tag("en")  # the language of the theme's own words, until it has catalogues
_MADE_UP = frozenset({"title", "summary"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every page family needs besides its subject."""

    config: Config
    catalog: Catalog
    stylesheet: str
    icon: str

    def frame(
        self,
        title: str,
        address: str,
        *,
        description: str = "",
        lang: Tag | None = None,
        feeds: Sequence[Feeds] = (),
        trail: Sequence[Link] = (),
        section: str = "",
        absolute: bool = False,
        indexed: bool = True,
    ) -> Frame:
        """The frame of one page; its language is the site's unless the page has its own."""
        language = lang or self.config.language
        return Frame(
            site=self.config.title,
            base_url=self.config.base_url,
            title=title,
            description=description,
            address=address,
            lang=language,
            dir=direction(language),
            words=WORDS,
            stylesheet=self.stylesheet,
            icon=self.icon,
            feeds=(self.feeds, *feeds),
            copyright=self.config.copyright,
            trail=tuple(trail),
            section=section,
            absolute=absolute,
            indexed=indexed,
        )

    @property
    def feeds(self) -> Feeds:
        """The site's own feeds."""
        language = self.config.language
        return Feeds(title=self.config.title, folder="", lang=language, dir=direction(language))

    def item(self, article: Article, lang: Tag | None = None, others: Iterable[Article] = ()) -> Item:
        """An article in a list of a page in `lang` (the site's language when None)."""
        reader = lang or self.config.language
        beside = tuple(self.item(other, lang) for other in islice(others, BESIDE))
        return Item(
            title=article.title,
            address=article_address(article),
            lang=article.lang,
            dir=direction(article.lang),
            language=name(article.lang, reader),
            day=self.day(article.happened, reader),
            dated=article.date is not None,
            companies=tuple(self.company_link(slug) for slug in article.companies),
            source=article.source_name,
            summary=article.summary if self.body_mode(article) != "link" else "",
            unconfirmed=bool(_MADE_UP & set(article.review)),
            story=f"stories/{article.story}/" if beside else "",
            others=beside,
        )

    def clusters(self, articles: Iterable[Article], most: int) -> tuple[Item, ...]:
        """The newest stories of a list, each once: its newest telling, the others within."""
        shown: dict[str, Item] = {}
        for article in articles:
            told = self.catalog.tellings(article)
            key = f"story {article.story}" if told else article.id
            if key not in shown:
                shown[key] = self.item(article, others=told)
                if len(shown) == most:
                    break
        return tuple(shown.values())

    def group(self, slug: Slug) -> Group:
        """A company's articles."""
        return self.catalog.companies[slug]

    def company_link(self, slug: Slug) -> Link:
        """A company that has a page."""
        return Link(text=self.group(slug).company.name, address=company_address(slug))

    def day(self, when: moment.Day, lang: Tag) -> Day:
        """A day in the site's time zone, in the words of a language."""
        date = moment.day(when, self.catalog.zone)
        return Day(iso=date.isoformat(), text=_day_text(date, lang))

    def body_mode(self, article: Article) -> str:
        """The narrowest of what the site, the source and the article allow."""
        source = self.config.sources.get(article.source_name)
        allowed = {self.config.body, article.body_mode, source.body if source else "full"}
        return next(mode for mode in ("link", "excerpt", "full") if mode in allowed)


def article_address(article: Article) -> str:
    """Where an article stands."""
    return f"articles/{article.slug}/"


def company_address(slug: Slug) -> str:
    """Where a company stands."""
    return f"companies/{slug}/"


def language_link(tag: Tag) -> Link:
    """A language by its own name, in its own direction."""
    return Link(text=own_name(tag), address=f"languages/{tag}/", lang=tag, dir=direction(tag))


def language_feeds(tag: Tag) -> Feeds:
    """The feeds of a language."""
    return Feeds(title=own_name(tag), folder=f"languages/{tag}/", lang=tag, dir=direction(tag))


def text(markdown: str, path: str) -> Text | None:
    """A body by its hash; None where there is none."""
    if not markdown:
        return None
    return Text(digest=digest(markdown), folder=path.rpartition("/")[0].removeprefix("content/"))


def digest(markdown: str) -> str:
    """The hash by which a Markdown text is known."""
    return hashlib.sha256(markdown.encode("utf-8", "replace")).hexdigest()


@cache
def _day_text(date: dt.date, lang: Tag) -> str:
    from babel.dates import format_date

    return format_date(date, "long", locale=locale(lang))


@cache
def month_name(month: str, lang: Tag) -> str:
    """`2026-02` as `February 2026`, in the words of a language."""
    from babel.dates import format_skeleton

    year, number = month.split("-")
    written = format_skeleton("yMMMM", dt.date(int(year), int(number), 1), locale=locale(lang))
    return written[:1].upper() + written[1:]


def month_link(folder: str, month: str, lang: Tag) -> Link:
    """A month below a folder."""
    return Link(text=month_name(month, lang), address=f"{folder}{month}/", lang=lang, dir=direction(lang))
