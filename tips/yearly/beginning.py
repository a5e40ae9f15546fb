"""Each January a run is begun for the report of the year before, in every bureau that takes tips in."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q

from casework.models import Bureau
from casework.permissions import Role
from tips.models import YearlyTipReport
from tips.yearly.counting import bounds
from workflows.door.commands import new_matter, start_run
from workflows.errors import Repeated
from workflows.models import LaneMember
from workflows.rules.calendar import civil_date

AGENT = "calendar"
PROCESS = "tip_yearly_report"


def begin_reports(now: datetime) -> int:
    """Begin what is missing for the year that ended last; how many. A repeat does nothing. Source: TH 19."""
    year = civil_date(now).year - 1
    return sum(begin_report(bureau, year, now) is not None for bureau in _due(year))


def begin_report(bureau: Bureau, year: int, now: datetime) -> YearlyTipReport | None:
    """Begin the report of one bureau and year; None where it was begun before."""
    try:
        with new_matter(actor=None, key=f"tip_report:{bureau.pk}:{year}", now=now, agent=AGENT) as act:
            report = YearlyTipReport.objects.create(bureau=bureau, year=year, begun_at=now)
            report.run = start_run(
                act,
                PROCESS,
                subject=("tip_report", report.pk),
                business_key=f"{bureau.short_name} {year}",
                unit_id=bureau.pk,
                data={"report_id": report.pk, "year_ends": date(year, 12, 31).isoformat()},
            )
            report.save(update_fields=["run"])
            act.record("tip_report_begun", run=report.run, year=year)
    except Repeated:
        return None
    return report


def _due(year: int) -> Iterator[Bureau]:
    """Bureaus in which somebody took tips in during the year; a year without any tip is reported too."""
    begin, end = bounds(year)
    staffed = LaneMember.objects.filter(lane=Role.INTAKE_OFFICER, starts_at__lt=end)
    staffed = staffed.filter(Q(ends_at=None) | Q(ends_at__gt=begin))
    begun = YearlyTipReport.objects.filter(year=year).values("bureau")
    yield from Bureau.objects.filter(pk__in=staffed.values("unit_id")).exclude(pk__in=begun).order_by("pk")
