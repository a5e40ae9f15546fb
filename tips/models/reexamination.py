"""A tipster asks the bureau to look again at a decision (申请复核)."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from workflows.models import Run


class Reexamination(models.Model):
    """One request and what came of it. The tipster's words and the answer are sealed messages of the thread."""

    class About(models.TextChoices):
        NOT_ACCEPTED = "not_accepted", _("the report was not accepted")
        NOT_FILED = "not_filed", _("no case was filed")
        REWARD = "reward", _("no reward was granted")

    class Outcome(models.TextChoices):
        KEPT = "kept", _("decision kept")
        SET_ASIDE = "set_aside", _("set aside")

    tip = models.ForeignKey("tips.Tip", models.PROTECT, related_name="reexaminations")
    run = models.OneToOneField("workflows.Run", models.PROTECT, null=True, related_name="+")
    about = models.CharField(max_length=16, choices=About.choices)
    decided_at = models.DateTimeField(help_text=_("when the decision was made that is looked at again"))
    decided_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    decision_reasons = models.TextField(
        _("reasons of the decision"), blank=True, help_text=_("kept here: a new decision brings its own")
    )
    asked_at = models.DateTimeField()
    words = models.ForeignKey("tips.TipMessage", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    reasons = models.TextField(_("reasons"), blank=True, help_text=_("for the file"))
    examined_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    examined_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tip", "about", "decided_at"], name="a_decision_is_looked_at_again_once"
            ),
            models.UniqueConstraint(
                fields=["tip"], condition=models.Q(outcome=""), name="one_reexamination_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", examined_at=None)
                | (~models.Q(outcome="") & models.Q(examined_at__isnull=False)),
                name="reexamination_has_an_outcome_and_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tip_id} {self.about}"

    @property
    def leading_run(self) -> "Run":
        """The run that leads it; there is one from the transaction on that begins it."""
        assert self.run is not None, "it is asked for together with its run"
        return self.run
