"""What open pages are told: which build they should show, and what is wrong with the newest one."""

import asyncio
import json
from collections.abc import AsyncIterator

import msgspec
from msgspec.structs import asdict

from pressfold.problem import Problem


class State(msgspec.Struct, frozen=True):
    """`mark` names the site as it was last written (empty: nothing is there yet); a page of another mark is out of date."""

    mark: str = ""
    problems: tuple[Problem, ...] = ()

    def event(self) -> str:
        """The state as one server-sent event."""
        return f"data: {json.dumps({'mark': self.mark, 'problems': [asdict(p) for p in self.problems]})}\n\n"


class Live:
    """The newest state, and streams of it that end when it closes."""

    def __init__(self) -> None:
        self.state = State()
        self.closed = False
        self._changed = asyncio.Event()

    def show(self, state: State) -> None:
        """Tell every open page."""
        self.state = state
        self._wake()

    def close(self) -> None:
        """End every stream."""
        self.closed = True
        self._wake()

    async def events(self) -> AsyncIterator[str]:
        """The state as it is now, then whenever it has changed; states between two reads are passed over."""
        yield "retry: 500\n\n"  # a page finds a server that was started anew
        while not self.closed:
            changed = self._changed
            yield self.state.event()
            await changed.wait()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
