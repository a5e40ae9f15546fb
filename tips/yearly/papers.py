"""The yearly report on paper and as a workbook. Papers are in Chinese, whatever language their reader has chosen."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from casework.documents import render
from casework.documents.contexts import OpinionFacts, ReportFigure, ReportTable, TipYearlyReport
from tips import tables
from tips.models import YearlyTipFigures
from tips.yearly.faces import Line, sections
from workflows.rules.calendar import civil_date


def paper_context(draft: YearlyTipFigures, approval: OpinionFacts | None = None) -> TipYearlyReport:
    """The facts of the paper."""
    report = draft.report
    with translation.override("zh-hans"):
        found = sections(draft.figures)
    return TipYearlyReport(
        bureau=report.bureau.name,
        superior=report.bureau.superior.name if report.bureau.superior else "",
        year=report.year,
        as_of=civil_date(draft.as_of),
        least=draft.figures["least"],
        tables=tuple(
            ReportTable(title=one.title, figures=tuple(_figure(line) for line in one.lines)) for one in found
        ),
        remarks=draft.remarks,
        drafted=OpinionFacts(name=str(draft.drafted_by), words="", signed_on=civil_date(draft.as_of)),
        approval=approval or OpinionFacts(),
    )


def draft_paper(draft: YearlyTipFigures, *, on: date) -> bytes:
    """The PDF of what nobody has approved yet; it has no number and says that it is a draft."""
    name = draft.report.bureau.name
    context = paper_context(draft)
    return render("tip_yearly_report", context, number="", issued_on=on, bureau_name=name, draft=True).pdf


def workbook(figures: Mapping[str, Any]) -> bytes:
    """One sheet: table, kind, figure."""
    rows = [[one.title, line.label, line.value] for one in sections(figures) for line in one.lines]
    return tables.as_xlsx([_("Table"), _("Kind"), _("Figure")], rows)


def _figure(line: Line) -> ReportFigure:
    return ReportFigure(label=line.label, value=line.value)
