"""Record what the party answers to the notice."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from casework.models import Account, Case
from enforcement.errors import NoticeMissing
from enforcement.models import Statement
from enforcement.selectors import latest_notice
from workflows.door.commands import command
from workflows.errors import Invalid
from workflows.models import WorkItem

NONE, STATEMENT, HEARING = "none", "statement", "hearing"


def record_response(
    *,
    actor: Account,
    work_item: WorkItem,
    response: str,
    received_on: date,
    text: str,
    key: str,
    now: datetime,
) -> None:
    """Record a statement, a request for a hearing, or the party's written waiver of both.

    Without any answer the period ends by its timer. Source: PP 41; APL 45, 64.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        notice = latest_notice(Case.objects.get(pk=step.run.subject_id))
        if notice is None:
            raise NoticeMissing
        if response == HEARING and not notice.offers_hearing:
            raise Invalid(_("No hearing was offered with this notice."), field="response")
        if response != NONE:
            Statement.objects.create(
                notice=notice,
                received_on=received_on,
                text=text,
                asks_for_hearing=response == HEARING,
                recorded_by=actor,
                recorded_at=now,
            )
        step.record("response_recorded", run=step.run, response=response)
        step.complete(response=response)
