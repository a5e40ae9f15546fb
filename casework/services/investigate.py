"""Close an investigation and decide on its report."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from casework.errors import InvestigationIncomplete
from casework.models import Account, Case, Evidence
from casework.selectors import case_for_update
from workflows.door.commands import command
from workflows.errors import Invalid
from workflows.models import WorkItem


def finish_investigation(
    *,
    actor: Account,
    work_item: WorkItem,
    final_report: str,
    police_suspected: bool,
    public_concern: bool,
    is_complex: bool,
    key: str,
    now: datetime,
) -> Case:
    """Hand in the final report (案件调查终结报告); the leader decides on it.

    Raises: InvestigationIncomplete while files are on their way. Source: PP 36.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        case = case_for_update(step.run)
        if case.evidence.filter(state=Evidence.State.AWAITED).exists():
            raise InvestigationIncomplete(_("A file has not arrived yet: send it again or take it out."))
        case.final_report = final_report
        case.has_public_concern, case.is_complex = public_concern, is_complex
        case.save(update_fields=["final_report", "has_public_concern", "is_complex"])
        step.record("investigation_finished", run=step.run, police_suspected=police_suspected)
        step.complete(police_suspected=police_suspected, public_concern=public_concern, is_complex=is_complex)
    return case


def approve_investigation(
    *, actor: Account, work_item: WorkItem, investigation: str, reasons: str, key: str, now: datetime
) -> None:
    """Approve the final report (complete) or send it back with reasons (send_back). Source: PP 36."""
    if investigation == "send_back" and not reasons.strip():
        raise Invalid(_("Write what is missing, so that the handlers can mend it."), field="reasons")
    with command(work_item, actor=actor, key=key, now=now) as step:
        step.record("investigation_answered", run=step.run, investigation=investigation, reasons=reasons)
        step.complete(investigation=investigation)
