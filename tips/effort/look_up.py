"""The effort that a look-up costs once wrong codes pile up: a proof used once, or a wait bound to the code.

In quiet times nothing is asked. The ticket of the wait holds a mark of the code under the pepper, never the code.
"""

from datetime import datetime
from typing import Any

from tips.effort import limits
from tips.effort.toll import Toll
from tips.receipts import receipt_code

WAITS = (0, 10, 20, 40, 80)
"""Seconds to wait without a proof, by the effort that is asked."""
TOLL = Toll("look-up", WAITS, (0, 1, 2, 3, 4), "tips.look_up")


def look_up_task(effort: int) -> dict[str, Any] | None:
    """What the browser is to calculate, with the page's own number; nothing in quiet times."""
    return TOLL.task(effort)


def admit_look_up(code: str, *, network: str, page: str, payload: str, ticket: str, now: datetime) -> None:
    """Let a look-up go on. Raises: WaitFirst with the ticket to bring back, LookUpDown."""
    effort = limits.look_up_effort(network, receipt_code.prefix_mark(code))
    mark = receipt_code.look_up_mark(code)
    TOLL.admit(mark, effort, page=page, payload=payload, ticket=ticket, now=now)
