"""How often people may try, and from which number on more effort is asked: one table for code, tests and documentation.

Nobody is shut out by what others do: wrong codes and floods of reports make the next try cost more, up to the last
rung, and a right code with that effort always opens. No address is kept: wrong codes are counted under a mark of
their first characters, for the whole house, and for the visitor's network under a key that lives for an hour
(`tips.effort.network`). Reports are counted for the whole house only: many phones share one address, and an
anonymous report must have none beside it.
"""

from contextlib import suppress
from dataclasses import dataclass

from django.core.cache import BaseCache, caches
from redis.exceptions import RedisError

from tips.errors import Crowded, LookUpDown


@dataclass(frozen=True)
class Ladder:
    """A count within fixed windows of `seconds`; from `rungs[n]` on, effort n + 1 is asked."""

    name: str
    seconds: int
    rungs: tuple[int, ...]

    def effort(self, count: int) -> int:
        """The effort that a count asks for, from 0 to the number of rungs."""
        return sum(count >= rung for rung in self.rungs)


WRONG_BY_PREFIX = Ladder("wrong-prefix", 15 * 60, (5, 10, 20, 40))
WRONG_BY_NETWORK = Ladder("wrong-network", 15 * 60, (30, 60, 120, 240))
WRONG = Ladder("wrong", 60, (120, 300, 600, 1200))
# A PIN is short, so its wrong ones count for a whole day, and for the one report alone.
WRONG_PIN = Ladder("wrong-pin", 24 * 60 * 60, (3, 6, 12, 24))
FILED = Ladder("filed", 60, (1500, 2400, 3600, 4800))
# Reports whose sender waited instead of letting a browser calculate.
FILED_AFTER_WAITING = Ladder("filed-waited", 60, (30, 60, 120, 240))
MOST_FILED, MOST_FILED_AFTER_WAITING = 6000, 1200


def filing_effort(*, waited: bool = False) -> int:
    """The effort that a report costs at the moment; with the counters down none is added."""
    try:
        effort = FILED.effort(_so_far(FILED, "all"))
        if waited:
            effort = max(effort, FILED_AFTER_WAITING.effort(_so_far(FILED_AFTER_WAITING, "all")))
    except RedisError:
        return 0
    return effort


def require_room(*, waited: bool = False) -> None:
    """Refuse a report above the house's measure. Raises: Crowded. With the counters down all are taken in."""
    try:
        is_full = _so_far(FILED, "all") >= MOST_FILED
        if waited:
            is_full |= _so_far(FILED_AFTER_WAITING, "all") >= MOST_FILED_AFTER_WAITING
    except RedisError:
        return
    if is_full:
        raise Crowded


def count_filing(*, waited: bool = False) -> None:
    """Count a report that was taken in: what was refused or sent again makes the house no fuller."""
    with suppress(RedisError):
        _counted(FILED, "all")
        if waited:
            _counted(FILED_AFTER_WAITING, "all")


def look_up_effort(network: str, prefix_mark: str = "") -> int:
    """The effort that a look-up costs here and now. Raises: LookUpDown when the counters are down."""
    try:
        efforts = [WRONG.effort(_so_far(WRONG, "all"))]
        efforts.append(WRONG_BY_NETWORK.effort(_so_far(WRONG_BY_NETWORK, network)))
        if prefix_mark:
            efforts.append(WRONG_BY_PREFIX.effort(_so_far(WRONG_BY_PREFIX, prefix_mark)))
    except RedisError as error:
        raise LookUpDown from error
    return max(efforts)


def count_wrong_code(network: str, prefix_mark: str) -> None:
    """Count a code that no report has. Raises: LookUpDown."""
    try:
        _counted(WRONG_BY_PREFIX, prefix_mark)
        _counted(WRONG_BY_NETWORK, network)
        _counted(WRONG, "all")
    except RedisError as error:
        raise LookUpDown from error


def pin_effort(mark: str) -> int:
    """The effort that the next PIN of a report costs. Raises: LookUpDown."""
    try:
        return WRONG_PIN.effort(_so_far(WRONG_PIN, mark))
    except RedisError as error:
        raise LookUpDown from error


def count_wrong_pin(mark: str) -> None:
    """Count a wrong PIN of a report. Raises: LookUpDown."""
    try:
        _counted(WRONG_PIN, mark)
    except RedisError as error:
        raise LookUpDown from error


def _counted(ladder: Ladder, mark: str) -> int:
    key = f"limit:{ladder.name}:{mark}"
    _cache().add(key, 0, ladder.seconds)
    try:
        return int(_cache().incr(key))
    except ValueError:  # the window ended between the two calls
        _cache().set(key, 1, ladder.seconds)
        return 1


def _so_far(ladder: Ladder, mark: str) -> int:
    return int(_cache().get(f"limit:{ladder.name}:{mark}", 0))


def _cache() -> BaseCache:
    return caches["short_lived"]
