"""What was fetched last, in a small file: so that hosts can be asked for news only. Losing it loses speed, nothing else."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from pressfold import content
from pressfold.fetch.request import NOTHING, Known
from pressfold.site import WORK

FILE = f"{WORK}/fetched.json"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A feed as it was fetched last, the hash of its bytes, and by what its host knows that."""

    url: str
    file: str  # below content/
    digest: str
    etag: str = ""
    modified: str = ""

    def known(self, root: Path, url: str) -> Known:
        """What may be said to the host: nothing where the address or the file is another by now."""
        here = url == self.url and content.current(root, f"content/{self.file}") == self.digest
        return Known(etag=self.etag, modified=self.modified) if here else NOTHING


def read_kept(root: Path) -> dict[str, Kept]:
    """What was kept, by the sources' slugs; nothing where the file cannot be read."""
    try:
        return msgspec.json.decode((root / FILE).read_bytes(), type=dict[str, Kept])
    except (OSError, ValueError):
        return {}


def write_kept(root: Path, kept: Mapping[str, Kept]) -> None:
    """Keep it for the next run, where it says something new."""
    text = msgspec.json.format(msgspec.json.encode(kept, order="sorted"), indent=1)
    content.write(root / FILE, text + b"\n")
