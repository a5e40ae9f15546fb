"""Walking the case model with operations that do nothing: what the engine alone costs."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from casework.models import Account, Bureau
from workflows import definitions, registry
from workflows.door.commands import command, new_matter, start_run
from workflows.door.rows import read, selected
from workflows.door.sql import fetch
from workflows.models import Run, WorkItem

NOW = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)
OUTCOMES: dict[str, dict[str, Any]] = {
    "appoint_handlers": {"handler_ids": [1, 2]},
    "investigate": {"police_suspected": False, "public_concern": False},
    "approve_investigation": {"investigation": "complete"},
    "legal_review": {"opinion": "agree"},
    "serve_notice": {"notice_served_on": "2025-03-20"},
    "record_response": {"response": "none"},
    "decide_penalty": {"decision": "penalty"},
    "serve_decision": {"decision_received_on": "2025-04-01"},
    "record_payments": {"payment": "paid"},
    "write_closing_report": {},
    "approve_closing": {"closing": "concluded"},
    "archive_case": {},
}
ANSWERS: dict[str, dict[str, Any]] = {
    "casework.begin_case": {
        "transferred": False,
        "is_complex": False,
        "public_concern": False,
    },
    "casework.assess_amounts": {
        "recovery_fen": 100_000,
        "fine_fen": 100_000,
        "review_amount_fen": 200_000,
        "amount_involved_fen": 100_000,
        "review_from_fen": 0,
        "hearing_from_fen": 1_000_000,
    },
    "casework.conclude_case": {
        "amount_involved_fen": 100_000,
        "report_from_fen": 5_000_000,
        "public_concern": False,
        "transferred": False,
        "report_event": "concluded",
    },
}
PEOPLE = {
    "handler_a": ("case_handler",),
    "leader": ("leader",),
    "reviewer": ("legal_reviewer",),
    "finance": ("finance",),
}
_OPEN = (
    f'SELECT {selected(WorkItem, "item")} FROM "{WorkItem._meta.db_table}" AS item'
    " WHERE item.run_id = %s AND item.status = 'open'"
)
DOERS = {"legal_review": "reviewer", "record_payments": "finance"}
LEADER_TASKS = {"appoint_handlers", "approve_investigation", "decide_penalty", "approve_closing"}


@contextmanager
def idle_operations() -> Iterator[None]:
    """Replace what the model calls by functions that only answer."""
    computes, candidates, hooks = registry._computes, registry._candidates, registry._claim_hooks
    saved = (dict(computes), dict(candidates), dict(hooks))
    for name in computes:
        computes[name] = _answering(name)
    handler = Account.objects.get(username="handler_a").pk
    for name in candidates:
        candidates[name] = lambda run, data: [handler]
    hooks.clear()
    try:
        yield
    finally:
        for live, old in zip((computes, candidates, hooks), saved, strict=True):
            live.clear()
            live.update(old)


def _answering(name: str) -> registry.Compute:
    return lambda call: dict(ANSWERS.get(name, {}))


class Walker:
    """Starts cases and carries them through their model, one completed task after the other."""

    def __init__(self) -> None:
        self.people = {a.username: a for a in Account.objects.filter(username__in=PEOPLE)}
        self.unit_id = Bureau.objects.get(level=Bureau.Level.COUNTY).pk

    def start(self) -> Run:
        """Start one case."""
        name = uuid.uuid4().hex
        with new_matter(actor=None, key=name, now=NOW, agent="bench") as act:
            return start_run(
                act,
                "case_handling",
                subject=("bench", uuid.UUID(name).int % 2**62),
                business_key=name[:12],
                unit_id=self.unit_id,
                data={"case_id": 1, "party_kind": "organisation", "filed_on": "2025-03-03"},
            )

    def open_item(self, run: Run) -> WorkItem | None:
        """The one task that is open, read without the query builder: finding it is not what is measured."""
        rows = fetch(_OPEN, [run.pk])
        return read(WorkItem, rows[0]) if rows else None

    def step(self, item: WorkItem, outcome: Mapping[str, Any] | None = None) -> None:
        """Complete one task."""
        answer = OUTCOMES[item.element_id] if outcome is None else outcome
        with command(item, actor=self.doer(item), key=f"bench:{item.pk}", now=NOW) as step:
            step.complete(**answer)

    def doer(self, item: WorkItem) -> Account:
        """Who does a task."""
        name = "leader" if item.element_id in LEADER_TASKS else DOERS.get(item.element_id, "handler_a")
        return self.people[name]

    def walk(self, run: Run) -> Iterator[WorkItem]:
        """Yield each open task; the caller completes it before asking for the next."""
        while (item := self.open_item(run)) is not None:
            yield item


def definition_digest() -> str:
    """Digest of the case model."""
    return definitions.current("case_handling")
