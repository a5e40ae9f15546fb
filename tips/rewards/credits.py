"""The tips of a case as leads to which a finding is credited, never with a word about a tipster."""

from django.utils.translation import gettext as _

from casework.leads import Lead
from casework.models import Case
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
