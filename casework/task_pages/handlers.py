"""The task of appointing case handlers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework import forms
from casework.models import Officer
from casework.services.appoint_handlers import appoint_handlers
from casework.task_pages.base import task_page
from casework.task_pages.case_page import CaseTaskPage
from workflows.models import LaneMember


@task_page("appoint_handlers")
class AppointHandlersPage(CaseTaskPage):
    """指定办案人员."""

    form_class = forms.AppointHandlersForm
    verb = _("Appoint the case handlers")
    law = "PP 5, 16; APL 42–43"

    def form_arguments(self) -> dict[str, Any]:
        """Officers of the lane of case handlers in this bureau, lent ones too."""
        members = LaneMember.objects.filter(lane="case_handler", unit_id=self.item.unit_id, ends_at=None)
        accounts = members.values("account_id")
        officers = Officer.objects.filter(account_id__in=accounts, account__is_active=True)
        return {"officers": officers.select_related("account").order_by("certificate_number")}

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Appoint them."""
        appoint_handlers(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)
