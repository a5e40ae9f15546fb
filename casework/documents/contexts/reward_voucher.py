"""奖励资金支付凭证: that a reward was paid, for the accounts. It names neither the payee nor the matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casework.documents.contexts.shared import OpinionFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardVoucher:
    """Context of `reward_voucher`.

    `reference` is the line of the batch under which the bank paid, `bank_voucher` the number of its answer. Who is
    named are the people of finance. Source: 医保办发〔2022〕22号; JS19 pt 8 (form name ours, RECALLED).
    """

    claim_number: str
    reference: str
    amount: Decimal
    is_top_up: bool
    approved_on: date
    paid_on: date
    bank_voucher: str
    made: OpinionFacts
    released: OpinionFacts
    recorded: OpinionFacts
    marks: tuple[str, ...] = ()
