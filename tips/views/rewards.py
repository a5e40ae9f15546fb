"""Rewards, for officers who assess and approve them. Payers and identity officers see their task only."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.access import StaffRequest, staff
from casework.case_faces import happenings_of
from casework.clock_faces import clock_face
from casework.errors import NotFound
from casework.models import Document
from tips.document_facts import reward_matters
from tips.models import Reward
from tips.permissions import RewardPermission, require_reward
from tips.rewards.claim_reminders import reminders_of
from tips.rewards.outcome_faces import outcome_faces
from tips.rewards.outcomes import may_enter, waiting_rewards
from tips.rewards.status import reward_step, reward_steps
from tips.selectors import visible_rewards
from tips.services.approve_reward import standing_approvals
from tips.task_pages.rewards import condition_lines, reward_facts, working_lines
from workflows.models import JournalEntry
from workflows.now import now
from workflows.selectors import open_clocks

PAGE_SIZE = 50


@staff("visible rewards only")
@require_safe
def reward_list(request: StaffRequest) -> HttpResponse:
    """Rewards that the asker may see, the newest first."""
    found = visible_rewards(request.user, now()).select_related("run").order_by("-opened_at", "-id")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    steps = reward_steps(list(page))
    rows = [(reward, steps[reward.pk]) for reward in page]
    waiting = waiting_rewards(found.order_by("pk"))
    return render(request, "tips/staff/rewards.html", {"page": page, "rows": rows, "waiting": waiting})


@staff("view_reward")
@require_safe
def reward_page(request: StaffRequest, reward_id: int) -> HttpResponse:
    """One reward with its sheet, approvals and history."""
    found = Reward.objects.select_related("tip", "case", "bureau", "run", "assessed_by")
    reward = found.filter(pk=reward_id).first()
    if reward is None or reward.run is None:
        raise NotFound
    require_reward(request.user, reward, RewardPermission.VIEW, now=now())
    entries = JournalEntry.objects.filter(subject_kind="reward", subject_id=reward.pk)
    context: dict[str, Any] = {
        "reward": reward,
        "step": reward_step(reward),
        "facts": reward_facts(reward),
        "matters": reward_matters(reward),
        "working": working_lines(reward),
        "conditions": condition_lines(reward),
        "approvals": standing_approvals(reward) if reward.assessed_at else [],
        "outcomes": outcome_faces(reward, request.user, now()),
        "may_enter": may_enter(request.user, reward, now()),
        "discussions": list(reward.discussions.select_related("recorded_by")),
        "payouts": list(reward.payouts.select_related("came_back")),
        "reminders": reminders_of(reward),
        "clocks": [clock_face(clock, now()) for clock in open_clocks(reward.run)],
        "documents": Document.objects.filter(subject_kind="reward", subject_id=reward.pk),
        "happenings": happenings_of(entries.select_related("actor").order_by("id")),
    }
    return render(request, "tips/staff/reward.html", context)
