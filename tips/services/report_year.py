"""The yearly report on tips: draft, approve or send back, note that it was sent, publish, withdraw."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from casework.documents.contexts import OpinionFacts
from casework.errors import NotFound
from casework.models import Account
from casework.services.issue_document import issue_document
from tips.models import YearlyTipAct, YearlyTipFigures, YearlyTipReport
from tips.yearly.access import Kind, act_of, may_publish, publication_of
from tips.yearly.figures import yearly_figures
from tips.yearly.papers import paper_context
from workflows.door.commands import Step, command, matter_of
from workflows.door.transaction import Act
from workflows.errors import Invalid
from workflows.models import Run, WorkItem
from workflows.reasons import A_PHRASE, given
from workflows.rules.calendar import civil_date

APPROVED = "approved"


def report_of(run: Run) -> YearlyTipReport:
    """The report of a run, locked; the family is locked before it."""
    locked = YearlyTipReport.objects.select_for_update(of=("self",))
    return locked.select_related("bureau__superior", "run").get(pk=run.subject_id)


def draft_report(
    *, actor: Account, work_item: WorkItem, remarks: str, key: str, now: datetime
) -> YearlyTipFigures:
    """Count, and keep what was counted: from here on these figures stay. Source: TH 19."""
    with command(work_item, actor=actor, key=key, now=now) as step:
        report = report_of(step.run)
        draft = YearlyTipFigures.objects.create(
            report=report,
            as_of=now,
            figures=yearly_figures(report.bureau, report.year, now),
            remarks=remarks.strip(),
            drafted_by=actor,
        )
        step.record("tip_report_drafted", run=step.run, draft=draft.pk)
        step.complete()
    return draft


def answer_report(
    *, actor: Account, work_item: WorkItem, tip_report: str, reasons: str, key: str, now: datetime
) -> YearlyTipAct:
    """Approve the latest draft, which issues the paper, or send it back with reasons. Raises: Invalid."""
    if tip_report != APPROVED:
        reasons = given(reasons, least=A_PHRASE)
    with command(work_item, actor=actor, key=key, now=now) as step:
        report = report_of(step.run)
        draft = report.drafts.select_related("drafted_by", "report__bureau__superior").order_by("-id")[0]
        is_approved = tip_report == APPROVED
        act = YearlyTipAct(
            report=report,
            draft=draft,
            kind=Kind.APPROVED if is_approved else Kind.SENT_BACK,
            reasons=reasons,
            done_by=actor,
            done_at=now,
        )
        if is_approved:
            words = OpinionFacts(name=str(actor), words=reasons or "同意。", signed_on=civil_date(now))
            act.document = issue_document(
                step,
                step.run,
                kind="tip_yearly_report",
                subject=("tip_report", report.pk),
                bureau=report.bureau,
                context=paper_context(draft, words),
                actor=actor,
            )
        act.save()
        step.record("tip_report_answered", run=step.run, answer=tip_report, reasons=reasons)
        step.complete(tip_report=tip_report)
    return act


def send_report(
    *, actor: Account, work_item: WorkItem, sent_to: str, sent_on: date, reasons: str, key: str, now: datetime
) -> YearlyTipAct:
    """Note that the approved report went to the superior authority. Raises: Invalid for a day that cannot be."""
    with command(work_item, actor=actor, key=key, now=now) as step:
        report = report_of(step.run)
        approved = act_of(report, Kind.APPROVED)
        assert approved is not None, "only an approved report comes this far"
        if not civil_date(approved.done_at) <= sent_on <= civil_date(now):
            raise Invalid(_("The day of sending lies between the approval and today."), "sent_on")
        act = _note(step, report, Kind.SENT, actor, approved, reasons, sent_to=sent_to, sent_on=sent_on)
        step.record("tip_report_sent", run=step.run, sent_on=sent_on.isoformat(), sent_to=sent_to)
        step.complete()
    return act


def publish_report(report: YearlyTipReport, *, actor: Account, key: str, now: datetime) -> YearlyTipAct:
    """Let everybody read the approved figures. Raises: NotFound, Invalid, Repeated."""
    with matter_of(report.leading_run, actor=actor, key=f"publish:{key}", now=now) as step:
        report, approved = _published_by(report, actor, now)
        if publication_of(report) is not None:
            raise Invalid(_("The report is public already."))
        act = _note(step, report, Kind.PUBLISHED, actor, approved, "")
        step.record("tip_report_published", run=report.run)
    return act


def withdraw_report(
    report: YearlyTipReport, *, actor: Account, reasons: str, key: str, now: datetime
) -> YearlyTipAct:
    """Take it from the public page again, with reasons. Raises: NotFound, Invalid, Repeated."""
    reasons = given(reasons, least=A_PHRASE)
    with matter_of(report.leading_run, actor=actor, key=f"withdraw:{key}", now=now) as step:
        report, approved = _published_by(report, actor, now)
        if publication_of(report) is None:
            raise Invalid(_("The report is not public."))
        act = _note(step, report, Kind.WITHDRAWN, actor, approved, reasons)
        step.record("tip_report_withdrawn", run=report.run, reasons=reasons)
    return act


def _published_by(
    report: YearlyTipReport, actor: Account, now: datetime
) -> tuple[YearlyTipReport, YearlyTipAct]:
    """The report, locked, and its approval. Raises: NotFound for others than its leaders, Invalid before approval."""
    if not may_publish(actor, report, now):
        raise NotFound
    report = report_of(report.leading_run)
    approved = act_of(report, Kind.APPROVED)
    if approved is None:
        raise Invalid(_("Only an approved report can be published."))
    return report, approved


def _note(
    step: Act | Step,
    report: YearlyTipReport,
    kind: Kind,
    actor: Account,
    approved: YearlyTipAct,
    reasons: str,
    *,
    sent_to: str = "",
    sent_on: date | None = None,
) -> YearlyTipAct:
    return YearlyTipAct.objects.create(
        report=report,
        draft=approved.draft,
        kind=kind,
        reasons=reasons,
        sent_to=sent_to,
        sent_on=sent_on,
        done_by=actor,
        done_at=step.now,
    )
