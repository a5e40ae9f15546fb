"""The status page of a tipster: what each of its parts shows, one function a part."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.rule_sentences import in_words
from tips.coming_back import messages
from tips.coming_back.reexaminations import decision_of, told
from tips.coming_back.status import history_of, status_of
from tips.coming_back.tipster_session import TipsterSession
from tips.files.faces import file_face
from tips.files.uploads import LARGEST_FILE
from tips.forms.follow import MessageForm, MoreFilesForm
from tips.models import ClaimPin
from tips.rewards.claim_reminders import banner_of
from tips.rewards.status import reward_of
from tips.rewards.unrewarded import why_none
from tips.sealing import contents
from tips.selectors import thread
from tips.services.choose_pin import may_have_pin
from tips.services.receive_upload import LARGEST_UPLOAD
from tips.services.write_message import mark_read
from tips.views.looking import fresh_key
from workflows.now import now
from workflows.rules.calendar import civil_date

Part = dict[str, Any]


def status_page(
    request: HttpRequest, session: TipsterSession, *, status: int = 200, **bound: forms.Form
) -> HttpResponse:
    """Everything about one report; a form that was refused comes back in `bound` as it was typed."""
    context: Part = {"tip": session.tip, "mark": session.mark, "draft_done": request.GET.get("done", "")}
    for part in PARTS:
        context |= part(session)
    response = render(request, "tips/public/status.html", context | bound, status=status)
    mark_read(session.tip, by_tipster=True, now=now())
    return response


def _now(session: TipsterSession) -> Part:
    return {"status": status_of(session.tip, now())}


def _reward(session: TipsterSession) -> Part:
    reward = reward_of(session.tip)
    reason = None if reward else why_none(session.tip)
    no_reward = in_words(reason) if reason else ""
    return {
        "no_reward": no_reward,
        "reward": reward,
        "banner": banner_of(reward, now()),
        "pin_state": _pin_state(session),
    }


def _pin_state(session: TipsterSession) -> str:
    """Whether a PIN guards the claim; nothing where none is needed or any more of use."""
    reward = reward_of(session.tip)
    if not may_have_pin(session.tip) or (reward and not reward.is_open):
        return ""
    return "set" if ClaimPin.objects.filter(tip=session.tip).exists() else "none"


def _reexaminations(session: TipsterSession) -> Part:
    return {
        "reexaminations": told(session.tip, now()),
        "can_ask_again": decision_of(session.tip) is not None,
    }


def _messages(session: TipsterSession) -> Part:
    tip, key = session.tip, session.content_key
    return {
        "letters": [messages.read(one, key) for one in thread(tip)],
        "message_form": MessageForm(initial=fresh_key(session)),
    }


def _requests(session: TipsterSession) -> Part:
    today = civil_date(now())
    return {"requests": messages.asked_of(session.tip, session.content_key, today=today)}


def _files(session: TipsterSession) -> Part:
    sent = session.tip.files.filter(is_from_tipster=True)
    return {
        "files": [file_face(file, session.content_key) for file in sent],
        "tus_url": reverse("tips:uploads"),
        "tus_limit": LARGEST_UPLOAD,
        "uploads": session.tip.uploads.count(),
        "files_form": MoreFilesForm(initial=fresh_key(session)),
        "limit": LARGEST_FILE,
    }


def _history(session: TipsterSession) -> Part:
    return {"history": history_of(session.tip)}


def _words(session: TipsterSession) -> Part:
    return {"words": contents.open_words(session.tip, session.content_key)}


# Each part has a template of its own in tips/public/status/.
PARTS = (_now, _reward, _reexaminations, _requests, _messages, _files, _history, _words)
