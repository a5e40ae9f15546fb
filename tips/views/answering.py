"""A tipster answers what was asked, and fetches what officers sent."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from casework.access import public
from casework.errors import StoreDown
from casework.streaming import streamed_file
from tips.coming_back import messages
from tips.coming_back.tipster_session import TipsterSession
from tips.errors import CutOff, RequestClosed
from tips.files.uploads import LARGEST_FILE, Arrival, is_cut_off, watch
from tips.forms.asking import AnswerForm
from tips.forms.files import too_large
from tips.forms.follow import KeyedForm, MessageForm
from tips.models import RequestForTipster
from tips.services.answer_request import answer_request, was_answered
from tips.services.fetch_file import fetch_file
from tips.services.write_message import mark_read
from tips.views.looking import done, fresh_key, with_report
from workflows.now import now
from workflows.rules.calendar import civil_date


@public("the receipt code opens it")
@csrf_exempt
def answer(request: HttpRequest, request_id: int) -> HttpResponseBase:
    """Answer a request, in time or late; the body is watched before anything reads it."""
    return _answer(request, watch(request), request_id)


@csrf_protect
@with_report
def _answer(request: HttpRequest, session: TipsterSession, arrival: Arrival, request_id: int) -> HttpResponse:
    found = messages.asked_of(session.tip, session.content_key, today=civil_date(now()))
    asked = next((one for one in found if one.request.pk == request_id), None)
    if asked is None or not asked.request.is_open:
        return _closed(request, session, asked.request if asked else None)
    form = AnswerForm(initial=fresh_key(session))
    status = 200
    if request.method == "POST":
        form, status = AnswerForm(request.POST, request.FILES), 422
        if form.is_valid() and not _is_refused(request, form, arrival):
            try:
                return _sent(request, session, form, request_id)
            except RequestClosed:
                return _closed(request, session, asked.request)
            except StoreDown as refusal:
                form.add_error("files", str(refusal))
                status = refusal.status
    mark_read(session.tip, by_tipster=True, now=now())
    context = {
        "asked": asked,
        "form": form,
        "tip": session.tip,
        "mark": session.mark,
        "limit": LARGEST_FILE,
    }
    return render(request, "tips/public/answer.html", context, status=status)


def _closed(request: HttpRequest, session: TipsterSession, asked: RequestForTipster | None) -> HttpResponse:
    """It was answered or taken back while the tipster wrote: a second sending is done, other words stay."""
    if request.method != "POST" or asked is None:
        notices.info(request, _("This is no longer asked of you."))
        return redirect("tips:report_status")
    sent = KeyedForm(request.POST)
    if sent.is_valid() and was_answered(asked, sent.cleaned_data["key"]):
        return _answered(request, lambda: None, asked.pk)
    form = MessageForm(initial={"text": request.POST.get("text", ""), **fresh_key(session)})
    context = {
        "form": form,
        "had_files": bool(request.FILES),
        "draft_done": f"answer-{asked.pk}-{session.mark}",
        "tip": session.tip,
    }
    return render(request, "tips/public/answer_closed.html", context, status=RequestClosed.status)


def _is_refused(request: HttpRequest, form: AnswerForm, arrival: Arrival) -> bool:
    if is_cut_off(request, arrival):
        form.add_error(None, str(CutOff.text))
    for name in arrival.too_large:
        form.add_error("files", too_large(name))
    return bool(form.errors)


def _sent(request: HttpRequest, session: TipsterSession, form: AnswerForm, request_id: int) -> HttpResponse:
    given = form.cleaned_data
    return _answered(
        request,
        lambda: answer_request(
            session.tip,
            request_id,
            given["text"],
            files=given["files"],
            content_key=session.content_key,
            key=given["key"],
            now=now(),
        ),
        request_id,
    )


def _answered(request: HttpRequest, act: Callable[[], object], request_id: int) -> HttpResponse:
    """Answer once, and say so each time."""
    return done(request, act, _("Your answer was sent."), draft=f"answer-{request_id}")


@public("the receipt code opens it")
@require_safe
@with_report
def fetch(request: HttpRequest, session: TipsterSession, file_id: UUID) -> HttpResponseBase:
    """A file that an officer sent, opened in this process."""
    found = fetch_file(session.tip, file_id, content_key=session.content_key, now=now())
    response = streamed_file(request, found.reading, found.file.size, found.file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
