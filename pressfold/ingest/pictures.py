"""The pictures among the blocks of a saved page's article: which they are, where each stands, and which are kept."""

from collections.abc import Iterator, Sequence

from pressfold.ingest.draft import LeftOut, Picture
from pressfold.ingest.lead import Lead
from pressfold.ingest.pixels import LARGEST, Saved, is_large, picture
from pressfold.ingest.shown import Course, Shown, beginning
from pressfold.markup import Block

MOST = 20  # pictures that an article keeps
_ALL = 12 * 2**20  # bytes of all: they pass from one process to another
_NEAR = 3  # blocks between the one before a picture and the one behind it: some were taken out


def of_article(
    course: Course, blocks: Sequence[Block], lead: Lead, saved: Saved
) -> tuple[tuple[Picture, ...], list[LeftOut]]:
    """(the pictures that stand among an article's blocks, those of them that cannot be kept)."""
    kept: list[Picture] = []
    left: list[LeftOut] = []
    size = 0
    for place, shown in _among(course, blocks, lead):
        found = [(address, data) for address in shown.addresses if (data := saved.read(address))]
        if not found:
            address = next(iter(shown.addresses), "nowhere")[:200]
            left.append(LeftOut(0, "picture", f"{address} (it was not saved with the page)"))
            continue
        address, data = next(((address, data) for address, data in found if is_large(data)), ("", b""))
        if not data:
            continue  # an icon
        one = picture(data, shown.words, shown.caption, place)
        if len(data) > LARGEST or size + len(data) > _ALL or len(kept) == MOST:
            left.append(LeftOut(0, "picture", f"{address} (there are too many, or it is too large)"))
        elif all(one.name != other.name for other in kept):
            size += len(data)
            kept.append(one)
    return tuple(kept), left


def _among(course: Course, blocks: Sequence[Block], lead: Lead) -> Iterator[tuple[int, Shown]]:
    """(how many blocks stand before it, picture) of those between two blocks that are neighbours, or near.

    Before the first block stand the page's own pictures too: there only one counts that has words below it, or that the
    page states to be the article's, and that was not saved.
    """
    seen = _seen(course, blocks)
    ahead = [0] * len(seen)
    for at in reversed(range(len(seen) - 1)):
        ahead[at] = seen[at + 1] or ahead[at + 1]
    place = 0
    for number, one, following in zip(seen, course, ahead, strict=True):
        place = number or place
        if isinstance(one, str):
            continue
        first = place == 0 and following and (one.caption or lead.is_shown(one))
        if first or (place and 0 < following - place <= _NEAR):
            yield _between(blocks, place), one


def _seen(course: Course, blocks: Sequence[Block]) -> list[int]:
    """The number of the block that begins there, from 1, for each that a page shows; 0 for a picture, and for no block.

    Blocks that begin alike are met in their order.
    """
    places: dict[str, list[int]] = {}
    for number, block in enumerate(blocks, 1):
        places.setdefault(beginning(block.text), []).append(number)
    places.pop("", None)
    seen = []
    for one in course:
        numbers = places.get(one, [0]) if isinstance(one, str) else [0]
        seen.append(numbers.pop(0) if len(numbers) > 1 else numbers[0])
    return seen


def _between(blocks: Sequence[Block], place: int) -> int:
    """The next place where a picture parts neither a list, nor a quotation from its speaker."""
    joined = (("item", "numbered"), ("quote", "attribution"))
    while 0 < place < len(blocks) and any(
        {blocks[place - 1].kind, blocks[place].kind} <= set(kinds) for kinds in joined
    ):
        place += 1
    return place
