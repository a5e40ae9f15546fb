"""The tips of a case as leads to which a finding is credited, never with a word about a tipster."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.leads import Lead, LeadRow
from casework.models import Account, Case
from tips.permissions import TipPermission, may_tip
from tips.selectors import tips_of_case


def leads(case: Case) -> list[Lead]:
    """One lead a tip, in order of receipt, by its register number and its day."""
    return [
        Lead(
            tip.pk,
            _("%(place)s. Tip %(number)s, received %(day)s")
            % {
                "place": place,
                "number": tip.register_number,
                "day": f"{tip.received_at.astimezone():%Y-%m-%d %H:%M}",
            },
            tip.new_facts,
        )
        for place, tip in enumerate(tips_of_case(case), 1)
    ]


def rows(case: Case, viewer: Account, now: datetime) -> list[LeadRow]:
    """One row a tip for the page of the case; only who may open the tip has the way there."""
    return [
        LeadRow(
            number=tip.register_number,
            received_at=tip.received_at,
            channel=tip.get_channel_display(),
            name=_("real-name") if tip.is_real_name else _("anonymous"),
            place=_("joined later") if place else _("first tip"),
            url=reverse("tips:tip", args=[tip.pk]) if may_tip(viewer, tip, TipPermission.VIEW, now) else "",
        )
        for place, tip in enumerate(tips_of_case(case))
    ]
