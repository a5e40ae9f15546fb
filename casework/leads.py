"""What a case grew from, as casework may know it: numbered leads, told by whoever keeps them.

Casework knows no tips. The app that does tells here which leads a case has; a finding keeps the number of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.models import Account, Case


@dataclass(frozen=True)
class Lead:
    """One lead of a case: its lasting number, its name for officers, and what it added to the case."""

    number: int
    name: str
    new_facts: str = ""


Source = Callable[[Case], list[Lead]]
_sources: list[Source] = []


def register_leads(source: Source) -> None:
    """Ask `source` for the leads of a case, in order of receipt."""
    if source not in _sources:
        _sources.append(source)


def leads_of(case: Case) -> list[Lead]:
    """The leads of a case in order of receipt; none where it began otherwise."""
    return [lead for source in _sources for lead in source(case)]


@dataclass(frozen=True)
class LeadRow:
    """A lead on the page of its case; `url` only for who may open the lead itself."""

    number: str
    received_at: datetime
    channel: Any
    name: Any
    place: Any
    url: str = ""


Rows = Callable[[Case, Account, datetime], list[LeadRow]]
_rows: list[Rows] = []


def register_lead_rows(source: Rows) -> None:
    """Show the rows of `source` on the page of a case."""
    if source not in _rows:
        _rows.append(source)


def lead_rows(case: Case, viewer: Account, now: datetime) -> list[LeadRow]:
    """The leads of a case in order of receipt, for one who may see the case."""
    return [row for source in _rows for row in source(case, viewer, now)]
