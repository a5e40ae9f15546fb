"""One work item: its page, and doing it."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.access import StaffRequest, staff
from casework.clock_faces import clock_face
from casework.errors import FormRefused
from casework.faces import Fact
from casework.models import Case
from casework.permissions import ROLES, Permission, may
from casework.selectors import main_party
from casework.task_pages import TaskPage, page_for, perform_task
from casework.views.work import item_or_404
from workflows.door.commands import check_offer, claim_item
from workflows.errors import AlreadyDone, DutyConflict, Invalid, Refusal, Repeated, TakenByAnother
from workflows.models import WorkItem
from workflows.now import now


@staff("offered work: lane, candidates, duties")
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: StaffRequest, item_id: Any) -> HttpResponse:
    """GET: the page of the work. POST: do it; entries stay when something is refused."""
    item = item_or_404(item_id)
    if request.method == "POST":
        return _perform(request, item)
    try:
        check_offer(item, request.user, now())
    except (AlreadyDone, DutyConflict, TakenByAnother) as refusal:
        return _closed(request, item, refusal)
    if item.assignee_id is None:
        return render(request, "casework/tasks/unclaimed.html", _header(item, request) | {"key": uuid4()})
    page = page_for(item, request.user)
    return _page(request, item, page, page.form(), key=str(uuid4()))


def _perform(request: StaffRequest, item: WorkItem) -> HttpResponse:
    posted = request.POST.get("key") or str(uuid4())
    key = f"task:{item.pk}:{request.user.pk}:{posted}"[:200]
    try:
        perform_task(
            actor=request.user, item=item, data=request.POST, files=request.FILES, key=key, now=now()
        )
    except Repeated:
        return _after(request, item)
    except FormRefused as refused:
        item = _taken(request, item)
        page = page_for(item, request.user)
        page.form(request.POST, request.FILES)
        return _page(request, item, page, refused.form, key=posted, status=422)
    except (AlreadyDone, DutyConflict, TakenByAnother) as refusal:
        return _closed(request, item, refusal)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _refused(request, _taken(request, item), refusal, posted)
    return _after(request, item)


def _taken(request: StaffRequest, item: WorkItem) -> WorkItem:
    """The item in the sender's hands: a refused form shows the matter, so the look must be a claim."""
    if item.assignee_id is not None:
        return item
    return claim_item(item, actor=request.user, key=f"taken:{item.pk}:{uuid4()}", now=now())


def _after(request: StaffRequest, item: WorkItem) -> HttpResponse:
    """The same page while the work goes on, else the list."""
    item.refresh_from_db(fields=["status"])
    if item.status == WorkItem.Status.OPEN:
        return redirect("casework:task", item_id=item.pk)
    messages.success(request, _("Done: %(label)s") % {"label": item.label})
    return redirect("casework:my_work")


def _refused(request: StaffRequest, item: WorkItem, refusal: Refusal, key: str) -> HttpResponse:
    """The form with its entries; the sentence stands beside its field, or above the form."""
    page = page_for(item, request.user)
    form = page.form(request.POST, request.FILES)
    form.is_valid()
    field = refusal.field if isinstance(refusal, Invalid) else None
    if isinstance(refusal, Invalid):
        form.add_error(field if field in form.fields else None, str(refusal))
        return _page(request, item, page, form, key=key, status=refusal.status)
    return _page(request, item, page, form, key=key, status=refusal.status, refusal=refusal)


def _page(
    request: StaffRequest,
    item: WorkItem,
    page: TaskPage,
    form: Any,
    *,
    key: str,
    status: int = 200,
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = _header(item, request) | {
        "page": page,
        "form": form,
        "key": key,
        "refusal": {"text": str(refusal)} if refusal else None,
        "facts": case_panel(item, request),
        "may_release": item.assignee_id == request.user.pk,
        **page.context(),
    }
    return render(request, page.template_name, context, status=status)


def _closed(request: StaffRequest, item: WorkItem, refusal: Refusal) -> HttpResponse:
    is_held = item.assignee_id == request.user.pk and item.status == WorkItem.Status.OPEN
    context = _header(item, request) | {
        "refusal": {"text": str(refusal)},
        "may_release": is_held,
        "key": uuid4(),
    }
    return render(request, "casework/tasks/refused.html", context, status=refusal.status)


def _header(item: WorkItem, request: StaffRequest) -> dict[str, Any]:
    return {
        "item": item,
        "title": _(item.label),
        "matter": item.run.business_key,
        "matter_url": _matter_url(item, request),
        "clock": clock_face(item.clock, now()),
        "holder": str(item.assignee) if item.assignee else "",
        "holder_role": ROLES.get(item.lane, item.lane),
    }


def _matter_url(item: WorkItem, request: StaffRequest) -> str:
    if item.run.subject_kind != "case":
        return ""
    case = Case.objects.get(pk=item.run.subject_id)
    is_open = may(request.user, case, Permission.VIEW, now())
    return reverse("casework:case", args=[case.pk]) if is_open else ""


def case_panel(item: WorkItem, request: StaffRequest) -> list[Fact]:
    """The case at a glance beside a task; nothing for people who may not see the case."""
    if item.run.subject_kind != "case":
        return []
    case = Case.objects.select_related("bureau").get(pk=item.run.subject_id)
    if not may(request.user, case, Permission.VIEW, now()):
        return []
    return [
        Fact(_("Case number"), case.number, reverse("casework:case", args=[case.pk])),
        Fact(_("Party"), main_party(case).name),
        Fact(_("Cause"), case.cause),
        Fact(_("Filed on"), case.filed_on.isoformat()),
        Fact(_("To be returned"), f"¥{case.recovery_amount:,.2f}"),
        Fact(_("Fine"), f"¥{case.fine_amount:,.2f}"),
        Fact(_("Matter"), case.summary),
    ]
