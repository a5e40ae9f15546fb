"""What is wrong with a reward scheme that somebody wrote down, each with the place where it stands.

Places are paths into the data: `cap`, `tables.0.floor`, `tables.1.bands.2.up_to`. A band may say `above`, where it
begins, so that gaps and overlaps are found; without it each band begins where the one before ends.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import product
from typing import Any

from casework.rules.money import Money
from casework.rules.parameters import Mark
from tips.rules.scheme_data import MARGINAL, ROUNDING_UNITS, ROUNDINGS, TARGETS, WHOLE
from workflows.rules.texts import Text, gettext_noop, text

MOST_LEVELS = 9


@dataclass(frozen=True)
class Problem:
    """Something wrong, and where."""

    place: str
    text: Text


def problems(row: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Return everything wrong with a version as data; nothing means that it can be read and applied."""
    found = tuple(_unreadable(row))
    return found or tuple(_contradictions(row))


def _say(place: str, template: str, **values: object) -> Problem:
    return Problem(place, text(template, **values))


def _unreadable(row: Mapping[str, Any]) -> Iterator[Problem]:
    """Missing and unreadable values: whatever comes after them needs them."""
    yield from _unreadable_days(row)
    if row.get("kind") not in (MARGINAL, WHOLE):
        yield _say("kind", gettext_noop("Choose whether slices add up or one rate applies to all."))
    if not str(row.get("source") or "").strip():
        yield _say("source", gettext_noop("Name the instrument that this scheme stands in."))
    if row.get("mark") not in set(map(str, Mark)):
        yield _say("mark", gettext_noop("Say how the values were verified."))
    for name in ("floor", "cap"):
        yield from _amount(name, row.get(name))
    for name in ("insider_factor", "insider_points", "rounding_unit"):
        yield from _number(name, row.get(name, "1"))
    if row.get("rounding", "half_up") not in ROUNDINGS:
        yield _say("rounding", gettext_noop("Choose how sums are rounded."))
    no_loss = row.get("no_loss")
    if no_loss:
        if len(no_loss) != 2:
            yield _say("no_loss", gettext_noop("Give the least and the most of the flat sum."))
        for amount in no_loss:
            yield from _amount("no_loss", amount)
    tables = row.get("tables")
    if not tables:
        yield _say("tables", gettext_noop("A scheme needs at least one rate."))
    for at, table in enumerate(tables or ()):
        yield from _unreadable_table(f"tables.{at}", table)


def _unreadable_days(row: Mapping[str, Any]) -> Iterator[Problem]:
    for name in ("in_force_from", "in_force_to"):
        value = row.get(name)
        if value is None and name == "in_force_to":
            continue
        try:
            _day(value)
        except (TypeError, ValueError):
            yield _say(name, gettext_noop("Give the day on which it begins to hold."))


def _unreadable_table(place: str, table: Mapping[str, Any]) -> Iterator[Problem]:
    when = table.get("when", {})
    known = {"target": TARGETS, "level": range(1, MOST_LEVELS + 1), "insider": (True, False)}
    for name, value in when.items():
        if name not in known or value not in known[name]:
            yield _say(f"{place}.when", gettext_noop("“%(value)s” is no condition of a rate."), value=value)
    yield from _amount(f"{place}.floor", table.get("floor", "0.00"))
    if not table.get("bands"):
        yield _say(f"{place}.bands", gettext_noop("A scheme needs at least one rate."))
    for at, band in enumerate(table.get("bands") or ()):
        here = f"{place}.bands.{at}"
        yield from _number(f"{here}.rate", band.get("rate"))
        yield from _amount(f"{here}.plus", band.get("plus", "0.00"))
        for name in ("above", "up_to"):
            if band.get(name) is not None:
                yield from _amount(f"{here}.{name}", band[name])
        if "mark" in band and band["mark"] not in set(map(str, Mark)):
            yield _say(f"{here}.mark", gettext_noop("Say how the values were verified."))


def _amount(place: str, value: Any) -> Iterator[Problem]:
    try:
        is_amount = isinstance(value, str | int) and Money.yuan(value).amount >= 0
    except (TypeError, ValueError, InvalidOperation):
        is_amount = False
    if not is_amount:
        yield _say(place, gettext_noop("Give an amount of 0 or more with at most two places."))


def _number(place: str, value: Any) -> Iterator[Problem]:
    try:
        is_number = isinstance(value, str | int) and Decimal(value).is_finite() and Decimal(value) >= 0
    except InvalidOperation:
        is_number = False
    if not is_number:
        yield _say(place, gettext_noop("Give a number of 0 or more."))


