"""Note that a tipster has kept the receipt code."""

from datetime import datetime

from tips.models import Tip
from workflows.door.commands import matter_of
from workflows.errors import Repeated


def confirm_receipt(tip: Tip, *, now: datetime) -> None:
    """From now on the code is shown to nobody again; a second confirmation changes nothing."""
    try:
        with matter_of(
            tip.leading_run, actor=None, key=f"receipt_kept:{tip.pk}", now=now, agent="tipster"
        ) as act:
            Tip.objects.filter(pk=tip.pk, receipt_confirmed_at=None).update(receipt_confirmed_at=now)
            act.record("receipt_kept", run=tip.run)
    except Repeated:
        return
