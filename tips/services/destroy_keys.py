"""Destroy the keys of a tip once the waiting time is over, and certify it."""

from datetime import datetime

from casework.documents.contexts import OpinionFacts, PurgeCertificate
from casework.rules.parameters import legal_period
from casework.services.issue_document import issue_document
from tips.models import PurgedObject, Tip, TipPurge
from tips.purging.erasing import Erased, destroy
from tips.purging.obstacles import obstacles_of
from tips.services.propose_purge import locked_tip
from workflows.door.transaction import Act
from workflows.models import Run
from workflows.rules.calendar import civil_date

BACKUPS = "tip_key_backups"


def destroy_keys(act: Act, run: Run, *, now: datetime) -> bool:
    """Destroy, unless something stands in the way by now; whether it was done. The family is locked.

    Source: REG 46; TH 18, 22.
    """
    purge = TipPurge.objects.select_for_update(of=("self",)).get(pk=run.subject_id)
    tip = locked_tip(purge.tip_id)
    found = obstacles_of(tip, purge.ground, now)
    if found or purge.withdrawn_at:
        purge.stopped_at, purge.stopped_by = now, [str(reason) for reason in found]
        purge.save(update_fields=["stopped_at", "stopped_by"])
        act.record("purge_stopped", subject=("tip", tip.pk), purge=purge.pk)
        return False
    done = destroy(tip, now=now)
    purge.destroyed_at = now
    purge.save(update_fields=["destroyed_at"])
    PurgedObject.objects.bulk_create(
        PurgedObject(purge=purge, object_key=key, due_at=now) for key in done.object_keys
    )
    act.record("keys_destroyed", subject=("tip", tip.pk), purge=purge.pk, keys=len(done.key_digests))
    _certify(act, run, purge, tip, done)
    return True


def _certify(act: Act, run: Run, purge: TipPurge, tip: Tip, done: Erased) -> None:
    approvals = list(purge.approvals.filter(is_approved=True).select_related("approved_by"))
    context = PurgeCertificate(
        tip_number=tip.number,
        received_on=civil_date(tip.received_at),
        ground=purge.ground,
        proposal=_signed(purge.proposed_by, "提出销毁。", purge.proposed_at),
        approval=_signed(approvals[0].approved_by, "同意销毁。", approvals[0].approved_at),
        second_approval=_signed(approvals[1].approved_by, "同意销毁。", approvals[1].approved_at),
        destroyed_on=civil_date(act.now),
        key_digests=done.key_digests,
        message_count=done.messages,
        file_count=done.files,
        had_identity=done.had_identity,
        had_payee=done.had_payee,
        has_case=tip.case_id is not None,
        backup_days=int(legal_period(BACKUPS, on=civil_date(act.now)).value),
    )
    issue_document(
        act,
        run,
        kind="purge_certificate",
        subject=("tip", tip.pk),
        bureau=tip.bureau,
        context=context,
        actor=approvals[1].approved_by,
    )


def _signed(person: object, words: str, at: datetime) -> OpinionFacts:
    return OpinionFacts(name=str(person), words=words, signed_on=civil_date(at))
