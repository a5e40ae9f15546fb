"""Dated law: look up a legal period, amount or rate by key, day and region.

The values lie in `data/parameters/*.yaml`; each names its act, article and mark. VERIFIED was read in the
act, VERIFIED-2 second-hand, RECALLED is a default that a bureau confirms before it relies on it.
"""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache

from casework.rules.money import Money
from casework.rules.parameter_file import (
    AMOUNT,
    COUNT,
    FLAG,
    LADDER,
    PARTIES,
    RATE,
    Mark,
    Parameter,
    load_parameters,
)
from workflows.rules.clock import Period, Unit
from workflows.rules.ladder import read_ladder
from workflows.rules.texts import Refused, gettext_noop, text

_DIVISION = re.compile(r"[0-9]{2}([0-9]{2}([0-9]{2})?)?")

__all__ = [
    "Mark",
    "NoSuchPlace",
    "NotInForce",
    "Parameter",
    "UnknownKey",
    "WrongKind",
    "amount_parameter",
    "earliest_parameter",
    "extensions_of",
    "legal_amount",
    "legal_count",
    "legal_flag",
    "legal_ladder",
    "legal_period",
    "legal_rate",
    "near_matches",
    "parameter",
    "period_keys",
    "period_parameter",
    "reminder_ladder",
]


class UnknownKey(Refused):
    """No parameter has this key; the text lists near matches."""


class NotInForce(Refused):
    """The key exists, but no loaded value was in force on that day."""


class NoSuchPlace(Refused):
    """The region or the kind of party is none."""


class WrongKind(Refused):
    """The key names something else: an amount where a period was wanted, or the reverse."""


def parameter(key: str, *, on: date, region: str | None = None, party: str | None = None) -> Parameter:
    """Return the value in force on a day, the closest region's own value before the national one.

    `region` is a division code (city before province before national) or a local name such as "demo". A value
    that depends on the kind of party and is asked for without one is that of an organisation.
    Raises: UnknownKey, NotInForce, NoSuchPlace.
    """
    _check_place(region, party)
    versions = _versions(key)
    in_force = [row for row in versions if row.is_in_force(on)]
    found = _closest(in_force, region, party)
    if found is None:
        raise NotInForce(
            "not_in_force",
            text(
                gettext_noop("No value of “%(key)s” is loaded for %(on)s; the first begins on %(first)s."),
                key=key,
                on=on,
                first=min(row.in_force_from for row in versions),
            ),
        )
    return found


def earliest_parameter(key: str, *, region: str | None = None, party: str | None = None) -> Parameter:
    """Return the oldest national value: what can be said of a day before any loaded law."""
    national = [row for row in _versions(key) if row.region is None]
    first = min(row.in_force_from for row in national)
    found = _closest([row for row in national if row.in_force_from == first], region, party)
    assert found is not None
    return found


def period_parameter(key: str, *, on: date, region: str | None = None, party: str | None = None) -> Parameter:
    """Return a parameter that is a length of time. Raises: UnknownKey, NotInForce, WrongKind."""
    return _of_kind(parameter(key, on=on, region=region, party=party), period=True)


def amount_parameter(key: str, *, on: date, region: str | None = None, party: str | None = None) -> Parameter:
    """Return a parameter that is an amount of money. Raises: UnknownKey, NotInForce, WrongKind."""
    return _of_kind(parameter(key, on=on, region=region, party=party), unit=AMOUNT)


def legal_period(key: str, *, on: date, region: str | None = None, party: str | None = None) -> Period:
    """Return a period ready for the clock, with the region's choice on ordinary weekends."""
    found = period_parameter(key, on=on, region=region, party=party)
    return weekend_choice(found.period(), on=on, region=region)


def weekend_choice(period: Period, *, on: date, region: str | None) -> Period:
    """Return the period with `rolls_on_weekend` as the region has it on that day."""
    return replace(period, rolls_on_weekend=legal_flag("rolls_on_weekend", on=on, region=region))


def legal_amount(key: str, *, on: date, region: str | None = None, party: str | None = None) -> Money:
    """Return an amount in force. Raises: UnknownKey, NotInForce, WrongKind."""
    return amount_parameter(key, on=on, region=region, party=party).money()


def legal_rate(key: str, *, on: date, region: str | None = None) -> Decimal:
    """Return an exact rate, 0 to 1. Raises: UnknownKey, NotInForce, WrongKind."""
    return Decimal(str(_of_kind(parameter(key, on=on, region=region), unit=RATE).value))


