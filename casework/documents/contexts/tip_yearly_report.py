"""举报处理年度报告: the figures of a year as a bureau reports them to its superior."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.documents.contexts.shared import OpinionFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFigure:
    """One line of a table, in words."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """One table; its last lines are sums."""

    title: str
    figures: tuple[ReportFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TipYearlyReport:
    """Context of `tip_yearly_report`; numbers that are left out come as words. Source: TH 18, 19."""

    bureau: str
    superior: str
    year: int
    as_of: date
    least: int
    tables: tuple[ReportTable, ...]
    remarks: str
    drafted: OpinionFacts
    approval: OpinionFacts
    marks: tuple[str, ...] = ()
