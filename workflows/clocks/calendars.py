"""The calendar in force: the package's years and those loaded here; loading a year counts open clocks again."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from workflows import journal
from workflows.models import CalendarYear
from workflows.rules.calendar import Calendar, YearTable

KEPT_S = 30.0
"""How long a process believes its calendar; the sweeper counts again what another process has counted by an old one."""


@dataclass
class _Kept:
    calendar: Calendar
    until: float


_kept: list[_Kept] = []


def in_force() -> Calendar:
    """The calendar that periods are counted on."""
    if not _kept or _kept[0].until < time.monotonic():
        _kept[:] = [_Kept(Calendar(_loaded()), time.monotonic() + KEPT_S)]
    return _kept[0].calendar


def forget() -> None:
    """Read the loaded years again at the next question."""
    _kept.clear()


def store_years(tables: Iterable[YearTable], *, source: str, actor: Any, now: datetime) -> Calendar:
    """Keep the calendars of some years and say so in the journal; returns the calendar now in force.

    Clocks are not touched: `workflows.clocks.watch.load_calendar` is the whole use case.
    """
    years = []
    with transaction.atomic():
        for table in tables:
            facts = {
                "holidays": sorted(table.holidays),
                "worked": sorted(table.worked),
                "source": source[:200],
            }
            CalendarYear.objects.update_or_create(
                year=table.year, defaults={**facts, "loaded_at": now, "loaded_by": actor}
            )
            years.append(table.year)
        forget()
        calendar = Calendar(_loaded())
        journal.record(
            "calendar_loaded", now=now, actor=actor, agent="" if actor else "operator", years=years,
            source=source, version=calendar.version,
        )  # fmt: skip
    return calendar


def _loaded() -> list[YearTable]:
    return [
        YearTable(row.year, frozenset(row.holidays), frozenset(row.worked))
        for row in CalendarYear.objects.all()
    ]
