"""Check the party's statement point by point."""

from datetime import datetime
from decimal import Decimal

from casework.models import Account, Case
from enforcement.errors import NoticeMissing
from enforcement.models import Statement
from enforcement.selectors import latest_notice, open_statement
from enforcement.services.fine_checks import require_not_heavier, require_within_band
from workflows.door.commands import command
from workflows.models import WorkItem
from workflows.rules.calendar import civil_date


def answer_statement(
    *,
    actor: Account,
    work_item: WorkItem,
    result: str,
    answer: str,
    fine_amount: Decimal | None,
    mitigation: str,
    key: str,
    now: datetime,
) -> Statement:
    """Record how each point was checked, and a lighter fine where the party is right.

    Raises: HeavierThanNotice, OutsideBand. Source: PP 41; APL 45.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        case = Case.objects.select_for_update().get(pk=step.run.subject_id)
        statement, notice = open_statement(case), latest_notice(case)
        if statement is None or notice is None:
            raise NoticeMissing
        if result == Statement.Result.LIGHTER and fine_amount is not None:
            require_not_heavier(fine_amount, notice)
            require_within_band(case, fine_amount, mitigation=mitigation, on=civil_date(now))
            case.fine_amount = fine_amount
            case.save(update_fields=["fine_amount"])
        statement.result, statement.answer = result, answer
        statement.answered_by, statement.answered_at = actor, now
        statement.save(update_fields=["result", "answer", "answered_by", "answered_at"])
        step.record("statement_answered", run=step.run, result=result)
        step.complete(statement_result=result)
    return statement
