"""Telling processes and pages after a commit that something changed. A lost poke is found by the sweeper."""

import asyncio
import atexit
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache

from celery import current_app
from channels.layers import get_channel_layer

logger = logging.getLogger(__name__)
RELAY = "workflows.relay_outbox"
# A page that is told more often than this does not get newer any faster.
PAUSE_SECONDS = 0.1
LAST_SECONDS = 2.0
_is_muted: ContextVar[bool] = ContextVar("pokes_are_muted", default=False)


@dataclass
class Pokes:
    """Units and accounts whose work lists changed, and whether the outbox has something to do."""

    units: set[int] = field(default_factory=set)
    accounts: set[int] = field(default_factory=set)
    outbox: bool = False

    def send(self) -> None:
        """Hand the pokes to the messenger; neither a slow broker nor one that is down holds up the answer."""
        groups = {f"work.unit.{u}" for u in self.units} | {f"work.account.{a}" for a in self.accounts}
        if (groups or self.outbox) and not _is_muted.get():
            _messenger(os.getpid()).take(groups, relay=self.outbox)


class Messenger:
    """One thread of a process that sends the pokes; those of the same moment go out once."""

    def __init__(self) -> None:
        self._groups: set[str] = set()
        self._relay = False
        self._changed = threading.Condition()
        self._is_sending = False
        threading.Thread(target=self._run, name="messenger", daemon=True).start()
        atexit.register(self.finish)

    def take(self, groups: set[str], *, relay: bool) -> None:
        """Remember whom to poke."""
        with self._changed:
            self._groups |= groups
            self._relay |= relay
            self._changed.notify_all()

    def finish(self, seconds: float = LAST_SECONDS) -> bool:
        """Wait until everything has left, but not for ever; say whether it has."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waits() and not self._is_sending, seconds)

    def _waits(self) -> bool:
        return bool(self._groups) or self._relay

    def _run(self) -> None:
        loop = asyncio.new_event_loop()
        while True:
            with self._changed:
                self._changed.wait_for(self._waits)
                groups, relay = self._groups, self._relay
                self._groups, self._relay, self._is_sending = set(), False, True
            if relay:
                _poke_relay()
            for group in groups:
                _poke_pages(loop, group)
            with self._changed:
                self._is_sending = False
                self._changed.notify_all()
            threading.Event().wait(PAUSE_SECONDS)


@cache
def _messenger(_process: int) -> Messenger:
    """The messenger of this process: a fork has none of its parent's threads."""
    return Messenger()


def _poke_relay() -> None:
    try:
        current_app.send_task(RELAY, retry=False, ignore_result=True)
    except Exception as error:  # any broker failure: the beat's sweep carries the entry out
        logger.warning("relay not poked", extra={"reason": type(error).__name__})


def _poke_pages(loop: asyncio.AbstractEventLoop, group: str) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        loop.run_until_complete(layer.group_send(group, {"type": "work.changed"}))
    except Exception as error:  # pages refresh by themselves at the next request
        logger.warning("pages not poked", extra={"reason": type(error).__name__})


@contextmanager
def muted() -> Iterator[None]:
    """Poke nobody: a play with a clock of its own carries out its effects itself."""
    token = _is_muted.set(True)
    try:
        yield
    finally:
        _is_muted.reset(token)
