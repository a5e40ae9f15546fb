"""Fines, surcharges, thresholds."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.rules.amounts import CaseAmounts
from casework.rules.money import Money
from casework.rules.penalty_range import PenaltyRange, penalty_range
from enforcement.rules.fine import Burden, fine_obstacles, heavier_than_notice, lighter_range
from enforcement.rules.surcharge import late_surcharge, surcharge_is_lawful
from enforcement.rules.thresholds import (
    ReviewGrounds,
    collective_discussion_required,
    hearing_offer_required,
    legal_review_required,
)
from workflows.rules.clock import Pause

DAY = date(2025, 7, 3)
FINE = Money.yuan("20000")


def allowed(article: str = "38", party: str = "provider", loss: str = "54000") -> PenaltyRange:
    return penalty_range(article, party, Money.yuan(loss), on=DAY)


@pytest.mark.parametrize(
    ("fine", "ground", "is_lawful"),
    [
        ("54000", "", True),
        ("108000", "", True),
        ("108000.01", "voluntary report", False),
        ("53999.99", "", False),
        ("53999.99", "  ", False),
        ("53999.99", "returned the money before the check", True),
    ],
)
def test_a_fine_lies_within_the_range_or_names_a_ground(fine: str, ground: str, is_lawful: bool) -> None:
    assert (fine_obstacles(Money.yuan(fine), allowed(), mitigation_ground=ground) == ()) is is_lawful


def test_an_article_without_a_fine_allows_none() -> None:
    lending = allowed("41.1", "person")

    assert fine_obstacles(Money.yuan(0), lending) == ()
    assert len(fine_obstacles(Money.yuan("0.01"), lending)) == 1


def test_a_decision_is_never_heavier_than_its_notice() -> None:
    notice = Burden(FINE, 6, frozenset({"department_suspension"}))

    assert heavier_than_notice(notice, notice) == ()
    assert heavier_than_notice(notice, Burden(Money.yuan(0))) == ()
    heavier = Burden(Money.yuan("20000.01"), 7, frozenset({"department_suspension", "agreement_end"}))
    assert len(heavier_than_notice(notice, heavier)) == 3


def test_a_later_law_replaces_the_earlier_one_only_if_lighter() -> None:
    heavy, light = allowed(loss="2"), allowed(loss="1")

    assert lighter_range([heavy, light]) is light
    assert lighter_range([light, heavy]) is light
    assert lighter_range([heavy]) is heavy


@pytest.mark.parametrize(
    ("day", "days_late", "amount", "is_capped"),
    [
        (date(2025, 7, 3), 0, "0", False),
        (date(2025, 7, 4), 1, "600", False),
        (date(2025, 8, 5), 33, "19800", False),
        (date(2025, 8, 6), 34, "20000", True),
        (date(2025, 8, 12), 40, "20000", True),
    ],
)
def test_the_surcharge_grows_daily_up_to_the_fine(
    day: date, days_late: int, amount: str, is_capped: bool
) -> None:
    found = late_surcharge(FINE, DAY, day)

    assert (found.days_late, found.amount, found.is_capped) == (days_late, Money.yuan(amount), is_capped)


def test_days_of_a_review_or_suit_bear_no_surcharge() -> None:
    rests = [Pause(date(2025, 7, 1), date(2025, 7, 10)), Pause(date(2025, 7, 9), date(2025, 7, 12))]

    assert late_surcharge(FINE, DAY, date(2025, 7, 14), rests=rests).days_late == 2


@settings(deadline=None)
@given(st.integers(0, 10**12), st.dates(DAY, date(2027, 12, 31)))
def test_no_surcharge_is_ever_above_the_fine(fen: int, day: date) -> None:
    fine = Money.from_fen(fen)

    assert surcharge_is_lawful(fine, late_surcharge(fine, DAY, day).amount)


def test_a_surcharge_above_the_fine_is_unlawful() -> None:
    assert not surcharge_is_lawful(FINE, Money(FINE.amount + Decimal("0.01")))
    assert not surcharge_is_lawful(FINE, Money.yuan("-0.01"))


@pytest.mark.parametrize(
    ("party", "fine", "region", "offered"),
    [
        ("organisation", "9999.99", "demo", False),
        ("organisation", "10000", "demo", True),
        ("person", "1999.99", "demo", False),
        ("person", "2000", "demo", True),
        ("organisation", "99999.99", "440100", False),
        ("organisation", "100000", "440100", True),
        ("sole_trader", "2000", "210100", True),
    ],
)
def test_a_hearing_is_offered_from_the_regions_amount(
    party: str, fine: str, region: str, offered: bool
) -> None:
    assert hearing_offer_required(Money.yuan(fine), party, on=DAY, region=region) is offered


def test_weighty_rights_and_large_gains_need_a_hearing_without_a_fine() -> None:
    nothing = Money.yuan(0)

    assert hearing_offer_required(nothing, "person", takes_weighty_rights=True, on=DAY)
    assert hearing_offer_required(nothing, "person", confiscation=Money.yuan(2000), on=DAY)
    assert not hearing_offer_required(nothing, "person", confiscation=Money.yuan(1999), on=DAY)


@pytest.mark.parametrize(
    ("recovery", "fine", "region", "required"),
    [
        ("0", "0", "demo", True),
        ("60000", "39999.99", "44", False),
        ("60000", "40000", "44", True),
        ("0", "0", "21", True),
    ],
)
def test_the_legal_review_goes_by_recovery_and_fine_together(
    recovery: str, fine: str, region: str, required: bool
) -> None:
    amounts = CaseAmounts(Money.yuan(recovery), Money.yuan(fine))

    found = legal_review_required(amounts, "organisation", ReviewGrounds(), on=DAY, region=region)

    assert found is required


@pytest.mark.parametrize("ground", ["takes_weighty_rights", "is_complex", "touches_public_interest"])
def test_each_other_ground_alone_needs_the_review(ground: str) -> None:
    nothing = CaseAmounts(Money.yuan(0), Money.yuan(0))

    assert legal_review_required(nothing, "person", ReviewGrounds(**{ground: True}), on=DAY, region="44")
    assert not legal_review_required(nothing, "person", ReviewGrounds(), on=DAY, region="44")


def test_large_fines_and_complex_cases_are_discussed_together() -> None:
    assert collective_discussion_required(Money.yuan(100_000), "organisation", on=DAY, region="demo")
    assert not collective_discussion_required(Money.yuan(99_999), "organisation", on=DAY, region="demo")
    assert collective_discussion_required(Money.yuan(0), "person", is_major_or_complex=True, on=DAY)
