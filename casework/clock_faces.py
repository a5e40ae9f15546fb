"""Legal clocks as the components draw them."""

from datetime import datetime
from functools import lru_cache

from django.utils.translation import get_language

from casework.faces import ClockFace
from casework.rules.parameters import UnknownKey, earliest_parameter
from workflows import sentences
from workflows.models import Clock
from workflows.rules.calendar import Calendar
from workflows.rules.clock import Pause, Unit, units_left

UNITS = {Unit.WORKING_DAYS: "working_day", Unit.HOURS: "hour"}


def clock_face(clock: Clock | None, now: datetime) -> ClockFace | None:
    """What is left of a clock in the unit of the law, and how it was counted."""
    if clock is None:
        return None
    unit = Unit(clock.unit)
    pauses = list(clock.pauses.all())
    known = [Pause(pause.first_date, pause.last_date) for pause in pauses if pause.last_date]
    return ClockFace(
        due=clock.due_at,
        left=units_left(clock.due_at, unit, now=now, calendar=Calendar(), pauses=known),
        unit=UNITS.get(unit, "calendar_day"),
        state=_state(clock, is_paused=any(pause.last_date is None for pause in pauses)),
        label=clock_title(clock.rule_key),
        article=clock.source,
        counted=[sentences.shown(line) for line in clock.counted],
        provisional=clock.is_provisional,
    )


def clock_title(rule_key: str) -> str:
    """The name of a legal period in the reader's language."""
    return _title(rule_key, (get_language() or "").startswith("zh"))


@lru_cache(maxsize=256)
def _title(rule_key: str, is_chinese: bool) -> str:
    try:
        found = earliest_parameter(rule_key)
    except UnknownKey:
        return rule_key
    return found.title_zh if is_chinese else found.title


def _state(clock: Clock, *, is_paused: bool) -> str:
    if clock.ended_at is not None:
        return "met" if clock.ended_at <= clock.due_at else "met_late"
    return "paused" if is_paused else "running"
