"""Tasks of the investigation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from casework import forms
from casework.selectors import stored_evidence
from casework.services import investigate, record_finding
from casework.task_pages.base import Files, task_page
from casework.task_pages.case_page import CaseTaskPage


@task_page("investigate")
class InvestigatePage(CaseTaskPage):
    """调查取证: findings are added one by one (`act`), the final report ends the work."""

    form_class = forms.FinalReportForm
    template_name = "casework/tasks/investigate.html"
    verb = _("Hand in the final report")
    law = "PP 16–36; APL 54–56"
    _act = "finish"

    def make_form(self, data: Mapping[str, Any] | None, files: Files | None) -> django_forms.Form:
        """The form of the act that was posted; the final report when none is named."""
        self._act = (data or {}).get("act") or "finish"
        match self._act:
            case "record_finding":
                return forms.FindingForm(data, case=self.case)
            case "withdraw_finding":
                return forms.WithdrawFindingForm(data)
            case _:
                return forms.FinalReportForm(data, initial=self._initial())

    def _initial(self) -> dict[str, Any]:
        case = self.case
        return {
            "final_report": case.final_report,
            "public_concern": case.has_public_concern,
            "is_complex": case.is_complex,
        }

    def context(self) -> dict[str, Any]:
        """Findings, evidence and the two further forms; a refused one comes back with its entries."""
        bound = self.bound
        finding_form = bound if isinstance(bound, forms.FindingForm) else forms.FindingForm(case=self.case)
        report_form = (
            bound
            if isinstance(bound, forms.FinalReportForm)
            else forms.FinalReportForm(initial=self._initial())
        )
        return {
            **super().context(),
            "finding_form": finding_form,
            "leads": finding_form.leads,
            "report_form": report_form,
            "evidence": stored_evidence(self.case),
        }

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Record, withdraw or finish."""
        common: dict[str, Any] = {"actor": self.actor, "work_item": self.item, "key": key, "now": now}
        if isinstance(self.bound, forms.FindingForm):
            facts = record_finding.FindingFacts(**self.bound.facts_given())
            record_finding.record_finding(finding=facts, **common)
        elif isinstance(self.bound, forms.WithdrawFindingForm):
            record_finding.withdraw_finding(finding_id=cleaned["finding"], **common)
        else:
            investigate.finish_investigation(**cleaned, **common)


@task_page("approve_investigation")
class ApproveInvestigationPage(CaseTaskPage):
    """审批调查终结."""

    form_class = forms.InvestigationAnswerForm
    template_name = "casework/tasks/approve_investigation.html"
    verb = _("Answer the final report")
    law = "PP 36"

    def context(self) -> dict[str, Any]:
        """What the report rests on."""
        return {**super().context(), "evidence": stored_evidence(self.case)}

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Approve or send back."""
        investigate.approve_investigation(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)
