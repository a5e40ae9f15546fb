"""Suspend the run of a matter and let it go on: who may, and which periods a legal ground stops."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from casework.clock_access import region_of
from casework.errors import NotFound
from casework.models import Account
from casework.permissions import STOPS_PERIODS, SUSPENDS_RUNS, units_of
from casework.rules.time_requests import PauseGround, pause_grounds
from casework.services.answer_time_request import DUTY, EXCLUDES
from workflows import registry
from workflows.by_hand.suspension import continue_run, pauses_of_suspension, suspend_run
from workflows.errors import DutyConflict, Invalid
from workflows.models import Clock, DutyRecord, Run
from workflows.rules.calendar import civil_date


def may_suspend(account: Account, run: Run, now: datetime) -> bool:
    """Whether the account looks after the system, or leads the bureau of the run."""
    return run.unit_id in units_of(account, SUSPENDS_RUNS, now)


def may_stop_periods(account: Account, run: Run, now: datetime) -> bool:
    """Whether the account is whom the law names for a pause: a leader of the bureau."""
    return run.unit_id in units_of(account, STOPS_PERIODS, now)


def grounds_of(clock: Clock) -> tuple[PauseGround, ...]:
    """The grounds on which a period may stand still."""
    on = civil_date(clock.starts_at)
    return pause_grounds(clock.rule_key, on=on, region=region_of(clock.run))


def stopped_by(run: Run, ground: str) -> list[str]:
    """Rules whose open periods a ground stops; the law lets all others run on. Source: PP 45."""
    clocks = Clock.objects.filter(run=run, ended_at=None).select_related("run")
    return [clock.rule_key for clock in clocks if ground in {known.code for known in grounds_of(clock)}]


def suspend(*, actor: Account, run: Run, ground: str, reason: str, key: str, now: datetime) -> None:
    """Let the run stand still; with a ground the periods that it stops stand still as well.

    Raises: NotFound, Invalid, DutyConflict, NotRunning, ReasonMissing. Source: PP 42, PP 45.
    """
    if not may_suspend(actor, run, now):
        raise NotFound
    stopped = stopped_by(run, ground) if ground else []
    if ground:
        _check_stop(actor, run, now)
        if not stopped:
            raise Invalid(_("On this ground no period of this matter stands still."), "ground")
    suspend_run(run, reason=reason, actor=actor, key=key, now=now, ground=ground, stopped=stopped)


def go_on(*, actor: Account, run: Run, reason: str, key: str, now: datetime) -> None:
    """Let the run go on, and with it the periods that its suspension stopped.

    Raises: NotFound, Invalid, DutyConflict, NotRunning, ReasonMissing.
    """
    if not may_suspend(actor, run, now):
        raise NotFound
    if pauses_of_suspension(run).exists():
        _check_stop(actor, run, now)
    continue_run(run, reason=reason, actor=actor, key=key, now=now)


def _check_stop(actor: Account, run: Run, now: datetime) -> None:
    if not may_stop_periods(actor, run, now):
        raise Invalid(
            _("Only a leader (负责人) of the bureau lets periods stand still or run again."), "ground"
        )
    held = DutyRecord.objects.filter(account=actor, family_id=run.family_id)
    conflict = held.filter(Q(key__in=EXCLUDES) | Q(excludes__contains=[DUTY])).order_by("id").first()
    if conflict is not None:
        raise DutyConflict(held=registry.duty_label(conflict.key), wanted=registry.duty_label(DUTY))
