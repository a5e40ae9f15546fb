"""What the shared components show: plain values, filled by views, drawn by templates/components."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise

Words = str | Promise
"""What people read: a text, or one that is translated when it is shown."""
NEAR = {"hour": 12, "working_day": 2, "calendar_day": 3, "month": 0, "year": 0}
"""A clock is near when this much or less is left, in the unit of the law."""


@dataclass(frozen=True)
class ClockFace:
    """One legal period as people see it.

    `left` counts in `unit` (hour, working_day, calendar_day, month, year) and is negative when overdue.
    `state`: running, paused, met, met_late. `counted` tells, line by line, how the due moment was found.
    `provisional`: the calendar of that year is not loaded yet. `url`: the page with the whole computation.
    `warning`: the last warning that was given of it.
    """

    due: date | datetime | None
    left: int | None = None
    unit: str = "working_day"
    state: str = "running"
    label: Words = ""
    article: str = ""
    counted: Sequence[Words] = ()
    provisional: bool = False
    url: str = ""
    warning: Words = ""

    @property
    def tone(self) -> str:
        """Name of the look: running, near, late, paused, met, met-late."""
        if self.state != "running":
            return self.state.replace("_", "-")
        if self.left is None:
            return "running"
        if self.left < 0:
            return "late"
        return "near" if self.left <= NEAR.get(self.unit, 0) else "running"


@dataclass(frozen=True)
class FileFace:
    """One stored file: size in bytes, digest as SHA-256 in hex, `state` as in `FILE_STATES` of the tags."""

    name: str
    size: int
    media_type: str = ""
    digest: str = ""
    state: str = "stored"
    url: str = ""
    custody_url: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Happening:
    """One line of a timeline; `tone` as of a status word."""

    what: Words
    at: date | datetime | None = None
    who: str = ""
    role: Words = ""
    more: Words = ""
    tone: str = "done"
    url: str = ""


@dataclass(frozen=True)
class Fact:
    """One row of a facts list; an empty value is shown as missing, never left out."""

    label: Words
    value: object = ""
    url: str = ""


@dataclass(frozen=True)
class Check:
    """One line of a checklist: `state` is done, refused or open; `evidence` are file lines or links."""

    what: Words
    state: str = "open"
    more: Words = ""
    url: str = ""
    article: str = ""


@dataclass(frozen=True)
class Tab:
    """One tab that is a link."""

    label: Words
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class StepRow:
    """One element of a process for the diagram's table twin: `state` is done, live or open.

    `tokens` stand there now, `times` it was passed, `troubles` are failed steps that are being mended.
    `trouble_url`: the page of the failed step, for whoever may look at it.
    """

    element_id: str
    label: str
    lane: str = ""
    state: str = "open"
    who: str = ""
    at: datetime | None = None
    tokens: int = 0
    times: int = 0
    troubles: int = 0
    trouble_url: str = ""


@dataclass(frozen=True)
class Diagram:
    """A drawn process: BPMN text; by element the tokens, passages and failed steps; `armed` elements listen."""

    title: str
    xml: str
    tokens: dict[str, int] = field(default_factory=dict)
    armed: Sequence[str] = ()
    done: dict[str, int] = field(default_factory=dict)
    troubles: dict[str, int] = field(default_factory=dict)
    steps: Sequence[StepRow] = ()
