"""Make the file of a released batch for the bank; every download is journalled, every payee's look recorded."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from casework.errors import NotFound
from casework.models import Account
from casework.rule_sentences import in_words
from tips.errors import BankFileChanged, NoBankFile, PayeeUnfit
from tips.models import PaymentBatch, PaymentLine, RewardGroupPermission, RewardUserPermission
from tips.permissions import RewardPermission
from tips.rules.bank_file import BadTransfer, Transfer, layouts, written
from tips.sealing import identity
from workflows import journal

SENT = (PaymentLine.State.RELEASED, PaymentLine.State.PAID, PaymentLine.State.RETURNED)


def take_bank_file(*, actor: Account, batch: PaymentBatch, now: datetime) -> bytes:
    """The file with payee data in it; the same bytes each time, or none.

    Raises: NotFound, NoBankFile, BankFileChanged, PayeeUnfit.
    """
    with transaction.atomic():
        held = PaymentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if held.released_at is None:
            raise NoBankFile
        if not may_take_file(actor, held):
            raise NotFound
        content = _content(held, actor, now)
        digest = hashlib.sha256(content).hexdigest()
        if not held.sha256:
            held.sha256 = digest
            held.save(update_fields=["sha256"])
        elif held.sha256 != digest:
            raise BankFileChanged(sha256=held.sha256[:16])
        journal.record(
            "payment_file_taken",
            now=now,
            actor=actor,
            subject=("payment", held.pk),
            batch=held.number,
            sha256=digest,
        )
    return content


def _content(batch: PaymentBatch, actor: Account, now: datetime) -> bytes:
    try:
        return written(layouts()[settings.BANK_FILE_LAYOUT], _transfers(batch, actor, now))
    except BadTransfer as refused:
        raise PayeeUnfit(reasons=in_words(refused.text)) from refused


def may_take_file(actor: Account, batch: PaymentBatch) -> bool:
    """Whether the actor took payment work on every line; a duty that excludes paying keeps people from taking it."""
    granted = {"permission__codename": RewardPermission.PAY}
    own = RewardUserPermission.objects.filter(user=actor, **granted).values("content_object_id")
    by_group = RewardGroupPermission.objects.filter(group__user=actor, **granted).values("content_object_id")
    barred = _sent(batch).exclude(Q(reward__in=own) | Q(reward__in=by_group))
    return actor.is_active and not barred.exists()


def _sent(batch: PaymentBatch) -> QuerySet[PaymentLine]:
    return batch.lines.filter(state__in=SENT)


def _transfers(batch: PaymentBatch, actor: Account, now: datetime) -> list[Transfer]:
    lines = _sent(batch).select_related("reward__tip", "batch").order_by("position")
    return [_transfer(line, actor, now) for line in lines]


def _transfer(line: PaymentLine, actor: Account, now: datetime) -> Transfer:
    [payee] = identity.open_payees(
        line.reward,
        actor=actor,
        purpose="bank_file",
        work_item_id=line.work_item_id,
        now=now,
        envelope=line.sealed_payee,
    ).values()
    return Transfer(line.position, line.reference, payee.name, payee.account, payee.bank, line.amount)
