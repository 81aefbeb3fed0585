"""A saved web page to a draft: what it states of itself, and the article that trafilatura finds in it, block by block."""

import re
from collections.abc import Iterable
from typing import Any

from pressfold.config import ENGLISH
from pressfold.ingest import buttons, byline, charset, dateline, furniture, headline, lead, page, pictures, shown
from pressfold.ingest.decode import LARGEST
from pressfold.ingest.draft import Draft, LeftOut, Unreadable
from pressfold.ingest.lexicon import key
from pressfold.ingest.lines import Line, size
from pressfold.ingest.metadata import metadata
from pressfold.ingest.passages import Passages
from pressfold.ingest.pixels import Beside, Saved, nothing
from pressfold.markup import Block

_MOST_ELEMENTS = 30_000  # in a page; of two thousand real ones none has more than a third of that
_MOST_TEXT = 2 * 2**20  # characters in a page; a build takes an article of an eighth
_LONGEST_TAG = 20_000  # characters; a parser's time grows with the square of a tag's attributes
_MANY_ATTRIBUTES = 150_000
_TAG = re.compile(rf"<([a-zA-Z][\w:-]{{0,40}})\s[^<>]{{{_LONGEST_TAG},}}>")
SHORTEST = 15  # words, below which a page has no article
_LONGEST_FURNITURE = 45  # words, above which no rule takes a block for the website's
_WALLED = 40  # the same for a page that says that it is not all free to read


def extract(data: bytes, beside: Beside = nothing) -> Draft:
    """A draft of a page's article; `beside` reads what was saved with it. Raises Unreadable where there is no article."""
    inside: list[str] = []
    source = charset.read(data, inside)
    tree = _parsed(source)
    stated = page.read(tree, source)
    title, title_from = headline.headline(stated)
    course = shown.course(tree)
    captions = _take_captions(tree)
    body = _article(tree)
    blocks, left = _sorted(Passages(stated.address).read(body) if body is not None else (), title)
    _suffices(blocks, stated)
    named, saved = lead.stated(stated), Saved(beside, inside)
    image, others = lead.take(named, course, saved)
    kept, gone = pictures.of_article(others, blocks, named, saved)
    told = {one.caption for one in (*kept, image) if one}
    left += [LeftOut(0, "caption", text) for text in captions if text not in told] + gone
    date, date_from = dateline.dated(stated)
    return Draft(
        blocks=tuple(blocks),
        pictures=kept,
        image=image,
        title=title,
        title_from=title_from,
        author=byline.author(stated),
        date=date,
        date_from=date_from,
        lang=stated.lang,
        source_name=stated.site,
        source_url=stated.address,
        left_out=tuple(left),
    )


def _parsed(source: str) -> Any:
    """The page's tree, if it is one that can be worked through in bounded time. Raises Unreadable where it is not."""
    import trafilatura

    if len(source) > LARGEST:
        raise Unreadable(f"larger than {LARGEST // 2**20} MiB without the pictures inside it")
    if source.count("=") > _MANY_ATTRIBUTES or len(source) > _LONGEST_TAG:
        source = _TAG.sub(r"<\1>", source)
    tree = trafilatura.load_html(source) if source.strip() else None
    if tree is None:
        raise Unreadable("not a web page")
    if source.count("<") > _MOST_ELEMENTS and sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise Unreadable(f"it has more than {_MOST_ELEMENTS:,} elements, more than any article's page")
    if tree.find(".//frameset") is not None:
        raise Unreadable("the page only holds frames: save the frame with the article in it")
    if len(source) > _MOST_TEXT and _length(tree) > _MOST_TEXT:
        raise Unreadable(f"it has more than {_MOST_TEXT // 2**20} MiB of text, more than any article")
    return tree


def _length(tree: Any) -> int:
    return sum(len(text) for text in tree.xpath("//text()[not(parent::script or parent::style)]"))


def _article(tree: Any) -> Any:
    """The element that holds the article, in trafilatura's own vocabulary; None where it finds none."""
    import trafilatura

    for sign in tree.xpath("//blockquote//cite | //blockquote//footer"):
        _sign(sign)
    found = trafilatura.bare_extraction(
        tree, output_format="xml", include_formatting=True, include_links=True, include_comments=False
    )
    return found.body if found is not None and not isinstance(found, dict) else None


def _sign(sign: Any) -> None:
    """Make who said a quotation a paragraph of it behind a dash, where its name stands on a line of its own."""
    words = "".join(sign.itertext()).strip()
    alone = sign.tag == "footer" or "".join(sign.getparent().itertext()).strip() == words
    last = sign.getnext() is None and not (sign.tail or "").strip() and sign.getparent().tag == "blockquote"
    if words and (alone or last) and not sign.xpath("ancestor::footer"):
        sign.tag = "p"
        sign.text = (sign.text or "").lstrip() if re.match("[-–—―]", words) else "— " + (sign.text or "").lstrip()


def _sorted(found: Iterable[Block], title: str) -> tuple[list[Block], list[LeftOut]]:
    """(the article's blocks, what is the website's)."""
    blocks: list[Block] = []
    left: list[LeftOut] = []
    running = False
    for block in found:
        role = _furniture(block, title, first=not running)
        if role:
            left.append(LeftOut(0, role, block.text))
        else:
            blocks.append(block)
            running = running or Line(0, block.text, gap=True).prose
    return blocks, left


def _take_captions(tree: Any) -> list[str]:
    """Take the captions of pictures out of a page: no text of the article, but those of quotations and code are."""
    found = tree.xpath("//figure[.//img or .//video or .//iframe]//figcaption")
    texts = [page.words(node) for node in found if not page.aside(node)]
    for node in found:
        node.drop_tree()
    return [text for text in dict.fromkeys(texts) if text][:50]


def _furniture(block: Block, title: str, *, first: bool) -> str:
    """What a block of the page is if it is not the article's; `first`: no running text stands before it."""
    line = Line(0, block.text.replace("\n", " "), gap=True)
    if line.words > _LONGEST_FURNITURE:
        return ""
    if first and buttons.is_section(line):
        return "section"
    if first and block.kind == "paragraph" and metadata(line, ENGLISH):
        return "metadata"
    if title and line.key == key(title):
        return "repeated"
    if block.kind in ("item", "numbered") and not line.key.strip("0123456789 "):
        return ""  # figures of a table
    role = furniture.role(line)
    return "" if role == "caption" and (line.words > 30 or line.prose) else role


def _suffices(blocks: list[Block], stated: page.Page) -> None:
    """Raise Unreadable with the reason where too little was found for an article."""
    words = sum(size(block.text) for block in blocks)
    walled = "false" in str(stated.article.get("isAccessibleForFree")).lower()
    if words >= (_WALLED if walled else SHORTEST):
        return
    if walled:
        raise Unreadable(f"the page is for subscribers, and only {words} words of its article are in it")
    if stated.tree.xpath("count(//script)") and not "".join(stated.tree.xpath("//body//p//text()")).strip():
        raise Unreadable("no article in it: scripts make the page; save it from a browser that shows it")
    raise Unreadable("no article in it" + (f" (fewer than {SHORTEST} words of running text)" if words else ""))


def is_page(data: bytes) -> bool:
    """Whether bytes look like a web page whatever their file is called."""
    return bool(re.match(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html\b)", data[:300], re.IGNORECASE))
