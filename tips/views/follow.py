"""Coming back with the receipt code: status, messages, files."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from casework.access import public
from casework.errors import StoreDown
from tips import effort
from tips.coming_back import tipster_session
from tips.coming_back.tipster_session import TipsterSession
from tips.effort import limits
from tips.effort.network import network_mark
from tips.errors import CutOff, LookUpDown, UnknownReceipt, UploadRefused, WaitFirst
from tips.files.uploads import Arrival, is_cut_off, watch
from tips.forms.follow import KeyedForm, LookUpForm, MessageForm, MoreFilesForm
from tips.receipts import receipt_code
from tips.selectors import tip_of_code
from tips.services.add_files import add_files
from tips.services.renew_receipt import renew_receipt
from tips.services.withdraw_tip import withdraw_tip
from tips.services.write_message import write_to_bureau
from tips.views.looking import done, fresh_key, look_up_page, with_report
from tips.views.status_page import status_page
from workflows.now import now


@public("the receipt code opens it")
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for the receipt code; one neutral answer for every code that no report has."""
    if request.method != "POST":
        return look_up_page(request, LookUpForm())
    form = LookUpForm(request.POST)
    if not form.is_valid():
        return look_up_page(request, form, 422)
    try:
        return _entered(request, receipt_code.normalised(form.cleaned_data["code"]))
    except (receipt_code.Mistyped, UnknownReceipt) as refusal:
        form.add_error("code", str(refusal))
        return look_up_page(request, form, refusal.status)
    except WaitFirst as refusal:
        form.add_error(None, str(refusal))
        return look_up_page(request, form, refusal.status, **refusal.fields)
    except LookUpDown as refusal:
        form.add_error(None, str(refusal))
        return look_up_page(request, form, refusal.status)


@sensitive_variables()
def _entered(request: HttpRequest, code: str) -> HttpResponse:
    network = network_mark(request)
    given = {name: request.POST.get(name, "") for name in ("page", "ticket")}
    effort.admit_look_up(code, network=network, payload=request.POST.get("effort", ""), now=now(), **given)
    tip = tip_of_code(code)
    if tip is None:
        limits.count_wrong_code(network, receipt_code.prefix_mark(code))
        raise UnknownReceipt
    renew_receipt(tip, code)
    response = redirect("tips:report_status")
    tipster_session.begin(response, tip, code)
    return response


@public("the receipt code opens it")
@require_http_methods(["GET", "HEAD"])
@with_report
def status(request: HttpRequest, session: TipsterSession) -> HttpResponse:
    """Where the report stands, and what can be done."""
    return status_page(request, session)


@public("the receipt code opens it")
@require_POST
@with_report
def message(request: HttpRequest, session: TipsterSession) -> HttpResponse:
    """Write to the bureau."""
    form = MessageForm(request.POST)
    if not form.is_valid():
        return status_page(request, session, status=422, message_form=form)
    given = form.cleaned_data
    return done(
        request,
        lambda: write_to_bureau(
            session.tip, given["text"], content_key=session.content_key, key=given["key"], now=now()
        ),
        _("Your message was sent."),
        draft="message",
    )


@public("the receipt code opens it")
@csrf_exempt
@require_POST
def files(request: HttpRequest) -> HttpResponseBase:
    """Add files; the body is watched before anything reads it."""
    return _files(request, watch(request))


@csrf_protect
@with_report
def _files(request: HttpRequest, session: TipsterSession, arrival: Arrival) -> HttpResponse:
    form = MoreFilesForm(request.POST, request.FILES, too_large_names=arrival.too_large)
    is_valid = form.is_valid()
    if is_cut_off(request, arrival):
        form.add_error(None, str(CutOff.text))
        is_valid = False
    if not is_valid:
        return status_page(request, session, status=422, files_form=form)
    given = form.cleaned_data
    try:
        return done(
            request,
            lambda: add_files(
                session.tip, given["files"], content_key=session.content_key, key=given["key"], now=now()
            ),
            _("Your files have arrived."),
        )
    except (StoreDown, UploadRefused) as refusal:
        form.add_error("files", str(refusal))
        return status_page(request, session, status=refusal.status, files_form=form)


@public("the receipt code opens it")
@require_http_methods(["GET", "HEAD", "POST"])
@with_report
def withdraw(request: HttpRequest, session: TipsterSession) -> HttpResponse:
    """Say what withdrawing means, then do it."""
    form = KeyedForm(request.POST) if request.method == "POST" else KeyedForm(initial=fresh_key(session))
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        return done(
            request, lambda: withdraw_tip(session.tip, key=key, now=now()), _("Your report is withdrawn.")
        )
    return render(request, "tips/public/withdraw.html", {"tip": session.tip, "form": form})


@public("the receipt code opens it")
@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the look-up and clear what the browser kept."""
    response = redirect("tips:left")
    tipster_session.end(request, response)
    return response


@public("the receipt code opens it")
@never_cache
def left(request: HttpRequest) -> HttpResponse:
    """Say that nothing is left open."""
    return render(request, "tips/public/left.html")
