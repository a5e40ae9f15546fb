"""The task page on which a purge is approved or refused, by two people one after the other."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.faces import Fact
from casework.task_pages import TaskPage, task_page
from tips.forms.purging import ApprovePurgeForm
from tips.models import Tip, TipPurge
from tips.purging.keeping import last_day_of_keeping
from tips.purging.obstacles import obstacles_of
from tips.services.approve_purge import approve_purge
from workflows.now import now as present


@task_page("approve_purge")
class ApprovePurgePage(TaskPage):
    """审批销毁: what would be destroyed, what stands in the way, who answered before."""

    form_class = ApprovePurgeForm
    template_name = "tips/tasks/approve_purge.html"
    verb = gettext_lazy("Decide on the purge")
    law = "REG 46; TH 18, 22"

    @cached_property
    def purge(self) -> TipPurge:
        """What is proposed."""
        found = TipPurge.objects.select_related(
            "tip__bureau", "tip__run", "tip__keys", "proposed_by", "withdrawn_by"
        )
        return found.get(pk=self.item.run.subject_id)

    def context(self) -> dict[str, Any]:
        """The proposal beside the form."""
        purge = self.purge
        return {
            "purge": purge,
            "facts": [*kept_facts(purge.tip), *purge_facts(purge)],
            "obstacles": obstacles_of(purge.tip, purge.ground, present()),
            "approvals": purge.approvals.select_related("approved_by"),
        }

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Answer."""
        approve_purge(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


def kept_facts(tip: Tip) -> list[Fact]:
    """How long a tip must be kept: nothing of its content."""
    last = last_day_of_keeping(tip)
    return [
        Fact(_("Register number"), tip.number),
        Fact(_("Received at"), tip.received_at.astimezone().strftime("%Y-%m-%d")),
        Fact(
            _("Archived"), tip.archived_at.astimezone().strftime("%Y-%m-%d") if tip.archived_at else _("no")
        ),
        Fact(_("Must be kept until"), last.isoformat() if last else "—"),
        Fact(_("Case"), _("yes") if tip.case_id else _("none")),
    ]


def purge_facts(purge: TipPurge) -> list[Fact]:
    """A proposal in words."""
    return [
        Fact(_("Proposed by"), str(purge.proposed_by)),
        Fact(_("Proposed at"), purge.proposed_at.astimezone().strftime("%Y-%m-%d %H:%M")),
        Fact(_("Ground"), purge.get_ground_display()),
    ]
