"""What the journal says of a reward scheme."""

from datetime import datetime
from typing import Any

from casework.models import Account
from tips.models import RewardScheme
from workflows import journal


def record(act: str, scheme: RewardScheme, actor: Account, now: datetime, **details: Any) -> None:
    """Write that somebody did something with a scheme; it stands in the scheme's history under its short name."""
    subject = ("reward_scheme", scheme.pk)
    journal.record(act, now=now, actor=actor, subject=subject, scheme=scheme.key, **details)
