"""A claim that was recorded at the bureau for a real-name tipster who came, wrote or sent an agent (代录申领)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BureauClaim(models.Model):
    """Who came and how it was proved. People are sealed under the identity key; blanked when the tip is purged."""

    class Way(models.TextChoices):
        IN_PERSON = "in_person", _("the tipster came in person")
        LETTER = "letter", _("the tipster wrote a letter")
        AGENT = "agent", _("an agent came with a letter of authority")

    reward = models.ForeignKey("tips.Reward", models.PROTECT, related_name="bureau_claims")
    way = models.CharField(max_length=16, choices=Way.choices)
    authorised_on = models.DateField(null=True, help_text=_("day of the agent's letter of authority"))
    sealed_person = models.BinaryField(help_text=_("tipster and agent, under the identity key"))
    reasons = models.TextField(_("how it was proved"))
    recorded_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(way="agent") ^ models.Q(authorised_on=None),
                name="an_agent_has_a_letter_of_authority",
            )
        ]

    def __str__(self) -> str:
        return f"{self.way} for reward {self.reward_id}"
