"""Task pages of those who know the payee and nothing of the case: identity officer and finance."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy

from casework.task_pages import TaskPage, task_page
from tips.forms import rewards as reward_forms
from tips.forms.notices import DeliverNoticeForm
from tips.models import BureauClaim, ClaimPin, PaymentLine, PinWaiver, Reward
from tips.permissions import RewardPermission, may_reward
from tips.rewards.notices import letter_of
from tips.rewards.parts import is_joint, joint_parts, open_parts
from tips.sealing import identity
from tips.services.confirm_identity import confirm_identity
from tips.services.deliver_notice import LETTER, deliver_notice, make_letter
from tips.services.order_payment import order_payment
from tips.services.pay_reward import pay_reward
from tips.services.release_payment import release_payment
from workflows.now import now as present


class ClosedRewardTaskPage(TaskPage):
    """A task of somebody who may know the payee, but nothing of tip and case."""

    needs: RewardPermission

    @cached_property
    def reward(self) -> Reward:
        """The reward of the work item."""
        return Reward.objects.select_related("tip").get(pk=self.item.run.subject_id)

    @property
    def is_open(self) -> bool:
        """Whether the claim has opened it for the actor."""
        return may_reward(self.actor, self.reward, self.needs, present())

    def look(self) -> dict[str, Any]:
        """Facts of a recorded look."""
        return {
            "actor": self.actor,
            "purpose": self.item.element_id,
            "work_item_id": self.item.pk,
            "now": present(),
        }


@task_page("confirm_identity")
class ConfirmIdentityPage(ClosedRewardTaskPage):
    """核验领奖人身份: identity and payee, nothing of the case."""

    form_class = reward_forms.ConfirmIdentityForm
    template_name = "tips/tasks/confirm_identity.html"
    verb = gettext_lazy("Record the result")
    law = "医保办发〔2022〕22号"
    needs = RewardPermission.CONFIRM_IDENTITY
    bound: reward_forms.ConfirmIdentityForm

    def context(self) -> dict[str, Any]:
        """Both sealed parts, for one recorded look."""
        if not self.is_open:
            return {}
        known = identity.open_identity(self.reward.tip, **self.look())
        # Used by the very claim that is looked at.
        used = {"reward": self.reward, "used_at__isnull": False, "used_at": self.reward.claimed_at}
        waiver = PinWaiver.objects.filter(**used).select_related("reward", "waived_by").first()
        at_bureau = self.claim_at_bureau()
        payees = identity.open_payees(self.reward, **self.look())
        people = known.people if known else ()
        return {
            "known": known,
            "payee": next(iter(payees.values())),
            "claims": [
                (person, people[person - 1] if person <= len(people) else None, payee)
                for person, payee in payees.items()
            ],
            "is_joint": len(people) > 1,
            "pin": ClaimPin.objects.filter(tip=self.reward.tip_id).first(),
            "person": identity.known_person(waiver) if waiver else None,
            "waiver": waiver,
            "at_bureau": at_bureau,
            "came": identity.known_person(at_bureau) if at_bureau else None,
        }

    def claim_at_bureau(self) -> BureauClaim | None:
        """How the very claim that is looked at came, if an official recorded it."""
        if self.reward.claimed_at is None:
            return None
        found = BureauClaim.objects.filter(reward=self.reward, recorded_at=self.reward.claimed_at)
        return found.select_related("reward", "recorded_by").first()

    def form_arguments(self) -> dict[str, Any]:
        """A word on each person where several claim."""
        return {"people": tuple(joint_parts(self.reward))}

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Confirm or refuse."""
        found = {name: cleaned[name] for name in ("identity", "reasons")}
        refused = self.bound.refused_people()
        confirm_identity(
            actor=self.actor, work_item=self.item, key=key, now=now, refused_people=refused, **found
        )


@task_page("deliver_reward_notice")
class DeliverNoticePage(ClosedRewardTaskPage):
    """送达领取通知: how the tipster can be reached, and what was tried so far; nothing of the case."""

    form_class = DeliverNoticeForm
    template_name = "tips/tasks/deliver_notice.html"
    verb = gettext_lazy("Note it")
    law = "医保办发〔2022〕22号"
    needs = RewardPermission.CONFIRM_IDENTITY
    bound: DeliverNoticeForm

    def context(self) -> dict[str, Any]:
        """The contact, for one recorded look; amount, letter and attempts."""
        if not self.is_open:
            return {}
        known = identity.open_identity(self.reward.tip, **self.look())
        return {
            "known": known,
            "reward": self.reward,
            "letter": letter_of(self.reward),
            "attempts": self.reward.notices.filter(round=self.reward.round).select_related("recorded_by"),
        }

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Make the letter, or note an attempt."""
        if cleaned["result"] == LETTER:
            make_letter(actor=self.actor, work_item=self.item, key=key, now=now)
            return
        delivery = self.bound.delivery()
        deliver_notice(delivery, actor=self.actor, work_item=self.item, key=key, now=now)


class PaymentPage(ClosedRewardTaskPage):
    """Claim number, amount and payee, nothing else."""

    template_name = "tips/tasks/pay_reward.html"
    law = "医保办发〔2022〕22号; JS19 pt 8"
    needs = RewardPermission.PAY

    def context(self) -> dict[str, Any]:
        """What the transfer needs, for one recorded look."""
        if not self.is_open:
            return {}
        payees = identity.open_payees(self.reward, **self.look())
        lines = {line.person: line for line in self.open_lines}
        parts = open_parts(self.reward)
        return {
            "payments": [
                (person, payees[person], parts[person].amount, lines.get(person))
                for person in payees
                if person in parts
            ],
            "claim_number": self.reward.claim_number,
            "is_joint": is_joint(self.reward),
        }

    @property
    def open_lines(self) -> list[PaymentLine]:
        """What lies in a batch and has no answer yet."""
        states = (PaymentLine.State.ORDERED, PaymentLine.State.RELEASED)
        found = PaymentLine.objects.filter(reward=self.reward, state__in=states).select_related("batch")
        return list(found.order_by("position"))


@task_page("order_payment")
class OrderPaymentPage(PaymentPage):
    """编制付款."""

    form_class = reward_forms.OrderPaymentForm
    verb = gettext_lazy("Put into a batch")

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Order, in a batch of its own; several at once on the page of payments."""
        order_payment(actor=self.actor, work_item=self.item, key=key, now=now)


@task_page("release_payment")
class ReleasePaymentPage(PaymentPage):
    """复核付款."""

    form_class = reward_forms.ReleasePaymentForm
    verb = gettext_lazy("Decide on the payment")

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Release or send back."""
        release_payment(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("pay_reward")
class PayRewardPage(PaymentPage):
    """登记银行结果."""

    form_class = reward_forms.PayRewardForm
    verb = gettext_lazy("Record the bank's answer")

    def form_arguments(self) -> dict[str, Any]:
        """Which payment the answer is for, where several wait."""
        return {"lines": self.open_lines}

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Record one answer; with the last one the task ends."""
        pay_reward(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)
