"""The watch over requests: reminds tipsters before the date, warns officers after it, decides nothing."""

from datetime import datetime, timedelta

from tips.models import RequestForTipster
from workflows.door.commands import matter_of
from workflows.errors import Repeated
from workflows.rules.calendar import civil_date

BEFORE = timedelta(days=3)
AT_ONCE = 200


def watch_requests(now: datetime) -> int:
    """Remind once and warn once for each request; a repeat finds it done. Returns how many it looked at."""
    today = civil_date(now)
    awaited = RequestForTipster.objects.filter(answered_at=None, withdrawn_at=None, tip__withdrawn_at=None)
    awaited = awaited.select_related("tip__run").order_by("due_on", "id")
    near = awaited.filter(reminded_at=None, due_on__gte=today, due_on__lte=today + BEFORE)
    over = awaited.filter(overdue_noted_at=None, due_on__lt=today)
    found = list(over[:AT_ONCE]), list(near[:AT_ONCE])
    for asked in found[0]:
        _note(asked, "overdue_noted_at", "request_overdue", now)
    for asked in found[1]:
        _note(asked, "reminded_at", "request_reminded", now)
    return sum(map(len, found))


def _note(asked: RequestForTipster, column: str, act_name: str, now: datetime) -> None:
    run = asked.tip.leading_run
    try:
        with matter_of(run, actor=None, key=f"{act_name}:{asked.pk}", now=now, agent="watch") as act:
            changed = RequestForTipster.objects.filter(
                pk=asked.pk, answered_at=None, withdrawn_at=None, **{column: None}
            )
            if changed.update(**{column: now}):
                act.record(act_name, run=run, request=asked.pk)
                act.pokes.units.add(asked.tip.bureau_id)
                key = f"nudge:{act_name}:{asked.pk}"
                act.send("tips.nudge", key=key, payload={"tip": asked.tip_id}, run=run)
    except Repeated:
        return
