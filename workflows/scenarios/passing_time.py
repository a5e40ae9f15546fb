"""What happens by itself while time passes: timers that fall due, effects that are tried again, warnings."""

from datetime import datetime, timedelta

from workflows.background.relay import drain
from workflows.clocks.watch import next_watch, watch
from workflows.models import OutboxEntry, Run, Timer
from workflows.now import playing

TICK = timedelta(microseconds=1)


def happen_until(since: datetime, until: datetime) -> None:
    """Let everything due before `until` happen at its own moment, in the order of time."""
    moment = since
    settle(moment)
    while (following := next_event(moment, until)) is not None:
        moment = max(moment, following)
        settle(moment)
    settle(until)


def next_event(since: datetime, until: datetime) -> datetime | None:
    """When the next timer fires, effect is tried or warning is given, if that is before `until`."""
    timers = Timer.objects.filter(due_at__lt=until, run__status=Run.Status.RUNNING)
    due_at = timers.order_by("due_at").values_list("due_at", flat=True).first()
    tries = OutboxEntry.objects.filter(done_at=None, next_try_at__lt=until)
    try_at = tries.order_by("next_try_at").values_list("next_try_at", flat=True).first()
    moments = [moment for moment in (due_at and due_at + TICK, try_at, next_watch(since, until)) if moment]
    return min(moments, default=None)


def settle(moment: datetime) -> None:
    """Carry out effects, fire timers and give warnings that are due at a moment."""
    with playing(moment):
        drain(moment)
        watch(moment)
