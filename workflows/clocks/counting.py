"""Counting, pausing and extending the legal periods of a run."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from workflows import registry, sentences
from workflows.door.transaction import Act
from workflows.models import Clock, ClockExtension, ClockPause, Run
from workflows.rules.calendar import civil_date, start_of_day
from workflows.rules.clock import Deadline, Extension, Pause, Unit, compute_deadline
from workflows.rules.ladder import HALF, Course, Rung, next_moment, rungs


def moment_from(value: Any, now: datetime) -> datetime | date:
    """The start that a model names by a variable: an ISO day or moment; without one, the moment of the step."""
    if not value:
        return now
    text = str(value)
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def counted_clock(
    run: Run, rule_key: str, *, data: Mapping[str, Any], start_field: str, now: datetime
) -> Clock:
    """A clock of that rule as it starts now, counted and not yet stored."""
    start = moment_from(data.get(start_field) if start_field else None, now)
    period = registry.period(rule_key, now, run)
    due = compute_deadline(period.period, start, calendar=period.calendar)
    clock = Clock(
        run=run,
        rule_key=rule_key,
        starts_at=start if isinstance(start, datetime) else start_of_day(start),
        source=period.source,
        unit=period.period.unit,
        ground=start_field,
    )
    _note(clock, due, now)
    clock.next_warning_at = next_moment(ladder_of(clock, period, due.pauses), (), now)
    return clock


def pause_clock(act: Act, clock: Clock, *, first_date: date, ground: str, reason: str = "") -> ClockPause:
    """Stop counting from a day on, for a ground that the law knows (PP 45)."""
    pause = ClockPause.objects.create(
        clock=clock, first_date=first_date, ground=ground, approved_by=act.actor
    )
    facts = {"ground": ground, "first_date": first_date.isoformat(), "reasons": reason}
    recompute(act, clock, "clock_paused", **facts)
    return pause


def resume_clock(act: Act, clock: Clock, *, last_date: date) -> None:
    """Count again after the last excluded day."""
    clock.pauses.filter(last_date=None).update(last_date=last_date)
    recompute(act, clock, "clock_resumed", last_date=last_date.isoformat())


def extend_clock(act: Act, clock: Clock, extension: Extension, *, reason: str) -> None:
    """Add a lawful extension, approved by the actor; each rule once per clock. `label` is its key."""
    ClockExtension.objects.create(
        clock=clock,
        rule_key=extension.label,
        value=extension.value,
        unit=extension.unit,
        approved_by=act.actor,
        approved_at=act.now,
        reason=reason,
    )
    recompute(act, clock, "clock_extended", extension=extension.label, value=extension.value, reasons=reason)


def recompute(act: Act, clock: Clock, why: str, **details: Any) -> None:
    """Count a clock again, move what points to it, and say so in the journal."""
    before = clock.due_at
    recount(act, clock)
    days = {"before": civil_date(before).isoformat(), "until": civil_date(clock.due_at).isoformat()}
    act.record(why, run=clock.run, clock=clock.rule_key, **days, **details)


def recount(act: Act, clock: Clock) -> bool:
    """Count a clock again with everything that hangs on it; say whether its end or its certainty changed."""
    before = (clock.due_at, clock.is_provisional)
    _note(clock, count(clock, today=civil_date(act.now)), act.now)
    note_next_warning(clock, act.now)
    clock.save(
        update_fields=[
            "due_at",
            "counted",
            "is_provisional",
            "calendar_version",
            "counted_at",
            "next_warning_at",
        ]
    )
    items = clock.work_items.filter(status="open")
    act.pokes.units.update(items.values_list("unit_id", flat=True))
    act.pokes.units.add(clock.run.unit_id)
    items.update(due_at=clock.due_at)
    clock.timers.update(due_at=clock.due_at)
    return before != (clock.due_at, clock.is_provisional)


def note_next_warning(clock: Clock, now: datetime) -> None:
    """Note when the next rung is due; nobody is warned while the period stands still."""
    pauses = list(clock.pauses.all())
    if any(pause.last_date is None for pause in pauses):
        clock.next_warning_at = None
        return
    clock.next_warning_at = next_moment(ladder_of(clock), told(clock), now)


def told(clock: Clock) -> set[str]:
    """Rungs of which people were told for the present end; after any warning nobody is told of the half."""
    last_day, given = civil_date(clock.due_at), list(clock.warnings.all())
    return {row.rung for row in given if row.last_day == last_day} | ({HALF} if given else set())


def ladder_of(
    clock: Clock, legal: registry.LegalPeriod | None = None, pauses: Iterable[Pause] | None = None
) -> tuple[Rung, ...]:
    """The warnings of a clock with their moments, as the law in force at its start has them."""
    legal = legal or registry.period(clock.rule_key, clock.starts_at, clock.run)
    if pauses is None:
        pauses = [pause_range(pause, civil_date(clock.due_at)) for pause in clock.pauses.all()]
    course = Course(clock.starts_at, clock.due_at, Unit(clock.unit), legal.calendar, tuple(pauses))
    return rungs(legal.ladder, course)


def count(
    clock: Clock,
    *,
    today: date,
    further: Iterable[Extension] = (),
    further_pauses: Iterable[Pause] = (),
) -> Deadline:
    """Count a clock with what was granted so far, or as it would be with more.

    A pause that goes on is counted up to today: the last day moves on with every day until the pause ends.
    """
    legal = registry.period(clock.rule_key, clock.starts_at, clock.run)
    granted = [Extension(row.value, Unit(row.unit), row.rule_key) for row in clock.extensions.order_by("id")]
    return compute_deadline(
        legal.period,
        clock.starts_at,
        calendar=legal.calendar,
        pauses=[*(pause_range(pause, today) for pause in clock.pauses.all()), *further_pauses],
        extensions=[*granted, *further],
    )


def pause_range(pause: ClockPause, today: date) -> Pause:
    """The excluded days of a pause as far as they are known."""
    return Pause(pause.first_date, pause.last_date or max(pause.first_date, today))


def _note(clock: Clock, due: Deadline, now: datetime) -> None:
    clock.due_at = due.due
    clock.counted = [sentences.to_json(line) for line in due.counted]
    clock.is_provisional = due.provisional
    clock.calendar_version = due.calendar.version
    clock.counted_at = now
