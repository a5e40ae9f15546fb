"""Where a report stands, in words for the tipster: derived from its run, never from an internal state."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.faces import Happening
from tips.models import Reward, Tip
from workflows.models import Run
from workflows.selectors import live_elements, open_clocks


@dataclass(frozen=True)
class PublicStatus:
    """Word, explanation, tone of a status word, and the next legal date if one is running."""

    word: Any
    explanation: Any
    tone: str = "active"
    next_date: datetime | None = None
    next_label: Any = ""


RECEIVED = (_("Report received"), _("Your report is with the bureau and waits to be registered."))
CHECKED = (
    _("Being checked"),
    _("The bureau may act in this matter. Two officers check the facts before a case is filed."),
)
ANSWERED_SOON = (_("Decided"), _("A decision was made. The answer to you is being written."))
NOT_OURS = (_("Not for us"), _("Another authority is responsible. Read below whom you can turn to."))
IN_CASE = (_("A case was filed"), _("The bureau investigates. You will read here how it ended."))
HANDLED = (_("Handled"), _("The matter has been dealt with. Read the messages below."))
NOT_FILED = (
    _("No case filed"),
    _("The check gave no ground for a case. The reasons are in the messages below."),
)

BY_ELEMENT = {
    "register_tip": RECEIVED,
    "answer_not_accepted": ANSWERED_SOON,
    "review_copy": CHECKED,
    "assign_verifiers": CHECKED,
    "verify_lead": CHECKED,
    "decide_filing": CHECKED,
    "answer_tipster": ANSWERED_SOON,
    "case_decided": IN_CASE,
    "archive_tip": HANDLED,
}
CLOCK_LABELS = {
    "lead_verification": _("We decide whether to file a case by"),
    "tell_tipster_filing_decision": _("We answer you by"),
    "decision": _("The case must be decided by"),
}


def status_of(tip: Tip) -> PublicStatus:
    """The status of a report."""
    words = _words(tip)
    tone = (
        "done" if tip.leading_run.status != Run.Status.RUNNING or words in (HANDLED, NOT_OURS) else "active"
    )
    date, label = _next_date(tip)
    return PublicStatus(*words, tone=tone, next_date=date, next_label=label)


def _words(tip: Tip) -> tuple[Any, Any]:
    live = live_elements(tip.leading_run)
    if live & {"archive_tip"} or tip.leading_run.status != Run.Status.RUNNING:
        if tip.is_accepted is False:
            return NOT_OURS
        return NOT_FILED if tip.is_filed is False else HANDLED
    return next((BY_ELEMENT[element] for element in BY_ELEMENT if element in live), CHECKED)


def _next_date(tip: Tip) -> tuple[datetime | None, Any]:
    runs = [tip.leading_run] + ([tip.case.run] if tip.case and tip.case.run else [])
    for run in runs:
        for clock in open_clocks(run):
            if clock.rule_key in CLOCK_LABELS:
                return clock.due_at, CLOCK_LABELS[clock.rule_key]
    return None, ""


def history_of(tip: Tip) -> list[Happening]:
    """The dates that a tipster may know, oldest first."""
    return list(_happenings(tip))


def _happenings(tip: Tip) -> Iterator[Happening]:
    yield Happening(what=str(_("Report received")), at=tip.received_at)
    if tip.is_accepted is False:
        yield Happening(what=str(_("Not for this bureau")), tone="void", more=tip.jurisdiction_note)
    elif tip.is_accepted:
        yield Happening(what=str(_("Registered; the facts are checked")))
    if tip.decided_at:
        what = _("A case was filed") if tip.is_filed else _("No case was filed")
        yield Happening(what=str(what), at=tip.decided_at)
    if tip.answered_at:
        yield Happening(what=str(_("Answer sent to you")), at=tip.answered_at)
    if tip.withdrawn_at:
        yield Happening(what=str(_("You withdrew the report")), at=tip.withdrawn_at, tone="void")
    if tip.archived_at:
        yield Happening(what=str(_("File closed")), at=tip.archived_at)


@dataclass(frozen=True)
class RewardStatus:
    """A reward as its tipster sees it."""

    reward: Reward
    word: Any
    tone: str
    can_claim: bool
    claim_until: datetime | None


def reward_of(tip: Tip) -> RewardStatus | None:
    """The reward of a tip, if one was opened."""
    reward = Reward.objects.select_related("run").filter(tip=tip).first()
    if reward is None or reward.run is None:
        return None
    clock = open_clocks(reward.run).filter(rule_key="reward_claim").first()
    can_claim = reward.leading_run.subscriptions.filter(message="reward_claimed").exists()
    word, tone = reward_words(reward)
    return RewardStatus(reward, word, tone, can_claim, clock.due_at if clock else None)


def reward_words(reward: Reward) -> tuple[Any, str]:
    """Word and tone of a reward's state, derived from its run."""
    can_claim = reward.leading_run.subscriptions.filter(message="reward_claimed").exists()
    if hasattr(reward, "payout"):
        return _("paid"), "done"
    if reward.lapsed_at:
        return _("not claimed in time"), "void"
    if reward.given_up_at:
        return _("given up"), "void"
    if can_claim:
        return _("approved: please claim it"), "active"
    if reward.leading_run.status != Run.Status.RUNNING:
        return _("not granted"), "refused"
    return (
        (_("claimed: being checked and paid"), "active")
        if reward.claimed_at
        else (_("being assessed"), "open")
    )
