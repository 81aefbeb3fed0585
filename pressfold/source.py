"""What the settings say of sources: `sources` of `config.yaml`, and `content/sources.yaml`, which says the same."""

from collections.abc import Collection
from typing import Literal, get_args

import msgspec

from pressfold import yamltext
from pressfold.schema import Fields
from pressfold.site import CONFIG

Body = Literal["full", "excerpt", "link"]  # what may be republished, from the widest to the narrowest
BODIES: tuple[Body, ...] = get_args(Body)


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a source by its name."""

    body: Body = "full"
    translated: str = ""
    feed: str = ""  # the address from which pressfold fetch takes its articles


def read_sources(names: Fields | None, above: Fields) -> dict[str, Source]:
    """Sources by their names; what is wrong with them is noted `above`."""
    found: dict[str, Source] = {}
    for name in names.keys() if names else ():
        inner = names.mapping(name, ("body", "translated", "feed")) if names else None
        if inner:
            found[name] = Source(
                body=inner.choice("body", BODIES, "full"),
                translated=inner.choice("translated", ("", "machine"), ""),
                feed=inner.web_address("feed"),
            )
            above.take(inner)
    if names and names is not above:
        above.take(names)
    return found


def load_sources(text: str, path: str, taken: Collection[str]) -> dict[str, Source]:
    """Read a file of sources, which is what stands under `sources` in the settings; `taken` are names that stand there.

    Raises Problems with all that is wrong.
    """
    value = yamltext.load(text, path)
    names = Fields(value, path, tuple(value.data) if isinstance(value.data, dict) else ())
    found = read_sources(names, names)
    for name in found.keys() & taken:
        names.problem(names.line(name), f"{name!r} stands in {CONFIG} too", "keep one of them")
    names.finish()
    return found
