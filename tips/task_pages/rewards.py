"""Task pages from assessing a reward to paying it."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.faces import Check, Fact
from casework.rules.parameters import Mark
from casework.task_pages import TaskPage, task_page
from tips.document_facts import reward_matters
from tips.forms import rewards as reward_forms
from tips.models import Reward
from tips.rewards.facts import base_ground, known_facts
from tips.rewards.quotes import quotes_by_level
from tips.rules.eligibility import POINTS, YES, Answer, Kind, Point, from_data
from tips.schemes.in_force import scheme_named
from tips.services.approve_reward import CHIEF, LEADER, approve_reward, standing_approvals
from tips.services.assess_reward import assess_reward
from tips.services.discuss_reward import discuss_reward
from workflows import sentences


class RewardTaskPage(TaskPage):
    """A task on a reward."""

    template_name = "tips/tasks/reward.html"

    @cached_property
    def reward(self) -> Reward:
        """The reward of the work item."""
        found = Reward.objects.select_related("tip", "case", "bureau", "assessed_by")
        return found.get(pk=self.item.run.subject_id)

    def context(self) -> dict[str, Any]:
        """The reward with its sheet."""
        return {
            "reward": self.reward,
            "facts": reward_facts(self.reward),
            "matters": reward_matters(self.reward),
            "working": working_lines(self.reward),
            "discussions": list(self.reward.discussions.select_related("recorded_by")),
            "approvals": standing_approvals(self.reward) if self.reward.assessed_at else [],
            "conditions": condition_lines(self.reward),
            "matter_url": reverse("tips:reward", args=[self.reward.pk]),
        }


def reward_facts(reward: Reward) -> list[Fact]:
    """What is known of a reward; never who the tipster is."""
    tip = reward.tip
    return [
        Fact(_("Claim number"), reward.claim_number),
        Fact(_("Tip"), tip.register_number),
        Fact(_("Received at"), tip.received_at.astimezone().strftime("%Y-%m-%d")),
        Fact(_("Real-name"), _("yes") if tip.is_real_name else _("no")),
        Fact(_("Case"), reward.case.number),
        Fact(_("Base (案值)"), f"¥{reward.base_amount:,.2f}"),
        Fact(_("Base taken from"), base_ground(reward.case)),
        Fact(_("Scheme"), scheme_title(reward)),
        Fact(_("Reward"), f"¥{reward.amount:,.2f}" if reward.amount is not None else ""),
    ]


def working_lines(reward: Reward) -> list[str]:
    """How the amount was computed, in the reader's language."""
    return [sentences.shown(line) for line in reward.working.get("lines", [])]


def condition_lines(reward: Reward) -> list[Check]:
    """The checklist with its remarks and evidence; empty before the assessment."""
    answers = from_data(reward.conditions)
    return [_check_of(point, answers[point.key]) for point in POINTS if point.key in answers]


def _check_of(point: Point, given: Answer) -> Check:
    words = _(point.words)
    if point.kind is Kind.EXCLUSION:
        words = _("Excluded: %(case)s") % {"case": words}
    answer = _("yes") if given.answer == YES else _("no")
    more = " · ".join(part for part in (answer, given.remark, given.evidence) if part)
    return Check(words, "refused" if point.speaks_against(given.answer) else "done", more=more)


def scheme_title(reward: Reward) -> str:
    """The place whose scheme applies, in the reader's language."""
    scheme = scheme_named(reward.scheme)
    return scheme.title_zh if (get_language() or "").startswith("zh") else scheme.title


@task_page("assess_reward")
class AssessRewardPage(RewardTaskPage):
    """核定奖励."""

    form_class = reward_forms.AssessRewardForm
    template_name = "tips/tasks/assess_reward.html"
    verb = gettext_lazy("Hand in the assessment")
    law = "医保办发〔2022〕22号"
    bound: reward_forms.AssessRewardForm

    def form_arguments(self) -> dict[str, Any]:
        """The scheme decides whether there are levels; an earlier assessment is the starting point."""
        initial: dict[str, Any] = {
            "is_insider": self.reward.is_insider,
            "insider_proof": self.reward.working.get("insider_proof", ""),
            "level": self.reward.level,
            "level_reasons": self.reward.level_reasons,
        }
        answers = from_data(self.reward.conditions)
        for point in POINTS:
            given = answers.get(point.key, Answer())
            initial |= {
                point.field: given.answer,
                f"remark_{point.key}": given.remark,
                f"evidence_{point.key}": given.evidence,
            }
        return {"reward": self.reward, "initial": initial}

    def context(self) -> dict[str, Any]:
        """What each level would give, with its working."""
        return super().context() | {
            "points": self._points(),
            "quotes": quotes_by_level(self.reward, insider=False),
            "insider_quotes": quotes_by_level(self.reward, insider=True),
            "sent_back": self.reward.approvals.filter(is_approved=False).order_by("-id").first(),
        }

    def _points(self) -> list[dict[str, Any]]:
        """Each point with its fields and what the system knows of it."""
        known = known_facts(self.reward)
        return [
            {
                "answer": self.bound[point.field],
                "remark": self.bound[f"remark_{point.key}"],
                "evidence": self.bound[f"evidence_{point.key}"],
                "law": point.words_zh,
                "known": known.get(point.key, ""),
                "is_exclusion": point.kind is Kind.EXCLUSION,
                "is_recalled": point.mark == Mark.RECALLED,
            }
            for point in POINTS
        ]

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Assess."""
        assess_reward(
            actor=self.actor,
            work_item=self.item,
            eligible=cleaned["eligible"],
            answers=self.bound.answers(),
            level=self.bound.chosen_level(),
            level_reasons=cleaned.get("level_reasons", ""),
            is_insider=cleaned["is_insider"],
            insider_proof=cleaned["insider_proof"],
            reasons=cleaned["reasons"],
            key=key,
            now=now,
        )


@task_page("approve_reward")
class ApproveRewardPage(RewardTaskPage):
    """审批奖励."""

    form_class = reward_forms.ApproveRewardForm
    verb = gettext_lazy("Decide on the reward")
    law = "医保办发〔2022〕22号; JS19 pt 8"
    step_number = LEADER

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Approve or send back."""
        approve_reward(
            actor=self.actor, work_item=self.item, step_number=self.step_number, key=key, now=now, **cleaned
        )


@task_page("discuss_reward")
class DiscussRewardPage(RewardTaskPage):
    """集体讨论奖励."""

    form_class = reward_forms.DiscussRewardForm
    verb = gettext_lazy("Record the discussion")
    law = gettext_lazy("Local rule on large rewards (RECALLED: confirm the amount)")

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Record."""
        discuss_reward(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("approve_reward_again")
class ApproveRewardAgainPage(ApproveRewardPage):
    """复批奖励."""

    step_number = CHIEF
