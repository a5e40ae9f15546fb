"""Which answers on jurisdiction are open, and how two bureaus stand to each other. No Django."""

from collections.abc import Sequence

ACCEPTED, NOT_A_TIP, OTHER_DEPARTMENT = "accepted", "not_a_tip", "other_department"
REFERRED, DISPUTED = "referred", "disputed"
FIRST, UP, DOWN, SIDEWAYS, GIVEN_BACK, NAMED = "first", "up", "down", "sideways", "given_back", "named"

ALWAYS = (ACCEPTED, NOT_A_TIP, OTHER_DEPARTMENT)
FURTHER = {
    FIRST: (REFERRED,),
    UP: (REFERRED,),
    GIVEN_BACK: (REFERRED,),
    SIDEWAYS: (DISPUTED,),
    DOWN: (),
    NAMED: (),
}


def open_answers(came_as: str) -> tuple[str, ...]:
    """What a bureau may answer on a tip that came to it in this way.

    A bureau that got a tip from a neighbour may not pass it on by itself, it may only dispute; what the superior
    handed down or named is no longer disputed. Source: PP 10; TH 9–11.
    """
    return ALWAYS + FURTHER[came_as]


def direction(sender: Sequence[int], receiver: Sequence[int]) -> str:
    """How a tip goes between two bureaus, each given as the path from itself to the top. Source: TH 9; PP 9–10."""
    if receiver[0] in sender:
        return UP
    return DOWN if sender[0] in receiver else SIDEWAYS


def common_superior(one: Sequence[int], other: Sequence[int]) -> int:
    """The lowest bureau above both; without one, the top of the first. Source: PP 10."""
    above_both = (bureau for bureau in one[1:] if bureau in other[1:])
    return next(above_both, one[-1])
