"""Dated law: every key is there, closest region first, right day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from casework.rules.money import Money
from casework.rules.parameter_file import check_parameters, load_acts, load_parameters
from casework.rules.parameters import (
    Mark,
    NotInForce,
    UnknownKey,
    WrongKind,
    legal_amount,
    legal_count,
    legal_flag,
    legal_period,
    legal_rate,
    parameter,
    period_keys,
    period_parameter,
)
from workflows.rules.clock import Unit

DAY = date(2025, 7, 3)
PERIODS = """
lead_verification 15 wd, lead_verification_extension 15 wd, tell_tipster_filing_decision 5 wd, tip_file_archived 5 wd,
jurisdiction_dispute_to_superior 7 wd, assistance_reply 15 cd, preservation_handling 7 wd, urgent_measure_report 24 h,
sealing 30 cd, sealing_extension 30 cd, legal_review 10 wd, legal_review_extension 10 wd, statement_period 3 wd,
hearing_request 5 wd, hearing_notice_before 7 wd, hearing_opinion 2 wd, decision 90 cd, decision_extension_1 30 cd,
decision_extension_2 60 cd, decision_service 7 wd, publish_service_effect 30 cd, publish_penalty 7 wd,
publish_other_result 20 wd, publish_correction 3 wd, publish_retention 5 y, fine_payment 15 cd, late_fine_urge 30 cd,
court_application_urge 10 cd, court_application 3 mo, administrative_review 60 cd, administrative_suit 6 mo,
spot_fine_hand_in 2 wd, spot_fine_to_bank 2 wd, spot_decision_record 7 wd, limitation 2 y, limitation_with_harm 5 y,
transfer_decision 3 cd, transfer_to_police 24 h, police_forward_wrong_office 24 h, police_filing_decision 3 cd,
police_reconsideration_request 3 cd, police_reconsideration_answer 3 cd, prosecutor_request 3 cd,
hand_over_items 3 cd, case_report_to_province 2 wd, annual_tip_report_province 430 date, flying_check_progress 30 wd,
flying_check_final 5 wd, reward_notify 15 wd, reward_claim 2 mo,
reward_new_payee 2 mo, reward_payment 15 wd,
identity_opening 24 h, identity_opening_short 4 h, tip_retention 10 y, tip_purge_wait 7 cd,
tip_key_backups 14 cd, tip_reexamination 30 cd, tip_entry_delay 180 cd
"""


@pytest.mark.parametrize("line", [line.strip() for line in PERIODS.replace("\n", " ").split(",")])
def test_every_period_has_the_value_of_the_law(line: str) -> None:
    key, value, unit = line.split()

    found = legal_period(key, on=DAY)

    assert (found.value, found.unit) == (int(value), Unit(unit))


def test_no_period_is_left_untested() -> None:
    tested = {line.split()[0] for line in PERIODS.replace("\n", " ").split(",")}

    assert tested == set(period_keys())


def test_amounts_and_rates_are_exact() -> None:
    assert legal_amount("case_report_amount", on=DAY) == Money.yuan("50000.00")
    assert legal_amount("spot_fine_limit", on=DAY, party="person") == Money.yuan("200.00")
    assert legal_amount("spot_fine_limit", on=DAY, party="organisation") == Money.yuan("3000.00")
    assert legal_amount("spot_collection_limit", on=DAY) == Money.yuan("100.00")
    assert legal_rate("late_fine_rate", on=DAY) == Decimal("0.03")
    assert legal_flag("rolls_on_weekend", on=DAY) is True
    assert legal_count("tip_report_least_number", on=DAY) == 5
    assert legal_count("supervisor_least_number", on=DAY) == 3


@pytest.mark.parametrize(
    ("region", "party", "amount"),
    [
        ("demo", "organisation", "10000.00"),
        ("demo", "person", "2000.00"),
        ("440103", "organisation", "100000.00"),
        ("44", "person", "5000.00"),
        ("210000", "sole_trader", "2000.00"),
        ("110000", "organisation", "10000.00"),
        (None, "person", "2000.00"),
    ],
)
def test_the_closest_region_decides_on_the_hearing_amount(
    region: str | None, party: str, amount: str
) -> None:
    assert legal_amount("hearing_offer_amount", on=DAY, region=region, party=party) == Money.yuan(amount)


def test_a_value_that_depends_on_the_party_is_an_organisations_by_default() -> None:
    assert parameter("publish_retention", on=DAY).value == 5
    assert parameter("publish_retention", on=DAY, party="person").value == 2


def test_a_local_value_ends_when_the_national_one_begins() -> None:
    before = period_parameter("lead_verification", on=date(2021, 7, 14), region="210100")
    after = period_parameter("lead_verification", on=date(2021, 7, 15), region="210100")

    assert (before.unit, before.mark) == ("cd", Mark.SECOND_HAND)
    assert (after.unit, after.mark) == ("wd", Mark.VERIFIED)


def test_a_day_before_the_law_has_no_value() -> None:
    with pytest.raises(NotInForce, match="2021-07-15"):
        parameter("decision", on=date(2021, 7, 14))


def test_an_unknown_key_lists_near_matches() -> None:
    with pytest.raises(UnknownKey, match="decision, "):
        parameter("decison", on=DAY)


@pytest.mark.parametrize(
    ("look_up", "key"),
    [(legal_period, "case_report_amount"), (legal_amount, "decision"), (legal_rate, "decision")],
)
def test_a_key_of_another_kind_is_refused(look_up: object, key: str) -> None:
    with pytest.raises(WrongKind):
        look_up(key, on=DAY)  # type: ignore[operator]


def test_two_values_for_one_day_are_refused() -> None:
    row = parameter("decision", on=DAY)

    with pytest.raises(ValueError, match="two values"):
        check_parameters((row, replace(row, in_force_from=date(2024, 1, 1))))


def test_a_reference_to_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="does not exist"):
        check_parameters((parameter("decision_extension_1", on=DAY),))


def test_every_value_names_title_act_and_source() -> None:
    for row in load_parameters():
        assert row.title and row.title_zh and row.source and row.act in load_acts()
        assert row.event or not row.is_period


def test_burdens_on_the_party_are_not_moved_off_holidays() -> None:
    fixed = {row.key for row in load_parameters() if not row.rolls}

    assert fixed == {
        "sealing",
        "sealing_extension",
        "limitation",
        "limitation_with_harm",
        "publish_retention",
    }
