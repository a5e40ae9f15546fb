"""The tip register and the page of one tip, for officers. Outsiders find nothing."""

import secrets
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casework.access import StaffRequest, staff
from casework.case_faces import happenings_of
from casework.clock_faces import clock_faces
from casework.diagram_faces import diagram_of
from casework.errors import NotFound, StoreDown
from casework.models import Document
from casework.services.read_document import read_document
from casework.streaming import streamed_file
from tips.coming_back.status import handling_step
from tips.files.uploads import LARGEST_FILE
from tips.forms.asking import AskForm, LetterForm
from tips.forms.handing_on import HandOnLaterForm
from tips.models import Reward, Tip, TipFile
from tips.openings import works_on
from tips.permissions import RewardPermission, TipPermission, may_tip, require_reward, require_tip
from tips.selectors import tip_journal, visible_tip
from tips.services.hand_on_later import files_under_check, may_hand_on_later, waiting_files
from tips.services.read_words import OpenedTip, read_file, read_words
from tips.services.write_message import write_to_tipster
from tips.task_pages.likeness import alike_context
from tips.task_pages.tips import tip_facts, word_lists
from workflows.errors import Repeated
from workflows.now import now
from workflows.selectors import open_clocks


@staff("view_tip")
@require_safe
def tip_page(request: StaffRequest, tip_id: int) -> HttpResponse:
    """One tip; its sealed words only on request, by whoever holds the grant."""
    tip = visible_tip(request.user, tip_id, now())
    may_open = may_tip(request.user, tip, TipPermission.OPEN_WORDS, now())
    opened = None
    if may_open and request.GET.get("words") == "open":
        opened = read_words(tip, actor=request.user, purpose="tip_page", now=now())
    return tip_page_of(request, tip, opened, may_open)


def tip_page_of(
    request: StaffRequest,
    tip: Tip,
    opened: OpenedTip | None,
    may_open: bool,
    status: int = 200,
    **forms: Any,
) -> HttpResponse:
    """The page of a tip; a form that was refused comes back in `forms` as it was typed."""
    step = handling_step(tip)
    key = secrets.token_urlsafe(24)
    context = {
        "tip": tip,
        "word": step.word,
        "tone": step.tone,
        "facts": tip_facts(tip),
        "clocks": clock_faces(open_clocks(tip.leading_run), now()),
        "opened": opened,
        "may_open": may_open,
        "may_ask_identity": tip.is_real_name and works_on(request.user, tip, now()),
        "happenings": happenings_of(tip_journal(tip)),
        "diagram": diagram_of(tip.leading_run),
        "documents": Document.objects.filter(subject_kind="tip", subject_id=tip.pk),
        "form": LetterForm(initial={"key": key}),
        "ask_form": AskForm(initial={"key": key}),
        "hand_on_form": _hand_on_form(tip, key) if opened else None,
        "files_left": (waiting_files(tip).count(), files_under_check(tip).count()) if opened else None,
        "limit": LARGEST_FILE,
        "draft_done": request.GET.get("done", ""),
        **alike_context(request.user, tip),
        **word_lists(opened),
        **forms,
    }
    return render(request, "tips/staff/tip.html", context, status=status)


def _hand_on_form(tip: Tip, key: str) -> HandOnLaterForm | None:
    """Where there is a case, what came later may follow into it."""
    if not may_hand_on_later(tip):
        return None
    return HandOnLaterForm(initial={"key": key}, checked=list(waiting_files(tip)))


def refused_tip_page(request: StaffRequest, tip: Tip, status: int = 422, **forms: Any) -> HttpResponse:
    """The page again, words open, with a form that was refused."""
    opened = read_words(tip, actor=request.user, purpose="tip_page", now=now())
    return tip_page_of(request, tip, opened, True, status, **forms)


@staff("open_tip_words")
@require_POST
def tip_message(request: StaffRequest, tip_id: int) -> HttpResponse:
    """Write to the tipster, with files."""
    tip = visible_tip(request.user, tip_id, now())
    require_tip(request.user, tip, TipPermission.OPEN_WORDS, now=now())
    form = LetterForm(request.POST, request.FILES)
    if not form.is_valid():
        return refused_tip_page(request, tip, form=form)
    given = form.cleaned_data
    try:
        write_to_tipster(
            tip, given["text"], actor=request.user, key=given["key"], now=now(), files=given["files"]
        )
    except Repeated:
        pass
    except StoreDown as refusal:
        form.add_error("files", str(refusal))
        return refused_tip_page(request, tip, refusal.status, form=form)
    notices.success(request, _("The message is in the thread."))
    return redirect(f"{tip_url(tip)}?words=open&done=letter")


def tip_url(tip: Tip) -> str:
    """Address of a tip's page."""
    return reverse("tips:tip", args=[tip.pk])


@staff("open_tip_words")
@require_safe
def tip_file(request: StaffRequest, tip_id: int, file_id: Any) -> HttpResponseBase:
    """A file as the tipster sent it, opened in this process while it is sent, for one recorded look."""
    file = TipFile.objects.select_related("tip__run").filter(pk=file_id, tip_id=tip_id).first()
    if file is None:
        raise NotFound
    look = read_file(file, actor=request.user, now=now())
    response = streamed_file(request, look.file, file.size, file.media_type)
    # Never shown inside the site: the bytes come from outside.
    response["Content-Disposition"] = content_disposition_header(True, look.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@staff("view_tip or view_reward of the document's matter")
@require_safe
def document(request: StaffRequest, document_id: int) -> HttpResponse:
    """The PDF of a document of a tip or reward."""
    found = Document.objects.filter(pk=document_id, subject_kind__in=("tip", "reward")).first()
    if found is None:
        raise NotFound
    if found.subject_kind == "tip":
        require_tip(request.user, Tip.objects.get(pk=found.subject_id), TipPermission.VIEW, now=now())
    else:
        reward = Reward.objects.get(pk=found.subject_id)
        require_reward(request.user, reward, RewardPermission.VIEW, now=now())
    return HttpResponseRedirect(read_document(actor=request.user, document=found, now=now()))
