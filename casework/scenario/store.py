"""The object store as a fault: for a while it does not answer."""

import logging
import socket
from dataclasses import replace
from typing import Any

from django.conf import settings

from workflows.scenarios import Player, act

# The SDK warns of every try; here the failure is wanted.
_connection_log = logging.getLogger("urllib3.connectionpool")
MARK = "the store as it was"


@act("store_down")
def store_down(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Point the store at a port where nobody listens; the end of the play undoes it."""
    if MARK not in player.known:
        player.known[MARK] = settings.OBJECT_STORE
        player.undo.callback(_store_up, player)
        _connection_log.setLevel(logging.ERROR)
        settings.OBJECT_STORE = replace(settings.OBJECT_STORE, endpoint=f"http://127.0.0.1:{_closed_port()}")


@act("store_up")
def store_up(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Let the store answer again."""
    _store_up(player)


def _store_up(player: Player) -> None:
    if MARK in player.known:
        settings.OBJECT_STORE = player.known.pop(MARK)
        _connection_log.setLevel(logging.NOTSET)


def _closed_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
