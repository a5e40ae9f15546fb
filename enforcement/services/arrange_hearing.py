"""Set time and place of a hearing."""

from datetime import date, datetime

from casework.models import Account, Case
from casework.rules.deadlines import legal_deadline
from enforcement.errors import NoticeMissing, TooEarly
from enforcement.models import Hearing
from enforcement.selectors import latest_notice
from workflows.clocks import calendars
from workflows.door.commands import command
from workflows.models import WorkItem
from workflows.rules.calendar import civil_date


def arrange_hearing(
    *,
    actor: Account,
    work_item: WorkItem,
    scheduled_for: datetime,
    place: str,
    is_public: bool,
    key: str,
    now: datetime,
) -> Hearing:
    """Notify the party of time and place, at least seven working days before.

    The chair is whoever arranges it; the door refuses handlers. Raises: TooEarly. Source: APL 64(2), 64(4).
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        notice = latest_notice(Case.objects.get(pk=step.run.subject_id))
        if notice is None:
            raise NoticeMissing
        last = legal_deadline(
            "hearing_notice_before", civil_date(scheduled_for), calendar=calendars.in_force()
        )
        if civil_date(now) > last.deadline.last_day:
            raise TooEarly(day=_earliest(now).isoformat())
        hearing = Hearing.objects.create(
            notice=notice,
            chair=actor,
            notified_on=civil_date(now),
            scheduled_for=scheduled_for,
            place=place,
            is_public=is_public,
        )
        step.record("hearing_arranged", run=step.run, scheduled_for=scheduled_for.isoformat())
        step.complete()
    return hearing


def _earliest(now: datetime) -> date:
    return calendars.in_force().add_working_days(civil_date(now), 7)
