"""Rows of the engine: definitions, runs, work items, clocks, timers, outbox, journal."""

from workflows.models.calendar_year import CalendarYear
from workflows.models.child_group import ChildGroup
from workflows.models.clock import Clock, ClockExtension, ClockPause, ClockRequest, ClockWarning
from workflows.models.definition import Definition
from workflows.models.incident import Incident, IncidentRequest
from workflows.models.intervention import Intervention
from workflows.models.journal import JournalEntry
from workflows.models.lane import DutyRecord, LaneMember
from workflows.models.migration import RunMigration, RunSnapshot
from workflows.models.outbox import InboxEntry, Message, OutboxEntry
from workflows.models.run import Family, Run
from workflows.models.seal import JournalBatch, JournalHead, JournalHeadCopy, JournalLeaf
from workflows.models.substitution import Substitution
from workflows.models.timer import Subscription, Timer
from workflows.models.work_item import WorkItem

__all__ = [
    "CalendarYear",
    "ChildGroup",
    "Clock",
    "ClockExtension",
    "ClockPause",
    "ClockRequest",
    "ClockWarning",
    "Definition",
    "DutyRecord",
    "Family",
    "InboxEntry",
    "Incident",
    "IncidentRequest",
    "Intervention",
    "JournalBatch",
    "JournalEntry",
    "JournalHead",
    "JournalHeadCopy",
    "JournalLeaf",
    "LaneMember",
    "Message",
    "OutboxEntry",
    "Run",
    "RunMigration",
    "RunSnapshot",
    "Subscription",
    "Substitution",
    "Timer",
    "WorkItem",
]
