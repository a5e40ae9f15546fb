"""Filing a report, one step after the other, and the receipt that is shown once."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from casework.access import public
from tips import effort
from tips.coming_back import tipster_session
from tips.effort import limits
from tips.errors import Crowded, CutOff, LookUpDown, WaitFirst
from tips.files.baskets import new_basket, owner_of_basket
from tips.files.uploads import LARGEST_FILE, Arrival, is_cut_off, watch
from tips.forms.follow import KeptForm
from tips.forms.report import ReportForm
from tips.forms.steps import BACK, NEXT, Place, first_wrong, leave, place_of
from tips.forms.telling import NOT_LISTED
from tips.models import Tip
from tips.receipts import receipt_code
from tips.receipts.paper import paper
from tips.receipts.showing import receipt_face, receipt_of
from tips.sealing import filing_keys
from tips.selectors import institutions_like
from tips.services.confirm_receipt import confirm_receipt
from tips.services.file_tip import file_tip, is_filed
from tips.services.receive_upload import LARGEST_UPLOAD
from workflows.errors import Invalid, Refusal, Repeated
from workflows.now import now

View = Callable[..., HttpResponse]
WRONG_END = _("These are not the last six characters of the code above. Please compare.")


# The body is watched before anything reads it; the token is then checked by the inner view as everywhere.
@public("citizens file without an account")
@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form, and what was sent with it."""
    arrival = watch(request) if request.method == "POST" else None
    return _report(request, arrival)


@csrf_protect
def _report(request: HttpRequest, arrival: Arrival | None) -> HttpResponse:
    if arrival is None:
        form = ReportForm(initial={"key": filing_keys.new_filing_key()})
        return _form_page(request, form, place_of(form, ""))
    form = ReportForm(request.POST, request.FILES, too_large_names=arrival.too_large)
    place = place_of(form, request.POST.get("at", ""))
    if is_cut_off(request, arrival):
        return _refused(request, form, CutOff())
    if "find" in request.POST:
        leave(form, place, BACK)
        return _form_page(request, form, place, at_search=True)
    if request.POST.get("go") in (NEXT, BACK):
        there = leave(form, place, request.POST["go"])
        return _form_page(request, form, there, status=422 if form.errors else 200)
    if not form.is_valid():
        if "key" in form.errors:
            form.data = _with_new_key(form)
        return _form_page(request, form, first_wrong(form, place), status=422)
    return _file(request, form)


@sensitive_variables()
def _file(request: HttpRequest, form: ReportForm) -> HttpResponse:
    try:
        seed = filing_keys.seed_of(form.cleaned_data["key"])
        if is_filed(seed):
            return _shown_again(request, form.cleaned_data["key"])
        waited = effort.admit_filing(form.cleaned_data["key"], request.POST.get("effort", ""), now=now())
        basket = owner_of_basket(request.POST.get("basket", ""))
        filed = file_tip(form.filing(), files=form.cleaned_data["files"], seed=seed, now=now(), basket=basket)
        limits.count_filing(waited=waited)
    except Invalid as refusal:
        form.data = _with_new_key(form)
        return _refused(request, form, refusal)
    except (Crowded, WaitFirst) as refusal:
        return _refused(request, form, refusal)
    except Repeated:
        return _shown_again(request, form.cleaned_data["key"])
    return receipt_page(request, filed.tip, filed.code, form.cleaned_data["key"])


@sensitive_variables()
def _shown_again(request: HttpRequest, key: str) -> HttpResponse:
    """The same form arrived twice: the same receipt, until it was confirmed or a quarter of an hour passed."""
    found = receipt_of(key, now())
    if found is None:
        return render(request, "tips/public/receipt_gone.html", status=409)
    return receipt_page(request, *found, key)


@sensitive_variables()
def receipt_page(
    request: HttpRequest, tip: Tip, code: str, key: str, form: KeptForm | None = None
) -> HttpResponse:
    """The receipt, drawn into the answer itself: neither session nor cookie nor address holds the code."""
    context = {**receipt_face(tip, code), "key": key, "form": form or KeptForm(initial={"key": key})}
    response = render(request, "tips/public/receipt.html", context, status=422 if form else 200)
    response["Cache-Control"] = "no-store"
    return response


