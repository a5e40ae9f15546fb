"""Decide whether a verified lead becomes a case."""

from datetime import datetime

from casework.models import Account, Case
from casework.services.issue_filing_approval import issue_filing_approval
from casework.services.open_case import PartyFacts
from tips.errors import CaseNotOpen
from tips.models import Tip
from tips.register.leads import FilingGrounds, lead_of, party_as_json
from tips.selectors import tip_of_run
from workflows.door.commands import Step, command
from workflows.models import WorkItem

FILE, REFUSE, JOIN, VERIFY_AGAIN = "file", "refuse", "join", "verify_again"


def decide_filing(
    *,
    actor: Account,
    work_item: WorkItem,
    filing: str,
    grounds: FilingGrounds,
    cause: str,
    party: PartyFacts,
    case: Case | None = None,
    new_facts: str = "",
    key: str,
    now: datetime,
) -> Tip:
    """File, refuse, join an open case of the same matter, or send back to the verifiers.

    When filed, the case is opened in the same transaction; when joined, `case` is the one and `new_facts` what
    the tip adds to it. Document: 立案审批表, in the file of the case or, when refused, of the tip; a tip that
    joins stands under the approval that its case has. Raises: CaseNotOpen, DutiesCollide.
    Source: PP 14–15; TH 12; APL 36, 54.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        tip = tip_of_run(step.run)
        due = step.work_item.due_at
        if filing == VERIFY_AGAIN:
            step.record("verification_sent_back", run=step.run)
            step.complete(filing=filing)
            return tip
        _keep_decision(tip, filing, grounds, now)
        step.record("filing_decided", run=step.run, filing=filing)
        if filing == JOIN:
            _join(step, tip, case, new_facts)
            return tip
        tip.cause, tip.party = cause, party_as_json(party)
        tip.save(update_fields=["cause", "party"])
        step.complete(filing=filing)
        _issue(step, tip, grounds, filing, due)
    return tip


def _keep_decision(tip: Tip, filing: str, grounds: FilingGrounds, now: datetime) -> None:
    tip.is_filed = filing != REFUSE
    tip.filing_reasons, tip.decided_at = grounds.reasons, now
    tip.save(update_fields=["is_filed", "filing_reasons", "decided_at"])


def _join(step: Step, tip: Tip, case: Case | None, new_facts: str) -> None:
    if case is None:
        raise CaseNotOpen
    tip.new_facts = new_facts
    tip.save(update_fields=["new_facts"])
    step.complete(filing=JOIN, join_case_id=case.pk)


def _issue(step: Step, tip: Tip, grounds: FilingGrounds, filing: str, due: datetime | None) -> None:
    # The model has opened the case by now, unless filing was refused.
    tip.refresh_from_db(fields=["case"])
    issue_filing_approval(
        step,
        bureau=tip.bureau,
        subject=("case", tip.case_id) if tip.case_id else ("tip", tip.pk),
        lead=lead_of(tip, grounds, due=due),
        decision=filing,
        reasons=grounds.reasons,
        actor=step.actor,
    )
