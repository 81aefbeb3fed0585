"""A draft to an article: what can be concluded from the text is concluded here, once, and doubts are listed for review."""

import datetime as dt
from collections.abc import Collection
from typing import Any

import msgspec
from msgspec.structs import replace

import pressfold
from pressfold import markup
from pressfold.article import Article, mint
from pressfold.company import Registry
from pressfold.config import BODIES, Config
from pressfold.ingest import title as titles
from pressfold.ingest.draft import Draft, Raw
from pressfold.ingest.identify import identify
from pressfold.ingest.naming import Namer
from pressfold.ingest.sentences import cut
from pressfold.ingest.subject import subject
from pressfold.language import Tag, base, parse_tag
from pressfold.moment import day
from pressfold.slug import Slug, distinct, slug
from pressfold.yamltext import Plain

DOUBT = 0.6  # below this probability a language is for a person to confirm
FEW = 20  # words, below which the page's own word for its language is better evidence than the text


class Desk(msgspec.Struct, frozen=True):
    """What describing needs besides the draft."""

    config: Config
    registry: Registry
    namer: Namer
    now: dt.datetime


def describe(draft: Draft, raw: Raw, desk: Desk, taken: Collection[str]) -> Article:
    """The article of a draft. Its story is decided later, by `story.py`."""
    paragraphs = draft.paragraphs or tuple(markup.text(markup.html(draft.markdown)).split("\n"))
    quoted = [block.kind in ("quote", "attribution") for block in draft.blocks] or [False] * len(paragraphs)
    running = [text for text, block in zip(paragraphs, draft.blocks, strict=False) if block.kind != "heading"] or list(
        paragraphs
    )
    review: list[str] = []
    said = parse_tag(str(draft.given["lang"])) if "lang" in draft.given else None
    lang, doubt = (said, False) if said else _language("\n".join([draft.title, *paragraphs]), draft.lang, desk.config)
    if doubt:
        review.append("lang")
    found = subject(desk.namer, desk.registry, draft.title, running, lang)
    title, title_from = draft.title, draft.title_from
    if not title:
        told = [text for text, quote in zip(paragraphs, quoted, strict=True) if not quote]
        title, title_from = titles.derive(told or paragraphs, found.names, lang, titles.LONGEST), "derived"
        title = title or cut(paragraphs[0], titles.LONGEST)[0]
        review.append("title")
    elif draft.doubts:
        review.append("title")
    summary = titles.summarise(draft.standfirst, paragraphs, quoted, found.names, lang, title)
    if "title" in review or not summary:
        review.append("summary")
    if not found.sure:
        review.append("companies")
    if draft.partial:
        review.append("body")
    source_name = (
        desk.config.source_of(raw.file) or draft.source_name
    )  # what an editor said of a source is said by that name
    source = desk.config.sources.get(source_name)
    key = mint(raw.key)
    origin: dict[str, Plain] = {
        "file": raw.file,
        "sha256": raw.key.removeprefix("sha256:"),
        "by": f"pressfold/{pressfold.__version__}",
        "title": title_from,
    }
    if draft.date_from:
        origin["date"] = draft.date_from
    review += [
        name for name, source in (("date", draft.date_from), ("author", draft.author_from)) if source == "beside"
    ]
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
        review=tuple(review),
        translated=source.translated if source else "",
        origin=origin,
        body=draft.markdown or markup.write(draft.blocks),
    )
    return _given(article, draft)


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


def _language(text: str, stated: str, config: Config) -> tuple[Tag, bool]:
    """The language, and whether it is in doubt. What a page states counts where the text agrees or is short."""
    found, probability = identify(text, config.languages)
    try:
        said = parse_tag(stated) if stated else None
    except ValueError:
        said = None
    if said and (base(said) == base(found) or len(text.split()) < FEW):
        return (said if said in config.languages or len(said) > 5 else base(said)), False
    return found, probability < DOUBT
