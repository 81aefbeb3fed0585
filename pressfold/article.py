"""An article and its Markdown file: `load(dump(a)) == a`."""

import datetime as dt
import re
import uuid
from collections.abc import Collection

import msgspec

from pressfold import image as images
from pressfold import yamltext
from pressfold.image import Image
from pressfold.language import Tag, parse_tag
from pressfold.moment import Day, iso
from pressfold.problem import Problems, suggest
from pressfold.schema import Fields, front_matter
from pressfold.slug import Slug, check_slug, slug_of
from pressfold.source import BODIES, Body
from pressfold.yamltext import Bare, Plain

# In the order in which they are written.
KEYS = (
    "id title lang date added updated companies mentions source author summary image tags story review translated "
    "translation_of draft body redirects note extra import"
).split()
_KNOWN = frozenset(KEYS)
# The namespace of all ids that Pressfold mints: a random UUID, drawn once.
_NAMESPACE = uuid.UUID("8a7cbb5c-4f0e-4b2f-9a63-0d1c5a1f7be2")
REVIEWABLE = ("title", "lang", "date", "companies", "summary", "story", "source", "author", "body")
_LONGEST, _NAME = 1000, 255  # what file systems bear: a path, and a part of it
_REDIRECT = re.compile(r"/?([a-z0-9][a-z0-9._-]*/)*[a-z0-9][a-z0-9._-]*/?", re.IGNORECASE | re.ASCII)

_NO_ADDRESS = re.compile(r'[\s<>"\\^`{|}]')


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One article. Texts are single lines; `path` is relative to the site, and its stem is the address."""

    path: str
    id: str
    title: str
    lang: Tag
    added: dt.datetime
    date: Day | None = None
    updated: dt.datetime | None = None
    companies: tuple[Slug, ...] = ()
    mentions: tuple[Slug, ...] = ()
    source_name: str = ""
    source_url: str = ""
    author: str = ""
    summary: str = ""
    image: Image | None = None
    tags: tuple[str, ...] = ()
    story: Slug | None = None
    review: tuple[str, ...] = ()
    translated: str = ""
    original: Slug | None = None
    draft: bool = False
    body_mode: Body = "full"
    redirects: tuple[str, ...] = ()
    note: str = ""
    extra: dict[str, Plain] = msgspec.field(default_factory=dict)
    origin: dict[str, Plain] = msgspec.field(default_factory=dict)
    body: str = ""

    @property
    def slug(self) -> Slug:
        """The last part of the article's address."""
        return slug_of(self.path)

    @property
    def happened(self) -> Day:
        """When it was published, as far as is known; else when it joined the digest."""
        return self.date or self.added


class Incomplete(Problems):
    """Only `id` or `added` is missing, which the machine gives."""


def mint(key: str) -> str:
    """The id of a raw item or a file: the same on every machine that imports the same bytes (law 6)."""
    return uuid.uuid5(_NAMESPACE, key).urn


def load(text: str, path: str, known: Collection[str] | None = None) -> Article:
    """Read an article's file; `known` are the companies that may be named (None: any).

    Raises Problems with all that is wrong in it, each with its line; Incomplete where `complete` mends it.
    """
    head, below, _ = front_matter(text, path)
    fields = Fields(yamltext.load(head, path, 2), path, _KNOWN)
    check_slug(slug_of(path), path, 0, "file name for an article")
    source = fields.mapping("source", ("name", "url"))
    added, updated = fields.moment("added"), fields.moment("updated")
    article = Article(
        path=path,
        id=_required_id(fields),
        title=fields.text("title", required=True),
        lang=fields.parsed("lang", parse_tag, Tag(""), "a BCP 47 tag such as en, ar or pt-BR"),
        date=fields.day("date"),
        added=added if isinstance(added, dt.datetime) else dt.datetime.fromtimestamp(0, dt.UTC),
        updated=updated if isinstance(updated, dt.datetime) else None,
        companies=_companies(fields, "companies", known),
        mentions=_companies(fields, "mentions", known),
        source_name=source.text("name") if source else "",
        source_url=source.web_address("url") if source else "",
        author=fields.text("author"),
        summary=fields.text("summary"),
        image=images.read(fields),
        tags=fields.texts("tags"),
        story=fields.slug("story"),
        review=_reviewed(fields),
        translated=fields.choice("translated", ("", "machine"), ""),
        original=_original(fields, path),
        draft=fields.flag("draft"),
        body_mode=fields.choice("body", BODIES, "full"),
        redirects=_redirects(fields),
        note=fields.text("note"),
        extra=fields.free("extra"),
        origin=fields.free("import"),
        body=below.strip("\n"),
    )
    if source:
        fields.take(source)
    for key in ("lang", "added"):
        if not fields.text(key):
            fields.problem(0, f"{key!r} is missing", f"add a line {key}: ...")
    if 0 < len(fields.problems) == sum(fields.blank(key) for key in ("id", "added")):
        raise Incomplete(fields.problems)
    fields.finish()
    return article


