"""Marks by which tips are found alike, and what people decided about it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class TipMarks(models.Model):
    """Keyed hashes of place, conducts, months and text of one tip; removed when its content is destroyed."""

    tip = models.OneToOneField("tips.Tip", models.PROTECT, related_name="marks")
    key_id = models.CharField(max_length=16, help_text=_("name of the key; marks of two keys say nothing"))
    place = models.CharField(max_length=32, blank=True, db_index=True)
    conducts = ArrayField(models.CharField(max_length=32), default=list)
    months = ArrayField(models.CharField(max_length=32), default=list)
    sketch = ArrayField(models.BigIntegerField(), default=list)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [GinIndex(fields=["sketch"], name="alike_texts")]

    def __str__(self) -> str:
        return f"marks of {self.tip_id}"


class LikenessJudgement(models.Model):
    """A person's word on two tips: the same matter or not, and why. The latest one counts."""

    tip = models.ForeignKey("tips.Tip", models.PROTECT, related_name="+", help_text=_("the earlier tip"))
    other = models.ForeignKey("tips.Tip", models.PROTECT, related_name="+", help_text=_("the later tip"))
    is_same = models.BooleanField(_("same matter"))
    reasons = models.TextField(_("reasons"))
    score = models.PositiveSmallIntegerField(help_text=_("what the marks said then"))
    judged_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    judged_at = models.DateTimeField()

    class Meta:
        ordering = ["-judged_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(tip__lt=models.F("other")), name="earlier_tip_first")
        ]

    def __str__(self) -> str:
        return f"{self.tip_id} and {self.other_id}"
