"""What becomes of legal clocks while time passes: warnings, pauses that go on, calendars that are loaded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from workflows.clocks import calendars, counting
from workflows.door.commands import matter_of
from workflows.door.transaction import Act
from workflows.errors import Busy, Repeated
from workflows.models import Clock, ClockWarning, Run
from workflows.rules.calendar import YearTable, civil_date, start_of_day
from workflows.rules.ladder import due_rung

AGENT = "clock"


@dataclass(frozen=True)
class Loaded:
    """What a loaded calendar changed."""

    years: tuple[int, ...]
    version: str
    counted: int
    moved: int


def watch(now: datetime, *, limit: int = 200) -> int:
    """Do what is due: count paused and provisional clocks again, give warnings; returns how many."""
    done = 0
    while done < limit and (recount_one(now) or warn_one(now)):
        done += 1
    return done


def next_watch(since: datetime, until: datetime) -> datetime | None:
    """When the next warning is due between two moments."""
    waiting = (
        _running().filter(next_warning_at__gt=since, next_warning_at__lt=until).order_by("next_warning_at")
    )
    clock = waiting.first()
    return clock.next_warning_at if clock else None


def warn_one(now: datetime) -> bool:
    """Give one warning that is due; say whether there was one. Two sweepers never give the same one twice."""
    clock = _running().filter(next_warning_at__lte=now).order_by("next_warning_at", "id").first()
    if clock is None:
        return False
    assert clock.next_warning_at is not None, "it was asked for"
    key = f"warn:{clock.pk}:{clock.next_warning_at.isoformat()}:{clock.counted_at}"
    try:
        with matter_of(clock.run, actor=None, key=key, now=now, agent=AGENT) as act:
            fresh = _running().filter(pk=clock.pk, next_warning_at__lte=now).first()
            if fresh is not None:
                _warn(act, fresh)
    except (Repeated, Busy):
        return False
    return True


def _warn(act: Act, clock: Clock) -> None:
    rung = due_rung(counting.ladder_of(clock), counting.told(clock), act.now)
    if rung is not None:
        last_day = civil_date(clock.due_at)
        ClockWarning.objects.create(clock=clock, rung=rung.key, last_day=last_day, at=act.now)
        act.record(
            "clock_warned", run=clock.run, clock=clock.rule_key, rung=rung.key, until=last_day.isoformat()
        )
        act.pokes.units.add(clock.run.unit_id)
    counting.note_next_warning(clock, act.now)
    clock.save(update_fields=["next_warning_at"])


def recount_one(now: datetime) -> bool:
    """Count one clock again that stands still, or was counted by another calendar and is not certain."""
    version, today = calendars.in_force().version, start_of_day(civil_date(now))
    is_paused = Q(pauses__last_date=None, pauses__isnull=False, counted_at__lt=today)
    is_stale = Q(is_provisional=True) & ~Q(calendar_version=version)
    clock = _running().filter(is_paused | is_stale).order_by("id").first()
    if clock is None:
        return False
    key = f"recount:{clock.pk}:{civil_date(now)}:{version}"
    try:
        with matter_of(clock.run, actor=None, key=key, now=now, agent=AGENT) as act:
            _recount(act, clock.pk, is_journalled=clock.calendar_version != version)
    except (Repeated, Busy):
        return False
    return True


def load_calendar(tables: Iterable[YearTable], *, source: str, actor: Any, now: datetime) -> Loaded:
    """Load calendars of years and count every open clock again that they may touch.

    Each clock in a transaction of its own, under the lock of its matter; each change stands in its journal.
    """
    found = tuple(tables)
    calendar = calendars.store_years(found, source=source, actor=actor, now=now)
    years = tuple(table.year for table in found)
    counted = moved = 0
    for clock in _touched(years):
        key = f"calendar:{clock.pk}:{calendar.version}:{now.isoformat()}"
        with matter_of(clock.run, actor=actor, key=key, now=now, agent="" if actor else AGENT) as act:
            moved += _recount(act, clock.pk)
        counted += 1
    return Loaded(years, calendar.version, counted, moved)


def _recount(act: Act, clock_id: int, *, is_journalled: bool = True) -> bool:
    clock = _running().filter(pk=clock_id).first()
    if clock is None:
        return False
    before = civil_date(clock.due_at).isoformat()
    is_changed = counting.recount(act, clock)
    if is_changed and is_journalled:
        act.record(
            "clock_recounted",
            run=clock.run,
            clock=clock.rule_key,
            before=before,
            until=civil_date(clock.due_at).isoformat(),
            calendar=clock.calendar_version,
        )
    return is_changed


def _touched(years: tuple[int, ...]) -> list[Clock]:
    """Open clocks that are provisional or reach into one of the years."""
    inside = Q(is_provisional=True)
    for year in years:
        inside |= Q(starts_at__year__lte=year, due_at__year__gte=year)
    return list(_running().filter(inside).order_by("id"))


def _running() -> QuerySet[Clock]:
    return Clock.objects.select_related("run").filter(ended_at=None, run__status=Run.Status.RUNNING)
