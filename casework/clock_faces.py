"""Legal clocks as the components draw them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.clock_access import region_of
from casework.faces import ClockFace, Fact
from casework.rule_sentences import in_words
from casework.rules.parameters import UnknownKey, earliest_parameter
from casework.rules.time_requests import APPROVER_NAMES, GROUNDS, extension_parameter
from workflows import sentences
from workflows.clocks import calendars
from workflows.clocks.counting import count, ladder_of
from workflows.models import Clock, ClockRequest, ClockWarning
from workflows.rules.calendar import SHANGHAI, civil_date
from workflows.rules.clock import Extension, Pause, Unit, unit_name, units_left
from workflows.rules.ladder import rung_words

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
        left=units_left(clock.due_at, unit, now=now, calendar=calendars.in_force(), pauses=known),
        unit=UNITS.get(unit, "calendar_day"),
        state=_state(clock, is_paused=any(pause.last_date is None for pause in pauses)),
        label=clock_title(clock.rule_key),
        article=clock.source,
        counted=counted_words(clock),
        provisional=clock.is_provisional,
        warning=_latest_warning(clock),
    )


def clock_faces(clocks: Iterable[Clock], now: datetime) -> list[ClockFace]:
    """Clocks of a matter that the reader may see, each with the way to its own page."""
    faces = [(clock, clock_face(clock, now)) for clock in clocks]
    return [replace(face, url=reverse("casework:clock", args=[clock.pk])) for clock, face in faces if face]


def counted_words(clock: Clock) -> list[str]:
    """How a clock was counted, line by line; extensions by their names."""
    return [sentences.shown(_with_title(line)) for line in clock.counted]


def _with_title(line: dict[str, Any]) -> dict[str, Any]:
    label = line["values"].get("label")
    return {**line, "values": {**line["values"], "label": clock_title(label)}} if label else line


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


def _latest_warning(clock: Clock) -> str:
    """The last warning for the present end, where the list has fetched the warnings with its clocks."""
    if clock.ended_at is not None or "warnings" not in getattr(clock, "_prefetched_objects_cache", {}):
        return ""
    last_day = civil_date(clock.due_at)
    given = [row for row in clock.warnings.all() if row.last_day == last_day]
    return in_words(rung_words(max(given, key=lambda row: row.at).rung)) if given else ""


def _state(clock: Clock, *, is_paused: bool) -> str:
    if clock.ended_at is not None:
        return "met" if clock.ended_at <= clock.due_at else "met_late"
    return "paused" if is_paused else "running"


def clock_facts(clock: Clock) -> list[Fact]:
    """What a period rests on, for its page and for paper."""
    law = earliest_parameter(clock.rule_key)
    is_chinese = (get_language() or "").startswith("zh")
    return [
        Fact(_("Matter"), clock.run.business_key),
        Fact(_("Legal period"), clock_title(clock.rule_key)),
        Fact(_("Legal basis"), clock.source),
        Fact(_("Counted from"), law.event_zh if is_chinese else law.event),
        Fact(_("Day of the event"), _moment(clock.starts_at)),
        Fact(_("Last moment"), _moment(clock.due_at)),
        Fact(_("Calendar"), clock.calendar_version),
        Fact(_("Counted at"), _moment(clock.counted_at) if clock.counted_at else ""),
        Fact(_("Period ended"), _moment(clock.ended_at) if clock.ended_at else _("still running")),
    ]


def pause_rows(clock: Clock) -> list[dict[str, Any]]:
    """The pauses of a period with their ground in words."""
    rows = clock.pauses.select_related("approved_by").order_by("first_date", "id")
    return [{"pause": row, "ground": ground_words(row.ground)} for row in rows]


def request_row(request: ClockRequest) -> dict[str, Any]:
    """A request with what is wanted in words."""
    if request.kind == ClockRequest.Kind.PAUSE:
        wanted = {"title": ground_words(request.rule_key), "approver": in_words(APPROVER_NAMES["leader"])}
    else:
        wanted = wanted_words(request.clock, request.rule_key)
    unit = in_words(unit_name(Unit(request.unit), request.value or 0)) if request.unit else ""
    return {"request": request, "unit": unit, **wanted}


def wanted_words(clock: Clock, extension_key: str) -> dict[str, Any]:
    """An extension of the law as people read it: title, most, unit, article, who grants it."""
    law = extension_parameter(extension_key, on=civil_date(clock.starts_at), region=region_of(clock.run))
    return {
        "title": clock_title(extension_key),
        "most": law.value,
        "most_unit": in_words(unit_name(Unit(law.unit), int(law.value))),
        "article": law.source,
        "approver": in_words(APPROVER_NAMES[law.approver]),
    }


def ladder_rows(clock: Clock) -> list[dict[str, Any]]:
    """The warnings of a period with their moments, and when each was given."""
    last_day = civil_date(clock.due_at)
    given = {row.rung: row.at for row in clock.warnings.all() if row.last_day == last_day}
    return [
        {"words": in_words(rung_words(rung.key)), "at": rung.at, "given": given.get(rung.key)}
        for rung in ladder_of(clock)
    ]


def warning_row(warning: ClockWarning, now: datetime) -> dict[str, Any]:
    """A warning in words, with the clock that it is about."""
    return {
        "warning": warning,
        "words": in_words(rung_words(warning.rung)),
        "clock": clock_face(warning.clock, now),
        "number": warning.clock.run.business_key,
    }


def ground_words(code: str) -> str:
    """The ground of a pause in the reader's language."""
    return in_words(GROUNDS[code].name) if code in GROUNDS else code


def if_granted(clock: Clock, wanted: ClockRequest | Extension, now: datetime) -> date | None:
    """The last day that a granted request would give; none for what no longer waits."""
    if isinstance(wanted, ClockRequest):
        if wanted.kind != ClockRequest.Kind.EXTENSION or wanted.answered_at or not wanted.value:
            return None
        wanted = Extension(wanted.value, Unit(wanted.unit), wanted.rule_key)
    return civil_date(count(clock, today=civil_date(now), further=[wanted]).due)


def _moment(moment: datetime) -> str:
    local = moment.astimezone(SHANGHAI)
    is_whole_day = local.time() in (time.min, time.max)
    return f"{local:%Y-%m-%d}" if is_whole_day else f"{local:%Y-%m-%d %H:%M}"
