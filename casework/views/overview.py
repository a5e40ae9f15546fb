"""The bureau at a glance: what must go to the province today, what is late, who has how much."""

from typing import Any

from django.db.models import Count, F
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework.access import StaffRequest, staff
from casework.clock_faces import clock_face, warning_row
from casework.models import ProvinceReport
from casework.permissions import ROLES, SEES_OVERVIEW, require_role
from casework.services.report_to_province import CLOCK
from workflows.models import Clock, ClockWarning, WorkItem
from workflows.now import now

MOST = 100


@staff("chief or leader of the bureau")
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """Reports due, late work, load per person; numbers of cases, no content of them."""
    units = require_role(request.user, SEES_OVERVIEW, now=now())
    context = {
        "reports": reports_due(units),
        "late": _late(units),
        "warnings": _warnings(units),
        "load": _load(units),
    }
    return render(request, "casework/overview.html", context)


def reports_due(units: set[int]) -> list[dict[str, Any]]:
    """Every report that has not been confirmed, by due moment, with the step at which it waits."""
    waiting = ProvinceReport.objects.filter(case__bureau_id__in=units, received_at=None)
    rows = []
    for report in waiting.select_related("case__run"):
        clock = Clock.objects.filter(run=report.case.leading_run, rule_key=CLOCK, ended_at=None)
        first = clock.prefetch_related("pauses").first()
        rows.append({"report": report, "clock": clock_face(first, now()), "stage": _stage(report)})
    return sorted(rows, key=lambda row: (row["clock"] is None, row["clock"] and row["clock"].due))


def _stage(report: ProvinceReport) -> str:
    if report.delivered_at:
        return _("waits for the receipt")
    return _("is being delivered") if report.sent_at else _("is being drafted")


def _late(units: set[int]) -> list[dict[str, Any]]:
    items = WorkItem.objects.filter(unit_id__in=units, status=WorkItem.Status.OPEN, due_at__lt=now())
    rows = items.select_related("run", "clock", "assignee").prefetch_related("clock__pauses")
    return [{"item": i, "clock": clock_face(i.clock, now()), "role": ROLES.get(i.lane, i.lane)} for i in rows]


def _warnings(units: set[int]) -> list[dict[str, Any]]:
    """What people were warned of and what is still open, the latest first."""
    given = ClockWarning.objects.filter(clock__run__unit_id__in=units, clock__ended_at=None)
    rows = given.select_related("clock__run").prefetch_related("clock__pauses").order_by("-at", "-id")
    return [warning_row(row, now()) for row in rows[:MOST]]


def _load(units: set[int]) -> Any:
    items = WorkItem.objects.filter(unit_id__in=units, status=WorkItem.Status.OPEN)
    return (
        items.exclude(assignee=None)
        .values(name=F("assignee__display_name"))
        .annotate(count=Count("pk"))
        .order_by("-count", "name")
    )
