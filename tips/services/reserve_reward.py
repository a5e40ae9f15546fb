"""Promise money to an approved reward, follow it to the bank, and give back what is no longer needed."""

from datetime import date, datetime
from decimal import Decimal

from casework.models import Account, LedgerEntry
from casework.rules.money import ZERO, Money
from casework.selectors import balances
from tips.errors import BudgetShort
from tips.models import Reward
from tips.rules.budget import WAYS, Move, Pot, Short
from tips.rules.recalculation import FREED_BY, HELD
from tips.services.book_budget import LEDGER, budget_for, free_in, move_money
from workflows.rules.calendar import civil_date

# From where money is owed to a confirmed payee; what is owed already stays where it is.
OWED_FROM = {Pot.RESERVED: Move.OWE, Pot.RETURNED: Move.OWE_AGAIN}


def reserve(reward: Reward, *, actor: Account, now: datetime) -> None:
    """Reserve the whole amount in the budget of this year, so that it can always be paid. Raises: BudgetShort."""
    reward.budget = budget_for(reward.bureau, civil_date(now).year)
    try:
        book(reward, Move.RESERVE, actor=actor, now=now)
    except Short:
        raise short_for(reward, now) from None
    reward.save(update_fields=["budget"])


def owe(reward: Reward, *, actor: Account, now: datetime) -> None:
    """Set the money aside for whoever was confirmed; from here on it waits for the bank."""
    for pot, move in OWED_FROM.items():
        if amount := waiting_money(reward).get(pot):
            book(reward, move, actor=actor, now=now, amount=amount)


def release(reward: Reward, *, actor: Account | None, now: datetime) -> None:
    """Give the money back to the budget: lapsed, given up, refused for good, or to be approved anew."""
    if reward.budget is not None:
        for pot, amount in waiting_money(reward).items():
            for move in FREED_BY[pot]:
                book(reward, move, actor=actor, now=now, amount=amount)
        reward.budget = None
        reward.save(update_fields=["budget"])


def waiting_money(reward: Reward) -> dict[Pot, Decimal]:
    """What is promised and not on its way, by place: a return can lie beside what others wait for."""
    found = balances(("reward", reward.pk))
    held = {pot: found.get((LEDGER, pot.value), ZERO.amount) for pot in HELD}
    return {pot: amount for pot, amount in held.items() if amount > 0}


def book(
    reward: Reward,
    move: Move,
    *,
    actor: Account | None,
    now: datetime,
    amount: Decimal | None = None,
    value_date: date | None = None,
    voucher: str = "",
    person: int = 1,
) -> LedgerEntry:
    """Book one move of the whole reward or of `amount`, once for each time it comes this way. Raises: Short."""
    key = payout_key(reward, person) if move is Move.PAY else _next_key(reward, move)
    return move_money(
        reward.held_in,
        move,
        _whole(reward, move) if amount is None else amount,
        key=key,
        subject=("reward", reward.pk),
        text=reward.claim_number,
        booked_by=actor,
        now=now,
        value_date=value_date,
        voucher=voucher,
    )


def payout_key(reward: Reward, person: int = 1) -> str:
    """A payment is booked once a round for each person and never again."""
    key = f"payout:{reward.pk}" if reward.round == 1 else f"payout:{reward.pk}:{reward.round}"
    return key if person == 1 else f"{key}:person {person}"


def _next_key(reward: Reward, move: Move) -> str:
    booked = LedgerEntry.objects.filter(subject_kind="reward", subject_id=reward.pk)
    times = booked.filter(key__startswith=f"{move.value}:{reward.pk}:").count()
    return f"{move.value}:{reward.pk}:{times + 1}"


def _whole(reward: Reward, move: Move) -> Decimal:
    """All that this round promises, or all that lies where the move begins."""
    if move is Move.RESERVE:
        return reward.to_pay or ZERO.amount
    source, _target = WAYS[move]
    return balances(("reward", reward.pk)).get((LEDGER, source.value), ZERO.amount)


def short_for(reward: Reward, now: datetime) -> BudgetShort:
    """The refusal with both figures and whom to ask."""
    year = civil_date(now).year
    free = free_in(reward.bureau, year)
    return BudgetShort(year=year, free=free.symbol(), amount=Money(reward.to_pay or ZERO.amount).symbol())
