"""A draft to an article: what can be concluded from the text is concluded here, once, and doubts are listed for review."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

import pressfold
from pressfold import markup
from pressfold.article import REVIEWABLE, Article, mint
from pressfold.config import Config
from pressfold.image import Image
from pressfold.ingest import confidence, tongues
from pressfold.ingest.draft import Draft, Picture, Raw
from pressfold.ingest.identify import identify
from pressfold.ingest.naming import Namer
from pressfold.ingest.sentences import cut
from pressfold.ingest.subject import subject
from pressfold.ingest.summary import TITLE, derive, standfirst, summarise
from pressfold.language import Tag, base, parse_tag
from pressfold.markup import Block, Span
from pressfold.moment import day
from pressfold.registry import Registry
from pressfold.schema import one_line
from pressfold.site import PICTURES
from pressfold.slug import Slug, distinct, slug
from pressfold.source import BODIES
from pressfold.yamltext import Plain

_PICTURES = f"../../../{PICTURES.removeprefix('content/')}"  # seen from an article's file
FEW = 20  # words, below which the page's own word for its language is better evidence than the text


class Desk(msgspec.Struct, frozen=True):
    """What describing needs besides the draft."""

    config: Config
    registry: Registry
    namer: Namer
    now: dt.datetime


class Described(msgspec.Struct, frozen=True):
    """An article, how sure each of its fields is (0 to 1), and what named its companies: (words, paragraph), 0 the title."""

    article: Article
    sure: dict[str, float]
    named: dict[Slug, tuple[tuple[str, int], ...]]


def describe(draft: Draft, raw: Raw, desk: Desk, taken: Collection[str]) -> Described:
    """What a draft comes to. Its story is decided later, by `story.py`."""
    paragraphs = draft.paragraphs or tuple(markup.text(markup.html(draft.markdown)).split("\n"))
    kinds = [block.kind for block in draft.blocks] or ["paragraph"] * len(paragraphs)
    lang, lang_sure = _language("\n".join([draft.title, *paragraphs]), draft, desk.config)
    said = [at for at, kind in enumerate(kinds) if kind != "heading"] or list(range(len(paragraphs)))
    found = subject(desk.namer, desk.registry, draft.title, [paragraphs[at] for at in said], lang)
    # What an editor said of a source is said by that name.
    source_name = desk.config.source_of(raw.file) or draft.source_name
    source = desk.config.sources.get(source_name)
    translated = source.translated if source else ""
    quoted = [kind in ("quote", "attribution") for kind in kinds]
    title = draft.title or _derived(paragraphs, quoted, found.names, lang)
    derived = "" if translated else summarise(paragraphs, quoted, found.names, lang, title)
    summary = standfirst(draft.standfirst, title) or derived
    sure = {
        "title": confidence.title(draft),
        "lang": lang_sure,
        **confidence.stated(draft),
        "summary": min(confidence.title(draft), _SUMMARY if summary else 0.0),
        "companies": found.sure,
        "body": min(draft.body_sure, 0.5 if draft.partial else 1.0),
    }
    review = confidence.doubts(sure)
    key = mint(raw.key)
    name = distinct(slug(title, key[-12:]), key[-12:], taken)
    month = day(draft.date or desk.now, desk.config.zone)
    article = Article(
        path=f"content/articles/{month:%Y}/{month:%m}/{name}.md",
        id=key,
        title=title,
        lang=lang,
        added=desk.now,
        date=draft.date,
        companies=found.about,
        mentions=found.mentions,
        source_name=source_name,
        source_url=draft.source_url,
        author=draft.author,
        summary=summary,
        image=_image(draft.image) if draft.image else None,
        review=tuple(field for field in REVIEWABLE if field in review),
        translated=translated,
        origin=_origin(draft, raw),
        body=draft.markdown or _body(draft, lang, desk.config.languages),
    )
    named = {
        who: tuple((words, said[at - 1] + 1 if at else 0) for words, at in places)
        for who, places in found.named.items()
    }
    return Described(_given(article, draft), sure, named)


_SUMMARY = 0.95  # the text's own sentences, whole


def _image(picture: Picture) -> Image:
    return Image(f"{_PICTURES}/{picture.name}", one_line(picture.words) or "", one_line(picture.caption) or "")


def _body(draft: Draft, lang: Tag, languages: Sequence[Tag]) -> str:
    """The article's Markdown, its pictures in their places."""
    blocks = list(tongues.mark(draft.blocks, lang, languages))
    for picture in reversed(draft.pictures):
        spans = (Span(picture.words, "", f"{_PICTURES}/{picture.name}"), Span(picture.caption))
        blocks.insert(picture.place, Block("picture", spans))
    return markup.write(blocks)


def _origin(draft: Draft, raw: Raw) -> dict[str, Plain]:
    """Where the article came from, and where its title and date were found."""
    origin: dict[str, Plain] = {
        "file": raw.file,
        "sha256": raw.key.removeprefix("sha256:"),
        "by": f"pressfold/{pressfold.__version__}",
        "title": draft.title_from if draft.title else "derived",
    }
    return {**origin, "date": draft.date_from} if draft.date_from else origin


def _derived(paragraphs: Sequence[str], quoted: Sequence[bool], names: Sequence[str], lang: Tag) -> str:
    """A title out of the text's own words, where it has none; a quotation gives it only where there is nothing else."""
    told = [text for text, quote in zip(paragraphs, quoted, strict=True) if not quote]
    return derive(told or paragraphs, names, lang, TITLE) or cut(paragraphs[0], TITLE)[0]


def _given(article: Article, draft: Draft) -> Article:
    """The article with the fields that a person had already written; those need no review."""
    fields: dict[str, Any] = {}
    for key, item in draft.given.items():
        if key in ("companies", "mentions", "tags"):
            fields[key] = tuple(item) if isinstance(item, list) else (str(item),)
        elif key == "redirects":
            fields[key] = tuple(f"{str(address).strip('/')}/" for address in item)
        elif key == "lang":
            continue  # decided before the companies, which are found by it
        elif key == "extra":
            fields[key] = item
        elif key == "translation_of":
            fields["original"] = Slug(str(item))
        elif key == "draft":
            fields[key] = item == "true"
        elif key == "body":
            fields["body_mode"] = item if item in BODIES else "full"
        else:
            fields[key] = str(item)
    if "companies" in fields:
        fields.setdefault("mentions", tuple(slug for slug in article.mentions if slug not in fields["companies"]))
        fields["review"] = tuple(name for name in article.review if name != "companies")
    return replace(article, **fields)


def _language(text: str, draft: Draft, config: Config) -> tuple[Tag, float]:
    """The language, and how sure it is. What a page states counts where the text agrees or is short."""
    if "lang" in draft.given:
        return parse_tag(str(draft.given["lang"])), 1.0
    found, probability = identify(text, config.languages)
    try:
        said = parse_tag(draft.lang) if draft.lang else None
    except ValueError:
        said = None
    if said and (base(said) == base(found) or len(text.split()) < FEW):
        return (said if said in config.languages or len(said) > 5 else base(said)), 1.0
    return found, probability
