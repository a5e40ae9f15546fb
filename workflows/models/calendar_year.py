"""Years of the working-day calendar (工作日历) that were loaded into this installation."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class CalendarYear(models.Model):
    """The State Council's calendar of one year; it takes the place of the package's year."""

    year = models.PositiveSmallIntegerField(unique=True)
    holidays = ArrayField(models.DateField(), default=list, help_text="days off, moved rest days too")
    worked = ArrayField(models.DateField(), default=list, help_text="worked weekend days (调休)")
    source = models.CharField(max_length=200, help_text="notice of the State Council, or file")
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.year)
