"""Opening, ending, pausing and extending the legal periods of a run."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from workflows import registry, sentences
from workflows.models import Clock, ClockExtension, ClockPause, Run
from workflows.rules.calendar import start_of_day
from workflows.rules.clock import Deadline, Extension, Pause, compute_deadline


def moment_from(value: Any, now: datetime) -> datetime | date:
    """The start that a model names by a variable: an ISO day or moment; without one, the moment of the step."""
    if not value:
        return now
    text = str(value)
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def open_clock(run: Run, rule_key: str, *, data: Mapping[str, Any], start_field: str, now: datetime) -> Clock:
    """The open clock of that rule in the run, started if there is none yet."""
    existing = Clock.objects.filter(run=run, rule_key=rule_key, ended_at=None).first()
    if existing is not None:
        return existing
    clock = counted_clock(run, rule_key, data=data, start_field=start_field, now=now)
    clock.save(force_insert=True)
    return clock


def counted_clock(
    run: Run, rule_key: str, *, data: Mapping[str, Any], start_field: str, now: datetime
) -> Clock:
    """A clock of that rule as it starts now, counted and not yet stored."""
    start = moment_from(data.get(start_field) if start_field else None, now)
    period = registry.period(rule_key, now, run)
    due = compute_deadline(period.period, start, calendar=period.calendar)
    return Clock(
        run=run,
        rule_key=rule_key,
        starts_at=start if isinstance(start, datetime) else start_of_day(start),
        source=period.source,
        unit=period.period.unit,
        **_columns(due),
    )


def end_clocks(run: Run, rule_keys: list[str] | None, now: datetime) -> None:
    """End the open clocks of these rules; all of them when no key is given."""
    clocks = Clock.objects.filter(run=run, ended_at=None)
    if rule_keys is not None:
        clocks = clocks.filter(rule_key__in=rule_keys)
    clocks.update(ended_at=now)


def pause_clock(clock: Clock, *, first_date: date, ground: str) -> None:
    """Stop counting from a day on, for a ground that the law knows (PP 45)."""
    ClockPause.objects.create(clock=clock, first_date=first_date, ground=ground)


def resume_clock(clock: Clock, *, last_date: date) -> None:
    """Count again after the last excluded day."""
    clock.pauses.filter(last_date=None).update(last_date=last_date)
    recompute(clock)


def extend_clock(clock: Clock, *, rule_key: str, approver: Any, reason: str, now: datetime) -> None:
    """Add a lawful extension; each rule once per clock."""
    ClockExtension.objects.create(
        clock=clock, rule_key=rule_key, approved_by=approver, approved_at=now, reason=reason
    )
    recompute(clock)


def recompute(clock: Clock) -> None:
    """Count a clock again after a pause or extension and move what points to it."""
    legal = registry.period(clock.rule_key, clock.starts_at, clock.run)
    due = compute_deadline(
        legal.period,
        clock.starts_at,
        calendar=legal.calendar,
        pauses=[Pause(p.first_date, p.last_date) for p in clock.pauses.all() if p.last_date],
        extensions=[_extension(e) for e in clock.extensions.order_by("id")],
    )
    for name, value in _columns(due).items():
        setattr(clock, name, value)
    clock.save(update_fields=["due_at", "counted", "is_provisional"])
    clock.work_items.filter(status="open").update(due_at=clock.due_at)
    clock.timers.update(due_at=clock.due_at)


def _extension(row: ClockExtension) -> Extension:
    granted = registry.period(row.rule_key, row.approved_at, row.clock.run).period
    return Extension(granted.value, granted.unit, row.rule_key)


def _columns(due: Deadline) -> dict[str, Any]:
    lines = [sentences.to_json(line) for line in due.counted]
    return {"due_at": due.due, "counted": lines, "is_provisional": due.provisional}
