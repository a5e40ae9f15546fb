"""The effort that a report costs: a proof bound to its form, or a wait counted from when the form was made.

One form makes one report, so a proof that is sent again brings nothing new: no list of used proofs is needed.
"""

from datetime import datetime, timedelta
from math import ceil
from typing import Any

from tips.effort import limits, proof
from tips.errors import WaitFirst
from tips.sealing import filing_keys

WAITS = (0, 15, 30, 60, 120)
"""Seconds that a form without a proof must be old, by the effort that is asked; in quiet times none."""


def filing_task(filing_key: str) -> dict[str, Any]:
    """What the browser is to calculate while the form is filled in. Raises: Invalid for a foreign key."""
    filing_keys.seed_of(filing_key)
    return proof.challenge(filing_key, limits.filing_effort())


def admit_filing(filing_key: str, payload: str, *, now: datetime) -> bool:
    """Let a report in that was worth an effort; whether that was a wait, for counting it once it is filed.

    The effort that the form asked for when it was opened is enough: a flood that begins later is no fault of it.
    Raises: WaitFirst, Crowded.
    """
    if proof.proved_effort(payload, filing_key) is not None:
        limits.require_room()
        return False
    needed = timedelta(seconds=WAITS[limits.filing_effort(waited=True)])
    left = needed - (now - filing_keys.made_at(filing_key))
    if left > timedelta():
        raise WaitFirst(seconds=ceil(left.total_seconds()))
    limits.require_room(waited=True)
    return True
