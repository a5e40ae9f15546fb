"""Say whether two tips are about the same matter."""

from datetime import datetime

from casework.models import Account
from tips.errors import NotAlike
from tips.models import LikenessJudgement, Tip
from tips.register.alike import alike
from workflows.door.commands import matter_of


def judge_likeness(
    tip: Tip, other_id: int, *, is_same: bool, reasons: str, actor: Account, key: str, now: datetime
) -> LikenessJudgement:
    """Keep a person's word on a suggested pair; it joins nothing by itself: that is the leader's decision.

    Raises: NotAlike when the other tip is none of the suggested ones; Repeated.
    """
    found = next((one for one in alike(tip) if one.tip.pk == other_id), None)
    if found is None:
        raise NotAlike
    first, second = sorted((tip.pk, other_id))
    with matter_of(tip.leading_run, actor=actor, key=f"likeness:{key}", now=now) as act:
        made = LikenessJudgement.objects.create(
            tip_id=first,
            other_id=second,
            is_same=is_same,
            reasons=reasons,
            score=found.likeness.score,
            judged_by=actor,
            judged_at=now,
        )
        act.record(
            "likeness_judged", run=tip.run, other=found.tip.register_number, same=is_same, reasons=reasons
        )
    return made
