"""How long background work waits after a failure: longer each time, never twice the same."""

import random
from datetime import datetime, timedelta

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=30)


def next_try(now: datetime, attempts: int) -> datetime:
    """The moment of the next try after so many failures; jitter keeps a crowd from coming back at once."""
    doublings = min(max(attempts, 1) - 1, 16)
    wait = min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
    return now + wait * random.uniform(0.8, 1.2)
