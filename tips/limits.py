"""How often people may try: one table, read by code, tests and documentation.

No address of a visitor is used or kept: many share one behind a carrier's gateway, and an anonymous tip must have
none beside it. Wrong codes are counted under a mark of their first characters and for the whole house.
"""

from dataclasses import dataclass

from django.core.cache import BaseCache, caches
from redis.exceptions import RedisError

from tips.errors import Crowded, LookUpDown, TooManyTries


@dataclass(frozen=True)
class Limit:
    """At most `most` within `seconds`, counted in fixed windows."""

    name: str
    most: int
    seconds: int


WRONG_CODES_BY_PREFIX = Limit("wrong-prefix", 10, 15 * 60)
WRONG_CODES = Limit("wrong", 600, 60)
FILINGS = Limit("filed", 1200, 60)


def count_filing() -> None:
    """Count one report. Raises: Crowded. With the cache down reports are taken in all the same."""
    try:
        is_over = _counted(FILINGS, "all") > FILINGS.most
    except RedisError:
        return
    if is_over:
        raise Crowded


def check_look_up(prefix_mark: str) -> None:
    """Refuse a look-up after too many wrong ones. Raises: TooManyTries, LookUpDown when the cache is down."""
    try:
        by_prefix = _so_far(WRONG_CODES_BY_PREFIX, prefix_mark)
        overall = _so_far(WRONG_CODES, "all")
    except RedisError as error:
        raise LookUpDown from error
    if by_prefix >= WRONG_CODES_BY_PREFIX.most or overall >= WRONG_CODES.most:
        raise TooManyTries


def count_wrong_code(prefix_mark: str) -> None:
    """Count a code that no report has. Raises: LookUpDown."""
    try:
        _counted(WRONG_CODES_BY_PREFIX, prefix_mark)
        _counted(WRONG_CODES, "all")
    except RedisError as error:
        raise LookUpDown from error


def _counted(limit: Limit, mark: str) -> int:
    key = f"limit:{limit.name}:{mark}"
    _cache().add(key, 0, limit.seconds)
    try:
        return int(_cache().incr(key))
    except ValueError:  # the window ended between the two calls
        _cache().set(key, 1, limit.seconds)
        return 1


def _so_far(limit: Limit, mark: str) -> int:
    return int(_cache().get(f"limit:{limit.name}:{mark}", 0))


def _cache() -> BaseCache:
    return caches["short_lived"]
