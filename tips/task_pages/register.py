"""Task pages of registering a tip and of settling who acts."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.faces import Fact
from casework.task_pages import task_page
from tips.forms import register as register_forms
from tips.models import RegisterEntry
from tips.selectors import institutions_like
from tips.services.name_jurisdiction import name_jurisdiction
from tips.services.register_tip import register_tip
from tips.services.settle_dispute import settle_dispute
from tips.task_pages.tips import SealedTipTaskPage, TipTaskPage


@task_page("register_tip")
class RegisterTipPage(SealedTipTaskPage):
    """登记并核对管辖."""

    form_class = register_forms.RegisterForm
    template_name = "tips/tasks/register.html"
    verb = gettext_lazy("Register the tip")
    law = "TH 6–11, 25; PP 9–12"
    bound: register_forms.RegisterForm

    @cached_property
    def entry(self) -> RegisterEntry:
        """The row of the bureau that has the tip."""
        return entry_of(self)

    def form_arguments(self) -> dict[str, Any]:
        """What the tipster chose is the starting point; how the tip came says which answers are open."""
        code = self.tip.institution.code if self.tip.institution else ""
        matters = self.opened.words.conducts if self.opened and not self.tip.matters else self.tip.matters
        initial = {
            "target_kind": self.tip.target_kind,
            "institution_code": code,
            "matters": list(matters),
        }
        return {"entry": self.entry, "initial": initial}

    def context(self) -> dict[str, Any]:
        """Institutions whose name fits what the tipster wrote, and how the tip came here."""
        name = self.opened.words.target_name if self.opened else ""
        return super().context() | {
            "institutions": institutions_like(name),
            "way": way_facts(self.entry) if self.entry.came_from else [],
        }

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Register."""
        register_tip(
            actor=self.actor, work_item=self.item, registration=self.bound.registration(), key=key, now=now
        )


class DisputePage(TipTaskPage):
    """A task on a dispute over jurisdiction: both sides' reasons, nothing sealed."""

    template_name = "tips/tasks/dispute.html"
    law = "PP 10; TH 10"

    def context(self) -> dict[str, Any]:
        """How the tip came here and why this bureau disputes it."""
        return super().context() | {"way": way_facts(entry_of(self))}


@task_page("settle_dispute")
class SettleDisputePage(DisputePage):
    """协商管辖争议."""

    form_class = register_forms.SettleDisputeForm
    verb = gettext_lazy("Keep the result")

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Settle."""
        settle_dispute(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("name_jurisdiction")
class NameJurisdictionPage(DisputePage):
    """指定管辖."""

    form_class = register_forms.NameJurisdictionForm
    verb = gettext_lazy("Name this bureau")

    def form_arguments(self) -> dict[str, Any]:
        """Bureaus of the superior's area."""
        return {"unit_id": self.item.unit_id, "initial": {"bureau": self.tip.bureau_id}}

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Name."""
        name_jurisdiction(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


def entry_of(page: TipTaskPage) -> RegisterEntry:
    """The open row of a task's tip."""
    found = RegisterEntry.objects.select_related("bureau", "came_from__bureau")
    return found.get(tip=page.tip, left_at=None)


def way_facts(entry: RegisterEntry) -> list[Fact]:
    """How a tip came to a bureau and what is said for and against, in the order of time."""
    sender = entry.came_from
    rows = [
        (_("Came from"), sender.bureau.name if sender else ""),
        (_("How"), entry.get_came_as_display()),
        (_("Number there"), sender.number if sender else ""),
        (_("Their reasons"), (sender.named_reasons or sender.reasons) if sender else ""),
        (_("Summary for the other authority"), sender.summary if sender else ""),
        (_("Why this bureau disputes it"), entry.dispute_reasons),
        (_("What the talks came to"), entry.reasons if entry.disputed_at else ""),
    ]
    return [Fact(label, value) for label, value in rows if value]
