"""What a host's robots.txt allows a robot of ours to ask.

Protego reads it rather than urllib.robotparser: newspapers' rules are full of `*` and `$`, which the standard library
takes for letters, and where rules contradict each other the longest counts (RFC 9309), not the first.
"""

import msgspec
from protego import Protego

from pressfold.fetch.address import Address, Refused
from pressfold.fetch.exchange import Reply

ROBOT = "Pressfold"  # the name by which a robots.txt can speak of us
LARGEST = 512 * 1024  # bytes of it that are read; RFC 9309 asks for 500 KiB at least


class Rules(msgspec.Struct, frozen=True):
    """What a robots.txt says; `reason` is why nothing may be asked now."""

    said: Protego | None = None
    reason: str = ""

    def check(self, address: Address) -> None:
        """Raise Refused for an address that may not be asked."""
        if self.reason:
            raise Refused(self.reason)
        if self.said and not self.said.can_fetch(address.url, ROBOT):
            raise Refused(f"the robots.txt of {address.host} forbids it")


def rules(reply: Reply) -> Rules:
    """The rules of an answer: without a robots.txt all is allowed, and while its host is out of order nothing is."""
    if 200 <= reply.status < 300:
        return Rules(Protego.parse(reply.body.decode("utf-8-sig", "replace")))
    if 400 <= reply.status < 500 and reply.status != 429:
        return Rules()
    return Rules(reason=f"its robots.txt answers {reply.status}, so that nothing is asked now")
