"""Legal periods of a run: since when, until when, and how that was counted."""

from django.conf import settings
from django.db import models


class Clock(models.Model):
    """One running legal period. Work items, timers and reports point to it."""

    run = models.ForeignKey("workflows.Run", models.PROTECT, related_name="clocks")
    rule_key = models.CharField(max_length=48, help_text="key of the dated parameter")
    starts_at = models.DateTimeField(help_text="the event that starts the period; its day is not counted")
    due_at = models.DateTimeField()
    counted = models.JSONField(help_text="lines that say how the due moment was counted")
    source = models.CharField(max_length=120, help_text="act and article")
    unit = models.CharField(max_length=4, help_text="wd, cd, h, mo or y")
    is_provisional = models.BooleanField(
        default=False, help_text="the calendar of that year is not loaded yet"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "rule_key"], condition=models.Q(ended_at=None), name="one_open_clock_per_rule"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(ended_at=None), name="open_clocks_by_due")
        ]

    def __str__(self) -> str:
        return f"{self.rule_key} until {self.due_at:%Y-%m-%d}"


class ClockPause(models.Model):
    """Days that the law does not count (PP 45), from the day after the event to its last day."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="pauses")
    first_date = models.DateField()
    last_date = models.DateField(null=True, help_text="empty while the pause goes on")
    ground = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_date=None) | models.Q(last_date__gte=models.F("first_date")),
                name="pause_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_date}–{self.last_date or '…'} {self.ground}"


class ClockExtension(models.Model):
    """A lawful extension with its approver; each rule may be used once per clock."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="extensions")
    rule_key = models.CharField(max_length=48)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock", "rule_key"], name="extension_used_once")]

    def __str__(self) -> str:
        return f"{self.rule_key} for clock {self.clock_id}"
