"""Why a tipster who wanted a reward gets none although the case is decided: one sentence, nothing of other reports."""

from enforcement.models import Payment, PenaltyDecision
from enforcement.selectors import open_amount
from tips.models import Reward, Tip
from tips.rewards.base import reward_bases, settled_by, waits_for_recovery, withdrew_before_decision
from workflows.rules.texts import Text, gettext_noop, text

NO_MONEY = gettext_noop(
    "No reward is granted: no money of the fund is to be recovered because of what you reported."
)
EARLIER = gettext_noop("No reward is granted: what you reported had been reported earlier by somebody else.")


def why_none(tip: Tip) -> Text | None:
    """The reason, once it is certain; none while a reward is there, may still come, or was not wanted.

    Source: 医保办发〔2022〕22号 (VERIFIED-2); that only the first is rewarded: VERIFIED for Beijing, else RECALLED.
    """
    case = tip.case
    if case is None or not tip.wants_reward or Reward.objects.filter(tip=tip).exists():
        return None
    if settled_by(case) is None or withdrew_before_decision(tip, case):
        return None
    decision = PenaltyDecision.objects.filter(case=case).first()
    if decision and waits_for_recovery(decision) and open_amount(decision, Payment.Kind.RECOVERY) > 0:
        return None
    bases = reward_bases(case)
    if bases.get(tip.pk):
        return None
    order = list(bases)
    before = order[: order.index(tip.pk)] if tip.pk in bases else order
    return text(EARLIER if any(bases[other] for other in before) else NO_MONEY)
