"""Move a receipt to the current pepper: only its owner's code can do that."""

from django.db import transaction

from tips.models import Tip, TipKey
from tips.receipts import receipt_code
from tips.sealing import key_ring


def renew_receipt(tip: Tip, code: str) -> bool:
    """Keep the digest under the current pepper if it is still under an earlier one; whether it was."""
    digest = receipt_code.digest(code)
    if bytes(tip.receipt_digest) == digest:
        return False
    with transaction.atomic():
        kept = TipKey.objects.filter(tip=tip, destroyed_at=None)
        if not kept.update(pepper=key_ring.id_of(key_ring.peppers()[0]).hex()):
            return False
        Tip.objects.filter(pk=tip.pk, receipt_digest=bytes(tip.receipt_digest)).update(receipt_digest=digest)
    tip.receipt_digest = digest
    return True
