"""The letter with which a tipster is told of a reward."""

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from casework.access import StaffRequest, staff
from casework.errors import NotFound
from casework.models import Document
from casework.services.read_document import read_document
from tips.models import Reward
from tips.permissions import RewardPermission, require_reward
from tips.rewards.notices import KIND
from workflows.now import now


@staff("whoever took the work of delivering the notice; downloads are journalled")
@require_safe
def letter(request: StaffRequest, document_id: int) -> HttpResponse:
    """The PDF to print."""
    found = Document.objects.filter(pk=document_id, kind=KIND, subject_kind="reward").first()
    if found is None:
        raise NotFound
    reward = Reward.objects.get(pk=found.subject_id)
    require_reward(request.user, reward, RewardPermission.CONFIRM_IDENTITY, now=now())
    return HttpResponseRedirect(read_document(actor=request.user, document=found, now=now()))
