"""What the rows say a run waits for and which periods it counts, read in one statement with whatever else is needed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from workflows.door.sql import fetch
from workflows.models import ChildGroup, Clock, OutboxEntry, Run, Subscription, Timer, WorkItem

_ITEM, _RUN, _CLOCK = (model._meta.db_table for model in (WorkItem, Run, Clock))
_TIMER, _SUBSCRIPTION, _OUTBOX = (model._meta.db_table for model in (Timer, Subscription, OutboxEntry))

_GROUP = ChildGroup._meta.db_table

# Columns for a SELECT in which the run's row is called `run`.
HOLDING = f"""
    (SELECT json_agg(json_build_array(task_id, kind, note)) FROM (
        SELECT task_id, 'person' AS kind, unit_id::text AS note FROM "{_ITEM}"
            WHERE run_id = run.id AND status = 'open'
        UNION ALL SELECT task_id, 'timer', '' FROM "{_TIMER}" WHERE run_id = run.id
        UNION ALL SELECT task_id, 'message', message FROM "{_SUBSCRIPTION}" WHERE run_id = run.id
        UNION ALL SELECT task_id, 'effect', '' FROM "{_OUTBOX}"
            WHERE run_id = run.id AND done_at IS NULL AND task_id <> ''
        UNION ALL SELECT task_id, 'children', '' FROM "{_GROUP}" WHERE run_id = run.id
    ) AS wait)::text,
    (SELECT json_agg(json_build_array(id, rule_key, due_at)) FROM "{_CLOCK}"
        WHERE run_id = run.id AND ended_at IS NULL)::text
"""


class OpenWait(NamedTuple):
    """A wait that has a row. `note` is the unit of a work item, the name of a message."""

    kind: str
    note: str = ""


class OpenClock(NamedTuple):
    """A period that is running."""

    pk: int
    due_at: datetime


@dataclass
class Holding:
    """Waits by task, running periods by rule, and the rules of those that ended in this act."""

    waits: dict[str, OpenWait] = field(default_factory=dict)
    clocks: dict[str, OpenClock] = field(default_factory=dict)
    ended_clocks: set[str] = field(default_factory=set)

    def waiting_for(self, message: str) -> str | None:
        """The task that waits for a message of that name, if any."""
        return next((task for task, wait in self.waits.items() if wait == ("message", message)), None)


def from_columns(waits: str | None, clocks: str | None) -> Holding:
    """What the columns of `HOLDING` say."""
    return Holding(
        {task_id: OpenWait(kind, note) for task_id, kind, note in _rows(waits)},
        {rule_key: OpenClock(pk, datetime.fromisoformat(due)) for pk, rule_key, due in _rows(clocks)},
    )


def holding_of(run: Run) -> Holding:
    """The same for one run."""
    [columns] = fetch(f'SELECT {HOLDING} FROM "{_RUN}" AS run WHERE run.id = %s', [run.pk])
    return from_columns(*columns)


def _rows(text: str | None) -> list[Any]:
    rows: list[Any] = orjson.loads(text) if text else []
    return rows
