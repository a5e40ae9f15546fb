"""Issue the filing approval form (立案审批表) in the step that decides on filing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from casework.document_facts import officer_facts
from casework.documents.contexts import FilingApproval, FilingTest, OpinionFacts
from casework.documents.contexts import PartyFacts as PartyWords
from casework.models import Account, Bureau, Document, Officer
from casework.rules.filing import FilingFacts, limitation_ends
from casework.services.issue_document import issue_document
from casework.services.open_case import PartyFacts
from workflows.clocks import calendars
from workflows.door.commands import Step
from workflows.rules.calendar import civil_date


@dataclass(frozen=True, kw_only=True)
class Lead:
    """What the verification of a lead found; the summary never points at a tipster."""

    party: PartyFacts
    cause: str
    origin: str
    received_on: date
    summary: str
    verification: str
    verifiers: Iterable[Officer]
    tests: FilingFacts
    suspected_articles: tuple[str, ...] = field(default=())
    estimated_amount: Decimal | None = None
    due_on: date | None = None


def issue_filing_approval(
    step: Step,
    *,
    bureau: Bureau,
    subject: tuple[str, int],
    lead: Lead,
    decision: str,
    reasons: str,
    actor: Account,
) -> Document:
    """Issue the form; `decision` is file or refuse, `actor` the leader who signs it. Source: PP 14, 15."""
    verifiers = tuple(officer_facts(officer) for officer in lead.verifiers)
    context = FilingApproval(
        party=_party(lead.party),
        cause=lead.cause,
        origin=lead.origin,
        lead_received_on=lead.received_on,
        lead_summary=lead.summary,
        verification=lead.verification,
        verifiers=verifiers,
        suspected_articles=lead.suspected_articles,
        tests=filing_tests(lead.tests),
        proposal=OpinionFacts(name="、".join(v.name for v in verifiers), words=lead.verification),
        approval=OpinionFacts(name=str(actor), words=reasons, signed_on=civil_date(step.now)),
        decision=decision,
        estimated_amount=lead.estimated_amount,
        due_on=lead.due_on,
    )
    return issue_document(
        step,
        step.run,
        kind="filing_approval",
        subject=subject,
        bureau=bureau,
        context=context,
        actor=actor,
    )


def filing_tests(facts: FilingFacts) -> tuple[FilingTest, ...]:
    """The four conditions of filing as the form prints them. Source: PP 15; APL 36."""
    last_day = limitation_ends(
        facts.act_ended_on, facts.harms_life_health_or_finances, calendar=calendars.in_force()
    )
    return (
        FilingTest(condition="有明确的当事人", is_met=facts.has_identified_suspect),
        FilingTest(condition="有应当给予行政处罚的违法行为", is_met=facts.is_punishable_conduct),
        FilingTest(condition="属于本机关管辖", is_met=facts.is_own_jurisdiction),
        FilingTest(condition="未超过行政处罚时效", is_met=last_day is None or facts.found_on <= last_day),
    )


def _party(facts: PartyFacts) -> PartyWords:
    institution = facts.institution
    return PartyWords(
        kind=facts.kind,
        name=institution.name if institution else facts.name,
        identifier=facts.identifier or (institution.credit_code if institution else ""),
        representative=facts.representative or (institution.legal_representative if institution else ""),
        address=facts.address or (institution.address if institution else ""),
        institution_code=institution.code if institution else "",
    )
