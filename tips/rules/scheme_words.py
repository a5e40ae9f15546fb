"""A reward scheme as the sentences of a rule, so that whoever drafts and approves it reads what it says."""

from collections.abc import Iterator
from decimal import Decimal

from casework.rules.money import Money
from tips.rules.cliffs import Kind, falls_of
from tips.rules.scheme_data import MARGINAL, Band, RateTable, Scheme, SchemeVersion
from workflows.rules.texts import Text, gettext_noop, text

EVERYBODY = gettext_noop("Every true tip")
TARGET_WORDS = {
    "organisation": gettext_noop("tips on organisations"),
    "person": gettext_noop("tips on persons"),
}


def sentences_of(version: SchemeVersion) -> tuple[Text, ...]:
    """The version in sentences, in the order in which an amount is computed."""
    return tuple(_sentences(version))


def falls_in_words(scheme: Scheme, version: SchemeVersion) -> tuple[Text, ...]:
    """A sentence for each bound at which a greater base gives less: to be read before approving, not to be smoothed."""
    template = gettext_noop(
        "%(kind)s: from a base of %(below)s yuan to %(above)s yuan the reward falls from %(before)s to %(after)s yuan."
    )
    return tuple(
        text(
            template,
            kind=kind_words(_as_table(version, step.kind)),
            below=_sum(step.last_below),
            above=_sum(step.first_above),
            before=_sum(step.before),
            after=_sum(step.after),
        )
        for step in falls_of(scheme, version)
    )


def kind_words(kind: RateTable) -> Text:
    """Which tips a table speaks of."""
    parts: list[Text] = []
    if kind.target:
        parts.append(text(TARGET_WORDS[kind.target]))
    if kind.level:
        parts.append(text(gettext_noop("level %(level)s"), level=kind.level))
    if kind.insider is not None:
        parts.append(text(gettext_noop("by insiders") if kind.insider else gettext_noop("not by insiders")))
    if not parts:
        return text(EVERYBODY)
    joined = parts[0]
    for part in parts[1:]:
        joined = text(gettext_noop("%(first)s, %(second)s"), first=joined, second=part)
    return joined


def _as_table(version: SchemeVersion, kind: Kind) -> RateTable:
    """The kind of tip as a table speaks of it: whoever is no insider is named where insiders get more."""
    insider = kind.insider if version.knows_insiders else None
    return RateTable((), target=kind.target, level=kind.level, insider=insider)


def interval(band: Band, below: Money | None, is_included: bool) -> Text:
    """The stretch of a band, with the side on which each bound lies."""
    if below is None and band.up_to is None:
        return text(gettext_noop("of any size"))
    if band.up_to is None:
        template = (
            gettext_noop("above %(below)s yuan") if is_included else gettext_noop("%(below)s yuan and more")
        )
        return text(template, below=_sum(below))
    if below is None:
        template = (
            gettext_noop("up to and with %(up_to)s yuan")
            if is_included
            else gettext_noop("below %(up_to)s yuan")
        )
        return text(template, up_to=_sum(band.up_to))
    template = (
        gettext_noop("above %(below)s up to and with %(up_to)s yuan")
        if is_included
        else gettext_noop("%(below)s yuan and more, but below %(up_to)s yuan")
    )
    return text(template, below=_sum(below), up_to=_sum(band.up_to))


def percent(rate: Decimal) -> str:
    """A rate as people write it: 1.5%."""
    return f"{(rate * 100).normalize():f}%"


def _sentences(version: SchemeVersion) -> Iterator[Text]:
    for table in version.tables:
        yield from _table(version, table)
    if version.insider_factor != 1:
        template = (
            gettext_noop(
                "Insiders: what comes out, after the floor of the level, is multiplied by %(factor)s."
            )
            if version.insider_after_floor
            else gettext_noop(
                "Insiders: what comes out, before the floor of the level, is multiplied by %(factor)s."
            )
        )
        yield text(template, factor=f"{version.insider_factor.normalize():f}")
    if version.insider_points:
        template = gettext_noop("Insiders: the rate rises by up to %(points)s points; the most is quoted.")
        yield text(template, points=f"{(version.insider_points * 100).normalize():f}")
    if version.floor:
        yield text(gettext_noop("At least %(floor)s yuan."), floor=_sum(version.floor))
    yield text(gettext_noop("At most %(cap)s yuan."), cap=_sum(version.cap))
    yield _no_loss(version)
    yield _rounding(version)


def _table(version: SchemeVersion, table: RateTable) -> Iterator[Text]:
    below: Money | None = None
    for band in table.bands:
        if version.kind == MARGINAL:
            template = gettext_noop("%(kind)s, part of the base %(interval)s: %(rate)s; parts add up.")
        elif band.plus:
            template = gettext_noop("%(kind)s, base %(interval)s: %(rate)s of all of it and %(plus)s yuan.")
        else:
            template = gettext_noop("%(kind)s, base %(interval)s: %(rate)s of all of it.")
        yield text(
            template,
            kind=kind_words(table),
            interval=interval(band, below, version.up_to_included),
            rate=percent(band.rate),
            plus=_sum(band.plus),
        )
        below = band.up_to
    if table.floor:
        template = gettext_noop("%(kind)s: at least %(floor)s yuan.")
        yield text(template, kind=kind_words(table), floor=_sum(table.floor))


def _no_loss(version: SchemeVersion) -> Text:
    if version.no_loss is None:
        return text(gettext_noop("Without a loss to the fund there is no reward."))
    lowest, highest = version.no_loss
    if lowest == highest:
        return text(gettext_noop("A true tip without a loss earns %(sum)s yuan."), sum=_sum(lowest))
    template = gettext_noop(
        "A true tip without a loss earns %(lowest)s to %(highest)s yuan; the least is quoted."
    )
    return text(template, lowest=_sum(lowest), highest=_sum(highest))


def _rounding(version: SchemeVersion) -> Text:
    template = {
        "half_up": gettext_noop("The sum is rounded half up to %(unit)s yuan."),
        "down": gettext_noop("The sum is rounded down to %(unit)s yuan."),
        "up": gettext_noop("The sum is rounded up to %(unit)s yuan."),
    }[version.rounding]
    return text(template, unit=version.rounding_unit)


def _sum(amount: Money | None) -> str:
    """1,000,000 without fen where there are none."""
    assert amount is not None, "only a bound that there is has words"
    whole = amount.amount == amount.amount.to_integral_value()
    return f"{amount.amount:,.0f}" if whole else f"{amount.amount:,.2f}"
