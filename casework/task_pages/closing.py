"""Tasks at the end of a case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework import forms
from casework.faces import Check
from casework.rule_sentences import in_words
from casework.rules.closing import GROUNDS, closing_obstacles
from casework.services import close_case
from casework.task_pages.base import task_page
from casework.task_pages.case_page import CaseTaskPage
from workflows.now import now as present


@task_page("write_closing_report")
class WriteClosingReportPage(CaseTaskPage):
    """制作结案报告."""

    form_class = forms.ClosingReportForm
    template_name = "casework/tasks/closing.html"
    verb = _("Hand in the closing report")
    law = "PP 56"

    def form_arguments(self) -> dict[str, Any]:
        """What was written before a send-back."""
        initial = {"ground": self.case.closing_ground, "report": self.case.closing_report}
        return {"initial": {name: value for name, value in initial.items() if value}}

    def context(self) -> dict[str, Any]:
        """What is still open in each ledger."""
        return {**super().context(), "open_amounts": close_case.open_amounts(self.case)}

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Hand it in."""
        close_case.write_closing_report(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("approve_closing")
class ApproveClosingPage(CaseTaskPage):
    """审批结案."""

    form_class = forms.ClosingAnswerForm
    template_name = "casework/tasks/closing.html"
    verb = _("Answer the closing report")
    law = "PP 56"

    def context(self) -> dict[str, Any]:
        """The report with its ground."""
        ground = GROUNDS.get(self.case.closing_ground)
        return {
            **super().context(),
            "ground": in_words(ground) if ground else "",
            "open_amounts": close_case.open_amounts(self.case),
        }

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Conclude or send back."""
        close_case.approve_closing(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("archive_case")
class ArchiveCasePage(CaseTaskPage):
    """案卷归档."""

    form_class = forms.ArchiveForm
    template_name = "casework/tasks/archive.html"
    verb = _("Archive the file and close the case")
    law = "PP 57"

    def context(self) -> dict[str, Any]:
        """The gates that closing asks for."""
        facts = close_case.closing_facts(
            self.case, was_transferred=bool(self.item.data.get("transferred")), now=present()
        )
        obstacles = [Check(in_words(o), state="refused") for o in closing_obstacles(facts)]
        met = Check(str(_("Ground, money, service and reports are in order.")), state="done")
        return {**super().context(), "checks": obstacles or [met]}

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Archive it."""
        close_case.archive_case(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)
