"""Where the engine's clocks get their law from: the dated parameters of the run's region."""

from datetime import datetime

from casework.models import Bureau
from casework.rules.deadlines import legal_deadline
from casework.rules.parameters import (
    NotInForce,
    earliest_parameter,
    legal_ladder,
    period_keys,
    period_parameter,
    weekend_choice,
)
from workflows.clocks import calendars
from workflows.door.rows import Prepared
from workflows.door.sql import fetch
from workflows.legal_source import register_legal_deadlines
from workflows.models import Run
from workflows.registry import LegalPeriod, register_periods
from workflows.rules.calendar import civil_date

_REGION = Prepared(
    lambda unit: Bureau.objects.filter(pk=unit).values_list("parameters_region", flat=True), unit=-1
)


def period_in_force(key: str, at: datetime, run: Run) -> LegalPeriod:
    """The period of a rule on the day of the event, as the bureau's region has it.

    Before the first loaded law its oldest national value counts. Raises: UnknownKey, WrongKind.
    """
    [(region,)] = fetch(*_REGION.with_values(unit=run.unit_id))
    day = civil_date(at)
    try:
        found = period_parameter(key, on=day, region=region)
    except NotInForce:
        found = earliest_parameter(key, region=region)
    on = max(day, found.in_force_from)
    period = weekend_choice(found.period(), on=on, region=region)
    ladder = legal_ladder(period.unit, on=on, region=region)
    return LegalPeriod(period, calendars.in_force(), found.source, ladder)


def register() -> None:
    """Make every legal period known to the engine and to its commands."""
    register_periods(period_in_force, period_keys())
    register_legal_deadlines(legal_deadline)
