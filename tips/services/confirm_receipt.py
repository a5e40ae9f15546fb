"""Note that a tipster has kept the receipt code."""

from datetime import datetime

from casework.models import Account
from tips.models import Tip
from workflows.door.commands import matter_of
from workflows.errors import Repeated


def confirm_receipt(tip: Tip, *, now: datetime, handed_over_by: Account | None = None) -> None:
    """From now on the code is shown to nobody again; a second confirmation changes nothing."""
    agent = "" if handed_over_by else "tipster"
    try:
        with matter_of(
            tip.leading_run, actor=handed_over_by, key=f"receipt_kept:{tip.pk}", now=now, agent=agent
        ) as act:
            Tip.objects.filter(pk=tip.pk, receipt_confirmed_at=None).update(receipt_confirmed_at=now)
            act.record("receipt_handed_over" if handed_over_by else "receipt_kept", run=tip.run)
    except Repeated:
        return
