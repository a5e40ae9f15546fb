"""Compute rewards again after a confirmed outcome, and once more before every payment: nothing is paid twice."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from casework.rule_sentences import in_words
from casework.rules.money import ZERO, Money
from casework.selectors import balances
from tips import messages
from tips.errors import AmountChecked, NothingDue, PaymentUnderWay, RiseShort
from tips.models import CaseOutcome, PaymentLine, Reward, RewardRecalculation
from tips.outcomes import latest_outcome, waiting_outcome
from tips.reward_quotes import quote_for
from tips.rules.budget import Move, Pot, Short
from tips.rules.recalculation import (
    HELD,
    AlreadyOrdered,
    Recalculation,
    Standing,
    pays_rises,
    recalculate,
)
from tips.services.book_budget import LEDGER, free_in
from tips.services.reserve_reward import book
from workflows import sentences
from workflows.door.commands import cancel_run
from workflows.door.transaction import Act
from workflows.errors import Suspended
from workflows.models import Run
from workflows.rules.calendar import civil_date
from workflows.rules.texts import Text, gettext_noop, text

OPEN = (Run.Status.RUNNING, Run.Status.SUSPENDED)
REVOKED = gettext_noop("The decision was revoked: no reward.")
CHANGED = gettext_noop("The amount of your reward was computed again; it now comes to ¥%(amount)s.")
NOTHING = gettext_noop("The amount of your reward was computed again; nothing is to be paid any more.")


def recalculate_rewards(act: Act, outcome: CaseOutcome) -> None:
    """Compute every reward of the case anew, within the act that holds the family's lock.

    Raises: PaymentUnderWay, RiseShort, Suspended; then none is changed.
    """
    locked = Reward.objects.select_for_update(of=("self",)).select_related(
        "tip__keys", "case", "bureau", "run"
    )
    for reward in locked.filter(case=outcome.case).order_by("pk"):
        _recalculate(act, reward, outcome)


def due_before_payment(act: Act, reward: Reward) -> Decimal:
    """What may be ordered now; an outcome that was confirmed and not yet applied is applied first.

    Raises: AmountChecked while an outcome waits, NothingDue.
    """
    refuse_while_checked(reward)
    outcome = latest_outcome(reward.case, since=reward.assessed_at)
    if outcome and not reward.recalculations.filter(outcome=outcome).exists():
        _recalculate(act, reward, outcome)
    due = recalculate(standing_of(reward), _newest(reward), rises_are_paid=_rises(reward, act.now)).due
    if not due:
        raise NothingDue
    return due.amount


def refuse_while_checked(reward: Reward) -> None:
    """Nothing is ordered or released while an outcome waits. Raises: AmountChecked."""
    if waiting_outcome(reward.case):
        raise AmountChecked


def standing_of(reward: Reward) -> Standing:
    """The reward so far, as the ledger has it; what was drawn up for the bank counts as ordered."""
    found = balances(("reward", reward.pk))
    held = {pot: Money(found.get((LEDGER, pot.value), ZERO.amount)) for pot in (*HELD, Pot.ORDERED)}
    drawn = reward.payment_lines.filter(state=PaymentLine.State.ORDERED).values_list("amount", flat=True)
    held[Pot.ORDERED] += Money(sum(drawn, Decimal("0.00")))
    paid = Money(found.get((LEDGER, Pot.PAID.value), ZERO.amount))
    return Standing(Money(reward.assessed_amount), paid, held)


def _newest(reward: Reward) -> Money:
    last = reward.recalculations.exclude(amount=None).order_by("-id").first()
    since = reward.assessed_at
    if last is None or last.amount is None or (since is not None and last.made_at < since):
        return Money(reward.assessed_amount)
    return Money(last.amount)


def _rises(reward: Reward, now: datetime) -> bool:
    return pays_rises(on=civil_date(now), region=reward.bureau.parameters_region)


def _recalculate(act: Act, reward: Reward, outcome: CaseOutcome) -> None:
    if reward.budget_id is not None:
        _set_against(act, reward, outcome)
    elif reward.leading_run.status in OPEN:
        row = _row(act, reward, outcome)
        reward.base_amount = outcome.base_amount
        reward.save(update_fields=["base_amount"])
        _note(act, reward, row)


def _set_against(act: Act, reward: Reward, outcome: CaseOutcome) -> None:
    """Set an approved reward against the outcome and let its money follow, to the fen."""
    amount, lines, working = _computed(reward, outcome)
    before = standing_of(reward)
    try:
        found = recalculate(before, amount, rises_are_paid=_rises(reward, act.now))
    except AlreadyOrdered as refused:
        raise PaymentUnderWay(reasons=in_words(refused.text)) from refused
    row = _row(act, reward, outcome)
    row.approved_before, row.approved_after = before.approved.amount, found.approved.amount
    row.amount, row.paid, row.due = amount.amount, before.paid.amount, found.due.amount
    row.overpaid, row.not_paid, row.working = found.overpaid.amount, found.not_paid.amount, lines
    _move(act, reward, found)
    if found.approved != before.approved or not before.paid:
        reward.base_amount, reward.amount = outcome.base_amount, found.approved.amount
        reward.working |= working
    if not (before.paid or found.due):
        _end(act, reward)
    reward.save(update_fields=["base_amount", "amount", "working", "budget"])
    _note(act, reward, row)
    if found.moves and reward.notified_at:
        _tell(act, reward, row, found)


def _computed(reward: Reward, outcome: CaseOutcome) -> tuple[Money, list[Any], dict[str, Any]]:
    """The amount by the scheme, its working for the row, and what the sheet shows from now on."""
    if outcome.is_revoked:
        lines = [sentences.to_json(text(REVOKED))]
        return ZERO, lines, {"lines": lines}
    quoted = quote_for(reward, level=reward.level, insider=reward.is_insider, base=outcome.base_amount)
    lines = [sentences.to_json(line) for line in (*quoted.working, *quoted.notes)]
    return quoted.amount, lines, {"lines": lines, "source": quoted.source}


def _move(act: Act, reward: Reward, found: Recalculation) -> None:
    for move, amount in found.moves:
        try:
            book(reward, move, actor=act.actor, now=act.now, amount=amount.amount)
        except Short as short:
            if move is not Move.RESERVE:
                raise
            year = civil_date(act.now).year
            raise RiseShort(
                year=year, free=free_in(reward.bureau, year).symbol(), amount=found.approved.symbol()
            ) from short


def _end(act: Act, reward: Reward) -> None:
    """Nothing is left to be paid: the run ends where it stands."""
    reward.budget = None
    run = Run.objects.select_for_update(of=("self",)).get(pk=reward.leading_run.pk)
    if run.status == Run.Status.SUSPENDED:
        raise Suspended
    if run.status == Run.Status.RUNNING:
        cancel_run(act, run)


def _row(act: Act, reward: Reward, outcome: CaseOutcome) -> RewardRecalculation:
    return RewardRecalculation(
        outcome=outcome,
        reward=reward,
        base_before=reward.base_amount,
        base_after=outcome.base_amount,
        made_by=act.actor,
        made_at=act.now,
    )


def _note(act: Act, reward: Reward, row: RewardRecalculation) -> None:
    row.save()
    due = None if row.due is None else Money(row.due).fen
    act.record("reward_recalculated", run=reward.leading_run, outcome=row.outcome_id, due_fen=due)


def _tell(act: Act, reward: Reward, row: RewardRecalculation, found: Recalculation) -> None:
    """One sentence in the thread, which says nothing of the case; a tip whose keys are gone gets none."""
    if reward.tip.keys.destroyed_at is not None:
        return
    words: Text = text(CHANGED, amount=f"{found.due.amount:,.2f}") if found.due else text(NOTHING)
    key = f"recalculated:{row.pk}"
    messages.post_sentence(reward.tip, words, key=key, now=act.now)
    act.send("tips.nudge", key=key, payload={"tip": reward.tip_id}, run=reward.tip.run)
