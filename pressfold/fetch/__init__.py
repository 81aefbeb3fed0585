"""What a site takes from the network: the feeds of its sources, and single pages. What cannot be had has its reason."""

from pressfold.fetch.news import Fetched, fetch, in_order
from pressfold.fetch.pages import Pages, save
from pressfold.fetch.request import Limits, Network, in_the_name_of
from pressfold.fetch.sources import Feed, chosen, feeds

__all__ = [
    "Feed",
    "Fetched",
    "Limits",
    "Network",
    "Pages",
    "chosen",
    "feeds",
    "fetch",
    "in_order",
    "in_the_name_of",
    "save",
]
