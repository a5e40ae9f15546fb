"""Reward schemes for officials: what holds, drafts as tables, trials, decisions of another person."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.access import StaffRequest, staff
from casework.case_faces import happenings_of
from casework.errors import NotFound
from casework.form_keys import form_key
from casework.models import Bureau
from casework.permissions import Role, units_of
from tips.forms.schemes import AssignmentForm, NewSchemeForm
from tips.models import RewardScheme, SchemeAssignment, SchemeProposal
from tips.permissions import PROPOSES_SCHEMES, may_change_scheme
from tips.rules.scheme_data import as_data
from tips.schemes.exchange import to_csv, to_yaml
from tips.schemes.faces import STATE_TONES, standing, title_of, version_face, versions_of
from tips.schemes.in_force import scheme_key_for, stored_schemes
from tips.services.propose_scheme import draft_version, open_scheme, propose_assignment
from workflows.errors import Invalid, Repeated
from workflows.models import JournalEntry
from workflows.now import now
from workflows.rules.calendar import civil_date

SEES_PROPOSALS = PROPOSES_SCHEMES | {Role.AUDITOR}


def own_bureau(request: StaffRequest) -> Bureau:
    """The bureau in which the asker proposes schemes. Raises: NotFound."""
    bureau = request.user.bureau
    if bureau is None or bureau.pk not in units_of(request.user, PROPOSES_SCHEMES, now()):
        raise NotFound
    return bureau


def proposals_for(request: StaffRequest) -> Any:
    """Proposals of the bureaus in which the asker drafts, approves or audits."""
    units = units_of(request.user, SEES_PROPOSALS, now())
    found = SchemeProposal.objects.filter(bureau_id__in=units)
    return found.select_related("scheme", "bureau", "proposed_by", "decided_by")


@staff("law that is public; proposals of the own bureau only")
@require_safe
def scheme_list(request: StaffRequest) -> HttpResponse:
    """Which schemes there are, which one the bureau uses, what waits for a decision."""
    today = civil_date(now())
    rows = []
    for scheme in stored_schemes().values():
        version = scheme.version_on(today) or scheme.versions[-1]
        rows.append((scheme, title_of(scheme), version_face(scheme, version), *standing(scheme, today)))
    waiting = proposals_for(request).filter(state__in=["draft", "handed_in"])
    bureau = request.user.bureau
    context: dict[str, Any] = {
        "rows": rows,
        "proposals": [(one, title_of(one.scheme), STATE_TONES[one.state]) for one in waiting],
        "own_key": scheme_key_for(bureau, today) if bureau else "",
        "may_propose": bureau is not None and bureau.pk in units_of(request.user, PROPOSES_SCHEMES, now()),
        "assignments": SchemeAssignment.objects.filter(bureau=bureau).select_related("scheme")
        if bureau
        else [],
    }
    return render(request, "tips/schemes/list.html", context)


@staff("law that is public")
@require_http_methods(["GET", "HEAD", "POST"])
def scheme_page(request: StaffRequest, key: str) -> HttpResponse:
    """One scheme with all its versions; posting begins a draft of the next one."""
    stored = RewardScheme.objects.filter(key=key).first()
    if stored is None:
        raise NotFound
    if request.method == "POST":
        return _begin_draft(request, stored)
    scheme = stored_schemes().get(key)
    bureau = request.user.bureau
    may_propose = bureau is not None and bureau.pk in units_of(request.user, PROPOSES_SCHEMES, now())
    entries = JournalEntry.objects.filter(subject_kind="reward_scheme", subject_id=stored.pk)
    context: dict[str, Any] = {
        "stored": stored,
        "title": title_of(stored),
        "versions": versions_of(scheme) if scheme else [],
        "state": standing(scheme, civil_date(now())) if scheme else ("open", _("no version yet")),
        "may_draft": may_propose and bureau is not None and may_change_scheme(stored, bureau),
        "proposals": [(one, STATE_TONES[one.state]) for one in proposals_for(request).filter(scheme=stored)],
        "happenings": happenings_of(entries.select_related("actor").order_by("id")) if may_propose else [],
        "key": uuid4(),
    }
    return render(request, "tips/schemes/page.html", context)


def _begin_draft(request: StaffRequest, stored: RewardScheme) -> HttpResponse:
    """A draft begins with what holds last, so that only what changes is typed."""
    scheme = stored_schemes().get(stored.key)
    data = as_data(scheme.versions[-1]) | {"in_force_from": "", "in_force_to": None} if scheme else {}
    once = form_key(request, "scheme")
    bureau = own_bureau(request)
    try:
        draft = draft_version(
            actor=request.user, bureau=bureau, scheme=stored, data=data, once=once, now=now()
        )
    except Repeated:
        draft = proposals_for(request).filter(scheme=stored, proposed_by=request.user).order_by("-id")[0]
    return redirect("tips:scheme_proposal", draft.pk)


@staff("officials who propose schemes")
@require_http_methods(["GET", "HEAD", "POST"])
def new_scheme(request: StaffRequest) -> HttpResponse:
    """Name a scheme of the bureau's own; a second click is a repeat by the short name."""
    bureau = own_bureau(request)
    form = NewSchemeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_scheme(
                actor=request.user,
                bureau=bureau,
                once=form_key(request, "scheme"),
                now=now(),
                **form.cleaned_data,
            )
        except Repeated:
            return redirect("tips:scheme", form.cleaned_data["key"])
        except Invalid as refused:
            form.add_error(refused.field, str(refused))
        else:
            return redirect("tips:scheme", made.key)
    return render(request, "tips/schemes/new.html", {"form": form}, status=422 if form.errors else 200)


@staff("officials who propose schemes")
@require_http_methods(["GET", "HEAD", "POST"])
def assign_scheme(request: StaffRequest) -> HttpResponse:
    """Propose which scheme the bureau uses from a day on."""
    bureau = own_bureau(request)
    form = AssignmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            propose_assignment(
                actor=request.user,
                bureau=bureau,
                once=form_key(request, "scheme"),
                now=now(),
                **form.cleaned_data,
            )
        except Repeated:
            pass
        except Invalid as refused:
            form.add_error(refused.field, str(refused))
        if not form.errors:
            messages.success(request, _("The proposal waits for the approval of another person."))
            return redirect("tips:schemes")
    context = {
        "form": form,
        "bureau": bureau,
        "own_key": scheme_key_for(bureau, civil_date(now())),
        "key": request.POST.get("key") or uuid4(),
    }
    return render(request, "tips/schemes/assign.html", context, status=422 if form.errors else 200)


@staff("law that is public")
@require_safe
def export_schemes(request: StaffRequest) -> HttpResponse:
    """All approved schemes as a file: YAML, or a CSV table."""
    as_table = request.GET.get("as") == "csv"
    schemes = stored_schemes().values()
    # Spreadsheets take a CSV file for UTF-8 by the mark at its beginning.
    text = "\N{ZERO WIDTH NO-BREAK SPACE}" + to_csv(schemes) if as_table else to_yaml(schemes)
    kind, name = ("text/csv", "schemes.csv") if as_table else ("application/yaml", "schemes.yaml")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=headers)
