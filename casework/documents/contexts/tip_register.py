"""举报台账: a print of the register's rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One row, in words."""

    number: str
    received: str
    channel: str
    about: str
    jurisdiction: str
    due: str
    decision: str
    answered: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TipRegister:
    """Context of `tip_register`; nothing sealed is part of a row. Source: TH 6–8, 22; JS19 pt 7."""

    bureau: str
    printed_on: date
    lines: tuple[RegisterLine, ...]
    marks: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many rows."""
        return len(self.lines)