@public("citizens file without an account")
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def kept(request: HttpRequest) -> HttpResponse:
    """The tipster types the end of the code: it was kept, and is never shown again."""
    form = KeptForm(request.POST)
    found = _posted_receipt(request)
    if found is None:
        return redirect("tips:follow")
    tip, code = found
    if form.is_valid() and receipt_code.ends_with(code, form.cleaned_data["last"]):
        return _into_the_report(tip, code)
    form.add_error("last", WRONG_END)
    return receipt_page(request, tip, code, form.data["key"], form)


@public("citizens file without an account")
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def receipt_paper(request: HttpRequest) -> HttpResponse:
    """The receipt as a sheet to print, as long as its page could be shown again."""
    found = _posted_receipt(request)
    if found is None:
        return redirect("tips:follow")
    response = HttpResponse(paper(*found, printed_at=now()), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="receipt.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _posted_receipt(request: HttpRequest) -> tuple[Tip, str] | None:
    try:
        return receipt_of(request.POST.get("key", ""), now())
    except Invalid:
        return None


@public("citizens file without an account")
@never_cache
@sensitive_post_parameters()
@require_POST
def institutions(request: HttpRequest) -> HttpResponse:
    """Institutions to choose from, for the part of the page that htmx fills."""
    return render(request, "tips/public/institutions.html", _choices(request.POST))


@public("citizens file without an account")
@never_cache
@sensitive_post_parameters()
@require_POST
def calculation(request: HttpRequest) -> HttpResponse:
    """A new calculation for a form that was open for long, or that has no calculation yet."""
    return JsonResponse({"task": _task(request.POST.get("key", ""))})


@public("citizens file without an account")
@never_cache
@sensitive_post_parameters()
@require_POST
def questions(request: HttpRequest) -> HttpResponse:
    """The questions for the chosen target, for the part of the page that a script fills."""
    return render(request, "tips/public/report/question_entries.html", {"form": ReportForm(request.POST)})


def _into_the_report(tip: Tip, code: str) -> HttpResponse:
    confirm_receipt(tip, now=now())
    response = redirect("tips:report_status")
    try:
        tipster_session.begin(response, tip, code)
    except LookUpDown:
        return redirect("tips:follow")
    return response


def _choices(posted: Any, *, force: bool = False) -> dict[str, Any]:
    words = posted.get("target_name", "")
    searched = force or len(words.strip()) > 1
    return {
        "institutions": institutions_like(words) if searched else [],
        "chosen": posted.get("institution", ""),
        "words": words,
        "searched": searched,
        "not_listed": NOT_LISTED,
    }


def _refused(request: HttpRequest, form: ReportForm, refusal: Refusal) -> HttpResponse:
    form.is_valid()
    form.add_error(None, str(refusal))
    return _form_page(request, form, first_wrong(form, place_of(form, "")), status=refusal.status)


def _with_new_key(form: ReportForm) -> Any:
    posted: Any = form.data
    data = posted.copy()
    data["key"] = filing_keys.new_filing_key()
    return data


def _form_page(
    request: HttpRequest, form: ReportForm, place: Place, *, at_search: bool = False, status: int = 200
) -> HttpResponse:
    """The form at one of its steps; files that came with it must be chosen again."""
    context = {
        "form": form,
        "place": place,
        "limit": LARGEST_FILE,
        "at_search": at_search,
        "basket": request.POST.get("basket") or new_basket(),
        "tus_url": reverse("tips:uploads"),
        "tus_limit": LARGEST_UPLOAD,
        "task": _task(form["key"].value() or ""),
        "must_choose_again": bool(request.FILES) or "files_left" in request.POST,
        **_choices(form.data if form.is_bound else {}, force=at_search),
    }
    return render(request, "tips/public/report.html", context, status=status)


def _task(key: str) -> dict[str, Any] | None:
    """What the browser is to calculate; nothing for a key that was not made here."""
    try:
        return effort.filing_task(key)
    except Invalid:
        return None
