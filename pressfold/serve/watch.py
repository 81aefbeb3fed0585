"""When what a build reads has changed."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from watchfiles import Change, awatch

from pressfold.problem import refuse
from pressfold.site import CONFIG

Matters = Callable[[Change, str], bool]

FOLDERS = ("content", "layouts")
_STEP = 10  # milliseconds without a change that end a batch of them: an editor's save is several
_DEBOUNCE = 100  # the longest that a batch may last


async def on_change(root: Path, changed: Callable[[], None]) -> None:
    """Call `changed` once changes are watched for, then whenever config.yaml, content/ or layouts/ of a site change.

    The site's folder itself is watched without what lies below it, for builds write there; its two folders are watched
    whole, anew when they come back. Raises Problems where the system cannot watch, in a group.
    """
    async with asyncio.TaskGroup() as tasks:
        below = tasks.create_task(_below(root, changed))
        await asyncio.sleep(0)  # it watches from its first step on
        asyncio.get_running_loop().call_soon(changed)  # after the step in which this begins to watch
        async for found in _changes([root], _top, whole=False):
            if any(Path(path).name in FOLDERS for _, path in found):
                below.cancel()
                below = tasks.create_task(_below(root, changed))
                await asyncio.sleep(0)
            changed()


async def _below(root: Path, changed: Callable[[], None]) -> None:
    folders = [root / name for name in FOLDERS if (root / name).is_dir()]
    if folders:
        async for _ in _changes(folders, _inside(root), whole=True):
            changed()


async def _changes(folders: Sequence[Path], matters: Matters, *, whole: bool) -> AsyncIterator[set[tuple[Change, str]]]:
    """What changes in folders, batch by batch; `whole`: also in the folders below them."""
    try:
        async for found in awatch(*folders, watch_filter=matters, recursive=whole, step=_STEP, debounce=_DEBOUNCE):
            yield found
    except OSError as wrong:
        raise refuse(str(folders[0]), 0, f"cannot be watched: {wrong}") from None


def _top(change: Change, path: str) -> bool:
    """Whether a change right in the site's folder matters: of a folder, only that it came or went."""
    name = Path(path).name
    return name == CONFIG or (name in FOLDERS and change != Change.modified)


def _inside(root: Path) -> Matters:
    """Whether a change below a folder matters: builds pass over what is hidden, as their own unfinished files are, and backups."""

    def matters(_: Change, path: str) -> bool:
        parts = Path(path).relative_to(root).parts if Path(path).is_relative_to(root) else (Path(path).name,)
        return not any(part.startswith(".") or part.endswith("~") for part in parts)

    return matters
