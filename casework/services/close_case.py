"""End a case: closing report, approval, conclusion (办结), closing after the gates."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from casework.errors import MayNotClose
from casework.models import Account, Case, LedgerAccount, ProvinceReport
from casework.rule_sentences import all_in_words, in_words
from casework.rules.closing import GROUNDS, ClosingFacts, closing_obstacles, ground_obstacle
from casework.rules.money import Money
from casework.rules.province_report import ReportFacts, reports_due
from casework.selectors import balances, case_for_update, standing_loss, unserved_documents
from casework.services.book_claims import RECEIVABLE
from workflows.door.commands import command
from workflows.errors import Invalid
from workflows.models import WorkItem
from workflows.rules.calendar import civil_date


def write_closing_report(
    *, actor: Account, work_item: WorkItem, ground: str, report: str, key: str, now: datetime
) -> Case:
    """Hand in the closing report (结案报告) with one of the four grounds. Raises: Invalid. Source: PP 56."""
    with command(work_item, actor=actor, key=key, now=now) as step:
        case = case_for_update(step.run)
        if ground not in GROUNDS:
            raise Invalid(_("Name the ground of closing (PP 56)."), field="ground")
        obstacle = ground_obstacle(ground, has_open_amounts=any(open_amounts(case).values()))
        if obstacle is not None:
            raise Invalid(in_words(obstacle), field="ground")
        case.closing_ground, case.closing_report = ground, report
        case.save(update_fields=["closing_ground", "closing_report"])
        step.record("closing_report_written", run=step.run, ground=ground)
        step.complete(closing_ground=ground)
    return case


def approve_closing(
    *, actor: Account, work_item: WorkItem, closing: str, reasons: str, key: str, now: datetime
) -> None:
    """Approve the closing report (concluded) or send it back (send_back).

    The case is concluded (办结) at this moment; a report to the province is due from here. Source: PP 56.
    """
    if closing == "send_back" and not reasons.strip():
        raise Invalid(_("Write what has to be changed."), field="reasons")
    with command(work_item, actor=actor, key=key, now=now) as step:
        step.record("closing_answered", run=step.run, closing=closing, reasons=reasons)
        step.complete(closing=closing)


def archive_case(*, actor: Account, work_item: WorkItem, note: str, key: str, now: datetime) -> None:
    """Put the file in order (一案一卷); the case is closed when its gates hold.

    Raises: MayNotClose with every reason. Source: PP 57.
    """
    with command(work_item, actor=actor, key=key, now=now) as step:
        step.record("case_archived", run=step.run, note=note)
        step.complete(archived=True)


def conclude(case: Case, *, now: datetime) -> None:
    """Note the conclusion once; a repeat changes nothing."""
    if case.concluded_at is None:
        case.concluded_at = now
        case.save(update_fields=["concluded_at"])


def close(case: Case, *, was_transferred: bool, now: datetime) -> None:
    """Close a concluded case. Raises: MayNotClose."""
    obstacles = all_in_words(closing_obstacles(closing_facts(case, was_transferred=was_transferred, now=now)))
    if obstacles:
        raise MayNotClose(obstacles)
    case.closed_at = now
    case.save(update_fields=["closed_at"])


def open_amounts(case: Case) -> dict[str, Decimal]:
    """Yuan still receivable per ledger; fund money and fine are never netted."""
    held = balances(("case", case.pk))
    ledgers = (LedgerAccount.Ledger.FUND, LedgerAccount.Ledger.TREASURY)
    return {ledger: held.get((ledger, RECEIVABLE), Decimal("0.00")) for ledger in ledgers}


def closing_facts(case: Case, *, was_transferred: bool, now: datetime) -> ClosingFacts:
    """What the gates of closing look at."""
    amounts = open_amounts(case)
    facts = ReportFacts(Money(standing_loss(case)), was_transferred, case.has_public_concern)
    due = reports_due(
        facts,
        is_concluded=case.concluded_at is not None,
        on=civil_date(case.concluded_at or now),
        region=case.bureau.parameters_region,
    )
    sent = dict(case.province_reports.exclude(delivered_at=None).values_list("event", "received_at"))
    names = dict(ProvinceReport.Event.choices)
    return ClosingFacts(
        ground=case.closing_ground,
        is_concluded=case.concluded_at is not None,
        open_recovery=amounts[LedgerAccount.Ledger.FUND],
        open_fine=amounts[LedgerAccount.Ledger.TREASURY],
        unserved_documents=tuple(unserved_documents(case).values_list("number", flat=True)),
        missing_reports=tuple(str(names[event]) for event in due if event not in sent),
        unreceived_reports=tuple(str(names[event]) for event in due if event in sent and not sent[event]),
    )
