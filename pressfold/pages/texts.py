"""Pages of their own from content/pages/: about, and whatever else an editor writes."""

from collections.abc import Iterator

from pressfold.pages.frame import Site, text
from pressfold.pages.view import Page, Text
from pressfold.pages.view.html import TextView
from pressfold.slug import Slug
from pressfold.textpage import TextPage


def about(site: Site) -> TextPage:
    """What `/about/` says until an editor does."""
    say = site.tongue()
    first = say(
        "This is a digest: articles that were published elsewhere, gathered by the companies that they are about."
    )
    more = say("An editor can say more here, in %(file)s.", file="`content/pages/about.md`")
    body = f"{first}\n\n{more}\n"
    return TextPage(
        slug=Slug("about"), title=site.section("about").text, lang=say.tag, description="", body=body, path=""
    )


def text_pages(site: Site) -> Iterator[Page]:
    """`/<slug>/` of each; `/about/` always, for the menu leads there."""
    for page in site.texts if any(page.slug == "about" for page in site.texts) else (*site.texts, about(site)):
        address = f"{page.slug}/"
        yield Page(
            address=address,
            layout="page.html",
            source=page.path,
            view=TextView(
                frame=site.frame(page.title, address, description=page.description, lang=page.lang, section=page.slug),
                heading=page.title,
                text=text(page.body, page.path or "content/pages/about.md") or Text(digest="", path=page.path),
            ),
        )
