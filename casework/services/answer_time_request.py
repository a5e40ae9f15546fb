"""Grant or refuse time: by whom the law names, never by who asked or worked on the matter."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from casework.clock_access import answerable_request, approver_word, askable_clock
from casework.models import Account
from casework.rule_sentences import invalid
from casework.rules.time_requests import COLLECTIVE, RequestRefused, check_pause_end
from casework.services.ask_for_time import check_pause, checked_extension, running
from workflows import registry
from workflows.clocks import counting
from workflows.door.commands import matter_of
from workflows.door.transaction import Act
from workflows.errors import AlreadyDone, DutyConflict, Invalid
from workflows.models import Clock, ClockRequest, DutyRecord
from workflows.rules.calendar import civil_date

DUTY = "grant_time"
EXCLUDES = ["verify", "handle", "review"]


@dataclass(frozen=True)
class Answer:
    """What the approver says; a collective discussion has its day and its people."""

    answer: str
    reason: str = ""
    discussed_on: date | None = None
    discussed_by: str = ""


def answer_time_request(
    *, actor: Account, request: ClockRequest, answer: Answer, key: str, now: datetime
) -> ClockRequest:
    """Grant or refuse; a grant counts the clock again, and work, timers and reports follow it.

    Raises: NotFound, AlreadyDone, DutyConflict, Invalid. Source: PP 14, 40, 45.
    """
    answerable_request(actor, request.pk, now)
    with matter_of(request.clock.run, actor=actor, key=key, now=now) as act:
        request = ClockRequest.objects.select_related("clock__run").get(pk=request.pk)
        check_answerable(actor, request)
        _check_words(request, answer, now)
        if answer.answer == ClockRequest.Answer.GRANTED:
            _grant(act, request)
        else:
            _say_no(act, request, answer)
        _note(act, request, answer)
    return request


def check_answerable(actor: Account, request: ClockRequest) -> None:
    """Refuse what was answered, a clock that ended, and people who worked on the matter."""
    if request.answered_at is not None or request.clock.ended_at is not None:
        raise AlreadyDone
    if request.asked_by_id == actor.pk:
        raise Invalid(_("Whoever asks for time does not grant it. Another person has to answer."))
    held = (
        DutyRecord.objects.filter(account=actor, family_id=request.clock.run.family_id)
        .filter(Q(key__in=EXCLUDES) | Q(excludes__contains=[DUTY]))
        .order_by("id")
        .first()
    )
    if held is not None:
        raise DutyConflict(held=registry.duty_label(held.key), wanted=registry.duty_label(DUTY))


def needs_discussion(request: ClockRequest) -> bool:
    """Whether several leaders must have discussed it together (集体讨论)."""
    is_extension = request.kind == ClockRequest.Kind.EXTENSION
    return is_extension and approver_word(request.clock, request.rule_key) == COLLECTIVE


def end_pause(*, actor: Account, clock: Clock, last_date: date, key: str, now: datetime) -> None:
    """Count again after the last day that was not counted: the report is there, the police gave the case back.

    Raises: NotFound, Invalid. Source: PP 45.
    """
    clock = askable_clock(actor, clock.pk, now)
    with matter_of(clock.run, actor=actor, key=key, now=now) as act:
        clock = running(clock)
        pause = clock.pauses.filter(last_date=None).first()
        if pause is None:
            raise Invalid(_("The period does not stand still."))
        try:
            check_pause_end(last_date, first=pause.first_date, today=civil_date(now))
        except RequestRefused as refused:
            raise invalid(refused, "last_date") from refused
        counting.resume_clock(act, clock, last_date=last_date)


def _check_words(request: ClockRequest, answer: Answer, now: datetime) -> None:
    if answer.answer == ClockRequest.Answer.REFUSED:
        if not answer.reason:
            raise Invalid(_("Say why it is refused."), "reason")
        return
    if not needs_discussion(request):
        return
    if answer.discussed_on is None or not answer.discussed_by:
        raise Invalid(
            _("This extension needs a collective discussion: give its day and people."), "discussed_on"
        )
    if answer.discussed_on > civil_date(now) or answer.discussed_on < civil_date(request.asked_at):
        raise Invalid(_("The discussion lies between the request and today."), "discussed_on")


def _grant(act: Act, request: ClockRequest) -> None:
    clock = request.clock
    if request.kind == ClockRequest.Kind.EXTENSION:
        extension = checked_extension(clock, request.value, act.now, key=request.rule_key)
        counting.extend_clock(act, clock, extension, reason=request.reason)
    else:
        assert request.first_date is not None, "a pause has its first day"
        check_pause(clock, request.rule_key, request.first_date, act.now)
        counting.pause_clock(
            act, clock, first_date=request.first_date, ground=request.rule_key, reason=request.reason
        )


def _say_no(act: Act, request: ClockRequest, answer: Answer) -> None:
    act.record(
        "time_refused",
        run=request.clock.run,
        clock=request.clock.rule_key,
        wanted=request.rule_key,
        reasons=answer.reason,
    )


def _note(act: Act, request: ClockRequest, answer: Answer) -> None:
    request.answer, request.answer_reason = answer.answer, answer.reason
    request.discussed_on, request.discussed_by = answer.discussed_on, answer.discussed_by
    request.answered_by, request.answered_at = act.actor, act.now
    request.save()
    act.hold_duty(act.actor.pk, DUTY, run=request.clock.run, element_id=request.rule_key, excludes=EXCLUDES)
    act.pokes.units.add(request.clock.run.unit_id)
    act.answer = {"request": request.pk}
