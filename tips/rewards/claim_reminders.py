"""Reminders before the period for claiming a reward ends: which one is due, on the tipster's page and by machine.

The ladder is the parameter `reward_claim_reminders`. A tipster who gave a name gets a message and, where an address
is known, a mail without content. Whoever stays unknown is told on the page that the receipt code opens.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from casework.rule_sentences import in_words
from casework.rules.parameters import reminder_ladder
from tips.coming_back import messages
from tips.models import ClaimReminder, Reward
from tips.rewards.parts import open_amount
from tips.rewards.status import RewardStatus
from tips.services.claim_reward import CLAIMED
from tips.services.confirm_identity import CLAIM_CLOCKS
from workflows import registry
from workflows.door.commands import matter_of
from workflows.door.transaction import Act
from workflows.errors import Busy, Repeated
from workflows.models import Clock, Run
from workflows.rules.calendar import civil_date
from workflows.rules.ladder import Course, due_rung, rung_words, rungs
from workflows.rules.periods import Unit
from workflows.rules.texts import gettext_noop, text
from workflows.selectors import open_clocks

LADDER = "reward_claim_reminders"
CLAIM = gettext_noop(
    "Reminder: the reward of ¥%(amount)s (claim number %(number)s) waits for you. Claim it on this page by "
    "%(day)s; later it counts as given up."
)
ACCOUNT = gettext_noop(
    "Reminder: the reward of ¥%(amount)s (claim number %(number)s) is kept for you. Name another account on "
    "this page by %(day)s; later it counts as given up."
)


@dataclass(frozen=True)
class Banner:
    """What stands at the top of the tipster's page while a reminder is in force."""

    last_day: date
    days_left: int
    is_return: bool


def banner_of(status: RewardStatus | None, now: datetime) -> Banner | None:
    """The banner of a reward that can be claimed, from the first reminder on."""
    if status is None or not status.can_claim:
        return None
    clock = open_clocks(status.reward.leading_run).filter(rule_key__in=CLAIM_CLOCKS).first()
    if clock is None or clock.due_at < now or _due(clock, status.reward, (), now) is None:
        return None
    last = civil_date(clock.due_at)
    return Banner(last, (last - civil_date(now)).days, clock.rule_key != "reward_claim")


def reminders_of(reward: Reward) -> list[tuple[str, ClaimReminder]]:
    """The reminders that were given, in words, the newest last."""
    return [(in_words(rung_words(one.rung)), one) for one in reward.reminders.order_by("id")]


def remind_of_claims(now: datetime) -> int:
    """Give every reminder that is due; a repeat finds it given. Returns how many were given."""
    return sum(_remind(reward, clock, now) for reward, clock in _waiting(now))


def _waiting(now: datetime) -> list[tuple[Reward, Clock]]:
    """Rewards that wait for their tipster, with the period; withdrawn tips are left in peace."""
    running = Clock.objects.filter(
        rule_key__in=CLAIM_CLOCKS, ended_at=None, due_at__gte=now, run__status=Run.Status.RUNNING
    )
    clocks = {clock.run_id: clock for clock in running.select_related("run").order_by("due_at", "id")}
    rewards = Reward.objects.filter(run__in=clocks, tip__withdrawn_at=None).select_related("tip", "bureau")
    return [(reward, clocks[reward.leading_run.pk]) for reward in rewards.select_related("run")]


def _due(clock: Clock, reward: Reward, told: Collection[str], now: datetime) -> str | None:
    """The rung that is due, as the rules in force at the start of the period have it."""
    legal = registry.period(clock.rule_key, clock.starts_at, clock.run)
    on, region = civil_date(clock.starts_at), reward.bureau.parameters_region
    course = Course(clock.starts_at, clock.due_at, Unit(clock.unit), legal.calendar)
    rung = due_rung(rungs(reminder_ladder(LADDER, on=on, region=region), course), told, now)
    return rung.key if rung else None


def _remind(reward: Reward, clock: Clock, now: datetime) -> bool:
    last_day = civil_date(clock.due_at)
    given = ClaimReminder.objects.filter(clock=clock, last_day=last_day).values_list("rung", flat=True)
    rung = _due(clock, reward, set(given), now)
    if rung is None:
        return False
    key = f"claim_reminder:{clock.pk}:{rung}:{last_day}"
    try:
        with matter_of(reward.leading_run, actor=None, key=key, now=now, agent="watch") as act:
            if not reward.leading_run.subscriptions.filter(message=CLAIMED).exists():
                return False
            _give(act, reward, clock, rung, key)
    except (Repeated, Busy):
        return False
    return True


def _give(act: Act, reward: Reward, clock: Clock, rung: str, key: str) -> None:
    last_day, tip = civil_date(clock.due_at), reward.tip
    way = ClaimReminder.Way.MESSAGE if tip.is_real_name else ClaimReminder.Way.PAGE
    ClaimReminder.objects.create(
        reward=reward, clock=clock, rung=rung, last_day=last_day, way=way, at=act.now
    )
    act.record("claim_reminded", run=reward.leading_run, rung=rung, until=last_day.isoformat(), way=way)
    act.pokes.units.add(reward.bureau_id)
    if way == ClaimReminder.Way.MESSAGE:
        words = CLAIM if clock.rule_key == "reward_claim" else ACCOUNT
        facts = {"amount": f"{open_amount(reward):,.2f}", "number": reward.claim_number}
        messages.post_sentence(tip, text(words, day=last_day.isoformat(), **facts), key=key, now=act.now)
        act.send("tips.nudge", key=f"nudge:{key}", payload={"tip": tip.pk}, run=tip.leading_run)
