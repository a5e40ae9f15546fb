"""The runs that drive a tip and its reward, with the data that their models name."""

from datetime import datetime

from tips.models import Reward, Tip
from workflows.door.commands import start_run
from workflows.door.transaction import Act


def begin_handling(act: Act, tip: Tip, *, business_key: str, since: datetime) -> None:
    """Set the tip under way from its registration on; the legal periods count from `since`. The caller saves it."""
    tip.run = start_run(
        act,
        "tip_handling",
        subject=("tip", tip.pk),
        business_key=business_key,
        unit_id=tip.bureau_id,
        data={
            "tip_id": tip.pk,
            "is_real_name": tip.is_real_name,
            "wants_reward": tip.wants_reward,
            "received_at": since.isoformat(),
        },
    )


def begin_reward(act: Act, reward: Reward, *, begun_for: str = "assessment") -> None:
    """Set the reward under way from its assessment on, or for money that came back. The caller saves it."""
    reward.run = start_run(
        act,
        "tip_reward",
        subject=("reward", reward.pk),
        business_key=reward.claim_number,
        unit_id=reward.bureau_id,
        data={
            "reward_id": reward.pk,
            "tip_id": reward.tip_id,
            "is_real_name": reward.tip.is_real_name,
            "begun_for": begun_for,
        },
    )
