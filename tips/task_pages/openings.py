"""The task page on which a look at an identity is approved or refused."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.faces import Fact
from casework.task_pages import TaskPage, task_page
from tips.forms.openings import DecideOpeningForm
from tips.models import IdentityRequest
from tips.services.decide_opening import decide_opening


@task_page("decide_opening")
class DecideOpeningPage(TaskPage):
    """审批查看身份: the request and its history, nothing of the identity."""

    form_class = DecideOpeningForm
    template_name = "tips/tasks/decide_opening.html"
    verb = gettext_lazy("Decide on the request")
    law = "REG 46; TH 18"

    @cached_property
    def request(self) -> IdentityRequest:
        """What is asked."""
        found = IdentityRequest.objects.select_related("tip", "asked_by")
        return found.get(pk=self.item.run.subject_id)

    def context(self) -> dict[str, Any]:
        """The request, and what was asked about the same tip before."""
        earlier = self.request.tip.identity_requests.exclude(pk=self.request.pk)
        return {
            "asked": self.request,
            "facts": request_facts(self.request),
            "earlier": earlier.select_related("asked_by", "decided_by"),
        }

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Decide."""
        decide_opening(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


def request_facts(request: IdentityRequest) -> list[Fact]:
    """A request in words."""
    return [
        Fact(_("Tip"), request.tip.number),
        Fact(_("Asked by"), str(request.asked_by)),
        Fact(_("Asked at"), request.asked_at.astimezone().strftime("%Y-%m-%d %H:%M")),
        Fact(_("Purpose"), request.get_purpose_display()),
        Fact(_("For how long"), request.get_period_display()),
    ]
