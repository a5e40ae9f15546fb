"""Legal periods: the computation to print, asking for time, answering, ending a pause."""

import contextlib
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.access import StaffRequest, staff
from casework.clock_access import answerable_request, askable_clock, matter_url, may_ask, visible_clock
from casework.clock_faces import (
    clock_face,
    clock_facts,
    if_granted,
    ladder_rows,
    pause_rows,
    request_row,
    wanted_words,
)
from casework.clock_text import computation
from casework.models import Account
from casework.services import answer_time_request as answering
from casework.services import ask_for_time as asking
from casework.time_forms import ExtensionForm, PauseEndForm, PauseForm, TimeAnswerForm
from workflows import journal
from workflows.errors import AlreadyDone, DutyConflict, Invalid, Repeated
from workflows.models import Clock
from workflows.now import now
from workflows.rules.calendar import civil_date


@staff("view_case, view_tip or view_reward of the clock's matter")
@require_safe
def clock_page(request: StaffRequest, clock_id: int) -> HttpResponse:
    """One period: since when, until when, how that was counted, what was granted. Made to be printed."""
    clock = visible_clock(request.user, clock_id, now())
    journal.record("clock_viewed", now=now(), actor=request.user, run=clock.run, clock=clock.rule_key)
    handles = may_ask(request.user, clock, now())
    is_paused = clock.pauses.filter(last_date=None).exists()
    waiting = clock.requests.filter(answered_at=None).exists()
    context = _about(clock) | {
        "pauses": pause_rows(clock),
        "extensions": clock.extensions.select_related("approved_by").order_by("id"),
        "requests": [request_row(one) for one in clock.requests.order_by("id")],
        "ladder": ladder_rows(clock) if clock.ended_at is None else [],
        "printed_at": now(),
        "extension": asking.next_extension(clock) if handles and not waiting else None,
        "may_pause": handles and not waiting and not is_paused and bool(asking.grounds_of(clock)),
        "may_end_pause": handles and is_paused,
    }
    if request.GET.get("form") == "text":
        return HttpResponse(computation(clock), content_type="text/plain; charset=utf-8")
    return render(request, "casework/clocks/page.html", context)


@staff("handles the clock's matter, or holds the work that must meet it")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_extension(request: StaffRequest, clock_id: int) -> HttpResponse:
    """Ask for the next extension that the law gives."""
    clock = askable_clock(request.user, clock_id, now())
    extension = asking.next_extension(clock)
    if extension is None:
        return redirect("casework:clock", clock_id=clock.pk)
    form = ExtensionForm(request.POST or None, extension=extension)
    longer = extension.extension()

    def ask(actor: Account, key: str) -> None:
        given = form.cleaned_data
        asking.ask_for_extension(
            actor=actor, clock=clock, value=given.get("value"), reason=given["reason"], key=key, now=now()
        )

    context = {
        "extension": wanted_words(clock, extension.key),
        "if_granted": if_granted(clock, longer, now()),
    }
    return _asked(request, clock, form, "extension.html", context, ask)


@staff("handles the clock's matter, or holds the work that must meet it")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_pause(request: StaffRequest, clock_id: int) -> HttpResponse:
    """Ask that the period stands still on a ground of the law."""
    clock = askable_clock(request.user, clock_id, now())
    grounds = asking.grounds_of(clock)
    if not grounds:
        return redirect("casework:clock", clock_id=clock.pk)
    form = PauseForm(request.POST or None, grounds=grounds, initial={"first_date": civil_date(now())})

    def ask(actor: Account, key: str) -> None:
        asking.ask_for_pause(actor=actor, clock=clock, key=key, now=now(), **form.cleaned_data)

    return _asked(request, clock, form, "pause.html", {}, ask)


@staff("handles the clock's matter, or holds the work that must meet it")
@require_http_methods(["GET", "HEAD", "POST"])
def end_pause(request: StaffRequest, clock_id: int) -> HttpResponse:
    """Say until when the period stood still."""
    clock = askable_clock(request.user, clock_id, now())
    pause = clock.pauses.filter(last_date=None).first()
    if pause is None:
        return redirect("casework:clock", clock_id=clock.pk)
    form = PauseEndForm(request.POST or None, initial={"last_date": civil_date(now())})

    def end(actor: Account, key: str) -> None:
        answering.end_pause(
            actor=actor, clock=clock, last_date=form.cleaned_data["last_date"], key=key, now=now()
        )

    return _asked(request, clock, form, "end_pause.html", {"pause": pause_rows(clock)[-1]}, end)


@staff("whom the law names, in the bureau of the matter")
@require_http_methods(["GET", "HEAD", "POST"])
def time_request(request: StaffRequest, request_id: int) -> HttpResponse:
    """Grant or refuse; the page shows what the period would become."""
    wanted = answerable_request(request.user, request_id, now())
    clock = wanted.clock
    form = TimeAnswerForm(request.POST or None, needs_discussion=answering.needs_discussion(wanted))
    context = {"wanted": request_row(wanted), "if_granted": if_granted(clock, wanted, now())}
    try:
        answering.check_answerable(request.user, wanted)
    except (AlreadyDone, DutyConflict, Invalid) as refusal:
        if request.method != "POST" or not isinstance(refusal, AlreadyDone):
            context |= _about(clock) | {"refusal": {"text": str(refusal)}}
            status = 200 if wanted.answered_at else refusal.status
            return render(request, "casework/clocks/request.html", context, status=status)

    def answer(actor: Account, key: str) -> None:
        given = answering.Answer(**form.cleaned_data)
        answering.answer_time_request(actor=actor, request=wanted, answer=given, key=key, now=now())

    return _asked(request, clock, form, "request.html", context, answer, after="casework:my_work")


def _asked(
    request: StaffRequest,
    clock: Clock,
    form: forms.Form,
    template: str,
    context: dict[str, Any],
    perform: Callable[[Account, str], None],
    *,
    after: str = "",
) -> HttpResponse:
    """Show the form, or do it; a refusal stands beside its field and the entries stay."""
    key = request.POST.get("key") or str(uuid4())
    if form.is_bound and form.is_valid():
        try:
            with contextlib.suppress(Repeated):
                perform(request.user, f"time:{clock.pk}:{request.user.pk}:{key}"[:200])
        except Invalid as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("It is noted, and the period is counted by it."))
            return redirect(after) if after else redirect("casework:clock", clock_id=clock.pk)
    context = _about(clock) | {"form": form, "key": key} | context
    return render(request, f"casework/clocks/{template}", context, status=422 if form.is_bound else 200)


def _about(clock: Clock) -> dict[str, Any]:
    return {
        "clock": clock,
        "face": clock_face(clock, now()),
        "facts": clock_facts(clock),
        "matter": clock.run.business_key,
        "matter_url": matter_url(clock.run),
    }
