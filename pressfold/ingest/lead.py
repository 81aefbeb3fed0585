"""The picture that a page states to be its article's: in its meta elements and JSON-LD; it stands above the text."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import quote

import msgspec

from pressfold.ingest import jsonld, page
from pressfold.ingest.draft import Picture
from pressfold.ingest.jsonld import said
from pressfold.ingest.pixels import Saved, picture
from pressfold.ingest.shown import CAPTION, Course, Shown
from pressfold.ingest.stems import is_one, path, stems

_MOST = 20  # pictures that a page states
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)


class Lead(msgspec.Struct, frozen=True):
    """The addresses that a page states, with the words that it states below each, and the names in them."""

    captions: dict[str, str]
    names: frozenset[str]

    def is_shown(self, shown: Shown) -> bool:
        """Whether a picture is the one that is stated, in whatever size."""
        return is_one(shown.addresses, self.names)

    def below(self, shown: Shown) -> str:
        """The words below it: those that the page shows, or else those that it states."""
        names = stems(shown.addresses)
        stated = (caption for one, caption in self.captions.items() if caption and is_one([one], names))
        return shown.caption or next(stated, "")


def stated(by: page.Page) -> Lead:
    """What a page states to be its article's picture."""
    found = dict.fromkeys([*by.meta.get("og:image", ()), *by.meta.get("twitter:image", ())][:_MOST], "")
    images = [by.article.get("image"), by.article.get("thumbnailUrl")]
    for one in [one for value in images for one in (value if isinstance(value, list) else [value])][:_MOST]:
        image = jsonld.resolve(one, by.nodes)
        if isinstance(image, dict):
            addresses, caption = [image.get(key) for key in ("url", "contentUrl", "@id")], said(image.get("caption"))
        else:
            addresses, caption = [image], ""
        for address in addresses:
            if isinstance(address, str):
                found[address] = found.get(address) or caption[:CAPTION]
    return Lead(found, stems(found))


def take(lead: Lead, course: Course, saved: Saved) -> tuple[Picture | None, Course]:
    """(the picture that stands above the article, what the page shows besides it).

    There is one where its bytes came with the page, which may show it, or only have saved it. A site's own sign, which
    many pages state for want of a picture, is none.
    """
    for shown in course if lead.names else ():
        if not isinstance(shown, str) and lead.is_shown(shown):
            found = saved.first(shown.addresses)
            if found:
                return picture(found, shown.words, lead.below(shown)), _without(course, shown.addresses)
    folders = _folders(course)
    for address, caption in lead.captions.items():
        places = [address, *(f"{folder}/{quote(PurePosixPath(path(address)).name)}" for folder in folders)]
        found = saved.first(places if stems([address]) else ())
        if found:
            return picture(found, "", caption), _without(course, [address])
    return None, course


def _folders(course: Course) -> list[str]:
    """Where a page's pictures lie that were saved beside it."""
    found: dict[str, None] = {}
    for address in [one.addresses[0] for one in course if not isinstance(one, str) and one.addresses]:
        if "/" in address and not _ELSEWHERE.match(address):
            found[address.rpartition("/")[0]] = None
    return [*found][:3]


def _without(course: Course, addresses: Sequence[str]) -> Course:
    """What a page shows but for a picture, in whatever size."""
    names = stems(addresses)
    return tuple(
        one
        for one in course
        if isinstance(one, str) or not (is_one(one.addresses, names) or one.addresses == addresses)
    )
