"""Something that an officer asks a tipster to supply by a date (补充材料要求)."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestForTipster(models.Model):
    """One request with its due date. Its state follows from its moments; being late has no consequence by itself."""

    class State(models.TextChoices):
        OPEN = "open", _("asked")
        OVERDUE = "overdue", _("overdue")
        ANSWERED = "answered", _("answered")
        LATE = "late", _("answered late")
        WITHDRAWN = "withdrawn", _("no longer needed")

    tip = models.ForeignKey("tips.Tip", models.PROTECT, related_name="requests")
    key = models.CharField(max_length=200, unique=True, help_text=_("asked once"))
    sealed_words = models.BinaryField()
    due_on = models.DateField(help_text=_("last civil day in Shanghai"))
    asked_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, help_text=_("the tipster has read it"))
    reminded_at = models.DateTimeField(null=True, help_text=_("reminded by machine before the date"))
    overdue_noted_at = models.DateTimeField(null=True, help_text=_("the officers were warned"))
    answered_at = models.DateTimeField(null=True)
    answered_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | models.Q(withdrawn_at=None),
                name="request_answered_or_withdrawn",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=models.Q(answered_at=None, withdrawn_at=None),
                name="open_requests_by_due",
            )
        ]

    def __str__(self) -> str:
        return f"request of {self.tip_id} by {self.due_on}"

    @property
    def is_open(self) -> bool:
        """Whether an answer is still awaited, late or not."""
        return self.answered_at is None and self.withdrawn_at is None

    def state_on(self, today: date) -> "RequestForTipster.State":
        """The state on a civil day."""
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        if self.answered_on:
            return self.State.LATE if self.answered_on > self.due_on else self.State.ANSWERED
        return self.State.OVERDUE if today > self.due_on else self.State.OPEN
