"""Asking the database again while it is away: the driver has to get over what it does to others."""

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, connection

from workflows.outage import is_outage

T = TypeVar("T")
PATIENCE_SECONDS = 120
PAUSE_SECONDS = 0.2


def patiently(ask: Callable[[], T]) -> T:
    """The answer, as soon as there is one. Ask only what may be asked twice."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return ask()
        except (DatabaseError, InterfaceError) as error:
            if not is_outage(error) or time.monotonic() > end:
                raise
            connection.close()
            time.sleep(PAUSE_SECONDS)
