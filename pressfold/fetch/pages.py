"""Single pages by their addresses, fetched to be saved in the inbox."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from pressfold import content
from pressfold.fetch.kind import ending
from pressfold.fetch.news import HOSTS, by_host, reasoned
from pressfold.fetch.request import Client, Network
from pressfold.fetch.saved import file_bytes, file_name
from pressfold.fetch.together import together
from pressfold.problem import Problem
from pressfold.site import INBOX

_ACCEPT = "text/html, application/xhtml+xml, */*;q=0.8"


class Page(msgspec.Struct, frozen=True):
    """A page as it is to lie in the inbox."""

    name: str
    data: bytes


class Pages(msgspec.Struct, frozen=True):
    """The pages of some addresses, and why others cannot be had; both in the order of the addresses."""

    saved: tuple[Page, ...]
    refused: tuple[Problem, ...]

    def keep(self, root: Path) -> Iterator[str]:
        """Write them into the inbox; their paths below content/. A page that was fetched before is written over."""
        for page in self.saved:
            content.write(root / INBOX / page.name, page.data)
            yield f"inbox/{page.name}"


def save(addresses: Sequence[str], network: Network) -> Pages:
    """Fetch the pages at some addresses."""
    client = Client(network)

    def ask(url: str) -> Page | str:
        return reasoned(lambda: _page(client, url))

    given = list(dict.fromkeys(addresses))
    found = dict(together(ask, by_host(given, str), HOSTS))
    came = [(url, found[url]) for url in given]
    return Pages(
        tuple(page for _, page in came if isinstance(page, Page)),
        tuple(Problem(url, 0, f"not fetched: {reason}") for url, reason in came if isinstance(reason, str)),
    )


def _page(client: Client, url: str) -> Page:
    answer = client.get(url, _ACCEPT)
    kind = ending(answer)
    return Page(file_name(answer.address, kind), file_bytes(answer, kind))
