"""Amounts from which a legal review (法制审核), a hearing (听证) or a collective discussion is due."""

from dataclasses import dataclass
from datetime import date

from casework.rules.amounts import CaseAmounts
from casework.rules.money import Money
from casework.rules.parameters import legal_amount


@dataclass(frozen=True)
class ReviewGrounds:
    """The grounds of PP 37 besides the amount."""

    takes_weighty_rights: bool = False
    is_complex: bool = False
    touches_public_interest: bool = False


def legal_review_required(
    amounts: CaseAmounts,
    party: str,
    grounds: ReviewGrounds,
    *,
    on: date,
    region: str | None = None,
) -> bool:
    """Tell whether a decision needs the legal review; `party` is organisation, person or sole_trader.

    Recovery and fine count together (GD-L). Source: PP 37, APL 58, in force since 2021-07-15.
    """
    threshold = legal_amount("legal_review_amount", on=on, region=region, party=party)
    by_ground = grounds.takes_weighty_rights or grounds.is_complex or grounds.touches_public_interest
    return by_ground or amounts.review_amount >= threshold


def hearing_offer_required(
    fine: Money,
    party: str,
    *,
    takes_weighty_rights: bool = False,
    confiscation: Money | None = None,
    on: date,
    region: str | None = None,
) -> bool:
    """Tell whether the party must be told of its right to a hearing.

    `takes_weighty_rights`: licence, closure, barring; by local rule suspension or the agreement's end.
    Source: APL 63, in force since 2021-07-15; the amount is the region's.
    """
    threshold = legal_amount("hearing_offer_amount", on=on, region=region, party=party)
    large_gains = confiscation is not None and confiscation >= threshold
    return takes_weighty_rights or large_gains or fine >= threshold


def collective_discussion_required(
    fine: Money, party: str, *, is_major_or_complex: bool = False, on: date, region: str | None = None
) -> bool:
    """Tell whether the leaders must discuss the case together. Source: PP 44, APL 57; local amounts."""
    threshold = legal_amount("collective_discussion_amount", on=on, region=region, party=party)
    return is_major_or_complex or fine >= threshold
