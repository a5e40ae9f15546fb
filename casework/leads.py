"""What a case grew from, as casework may know it: numbered leads, told by whoever keeps them.

Casework knows no tips. The app that does tells here which leads a case has; a finding keeps the number of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass

from casework.models import Case


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
