"""Who reads the yearly reports of a bureau, who publishes one, and what everybody reads of it."""

from datetime import datetime

from django.db.models import QuerySet

from casework.clock_faces import clock_face
from casework.errors import NotFound
from casework.faces import ClockFace
from casework.models import Account
from casework.permissions import Role, units_of
from tips.models import YearlyTipAct, YearlyTipFigures, YearlyTipReport
from workflows.selectors import open_clocks

READS = frozenset({Role.INTAKE_OFFICER, Role.LEADER, Role.CHIEF, Role.AUDITOR})
PUBLISHES = frozenset({Role.LEADER, Role.CHIEF})
Kind = YearlyTipAct.Kind


def readable_reports(account: Account, now: datetime) -> QuerySet[YearlyTipReport]:
    """Reports of the account's bureaus, the newest first. Raises: NotFound for everybody else."""
    units = units_of(account, READS, now)
    if not units:
        raise NotFound
    return YearlyTipReport.objects.filter(bureau__in=units).select_related("bureau", "run")


def readable_report(account: Account, report_id: int, now: datetime) -> YearlyTipReport:
    """One of them. Raises: NotFound."""
    found = readable_reports(account, now).filter(pk=report_id).first()
    if found is None:
        raise NotFound
    return found


def may_publish(account: Account, report: YearlyTipReport, now: datetime) -> bool:
    """Whether the account leads the bureau of the report."""
    return report.bureau_id in units_of(account, PUBLISHES, now)


def clock_of(report: YearlyTipReport, now: datetime) -> ClockFace | None:
    """The period in which the report must be sent, while it runs."""
    return clock_face(open_clocks(report.leading_run).first(), now)


def act_of(report: YearlyTipReport, kind: Kind) -> YearlyTipAct | None:
    """The latest act of a kind."""
    found = report.acts.select_related("draft", "done_by", "document").filter(kind=kind)
    return found.order_by("-id").first()


def standing_draft(report: YearlyTipReport) -> YearlyTipFigures | None:
    """The approved figures, else the latest draft."""
    approved = act_of(report, Kind.APPROVED)
    return approved.draft if approved else report.drafts.order_by("-id").first()


def publication_of(report: YearlyTipReport) -> YearlyTipAct | None:
    """The act by which the report is public now."""
    acts = report.acts.filter(kind__in=[Kind.PUBLISHED, Kind.WITHDRAWN])
    latest = acts.select_related("draft", "done_by").order_by("-id").first()
    return latest if latest is not None and latest.kind == Kind.PUBLISHED else None


def published_acts() -> list[YearlyTipAct]:
    """What everybody may read, the newest year first."""
    latest: dict[int, YearlyTipAct] = {}
    acts = YearlyTipAct.objects.filter(kind__in=[Kind.PUBLISHED, Kind.WITHDRAWN]).order_by("id")
    for act in acts.select_related("report__bureau", "draft"):
        latest[act.report_id] = act
    public = [act for act in latest.values() if act.kind == Kind.PUBLISHED]
    return sorted(public, key=lambda act: (-act.report.year, act.report.bureau.region_code, act.report_id))
