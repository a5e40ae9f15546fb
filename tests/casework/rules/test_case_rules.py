"""Filing, officers, amounts and the report to the province."""

from dataclasses import replace
from datetime import date

import pytest

from casework.rules.amounts import CaseAmounts, recovery_amount
from casework.rules.filing import FilingFacts, filing_obstacles, limitation_ends
from casework.rules.money import Money
from casework.rules.officers import Certificate, EnforcementOfficer, officer_obstacles
from casework.rules.province_report import (
    ReportEvent,
    ReportFacts,
    Trigger,
    report_triggers,
    reports_due,
)
from casework.rules.separation import DUTY_NAMES
from workflows.rules.calendar import Calendar

DAY = date(2025, 7, 3)
GOOD_LEAD = FilingFacts(True, True, True, date(2024, 1, 10), DAY)
WANG = EnforcementOfficer(1, "王", Certificate("A1", date(2024, 1, 1), date(2025, 7, 3)))
LI = EnforcementOfficer(2, "李", Certificate("A2", date(2024, 1, 1)))


def test_a_good_lead_may_be_filed() -> None:
    assert filing_obstacles(GOOD_LEAD, calendar=Calendar()) == ()


@pytest.mark.parametrize(
    "missing", ["has_identified_suspect", "is_punishable_conduct", "is_own_jurisdiction"]
)
def test_each_part_of_the_filing_test_is_needed(missing: str) -> None:
    facts = replace(GOOD_LEAD, **{missing: False})

    assert len(filing_obstacles(facts, calendar=Calendar())) == 1


@pytest.mark.parametrize(
    ("ended", "harm", "is_late"),
    [
        (date(2023, 7, 3), False, False),
        (date(2023, 7, 2), False, True),
        (date(2023, 7, 2), True, False),
        (date(2020, 7, 2), True, True),
        (None, False, False),
    ],
)
def test_limitation_is_two_or_five_years_from_the_end_of_the_act(
    ended: date | None, harm: bool, is_late: bool
) -> None:
    facts = replace(GOOD_LEAD, act_ended_on=ended, harms_life_health_or_finances=harm)

    assert bool(filing_obstacles(facts, calendar=Calendar())) is is_late


def test_limitation_is_not_moved_off_a_weekend() -> None:
    assert limitation_ends(date(2023, 10, 4), False, calendar=Calendar()) == date(2025, 10, 4)


def test_two_certified_officers_may_act_to_the_last_day_of_a_certificate() -> None:
    assert officer_obstacles([WANG, LI], on=DAY) == ()
    assert len(officer_obstacles([WANG, LI], on=date(2025, 7, 4))) == 1


@pytest.mark.parametrize(
    "officers",
    [
        [WANG],
        [WANG, WANG],
        [WANG, replace(LI, certificate=None)],
        [WANG, replace(LI, certificate=Certificate("", DAY))],
        [WANG, replace(LI, certificate=Certificate("A1", DAY))],
        [WANG, replace(LI, is_recused=True)],
    ],
    ids=["one", "the same twice", "no certificate", "no number", "borrowed number", "recused"],
)
def test_officers_who_may_not_act_are_named(officers: list[EnforcementOfficer]) -> None:
    assert len(officer_obstacles(officers, on=DAY)) == 1


def test_recovery_and_fine_count_together_for_the_review() -> None:
    assert CaseAmounts(Money.yuan("4000"), Money.yuan("1000.01")).review_amount == Money.yuan("5000.01")


def test_nothing_is_recovered_twice() -> None:
    losses = [Money.yuan("100"), Money.yuan("50.50")]

    assert recovery_amount(losses) == Money.yuan("150.50")
    assert recovery_amount(losses, [Money.yuan("50.50")]) == Money.yuan("100")
    assert recovery_amount(losses, [Money.yuan("200")]) == Money.yuan(0)


@pytest.mark.parametrize(
    ("amount", "transferred", "attention", "expected"),
    [
        ("49999.99", False, False, ()),
        ("50000.00", False, False, (Trigger.AMOUNT,)),
        ("0", True, False, (Trigger.POLICE_TRANSFER,)),
        ("0", False, True, (Trigger.PUBLIC_CONCERN,)),
        ("50000.01", True, True, (Trigger.AMOUNT, Trigger.POLICE_TRANSFER, Trigger.PUBLIC_CONCERN)),
    ],
)
def test_each_ground_alone_is_reported(
    amount: str, transferred: bool, attention: bool, expected: tuple[Trigger, ...]
) -> None:
    facts = ReportFacts(Money.yuan(amount), transferred, attention)

    assert report_triggers(facts, on=DAY) == expected


def test_a_transferred_case_reports_twice() -> None:
    facts = ReportFacts(Money.yuan(0), was_transferred=True, may_draw_public_attention=False)

    assert reports_due(facts, is_concluded=False, on=DAY) == (ReportEvent.TRANSFERRED,)
    assert reports_due(facts, is_concluded=True, on=DAY) == (ReportEvent.TRANSFERRED, ReportEvent.CONCLUDED)


def test_a_small_case_reports_nothing() -> None:
    facts = ReportFacts(Money.yuan("49999.99"), was_transferred=False, may_draw_public_attention=False)

    assert reports_due(facts, is_concluded=True, on=DAY) == ()


def test_duties_have_the_names_of_the_law() -> None:
    assert "法制审核" in str(DUTY_NAMES["review"])
