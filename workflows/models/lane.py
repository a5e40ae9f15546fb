"""Who may take work from which lane, and who holds which duty in a matter."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class LaneMember(models.Model):
    """An account that may take work of a lane in a unit, for a time. Lent people carry the lending unit."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="lane_memberships")
    lane = models.CharField(max_length=32)
    unit_id = models.BigIntegerField()
    lent_by_unit_id = models.BigIntegerField(null=True, help_text="home unit of a borrowed person")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "lane", "unit_id"],
                condition=models.Q(ends_at=None),
                name="one_open_membership_per_lane",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} in {self.lane}@{self.unit_id}"


class DutyRecord(models.Model):
    """Somebody holds a separation key in a family; with what that key excludes, both ways."""

    family = models.ForeignKey("workflows.Family", models.PROTECT, related_name="duties", db_index=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="duties", db_index=False
    )
    key = models.CharField(max_length=32)
    excludes = ArrayField(models.CharField(max_length=32), default=list)
    run = models.ForeignKey("workflows.Run", models.PROTECT, related_name="duties", db_index=False)
    element_id = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "account", "key", "element_id"], name="duty_noted_once")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} holds {self.key}"
