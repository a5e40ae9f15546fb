"""举报密封内容销毁证明: that and how the sealed content of a tip was destroyed. It shows nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.documents.contexts.shared import OpinionFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeCertificate:
    """Context of `purge_certificate`.

    `key_digests` are SHA-256 of the wrapped keys that were destroyed: a backup that still holds one shows that
    it does, and nobody learns more. Source: REG 46; TH 18, 22 (form name ours, RECALLED).
    """

    tip_number: str
    received_on: date
    ground: str
    proposal: OpinionFacts
    approval: OpinionFacts
    second_approval: OpinionFacts
    destroyed_on: date
    key_digests: tuple[str, ...]
    message_count: int
    file_count: int
    had_identity: bool
    had_payee: bool
    has_case: bool
    backup_days: int
    marks: tuple[str, ...] = ()
