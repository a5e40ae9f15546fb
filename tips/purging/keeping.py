"""How long a tip must be kept: from when on, and until which day."""

from datetime import date, datetime
from typing import Any

from django.db.models import Case, DateTimeField, F, QuerySet, When
from django.db.models.functions import Coalesce

from casework.rules.parameters import legal_period
from tips.models import Tip
from workflows.clocks import calendars
from workflows.rules.calendar import civil_date
from workflows.rules.clock import compute_deadline

RETENTION = "tip_retention"
CLOSED_AT = Coalesce(
    F("archived_at"), Case(When(is_accepted=False, then=F("run__ended_at"))), output_field=DateTimeField()
)
"""When the papers were put away; a tip that was not accepted has none and is closed by its answer."""


def closed_tips() -> QuerySet[Tip, Any]:
    """Tips whose period of keeping runs or is over, with `closed_at`."""
    return Tip.objects.annotate(closed_at=CLOSED_AT).filter(closed_at__isnull=False)


def last_day_of_keeping(tip: Tip) -> date | None:
    """The last day on which a closed tip must be kept; None before it was closed."""
    closed = closed_tips().select_related("bureau").filter(pk=tip.pk).first()
    return None if closed is None else last_day(closed, closed.closed_at)


def last_day(tip: Tip, closed_at: datetime) -> date:
    """The last day on which a tip of these must be kept that was closed then."""
    period = legal_period(RETENTION, on=civil_date(closed_at), region=tip.bureau.parameters_region or None)
    return compute_deadline(period, closed_at, calendar=calendars.in_force()).last_day
