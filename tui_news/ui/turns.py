"""Each key to what has the focus when its turn comes, also when several come in one packet."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Protocol, runtime_checkable
from weakref import ReferenceType, ref

from textual import on
from textual.app import App, ReturnType
from textual.dom import DOMNode
from textual.events import Event, Key
from textual.message import Message
from textual.timer import Timer

PATIENCE = 0.5
"""Seconds after which keys are not held back any more, should what goes before them have been lost."""


@runtime_checkable
class Opens(Protocol):
    """A screen that opens and closes what takes keys."""

    opening: Awaitable[object] | None
    """What comes or goes just now: the next key waits for it."""

    def listen(self) -> None:
        """Put the focus into what asks, if anything does."""


class Through(Message):
    """Goes the way of the keys through the widgets to the app, behind them."""


class TurnsApp(App[ReturnType]):
    """An app in which a key that opens or closes something loses none that come behind it.

    Keys of one packet, as over a slow line, have all gone to what had the focus when the first of them moves
    it. They come back to the app, for they found nobody, and are given to what has the focus by then; keys
    that come meanwhile wait for them.
    """

    _to: ReferenceType[DOMNode] | None = None
    """Where keys are on their way."""
    _chose = False
    """Whether Enter was the last key: what it chose is told by messages, which go the way of keys."""
    _through: Timer | None = None
    """While keys wait: when they wait no more."""

    def _begin_turns(self) -> None:
        self._back: list[Key] = []
        """Keys that came back, and are to be given again."""
        self._held: list[Key] = []
        """Keys that wait behind those."""

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key) and not event.is_forwarded:
            self._held.append(event)
            await self._go_on()
        else:
            await super().on_event(event)
            self._chose = self._chose or (isinstance(event, Key) and event.key == "enter")

    async def _on_key(self, event: Key) -> None:
        before = self._to() if self._to is not None else None
        if self._chose or before is not await self._listener():
            event.prevent_default()  # its bindings are looked up when its turn has come
            self._back.append(Key(event.key, event.character))
            await self._go_on()

    async def _listener(self) -> DOMNode | None:
        """What a key is for that is given now."""
        screen = self._screen_stack[-1] if self._screen_stack else None
        asks: object = screen
        if isinstance(asks, Opens):
            while asks.opening is not None:
                opening, asks.opening = asks.opening, None
                await opening
            asks.listen()
        return self.focused or screen

    async def _go_on(self) -> None:
        while self._through is None and (waiting := self._back or self._held):
            listener = await self._listener()
            before = self._to() if self._to is not None else None
            if before is not None and (self._chose or before is not listener):
                # Where something has been closed, its keys are further up already.
                for each in (*before.ancestors_with_self, self):
                    if each.post_message(Through()):
                        break
                self._through = self.set_timer(PATIENCE, self._let_go)
                return
            self._chose = False
            self._to = ref(listener) if listener is not None else None
            await super().on_event(waiting.pop(0))

    @on(Through)
    async def _let_go(self) -> None:
        if self._through is not None:
            self._through.stop()
            self._through = self._to = None
            self._chose = False
        await self._go_on()
