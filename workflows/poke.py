"""Telling processes and pages after a commit that something changed. A lost poke is found by the sweeper."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from asgiref.sync import async_to_sync
from celery import current_app
from channels.layers import get_channel_layer

logger = logging.getLogger(__name__)
RELAY = "workflows.relay_outbox"
_is_muted: ContextVar[bool] = ContextVar("pokes_are_muted", default=False)


@dataclass
class Pokes:
    """Units and accounts whose work lists changed, and whether the outbox has something to do."""

    units: set[int] = field(default_factory=set)
    accounts: set[int] = field(default_factory=set)
    outbox: bool = False

    def send(self) -> None:
        """Poke the relay and the open pages; a broker that is down is no failure of the command."""
        if _is_muted.get():
            return
        if self.outbox:
            self._poke_relay()
        for group in [f"work.unit.{u}" for u in self.units] + [f"work.account.{a}" for a in self.accounts]:
            self._poke_pages(group)

    @staticmethod
    def _poke_relay() -> None:
        try:
            current_app.send_task(RELAY, retry=False, ignore_result=True)
        except Exception as error:  # any broker failure: the beat's sweep carries the entry out
            logger.warning("relay not poked", extra={"reason": type(error).__name__})

    @staticmethod
    def _poke_pages(group: str) -> None:
        layer = get_channel_layer()
        if layer is None:
            return
        try:
            async_to_sync(layer.group_send)(group, {"type": "work.changed"})
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
