"""Name a substitute for an absent colleague."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from casework.models import Account, Officer
from casework.permissions import Role, require_role
from casework.rule_sentences import invalid
from casework.rules.substitution import check_substitution
from workflows import journal
from workflows.door.transaction import one_transaction
from workflows.duties import lane_members_at
from workflows.errors import Invalid
from workflows.models import Substitution
from workflows.rules.calendar import ONE_DAY, start_of_day
from workflows.rules.texts import Refused

GRANTERS = (Role.LEADER, Role.CHIEF)


def grant_substitution(
    *,
    actor: Account,
    absent: Account,
    substitute: Account,
    first_day: date,
    last_day: date,
    reason: str,
    key: str,
    now: datetime,
) -> Substitution:
    """Let a colleague of the same bureau do the work of another from one day to another, both included.

    Raises: Repeated, NotFound, Invalid. Source: local rule; APL 55 for the certificates of handlers.
    """
    units = require_role(actor, GRANTERS, now=now)
    if absent.bureau_id not in units or substitute.bureau_id not in units:
        raise Invalid(_("Both must work in your bureau."))
    try:
        check_substitution(
            absent=absent.pk, substitute=substitute.pk, granter=actor.pk, first=first_day, last=last_day
        )
    except Refused as refused:
        raise invalid(
            refused, "last_day" if refused.code in {"days_in_order", "too_long"} else "substitute"
        ) from refused
    _check_certificate(absent, substitute, last_day, now)
    with one_transaction(key, now):
        substitution = Substitution.objects.create(
            absent=absent,
            substitute=substitute,
            starts_at=start_of_day(first_day),
            ends_at=start_of_day(last_day + ONE_DAY),
            reason=reason,
            granted_by=actor,
            granted_at=now,
        )
        people = {"absent": absent.pk, "substitute": substitute.pk}
        days = {"first_day": first_day.isoformat(), "last_day": last_day.isoformat()}
        journal.record("substitution_granted", now=now, actor=actor, **people, **days, reasons=reason)
    return substitution


def _check_certificate(absent: Account, substitute: Account, last_day: date, now: datetime) -> None:
    """Who stands in for a case handler needs a certificate that lasts."""
    is_handler = lane_members_at(now).filter(account=absent, lane=Role.CASE_HANDLER).exists()
    holds = Officer.objects.filter(account=substitute, certificate_valid_until__gte=last_day).exists()
    if is_handler and not holds:
        raise Invalid(
            _("%(person)s has no enforcement certificate (执法证) that lasts until that day."),
            "substitute",
            person=substitute,
        )
