"""Fines, surcharges, thresholds."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.rules.money import Money
from enforcement.rules.fine import Burden, heavier_than_notice
from enforcement.rules.surcharge import Surcharge, late_surcharge, surcharge_of_parts
from enforcement.rules.thresholds import collective_discussion_required
from workflows.rules.clock import Pause

DAY = date(2025, 7, 3)
FINE = Money.yuan("20000")


def test_a_decision_is_never_heavier_than_its_notice() -> None:
    notice = Burden(FINE, 6, frozenset({"department_suspension"}))

    assert heavier_than_notice(notice, notice) == ()
    assert heavier_than_notice(notice, Burden(Money.yuan(0))) == ()
    heavier = Burden(Money.yuan("20000.01"), 7, frozenset({"department_suspension", "agreement_end"}))
    assert len(heavier_than_notice(notice, heavier)) == 3


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

    assert Money.yuan(0) <= late_surcharge(fine, DAY, day).amount <= fine


def test_a_part_paid_in_time_bears_no_surcharge_and_each_late_part_its_own() -> None:
    half, day_after = Money.yuan("10000"), date(2025, 7, 4)

    assert surcharge_of_parts([(half, DAY), (half, DAY)], DAY) == Surcharge(0, Money.yuan(0), False)
    assert surcharge_of_parts([(half, DAY), (half, day_after)], DAY) == Surcharge(1, Money.yuan(300), False)
    both = surcharge_of_parts([(half, day_after), (half, date(2025, 8, 12))], DAY)
    assert both == Surcharge(40, Money.yuan("10300"), True)


def test_large_fines_and_complex_cases_are_discussed_together() -> None:
    assert collective_discussion_required(Money.yuan(100_000), "organisation", on=DAY, region="demo")
    assert not collective_discussion_required(Money.yuan(99_999), "organisation", on=DAY, region="demo")
    assert collective_discussion_required(Money.yuan(0), "person", is_major_or_complex=True, on=DAY)
