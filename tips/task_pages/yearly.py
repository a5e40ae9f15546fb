"""Task pages of the yearly report on tips."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.faces import Fact
from casework.task_pages import TaskPage, task_page
from tips.forms.yearly import AnswerReportForm, DraftReportForm, SendReportForm
from tips.models import YearlyTipFigures, YearlyTipReport
from tips.services.report_year import answer_report, draft_report, send_report
from tips.yearly.access import Kind, act_of, standing_draft
from tips.yearly.faces import headline, sections
from tips.yearly.figures import yearly_figures
from workflows.now import now as present
from workflows.rules.calendar import civil_date


class YearlyReportPage(TaskPage):
    """A task on the report of a year."""

    template_name = "tips/tasks/yearly_report.html"
    law = "TH 18, 19"

    @cached_property
    def report(self) -> YearlyTipReport:
        """The report."""
        found = YearlyTipReport.objects.select_related("bureau__superior")
        return found.get(pk=self.item.run.subject_id)

    @cached_property
    def draft(self) -> YearlyTipFigures | None:
        """What was drafted and stands."""
        return standing_draft(self.report)

    def figures(self) -> Mapping[str, Any]:
        """What the page shows beside its form."""
        assert self.draft is not None, "a report is drafted before it is approved or sent"
        found: Mapping[str, Any] = self.draft.figures
        return found

    def counted_at(self) -> datetime:
        """The moment for which the figures stand."""
        assert self.draft is not None, "a report is drafted before it is approved or sent"
        return self.draft.as_of

    def context(self) -> dict[str, Any]:
        """The figures, the remarks, and why the last draft was sent back."""
        figures = self.figures()
        return {
            "report": self.report,
            "headline": headline(figures),
            "sections": sections(figures),
            "least": figures["least"],
            "remarks": self.draft.remarks if self.draft else "",
            "back": act_of(self.report, Kind.SENT_BACK),
            "facts": [
                Fact(_("Bureau"), self.report.bureau.name),
                Fact(_("Year"), str(self.report.year)),
                Fact(_("Figures as of"), civil_date(self.counted_at()).isoformat()),
            ],
        }


@task_page("draft_tip_report")
class DraftTipReportPage(YearlyReportPage):
    """起草年度报告: the figures of this moment; they are kept when the draft is handed in."""

    form_class = DraftReportForm
    verb = gettext_lazy("Hand in the draft")

    def figures(self) -> Mapping[str, Any]:
        """Counted now, not what was sent back."""
        return yearly_figures(self.report.bureau, self.report.year, present())

    def form_arguments(self) -> dict[str, Any]:
        """The remarks of the draft that was sent back."""
        return {"initial": {"remarks": self.draft.remarks if self.draft else ""}}

    def counted_at(self) -> datetime:
        """Now."""
        return present()

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Keep figures and remarks."""
        draft_report(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("approve_tip_report")
class ApproveTipReportPage(YearlyReportPage):
    """审批年度报告."""

    form_class = AnswerReportForm
    verb = gettext_lazy("Answer the draft")

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Approve or send back."""
        answer_report(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("send_tip_report")
class SendTipReportPage(YearlyReportPage):
    """上报年度报告."""

    form_class = SendReportForm
    verb = gettext_lazy("Note that it was sent")

    def form_arguments(self) -> dict[str, Any]:
        """The superior bureau, today."""
        superior = self.report.bureau.superior
        return {"initial": {"sent_to": superior.name if superior else "", "sent_on": civil_date(present())}}

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Note it."""
        send_report(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)
