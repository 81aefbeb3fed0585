"""The pictures of a saved page: which are the article's, where they stand in it, and their bytes, where they came with it."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import msgspec

from pressfold.ingest import jsonld, page
from pressfold.ingest.draft import LeftOut, Picture
from pressfold.ingest.jsonld import said
from pressfold.ingest.lexicon import key
from pressfold.markup import Block

# The bytes of a file that was saved with a page, by the address that the page has for it; none where it was not saved.
Beside = Callable[[str], bytes]

MOST = 20  # pictures that an article keeps
LARGEST = 4 * 2**20  # bytes of one
_ALL = 12 * 2**20  # bytes of all: they pass from one process to another
_LONG, _SHORT = 200, 100  # pixels: what is smaller is an icon, a face beside a name, or counts readers
_LOOKED_AT = 300  # pictures of a page
_CAPTION = 1000  # characters
_SAME = 60  # characters by which a block is known again
_LANDMARKS = frozenset("p li h2 h3 h4 h5 h6 blockquote div td".split())
_NO_PICTURE = frozenset(
    "avatar logo icon emoji author share social ad ads advert promo sponsor gravatar byline".split()
)
_NO_NAME = _NO_PICTURE | {"default", "placeholder"}  # of what a page states for want of a picture
_KINDS = (
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "webp"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "avif"),
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)
_SIZED = re.compile(r"[-_]\d{2,4}(?:x\d{2,4})?$|-scaled$")  # one picture in several sizes


def nothing(_: str) -> bytes:
    """What was saved with a page that came alone."""
    return b""


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
    for node in tree.iter():
        if node.tag == "img" and pictures < _LOOKED_AT and _may_be(node):
            pictures += 1
            found.append(_shown(node))
        elif node.tag in _LANDMARKS:
            found.append(_beginning(node))
    return tuple(found)


def of_article(
    course: Course, blocks: Sequence[Block], stated: page.Page, beside: Beside, inside: Sequence[str]
) -> tuple[tuple[Picture, ...], list[LeftOut]]:
    """(the pictures that stand among an article's blocks, those of them that cannot be kept).

    `inside` are pictures that the page holds in itself as addresses; such a one has its number in their place.
    """
    kept: list[Picture] = []
    left: list[LeftOut] = []
    size = 0
    for place, shown in _among(course, blocks, _names(_stated(stated))):
        found = [(address, data) for address in shown.addresses if (data := _bytes(address, beside, inside))]
        if not found:
            address = next(iter(shown.addresses), "nowhere")[:200]
            left.append(LeftOut(0, "picture", f"{address} (it was not saved with the page)"))
            continue
        address, data = next(((address, data) for address, data in found if _is_large(data)), ("", b""))
        if not data:
            continue  # an icon
        picture = _picture(data, shown.words, shown.caption, place)
        if len(data) > LARGEST or size + len(data) > _ALL or len(kept) == MOST:
            left.append(LeftOut(0, "picture", f"{address} (there are too many, or it is too large)"))
        elif all(picture.name != one.name for one in kept):
            size += len(data)
            kept.append(picture)
    return tuple(kept), left


def _may_be(node: Any) -> bool:
    """Whether a picture can be the article's: not the frame's, nobody's face, and no way to another page."""
    if page.aside(node) or {node.get("width"), node.get("height")} & {"0", "1"}:
        return False
    for outer in (node, *node.iterancestors()):
        named = re.split(r"[\s_-]+", f"{outer.get('class', '')} {outer.get('id', '')}".lower())
        if outer.tag in ("header", "form", "button") and outer.find(".//nav") is not None:
            return False
        if outer.tag == "a" and not _kind_of(outer.get("href", "")) and _inside(node, "figure") is None:
            return False
        if outer.tag in ("article", "main", "body"):
            return True
        if not _NO_PICTURE.isdisjoint(named):
            return False
    return True


def _kind_of(address: str) -> bool:
    """Whether an address is a picture's."""
    return PurePosixPath(_path(address)).suffix.lower() in (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")


def _path(address: str) -> str:
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""


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
    return Shown(addresses, words, " ".join(page.words(caption) for caption in captions[:1])[:_CAPTION])


def _beginning(node: Any) -> str:
    """By what the block of an element is known again."""
    text = ""
    for part in node.itertext():
        text += part
        if len(text) > 3 * _SAME:
            break
    return key(text)[:_SAME]


def _among(course: Course, blocks: Sequence[Block], named: frozenset[str]) -> Iterator[tuple[int, Shown]]:
    """(how many blocks stand before it, picture) of those between two blocks that are neighbours, or near.

    Before the first block stand the page's own pictures too: there only one counts that has words below it, or that the
    page names as the article's.
    """
    places: dict[str, int] = {}
    for number, block in enumerate(blocks, 1):
        places.setdefault(key(block.text)[:_SAME], number)
    places.pop("", None)
    seen = [places.get(one, 0) if isinstance(one, str) else 0 for one in course]
    ahead = [0] * len(seen)
    for at in reversed(range(len(seen) - 1)):
        ahead[at] = seen[at + 1] or ahead[at + 1]
    place = 0
    for number, one, following in zip(seen, course, ahead, strict=True):
        place = number or place
        if isinstance(one, str):
            continue
        first = place == 0 and following and (one.caption or _is_named(one, named))
        if first or (place and 0 < following - place <= 3):
            yield _between(blocks, place), one


def _between(blocks: Sequence[Block], place: int) -> int:
    """The next place where a picture parts neither a list, nor a quotation from its speaker."""
    joined = (("item", "numbered"), ("quote", "attribution"))
    while 0 < place < len(blocks) and any(
        {blocks[place - 1].kind, blocks[place].kind} <= set(kinds) for kinds in joined
    ):
        place += 1
    return place


def above(course: Course, stated: page.Page, beside: Beside, inside: Sequence[str]) -> tuple[Picture | None, Course]:
    """(the picture that a page states to be its article's, what the page shows besides it).

    There is one where its bytes came with the page, which may show it, or only have saved it. A site's own sign, which
    many pages state for want of a picture, is none.
    """
    named = _stated(stated)
    names = _names(named)
    for shown in course if names else ():
        if not isinstance(shown, str) and _is_named(shown, names):
            found = _first(shown.addresses, beside, inside)
            if found:
                picture = _picture(found, shown.words, shown.caption or _said_below(named, shown.addresses))
                return picture, _without(course, shown.addresses)
    folders = _folders(course)
    for address, caption in named.items():
        name = PurePosixPath(_path(address)).name
        places = [address, *(f"{folder}/{quote(name)}" for folder in folders)]
        found = _first(places if _names([address]) else (), beside, inside)
        if found:
            return _picture(found, "", caption), _without(course, [address])
    return None, course


def _first(addresses: Iterable[str], beside: Beside, inside: Sequence[str]) -> bytes:
    """The bytes of the first picture that is here, and to be looked at; none where there is none."""
    found = (_bytes(address, beside, inside) for address in addresses)
    return next((data for data in found if data and len(data) <= LARGEST and _is_large(data)), b"")


def _picture(data: bytes, words: str, caption: str, place: int = 0) -> Picture:
    return Picture(f"{hashlib.sha256(data).hexdigest()[:16]}.{_ending(data)}", data, words, caption, place)


def _folders(course: Course) -> list[str]:
    """Where a page's pictures lie that were saved beside it."""
    found: dict[str, None] = {}
    for address in [one.addresses[0] for one in course if not isinstance(one, str) and one.addresses]:
        if "/" in address and not _ELSEWHERE.match(address):
            found[address.rpartition("/")[0]] = None
    return [*found][:3]


def _without(course: Course, addresses: Sequence[str]) -> Course:
    """What a page shows but for a picture, in whatever size."""
    names = _names(addresses)
    return tuple(
        one for one in course if isinstance(one, str) or not (_is_named(one, names) or one.addresses == addresses)
    )


def _stated(stated: page.Page) -> dict[str, str]:
    """The addresses of the pictures that a page states to be its article's, with the words below them where it has any."""
    found = dict.fromkeys([*stated.meta.get("og:image", ()), *stated.meta.get("twitter:image", ())][:MOST], "")
    images = [stated.article.get("image"), stated.article.get("thumbnailUrl")]
    for one in [one for value in images for one in (value if isinstance(value, list) else [value])][:MOST]:
        image = jsonld.resolve(one, stated.nodes)
        if isinstance(image, dict):
            addresses, caption = [image.get(key) for key in ("url", "contentUrl", "@id")], said(image.get("caption"))
        else:
            addresses, caption = [image], ""
        for address in addresses:
            if isinstance(address, str):
                found[address] = found.get(address) or caption[:_CAPTION]
    return found


def _names(addresses: Iterable[str]) -> frozenset[str]:
    """The names of pictures by which one is known again at another address; a site's own sign has none."""
    stems = (stem for address in addresses for stem in _stems(address))
    return frozenset(stem for stem in stems if stem and _NO_NAME.isdisjoint(re.split(r"[\s_.-]+", stem)))


def _is_named(shown: Shown, stems: frozenset[str]) -> bool:
    return any(not stems.isdisjoint(_stems(address)) for address in shown.addresses)


def _said_below(named: Mapping[str, str], addresses: Sequence[str]) -> str:
    """What a page states of the picture that stands at one of some addresses."""
    stems = _names(addresses)
    return next((caption for one, caption in named.items() if caption and not stems.isdisjoint(_stems(one))), "")


def _stems(address: str) -> list[str]:
    """The names of a picture without size and kind: those in its query, where a program scales it, else its own."""
    if address.startswith("inside:"):
        return []
    try:
        query = urlsplit(address).query
    except ValueError:
        return []
    inner = [value for _, value in parse_qsl(query) if _kind_of(value)]
    return [_SIZED.sub("", PurePosixPath(_path(one)).stem.lower()) for one in inner or [address]]


def _bytes(address: str, beside: Beside, inside: Sequence[str]) -> bytes:
    """The bytes of a picture; none where they did not come with the page, or are no picture's."""
    number = re.fullmatch(r"inside:(\d+)", address)
    data = _decoded("".join(inside[int(number[1]) :][:1])) if number else beside(address)
    return data if _ending(data) else b""


def _ending(data: bytes) -> str:
    """The ending of a picture's name, by its first bytes; empty for what is none that every browser shows."""
    return next((ending for pattern, ending in _KINDS if pattern.match(data)), "")


def _decoded(address: str) -> bytes:
    head, _, data = address.partition(",")
    try:
        return base64.b64decode(unquote(data)) if head.lower().endswith(";base64") else b""
    except (binascii.Error, ValueError):
        return b""


def _is_large(data: bytes) -> bool:
    """Whether a picture is one to be looked at."""
    import imagesize

    try:
        width, height = imagesize.get(BytesIO(data))
    except Exception:  # noqa: BLE001 - it reads what strangers made
        return False
    return bool(max(width, height) >= _LONG and min(width, height) >= _SHORT)
