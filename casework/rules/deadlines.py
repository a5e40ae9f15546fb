"""Legal deadlines by key: the dated law of `parameters` counted by the clock, with source and warnings."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from casework.rules.parameters import (
    NotInForce,
    Parameter,
    earliest_parameter,
    extensions_of,
    near_matches,
    parameter,
    period_parameter,
    weekend_choice,
)
from workflows.rules.calendar import Calendar, civil_date
from workflows.rules.clock import Extension, Pause, Unit, compute_deadline
from workflows.rules.legal_deadline import LegalDeadline
from workflows.rules.texts import Refused, Text, gettext_noop, text


class ExtensionRefused(Refused):
    """The extension does not belong to the period, is given twice, is too long or comes out of turn."""


def legal_deadline(
    key: str,
    start: date | datetime,
    *,
    calendar: Calendar,
    region: str | None = None,
    party: str | None = None,
    pauses: Iterable[Pause] = (),
    extensions: Sequence[str] = (),
) -> LegalDeadline:
    """Count the period `key` from an event, by the law in force on the day of the event.

    `extensions` are keys, or KEY=NUMBER where less than the law's most was granted.
    Raises: UnknownKey, WrongKind, ExtensionRefused; Refused when hours are asked for without a time of day.
    """
    on = civil_date(start) if isinstance(start, datetime) else start
    found, warnings = _in_force(key, on, region, party)
    period = weekend_choice(found.period(), on=max(on, found.in_force_from), region=region)
    if period.unit is Unit.HOURS and not isinstance(start, datetime):
        raise Refused(
            "time_needed",
            text(
                gettext_noop("“%(key)s” runs in hours: give the time of day too, as in %(on)sT10:30."),
                key=key,
                on=on,
            ),
        )
    granted = granted_extensions(found, extensions, on=on, region=region)
    deadline = compute_deadline(period, start, calendar=calendar, pauses=pauses, extensions=granted)
    if found.rolls is False and period.unit not in (Unit.HOURS, Unit.WORKING_DAYS):
        stays = text(gettext_noop("This period is not moved off holidays."))
        deadline = replace(deadline, counted=(*deadline.counted, stays))
    return LegalDeadline(
        key=key,
        deadline=deadline,
        title=found.title,
        title_zh=found.title_zh,
        event=found.event,
        event_zh=found.event_zh,
        source=found.source,
        mark=found.mark,
        note=found.note,
        warnings=warnings,
    )


def granted_extensions(
    period: Parameter, wanted: Sequence[str], *, on: date, region: str | None = None
) -> tuple[Extension, ...]:
    """Return the extensions of a period in the order of the law. Raises: ExtensionRefused, UnknownKey."""
    granted: dict[str, Extension] = {}
    afters: dict[str, str | None] = {}
    for name, number in map(_read, wanted):
        row = _extension_of(period, name, on, region)
        if name in granted:
            raise _no(gettext_noop("“%(name)s” can be granted only once."), name)
        if number is not None and (
            not 0 < number <= int(row.value) or (not row.up_to and number != row.value)
        ):
            raise _no(
                gettext_noop("“%(name)s” cannot be %(number)s; the law gives %(most)s."), name, number, row
            )
        granted[name], afters[name] = row.extension(number), row.after
    for name, after in afters.items():
        if after is not None and after not in granted:
            raise _no(gettext_noop("“%(name)s” comes only after “%(after)s”."), name, after=after)
    return tuple(granted[name] for name in sorted(granted, key=lambda name: (afters[name] is not None, name)))


def _in_force(
    key: str, on: date, region: str | None, party: str | None
) -> tuple[Parameter, tuple[Text, ...]]:
    try:
        return period_parameter(key, on=on, region=region, party=party), ()
    except NotInForce:
        first = earliest_parameter(key, region=region, party=party)
        warning = text(
            gettext_noop(
                "No value of “%(key)s” is loaded for %(on)s; counted with the first, in force from %(first)s."
            ),
            key=key,
            on=on,
            first=first.in_force_from,
        )
        return period_parameter(key, on=first.in_force_from, party=party), (warning,)


def _read(wanted: str) -> tuple[str, int | None]:
    name, separator, number = wanted.partition("=")
    if separator and not (number.isascii() and number.isdigit()):
        raise _no(gettext_noop("“%(name)s” needs a whole number after the sign “=”."), name)
    return name, int(number) if separator else None


def _extension_of(period: Parameter, name: str, on: date, region: str | None) -> Parameter:
    belonging = extensions_of(period.key)
    if name not in belonging:
        template = (
            gettext_noop("“%(name)s” does not extend “%(key)s”; these do: %(near)s.")
            if belonging
            else gettext_noop("“%(name)s” does not extend “%(key)s”: the law knows no extension of it.")
        )
        raise _no(template, name, key=period.key, near=near_matches(name, belonging))
    try:
        return parameter(name, on=on, region=region)
    except NotInForce:
        return earliest_parameter(name, region=region)


def _no(
    template: str, name: str, number: int | None = None, row: Parameter | None = None, **values: object
) -> ExtensionRefused:
    most = row.value if row else None
    return ExtensionRefused("extension", text(template, name=name, number=number, most=most, **values))
