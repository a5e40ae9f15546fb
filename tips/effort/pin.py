"""The effort that a PIN costs once wrong ones pile up: dearer than a receipt code, for a PIN is short.

Nobody is shut out: with the effort, the right PIN always opens. A ticket of a wait serves for one try.
"""

from datetime import datetime
from typing import Any

from tips.effort import limits
from tips.effort.toll import Toll
from tips.models import Tip
from tips.rewards import pins

WAITS = (0, 20, 60, 300, 900)
"""Seconds to wait without a proof, by the effort that is asked."""
TOLL = Toll("pin", WAITS, (0, 2, 4, 5, 6), "tips.pin", is_ticket_for_once=True)


def pin_task(tip: Tip) -> dict[str, Any] | None:
    """What the browser is to calculate before the next PIN. Raises: LookUpDown."""
    return TOLL.task(limits.pin_effort(pins.try_mark(tip)))


def admit_pin(tip: Tip, *, page: str, payload: str, ticket: str, now: datetime) -> None:
    """Let a PIN be tried. Raises: WaitFirst with the ticket to bring back, LookUpDown."""
    mark = pins.try_mark(tip)
    TOLL.admit(mark, limits.pin_effort(mark), page=page, payload=payload, ticket=ticket, now=now)
