"""Outcomes of reviews and suits: entered by one officer, confirmed or refused by another, and what they changed."""

from typing import Any

from tips.forms.outcomes import CONFIRM, OutcomeDecisionForm, OutcomeForm
from tips.models import CaseOutcome, RewardRecalculation
from tips.rewards.outcomes import outcomes_of
from tips.scenario.citizen import filled, reward_of
from tips.services.decide_outcome import decide_outcome as decide
from tips.services.enter_outcome import enter_outcome as enter
from workflows.scenarios import Failure, Player, act, compare, expectation


@act("enter_outcome")
def enter_outcome(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Enter what a review or suit decided; the entries are those of the form."""
    form = filled(player, OutcomeForm, entries, needs_key=False)
    actor, key = player.account(who), player.key()
    enter(reward_of(player), form.paper(), actor=actor, key=key, now=player.now)


@act("decide_outcome")
def decide_outcome(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Confirm or refuse the outcome that was entered last: decision, reasons."""
    reward = reward_of(player)
    outcome = outcomes_of(reward.case).last()
    if outcome is None:
        raise Failure("no outcome of a review or suit was entered")
    asks = {"needs_discussion": "held_on" in entries}
    form = filled(player, OutcomeDecisionForm, entries, needs_key=False, **asks)
    given = form.cleaned_data
    decide(
        reward,
        outcome,
        actor=player.account(who),
        is_confirmed=given["decision"] == CONFIRM,
        reasons=given["reasons"],
        minutes=form.minutes(),
        key=player.key(),
        now=player.now,
    )


@expectation("outcomes")
def outcomes(player: Player, wanted: list[dict[str, Any]]) -> None:
    """Every outcome in the order of entry: kind, number, state, and the figures of the reward before and after."""
    reward = reward_of(player)
    found = list(outcomes_of(reward.case))
    if len(found) != len(wanted):
        raise Failure(f"{len(found)} outcomes were entered, expected {len(wanted)}")
    for number, (facts, outcome) in enumerate(zip(wanted, found, strict=True), 1):
        row = reward.recalculations.filter(outcome=outcome).order_by("id").last()
        compare(f"outcome {number}", facts, _facts(outcome) | _figures(row))


def _facts(outcome: CaseOutcome) -> dict[str, Any]:
    decision = getattr(outcome, "decision", None)
    state = "waiting" if decision is None else "confirmed" if decision.is_confirmed else "refused"
    return {
        "kind": outcome.kind,
        "number": outcome.document_number,
        "revoked": outcome.is_revoked,
        "entered_by": outcome.entered_by.username,
        "decided_by": decision.decided_by.username if decision else None,
        "state": state,
    }


def _figures(row: RewardRecalculation | None) -> dict[str, Any]:
    names = (
        "base_before",
        "base_after",
        "approved_before",
        "approved_after",
        "amount",
        "due",
        "overpaid",
        "not_paid",
    )
    return {name: getattr(row, name, None) for name in names}
