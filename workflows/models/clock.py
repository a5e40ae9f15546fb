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
    ground = models.CharField(
        max_length=64, blank=True, help_text="fact of the run from which it counts; empty: the step itself"
    )
    calendar_version = models.CharField(max_length=80, blank=True, help_text="calendar of the last count")
    counted_at = models.DateTimeField(null=True, help_text="moment of the last count")
    next_warning_at = models.DateTimeField(null=True, help_text="when the sweeper looks at it again")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "rule_key"], condition=models.Q(ended_at=None), name="one_open_clock_per_rule"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(ended_at=None), name="open_clocks_by_due"),
            models.Index(
                fields=["next_warning_at"], condition=models.Q(ended_at=None), name="clocks_to_warn_of"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_key} until {self.due_at:%Y-%m-%d}"


class ClockPause(models.Model):
    """Days that the law does not count (PP 45), from the day after the event to its last day."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="pauses")
    first_date = models.DateField()
    last_date = models.DateField(null=True, help_text="empty while the pause goes on")
    ground = models.CharField(max_length=64, help_text="key of a ground that the law knows")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_date=None) | models.Q(last_date__gte=models.F("first_date")),
                name="pause_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["clock"], condition=models.Q(last_date=None), name="one_open_pause_per_clock"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_date}–{self.last_date or '…'} {self.ground}"


class ClockExtension(models.Model):
    """A lawful extension with its approver; each rule may be used once per clock."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="extensions")
    rule_key = models.CharField(max_length=48)
    value = models.PositiveSmallIntegerField(help_text="what was granted, never more than the law gives")
    unit = models.CharField(max_length=4, help_text="wd, cd, h, mo or y")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock", "rule_key"], name="extension_used_once")]

    def __str__(self) -> str:
        return f"{self.rule_key} for clock {self.clock_id}"


class ClockRequest(models.Model):
    """Somebody asks for an extension or a pause; whom the law names answers (期限审批)."""

    class Kind(models.TextChoices):
        EXTENSION = "extension"
        PAUSE = "pause"

    class Answer(models.TextChoices):
        GRANTED = "granted"
        REFUSED = "refused"

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    rule_key = models.CharField(max_length=48, help_text="key of the extension, or ground of the pause")
    value = models.PositiveSmallIntegerField(null=True, help_text="length of the extension asked for")
    unit = models.CharField(max_length=4, blank=True)
    first_date = models.DateField(null=True, help_text="first day that the pause takes out of the count")
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=16, choices=Answer.choices, blank=True)
    answer_reason = models.TextField(blank=True)
    discussed_on = models.DateField(null=True, help_text="day of the collective discussion (集体讨论)")
    discussed_by = models.TextField(blank=True, help_text="who took part in it")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clock"], condition=models.Q(answered_at=None), name="one_open_request_per_clock"
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_by=None, answered_at=None)
                | models.Q(
                    answer__in=["granted", "refused"], answered_by__isnull=False, answered_at__isnull=False
                ),
                name="request_answer_has_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by=None) | ~models.Q(answered_by=models.F("asked_by")),
                name="nobody_answers_the_own_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.rule_key} for clock {self.clock_id}"


class ClockWarning(models.Model):
    """A warning that was given (预警): each rung once for each last day of a clock."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="warnings")
    rung = models.CharField(max_length=16, help_text="word of the dated ladder")
    last_day = models.DateField(help_text="end of the period when it was given")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock", "rung", "last_day"], name="warned_once_for_each_end")
        ]
        indexes = [models.Index(fields=["-at"], name="latest_warnings")]

    def __str__(self) -> str:
        return f"{self.rung} of clock {self.clock_id}"
