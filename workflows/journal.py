"""Writing to the journal: what happened, who did it, when. Rows are only ever added."""

from datetime import datetime
from typing import Any

from workflows.models import Family, JournalEntry, Run


def entry(
    act: str,
    *,
    now: datetime,
    actor: Any = None,
    agent: str = "",
    run: Run | None = None,
    family: Family | None = None,
    subject: tuple[str, int] | None = None,
    element_id: str = "",
    **details: Any,
) -> JournalEntry:
    """An unsaved entry; `details` hold ids and codes, never what identifies a tipster."""
    if run is not None:
        subject = subject or (run.subject_kind, run.subject_id)
    return JournalEntry(
        at=now,
        act=act,
        actor_id=getattr(actor, "pk", None),
        agent=agent,
        run_id=getattr(run, "pk", None),
        family_id=run.family_id if run else getattr(family, "pk", None),
        subject_kind=subject[0] if subject else "",
        subject_id=subject[1] if subject else None,
        element_id=element_id,
        details=details,
    )


def record(act: str, *, now: datetime, **facts: Any) -> None:
    """Write one entry at once, in the caller's transaction: for looks and other acts outside a run."""
    entry(act, now=now, **facts).save(force_insert=True)
