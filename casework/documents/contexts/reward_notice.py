"""举报奖励领取通知书: that a reward waits to be claimed, how, and until when. It names neither person nor matter."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardNotice:
    """Context of `reward_notice`.

    `period` is the length of the claim period in words, counted from the receipt; the name of the addressee is
    written by hand, so that nobody finds it in the system. Source: 医保办发〔2022〕22号 (form RECALLED).
    """

    claim_number: str
    amount: Decimal
    period: str
    address: str
    telephone: str
    is_joint: bool = False
    marks: tuple[str, ...] = ()
