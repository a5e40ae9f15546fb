"""Who stands in for an absent colleague."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models

from workflows.rules.calendar import civil_date


class Substitution(models.Model):
    """One person may take the work of another for a time; each acts in their own name and with their own duties."""

    absent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="substitutions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.TextField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="substitution_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(substitute=models.F("absent"))
                & ~models.Q(granted_by=models.F("substitute")),
                name="substitution_among_different_people",
            ),
        ]
        indexes = [models.Index(fields=["substitute", "ends_at"], name="substitutions_by_person")]

    def __str__(self) -> str:
        return f"{self.substitute_id} for {self.absent_id} until {self.ends_at:%Y-%m-%d}"

    @property
    def first_day(self) -> date:
        """The first day, in Shanghai."""
        return civil_date(self.starts_at)

    @property
    def last_day(self) -> date:
        """The last day, in Shanghai."""
        return civil_date(self.ends_at - timedelta(microseconds=1))
