"""Social supervisors: their personal codes, and how much came of what they reported."""

import hmac
import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.views.decorators.debug import sensitive_variables

from casework.rules.parameters import legal_count
from tips import identity, receipt_code
from tips.models import SocialSupervisor, TipIdentity

FEWEST = "supervisor_least_number"
"""Fewer tips than this are not counted one by one: the number alone would point at a tip of the register."""


@sensitive_variables()
def new_code() -> str:
    """A personal code of 100 random bits and two check characters."""
    return receipt_code.from_seed(secrets.token_bytes(32))


@sensitive_variables()
def supervisor_of_code(typed: str) -> SocialSupervisor | None:
    """Whose personal code it is, compared in constant time with every kept digest. Raises: Mistyped."""
    wanted = receipt_code.supervisor_digest(receipt_code.normalised(typed))
    found = None
    for supervisor in SocialSupervisor.objects.exclude(code_digest=None):
        if hmac.compare_digest(bytes(supervisor.code_digest or b""), wanted):
            found = supervisor
    return found


@dataclass(frozen=True)
class Activity:
    """What a supervisor reported in a year; nothing but `is_counted=False` below the smallest number."""

    is_counted: bool
    tips: int = 0
    filed: int = 0
    not_filed: int = 0
    open: int = 0


def activity(supervisors: Iterable[SocialSupervisor], first: date, last: date) -> dict[int, Activity]:
    """Counts by supervisor for tips received on these days; the machine opens which, nobody sees a tip."""
    counted: dict[int, Counter[str]] = {one.pk: Counter() for one in supervisors}
    marked = TipIdentity.objects.select_related("tip").filter(
        tip__is_from_supervisor=True, tip__received_at__date__range=(first, last)
    )
    for stored in marked.annotate(wrapped_key=F("tip__keys__identity")).iterator():
        who = identity.known_supervisor(stored)
        if who in counted:
            counted[who][_outcome(stored.tip.is_filed)] += 1
    fewest = fewest_on(last)
    return {pk: _face(counts, fewest) for pk, counts in counted.items()}


def fewest_on(day: date) -> int:
    """The smallest number of tips that is counted on a day."""
    return legal_count(FEWEST, on=day)


def _outcome(is_filed: bool | None) -> str:
    return {True: "filed", False: "not_filed", None: "open"}[is_filed]


def _face(counts: Counter[str], fewest: int) -> Activity:
    if counts.total() < fewest:
        return Activity(is_counted=False)
    return Activity(True, counts.total(), **counts)
