"""The values that pass between the steps of an import: Raw, Draft, and what a step left out."""

import hashlib

import msgspec

from pressfold.markup import Block
from pressfold.moment import Day
from pressfold.yamltext import Plain


class Raw(msgspec.Struct, frozen=True):
    """A raw item as it came; `file` is relative to content/.

    Of a file that holds several (a feed, a mailbox) each is one: `part` is what the file calls it, `kind` what it is.
    """

    file: str
    data: bytes
    part: str = ""
    kind: str = ""

    @property
    def key(self) -> str:
        """What the ledger knows the item by: the hash of its bytes, or of the name that it has for ever."""
        return "sha256:" + (hashlib.sha256(f"part\0{self.part}".encode()).hexdigest() if self.part else self.digest)

    @property
    def digest(self) -> str:
        """The hash of its bytes; of a part, which may stand in several files, without the blank lines round it."""
        return hashlib.sha256(self.data.strip() if self.part else self.data).hexdigest()


class Unreadable(Exception):
    """A raw item that cannot become an article; its message is the reason, for a person."""


class LeftOut(msgspec.Struct, frozen=True):
    """A line of the raw text that is no part of the article, and what it was taken for."""

    line: int
    role: str
    text: str


class Picture(msgspec.Struct, frozen=True):
    """A picture of an article: its name by its bytes, these, what it shows, what stands below it, the blocks before it."""

    name: str
    data: bytes
    words: str
    caption: str
    place: int


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What the text itself says, before anything is concluded from it.

    `title_from` is line, heading or metadata; empty when the text has no title. `given` are fields that a person wrote.
    """

    blocks: tuple[Block, ...] = ()
    pictures: tuple[Picture, ...] = ()  # in the order of their places ...
    image: Picture | None = None  # ... but for the one that stands above the text
    title: str = ""
    title_from: str = ""
    title_sure: float = 1.0  # that the title is one, 0 to 1
    body_sure: float = 1.0  # that the body is whole and nothing else
    standfirst: str = ""
    author: str = ""
    author_from: str = ""  # beside: a name that only stands where a byline would
    date: Day | None = None
    date_from: str = ""
    lang: str = ""
    source_name: str = ""
    source_url: str = ""
    source_sure: float = 1.0
    left_out: tuple[LeftOut, ...] = ()
    partial: bool = False  # whether the text goes on elsewhere: a feed's teaser
    markdown: str = ""
    given: dict[str, Plain] = msgspec.field(default_factory=dict)

    @property
    def all_pictures(self) -> tuple[Picture, ...]:
        """The one above the text, and those in it."""
        return (*((self.image,) if self.image else ()), *self.pictures)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The words of the body, a string a block."""
        return tuple(block.text for block in self.blocks)
