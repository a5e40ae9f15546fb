"""A wrong scheme is refused where it is wrong."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from tips.rules.scheme_check import problems
from tips.rules.scheme_data import Scheme, one_after_another, version_from
from tips.rules.scheme_file import scheme_from
from tips.rules.scheme_words import falls_in_words, sentences_of

GOOD: dict[str, Any] = {
    "in_force_from": "2026-01-01",
    "in_force_to": None,
    "source": "云河医保发〔2025〕9号",
    "mark": "VERIFIED",
    "kind": "whole",
    "floor": "200.00",
    "cap": "100000.00",
    "tables": [
        {
            "when": {"insider": False},
            "bands": [
                {"above": "0", "up_to": "50000.00", "rate": "0.05"},
                {"above": "50000.00", "rate": "0.03"},
            ],
        },
        {"when": {"insider": True}, "bands": [{"rate": "0.06"}]},
    ],
}
WRONG = [
    ("in_force_from", {"in_force_from": ""}),
    ("in_force_to", {"in_force_to": "2025-12-31"}),
    ("kind", {"kind": "other"}),
    ("source", {"source": "  "}),
    ("mark", {"mark": "SURE"}),
    ("floor", {"floor": "-1"}),
    ("floor", {"floor": "x"}),
    ("cap", {"cap": "0.00", "floor": "0.00"}),
    ("cap", {"floor": "100000.01"}),
    ("rounding", {"rounding": "sideways"}),
    ("rounding_unit", {"rounding_unit": "3"}),
    ("rounding_unit", {"rounding_unit": "1", "floor": "200.50"}),
    ("insider_factor", {"insider_factor": "0.9"}),
    ("insider_factor", {"insider_factor": "1.2"}),
    ("insider_points", {"insider_points": "1.5"}),
    ("no_loss", {"no_loss": ["500.00", "200.00"]}),
    ("no_loss", {"no_loss": ["500.00"]}),
    ("tables", {"tables": []}),
    ("tables", {"tables": [{"when": {"insider": True}, "bands": [{"rate": "0.06"}]}]}),
    ("tables", {"tables": [{"when": {"level": 2}, "bands": [{"rate": "0.06"}]}]}),
    ("tables.1.when", {"tables": [{"bands": [{"rate": "0.1"}]}, {"bands": [{"rate": "0.2"}]}]}),
    ("tables.0.when", {"tables": [{"when": {"colour": 1}, "bands": [{"rate": "0.1"}]}]}),
    ("tables.0.floor", {"tables": [{"floor": "200000.00", "bands": [{"rate": "0.1"}]}]}),
    ("tables.0.bands", {"tables": [{"bands": []}]}),
]
WRONG_BANDS = [
    ("0.rate", [{"rate": "1.01"}]),
    ("0.rate", [{"rate": "five"}]),
    ("0.up_to", [{"rate": "0.1", "up_to": "5"}]),
    ("1.up_to", [{"rate": "0.1", "up_to": "5"}, {"rate": "0.1", "up_to": "5"}, {"rate": "0.2"}]),
    ("1.up_to", [{"rate": "0.1", "up_to": "5"}, {"rate": "0.1", "up_to": "4"}, {"rate": "0.2"}]),
    ("1.up_to", [{"rate": "0.1"}, {"rate": "0.2"}]),
    ("1.above", [{"rate": "0.1", "up_to": "5"}, {"rate": "0.2", "above": "6"}]),
    ("1.above", [{"rate": "0.1", "up_to": "5"}, {"rate": "0.2", "above": "4"}]),
    ("0.above", [{"rate": "0.1", "above": "1"}]),
]


def places(row: dict[str, Any]) -> set[str]:
    return {problem.place for problem in problems(row)}


def test_a_good_scheme_has_no_problem() -> None:
    assert problems(GOOD) == ()


@pytest.mark.parametrize(("place", "changes"), WRONG)
def test_what_is_wrong_is_named_where_it_stands(place: str, changes: dict[str, Any]) -> None:
    assert place in places({**deepcopy(GOOD), **changes})


@pytest.mark.parametrize(("place", "bands"), WRONG_BANDS)
def test_bands_ascend_without_gap_and_overlap_to_an_open_end(place: str, bands: list[Any]) -> None:
    found = places({**deepcopy(GOOD), "tables": [{"bands": bands}]})

    assert f"tables.0.bands.{place}" in found


def test_points_do_not_fit_slices() -> None:
    changes = {"kind": "marginal", "insider_points": "0.05", "tables": [{"bands": [{"rate": "0.1"}]}]}

    assert places({**GOOD, **changes}) == {"insider_points"}


def test_a_file_with_versions_out_of_order_is_refused() -> None:
    late = {**GOOD, "in_force_from": "2027-01-01"}

    with pytest.raises(ValueError, match="overlap"):
        scheme_from("here", {"title": "a", "title_zh": "b", "versions": [late, GOOD]})
    with pytest.raises(ValueError, match="here, version 1, cap"):
        scheme_from("here", {"title": "a", "title_zh": "b", "versions": [{**GOOD, "cap": "1.00"}]})


def test_a_version_ends_on_the_day_before_the_next_one() -> None:
    first, second = (version_from({**GOOD, "in_force_from": day}) for day in ("2026-01-01", "2026-07-01"))
    scheme = Scheme("here", "a", "b", one_after_another([second, first]))

    assert scheme.versions[0].in_force_to == date(2026, 6, 30)
    assert scheme.version_on(date(2026, 6, 30)) == scheme.versions[0]
    assert scheme.version_on(date(2026, 7, 1)) == scheme.versions[1]
    assert scheme.version_on(date(2025, 12, 31)) is None


def test_a_scheme_reads_as_sentences_with_its_cliffs() -> None:
    version = version_from(GOOD)
    said = [str(sentence) for sentence in sentences_of(version)]

    assert said[:3] == [
        "not by insiders, base up to and with 50,000 yuan: 5% of all of it.",
        "not by insiders, base above 50,000 yuan: 3% of all of it.",
        "by insiders, base of any size: 6% of all of it.",
    ]
    assert "At most 100,000 yuan." in said
    falls = falls_in_words(Scheme("here", "a", "b", (version,)), version)
    assert [str(one) for one in falls] == [
        "not by insiders: from a base of 50,000 yuan to 50,000.01 yuan the reward falls from 2,500 to 1,500 yuan."
    ]
