"""Keep the record of a hearing."""

from datetime import datetime

from casework.models import Account, Case
from enforcement.errors import NoticeMissing
from enforcement.models import Hearing
from enforcement.selectors import latest_notice
from workflows.door.commands import command
from workflows.models import WorkItem


def hold_hearing(
    *,
    actor: Account,
    work_item: WorkItem,
    result: str,
    record: str,
    opinion: str,
    key: str,
    now: datetime,
) -> Hearing:
    """Record that the hearing was held or waived, with the chair's opinion.

    The decision must rest on this record. Source: APL 64–65.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        notice = latest_notice(Case.objects.get(pk=step.run.subject_id))
        hearing = Hearing.objects.filter(notice=notice).first()
        if hearing is None:
            raise NoticeMissing
        hearing.result, hearing.record, hearing.opinion = result, record, opinion
        hearing.chair, hearing.held_at = actor, now
        hearing.save()
        step.record("hearing_recorded", run=step.run, result=result)
        step.complete(hearing=result)
    return hearing
