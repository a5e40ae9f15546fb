"""Rewards for true tips (举报奖励): assessed, approved twice, claimed, paid once."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from tips.models.budget import RewardBudget
    from workflows.models import Run

ZERO = Decimal("0.00")


class Reward(models.Model):
    """One reward for one tip. Its stage is derived from its run."""

    tip = models.OneToOneField("tips.Tip", models.PROTECT, related_name="reward")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    bureau = models.ForeignKey("casework.Bureau", models.PROTECT, related_name="+")
    run = models.OneToOneField("workflows.Run", models.PROTECT, null=True, related_name="+")
    claim_number = models.CharField(_("claim number"), max_length=40, unique=True)
    scheme = models.CharField(max_length=32)
    base_amount = models.DecimalField(_("base (案值)"), max_digits=14, decimal_places=2)
    level = models.PositiveSmallIntegerField(_("level of the tip"), null=True)
    level_reasons = models.TextField(_("reasons for the level"), blank=True)
    is_insider = models.BooleanField(default=False)
    conditions = models.JSONField(default=dict, help_text=_("condition → met, remark"))
    is_eligible = models.BooleanField(null=True)
    reasons = models.TextField(_("reasons"), blank=True)
    amount = models.DecimalField(_("reward"), max_digits=14, decimal_places=2, null=True)
    working = models.JSONField(default=dict, help_text=_("how the amount was computed, with its source"))
    assessed_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    assessed_at = models.DateTimeField(null=True)
    budget = models.ForeignKey(
        "tips.RewardBudget",
        models.PROTECT,
        null=True,
        related_name="rewards",
        help_text=_("where the money lies"),
    )
    notified_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sealed_payee = models.BinaryField(null=True, help_text=_("payee name, identity number, bank account"))
    identity_confirmed_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    lapsed_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    round = models.PositiveSmallIntegerField(
        default=1, help_text=_("1; one more for each payment on top after an outcome of a review or suit")
    )

    rest_since = models.DateTimeField(
        null=True,
        help_text=_(
            "people who were paid by a lower amount have a rest; their round begins with the next look"
        ),
    )

    class Meta:
        ordering = ["-opened_at"]
        permissions = [
            ("pay_reward", "Pay the reward"),
            ("confirm_identity", "Confirm the tipster's identity"),
        ]

    def __str__(self) -> str:
        return self.claim_number

    @property
    def leading_run(self) -> "Run":
        """The run that leads the reward; there is one from the transaction on that opens it."""
        assert self.run is not None, "a reward is opened together with its run"
        return self.run

    @property
    def held_in(self) -> "RewardBudget":
        """The budget that holds the money of an approved reward."""
        assert self.budget is not None, "an approved reward has its money reserved"
        return self.budget

    @property
    def assessed_amount(self) -> Decimal:
        """The amount of an assessed reward, in yuan."""
        assert self.amount is not None, "only an assessed reward comes this far"
        return self.amount

    @property
    def to_pay(self) -> Decimal | None:
        """What this round pays: the amount less what earlier rounds paid for good; none before the assessment."""
        if self.amount is None or self.round == 1:
            return self.amount
        kept = self.payouts.filter(came_back=None, round__lt=self.round)
        return self.amount - sum(kept.values_list("amount", flat=True), ZERO)


class RewardApproval(models.Model):
    """One of two approvals; a send-back is kept as well."""

    reward = models.ForeignKey(Reward, models.PROTECT, related_name="approvals")
    step = models.PositiveSmallIntegerField(help_text=_("1 leader, 2 chief"))
    is_approved = models.BooleanField()
    reasons = models.TextField(_("reasons"), blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    approved_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.reward_id} step {self.step}"


class RewardDiscussion(models.Model):
    """Collective discussion (集体讨论) of a large reward, before the second approval."""

    reward = models.ForeignKey(Reward, models.PROTECT, related_name="discussions")
    held_on = models.DateField(_("held on"))
    participants = models.TextField(_("participants"))
    opinions = models.TextField(_("opinions"))
    is_agreed = models.BooleanField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    recorded_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.reward_id} {self.held_on}"


class Payout(models.Model):
    """The payment. One for each round and person of a reward: the database refuses a second one."""

    reward = models.ForeignKey(Reward, models.PROTECT, related_name="payouts")
    round = models.PositiveSmallIntegerField(default=1)
    person = models.PositiveSmallIntegerField(default=1)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    voucher = models.CharField(_("bank voucher"), max_length=64, unique=True)
    paid_on = models.DateField(_("paid on"))
    paid_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    entry = models.OneToOneField("casework.LedgerEntry", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["round", "person"]
        constraints = [
            models.UniqueConstraint(fields=["reward", "round", "person"], name="one_payout_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.reward_id} {self.amount}"


class PayoutReturn(models.Model):
    """The bank gave a payment back after it was booked as paid (退汇). The payment itself stays as it was."""

    payout = models.OneToOneField(Payout, models.PROTECT, related_name="came_back")
    ground = models.CharField(max_length=16)
    voucher = models.CharField(_("bank voucher"), max_length=64, unique=True)
    returned_on = models.DateField(_("came back on"))
    recorded_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.payout} ← {self.returned_on}"
