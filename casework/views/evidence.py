"""Evidence: sending files, looking at them, their chain of custody."""

import contextlib
import json
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.access import StaffRequest, staff
from casework.errors import EvidenceRefused, NotFound
from casework.forms import EvidenceForm
from casework.models import Case, Evidence
from casework.permissions import Permission, require
from casework.rules.custody import LARGEST_FILE
from casework.selectors import main_party, visible_case
from casework.services import add_evidence, describe_evidence
from casework.services.read_evidence import read_evidence
from workflows import journal
from workflows.errors import Repeated
from workflows.now import now


@staff("handle_case")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest, case_id: int) -> HttpResponse:
    """The form: with JavaScript the files are already in the store, without it they come along."""
    case = _handled(request, case_id)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _added(request, case, form):
        return redirect(_list_url(case))
    status = 422 if form.is_bound else 200
    context = {
        "case": case,
        "party": main_party(case),
        "form": form,
        "key": request.POST.get("key") or uuid4(),
        "begin_url": reverse("casework:evidence_begin", args=[case.pk]),
        "limit": LARGEST_FILE,
    }
    return render(request, "casework/evidence/add.html", context, status=status)


def _added(request: StaffRequest, case: Case, form: EvidenceForm) -> bool:
    """Whether everything was taken; a refusal stands beside the files."""
    given = form.cleaned_data
    key = f"evidence:{case.pk}:{request.user.pk}:{request.POST.get('key')}"
    stored = _ids(request.POST.getlist("files_stored"))
    if not stored and not given["files"]:
        form.add_error("files", _("Choose a file."))
        return False
    about: dict[str, Any] = {"actor": request.user, "case": case, "now": now()}
    about |= {"kind": given["kind"], "title": given["title"]}
    try:
        if stored:
            describe_evidence.describe_evidence(ids=stored, key=key, **about)
        for number, file in enumerate(given["files"]):
            add_evidence.add_small_file(file=file, key=f"{key}:{number}", **about)
    except Repeated:
        return True
    except EvidenceRefused as refused:
        form.add_error("files", str(refused))
        return False
    messages.success(request, _("The evidence was received and put under lock."))
    return True


@staff("handle_case")
@require_POST
def begin(request: StaffRequest, case_id: int) -> JsonResponse:
    """JSON {name, size, media_type, sha256} → a signed link and where to tell the end."""
    case = _handled(request, case_id)
    try:
        told = json.loads(request.body)
        announced = add_evidence.Announced(
            name=str(told["name"]),
            size=int(told["size"]),
            media_type=str(told.get("media_type", "")),
            sha256=str(told.get("sha256", "")),
        )
    except (ValueError, KeyError, TypeError):
        raise EvidenceRefused(_("The announcement of the file could not be read.")) from None
    evidence, link = add_evidence.begin_upload(actor=request.user, case=case, announced=announced, now=now())
    return JsonResponse(
        {
            "part_size": 0,
            "parts": [{"number": 1, "url": link, "headers": {}}],
            "complete_url": reverse("casework:evidence_finish", args=[evidence.pk]),
        }
    )


@staff("handle_case, sender of the file")
@require_POST
def finish(request: StaffRequest, evidence_id: UUID) -> JsonResponse:
    """The bytes are there: check them and make them evidence."""
    evidence = _evidence(evidence_id)
    with contextlib.suppress(Repeated):
        add_evidence.finish_upload(
            actor=request.user, evidence=evidence, key=f"evidence-finish:{evidence.pk}", now=now()
        )
    return JsonResponse({"file": str(evidence.pk)})


@staff("handle_case, sender of the file")
@require_POST
def give_up(request: StaffRequest, evidence_id: UUID) -> HttpResponse:
    """Take out a file that never arrived."""
    evidence = _evidence(evidence_id)
    describe_evidence.take_out_awaited(actor=request.user, evidence=evidence, now=now())
    return redirect(_list_url(evidence.case))


@staff("view_case")
@require_safe
def download(request: StaffRequest, evidence_id: UUID) -> HttpResponse:
    """Look at a file, or save it with `?save=1`: custody and journal note it."""
    link = read_evidence(
        actor=request.user,
        evidence=_evidence(evidence_id),
        download="save" in request.GET,
        now=now(),
    )
    return HttpResponseRedirect(link)


@staff("view_case")
@require_safe
def custody(request: StaffRequest, evidence_id: UUID) -> HttpResponse:
    """Who had a file in hand, from its receipt on."""
    evidence = _evidence(evidence_id)
    require(request.user, evidence.case, Permission.VIEW, now=now())
    journal.record(
        "custody_viewed", now=now(), actor=request.user, run=evidence.case.run, evidence=str(evidence.pk)
    )
    context = {
        "case": evidence.case,
        "party": main_party(evidence.case),
        "evidence": evidence,
        "entries": evidence.custody.select_related("actor"),
    }
    return render(request, "casework/evidence/custody.html", context)


def _handled(request: StaffRequest, case_id: int) -> Case:
    case = visible_case(request.user, case_id, now())
    require(request.user, case, Permission.HANDLE, now=now())
    return case


def _evidence(evidence_id: UUID) -> Evidence:
    found = Evidence.objects.select_related("case__run", "case__bureau").filter(pk=evidence_id).first()
    if found is None:
        raise NotFound
    return found


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError:
        raise NotFound from None


def _list_url(case: Case) -> str:
    return reverse("casework:case_part", args=[case.pk, "evidence"])
