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
from tips.models import SocialSupervisor, Tip, TipIdentity
from tips.receipts import receipt_code
from tips.sealing import identity
from workflows.rules.calendar import civil_date

FEWEST = "supervisor_least_number"
"""Fewer tips than this are not counted one by one: the number alone would point at a tip of the register."""


def closed_year(today: date) -> tuple[date, date]:
    """The last year that is over: a count that moves on the day of a marked tip says whose it is."""
    return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)


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
    """What a supervisor reported in a period; a count below the smallest number is nothing."""

    is_counted: bool
    tips: int | None = None
    filed: int | None = None
    not_filed: int | None = None
    open: int | None = None


def activity(supervisors: Iterable[SocialSupervisor], first: date, last: date) -> dict[int, Activity]:
    """Counts by supervisor for tips that their bureaus entered on these days, as they stood at the end of the last.

    The machine opens which, nobody sees a tip. What happens after the last day changes nothing.
    """
    led = list(supervisors)
    counted: dict[int, Counter[str]] = {one.pk: Counter() for one in led}
    marked = TipIdentity.objects.select_related("tip").filter(
        tip__is_from_supervisor=True,
        tip__bureau__in={one.bureau_id for one in led},
        tip__entered_at__date__range=(first, last),
    )
    for stored in marked.annotate(wrapped_key=F("tip__keys__identity")).iterator():
        who = identity.known_supervisor(stored)
        if who in counted:
            counted[who][_outcome(stored.tip, last)] += 1
    fewest = fewest_on(last)
    return {pk: _face(counts, fewest) for pk, counts in counted.items()}


def fewest_on(day: date) -> int:
    """The smallest number of tips that is counted on a day."""
    return legal_count(FEWEST, on=day)


def _outcome(tip: Tip, last: date) -> str:
    if tip.is_filed is None or tip.decided_at is None or civil_date(tip.decided_at) > last:
        return "open"
    return "filed" if tip.is_filed else "not_filed"


def _face(counts: Counter[str], fewest: int) -> Activity:
    if counts.total() < fewest:
        return Activity(is_counted=False)
    return Activity(True, counts.total(), **{name: n for name, n in counts.items() if n >= fewest})