def _contradictions(row: Mapping[str, Any]) -> Iterator[Problem]:
    """What is readable but cannot hold together."""
    cap, floor = Decimal(row["cap"]), Decimal(row["floor"])
    unit = Decimal(row.get("rounding_unit", "0.01"))
    if row.get("in_force_to") and _day(row["in_force_to"]) < _day(row["in_force_from"]):
        yield _say("in_force_to", gettext_noop("The last day lies before the first one."))
    if floor > cap or not cap:
        yield _say("cap", gettext_noop("The cap must be above 0 and not below the floor."))
    if unit not in ROUNDING_UNITS:
        yield _say("rounding_unit", gettext_noop("Choose how sums are rounded."))
    elif cap % unit or floor % unit:
        yield _say("rounding_unit", gettext_noop("Floor and cap must be whole multiples of the rounding."))
    yield from _insiders(row)
    no_loss = [Decimal(amount) for amount in row.get("no_loss") or ()]
    if no_loss and not no_loss[0] <= no_loss[1] <= cap:
        yield _say(
            "no_loss", gettext_noop("The least must not be above the most, nor the most above the cap.")
        )
    for at, table in enumerate(row["tables"]):
        if Decimal(table.get("floor", "0.00")) > cap:
            yield _say(f"tables.{at}.floor", gettext_noop("The floor of a level must not be above the cap."))
        yield from _bands(f"tables.{at}.bands", table["bands"])
    yield from _coverage(row["tables"])


def _insiders(row: Mapping[str, Any]) -> Iterator[Problem]:
    factor, points = Decimal(row.get("insider_factor", "1")), Decimal(row.get("insider_points", "0"))
    by_table = any("insider" in table.get("when", {}) for table in row["tables"])
    if factor < 1:
        yield _say("insider_factor", gettext_noop("Insiders never get less: the factor is 1 or more."))
    if points > 1:
        yield _say("insider_points", gettext_noop("More than 100 % cannot be added."))
    if sum([factor != 1, points != 0, by_table]) > 1:
        template = gettext_noop("Give insiders a factor, points or rates of their own, not several of these.")
        yield _say("insider_factor", template)
    if points and row["kind"] == MARGINAL:
        yield _say("insider_points", gettext_noop("Points are added to one rate; slices have several."))


def _bands(place: str, bands: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Ascending to an open end, each band beginning where the one before ends."""
    end: Decimal | None = Decimal(0)
    for at, band in enumerate(bands):
        here = f"{place}.{at}"
        if Decimal(band["rate"]) > 1:
            yield _say(f"{here}.rate", gettext_noop("A rate is at most 100 %."))
        if end is None:
            yield _say(f"{here}.up_to", gettext_noop("The band before this one has no end."))
            return
        above = band.get("above")
        if above is not None and Decimal(above) != end:
            template = (
                gettext_noop("Between %(end)s and %(above)s there is a gap.")
                if Decimal(above) > end
                else gettext_noop("From %(above)s to %(end)s two bands overlap.")
            )
            yield _say(f"{here}.above", template, end=end, above=above)
        up_to = band.get("up_to")
        if up_to is not None and Decimal(up_to) <= end:
            yield _say(
                f"{here}.up_to", gettext_noop("Bounds ascend: this one must be above %(end)s."), end=end
            )
        end = None if up_to is None else Decimal(up_to)
    if end is not None:
        yield _say(
            f"{place}.{len(bands) - 1}.up_to", gettext_noop("The last band has no end: leave it empty.")
        )


def _coverage(tables: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Exactly one table for every tip that the scheme distinguishes."""
    conditions = [table.get("when", {}) for table in tables]
    levels = sorted({when["level"] for when in conditions if "level" in when}) or [None]
    if levels != [None] and levels != list(range(1, len(levels) + 1)):
        yield _say("tables", gettext_noop("Levels are numbered from 1 without a gap."))
    for target, level, insider in product(TARGETS, levels, (False, True)):
        tip = {"target": target, "level": level, "insider": insider}
        fitting = [
            at
            for at, when in enumerate(conditions)
            if all(tip[name] == value for name, value in when.items())
        ]
        if len(fitting) > 1:
            template = gettext_noop("Two rates fit the same tip: make their conditions exclude one another.")
            yield _say(f"tables.{fitting[-1]}.when", template)
            return
        if not fitting:
            yield _say("tables", gettext_noop("There is no rate for some tips: complete the conditions."))
            return


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
