"""Hand the decision to the party."""

from datetime import date, datetime

from casework.models import Account, Case
from casework.services.serve_document import serve_document
from enforcement.models import PenaltyDecision
from workflows.door.commands import command
from workflows.models import WorkItem


def serve_decision(
    *,
    actor: Account,
    work_item: WorkItem,
    received_on: date,
    method: str,
    receiver: str,
    key: str,
    now: datetime,
) -> PenaltyDecision:
    """Record the service; payment, review and suit periods run from the day of receipt.

    Source: PP 59; APL 61, 67.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        case = Case.objects.get(pk=step.run.subject_id)
        decision = PenaltyDecision.objects.select_related("document").get(case=case)
        if decision.document is not None:
            serve_document(
                step,
                document=decision.document,
                method=method,
                served_on=received_on,
                receiver=receiver,
                actor=actor,
            )
        decision.received_on, decision.in_force_at = received_on, now
        decision.save(update_fields=["received_on", "in_force_at"])
        step.record("decision_served", run=step.run, received_on=received_on.isoformat())
        step.complete(decision_received_on=received_on.isoformat())
    return decision
