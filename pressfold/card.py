"""What the catalog keeps of an article: all that lists, pages and feeds say of it, and its text by hash alone."""

import msgspec

from pressfold.image import Image
from pressfold.language import Tag
from pressfold.slug import Slug, slug_of


class Card(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """An article as the site shows it, its days told where the site is. `moment` and `joined` are Unix seconds."""

    path: str
    id: str
    title: str
    lang: Tag
    date: str  # as its file says it; empty when not known
    day: str  # on which it happened: its date, else the day when it joined
    moment: int  # the same, for the order of lists
    added: str
    added_day: str
    joined: int  # the same, for the order of feeds
    updated: str
    updated_day: str
    companies: tuple[Slug, ...]
    mentions: tuple[Slug, ...]
    source_name: str
    source_url: str
    source: str  # the last part of its address, empty where it has no name
    author: str
    summary: str
    standfirst: str  # the summary, unless the text itself says it
    tags: tuple[str, ...]
    story: str
    review: tuple[str, ...]
    translated: str
    original: str  # the last part of the address of the article that it translates
    draft: bool
    redirects: tuple[str, ...]
    note: str
    imported: str  # the raw file that it was imported from
    mode: str  # how much of the body may be published ...
    text: str  # ... the hash of that, empty where it is nothing ...
    whole: bool  # ... and whether it is all of it
    image: Image | None = None  # by its address on the site, where the whole text may be published

    @property
    def slug(self) -> Slug:
        """The last part of the article's address."""
        return slug_of(self.path)

    @property
    def month(self) -> str:
        """The month in which it happened, `2026-02`."""
        return self.day[:7]

    @property
    def face(self) -> "Card":
        """What lists of articles can show of it: other words in its body change nothing there."""
        return msgspec.structs.replace(self, text="", whole=True, standfirst="", image=None)
