"""The journal for auditors: who did what and who looked, in their bureau; where each entry is sealed."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.access import StaffRequest, public, staff
from casework.case_faces import happenings_of
from casework.errors import NotFound, NotSealedYet
from casework.permissions import Role, require_role
from workflows import journal as written
from workflows.models import JournalEntry, Run
from workflows.now import now
from workflows.sealing.heads import published
from workflows.sealing.keys import public_key
from workflows.sealing.proofs import NotSealed, prove
from workflows.sealing.selectors import head_of, recent_heads, seals_of

PAGE_SIZE = 100
HEADS_SHOWN = 100


@staff("auditor of the bureau")
@require_safe
def journal(request: StaffRequest) -> HttpResponse:
    """Entries of the bureau's matters, the newest first; the look itself is an entry."""
    found = _entries_of_the_bureau(request).select_related("actor", "run").order_by("-id")
    if act := request.GET.get("act", ""):
        found = found.filter(act=act)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    written.record("journal_viewed", now=now(), actor=request.user, page=page.number, filter=act)
    happenings = happenings_of(reversed(list(page)))
    seals = seals_of(entry.pk for entry in page)
    rows = [(entry, face, seals.get(entry.pk)) for entry, face in zip(page, happenings, strict=True)]
    return render(request, "casework/journal.html", {"page": page, "rows": rows, "act": act})


@staff("auditor of the bureau")
@require_safe
def proof(request: StaffRequest, entry_id: int) -> HttpResponse:
    """The proof of one entry as a file; taking it is an entry, too. Raises: NotFound, NotSealedYet."""
    entry = _entries_of_the_bureau(request).filter(pk=entry_id).first()
    if entry is None:
        raise NotFound
    try:
        made = prove([entry])
    except NotSealed as waiting:
        raise NotSealedYet from waiting
    written.record("journal_proof_taken", now=now(), actor=request.user, family=entry.family, entry=entry.pk)
    return _file(made, f"journal-proof-{entry.pk}.json")


@public("heads of the journal hold no content; everybody may keep them")
@require_safe
def heads(request: HttpRequest) -> HttpResponse:
    """The newest heads with the public key; with `?day=`, the head of that day alone. Raises: NotFound."""
    day = request.GET.get("day", "")
    if not day:
        shown = [published(head) for head in recent_heads(HEADS_SHOWN)]
        return _file({"public_key": public_key().hex(), "heads": shown}, "journal-heads.json")
    try:
        head = head_of(date.fromisoformat(day))
    except ValueError as error:
        raise NotFound from error
    if head is None:
        raise NotFound
    return _file(published(head), f"journal-head-{head.day}.json")


def _entries_of_the_bureau(request: StaffRequest) -> QuerySet[JournalEntry]:
    units = require_role(request.user, {Role.AUDITOR}, now=now())
    families = Run.objects.filter(unit_id__in=units).values("family")
    return JournalEntry.objects.filter(family__in=families)


def _file(content: dict[str, object], name: str) -> HttpResponse:
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
