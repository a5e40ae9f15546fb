"""How a tipster whom no machine reaches was told of a reward (送达领取通知)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RewardNotice(models.Model):
    """One attempt to deliver the notice by a person; the one that reached the tipster begins the claim period."""

    class Way(models.TextChoices):
        TELEPHONE = "telephone", _("by telephone")
        LETTER = "letter", _("by letter")
        IN_PERSON = "in_person", _("in person")

    reward = models.ForeignKey("tips.Reward", models.PROTECT, related_name="notices")
    round = models.PositiveSmallIntegerField(default=1)
    way = models.CharField(max_length=16, choices=Way.choices)
    is_reached = models.BooleanField(help_text=_("the tipster received the notice"))
    day = models.DateField(help_text=_("day of receipt, or of the attempt that failed"))
    remark = models.CharField(_("remark"), max_length=500, blank=True, help_text=_("without any name"))
    recorded_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.way} {self.day} for reward {self.reward_id}"


class AnswerDelivery(models.Model):
    """What a real-name tipster must learn was told by a person, because no machine reaches the tipster.

    A tipster who cannot be reached does not keep the matter open: what was tried stands in the remark.
    """

    class Way(models.TextChoices):
        TELEPHONE = "telephone", _("by telephone")
        LETTER = "letter", _("by letter")
        IN_PERSON = "in_person", _("in person")
        UNREACHED = "unreached", _("could not be reached")

    class About(models.TextChoices):
        ANSWER = "answer", _("the answer")
        OUTCOME = "outcome", _("the outcome of the case")

    tip = models.ForeignKey("tips.Tip", models.PROTECT, related_name="deliveries")
    about = models.CharField(max_length=16, choices=About.choices)
    way = models.CharField(max_length=16, choices=Way.choices)
    day = models.DateField(help_text=_("day on which the tipster was told, or of the last attempt"))
    remark = models.CharField(_("remark"), max_length=500, blank=True, help_text=_("without any name"))
    recorded_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.way} {self.day} for tip {self.tip_id}"
