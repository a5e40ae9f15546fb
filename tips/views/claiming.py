"""A tipster's reward: the PIN, the claim, and giving it up."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from casework.access import public
from tips import effort
from tips.coming_back.tipster_session import TipsterSession
from tips.errors import LookUpDown, RewardNotOpen, WaitFirst
from tips.forms.claiming import ChangePinForm, ChoosePinForm, ClaimForm, DeclineForm
from tips.models import ClaimPin
from tips.rewards.parts import joint_parts, open_amount
from tips.rewards.pin_errors import NoPinHere, OtherPerson, PayeesMissing, PinChosen, PinNeeded, WrongPin
from tips.rewards.status import reward_of
from tips.services.choose_pin import choose_pin, may_have_pin
from tips.services.claim_reward import claim_reward, decline_reward, give_up_reward, open_waiver
from tips.views.looking import done, fresh_key, with_report
from workflows.errors import Refusal
from workflows.now import now

REFUSED = (
    LookUpDown,
    NoPinHere,
    OtherPerson,
    PayeesMissing,
    PinChosen,
    PinNeeded,
    WaitFirst,
    WrongPin,
)


@public("the receipt code opens it")
@require_http_methods(["GET", "HEAD", "POST"])
@with_report
@sensitive_variables()
def claim(request: HttpRequest, session: TipsterSession) -> HttpResponse:
    """Say whom the reward is paid to; an anonymous claim needs the PIN."""
    reward = reward_of(session.tip)
    if reward is None or not reward.can_claim:
        notices.error(request, RewardNotOpen.text)
        return redirect("tips:report_status")
    has_pin = ClaimPin.objects.filter(tip=session.tip).exists()
    waiver = None if session.tip.is_real_name else open_waiver(reward.reward)
    if not (session.tip.is_real_name or has_pin or waiver):
        notices.info(request, PinNeeded.text)
        return redirect("tips:report_pin")
    asks: dict[str, Any] = {
        "asks_pin": has_pin,
        "is_waived": waiver is not None,
        "parts": joint_parts(reward.reward),
    }
    form = ClaimForm(request.POST or None, initial=fresh_key(session), **asks)
    context = {
        "reward": reward,
        "amount": open_amount(reward.reward),
        "form": form,
        "has_waiver": waiver is not None,
    }

    def act() -> object:
        given = form.cleaned_data
        return claim_reward(
            reward.reward, form.payee(), pin=given.get("pin", ""), key=given["key"], now=now()
        )

    sentence = _(
        "Your claim was received. An officer outside the case confirms your identity, then it is paid."
    )
    return _guarded(request, session, form, act, sentence, "tips/public/claim.html", context)


@public("the receipt code opens it")
@require_http_methods(["GET", "HEAD", "POST"])
@with_report
@sensitive_variables()
def decline(request: HttpRequest, session: TipsterSession) -> HttpResponse:
    """Give the reward up, before or after it was granted; a PIN that stands guards it."""
    reward = reward_of(session.tip)
    asks_pin = reward is not None and ClaimPin.objects.filter(tip=session.tip).exists()
    form = DeclineForm(request.POST or None, initial=fresh_key(session), asks_pin=asks_pin)

    def act() -> object:
        given = form.cleaned_data
        if reward is None:
            return decline_reward(session.tip, key=given["key"], now=now())
        return give_up_reward(reward.reward, pin=given.get("pin", ""), key=given["key"], now=now())

    context = {"reward": reward, "form": form}
    return _guarded(
        request, session, form, act, _("You gave up the reward."), "tips/public/decline.html", context
    )


@public("the receipt code opens it")
@require_http_methods(["GET", "HEAD", "POST"])
@with_report
@sensitive_variables()
def pin(request: HttpRequest, session: TipsterSession) -> HttpResponse:
    """Choose the PIN of an anonymous claim, or change it with the present one."""
    tip = session.tip
    if not may_have_pin(tip):
        notices.info(request, NoPinHere.text)
        return redirect("tips:report_status")
    has_pin = ClaimPin.objects.filter(tip=tip).exists()
    form = (ChangePinForm if has_pin else ChoosePinForm)(request.POST or None, initial=fresh_key(session))

    def act() -> object:
        given = form.cleaned_data
        current = given.get("current", "")
        return choose_pin(tip, given["pin"], current=current, key=given["key"], now=now())

    context = {"form": form, "has_pin": has_pin}
    sentence = _("The PIN is set. Keep it apart from your receipt code.")
    return _guarded(request, session, form, act, sentence, "tips/public/pin.html", context)


@sensitive_variables()
def _guarded(
    request: HttpRequest,
    session: TipsterSession,
    form: forms.Form,
    act: Callable[[], object],
    sentence: Any,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """The page, or the act on a valid form; where the form asks for a PIN that stands, trying one has its price."""
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            _admit(request, session, form)
            return done(request, act, sentence)
        except REFUSED as refused:
            refusal = refused
            form.add_error(_field_of(refused, form), str(refused))
    context |= {"task": _task(session, form), "ticket": refusal.fields.get("ticket", "") if refusal else ""}
    status = refusal.status if refusal else 422 if form.errors else 200
    response = render(request, template, context, status=status)
    if isinstance(refusal, WaitFirst):
        response["Retry-After"] = str(refusal.fields["seconds"])
    return response


def _admit(request: HttpRequest, session: TipsterSession, form: forms.Form) -> None:
    if _typed_pin(form):
        given = {name: request.POST.get(name, "") for name in ("page", "ticket")}
        effort.admit_pin(session.tip, payload=request.POST.get("effort", ""), now=now(), **given)


def _typed_pin(form: forms.Form) -> bool:
    """Whether somebody tries the PIN that stands; a new one is no try."""
    name = "current" if "current" in form.fields else "pin"
    return not isinstance(form, ChoosePinForm) and bool(form.cleaned_data.get(name))


def _field_of(refusal: Refusal, form: forms.Form) -> str | None:
    if not isinstance(refusal, WrongPin):
        return None
    return "current" if "current" in form.fields else "pin"


def _task(session: TipsterSession, form: forms.Form) -> dict[str, Any] | None:
    """What the browser is to calculate before the next PIN; nothing in quiet times or while the counters are down."""
    if not {"pin", "current"} & set(form.fields) or isinstance(form, ChoosePinForm):
        return None
    try:
        return effort.pin_task(session.tip)
    except LookUpDown:
        return None
