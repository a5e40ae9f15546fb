"""Gates of every fine: never heavier than the notice, never outside the band of its articles."""

from datetime import date
from decimal import Decimal

from casework.models import Case
from casework.rules.lawful_fine import fine_obstacles
from casework.rules.money import Money
from enforcement.errors import HeavierThanNotice, OutsideBand
from enforcement.models import PenaltyNotice
from enforcement.rules.fine import Burden, heavier_than_notice
from enforcement.rules.fine_band import case_band


def require_not_heavier(fine: Decimal, notice: PenaltyNotice) -> None:
    """Refuse a fine above that of the notice (PP 41, APL 45)."""
    if heavier_than_notice(Burden(Money(notice.fine_amount)), Burden(Money(fine))):
        raise HeavierThanNotice(fine=f"{fine:,.2f}", noticed=f"{notice.fine_amount:,.2f}")


def require_within_band(case: Case, fine: Decimal, *, mitigation: str, on: date) -> None:
    """Refuse a fine outside the sum of the bands of the case's findings; below only with a written ground."""
    findings = case.findings.filter(withdrawn_at=None).select_related("party")
    acts = [(f.article, f.party.liable_as, f.loss_amount, f.occurred_until) for f in findings]
    band = case_band(acts, judged_on=on)
    if fine_obstacles(Money(fine), band, mitigation_ground=mitigation):
        least, most = f"{band.fine_min.amount:,.2f}", f"{band.fine_max.amount:,.2f}"
        raise OutsideBand(fine=f"{fine:,.2f}", least=least, most=most, source=band.article)
