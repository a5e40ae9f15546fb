"""Say what a stored file is and what it shows; take out a file that never arrived."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from casework.errors import NotFound
from casework.models import Account, Case, Evidence
from casework.services.add_evidence import note_custody, require_may_add
from workflows.door.commands import matter_of


def describe_evidence(
    *, actor: Account, case: Case, ids: Iterable[UUID], kind: str, title: str, key: str, now: datetime
) -> None:
    """Give files that the actor has just sent their legal kind and what they show. Raises: NotFound."""
    require_may_add(actor, case, now)
    wanted = set(ids)
    rows = list(case.evidence.filter(pk__in=wanted, added_by=actor, state=Evidence.State.STORED))
    if len(rows) != len(wanted):
        raise NotFound
    with matter_of(case.leading_run, actor=actor, key=key, now=now) as act:
        for row in rows:
            row.kind, row.title = kind, title or row.title
            row.save(update_fields=["kind", "title"])
            note_custody(row, "described", actor=actor, now=now, note=f"{kind}: {row.title}"[:200])
            act.record("evidence_described", run=case.run, evidence=str(row.pk), kind=kind)


def take_out_awaited(*, actor: Account, evidence: Evidence, now: datetime) -> None:
    """Give up a file whose bytes did not arrive; stored evidence stays for ever. Raises: NotFound."""
    require_may_add(actor, evidence.case, now)
    waiting = Evidence.objects.filter(pk=evidence.pk, state=Evidence.State.AWAITED, added_by=actor)
    if not waiting.update(state=Evidence.State.REFUSED, refusal="given up"):
        raise NotFound
