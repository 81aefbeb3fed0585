"""Views of the pages that people read: what each layout `*.html` is given."""

from pressfold.pages.view import Day, Feeds, Frame, Item, Link, Text, View
from pressfold.pages.view.timeline import Scale, Step, Timeline


class Section(View, frozen=True):
    """The newest stories of one company on the front page; `company` is None for those that are about none."""

    company: Link | None
    items: tuple[Item, ...]
    more: bool  # whether there are more of them among the newest than are shown


class FrontView(View, frozen=True):
    """`front.html`: the newest story, then the newest by company, the company with the newest first."""

    frame: Frame
    description: str
    lead: Item | None  # None: there are no articles yet
    sections: tuple[Section, ...]
    more: bool  # whether the archive holds more than is shown


class CompanyRow(View, frozen=True):
    """A company in the list of all."""

    company: Link
    count: int
    latest: Day
    languages: tuple[Link, ...]
    outline: tuple[Step, ...] = ()  # of its articles over time, on the scale of all


class CompaniesView(View, frozen=True):
    """`companies.html`."""

    frame: Frame
    rows: tuple[CompanyRow, ...]
    scale: Scale | None  # where all articles are of one month, None


class SourceRow(View, frozen=True):
    """A source in the list of all."""

    source: Link
    count: int
    latest: Day


class SourcesView(View, frozen=True):
    """`sources.html`."""

    frame: Frame
    rows: tuple[SourceRow, ...]


class CompanyView(View, frozen=True):
    """`company.html`."""

    frame: Frame
    name: str
    links: tuple[Link, ...]
    text: Text | None
    timeline: Timeline | None  # where there are too few articles, None
    items: tuple[Item, ...]
    mentions: tuple[Item, ...]
    months: tuple[Link, ...]
    feeds: Feeds


class ListView(View, frozen=True):
    """`list.html`: articles under one heading: a month, a language, a source, a part of a month."""

    frame: Frame
    heading: Link
    items: tuple[Item, ...]
    months: tuple[Link, ...] = ()
    parts: tuple[Link, ...] = ()
    feeds: Feeds | None = None
    origin: Link | None = None  # the website on which all of them were published


class StoryView(View, frozen=True):
    """`story.html`: the tellings of one story, oldest telling first; `parts` are its other pages."""

    frame: Frame
    heading: Link
    items: tuple[Item, ...]
    parts: tuple[Link, ...] = ()


class StoriesView(View, frozen=True):
    """`stories.html`: the newest stories, each by its newest telling, the others beside it."""

    frame: Frame
    items: tuple[Item, ...]
    more: bool  # whether there are more stories than are shown


class LinksView(View, frozen=True):
    """`links.html`: the languages, or the months of the archive by year."""

    frame: Frame
    heading: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]


class ArticleView(View, frozen=True):
    """`article.html`."""

    frame: Frame
    item: Item
    standfirst: str  # the summary, unless it is only the beginning of the text below it
    text: Text | None  # None: only the link may be published
    whole: bool  # False: an excerpt
    source: Link | None
    fellows: Link | None  # where all articles of its source stand
    original: Link | None  # the article that it translates
    versions: tuple[Link, ...]  # itself among the original and its translations, one for each language
    author: str
    published: Day | None
    added: Day
    updated: Day | None
    mentions: tuple[str, ...]
    tags: tuple[str, ...]
    note: str
    translated: str
    review: tuple[str, ...]
    story: Link | None
    imported: str  # the raw file that it was imported from


class FeedsView(View, frozen=True):
    """`feeds.html`: every feed, for people."""

    frame: Frame
    groups: tuple[tuple[str, tuple[Feeds, ...]], ...]


class TextView(View, frozen=True):
    """`page.html`: a page of its own from content/pages/."""

    frame: Frame
    heading: str
    text: Text


class Choice(View, frozen=True):
    """One of the values to which a search can be narrowed."""

    value: str
    text: str
    lang: str = ""
    dir: str = ""


class SearchView(View, frozen=True):
    """`search.html`."""

    frame: Frame
    made: bool  # False: a preview has no index
    rules: str  # by which a query is folded, as JSON
    companies: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    years: tuple[Choice, ...]


class NotFoundView(View, frozen=True):
    """`404.html`."""

    frame: Frame


class RedirectView(View, frozen=True):
    """`redirect.html`: an old address, and where it has gone."""

    frame: Frame
    target: Link
