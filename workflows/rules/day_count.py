"""Counting in days, months or years, with the explanation of every step."""

from datetime import date, timedelta

from workflows.rules.calendar import (
    ONE_DAY,
    Calendar,
    add_months,
    add_years,
    days_after,
    end_of_day,
)
from workflows.rules.periods import Deadline, Extension, Pause, Period, Unit, paused_days, unit_name
from workflows.rules.texts import Text, gettext_noop, text


class DayCount:
    """One count in days, months or years; collects its explanation."""

    def __init__(self, calendar: Calendar, pauses: tuple[Pause, ...]) -> None:
        self._calendar = calendar
        self._pauses = pauses
        self._paused = paused_days(pauses)
        self._lines: list[Text] = []
        self._unknown: set[int] = set()

    def run(self, period: Period, start: date, extensions: tuple[Extension, ...]) -> Deadline:
        """Count from the day of the event to the last day."""
        self._say(gettext_noop("Event on %(day)s; that day is not counted."), day=start)
        end = self._leg(period, start)
        for extension in extensions:
            end = self._extend(extension, end)
        for pause in self._pauses:
            if pause.first <= end and pause.last > start:
                self._say(
                    gettext_noop("Not counted: %(first)s to %(last)s."), first=pause.first, last=pause.last
                )
        end = self._roll(period, end)
        for year in sorted(self._unknown):
            self._say(
                gettext_noop("Provisional: the working-day calendar of %(year)s is not loaded."), year=year
            )
        return Deadline(
            due=end_of_day(end),
            last_day=end,
            unit=period.unit,
            counted=tuple(self._lines),
            provisional=bool(self._unknown),
            pauses=self._pauses,
            calendar=self._calendar,
        )

    def _leg(self, period: Period, start: date) -> date:
        if period.backwards:
            end = self._calendar.add_working_days(start, -period.value)
            self._touch(end, start)
            template = gettext_noop("%(value)s %(unit)s back from the event: %(end)s.")
        else:
            end = self._end(start, period.value, period.unit)
            template = gettext_noop("%(value)s %(unit)s end on %(end)s.")
        if period.unit is Unit.DATE:
            self._say(gettext_noop("Fixed day of the next year: %(end)s."), end=end)
        else:
            self._say(template, value=period.value, unit=unit_name(period.unit, period.value), end=end)
        return end

    def _extend(self, extension: Extension, end: date) -> date:
        later = self._end(end, extension.value, extension.unit)
        self._say(
            gettext_noop("Extended by %(value)s %(unit)s to %(end)s (%(label)s)."),
            value=extension.value,
            unit=unit_name(extension.unit, extension.value),
            end=later,
            label=extension.label,
        )
        return later

    def _end(self, start: date, value: int, unit: Unit) -> date:
        if unit is Unit.WORKING_DAYS:
            return self._working_days(start, value)
        if unit is Unit.DATE:
            return date(start.year + 1, value // 100, value % 100)
        if unit is Unit.MONTHS:
            return self._past_pauses(start, add_months(start, value))
        if unit is Unit.YEARS:
            return self._past_pauses(start, add_years(start, value))
        return self._past_pauses(start, start + timedelta(days=value))

    def _working_days(self, start: date, value: int) -> date:
        end = start
        while value:
            end += ONE_DAY
            value -= end not in self._paused and self._calendar.is_working_day(end)
        self._touch(start + ONE_DAY, end)
        return end

    def _past_pauses(self, start: date, end: date) -> date:
        """Give back after the end as many days as were lost before it."""
        owed = sum(day in self._paused for day in days_after(start, end))
        while owed:
            end += ONE_DAY
            owed -= end not in self._paused
        return end

    def _roll(self, period: Period, end: date) -> date:
        if not period.rolls or period.backwards or period.unit in (Unit.WORKING_DAYS, Unit.DATE):
            return end
        moved = end
        while self._is_off(moved, period) or moved in self._paused:
            moved += ONE_DAY
        self._touch(end, moved)
        if moved != end:
            self._say(
                gettext_noop("%(end)s is not a working day; the last day moves to %(moved)s."),
                end=end,
                moved=moved,
            )
        return moved

    def _is_off(self, day: date, period: Period) -> bool:
        if period.rolls_on_weekend:
            return not self._calendar.is_working_day(day)
        return self._calendar.is_holiday(day)

    def _touch(self, first: date, last: date) -> None:
        self._unknown.update(self._calendar.unknown_years(first, last))

    def _say(self, template: str, **values: object) -> None:
        self._lines.append(text(template, **values))
