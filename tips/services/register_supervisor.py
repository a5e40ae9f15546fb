"""Appointments of social supervisors: entering one, ending one early, giving a personal code."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from casework.errors import NotFound
from casework.models import Account, Bureau
from casework.permissions import Role, units_of
from tips.models import SocialSupervisor
from tips.receipts import receipt_code
from tips.supervisors import new_code
from workflows import journal
from workflows.errors import Invalid

APPOINTS = frozenset({Role.LEADER, Role.CHIEF})


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """What the letter of appointment says."""

    bureau: Bureau
    name: str
    profession: str
    letter_number: str
    appointed_by: str
    term_from: date
    term_until: date


def register_supervisor(appointment: Appointment, *, actor: Account, now: datetime) -> SocialSupervisor:
    """Enter an appointment. Raises: NotFound for others than leaders of the bureau; Invalid when it stands there."""
    _require(actor, appointment.bureau.pk, now)
    try:
        with transaction.atomic():
            made = SocialSupervisor.objects.create(
                **vars(appointment), registered_by=actor, registered_at=now
            )
            _note("supervisor_registered", made, actor, now)
    except IntegrityError as error:
        raise Invalid(_("This letter of appointment is in the register already.")) from error
    return made


def end_term(supervisor: SocialSupervisor, last_day: date, *, actor: Account, now: datetime) -> None:
    """Let an appointment end earlier. Raises: NotFound, Invalid for a day outside the term."""
    _require(actor, supervisor.bureau_id, now)
    if not supervisor.is_in_term(last_day):
        raise Invalid(_("The last day must lie within the term."))
    with transaction.atomic():
        SocialSupervisor.objects.filter(pk=supervisor.pk).update(term_until=last_day)
        _note("supervisor_term_ended", supervisor, actor, now)


@sensitive_variables()
def give_code(supervisor: SocialSupervisor, *, actor: Account, now: datetime) -> str:
    """A new personal code, told once; an earlier one stops working. Raises: NotFound."""
    _require(actor, supervisor.bureau_id, now)
    code = new_code()
    with transaction.atomic():
        SocialSupervisor.objects.filter(pk=supervisor.pk).update(
            code_digest=receipt_code.supervisor_digest(code), code_issued_at=now
        )
        _note("supervisor_code_given", supervisor, actor, now)
    return code


def _require(actor: Account, bureau_id: int, now: datetime) -> None:
    if bureau_id not in units_of(actor, APPOINTS, now):
        raise NotFound


def _note(act: str, supervisor: SocialSupervisor, actor: Account, now: datetime) -> None:
    journal.record(
        act,
        now=now,
        actor=actor,
        subject=("social_supervisor", supervisor.pk),
        letter=supervisor.letter_number,
    )
