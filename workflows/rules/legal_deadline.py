"""What an answer about a legal deadline contains; the law itself is supplied by the domain apps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from workflows.rules.calendar import Calendar
from workflows.rules.clock import Deadline, Pause
from workflows.rules.texts import Text


@dataclass(frozen=True)
class LegalDeadline:
    """A counted deadline with the rule that it rests on."""

    key: str
    deadline: Deadline
    title: str
    title_zh: str
    event: str
    event_zh: str
    source: str
    mark: str
    note: str = ""
    warnings: tuple[Text, ...] = ()


class LegalDeadlines(Protocol):
    """Counts a period of the law by its key. Raises: workflows.rules.texts.Refused."""

    def __call__(
        self,
        key: str,
        start: date | datetime,
        *,
        calendar: Calendar,
        region: str | None = None,
        party: str | None = None,
        pauses: Iterable[Pause] = (),
        extensions: Sequence[str] = (),
    ) -> LegalDeadline:
        """Return the deadline, how it was counted and its source."""
