"""The arithmetic of a reward with its working, line by line."""

from dataclasses import dataclass
from decimal import Decimal

from casework.rules.money import FEN, Money
from casework.rules.parameters import Mark
from tips.rules.scheme_data import MARGINAL, ROUNDINGS, Band, RateTable, SchemeVersion
from workflows.rules.texts import Text, gettext_noop, text


@dataclass
class Working:
    """The lines of one computation and the marks of the values that entered it."""

    lines: list[Text]
    marks: set[Mark]

    def say(self, template: str, **values: object) -> None:
        """Add a line."""
        self.lines.append(text(template, **values))


def reward_amount(
    base: Money, version: SchemeVersion, table: RateTable, insider: bool, working: Working
) -> Money:
    """Apply rate, level floor and insider factor in the scheme's order, floor and cap, rounding."""
    if not base:
        return _without_loss(version, working)
    extra = version.insider_points if insider else Decimal(0)
    if version.kind == MARGINAL:
        raw = _by_slices(base, table, working)
    else:
        raw = _by_band(base, version, table, extra, working)
    if version.insider_after_floor:
        raw = _for_insiders(_for_level(raw, table, working), version, insider, working)
    else:
        raw = _for_level(_for_insiders(raw, version, insider, working), table, working)
    raw = _at_least(raw, version.floor, gettext_noop("at least %(floor)s"), working)
    if raw > version.cap.amount:
        working.say(gettext_noop("at most %(cap)s"), cap=version.cap)
        raw = version.cap.amount
    return _rounded(raw, version, working)


def _for_level(raw: Decimal, table: RateTable, working: Working) -> Decimal:
    return _at_least(raw, table.floor, gettext_noop("at least %(floor)s for this level"), working)


def _for_insiders(raw: Decimal, version: SchemeVersion, insider: bool, working: Working) -> Decimal:
    if not insider or version.insider_factor == 1:
        return raw
    raw *= version.insider_factor
    factor = version.insider_factor
    working.say(gettext_noop("insider: × %(factor)s = %(sum)s"), factor=factor, sum=_plain(raw))
    return raw


def _rounded(raw: Decimal, version: SchemeVersion, working: Working) -> Money:
    """Round once, at the end: floor and cap are whole multiples of the unit and stay what they are."""
    unit = version.rounding_unit
    amount = Money((raw / unit).quantize(Decimal(1), rounding=ROUNDINGS[version.rounding]) * unit)
    if amount.amount == raw:
        return amount
    template = {
        "half_up": gettext_noop("rounded half up to %(unit)s yuan: %(amount)s"),
        "down": gettext_noop("rounded down to %(unit)s yuan: %(amount)s"),
        "up": gettext_noop("rounded up to %(unit)s yuan: %(amount)s"),
    }[version.rounding]
    if (version.rounding, unit) == ("half_up", FEN):
        template = gettext_noop("rounded half up to the fen: %(amount)s")
    working.say(template, unit=unit, amount=amount)
    return amount


def _at_least(raw: Decimal, floor: Money, template: str, working: Working) -> Decimal:
    if raw >= floor.amount:
        return raw
    working.say(template, floor=floor)
    return floor.amount


def _without_loss(version: SchemeVersion, working: Working) -> Money:
    if version.no_loss is None:
        working.say(gettext_noop("No fund loss to be recovered: no reward."))
        return Money.yuan(0)
    lowest, highest = version.no_loss
    if lowest == highest:
        working.say(gettext_noop("No fund loss: flat sum of %(lowest)s"), lowest=lowest)
    else:
        working.say(
            gettext_noop(
                "No fund loss: %(lowest)s to %(highest)s at the bureau's discretion; the least is quoted"
            ),
            lowest=lowest,
            highest=highest,
        )
    return lowest


def _by_slices(base: Money, table: RateTable, working: Working) -> Decimal:
    total, below = Decimal(0), Decimal(0)
    for band in table.bands:
        top = base.amount if band.up_to is None else min(base.amount, band.up_to.amount)
        if top <= below:
            break
        part = (top - below) * band.rate
        working.say(
            gettext_noop("%(slice)s × %(rate)s = %(sum)s"),
            slice=_plain(top - below),
            rate=_percent(band.rate),
            sum=_plain(part),
        )
        working.marks.add(band.mark)
        total, below = total + part, top
    if len(working.lines) > 1:
        working.say(gettext_noop("together %(sum)s"), sum=_plain(total))
    return total


def _by_band(
    base: Money, version: SchemeVersion, table: RateTable, extra: Decimal, working: Working
) -> Decimal:
    band = _band_of(base, version, table)
    rate = band.rate + extra
    raw = base.amount * rate + band.plus.amount
    working.marks.add(band.mark)
    if band.plus:
        working.say(
            gettext_noop("%(base)s × %(rate)s + %(plus)s = %(sum)s"),
            base=base,
            rate=_percent(rate),
            plus=band.plus,
            sum=_plain(raw),
        )
    else:
        working.say(
            gettext_noop("%(base)s × %(rate)s = %(sum)s"), base=base, rate=_percent(rate), sum=_plain(raw)
        )
    return raw


def _band_of(base: Money, version: SchemeVersion, table: RateTable) -> Band:
    for band in table.bands:
        if band.up_to is None or base < band.up_to or (version.up_to_included and base == band.up_to):
            return band
    raise AssertionError("the last band of a table has no end")


def _plain(value: Decimal) -> str:
    """Write a sum without superfluous zeros, but with the fen."""
    exact = value.normalize()
    places = max(2, -int(exact.as_tuple().exponent))
    return f"{exact:.{places}f}"


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).normalize():f} %"
