"""Tasks of the report to the province."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework import forms
from casework.models import ProvinceReport
from casework.services import report_to_province
from casework.services.draft_report_words import draft_words
from casework.task_pages.base import task_page
from casework.task_pages.case_page import CaseTaskPage


class ReportPage(CaseTaskPage):
    """A task on a report to the province."""

    template_name = "casework/tasks/report.html"
    law = "JS19 pt 9"

    @cached_property
    def report(self) -> ProvinceReport:
        """The report of the event that the run names."""
        return report_to_province.report_of(self.item)

    def context(self) -> dict[str, Any]:
        """The report; the superior bureau sees no more of the case than this."""
        return {"report": self.report}


@task_page("draft_report")
class DraftReportPage(ReportPage):
    """起草案情报告."""

    form_class = forms.ReportDraftForm
    verb = _("Hand in the draft")

    def form_arguments(self) -> dict[str, Any]:
        """Words from the case, or the draft that was sent back: nothing is typed twice."""
        return {"initial": draft_words(self.report)}

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Keep the draft and hand it to the leader."""
        report_to_province.draft_report(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("send_report")
class SendReportPage(ReportPage):
    """审批案情报告."""

    form_class = forms.ReportAnswerForm
    verb = _("Answer the draft")

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Send or return."""
        report_to_province.send_report(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("acknowledge_report")
class AcknowledgeReportPage(ReportPage):
    """签收案情报告."""

    form_class = forms.AcknowledgeForm
    verb = _("Confirm the receipt")

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Confirm it."""
        report_to_province.acknowledge_report(actor=self.actor, work_item=self.item, key=key, now=now)
