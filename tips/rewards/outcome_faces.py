"""Outcomes of reviews and suits as officers read them, with the figures of one reward before and after."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from casework.models import Account
from tips.models import CaseOutcome, Reward, RewardRecalculation
from tips.rewards.outcomes import may_confirm, outcomes_of
from workflows import sentences


@dataclass(frozen=True)
class OutcomeFace:
    """One outcome with what was said of it and what it did to the reward."""

    outcome: CaseOutcome
    tone: str
    word: str
    reasons: str
    said_by: Account | None
    said_at: datetime | None
    figures: RewardRecalculation | None
    working: list[str]
    can_decide: bool


def outcome_faces(reward: Reward, account: Account, now: datetime) -> list[OutcomeFace]:
    """Every outcome of the reward's case in the order of entry."""
    figures = {one.outcome_id: one for one in reward.recalculations.order_by("id")}
    confirms = may_confirm(account, reward, now)
    return [
        _face(one, figures.get(one.pk), confirms and one.entered_by_id != account.pk)
        for one in outcomes_of(reward.case)
    ]


def _face(outcome: CaseOutcome, figures: RewardRecalculation | None, may_decide: bool) -> OutcomeFace:
    decision = getattr(outcome, "decision", None)
    if decision is None:
        tone, word = "open", _("waits to be confirmed")
    elif decision.is_confirmed:
        tone, word = "done", _("confirmed")
    else:
        tone, word = "refused", _("sent back")
    return OutcomeFace(
        outcome=outcome,
        tone=tone,
        word=word,
        reasons=decision.reasons if decision else "",
        said_by=decision.decided_by if decision else None,
        said_at=decision.decided_at if decision else None,
        figures=figures,
        working=[sentences.shown(line) for line in figures.working] if figures else [],
        can_decide=decision is None and may_decide,
    )
