"""The voucher of a payment (支付凭证): claim number, amount and days for the accounts; no payee, no matter."""

from collections.abc import Iterable
from datetime import datetime

from casework.documents.contexts import OpinionFacts, RewardVoucher
from casework.models import Account, Document
from casework.services.issue_document import issue_document
from tips.errors import NotReleased
from tips.models import PaymentLine, Payout, RewardApproval
from workflows.door.commands import Step
from workflows.rules.calendar import civil_date

KIND = "reward_voucher"


def issue_voucher(step: Step, line: PaymentLine, payout: Payout) -> Document:
    """Issue the voucher in the step that records what the bank paid."""
    return issue_document(
        step,
        step.run,
        kind=KIND,
        subject=("reward", line.reward_id),
        bureau=line.batch.bureau,
        context=voucher_facts(line, payout),
        actor=step.actor,
    )


def voucher_facts(line: PaymentLine, payout: Payout) -> RewardVoucher:
    """What stands on it. People of finance are named, the payee is not."""
    batch = line.batch
    approval = RewardApproval.objects.filter(reward=line.reward_id, is_approved=True).latest("id")
    if batch.released_at is None:
        raise NotReleased(reference=line.reference)
    return RewardVoucher(
        claim_number=line.reward.claim_number,
        reference=line.reference,
        amount=line.amount,
        is_top_up=line.round > 1,
        approved_on=civil_date(approval.approved_at),
        paid_on=payout.paid_on,
        bank_voucher=payout.voucher,
        made=_signed(batch.made_by, "编入付款批次。", batch.made_at),
        released=_signed(batch.released_by, "复核放行。", batch.released_at),
        recorded=_signed(payout.paid_by, "银行已付。", payout.recorded_at),
    )


def vouchers_of(lines: Iterable[PaymentLine]) -> dict[str, Document]:
    """Vouchers by the reference of their line."""
    rewards = {line.reward_id for line in lines}
    found = Document.objects.filter(kind=KIND, subject_kind="reward", subject_id__in=rewards)
    return {document.context["reference"]: document for document in found}


def _signed(person: Account | None, words: str, at: datetime) -> OpinionFacts:
    return OpinionFacts(name=str(person), words=words, signed_on=civil_date(at))
