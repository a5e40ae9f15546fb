"""Ask for an extension or a pause of a legal period."""

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from casework.clock_access import askable_clock, region_of
from casework.models import Account
from casework.rule_sentences import invalid
from casework.rules import time_requests as rules
from casework.rules.deadlines import ExtensionRefused
from casework.rules.parameters import Parameter
from workflows.clocks.counting import pause_range
from workflows.door.commands import matter_of
from workflows.door.transaction import Act
from workflows.errors import AlreadyDone, Invalid
from workflows.models import Clock, ClockRequest
from workflows.rules.calendar import civil_date
from workflows.rules.clock import Extension, Unit


def ask_for_extension(
    *, actor: Account, clock: Clock, value: int | None, reason: str, key: str, now: datetime
) -> ClockRequest:
    """Ask for the next extension of the law; `value` where less than its most is wanted.

    Raises: NotFound, Invalid. Source: PP 14, 40, 45.
    """
    with _asking(actor, clock, key, now) as act:
        clock = running(clock)
        wanted = checked_extension(clock, value, now)
        return _ask(
            act,
            clock,
            kind=ClockRequest.Kind.EXTENSION,
            rule_key=wanted.label,
            value=wanted.value,
            unit=wanted.unit,
            reason=reason,
        )


def ask_for_pause(
    *, actor: Account, clock: Clock, ground: str, first_date: date, reason: str, key: str, now: datetime
) -> ClockRequest:
    """Ask that days from `first_date` on are not counted. Raises: NotFound, Invalid. Source: PP 45."""
    with _asking(actor, clock, key, now) as act:
        clock = running(clock)
        check_pause(clock, ground, first_date, now)
        return _ask(
            act,
            clock,
            kind=ClockRequest.Kind.PAUSE,
            rule_key=ground,
            first_date=first_date,
            reason=reason,
        )


def next_extension(clock: Clock) -> Parameter | None:
    """The extension that the law still gives this clock."""
    granted = clock.extensions.values_list("rule_key", flat=True)
    on = civil_date(clock.starts_at)
    return rules.next_extension(clock.rule_key, granted, on=on, region=region_of(clock.run))


def grounds_of(clock: Clock) -> tuple[rules.PauseGround, ...]:
    """The grounds on which this clock may stand still."""
    on = civil_date(clock.starts_at)
    return rules.pause_grounds(clock.rule_key, on=on, region=region_of(clock.run))


def checked_extension(clock: Clock, value: int | None, now: datetime, key: str = "") -> Extension:
    """The extension, when the law gives it now. Raises: Invalid."""
    if now > clock.due_at:
        raise Invalid(_("The period is over; it can no longer be extended."))
    row = next_extension(clock)
    if row is None or (key and row.key != key):
        raise Invalid(_("The law gives no further extension of this period."))
    wanted = Extension(int(row.value) if value is None else value, Unit(row.unit), row.key)
    granted = [Extension(e.value, Unit(e.unit), e.rule_key) for e in clock.extensions.order_by("id")]
    on = civil_date(clock.starts_at)
    try:
        return rules.lawful_extension(clock.rule_key, granted, wanted, on=on, region=region_of(clock.run))
    except ExtensionRefused as refused:
        raise invalid(refused, "value") from refused


def check_pause(clock: Clock, ground: str, first_date: date, now: datetime) -> None:
    """Refuse a pause that the law does not know. Raises: Invalid."""
    today = civil_date(now)
    if ground not in {known.code for known in grounds_of(clock)}:
        raise Invalid(_("On this ground the period does not stand still."), "ground")
    if clock.pauses.filter(last_date=None).exists():
        raise Invalid(_("The period stands still already; end that pause first."))
    try:
        rules.check_pause(
            first_date,
            start=civil_date(clock.starts_at),
            last_day=civil_date(clock.due_at),
            today=today,
            pauses=[pause_range(pause, today) for pause in clock.pauses.all()],
        )
    except rules.RequestRefused as refused:
        raise invalid(refused, "first_date") from refused


def running(clock: Clock) -> Clock:
    """The clock as it is once the matter is locked. Raises: AlreadyDone when it has ended."""
    clock = Clock.objects.select_related("run").get(pk=clock.pk)
    if clock.ended_at is not None:
        raise AlreadyDone
    return clock


def _asking(actor: Account, clock: Clock, key: str, now: datetime) -> AbstractContextManager[Act]:
    askable_clock(actor, clock.pk, now)
    return matter_of(clock.run, actor=actor, key=key, now=now)


def _ask(act: Act, clock: Clock, **facts: Any) -> ClockRequest:
    if clock.requests.filter(answered_at=None).exists():
        raise Invalid(_("A request on this period waits for its answer already."))
    request = ClockRequest.objects.create(clock=clock, asked_by=act.actor, asked_at=act.now, **facts)
    act.record(
        "time_asked",
        run=clock.run,
        clock=clock.rule_key,
        request=request.pk,
        wanted=request.rule_key,
        reasons=request.reason,
    )
    act.pokes.units.add(clock.run.unit_id)
    act.answer = {"request": request.pk}
    return request
