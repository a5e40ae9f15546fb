"""Rewards by every scheme: worked examples, cliffs, properties."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.rules.money import Money
from casework.rules.parameters import Mark
from tests.worked.tables import Row, first_cell, rows_of
from tips.rules.reward import FactMissing, NoSuchScheme, Quote, SchemeNotInForce, quote
from tips.rules.scheme_file import load_schemes

bases = st.integers(1, 10**11).map(Money.from_fen)


@pytest.mark.parametrize("row", rows_of("rewards"), ids=first_cell)
def test_a_worked_reward_comes_out(row: Row) -> None:
    found = quote(
        row["scheme"],
        Money.parse(row["base"]),
        target=row["target"],
        level=int(row["level"]) if row["level"] else None,
        insider=bool(row["insider"]),
    )

    assert found.amount == Money.yuan(row["amount"])
    assert found.working


def every_way(base: Money) -> list[Quote]:
    """Quote a base under every version, target, level and insider status."""
    return [
        quote(key, base, target=target, level=level, insider=insider, received=version.in_force_from)
        for key, scheme in load_schemes().items()
        for version in scheme.versions
        for target in ("organisation", "person")
        for level in version.levels or (None,)
        for insider in (False, True)
    ]


@settings(deadline=None)
@given(bases)
def test_no_reward_leaves_its_floor_and_cap(base: Money) -> None:
    for found in every_way(base):
        version = next(v for v in load_schemes()[found.scheme].versions if v.is_in_force(found.in_force_from))
        assert version.floor <= found.amount <= version.cap


@settings(deadline=None)
@given(bases, bases)
def test_a_marginal_scheme_never_falls(one: Money, other: Money) -> None:
    low, high = sorted([one, other])

    assert quote("sichuan", low).amount <= quote("sichuan", high).amount


@settings(deadline=None)
@given(bases)
def test_an_insider_never_gets_less(base: Money) -> None:
    ways = every_way(base)

    for outsider, insider in zip(ways[::2], ways[1::2], strict=True):
        assert outsider.amount <= insider.amount


@pytest.mark.parametrize(
    ("scheme", "below", "at", "before", "after"),
    [
        ("yangzhou", "49999.99", "50000", "2500.00", "2000.00"),
        ("yangzhou", "149999.99", "150000", "6000.00", "4500.00"),
        ("beijing", "500000", "500000.01", "10000.00", "20000.00"),
    ],
)
def test_the_cliffs_of_whole_schemes_are_kept(
    scheme: str, below: str, at: str, before: str, after: str
) -> None:
    found = [quote(scheme, Money.yuan(base), target="organisation").amount for base in (below, at)]

    assert found == [Money.yuan(before), Money.yuan(after)]


def test_the_version_of_the_day_of_the_tip_applies() -> None:
    large = Money.yuan("50000000")

    assert quote("default", large, received=date(2022, 12, 31)).amount == Money.yuan("100000")
    assert quote("default", large, received=date(2023, 1, 1)).amount == Money.yuan("200000")
    assert quote("qingyuan", large, level=1, received=date(2022, 6, 1)).amount == Money.yuan("100000")
    assert quote("default", large).amount == Money.yuan("200000")
    assert quote("yangzhou", large).received == date(2022, 12, 31)


@pytest.mark.parametrize(
    ("scheme", "received"), [("yangzhou", date(2023, 1, 1)), ("chongqing", date(2025, 8, 7))]
)
def test_a_tip_outside_the_schemes_time_is_refused(scheme: str, received: date) -> None:
    with pytest.raises(SchemeNotInForce, match=str(received)):
        quote(scheme, Money.yuan(1), level=2, received=received)


@pytest.mark.parametrize(
    ("scheme", "facts", "reason"),
    [
        ("guangdong", {}, "needs the level"),
        ("qingyuan", {"level": 4}, "one of: 1, 2, 3"),
        ("chongqing", {"level": 3}, "one of: 1, 2"),
        ("beijing", {}, "kind of target"),
        ("sichuan", {"target": "hospital"}, "choose"),
    ],
)
def test_a_missing_fact_is_asked_for(scheme: str, facts: dict[str, int], reason: str) -> None:
    with pytest.raises(FactMissing, match=reason):
        quote(scheme, Money.yuan(1), **facts)  # type: ignore[arg-type]


def test_an_unknown_scheme_lists_near_matches() -> None:
    with pytest.raises(NoSuchScheme, match="sichuan"):
        quote("sichuann", Money.yuan(1))


def test_facts_that_a_scheme_does_not_use_are_mentioned() -> None:
    found = quote("sichuan", Money.yuan(1), level=1, insider=True)

    assert len(found.notes) == 2
    assert found.amount == quote("sichuan", Money.yuan(1)).amount


def test_the_mark_is_that_of_the_weakest_value_used() -> None:
    assert quote("sichuan", Money.yuan("10000000")).mark is Mark.VERIFIED
    assert quote("sichuan", Money.yuan("10000000.01")).mark is Mark.RECALLED
    assert quote("chongqing", Money.yuan(1), level=1, insider=True).mark is Mark.RECALLED
    assert quote("chongqing", Money.yuan(1), level=2, insider=True).mark is Mark.SECOND_HAND


def test_an_insider_in_qingyuan_gets_five_points_more() -> None:
    found = quote("qingyuan", Money.yuan("50000"), level=2, insider=True)

    assert found.amount == Money.yuan("5500")
    assert "up to" in str(found.notes[0])
