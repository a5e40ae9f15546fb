"""A fault run: matters go through while processes are killed; then everything is checked."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from casework.models import Institution
from faults import invariants
from faults.browser import Network
from faults.driving import Drive, Pace
from faults.glances import Glances
from faults.house import House, standing_house
from faults.killing import DATABASE, PARTS, Killer
from faults.logs import logged_faults
from faults.matter import Matter
from faults.patience import patiently
from faults.people import sign_everybody_in
from faults.surroundings import Surroundings, database_url
from faults.tally import Tally

LAST_EFFECTS_SECONDS = 120
Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What is asked for: so many matters and kills in an open step, or as many as `minutes` give."""

    seed: int
    pace: Pace
    matters: int = 0
    kills: int = 0
    minutes: float = 0.0
    parts: Sequence[str] = PARTS
    give_up: float = 60.0
    every: float = 2.0

    def is_open(self, seconds: float, matters: int) -> bool:
        """Whether another matter begins."""
        return seconds < self.minutes * 60 if self.minutes else matters < self.matters

    def wants_kills(self, seconds: float, tally: Tally) -> bool:
        """Whether killing goes on; when the time is over it does until every part was hit."""
        if self.minutes:
            return seconds < self.minutes * 60 or bool(tally.never_hit())
        return tally.total("in_open_step") < self.kills


def run(plan: Plan, around: Surroundings, say: Say) -> tuple[dict[str, Any], list[str]]:
    """Run it; figures, and what is wrong afterwards (nothing, if all is well)."""
    with standing_house(around, webs=2) as house:
        network = Network(house.webs)
        began = time.monotonic()
        drive = Drive(_more(plan, network, began), plan.pace)
        killer = _killer(plan, house)
        drive.start()
        _strike_until_over(plan, drive, killer, say, began)
        seconds = time.monotonic() - began
        wrong = list(drive.failures) + _settled()
        wrong += [] if drive.is_over() else ["the time was over before every matter was finished"]
        drive.stop()
        wrong += invariants.broken(len(drive.matters)) + logged_faults(around.folder)
        wrong += _unproven(plan, killer)
    return _figures(plan, drive, killer, network, seconds), wrong


def _killer(plan: Plan, house: House) -> Killer:
    glances = Glances(database_url())
    randomness = random.Random(plan.seed)
    return Killer(house, house.around.postgresql, glances, randomness, plan.parts, plan.every)


def _more(plan: Plan, network: Network, began: float) -> Callable[[], Matter | None]:
    people = sign_everybody_in()
    codes = list(Institution.objects.order_by("code").values_list("code", flat=True))
    begun: list[Matter] = []

    def more() -> Matter | None:
        if not plan.is_open(time.monotonic() - began, len(begun)):
            return None
        number = len(begun) + 1
        begun.append(Matter(number, network, people, codes[number % len(codes)], seed=plan.seed))
        return begun[-1]

    return more


def _strike_until_over(plan: Plan, drive: Drive, killer: Killer, say: Say, began: float) -> None:
    """The main thread kills: what it starts would die with a thread of its own."""
    said = began
    while not drive.is_over() and (seconds := time.monotonic() - began) < plan.give_up * 60:
        time.sleep(0.01)
        if plan.wants_kills(seconds, killer.tally):
            killer.strike()
        if time.monotonic() - said > 30:
            said = time.monotonic()
            kills = ", ".join(f"{part} {counts['kills']}" for part, counts in killer.tally.parts.items())
            done = f"{drive.finished()} of {len(drive.matters)} finished; killed: {kills}"
            say(f"{said - began:6.0f} s  {done}; {len(drive.failures)} failures")
    killer.glances.close()


def _settled() -> list[str]:
    """Wait for the last effects, such as documents; what is still open."""
    end = time.monotonic() + LAST_EFFECTS_SECONDS
    while (left := patiently(invariants.open_outbox)) and time.monotonic() < end:
        time.sleep(0.5)
    return [f"{left} outbox entries are open two minutes after the end"] if left else []


def _unproven(plan: Plan, killer: Killer) -> list[str]:
    """What the run did not show: kills that were asked for, a part that was never hit, a crash not recovered from."""
    tally, recoveries = killer.tally, killer.postgresql.recoveries()
    stops = tally.parts[DATABASE]["kills"] if DATABASE in tally.parts else 0
    wrong = [f"{part} was never killed" for part in tally.never_hit() if plan.minutes]
    if recoveries != stops:
        wrong.append(f"PostgreSQL was stopped at once {stops} times and recovered {recoveries} times")
    if (hit := tally.total("in_open_step")) < plan.kills:
        wrong.append(f"only {hit} of {plan.kills} kills hit an open step")
    return wrong


def _figures(plan: Plan, drive: Drive, killer: Killer, network: Network, seconds: float) -> dict[str, Any]:
    traffic, acts = network.traffic, sum(matter.acts for matter in drive.matters)
    over_http = sum(matter.acts_over_http for matter in drive.matters)
    return {
        "seed": plan.seed,
        "matters": len(drive.matters),
        "finished": drive.finished(),
        **invariants.counted(),
        **killer.tally.figures(),
        "crash_recoveries": killer.postgresql.recoveries(),
        "acts": acts,
        "share_over_http": round(over_http / acts, 3) if acts else 0,
        "pages_opened": sum(matter.pages_opened for matter in drive.matters),
        "requests": traffic.requests,
        "broken_connections": traffic.broken,
        "repeats": traffic.repeats,
        "told_to_try_again": traffic.busy,
        "told_database_is_away": traffic.away,
        "slowest_return_seconds": round(killer.slowest_return, 1),
        "seconds": round(seconds),
    }
