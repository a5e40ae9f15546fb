"""The lawful range of a fine."""

from datetime import date

import pytest

from casework.rules.money import Money
from casework.rules.penalty_file import load_penalties
from casework.rules.penalty_range import (
    ActNotInForce,
    NoSuchArticle,
    WrongParty,
    penalty_range,
)
from tests.worked.tables import Row, first_cell, rows_of

ACT_DAY = date(2025, 7, 3)


def money(written: str) -> Money | None:
    return Money.yuan(written) if written else None


@pytest.mark.parametrize("row", rows_of("penalties"), ids=first_cell)
def test_a_worked_range_comes_out(row: Row) -> None:
    found = penalty_range(row["article"], row["party"], Money.parse(row["loss"]), on=ACT_DAY)

    assert (found.fine_min, found.fine_max) == (money(row["fine_min"]), money(row["fine_max"]))
    assert found.recovery == money(row["recovery"])


@pytest.mark.parametrize("written", ["41", "41.2", "41(2)", "41（2）", "REG 41(2)", " reg41 "])
def test_article_41_is_found_however_it_is_written(written: str) -> None:
    assert penalty_range(written, "person", Money.yuan(1), on=ACT_DAY).article == "41(2)"


def test_the_short_41_says_how_it_was_read_and_41_1_that_it_has_no_fine() -> None:
    short = penalty_range("41", "person", Money.yuan(1), on=ACT_DAY)
    first = penalty_range("41.1", "person", Money.yuan(1), on=ACT_DAY)

    assert "41(2)" in str(short.notes[0])
    assert "no fine" in str(first.notes[0])
    assert not first.has_fine
    assert penalty_range("41(2)", "person", Money.yuan(1), on=ACT_DAY).notes == ()


def test_both_ends_belong_to_the_range() -> None:
    found = penalty_range("38", "provider", Money.yuan("54000"), on=ACT_DAY)

    inside = [found.contains(Money.yuan(fine)) for fine in ("53999.99", "54000", "108000", "108000.01")]
    assert inside == [False, True, True, False]


@pytest.mark.parametrize(("day", "warned"), [(date(2026, 3, 31), False), (date(2026, 4, 1), True)])
def test_conduct_under_the_unloaded_implementing_rules_is_warned_about(day: date, warned: bool) -> None:
    assert bool(penalty_range("38", "provider", Money.yuan(1), on=day).warnings) is warned


def test_an_act_not_yet_in_force_penalises_nobody() -> None:
    with pytest.raises(ActNotInForce, match="2021-05-01"):
        penalty_range("38", "provider", Money.yuan(1), on=date(2021, 4, 30))

    assert penalty_range("SIL 88", "person", Money.yuan(1), on=date(2021, 4, 30)).has_fine


def test_an_article_is_not_applied_to_another_party() -> None:
    with pytest.raises(WrongParty, match="provider"):
        penalty_range("38", "person", Money.yuan(1), on=ACT_DAY)
    with pytest.raises(WrongParty, match="choose"):
        penalty_range("38", "hospital", Money.yuan(1), on=ACT_DAY)


def test_an_unknown_article_lists_near_matches() -> None:
    with pytest.raises(NoSuchArticle, match="near matches: "):
        penalty_range("48", "person", Money.yuan(1), on=ACT_DAY)


def test_providers_are_suspended_for_six_months_at_least() -> None:
    for code in ("38", "40"):
        further = penalty_range(code, "provider", Money.yuan(1), on=ACT_DAY).further
        assert any("6–12 months" in str(measure) for measure in further)
    person = penalty_range("41.1", "person", Money.yuan(1), on=ACT_DAY)
    assert any("3–12 months" in str(measure) for measure in person.further)


def test_every_article_is_worded_in_both_languages() -> None:
    for row in load_penalties().values():
        assert row.conduct and row.conduct_zh
        assert bool(row.condition) is bool(row.condition_zh)
