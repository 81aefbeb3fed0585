"""Pages of their own from content/pages/: about, and whatever else an editor writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pressfold import yamltext
from pressfold.language import Tag, parse_tag
from pressfold.pages.frame import Site, text
from pressfold.pages.view import Page, Text, TextView
from pressfold.schema import Fields, front_matter
from pressfold.slug import Slug, check_slug

ABOUT = """\
This is a digest: articles that were published elsewhere, gathered by the companies that they are about.

An editor can say more here, in `content/pages/about.md`.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """A page that an editor wrote; `path` is relative to the site."""

    slug: Slug
    title: str
    lang: Tag | None
    description: str
    body: str
    path: str


def load(source: str, path: str) -> TextPage:
    """Read `content/pages/<slug>.md`. Raises Problems with all that is wrong in it."""
    slug = check_slug(path.rpartition("/")[2].removesuffix(".md"), path, 0, "file name for a page")
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


def text_pages(site: Site, written: Sequence[TextPage]) -> Iterator[Page]:
    """`/<slug>/` of each; `/about/` always, for the menu leads there."""
    about = TextPage(slug=Slug("about"), title="About", lang=Tag("en"), description="", body=ABOUT, path="")
    for page in written if any(page.slug == "about" for page in written) else (*written, about):
        address = f"{page.slug}/"
        yield Page(
            address=address,
            layout="page.html",
            source=page.path,
            view=TextView(
                frame=site.frame(page.title, address, description=page.description, lang=page.lang, section=page.slug),
                heading=page.title,
                text=text(page.body, page.path or "content/pages/about.md") or Text(digest="", folder="pages"),
            ),
        )
