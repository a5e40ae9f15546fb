"""A fault run: matters go through while processes are killed; then everything is checked."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from casework.models import Institution
from faults import invariants
from faults.browser import Network
from faults.driving import Drive, Pace
from faults.house import House, standing_house
from faults.killing import Killer
from faults.logs import logged_faults
from faults.matter import Matter
from faults.people import sign_everybody_in
from faults.surroundings import Surroundings, database_url

LAST_EFFECTS_SECONDS = 120
Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What is asked for."""

    matters: int
    kills: int
    seed: int
    pace: Pace
    minutes: float = 60.0
    every: float = 2.0


def run(plan: Plan, around: Surroundings, say: Say) -> tuple[dict[str, Any], list[str]]:
    """Run it; figures, and what is wrong afterwards (nothing, if all is well)."""
    with standing_house(around, webs=2) as house:
        network = Network(house.webs)
        drive = Drive(_matters(plan, network), plan.pace)
        killer = Killer(
            [*house.webs, house.worker], database_url(), random.Random(plan.seed), every=plan.every
        )
        began = time.monotonic()
        drive.start()
        _strike_until_over(plan, drive, killer, say, began)
        seconds = time.monotonic() - began
        wrong = list(drive.failures) + _settled(house)
        wrong += [] if drive.is_over() else ["the time was over before every matter was finished"]
        drive.stop()
        wrong += invariants.broken(plan.matters) + logged_faults(around.folder)
    if killer.in_open_step < plan.kills:
        wrong.append(f"only {killer.in_open_step} of {plan.kills} kills hit an open step")
    return _figures(plan, drive, killer, network, seconds), wrong


def _matters(plan: Plan, network: Network) -> list[Matter]:
    people = sign_everybody_in()
    codes = list(Institution.objects.order_by("code").values_list("code", flat=True))
    return [
        Matter(number, network, people, codes[number % len(codes)], seed=plan.seed)
        for number in range(1, plan.matters + 1)
    ]


def _strike_until_over(plan: Plan, drive: Drive, killer: Killer, say: Say, began: float) -> None:
    """The main thread kills: what it starts would die with a thread of its own."""
    said = began
    while not drive.is_over() and time.monotonic() - began < plan.minutes * 60:
        time.sleep(0.02)
        if killer.in_open_step < plan.kills:
            killer.strike()
        if time.monotonic() - said > 30:
            said = time.monotonic()
            done = (
                f"{drive.finished()} of {plan.matters} finished, {killer.in_open_step} kills in an open step"
            )
            say(f"{said - began:6.0f} s  {done}, {len(drive.failures)} failures")


def _settled(house: House) -> list[str]:
    """Wait for the last effects, such as documents; what is still open."""
    end = time.monotonic() + LAST_EFFECTS_SECONDS
    while (left := invariants.open_outbox()) and time.monotonic() < end:
        time.sleep(0.5)
    return [f"{left} outbox entries are open two minutes after the end"] if left else []


def _figures(plan: Plan, drive: Drive, killer: Killer, network: Network, seconds: float) -> dict[str, Any]:
    traffic, acts = network.traffic, sum(matter.acts for matter in drive.matters)
    over_http = sum(matter.acts_over_http for matter in drive.matters)
    return {
        "seed": plan.seed,
        "matters": plan.matters,
        "finished": drive.finished(),
        **invariants.counted(),
        "kills": killer.kills,
        "kills_in_open_step": killer.in_open_step,
        "kills_by_process": dict(sorted(killer.hits.items())),
        "kills_with_a_request_only": sum(killer.lost_answers.values()),
        "spared_because_idle": killer.spared,
        "acts": acts,
        "share_over_http": round(over_http / acts, 3) if acts else 0,
        "pages_opened": sum(matter.pages_opened for matter in drive.matters),
        "requests": traffic.requests,
        "broken_connections": traffic.broken,
        "repeats": traffic.repeats,
        "told_to_try_again": traffic.busy,
        "slowest_return_seconds": round(killer.slowest_return, 1),
        "seconds": round(seconds),
    }
