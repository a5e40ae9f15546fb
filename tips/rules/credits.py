"""Whose reward a finding counts for, and from which base, where several tips belong to one case.

Source: 医保办发〔2022〕22号 (VERIFIED-2): the loss that is to be recovered because of the matters in the tip. That the
first by time of receipt has what several reported, and a later one only what it brought anew, is RECALLED.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

NOTHING = Decimal("0.00")


def bases(
    order: Sequence[int], found: Iterable[tuple[int | None, Decimal]], most: Decimal
) -> dict[int, Decimal]:
    """The base of each tip, in order of receipt: the loss of its own findings, all together at most `most`.

    Each finding names one tip or none, so that it counts once. Where less is recovered than was found, the earlier
    tip has its part first. A tip that is not rewarded keeps its part: it falls to no other.
    """
    own = dict.fromkeys(order, NOTHING)
    for tip, loss in found:
        if tip in own:
            own[tip] += loss
    left = max(most, NOTHING)
    given = {}
    for tip in order:
        given[tip] = min(own[tip], left)
        left -= given[tip]
    return given
