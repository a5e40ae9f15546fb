"""The task page on which a decision is looked at again: the decision, the tipster's words, the whole thread."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.faces import Fact
from casework.task_pages import task_page
from tips.forms.reexamination import ExamineDecisionForm
from tips.models import Reexamination, Tip
from tips.services.reexamine import decided_run, examine_decision
from tips.task_pages.tips import SealedTipTaskPage
from workflows.models import Run
from workflows.rules.calendar import civil_date


@task_page("examine_decision")
class ExamineDecisionPage(SealedTipTaskPage):
    """复核原决定."""

    form_class = ExamineDecisionForm
    template_name = "tips/tasks/examine_decision.html"
    verb = gettext_lazy("Hand in the answer")
    law = "TH 12; PP 5"

    @cached_property
    def asked(self) -> Reexamination:
        """What the tipster asks for."""
        found = Reexamination.objects.select_related("tip", "decided_by")
        return found.get(pk=self.item.run.subject_id)

    @cached_property
    def tip(self) -> Tip:
        """The tip of the request."""
        found = Tip.objects.select_related("bureau", "institution", "run", "case", "keys")
        return found.get(pk=self.asked.tip_id)

    def context(self) -> dict[str, Any]:
        """The decision beside the sealed part."""
        asked = self.asked
        return super().context() | {
            "asked": asked,
            "is_still_open": decided_run(asked).status != Run.Status.ENDED,
            "decision": [
                Fact(_("Decision"), str(asked.get_about_display())),
                Fact(_("Decided on"), civil_date(asked.decided_at).isoformat()),
                Fact(_("Decided by"), str(asked.decided_by) if asked.decided_by else ""),
                Fact(_("Reasons"), asked.decision_reasons),
                Fact(_("Asked on"), civil_date(asked.asked_at).isoformat()),
            ],
        }

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Answer."""
        examine_decision(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)
