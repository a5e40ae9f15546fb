"""Compute rewards again after a confirmed outcome, and once more before every payment: nothing is paid twice."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from casework.models import Account
from casework.rule_sentences import in_words
from casework.rules.money import ZERO, Money
from tips.coming_back import messages
from tips.errors import AmountChecked, NothingDue, PaymentUnderWay, RiseShort
from tips.models import CaseOutcome, Reward, RewardRecalculation
from tips.rewards.base import base_of_outcome
from tips.rewards.outcomes import latest_outcome, waiting_outcome
from tips.rewards.quotes import quote_for
from tips.rewards.rounds import begin_round, end_round
from tips.rewards.standing import ended_by_outcome, has_money, is_assessed_anew, is_forfeited, standing_of
from tips.rules.budget import Move, Short
from tips.rules.recalculation import (
    AlreadyOrdered,
    Recalculation,
    pays_rises,
    recalculate,
)
from tips.services.book_budget import free_in
from tips.services.reserve_reward import book
from workflows import sentences
from workflows.door.commands import cancel_run
from workflows.door.transaction import Act
from workflows.errors import Suspended
from workflows.models import Run
from workflows.rules.calendar import civil_date
from workflows.rules.texts import Text, gettext_noop, text

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
    due = recalculate(standing_of(reward), _newest(reward), rises_are_paid=_pays_rises(reward, act.now)).due
    if not due:
        raise NothingDue
    return due.amount


def settle_return(act: Act, reward: Reward) -> Money:
    """Give back what is not due any more of money that came back; returns what is still to be paid of it."""
    rule = recalculate(standing_of(reward), _newest(reward), rises_are_paid=False)
    _move(act, reward, rule)
    return rule.due


def refuse_while_checked(reward: Reward) -> None:
    """Nothing is ordered or released while an outcome waits. Raises: AmountChecked."""
    if waiting_outcome(reward.case):
        raise AmountChecked


def foreseen(
    reward: Reward, outcome: CaseOutcome, *, actor: Account, now: datetime
) -> RewardRecalculation | None:
    """What a confirmation would make of a reward, without doing it; nothing where it would leave it alone.

    Raises: PaymentUnderWay.
    """
    if is_assessed_anew(reward):
        return _row(reward, outcome, actor, now)
    if not (has_money(reward) or ended_by_outcome(reward)):
        return None
    return _set_against(reward, outcome, actor, now).row


def _newest(reward: Reward) -> Money:
    last = reward.recalculations.exclude(amount=None).order_by("-id").first()
    since = reward.assessed_at
    if last is None or last.amount is None or (since is not None and last.made_at < since):
        return Money(reward.assessed_amount)
    return Money(last.amount)


def _pays_rises(reward: Reward, now: datetime) -> bool:
    return pays_rises(on=civil_date(now), region=reward.bureau.parameters_region)


def _recalculate(act: Act, reward: Reward, outcome: CaseOutcome) -> None:
    if is_assessed_anew(reward):
        row = _row(reward, outcome, act.actor, act.now)
        reward.base_amount = row.base_after
        if reward.round > 1 and not _more_than_paid(reward, outcome):
            _end(act, reward)
            end_round(reward)
        reward.save()
        _note(act, reward, row)
    elif has_money(reward) or ended_by_outcome(reward):
        _apply(act, reward, _set_against(reward, outcome, act.actor, act.now))


@dataclass(frozen=True)
class _Found:
    """An approved reward set against an outcome: the row to keep, the money to move, what the sheet shows then.

    With `is_topped_up` what is due gets a round of its own, which reserves it when it is approved.
    """

    row: RewardRecalculation
    rule: Recalculation
    sheet: dict[str, Any]
    is_topped_up: bool


def _set_against(reward: Reward, outcome: CaseOutcome, actor: Account, now: datetime) -> _Found:
    amount, sheet = _computed(reward, outcome)
    before = standing_of(reward)
    # Beside a part that still waits the rise is paid with it; after the whole was paid it needs a round of its own,
    # and so does what an earlier outcome took away.
    pays = _pays_rises(reward, now)
    try:
        rule = recalculate(before, amount, rises_are_paid=pays and bool(before.waiting))
    except AlreadyOrdered as refused:
        raise PaymentUnderWay(reasons=in_words(refused.text)) from refused
    rises = pays and not before.waiting and bool(rule.not_paid) and not is_forfeited(reward)
    returns = ended_by_outcome(reward) is not None and bool(rule.due)
    tops_up = (rises or returns) and reward.tip.keys.destroyed_at is None
    if returns:
        rule = replace(rule, moves=())
    row = _row(reward, outcome, actor, now)
    row.approved_before, row.approved_after = before.approved.amount, rule.approved.amount
    row.amount, row.paid, row.overpaid = amount.amount, before.paid.amount, rule.overpaid.amount
    row.due = (rule.due + rule.not_paid if rises else rule.due).amount
    row.not_paid = (ZERO if rises else rule.not_paid).amount
    row.working = sheet["lines"]
    return _Found(row, rule, sheet, tops_up)


def _more_than_paid(reward: Reward, outcome: CaseOutcome) -> bool:
    amount, _sheet = _computed(reward, outcome)
    return amount > standing_of(reward).paid


def _computed(reward: Reward, outcome: CaseOutcome) -> tuple[Money, dict[str, Any]]:
    """The amount by the scheme, and what the sheet shows from now on."""
    if outcome.is_revoked:
        return ZERO, {"lines": [sentences.to_json(text(REVOKED))]}
    quoted = quote_for(
        reward, level=reward.level, insider=reward.is_insider, base=base_of_outcome(reward, outcome)
    )
    lines = [sentences.to_json(line) for line in (*quoted.working, *quoted.notes)]
    return quoted.amount, {"lines": lines, "source": quoted.source}


def _apply(act: Act, reward: Reward, found: _Found) -> None:
    """Let money, sheet and words follow, to the fen."""
    row, rule = found.row, found.rule
    was_paid = bool(row.paid)
    _move(act, reward, rule)
    if rule.approved.amount != row.approved_before or not was_paid:
        reward.base_amount, reward.amount = row.base_after, rule.approved.amount
        reward.working |= found.sheet
    if not rule.due and (rule.moves or not was_paid):
        _end(act, reward)
    _note(act, reward, row)
    if found.is_topped_up:
        reward.base_amount = row.base_after
        begin_round(act, reward, outcome=row.outcome_id)
    elif rule.moves and reward.notified_at:
        _tell(act, reward, row)
    reward.save()


def _move(act: Act, reward: Reward, rule: Recalculation) -> None:
    for move, amount in rule.moves:
        try:
            book(reward, move, actor=act.actor, now=act.now, amount=amount.amount)
        except Short as short:
            if move is not Move.RESERVE:
                raise
            year = civil_date(act.now).year
            free = free_in(reward.bureau, year).symbol()
            raise RiseShort(year=year, free=free, amount=rule.approved.symbol()) from short


def _end(act: Act, reward: Reward) -> None:
    """Nothing is left to be paid: the run ends where it stands, and whom to pay need not be kept."""
    reward.budget = reward.claimed_at = reward.sealed_payee = None
    run = Run.objects.select_for_update(of=("self",)).get(pk=reward.leading_run.pk)
    if run.status == Run.Status.SUSPENDED:
        raise Suspended
    if run.status == Run.Status.RUNNING:
        cancel_run(act, run)


def _row(reward: Reward, outcome: CaseOutcome, actor: Account, now: datetime) -> RewardRecalculation:
    return RewardRecalculation(
        outcome=outcome,
        reward=reward,
        base_before=reward.base_amount,
        base_after=base_of_outcome(reward, outcome),
        made_by=actor,
        made_at=now,
    )


def _note(act: Act, reward: Reward, row: RewardRecalculation) -> None:
    row.save()
    due = None if row.due is None else Money(row.due).fen
    act.record("reward_recalculated", run=reward.leading_run, outcome=row.outcome_id, due_fen=due)


def _tell(act: Act, reward: Reward, row: RewardRecalculation) -> None:
    """One sentence in the thread, which says nothing of the case; a tip whose keys are gone gets none."""
    if reward.tip.keys.destroyed_at is not None:
        return
    words: Text = text(CHANGED, amount=f"{row.due:,.2f}") if row.due else text(NOTHING)
    key = f"recalculated:{row.pk}"
    messages.post_sentence(reward.tip, words, key=key, now=act.now)
    act.send("tips.nudge", key=key, payload={"tip": reward.tip_id}, run=reward.tip.run)
