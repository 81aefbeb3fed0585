"""Months: of a company, of a language, of the whole archive. A full month is split by number, counted from its oldest."""

from collections.abc import Iterator, Sequence

from pressfold.language import Tag
from pressfold.pages.address import part_address
from pressfold.pages.calendar import month_name
from pressfold.pages.frame import PART, Site, month_link
from pressfold.pages.view import Feeds, Link, Page
from pressfold.pages.view.html import ListView


def month_pages(
    site: Site,
    group: str,
    month: str,
    folder: str,
    above: Link,
    trail: Sequence[Link],
    section: str,
    feeds: Feeds | None = None,
    lang: Tag | None = None,
) -> Iterator[Page]:
    """The pages of one month of a group below `folder`, newest article first; further parts at `2026-02/2/` and so on.

    They are in `lang`, or the site's language. Parts are counted from the oldest article, so that a new one changes the last
    part alone.
    """
    language = lang or site.config.language
    oldest = site.catalog.month(group, month)[::-1]
    parts = [oldest[start : start + PART][::-1] for start in range(0, len(oldest), PART)]
    addresses = [part_address(f"{folder}{month}/", number) for number in range(1, len(parts) + 1)]
    links = tuple(Link(text=str(number), address=address) for number, address in enumerate(addresses, 1))
    for number, (address, part) in enumerate(zip(addresses, parts, strict=True), 1):
        name = month_name(month, language)
        title = f"{above.text}: {name}" if above.text else name
        yield Page(
            address=address,
            layout="list.html",
            view=ListView(
                frame=site.frame(
                    title if number == 1 else f"{title} ({number})",
                    address,
                    lang=lang,
                    feeds=(feeds,) if feeds else (),
                    trail=(*trail, above) if above.text else trail,
                    section=section,
                ),
                heading=Link(text=name, lang=language),
                items=tuple([site.item(card, lang) for card in part]),
                parts=links[: number - 1],  # a part that is full never changes, so it knows of no later one
                feeds=feeds,
            ),
        )


def month_links(site: Site, group: str, folder: str, lang: Tag | None = None) -> tuple[Link, ...]:
    """Links to the months of a group, newest first; to each part of a split month."""
    found: list[Link] = []
    for month, count in site.catalog.months(group).items():
        first = month_link(folder, month, lang or site.config.language)
        found.append(first)
        found += [
            Link(
                text=f"{first.text} ({number})",
                address=part_address(str(first.address), number),
                lang=first.lang,
                dir=first.dir,
            )
            for number in range(2, (count - 1) // PART + 2)
        ]
    return tuple(found)