def legal_count(key: str, *, on: date, region: str | None = None) -> int:
    """Return a whole number of things. Raises: UnknownKey, NotInForce, WrongKind."""
    return int(_of_kind(parameter(key, on=on, region=region), unit=COUNT).value)


def legal_flag(key: str, *, on: date, region: str | None = None) -> bool:
    """Return a yes-or-no choice. Raises: UnknownKey, NotInForce, WrongKind."""
    return bool(_of_kind(parameter(key, on=on, region=region), unit=FLAG).value)


def legal_ladder(unit: Unit, *, on: date, region: str | None = None) -> tuple[str, ...]:
    """Return the warnings of a period that is counted in a unit. Raises: NotInForce."""
    key = "warning_ladder_hours" if unit is Unit.HOURS else "warning_ladder"
    return read_ladder(str(_of_kind(parameter(key, on=on, region=region), unit=LADDER).value))


def reminder_ladder(key: str, *, on: date, region: str | None = None) -> tuple[str, ...]:
    """Return the reminders that a key names. Raises: UnknownKey, NotInForce, WrongKind."""
    return read_ladder(str(_of_kind(parameter(key, on=on, region=region), unit=LADDER).value))


def period_keys() -> tuple[str, ...]:
    """Return the keys of all periods, sorted; extensions are among them."""
    return tuple(sorted({row.key for row in load_parameters() if row.is_period}))


def extensions_of(key: str) -> tuple[str, ...]:
    """Return the keys of the extensions that the law knows for a period, sorted."""
    return tuple(sorted({row.key for row in load_parameters() if row.extends == key}))


def near_matches(key: str, known: tuple[str, ...]) -> str:
    """Return up to three known keys like a mistyped one, or all when none is like it."""
    return ", ".join(get_close_matches(key, known, n=3, cutoff=0.5) or known)


@lru_cache(maxsize=1)
def _by_key() -> dict[str, list[Parameter]]:
    found: dict[str, list[Parameter]] = {}
    for row in load_parameters():
        found.setdefault(row.key, []).append(row)
    return found


@lru_cache(maxsize=1)
def _region_names() -> frozenset[str]:
    return frozenset(row.region for row in load_parameters() if row.region is not None)


def _versions(key: str) -> list[Parameter]:
    rows = _by_key().get(key)
    if not rows:
        known = tuple(sorted(_by_key()))
        raise UnknownKey(
            "unknown_key",
            text(
                gettext_noop("There is no legal parameter “%(key)s”. Near matches: %(near)s."),
                key=key,
                near=near_matches(key, known),
            ),
        )
    return rows


def _closest(rows: list[Parameter], region: str | None, party: str | None) -> Parameter | None:
    for place in _region_chain(region):
        here = [row for row in rows if row.region == place]
        for kind in (party, None, "organisation"):
            for row in here:
                if row.party == kind:
                    return row
    return None


def _check_place(region: str | None, party: str | None) -> None:
    if party is not None and party not in PARTIES:
        template = gettext_noop("“%(party)s” is no kind of party; choose %(known)s.")
        raise NoSuchPlace("no_such_party", text(template, party=party, known=", ".join(PARTIES)))
    names = _region_names()
    if region is not None and region not in names and not _DIVISION.fullmatch(region):
        template = gettext_noop(
            "“%(region)s” is no region; give a division code such as 320000, or one of: %(known)s."
        )
        raise NoSuchPlace("no_such_region", text(template, region=region, known=", ".join(sorted(names))))


def _region_chain(region: str | None) -> tuple[str | None, ...]:
    """From the region itself over city and province to the nation."""
    if region is None:
        return (None,)
    if not _DIVISION.fullmatch(region):
        return (region, None)
    code = region.ljust(6, "0")
    return (code, code[:4] + "00", code[:2] + "0000", None)


def _of_kind(found: Parameter, *, period: bool = False, unit: str = "") -> Parameter:
    if (period and found.is_period) or found.unit == unit:
        return found
    template = (
        gettext_noop("“%(key)s” is not a period of time but a value in %(unit)s.")
        if period
        else gettext_noop("“%(key)s” is a value in %(unit)s, which was not asked for.")
    )
    raise WrongKind("wrong_kind", text(template, key=found.key, unit=found.unit))
