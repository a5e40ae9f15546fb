"""Withdraw a tip."""

from datetime import datetime

from tips.models import Tip
from workflows.door.commands import matter_of


def withdraw_tip(tip: Tip, *, key: str, now: datetime) -> Tip:
    """Note that the tipster withdrew: a filed case goes on, the outcome is no longer told. Source: TH 14."""
    with matter_of(tip.leading_run, actor=None, key=f"withdraw:{key}", now=now, agent="tipster") as act:
        Tip.objects.filter(pk=tip.pk, withdrawn_at=None).update(withdrawn_at=now)
        act.record("tip_withdrawn", run=tip.run)
    tip.refresh_from_db(fields=["withdrawn_at"])
    return tip
