"""What a host would not take: too many files, or too large ones."""

from collections import Counter
from collections.abc import Collection, Iterator

import msgspec

from pressfold.check.finding import Wrong
from pressfold.host import GB, KNOWN, MIB, Host, HostName


class Weight(msgspec.Struct, frozen=True):
    """What files weigh together, and the heaviest of them."""

    size: int = 0
    largest: int = 0
    path: str = ""

    def plus(self, other: "Weight") -> "Weight":
        """Both together."""
        heavier = max(self, other, key=lambda one: one.largest)
        return Weight(self.size + other.size, heavier.largest, heavier.path)


def judge_size(host: HostName, paths: Collection[str], weight: Weight) -> Iterator[Wrong]:
    """What the site's host, or where it may stand on any, each of those that are known would not take."""
    asked = KNOWN.values() if host == "any" else [KNOWN[host]]
    for one in asked:
        yield from _judge(one, paths, weight)


def _judge(host: Host, paths: Collection[str], weight: Weight) -> Iterator[Wrong]:
    def over(path: str, what: str, cap: str) -> Wrong:
        return Wrong(
            path, 0, f"{what}: {host.name} takes {cap}", f"{host.source}; or name your host in config.yaml", True
        )

    if 0 < host.files < len(paths):
        yield over("", f"{len(paths):,} files", f"{host.files:,} on its free plan")
    if host.entries and host.entries < (entries := len(paths) + len(_folders(paths).keys() - {""})):
        yield over("", f"{entries:,} files and folders", f"{host.entries:,}")
    if host.beside:
        for folder, count in _folders(paths).items():
            if count > host.beside:
                yield over(folder, f"{count:,} files in one folder", f"{host.beside:,}")
    if 0 < host.size < weight.size:
        yield over("", f"{weight.size / GB:.1f} GB", f"{host.size / GB:g} GB")
    if 0 < host.largest < weight.largest:
        yield over(weight.path, f"{weight.largest / MIB:.0f} MiB", f"{host.largest / MIB:g} MiB a file")


def _folders(paths: Collection[str]) -> Counter[str]:
    """How many files each folder holds by itself."""
    found: Counter[str] = Counter()
    for path in paths:
        folder = path.rpartition("/")[0]
        found[folder] += 1
        while folder and (folder := folder.rpartition("/")[0]) and folder not in found:
            found[folder] += 0
    return found