def _companies(fields: Fields, key: str, known: Collection[str] | None) -> tuple[Slug, ...]:
    found = fields.slugs(key)
    for slug in found:
        if known is not None and slug not in known:
            hint = suggest(slug, known) or f"or add content/companies/{slug}.md"
            fields.problem(fields.line(key), f"unknown company {slug!r}", hint)
    return found


def _original(fields: Fields, path: str) -> Slug | None:
    found = fields.slug("translation_of")
    if found and path.endswith(f"/{found}.md"):
        hint = "name the article that it translates, or take the line out"
        fields.problem(fields.line("translation_of"), "'translation_of' names the article itself", hint)
    return found


def _reviewed(fields: Fields) -> tuple[str, ...]:
    found = fields.texts("review")
    for name in found:
        if name not in REVIEWABLE:
            fields.problem(fields.line("review"), f"'review' names {name!r}", "one of: " + ", ".join(REVIEWABLE))
    return found


def line_of(key: str, text: str, path: str) -> int:
    """The line in which a field of an article's file stands; 0 where it has none."""
    head, _, _ = front_matter(text, path)
    entries = yamltext.load(head, path, 2).data
    return entries[key].line if isinstance(entries, dict) and key in entries else 0


def body(text: str) -> str:
    """The Markdown below a file's front matter, as `load` reads it."""
    return front_matter(text, "")[1].strip("\n")


def _required_id(fields: Fields) -> str:
    text = fields.text("id", required=True)
    if _NO_ADDRESS.search(text):
        fields.problem(
            fields.line("id"), "'id' is no address or urn", "leave it as it was: feed readers know the article by it"
        )
    return text


def _redirects(fields: Fields) -> tuple[str, ...]:
    found = []
    for text in fields.texts("redirects"):
        if not _REDIRECT.fullmatch(text):
            fields.problem(
                fields.line("redirects"), f"{text!r} is no address on this site", "write it as articles/old-name/"
            )
        if len(text) > _LONGEST or any(len(part.encode("utf-8", "replace")) > _NAME for part in text.split("/")):
            fields.problem(
                fields.line("redirects"), f"{text[:40]!r}... is too long for an address", "shorten or remove it"
            )
        found.append(text.strip("/") + "/")
    return tuple(found)


def fields_of(article: Article) -> dict[str, Plain]:
    """What an article's front matter says, by its keys in their order; empty where it says nothing."""
    a = article
    return {
        "id": a.id,
        "title": a.title,
        "lang": a.lang,
        "date": Bare(iso(a.date)) if a.date else "",
        "added": Bare(iso(a.added)),
        "updated": Bare(iso(a.updated)) if a.updated else "",
        "companies": a.companies,
        "mentions": a.mentions,
        "source": {key: text for key, text in (("name", a.source_name), ("url", a.source_url)) if text},
        "author": a.author,
        "summary": a.summary,
        "image": a.image.said if a.image else "",
        "tags": a.tags,
        "story": a.story or "",
        "review": a.review,
        "translated": a.translated,
        "translation_of": a.original or "",
        "draft": Bare("true") if a.draft else "",
        "body": a.body_mode if a.body_mode != "full" else "",
        "redirects": a.redirects,
        "note": a.note,
        "extra": a.extra,
        "import": a.origin,
    }


def dump(article: Article) -> str:
    """The article's file, absent keys where they are empty."""
    head = yamltext.dump({key: value for key, value in fields_of(article).items() if value})
    return f"---\n{head}---\n" + (f"\n{article.body}\n" if article.body else "")
