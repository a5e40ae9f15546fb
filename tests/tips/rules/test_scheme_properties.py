"""What holds for every scheme, whatever its numbers; bounds come from the data, so a new scheme is tried as well."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.rules.money import ZERO, Money
from casework.rules.parameters import Mark
from tips.rules.cliffs import Kind, amount, bounds_of, falls_of, kinds_of, steps_of
from tips.rules.reward import quote_version
from tips.rules.scheme_check import problems
from tips.rules.scheme_data import (
    MARGINAL,
    WHOLE,
    Band,
    RateTable,
    Scheme,
    SchemeVersion,
    as_data,
    version_from,
)
from tips.rules.scheme_file import load_schemes

# Together more than 20,000 examples, some seconds on one core.
MANY = settings(deadline=None, max_examples=4_000)

SEEDS = [
    pytest.param(scheme, version, id=f"{scheme.key}-{version.in_force_from}")
    for scheme in load_schemes().values()
    for version in scheme.versions
]
bases = st.integers(1, 10**11).map(Money.from_fen)
near_zero = st.integers(0, 100_000).map(Money.from_fen)


def ways() -> list[tuple[Scheme, SchemeVersion, Kind]]:
    """Every kind of tip of every version that comes with the product."""
    return [
        (scheme, version, kind)
        for scheme in load_schemes().values()
        for version in scheme.versions
        for kind in kinds_of(version)
    ]


seeded = st.sampled_from(ways())


@st.composite
def invented(draw: st.DrawFn) -> tuple[Scheme, SchemeVersion, Kind]:
    """A lawful scheme that nobody has written yet, with one kind of tip."""
    bounds = sorted(draw(st.lists(st.integers(1, 10**9), max_size=4, unique=True)))
    rates = draw(st.lists(st.integers(0, 2_000), min_size=len(bounds) + 1, max_size=len(bounds) + 1))
    bands = tuple(
        Band(rate=Decimal(rate).scaleb(-4), up_to=None if bound is None else Money.from_fen(bound))
        for bound, rate in zip([*bounds, None], rates, strict=True)
    )
    unit = draw(st.sampled_from(("0.01", "1", "10")))
    floor = draw(st.integers(0, 50)) * 100
    kind = draw(st.sampled_from((MARGINAL, WHOLE)))
    version = replace(
        load_schemes()["default"].versions[-1],
        kind=kind,
        tables=(RateTable(bands, floor=Money.yuan(draw(st.integers(0, 500)))),),
        floor=Money.yuan(floor),
        cap=Money.yuan(floor + draw(st.integers(10, 3_000)) * 100),
        insider_factor=draw(st.sampled_from((Decimal(1), Decimal("1.2")))),
        insider_after_floor=draw(st.booleans()),
        up_to_included=draw(st.booleans()),
        rounding=draw(st.sampled_from(("half_up", "down", "up"))),
        rounding_unit=Decimal(unit),
        mark=Mark.RECALLED,
    )
    scheme = Scheme("invented", "Invented", "试拟", (version,))
    return scheme, version, Kind(None, None, draw(st.booleans()) and version.knows_insiders)


any_way = st.one_of(seeded, invented())


@MANY
@given(any_way, st.one_of(bases, near_zero))
def test_a_reward_stays_between_floor_and_cap_in_whole_units_and_is_the_same_again(
    way: tuple[Scheme, SchemeVersion, Kind], base: Money
) -> None:
    scheme, version, kind = way
    found = amount(scheme, version, kind, base)

    if base:
        assert version.floor <= found <= version.cap
        assert found.amount % version.rounding_unit == 0
    else:
        assert found == (version.no_loss[0] if version.no_loss else ZERO)
    assert found >= ZERO
    assert found == amount(scheme, version, kind, base)


@MANY
@given(any_way, bases, bases)
def test_a_lower_base_never_gives_more_unless_a_published_cliff_lies_between(
    way: tuple[Scheme, SchemeVersion, Kind], one: Money, other: Money
) -> None:
    scheme, version, kind = way
    low, high = sorted([one, other])
    falls = [step for step in falls_of(scheme, version) if step.kind == kind]
    crossed = [step for step in falls if low <= step.last_below and high >= step.first_above]
    less, more = amount(scheme, version, kind, low), amount(scheme, version, kind, high)

    assert crossed or less <= more
    assert not (falls and version.kind == MARGINAL)


@MANY
@given(any_way, bases)
def test_an_insider_never_gets_less(way: tuple[Scheme, SchemeVersion, Kind], base: Money) -> None:
    scheme, version, kind = way

    outsider = amount(scheme, version, replace(kind, insider=False), base)
    assert outsider <= amount(scheme, version, replace(kind, insider=True), base)


@MANY
@given(any_way, bases)
def test_the_amount_is_the_last_word_of_its_working(
    way: tuple[Scheme, SchemeVersion, Kind], base: Money
) -> None:
    scheme, version, kind = way
    facts: dict[str, Any] = {"target": kind.target or "organisation", "level": kind.level}
    found = quote_version(scheme, version, base, insider=kind.insider, **facts)
    said = str(found.working[-1])

    assert str(found.amount) in said or f"{found.amount.amount.normalize():f}" in said


@MANY
@given(invented())
def test_a_scheme_written_as_data_reads_back_the_same_and_without_complaint(
    way: tuple[Scheme, SchemeVersion, Kind],
) -> None:
    version = way[1]

    assert problems(as_data(version)) == ()
    assert as_data(version_from(as_data(version))) == as_data(version)


def sides() -> Iterator[Any]:
    """Each bound of each table of each version of each scheme."""
    for scheme in load_schemes().values():
        for version in scheme.versions:
            for step in steps_of(scheme, version):
                yield pytest.param(scheme, version, step, id=f"{scheme.key}-{step.kind}-{step.last_below}")


@pytest.mark.parametrize(("scheme", "version", "step"), list(sides()))
def test_on_both_sides_of_every_bound_the_right_rate_applies(
    scheme: Scheme, version: SchemeVersion, step: Any
) -> None:
    """Computed a second way, from the data as it stands: the rates of both neighbours and nothing else."""
    table = next(t for t in version.tables if t.matches(step.kind.target, step.kind.level, step.kind.insider))
    bound = step.last_below if version.up_to_included else step.first_above
    at = bounds_of(version, step.kind).index(bound)
    for base, band in ((step.last_below, table.bands[at]), (step.first_above, table.bands[at + 1])):
        wanted = by_hand(version, table, band, base, step.kind)
        assert amount(scheme, version, step.kind, base) == wanted


def by_hand(version: SchemeVersion, table: RateTable, band: Band, base: Money, kind: Kind) -> Money:
    """The rule read straightforwardly, for schemes without own rounding."""
    points = version.insider_points if kind.insider else Decimal(0)
    raw = base.amount * (band.rate + points) + band.plus.amount
    if version.kind == MARGINAL:
        starts = [Money.yuan(0), *bounds_of(version, kind)]
        used = table.bands[: table.bands.index(band) + 1]
        raw = sum(
            (
                (min(base, each.up_to or base).amount - start.amount) * each.rate
                for start, each in zip(starts, used, strict=False)
            ),
            Decimal(0),
        )
    raw = max(raw, table.floor.amount) * (version.insider_factor if kind.insider else 1)
    return Money.rounded(min(max(raw, version.floor.amount), version.cap.amount))


def test_the_cliffs_of_the_schemes_are_those_that_were_published() -> None:
    falls = {
        (scheme.key, step.kind.insider, str(step.first_above), str(step.before), str(step.after))
        for scheme in load_schemes().values()
        for version in scheme.versions
        for step in falls_of(scheme, version)
    }

    assert falls == {
        ("yangzhou", False, "50000.00", "2500.00", "2000.00"),
        ("yangzhou", False, "150000.00", "6000.00", "4500.00"),
        ("yangzhou", True, "50000.00", "3000.00", "2500.00"),
        ("yangzhou", True, "150000.00", "7500.00", "6000.00"),
    }


@pytest.mark.parametrize(("scheme", "version"), SEEDS)
def test_every_seed_is_without_complaint_and_reads_back(scheme: Scheme, version: SchemeVersion) -> None:
    assert problems(as_data(version)) == ()
    assert version_from(as_data(version)) == version
