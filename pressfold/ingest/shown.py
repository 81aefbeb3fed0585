"""What a page shows, from its top down: how its blocks of text begin, and the pictures that can be an article's."""

import re
from typing import Any

import msgspec

from pressfold.ingest import page
from pressfold.ingest.jsonld import said
from pressfold.ingest.lexicon import key
from pressfold.ingest.stems import NO_PICTURE, is_picture

CAPTION = 1000  # characters
_LOOKED_AT = 300  # pictures of a page
_SAME = 60  # characters by which a block is known again
_LANDMARKS = frozenset("p li h2 h3 h4 h5 h6 blockquote div td".split())


class Shown(msgspec.Struct, frozen=True):
    """A picture as a page shows it: its addresses, the words for those who do not see it, and those below it."""

    addresses: tuple[str, ...]
    words: str
    caption: str


Course = tuple[str | Shown, ...]  # how blocks of text begin, and pictures, in the order of the page


def course(tree: Any) -> Course:
    """What a page shows, before anything is taken out of it."""
    found: list[str | Shown] = []
    pictures = 0
    within: Any = None  # the block that began last
    for node in tree.iter():
        if node.tag == "img" and pictures < _LOOKED_AT and _may_be(node):
            pictures += 1
            found.append(_shown(node))
        elif node.tag in _LANDMARKS:
            begins = beginning(_text(node))
            # One that only holds another is no block of its own.
            if not (found and found[-1] == begins and within in node.iterancestors()):
                found.append(begins)
            within = node
    return tuple(found)


def beginning(text: str) -> str:
    """By what a block of text is known again."""
    return key(text)[:_SAME]


def _text(node: Any) -> str:
    """What the text of an element begins with."""
    text = ""
    for part in node.itertext():
        text += part
        if len(text) > 3 * _SAME:
            break
    return text


def _may_be(node: Any) -> bool:
    """Whether a picture can be the article's: not the frame's, nobody's face, and no way to another page."""
    if page.aside(node) or {node.get("width"), node.get("height")} & {"0", "1"}:
        return False
    for outer in (node, *node.iterancestors()):
        named = re.split(r"[\s_-]+", f"{outer.get('class', '')} {outer.get('id', '')}".lower())
        if outer.tag in ("header", "form", "button") and outer.find(".//nav") is not None:
            return False
        if outer.tag == "a" and not is_picture(outer.get("href", "")) and _inside(node, "figure") is None:
            return False
        if outer.tag in ("article", "main", "body"):
            return True
        if not NO_PICTURE.isdisjoint(named):
            return False
    return True


def _inside(node: Any, tag: str) -> Any:
    return next(node.iterancestors(tag), None)


def _shown(node: Any) -> Shown:
    figure = _inside(node, "figure")
    captions = figure.findall(".//figcaption") if figure is not None else []
    given = [node.get(name) for name in ("src", "data-src", "data-original", "data-lazy-src")]
    offered = [node.get("srcset"), *(other.get("srcset") for other in node.xpath("ancestor::picture//source"))]
    given += [part.split()[0] for text in offered if text for part in text.split(", ") if part.split()]
    addresses = tuple(dict.fromkeys(address.strip() for address in given if address and address.strip()))
    words = said(node.get("alt"))
    return Shown(addresses, words, " ".join(page.words(caption) for caption in captions[:1])[:CAPTION])
