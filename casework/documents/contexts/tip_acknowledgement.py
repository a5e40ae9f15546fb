"""举报受理回执: handed to the tipster and kept in no file; it says nothing of what was reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CODE_WIDTH = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class TipAcknowledgement:
    """Context of `tip_acknowledgement`. `code` is the signed statement as one word, printed in lines.

    Source: ours; the law asks for a number and an answer (TH 6–9, 12), not for this form (RECALLED).
    """

    tip_number: str
    received_on: date
    commitment: str
    key: str
    code: str
    marks: tuple[str, ...] = ()

    @property
    def code_lines(self) -> tuple[str, ...]:
        """The check code in lines of equal length."""
        return tuple(self.code[at : at + CODE_WIDTH] for at in range(0, len(self.code), CODE_WIDTH))

    @property
    def commitment_lines(self) -> tuple[str, ...]:
        """The commitment in two lines."""
        return self.commitment[:32], self.commitment[32:]
