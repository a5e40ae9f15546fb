"""移送函: a tip goes to the authority that may act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralLetter:
    """Context of `referral_letter`.

    `summary` and `reasons` never point at a tipster; the tipster's own words and files are no part of it.
    `came_as` is a code of `words.WORDS["referral"]`. Source: PP 10–12; TH 9–11.
    """

    authority: str
    tip_number: str
    received_on: date
    target: str
    matters: tuple[str, ...]
    summary: str
    reasons: str
    came_as: str
    is_within_system: bool
    contact_telephone: str = ""
    marks: tuple[str, ...] = ()
