"""A tip whose case has been decided and paid in full, so that its reward can be opened."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction

from casework.models import Account, Case, Finding, LedgerAccount
from casework.services.book_entry import book_entry
from enforcement.models import Payment, PenaltyDecision
from tests.factories.tips import RECEIVED, a_real_name_filing, a_tip
from tests.tips.budgeting import fund
from tests.tips.working import FILED, do, to_decision
from tips.models import Reward, Tip
from tips.operations.handling import open_reward
from tips.rules.eligibility import GOOD_ANSWERS
from tips.services.claim_reward import claim_reward
from tips.services.file_tip import FiledTip, Filing
from tips.words import Payee
from workflows.door.commands import matter_of
from workflows.registry import OperationCall

DECIDED = RECEIVED + timedelta(days=60)
MET = dict(GOOD_ANSWERS)
ELIGIBLE = {**MET, "eligible": "eligible"}
PAYEE = {
    "name": "周收款",
    "identity_number": "11010519491231002X",
    "bank": "云河银行滨江支行",
    "account": "6222000211112222333",
}


def a_paid_case(
    people: Mapping[str, Account], filing: Filing | None = None, losses: Mapping[str, bool] | None = None
) -> FiledTip:
    """A filed tip with findings (yuan → reported by the tip), decided, everything recovered."""
    filed = a_found_case(people, filing, losses)
    with transaction.atomic():
        decide(filed.tip, people)
        recover(filed.tip, people)
    return filed


def a_found_case(
    people: Mapping[str, Account], filing: Filing | None = None, losses: Mapping[str, bool] | None = None
) -> FiledTip:
    """A filed tip with findings (yuan → reported by the tip), not decided."""
    filed = a_tip(filing or a_real_name_filing())
    fund(people, filed.tip.bureau)
    tip = filed.tip
    to_decision(people, tip)
    do(people["leader"], tip.run, "decide_filing", FILED)
    tip.refresh_from_db()
    for loss, from_tip in ({"350000.00": True} if losses is None else losses).items():
        _find(tip, Decimal(loss), from_tip, people["handler"])
    return filed


def _find(tip: Tip, loss: Decimal, from_tip: bool, by: Account) -> None:
    case = tip.case
    assert case is not None
    Finding.objects.create(
        case=case,
        party=case.parties.get(),
        conduct="虚记理疗费用",
        facts="出院后仍记费",
        article="38",
        loss_amount=loss,
        occurred_from=date(2024, 1, 1),
        occurred_until=date(2024, 12, 31),
        lead=tip.pk if from_tip else None,
        recorded_by=by,
        recorded_at=RECEIVED,
    )


def _loss(case: Case) -> Decimal:
    return sum((finding.loss_amount for finding in case.findings.all()), Decimal(0))


def decide(tip: Tip, people: Mapping[str, Account]) -> PenaltyDecision:
    """A penalty was decided; everything that was found is to be recovered."""
    case = tip.case
    assert case is not None
    total = _loss(case)
    return PenaltyDecision.objects.create(
        case=case,
        kind="penalty",
        recovery_amount=total,
        fine_amount=total,
        reasons="x",
        decided_by=people["leader"],
        decided_at=DECIDED,
    )


def recover(tip: Tip, people: Mapping[str, Account], amount: Decimal | None = None) -> None:
    """Fund money came back: all that was found, or a part."""
    case = tip.case
    assert case is not None
    total = _loss(case) if amount is None else amount
    entry = book_entry(
        bureau=case.bureau,
        ledger=LedgerAccount.Ledger.FUND,
        key=f"payment:{uuid4()}",
        subject=("case", case.pk),
        text="x",
        lines={"bank": total, "receivable": -total},
        value_date=date(2025, 5, 1),
        booked_by=people["finance"],
        now=DECIDED,
    )
    facts = {"recorded_by": people["finance"], "recorded_at": DECIDED, "entry": entry}
    Payment.objects.create(
        decision=PenaltyDecision.objects.get(case=case),
        kind="recovery",
        amount=total,
        paid_on=date(2025, 5, 1),
        voucher=uuid4().hex,
        **facts,
    )


def opened(tip: Tip) -> Reward | None:
    """The reward after the case's model has asked for it."""
    tip.refresh_from_db()
    assert tip.case is not None
    with matter_of(tip.case.run, actor=None, key=str(uuid4()), now=DECIDED, agent="test") as act:
        open_reward(OperationCall(act, tip.case.run, "open_reward", {}, DECIDED))
    return Reward.objects.filter(tip=tip).first()


def work(people: Mapping[str, Account], reward: Reward, who: str, what: str, data: Mapping[str, Any]) -> None:
    """One step of the reward."""
    do(people[who], reward.run, what, data, DECIDED)


def to_notice(people: Mapping[str, Account], reward: Reward) -> None:
    """Assessed, approved twice, notified."""
    work(people, reward, "reward_officer", "assess_reward", ELIGIBLE)
    work(people, reward, "leader", "approve_reward", {"approval": "approved"})
    work(people, reward, "chief", "approve_reward_again", {"approval": "approved"})


def to_confirmed(people: Mapping[str, Account], reward: Reward) -> None:
    """Claimed by the tipster, whose identity was confirmed."""
    claim_reward(reward, Payee(**PAYEE), key=str(uuid4()), now=DECIDED)
    work(people, reward, "identity_officer", "confirm_identity", {"identity": "confirmed"})


def to_bank(people: Mapping[str, Account], reward: Reward) -> None:
    """Drawn up by one, released by another."""
    work(people, reward, "finance", "order_payment", {})
    work(people, reward, "finance_b", "release_payment", {"release": "released"})


PAID = {"payment": "paid", "paid_on": "2025-05-10", "voucher": "V1"}
RETURNED = {"payment": "returned", "paid_on": "2025-05-10", "voucher": "R1", "return_ground": "name"}
