"""Amounts from which a collective discussion (集体讨论) is due; review and hearing are decided by the tables."""

from datetime import date

from casework.rules.money import Money
from casework.rules.parameters import legal_amount


def collective_discussion_required(
    fine: Money, party: str, *, is_major_or_complex: bool = False, on: date, region: str | None = None
) -> bool:
    """Tell whether the leaders must discuss the case together. Source: PP 44, APL 57; local amounts."""
    threshold = legal_amount("collective_discussion_amount", on=on, region=region, party=party)
    return is_major_or_complex or fine >= threshold
