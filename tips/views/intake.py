"""Taking a tip in for somebody: by telephone, letter, visit, e-mail, WeChat, or handed on by others."""

from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.permissions import Role, units_of
from tips.errors import CutOff
from tips.files.baskets import Owner, new_basket, owner_of_basket
from tips.files.errors import FilesOnTheirWay
from tips.files.uploads import LARGEST_FILE, Arrival, is_cut_off, watch
from tips.forms.intake import IntakeForm
from tips.forms.telling import NOT_LISTED
from tips.receipts.paper import paper
from tips.receipts.showing import receipt_face, receipt_of
from tips.sealing import filing_keys
from tips.selectors import institutions_like
from tips.services.confirm_receipt import confirm_receipt
from tips.services.file_tip import file_tip
from tips.services.receive_upload import LARGEST_UPLOAD
from workflows.errors import Invalid, Refusal, Repeated
from workflows.now import now

GONE = "tips/staff/receipt_gone.html"


def _units(request: StaffRequest) -> set[int]:
    units = units_of(request.user, [Role.INTAKE_OFFICER], now())
    if not units:
        raise NotFound
    return units


# The body is watched before anything reads it; the token is then checked by the inner view as everywhere.
@csrf_exempt
@staff("intake officers of a bureau")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: StaffRequest) -> HttpResponse:
    """The form, and what was written down with it."""
    units = _units(request)
    arrival = watch(request) if request.method == "POST" else None
    answer: HttpResponse = _take_in(request, units, arrival)
    return answer


@csrf_protect
def _take_in(request: StaffRequest, units: set[int], arrival: Arrival | None) -> HttpResponse:
    if arrival is None:
        return _page(request, IntakeForm(units=units, initial={"key": filing_keys.new_filing_key()}))
    form = IntakeForm(request.POST, request.FILES, units=units, too_large_names=arrival.too_large)
    if "find" in request.POST:
        form.is_valid()
        form.errors.clear()
        return _page(request, form, searched=True)
    if is_cut_off(request, arrival):
        return _refused(request, form, CutOff())
    if not form.is_valid():
        return _page(request, form, status=422)
    return _file(request, form)


@sensitive_variables()
def _file(request: StaffRequest, form: IntakeForm) -> HttpResponse:
    key = form.cleaned_data["key"]
    try:
        seed, files = filing_keys.seed_of(key), form.cleaned_data["files"]
        basket = _whole_basket(request)
        file_tip(form.filing(), files=files, seed=seed, now=now(), actor=request.user, basket=basket)
    except Repeated:
        pass
    except (Invalid, FilesOnTheirWay) as refusal:
        return _refused(request, form, refusal)
    return _receipt(request, key)


def _whole_basket(request: StaffRequest) -> Owner | None:
    """The uploads of this page. Unlike a tipster, an officer has no page on which one could go on later."""
    basket = owner_of_basket(request.POST.get("basket", ""))
    if basket and (unfinished := sum(not upload.is_whole for upload in basket.uploads())):
        raise FilesOnTheirWay(count=unfinished)
    return basket


@sensitive_variables()
def _receipt(request: StaffRequest, key: str) -> HttpResponse:
    """The receipt, drawn into the answer itself, to hand over or read aloud."""
    found = receipt_of(key, now())
    if found is None:
        return render(request, GONE, status=409)
    return _unkept(render(request, "tips/staff/receipt.html", {**receipt_face(*found), "key": key}))


@staff("intake officers of a bureau")
@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def receipt_paper(request: StaffRequest) -> HttpResponse:
    """The receipt as a sheet to print, until it was handed over."""
    _units(request)
    found = _known(request)
    if found is None:
        return render(request, GONE, status=409)
    response = HttpResponse(paper(*found, printed_at=now()), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="receipt.pdf"'
    return _unkept(response)


@staff("intake officers of a bureau")
@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def handed_over(request: StaffRequest) -> HttpResponse:
    """The tipster has the code: it is never shown again."""
    _units(request)
    found = _known(request)
    if found is None:
        return render(request, GONE, status=409)
    confirm_receipt(found[0], now=now(), handed_over_by=request.user)
    notices.success(request, _("The receipt was handed over; nobody can show it again."))
    return redirect("tips:take_in")


def _known(request: StaffRequest) -> Any:
    """Tip and code of the posted key, when this officer took it in."""
    try:
        found = receipt_of(request.POST.get("key", ""), now())
    except Invalid:
        return None
    return found if found and found[0].taken_in_by_id == request.user.pk else None


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def _refused(request: StaffRequest, form: IntakeForm, refusal: Refusal) -> HttpResponse:
    form.is_valid()
    form.add_error(None, str(refusal))
    return _page(request, form, status=refusal.status)


def _page(
    request: StaffRequest, form: IntakeForm, *, searched: bool = False, status: int = 200
) -> HttpResponse:
    posted = form.data if form.is_bound else {}
    words = posted.get("target_name", "")
    context = {
        "form": form,
        "limit": LARGEST_FILE,
        "basket": posted.get("basket") or new_basket(),
        "tus_url": reverse("tips:uploads"),
        "tus_limit": LARGEST_UPLOAD,
        "at_search": searched,
        "institutions": institutions_like(words),
        "chosen": posted.get("institution", ""),
        "words": words,
        "searched": searched or len(words.strip()) > 1,
        "not_listed": NOT_LISTED,
    }
    return render(request, "tips/staff/intake.html", context, status=status)
