"""A page of its own from content/pages/: about, and whatever else an editor writes."""

import msgspec

from pressfold import yamltext
from pressfold.language import Tag, parse_tag
from pressfold.schema import Fields, front_matter
from pressfold.slug import Slug, check_slug, slug_of


class TextPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page that an editor wrote; `path` is relative to the site."""

    slug: Slug
    title: str
    lang: Tag | None
    description: str
    body: str
    path: str


def load(source: str, path: str) -> TextPage:
    """Read `content/pages/<slug>.md`. Raises Problems with all that is wrong in it."""
    slug = check_slug(slug_of(path), path, 0, "file name for a page")
    head, body, _ = front_matter(source, path)
    fields = Fields(yamltext.load(head, path, 2), path, ("title", "lang", "description"))
    page = TextPage(
        slug=slug,
        title=fields.text("title", required=True),
        lang=fields.parsed("lang", parse_tag, None, "a BCP 47 tag such as en, ar or pt-BR")
        if fields.has("lang")
        else None,
        description=fields.text("description"),
        body=body.strip("\n"),
        path=path,
    )
    fields.finish()
    return page
