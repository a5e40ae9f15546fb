"""What the model of a reexamination may call: the decision that was set aside is made anew by its own process."""

from typing import Any

from tips.coming_back import letterbox
from tips.models import Reexamination, Reward, Tip
from tips.rewards.base import base_of_outcome
from tips.rewards.outcomes import latest_outcome
from tips.runs import begin_handling, begin_reward
from workflows.registry import EffectCall, OperationCall, compute, effect


@compute("tips.reopen_tip")
def reopen_tip(call: OperationCall) -> dict[str, Any]:
    """Handle the tip anew from its registration on; what the first decision said stays with the request.

    Source: TH 6–12; PP 14: the periods begin with the day on which the decision was set aside.
    """
    tip = Tip.objects.select_for_update().get(pk=_asked(call.run.subject_id).tip_id)
    tip.is_accepted = tip.is_supported = tip.is_filed = None
    tip.decided_at = tip.answered_at = tip.archived_at = None
    tip.jurisdiction_note = tip.filing_reasons = ""
    begin_handling(call.act, tip, business_key=tip.register_number, since=call.now)
    tip.save()
    call.act.record("tip_reopened", run=tip.run)
    return {}


@compute("tips.reopen_reward")
def reopen_reward(call: OperationCall) -> dict[str, Any]:
    """Assess the reward anew."""
    reward = Reward.objects.select_for_update().get(tip=_asked(call.run.subject_id).tip_id)
    reward.is_eligible = reward.assessed_at = reward.assessed_by = None
    reward.reasons = ""
    # A review or suit may have changed the base while the reward was closed.
    if outcome := latest_outcome(reward.case):
        reward.base_amount = base_of_outcome(reward, outcome)
    begin_reward(call.act, reward)
    reward.save()
    call.act.record("reward_reopened", run=reward.run)
    return {}


@effect("tips.tell_reexamination")
def tell_reexamination(call: EffectCall) -> None:
    """Let the tipster know that the answer is there; it lies in the thread already."""
    assert call.run is not None, "this effect belongs to a run"
    letterbox.nudge(_asked(call.run.subject_id).tip, key=call.key, now=call.now)


def _asked(pk: int) -> Reexamination:
    return Reexamination.objects.select_related("tip").get(pk=pk)
