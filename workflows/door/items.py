"""Reading a work item for a command: with its run, what that waits for, and whether the actor may do it."""

from datetime import datetime
from typing import Any, NamedTuple

from workflows.door.holding import HOLDING, Holding, from_columns
from workflows.door.rows import read, selected, width
from workflows.door.sql import fetch
from workflows.duties import OFFERED_ITEM
from workflows.errors import NotOffered
from workflows.models import Run, WorkItem

_COLUMNS = f"{selected(WorkItem, 'item')}, {selected(Run, 'run')}"


class LoadedItem(NamedTuple):
    """An item with its run in `item.run`."""

    item: WorkItem
    holding: Holding
    is_offered: bool


def load_item(item_id: Any, actor: Any, now: datetime) -> LoadedItem:
    """Read it in one statement; the family must be locked, so that nobody else writes these rows.

    Raises: NotOffered when there is none.
    """
    offered, parameters = OFFERED_ITEM.with_values(account=actor.pk, now=now, item=item_id)
    rows = fetch(
        f'SELECT {_COLUMNS}, EXISTS({offered}), {HOLDING} FROM "{WorkItem._meta.db_table}" AS item'
        f' JOIN "{Run._meta.db_table}" AS run ON run.id = item.run_id WHERE item.id = %s',
        [*parameters, item_id],
    )
    if not rows:
        raise NotOffered
    *columns, is_offered, waits, clocks = rows[0]
    item, run = read(WorkItem, columns[: width(WorkItem)]), read(Run, columns[width(WorkItem) :])
    item.run = run
    return LoadedItem(item, from_columns(waits, clocks), is_offered)
