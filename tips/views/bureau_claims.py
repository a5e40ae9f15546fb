"""The identity officer records a claim for a real-name tipster who came, wrote or sent an agent."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.permissions import require_role
from tips.errors import RewardNotOpen
from tips.forms.bureau_claim import ClaimNumberForm, RecordClaimForm
from tips.models import BureauClaim, Reward
from tips.rewards.parts import joint_parts, open_amount
from tips.services.claim_reward import CLAIMED, is_awaited
from tips.services.record_claim import RECORDS, claimable, record_claim
from workflows.errors import Refusal, Repeated
from workflows.now import now

PAGE_SIZE = 50


@staff("identity officer of the bureau")
@require_http_methods(["GET", "HEAD", "POST"])
def bureau_claims(request: StaffRequest) -> HttpResponse:
    """Ask for the claim number; below, what was recorded before, without names."""
    units = require_role(request.user, RECORDS, now=now())
    form = ClaimNumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reward = claimable(request.user, form.cleaned_data["claim_number"], now=now())
            return redirect("tips:bureau_claim", reward.pk)
        except Refusal as refusal:
            form.add_error("claim_number", str(refusal))
    found = BureauClaim.objects.filter(reward__bureau_id__in=units).select_related("reward", "recorded_by")
    context = {"form": form, "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))}
    return render(request, "tips/staff/bureau_claims.html", context, status=422 if form.errors else 200)


@staff("identity officer of the reward's bureau, for a real-name tip that waits to be claimed")
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def bureau_claim(request: StaffRequest, reward_id: int) -> HttpResponse:
    """Who came, how it was proved, and the payees."""
    units = require_role(request.user, RECORDS, now=now())
    found = Reward.objects.filter(pk=reward_id, bureau_id__in=units, tip__is_real_name=True)
    reward = found.select_related("run", "tip").first()
    if reward is None:
        raise NotFound
    if not is_awaited(reward, CLAIMED):
        messages.error(request, RewardNotOpen.text)
        return redirect("tips:bureau_claims")
    form = RecordClaimForm(request.POST or None, initial={"key": str(uuid4())}, parts=joint_parts(reward))
    if request.method == "POST" and form.is_valid() and _recorded(request, reward, form):
        messages.success(
            request, _("The claim is recorded. Another officer outside the case confirms the identity.")
        )
        return redirect("tips:bureau_claims")
    context = {"form": form, "reward": reward, "amount": open_amount(reward)}
    return render(request, "tips/staff/bureau_claim.html", context, status=422 if form.errors else 200)


@sensitive_variables()
def _recorded(request: StaffRequest, reward: Reward, form: RecordClaimForm) -> bool:
    key = f"bureau_claim:{request.user.pk}:{form.cleaned_data['key']}"
    try:
        record_claim(reward, form.claimant(), form.payee(), actor=request.user, key=key, now=now())
    except Repeated:
        return True
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
