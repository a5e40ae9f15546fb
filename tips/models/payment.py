"""Payments by the bank: a batch made by one person of finance and released by another; one line a payee."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PaymentBatch(models.Model):
    """A list for the bank. Its number and its lines say nothing of a tip, a case or a reward."""

    bureau = models.ForeignKey("casework.Bureau", models.PROTECT, related_name="+")
    number = models.CharField(_("batch"), max_length=32, unique=True)
    made_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    released_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True, help_text=_("no line was released"))
    sha256 = models.CharField(max_length=64, blank=True, help_text=_("of the file, when it was first made"))

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by=None) | ~Q(released_by=F("made_by")), name="payment_batch_needs_two"
            )
        ]

    def __str__(self) -> str:
        return self.number


class PaymentLine(models.Model):
    """One payment in a batch. The database keeps a part of a reward from two open lines, and from two payments."""

    class State(models.TextChoices):
        ORDERED = "ordered", _("to be released")
        WITHDRAWN = "withdrawn", _("sent back")
        RELEASED = "released", _("at the bank")
        PAID = "paid", _("paid")
        RETURNED = "returned", _("returned by the bank")

    class Ground(models.TextChoices):
        NAME = "name", _("name and account do not agree")
        ACCOUNT = "account", _("no such account, or closed")
        BANK = "bank", _("the bank or branch cannot be found")
        OTHER = "other", _("another reason")

    batch = models.ForeignKey(PaymentBatch, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    reward = models.ForeignKey("tips.Reward", models.PROTECT, related_name="payment_lines")
    person = models.PositiveSmallIntegerField(
        default=1, help_text=_("number of the person in a report under joint names")
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    round = models.PositiveSmallIntegerField(default=1, help_text=_("of the reward when it was ordered"))
    state = models.CharField(max_length=16, choices=State.choices, default=State.ORDERED)
    return_ground = models.CharField(max_length=16, choices=Ground.choices, blank=True)
    work_item_id = models.UUIDField()
    sealed_payee = models.BinaryField(
        help_text=_("the payee at the time of the order; a later claim does not alter it")
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["batch_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="one_payment_line_a_position"),
            models.UniqueConstraint(
                fields=["reward", "round", "person"],
                condition=Q(state__in=["ordered", "released", "paid"]),
                name="one_open_payment_a_reward",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What the bank gives back with its answer."""
        return f"{self.batch.number}-{self.position:03d}"
